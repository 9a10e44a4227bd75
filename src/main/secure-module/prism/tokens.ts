import {
  BASE_DATES,
  minuteOfTid,
  isTid,
  type BaseDate,
  type TokenError,
  type TokenFields,
} from '../../../sts/index.ts';
import { err, minutesFromEpoch, ok, unitsTenths, type Resource, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type {
  IssuedToken,
  ManagementAction,
  MeterKeyChange,
  MeterKeys,
  ModuleKey,
  TokenTime,
  TokenVerdict,
} from '../port.ts';
import type { ApiMeter, ApiToken, ReturnOf } from './api.ts';

/** Numeric tokens, keyed in by hand. */
const TOKEN_CARRIER = 2;
const MS_A_MINUTE = 60_000;
const RESOURCES: readonly Resource[] = ['electricity', 'water', 'gas', 'time'];
const KEY_SECTIONS: Readonly<Record<number, TokenFields['kind']>> = {
  3: 'key-section-1',
  4: 'key-section-2',
  8: 'key-section-3',
  9: 'key-section-4',
};

/** How each management token is written in a sub-class and an amount, and read back. */
const MANAGEMENT: Readonly<Record<number, (amount: number) => ManagementAction>> = {
  0: (watts) => ({ kind: 'power-limit', watts }),
  1: (register) => ({ kind: 'clear-credit', register }),
  2: (rate) => ({ kind: 'tariff-rate', rate }),
  5: () => ({ kind: 'clear-tamper' }),
  6: (watts) => ({ kind: 'phase-unbalance-limit', watts }),
  7: (factor) => ({ kind: 'water-meter-factor', factor }),
};

/** A management token's sub-class and amount, or undefined where the interface has none. */
export function managementCall(
  action: ManagementAction,
): { readonly subclass: number; readonly amount: number } | undefined {
  const found = Object.entries(MANAGEMENT).find(([, make]) => make(0).kind === action.kind);
  if (!found) return undefined;
  const [amount = 0] = Object.values(action).filter((value) => typeof value === 'number');
  return { subclass: Number(found[0]), amount };
}

/** The sub-class of credit for a resource. */
export function creditSubclass(resource: Resource): number {
  return RESOURCES.indexOf(resource);
}

/** A meter as the server wants it. `keyChanges`: whether it may put key-change tokens first of its own accord. */
export function apiMeter(meter: MeterKeys, keyChanges: boolean): ApiMeter {
  const { pan, ea, sgc, krn, ti, ken } = meter;
  return {
    drn: pan,
    ea,
    tct: TOKEN_CARRIER,
    sgc: Number(sgc),
    krn,
    ti,
    ken,
    allowKrnUpdate: keyChanges,
    allowKenUpdate: keyChanges,
  };
}

/**
 * The server gives a token time without its base date. Base dates are 21 years apart and the server works by
 * its own clock: the right one is that under which the time lies nearest to now.
 */
function tokenTimeOf(tid: number, nowUnixMs: number): TokenTime {
  const distance = (baseDate: BaseDate): number =>
    Math.abs((minutesFromEpoch(minuteOfTid(baseDate, tid)) ?? 0) * MS_A_MINUTE - nowUnixMs);
  const [nearest = BASE_DATES[0]] = [...BASE_DATES].sort((one, other) => distance(one) - distance(other));
  return { baseDate: nearest, tid };
}

type Read = Pick<IssuedToken, 'kind' | 'tokenTime' | 'unitsTenths'> & {
  readonly fields: TokenFields['kind'];
  readonly resource: Resource | null;
  readonly action: ManagementAction | null;
};

/** What a token is by its class and sub-class; undefined for one that this program never asks for. */
function readToken(token: ApiToken, nowUnixMs: number): Read | undefined {
  const { tokenClass, subclass, tid, transferAmount } = token;
  const section = tokenClass === 2 ? KEY_SECTIONS[subclass] : undefined;
  const none = { resource: null, action: null, unitsTenths: null };
  if (section) return { ...none, kind: 'key-change', fields: section, tokenTime: null };
  if (!isTid(tid) || !Number.isSafeInteger(transferAmount) || transferAmount < 0) return undefined;
  const tokenTime = tokenTimeOf(tid, nowUnixMs);
  const resource = tokenClass === 0 ? RESOURCES[subclass] : undefined;
  if (resource) {
    const units = unitsTenths(transferAmount);
    return { ...none, kind: 'credit', fields: 'credit', tokenTime, unitsTenths: units, resource };
  }
  const action = tokenClass === 2 ? MANAGEMENT[subclass]?.(transferAmount) : undefined;
  return action && { ...none, kind: 'management', fields: action.kind, tokenTime, action };
}

/** The server names no type of key. The check value of the vending key tells which one of its keys it took. */
function keyChangeOf({ newConfig }: ApiToken, keys: readonly ModuleKey[]): MeterKeyChange | null {
  if (!newConfig) return null;
  const { toSgc, toKrn: krn, toTi: ti, toKen: ken, rollover: rollOver, toVkKcv } = newConfig;
  const sgc = String(toSgc).padStart(6, '0');
  const key = keys.find((each) => each.sgc === sgc && each.krn === krn && isSameKcv(each.kcv, toVkKcv));
  return { sgc, krn, ti, ken, keyType: key?.keyType ?? null, rollOver };
}

const isSameKcv = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();

/** A server's tokens as the port gives them; a list that can't be understood leaves the sale in doubt. */
export function issuedTokens(
  tokens: readonly ApiToken[],
  nowUnixMs: number,
  keys: readonly ModuleKey[],
): Result<readonly IssuedToken[], ModuleFault> {
  const issued: IssuedToken[] = [];
  for (const token of tokens) {
    const read = readToken(token, nowUnixMs);
    const { tokenDec: digits, tokenClass, subclass, vkKcv: kcv } = token;
    if (!read || !/^\d{20}$/u.test(digits)) return err(moduleFault('module-unknown-reply'));
    const { kind, tokenTime, unitsTenths: units } = read;
    const keyChange = kind === 'key-change' ? keyChangeOf(token, keys) : null;
    issued.push({ kind, digits, tokenClass, subclass, tokenTime, unitsTenths: units, kcv, keyChange });
  }
  return issued.length > 0 ? ok(issued) : err(moduleFault('module-unknown-reply'));
}

const REASONS: Readonly<Record<string, TokenError['code']>> = {
  'EVerify.Crc': 'CRCError',
  'EVerify.DdtkCredit': 'DDTKError',
  'EVerify.KeyExpired': 'KeyExpiredError',
};

/** What the server says about a token, as the port gives it. */
export function verdictOf(
  result: ReturnOf<'verifyToken'>,
  nowUnixMs: number,
): Result<TokenVerdict, ModuleFault> {
  const { validationResult, token } = result;
  const reason = REASONS[validationResult];
  if (reason) return ok({ good: false, reason });
  const read = token && readToken(token, nowUnixMs);
  if (validationResult !== 'EVerify.Ok' || !read) return err(moduleFault('module-unknown-reply'));
  const { tokenClass, subclass, vkKcv: kcv } = token;
  const { fields: kind, tokenTime, unitsTenths: units, resource, action } = read;
  const content = { kind, tokenTime, unitsTenths: units, resource, action, keyType: null };
  return ok({ good: true, ...content, tokenClass, subclass, kcv });
}
