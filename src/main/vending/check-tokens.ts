import { keyTypeMoveAllowed, minuteOfTid, type KeyType } from '../../sts/index.ts';
import { err, ok, type Result, type UnitsTenths } from '../../units/index.ts';
import type { KeyChanged, KeyData, TokenFacts } from '../ledger/index.ts';
import {
  moduleFault,
  type IssuedTokens,
  type MeterKeyChange,
  type MeterKeys,
  type ModuleFault,
  type SecureModule,
  type TokenTime,
  type TokenVerdict,
} from '../secure-module/index.ts';
import { minuteNumber } from './token-time.ts';
import { keysAfter, type TokensAsked } from './work.ts';

/** What the sale asked for, against which every token is held before anyone sees it. Minutes from 1970. */
export type Expected = {
  readonly meter: MeterKeys;
  /** The directory's word for the meter's key: a change is kept beside it, not beside the key that it replaces. */
  readonly listed: KeyData;
  readonly order: TokensAsked;
  /** Of the credit, where there is any. */
  readonly subclass: number;
  readonly unitsTenths: UnitsTenths;
  /** The assigned minute as both; from a module that chooses it, any that the meter takes and the clock allows. */
  readonly fromMinute: number;
  readonly toMinute: number;
};

export type TokenMismatch = { readonly field: string; readonly expected: string; readonly found: string };

/** A token that is wrong, or a module that could not say: its silence proves nothing against the token. */
export type CheckFailure =
  | { readonly kind: 'mismatch'; readonly mismatch: TokenMismatch }
  | { readonly kind: 'not-checked'; readonly fault: ModuleFault };

export type CheckedTokens = {
  readonly tokens: readonly TokenFacts[];
  /** What key-change tokens before the credit make of the meter's key, or null. */
  readonly keyChange: KeyChanged | null;
};

/**
 * Has every token decoded back and compares it with the sale: meter (by its key), class, sub-class, units, what
 * else it carries, and token time. Tokens of a key change are read with the key that the meter has, those after
 * them with the new one. Returns the tokens with the figures read from them; these, never the asked ones, are
 * recorded.
 */
export async function checkTokens(
  module: SecureModule,
  issued: IssuedTokens,
  expected: Expected,
): Promise<Result<CheckedTokens, CheckFailure>> {
  const told = issued.tokens.find(({ keyChange }) => keyChange !== null)?.keyChange ?? null;
  const wrongList = listMismatch(issued, expected, told);
  if (wrongList) return err({ kind: 'mismatch', mismatch: wrongList });
  if (told && !isOfKnownType(told)) {
    // A key that the station was never told of: what the meter would then have can't be written down.
    const { sgc, krn, ti } = told;
    return err({ kind: 'not-checked', fault: moduleFault('module-no-key', { sgc, krn, ti }) });
  }
  const change: KnownChange | null = told;
  const facts: TokenFacts[] = [];
  for (const [index, token] of issued.tokens.entries()) {
    const isChange = token.kind === 'key-change';
    const meter = isChange ? expected.meter : keysOnceChanged(expected, change, token.tokenTime);
    const verdict = await module.verify(token.digits, meter);
    if (!verdict.ok) return err({ kind: 'not-checked', fault: verdict.error });
    if (!verdict.value.good) return mismatch('token', 'good for this meter', verdict.value.reason);
    const { tokenClass, subclass, unitsTenths, kcv } = verdict.value;
    const minute = minuteOf(verdict.value);
    const wrong = isChange
      ? sectionMismatch(change, verdict.value, index)
      : mainMismatch(expected, { ...verdict.value, minute });
    if (wrong) return err({ kind: 'mismatch', mismatch: wrong });
    facts.push({
      position: index + 1,
      digits: token.digits,
      tokenClass,
      subclass,
      tokenMinute: minute,
      unitsTenths,
      moduleId: issued.moduleId,
      keyCheck: kcv,
    });
  }
  return ok({ tokens: facts, keyChange: change && changed(expected, change) });
}

type KnownChange = MeterKeyChange & { readonly keyType: KeyType };

const isOfKnownType = (change: MeterKeyChange): change is KnownChange => change.keyType !== null;

function minuteOf({ tokenTime }: GoodVerdict): number | null {
  return tokenTime === null ? null : minuteNumber(minuteOfTid(tokenTime.baseDate, tokenTime.tid));
}

