import { moduleFault, type ModuleFault, type ModuleFaultCode } from '../faults.ts';
import type { MeterKeys } from '../port.ts';
import { STATUS_FAULTS } from '../sts6/codec/index.ts';
import type { CallError } from './link.ts';

/**
 * The server's own codes by dotted prefix; the longest that fits counts, and new ones may appear under each. A
 * code that is not here says nothing about whether a token was made.
 */
const CODES: Readonly<Record<string, ModuleFaultCode>> = {
  EAuthentication: 'module-sign-in',
  'EAuthentication.Permission': 'module-permission',
  ESignin: 'module-sign-in',
  'ESignin.Permission': 'module-permission',
  'EService.Disabled': 'module-service-off',
  EParamRange: 'module-request',
  EPrefRange: 'module-request',
  ESts: 'module-request',
  'ESts.DrnOrPan': 'module-meter-number',
  'ESts.IdRecord': 'module-record-format',
  'ESts.VkExpired': 'module-key-expired',
  'ESts.VkBeforeBdt': 'module-base-date',
  EKeystore: 'module-no-key',
};

/** The server wraps a module's own status: two signs after this. */
const MODULE_STATUS = /^ESm\.([0-9A-Z]{2})(?:\.|$)/u;

const LOST = {
  late: 'module-timeout',
  broken: 'module-disconnected',
  garbled: 'module-unknown-reply',
} as const;

/** Whether a code is `prefix` or something under it. */
export function isUnder(code: string, prefix: string): boolean {
  return code === prefix || code.startsWith(`${prefix}.`);
}

/** What the sentences about a refusal name: where the server is, and the meter that was asked for. */
export type RefusalContext = {
  readonly place: string;
  readonly nowUnixMs: number;
  readonly meter?: MeterKeys | undefined;
};

function paramsOf(status: string, { place, nowUnixMs, meter }: RefusalContext): ModuleFault['params'] {
  // The interface has no call that tells the module's own time.
  const times = { moduleTime: '?', computerTime: new Date(nowUnixMs).toISOString().slice(0, 16) };
  const group = meter && { sgc: meter.sgc, krn: meter.krn, baseDate: meter.baseDate };
  return { status, reason: status, place, ...times, ...group };
}

function refusalOf(code: string, context: RefusalContext): ModuleFault {
  const status = MODULE_STATUS.exec(code)?.[1];
  if (status !== undefined) {
    return moduleFault(STATUS_FAULTS[status] ?? 'module-unknown-status', paramsOf(status, context));
  }
  const [prefix = ''] = Object.keys(CODES)
    .filter((each) => isUnder(code, each))
    .sort((one, other) => other.length - one.length);
  return moduleFault(CODES[prefix] ?? 'module-unknown-status', paramsOf(code, context));
}

/** A call's failure as a fault of the port. Neither the password nor the access token is ever part of it. */
export function faultOfCall(error: CallError, context: RefusalContext): ModuleFault {
  const { place } = context;
  switch (error.kind) {
    case 'unreachable':
      return moduleFault('module-missing', { place });
    case 'other-certificate':
      return moduleFault('module-other-certificate', { place, found: error.found.slice(0, 16) });
    case 'lost':
      return moduleFault(LOST[error.reason], { place });
    default:
      return refusalOf(error.code, context);
  }
}
