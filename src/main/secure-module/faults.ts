import type { CallFault, ModuleAction } from '../../contract/index.ts';

type FaultRow = {
  /** Whether a token may exist somewhere: `unknown` leads to a sale in doubt, never to a second token time. */
  readonly outcome: 'not-issued' | 'unknown';
  readonly action: ModuleAction;
  /** Nothing more is sold with this module until a supervisor has looked into it. */
  readonly locksVending?: true;
};

/** What can go wrong with a secure module, by the code of the catalogue. */
const FAULTS = {
  'module-locked': { outcome: 'not-issued', action: 'unlock' },
  'module-passphrase': { outcome: 'not-issued', action: 'unlock' },
  'module-file': { outcome: 'not-issued', action: 'report' },
  'profile-refused': { outcome: 'not-issued', action: 'report' },
  'module-sign-in': { outcome: 'not-issued', action: 'report' },
  'module-other-certificate': { outcome: 'not-issued', action: 'second-person' },
  'module-service-off': { outcome: 'not-issued', action: 'ask-again' },
  'module-missing': { outcome: 'not-issued', action: 'connect' },
  'module-permission': { outcome: 'not-issued', action: 'allow' },
  'module-busy': { outcome: 'not-issued', action: 'connect' },
  'module-disconnected': { outcome: 'unknown', action: 'connect' },
  'module-timeout': { outcome: 'unknown', action: 'ask-again' },
  'module-at-work': { outcome: 'unknown', action: 'ask-again' },
  'module-unknown-reply': { outcome: 'unknown', action: 'ask-again' },
  'module-unknown-status': { outcome: 'unknown', action: 'report' },
  'module-not-supported': { outcome: 'not-issued', action: 'report' },
  'module-approval': { outcome: 'not-issued', action: 'second-person' },
  'module-request': { outcome: 'not-issued', action: 'check-meter' },
  'module-base-date': { outcome: 'not-issued', action: 'check-meter' },
  'module-hardware': { outcome: 'unknown', action: 'restart-module' },
  'module-format': { outcome: 'not-issued', action: 'report' },
  'module-token-crc': { outcome: 'not-issued', action: 'check-meter' },
  'module-key-type': { outcome: 'not-issued', action: 'check-meter' },
  'module-request-crc': { outcome: 'not-issued', action: 'ask-again' },
  'module-command': { outcome: 'not-issued', action: 'report' },
  'module-kek-state': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-kek-missing': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-no-key': { outcome: 'not-issued', action: 'load-keys' },
  'module-key-change': { outcome: 'not-issued', action: 'check-meter' },
  'module-credit-used-up': { outcome: 'not-issued', action: 'buy-credit' },
  'module-other-id': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-key-range': { outcome: 'not-issued', action: 'check-meter' },
  'module-key-expired': { outcome: 'not-issued', action: 'load-keys' },
  'module-issue-over': { outcome: 'not-issued', action: 'load-keys' },
  'module-key-not-active': { outcome: 'not-issued', action: 'set-clock' },
  'module-clock-window': { outcome: 'not-issued', action: 'set-clock' },
  'module-log-end': { outcome: 'not-issued', action: 'report' },
  'module-subclass': { outcome: 'not-issued', action: 'load-keys' },
  'module-record-format': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-tampered': { outcome: 'not-issued', action: 'return-to-maker', locksVending: true },
  'module-application': { outcome: 'unknown', action: 'restart-module', locksVending: true },
  'module-field-count': { outcome: 'not-issued', action: 'report' },
  'module-field-type': { outcome: 'not-issued', action: 'report' },
  'module-field-encoding': { outcome: 'not-issued', action: 'report' },
  'module-field-range': { outcome: 'not-issued', action: 'report' },
  'module-meter-number': { outcome: 'not-issued', action: 'check-meter' },
  'module-load-mac': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-load-kcv': { outcome: 'not-issued', action: 'fetch-keys' },
  'module-default-key': { outcome: 'not-issued', action: 'check-meter' },
  'module-token-count': { outcome: 'not-issued', action: 'report' },
  'module-instruction': { outcome: 'not-issued', action: 'report' },
  'module-key-attribute': { outcome: 'not-issued', action: 'load-keys' },
  'module-own-words': { outcome: 'unknown', action: 'report' },
} as const satisfies Record<string, FaultRow>;

export type ModuleFaultCode = keyof typeof FAULTS;

export const MODULE_FAULT_CODES = Object.keys(FAULTS) as readonly ModuleFaultCode[];

export type ModuleFault = {
  readonly code: ModuleFaultCode;
  readonly outcome: 'not-issued' | 'unknown';
  readonly params: Readonly<Record<string, string | number>>;
};

/** A fault with what the table says about its code. Parameters never hold a key or a passphrase. */
export function moduleFault(code: ModuleFaultCode, params: ModuleFault['params'] = {}): ModuleFault {
  return { code, outcome: FAULTS[code].outcome, params };
}

/** What a person does about it. */
export function actionFor(code: ModuleFaultCode): ModuleAction {
  return FAULTS[code].action;
}

/** Whether vending on the module stops until a supervisor has looked into it: tampering, a fault of its own. */
export function locksVending(code: ModuleFaultCode): boolean {
  const row: FaultRow = FAULTS[code];
  return row.locksVending === true;
}

/** The fault as it goes to a window; the outcome decides whether asking again is safe. */
export function faultForCall(fault: ModuleFault): CallFault {
  const retry = fault.outcome === 'unknown' ? 'after-recovery' : 'no';
  return { code: fault.code, params: fault.params, retry };
}
