import { amountMinor, assert, type AmountMinor } from '../../units/index.ts';
import type { TenderAccount } from '../ledger/index.ts';

/**
 * The arithmetic of a drawer, without a database: what was counted, what should be there, what is missing.
 * All amounts are minor units of the shift's currency.
 */

/** Notes or coins of one denomination, or (null) a bundle of slips or cheques with their sum. */
export type CountLine = {
  readonly account: TenderAccount;
  readonly denominationMinor: number | null;
  readonly quantity: number;
  readonly amountMinor: number;
};

/** So many of each denomination, as a person types it. */
export type CashCount = readonly { readonly denominationMinor: number; readonly quantity: number }[];

/** Slips of a tender that is not cash: how many, and their sum. */
export type SlipCount = readonly {
  readonly account: Exclude<TenderAccount, 'cash-drawer'>;
  readonly quantity: number;
  readonly amountMinor: number;
}[];

/** What records of one kind did to one tender. */
export type Movement = {
  readonly kind: string;
  readonly account: TenderAccount;
  readonly debitMinor: number;
  readonly creditMinor: number;
};

export type TenderSum = { readonly account: TenderAccount; readonly amountMinor: AmountMinor };

export type Variance = {
  readonly account: TenderAccount;
  readonly expectedMinor: AmountMinor;
  readonly countedMinor: AmountMinor;
  /** Counted less expected: negative when money is missing. */
  readonly varianceMinor: AmountMinor;
};

/** The lines of a count: denominations with none of them are left out. */
export function countLines(cash: CashCount, slips: SlipCount = []): readonly CountLine[] {
  return [
    ...cash.map(({ denominationMinor, quantity }) => ({
      account: 'cash-drawer' as const,
      denominationMinor,
      quantity,
      amountMinor: denominationMinor * quantity,
    })),
    ...slips.map((slip) => ({ ...slip, denominationMinor: null })),
  ].filter(({ quantity, amountMinor: sum }) => quantity > 0 || sum > 0);
}

/** Whether each denomination exists here and is named once. */
export function isCashCount(cash: CashCount, denominationsMinor: readonly number[]): boolean {
  const named = cash.map(({ denominationMinor }) => denominationMinor);
  return new Set(named).size === named.length && named.every((each) => denominationsMinor.includes(each));
}

/** The sum of each tender in the lines; tenders without a line are left out. */
export function sumsOf(lines: readonly CountLine[]): readonly TenderSum[] {
  return sumsBy(lines.map((line) => [line.account, line.amountMinor]));
}

/** What each tender should hold: all that went in, less all that went out. */
export function expectedOf(movements: readonly Movement[]): readonly TenderSum[] {
  return sumsBy(movements.map((each) => [each.account, each.debitMinor - each.creditMinor]));
}

/** Every tender that was expected or counted, side by side. */
export function variancesOf(
  expected: readonly TenderSum[],
  counted: readonly TenderSum[],
): readonly Variance[] {
  const of = (sums: readonly TenderSum[], account: TenderAccount): number =>
    sums.find((sum) => sum.account === account)?.amountMinor ?? 0;
  const accounts = new Set([...expected, ...counted].map(({ account }) => account));
  return [...accounts].map((account) => {
    const [should, is] = [of(expected, account), of(counted, account)];
    return {
      account,
      expectedMinor: amountMinor(should),
      countedMinor: amountMinor(is),
      varianceMinor: amountMinor(is - should),
    };
  });
}

function sumsBy(entries: readonly (readonly [TenderAccount, number])[]): readonly TenderSum[] {
  const sums = new Map<TenderAccount, number>();
  for (const [account, minor] of entries) {
    assert(Number.isSafeInteger(minor), 'money is whole minor units');
    sums.set(account, (sums.get(account) ?? 0) + minor);
  }
  return [...sums].map(([account, minor]) => ({ account, amountMinor: amountMinor(minor) }));
}

/** A count in the order 1, 2, 5, 10 … of the smallest coin, for a station that names no denominations. */
export function usualDenominations(cashStepMinor: number): readonly number[] {
  return [1, 10, 100, 1000].flatMap((power) => [1, 2, 5].map((digit) => digit * power * cashStepMinor));
}
