import { minuteOfTid } from '../../sts/index.ts';
import { err, ok, type Result, type UnitsTenths } from '../../units/index.ts';
import type { KeyChanged, TokenFacts } from '../ledger/index.ts';
import type {
  IssuedTokens,
  MeterKeyChange,
  MeterKeys,
  ModuleFault,
  SecureModule,
  TokenTime,
} from '../secure-module/index.ts';
import { minuteNumber } from './token-time.ts';

/** What the sale asked for, against which every token is held before anyone sees it. Minutes from 1970. */
export type ExpectedCredit = {
  readonly meter: MeterKeys;
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
 * Has every token decoded back and compares it with the sale: meter (by its key), class, sub-class, units and
 * token time. Tokens of a key change are read with the key that the meter has, those after them with the new
 * one. Returns the tokens with the figures read from them; these, never the asked ones, are recorded.
 */
export async function checkTokens(
  module: SecureModule,
  issued: IssuedTokens,
  expected: ExpectedCredit,
): Promise<Result<CheckedTokens, CheckFailure>> {
  const facts: TokenFacts[] = [];
  const change = issued.tokens.find(({ keyChange }) => keyChange !== null)?.keyChange ?? null;
  for (const [index, token] of issued.tokens.entries()) {
    const meter =
      token.kind === 'key-change' ? expected.meter : keysAfter(expected.meter, change, token.tokenTime);
    const verdict = await module.verify(token.digits, meter);
    if (!verdict.ok) return err({ kind: 'not-checked', fault: verdict.error });
    if (!verdict.value.good) return mismatch('token', 'good for this meter', verdict.value.reason);
    const { tokenClass, subclass, tokenTime, unitsTenths, kcv } = verdict.value;
    const minute = tokenTime === null ? null : minuteNumber(minuteOfTid(tokenTime.baseDate, tokenTime.tid));
    const found = { kind: verdict.value.kind, tokenClass, subclass, minute, unitsTenths };
    const wrong = token.kind === 'credit' ? creditMismatch(expected, found) : keyChangeMismatch(found);
    if (wrong) return mismatch(wrong.field, wrong.expected, wrong.found);
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
  const kinds = issued.tokens.map(({ kind }) => kind).join();
  if (!/^(?:key-change,)*credit$/u.test(kinds))
    return mismatch('tokens', 'key changes, then one credit', kinds);
  return ok({ tokens: facts, keyChange: change && changed(expected.meter, change) });
}

/** The keys of the meter once it has taken the key-change tokens. */
function keysAfter(meter: MeterKeys, change: MeterKeyChange | null, time: TokenTime | null): MeterKeys {
  if (!change) return meter;
  const { sgc, krn, ti, ken } = change;
  return { ...meter, sgc, krn, ti, ken, baseDate: time?.baseDate ?? meter.baseDate };
}

function changed({ sgc, krn, ti }: MeterKeys, change: MeterKeyChange): KeyChanged {
  return { was: { sgc, krn, ti }, now: { sgc: change.sgc, krn: change.krn, ti: change.ti, ken: change.ken } };
}

type Found = {
  readonly kind: string;
  readonly tokenClass: number;
  readonly subclass: number;
  readonly minute: number | null;
  readonly unitsTenths: UnitsTenths | null;
};

function creditMismatch(expected: ExpectedCredit, found: Found): TokenMismatch | undefined {
  const { fromMinute, toMinute } = expected;
  const inTime = found.minute !== null && found.minute >= fromMinute && found.minute <= toMinute;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['class', 0, found.tokenClass],
    ['sub-class', expected.subclass, found.subclass],
    ['units', expected.unitsTenths, found.unitsTenths],
    ['token time', inTime ? found.minute : `${fromMinute} to ${toMinute}`, found.minute],
  ];
  const wrong = pairs.find(([, want, got]) => want !== got);
  return wrong && { field: wrong[0], expected: String(wrong[1]), found: String(wrong[2]) };
}

/** A module may put key changes in front, and nothing else. */
function keyChangeMismatch({ kind, tokenClass }: Found): TokenMismatch | undefined {
  return tokenClass === 2 && kind.startsWith('key-section')
    ? undefined
    : { field: 'token', expected: 'a key change', found: kind };
}

function mismatch(field: string, expected: string, found: string): Result<never, CheckFailure> {
  return err({ kind: 'mismatch', mismatch: { field, expected, found } });
}