type GoodVerdict = Extract<TokenVerdict, { good: true }>;

/** Two to four key changes or none, then what they are for; a module may put key changes in front by itself. */
function listMismatch(
  issued: IssuedTokens,
  { meter, order }: Expected,
  change: MeterKeyChange | null,
): TokenMismatch | undefined {
  const found = issued.tokens.map(({ kind }) => kind).join();
  const main = order.main === null ? '' : order.main === 'credit' ? 'credit' : 'management';
  const set = '(?:key-change,?){2,4}';
  const changes = order.keyChange ? set : `(?:${set})?`;
  if (!new RegExp(`^${changes}${main}$`, 'u').test(found))
    return { field: 'tokens', expected: `key changes, then ${main === '' ? 'nothing' : main}`, found };
  if (found.includes('key-change') && !change)
    return { field: 'key change', expected: 'what it changes', found: 'nothing' };
  if (!change) return undefined;
  const { keyType } = change;
  if (keyType !== null && !keyTypeMoveAllowed(meter.keyType, keyType))
    return { field: 'key type', expected: `one that may follow ${meter.keyType}`, found: String(keyType) };
  if (!order.keyChange) return undefined;
  const { sgc, krn, ti, ken } = order.keyChange;
  const wanted = keysAfter(meter, order.keyChange).keyType;
  return firstDifference([
    ['supply group', sgc, change.sgc],
    ['key revision', krn, change.krn],
    ['tariff index', ti, change.ti],
    ['key expiry', ken, change.ken],
    ['key type', wanted, keyType ?? wanted],
  ]);
}

/** The keys of the meter once it has taken the key-change tokens. */
function keysOnceChanged(
  { meter, order }: Expected,
  change: KnownChange | null,
  time: TokenTime | null,
): MeterKeys {
  if (!change) return meter;
  const { sgc, krn, ti, ken, keyType } = change;
  const baseDate = time?.baseDate ?? meter.baseDate;
  return { ...keysAfter(meter, order.keyChange), sgc, krn, ti, ken, keyType, baseDate };
}

function changed({ listed }: Expected, { sgc, krn, ti, keyType, ken }: KnownChange): KeyChanged {
  return {
    was: { sgc: listed.sgc, krn: listed.krn, ti: listed.ti, keyType: listed.keyType },
    now: { sgc, krn, ti, keyType, ken },
  };
}

/** A credit or management token against the order: class, what it carries, and its time. */
function mainMismatch(
  { order, subclass, unitsTenths, fromMinute, toMinute }: Expected,
  found: GoodVerdict & { readonly minute: number | null },
): TokenMismatch | undefined {
  const inTime = found.minute !== null && found.minute >= fromMinute && found.minute <= toMinute;
  const isCredit = order.main === 'credit';
  return firstDifference([
    ['class', isCredit ? 0 : 2, found.tokenClass],
    ['sub-class', isCredit ? subclass : found.subclass, found.subclass],
    ['units', isCredit ? unitsTenths : null, found.unitsTenths],
    ['what it sets', isCredit ? null : textOf(order.main), textOf(found.action)],
    ['token time', inTime ? found.minute : `${fromMinute} to ${toMinute}`, found.minute],
  ]);
}

/** An action's fields in one order, whichever side wrote them. */
function textOf(action: object | string | null): string | null {
  if (action === null) return null;
  return JSON.stringify(Object.entries(action).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The sections of a set come in their order: 1st, 2nd, 3rd, 4th. What one says of the new key's type is what the set says. */
function sectionMismatch(
  change: KnownChange | null,
  { kind, tokenClass, keyType }: GoodVerdict,
  index: number,
): TokenMismatch | undefined {
  if (tokenClass !== 2 || !kind.startsWith(`key-section-${index + 1}`))
    return { field: 'token', expected: `section ${index + 1} of a key change`, found: kind };
  if (keyType === null) return undefined;
  return firstDifference([['key type', change?.keyType, keyType]]);
}

function firstDifference(
  pairs: readonly (readonly [field: string, expected: unknown, found: unknown])[],
): TokenMismatch | undefined {
  const wrong = pairs.find(([, expected, found]) => expected !== found);
  return wrong && { field: wrong[0], expected: String(wrong[1]), found: String(wrong[2]) };
}

function mismatch(field: string, expected: string, found: string): Result<never, CheckFailure> {
  return err({ kind: 'mismatch', mismatch: { field, expected, found } });
}
