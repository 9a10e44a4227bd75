import { minuteOfTid } from '../../sts/index.ts';
import { err, ok, type Result, type UnitsTenths } from '../../units/index.ts';
import type { TokenFacts } from '../ledger/index.ts';
import type { IssuedTokens, MeterKeys, ModuleFault, SecureModule } from '../secure-module/index.ts';
import { minuteNumber } from './token-time.ts';

/** What the sale asked for, against which every token is held before anyone sees it. */
export type ExpectedCredit = {
  readonly meter: MeterKeys;
  readonly subclass: number;
  readonly unitsTenths: UnitsTenths;
  readonly tokenMinute: number;
};

export type TokenMismatch = { readonly field: string; readonly expected: string; readonly found: string };

/** A token that is wrong, or a module that could not say: its silence proves nothing against the token. */
export type CheckFailure =
  | { readonly kind: 'mismatch'; readonly mismatch: TokenMismatch }
  | { readonly kind: 'not-checked'; readonly fault: ModuleFault };

/**
 * Has every token decoded back and compares it with the sale: meter (by its key), class, sub-class, units and
 * token time. Returns the tokens with the figures read from them; these, never the asked ones, are recorded.
 */
export async function checkTokens(
  module: SecureModule,
  issued: IssuedTokens,
  expected: ExpectedCredit,
): Promise<Result<readonly TokenFacts[], CheckFailure>> {
  const facts: TokenFacts[] = [];
  for (const [index, token] of issued.tokens.entries()) {
    const verdict = await module.verify(token.digits, expected.meter);
    if (!verdict.ok) return err({ kind: 'not-checked', fault: verdict.error });
    if (!verdict.value.good) return mismatch('token', 'good for this meter', verdict.value.reason);
    const { tokenClass, subclass, tokenTime, unitsTenths, kcv } = verdict.value;
    const minute = tokenTime === null ? null : minuteNumber(minuteOfTid(tokenTime.baseDate, tokenTime.tid));
    const found = { tokenClass, subclass, minute, unitsTenths };
    const wrong = token.kind === 'credit' ? creditMismatch(expected, found) : undefined;
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
  const credits = issued.tokens.filter((token) => token.kind === 'credit').length;
  return credits === 1 ? ok(facts) : mismatch('credit tokens', '1', String(credits));
}

function creditMismatch(
  expected: ExpectedCredit,
  found: { tokenClass: number; subclass: number; minute: number | null; unitsTenths: UnitsTenths | null },
): TokenMismatch | undefined {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['class', 0, found.tokenClass],
    ['sub-class', expected.subclass, found.subclass],
    ['units', expected.unitsTenths, found.unitsTenths],
    ['token time', expected.tokenMinute, found.minute],
  ];
  const wrong = pairs.find(([, want, got]) => want !== got);
  return wrong && { field: wrong[0], expected: String(wrong[1]), found: String(wrong[2]) };
}

function mismatch(field: string, expected: string, found: string): Result<never, CheckFailure> {
  return err({ kind: 'mismatch', mismatch: { field, expected, found } });
}
