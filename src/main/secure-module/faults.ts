import type { CallFault } from '../../contract/index.ts';

/**
 * What can go wrong with a secure module, by the code of the catalogue. `outcome` says whether a token may
 * exist somewhere after the fault: `unknown` leads to a sale in doubt, never to a second try with a new token
 * time. `stopsVending` faults lock the station's vending until a person has dealt with the module.
 */
const FAULTS = {
  'module-locked': { outcome: 'not-issued', stopsVending: false },
  'module-passphrase': { outcome: 'not-issued', stopsVending: false },
  'module-file': { outcome: 'not-issued', stopsVending: false },
  'profile-refused': { outcome: 'not-issued', stopsVending: false },
  'module-no-key': { outcome: 'not-issued', stopsVending: false },
  'module-base-date': { outcome: 'not-issued', stopsVending: false },
  'module-key-type': { outcome: 'not-issued', stopsVending: false },
  'module-key-not-active': { outcome: 'not-issued', stopsVending: false },
  'module-key-expired': { outcome: 'not-issued', stopsVending: false },
  'module-request': { outcome: 'not-issued', stopsVending: false },
  'module-tampered': { outcome: 'not-issued', stopsVending: true },
  'module-application': { outcome: 'unknown', stopsVending: true },
  'module-timeout': { outcome: 'unknown', stopsVending: false },
  'module-unknown-reply': { outcome: 'unknown', stopsVending: false },
} as const satisfies Record<
  string,
  { readonly outcome: 'not-issued' | 'unknown'; readonly stopsVending: boolean }
>;

export type ModuleFaultCode = keyof typeof FAULTS;

export type ModuleFault = {
  readonly code: ModuleFaultCode;
  readonly outcome: 'not-issued' | 'unknown';
  readonly stopsVending: boolean;
  readonly params: Readonly<Record<string, string | number>>;
};

/** A fault with what the table says about its code. Parameters never hold a key or a passphrase. */
export function moduleFault(code: ModuleFaultCode, params: ModuleFault['params'] = {}): ModuleFault {
  return { code, ...FAULTS[code], params };
}

/** The fault as it goes to a window; the outcome decides whether asking again is safe. */
export function faultForCall(fault: ModuleFault): CallFault {
  const retry = fault.outcome === 'unknown' ? 'after-recovery' : 'no';
  return { code: fault.code, params: fault.params, retry };
}
