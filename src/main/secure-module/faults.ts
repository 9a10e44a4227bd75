import type { CallFault } from '../../contract/index.ts';

/**
 * What can go wrong with a secure module, by the code of the catalogue, and whether a token may exist somewhere
 * after it: `unknown` leads to a sale in doubt, never to a second try with a new token time.
 */
const OUTCOMES = {
  'module-locked': 'not-issued',
  'module-passphrase': 'not-issued',
  'module-file': 'not-issued',
  'profile-refused': 'not-issued',
  'module-no-key': 'not-issued',
  'module-base-date': 'not-issued',
  'module-key-type': 'not-issued',
  'module-key-not-active': 'not-issued',
  'module-key-expired': 'not-issued',
  'module-request': 'not-issued',
  'module-tampered': 'not-issued',
  'module-application': 'unknown',
  'module-timeout': 'unknown',
  'module-unknown-reply': 'unknown',
} as const satisfies Record<string, 'not-issued' | 'unknown'>;

export type ModuleFaultCode = keyof typeof OUTCOMES;

export type ModuleFault = {
  readonly code: ModuleFaultCode;
  readonly outcome: 'not-issued' | 'unknown';
  readonly params: Readonly<Record<string, string | number>>;
};

/** A fault with what the table says about its code. Parameters never hold a key or a passphrase. */
export function moduleFault(code: ModuleFaultCode, params: ModuleFault['params'] = {}): ModuleFault {
  return { code, outcome: OUTCOMES[code], params };
}

/** The fault as it goes to a window; the outcome decides whether asking again is safe. */
export function faultForCall(fault: ModuleFault): CallFault {
  const retry = fault.outcome === 'unknown' ? 'after-recovery' : 'no';
  return { code: fault.code, params: fault.params, retry };
}
