import type { Adjustment, AccountState, QuoteLine } from './types.ts';

/** What the account brings into a purchase besides the amount: balance, refunds, sums owed. */
export type Settlement = {
  readonly lines: readonly QuoteLine[];
  /** Minor units: positive adds to the money, negative is owed. */
  readonly netMinor: number;
  /** Sums owed that this purchase could not cover. */
  readonly left: readonly Adjustment[];
};

function settlementLine(
  key: string,
  kind: 'balance' | 'adjustment',
  amountMinor: number,
  label: string,
): QuoteLine {
  return {
    key,
    rule: kind,
    kind,
    role: 'settlement',
    label,
    place: 'inside',
    base: { of: 'none', value: '' },
    rate: '',
    exact: amountMinor.toString(),
    amountMinor,
  };
}

/** Balance and refunds are spent first; sums owed are taken in their order, as far as the money goes. */
export function settlementOf(state: AccountState, amountMinor: number): Settlement {
  const lines: QuoteLine[] = [];
  const left: Adjustment[] = [];
  let net = 0;
  const take = (line: QuoteLine): void => {
    lines.push(line);
    net -= line.amountMinor;
  };
  if (state.balanceMinor > 0) take(settlementLine('balance', 'balance', -state.balanceMinor, ''));
  const refundsFirst = [...state.adjustments].sort(
    (a, b) => Number(a.amountMinor > 0) - Number(b.amountMinor > 0),
  );
  for (const adjustment of refundsFirst) {
    const taken = Math.min(adjustment.amountMinor, amountMinor + net);
    if (taken !== 0)
      take(settlementLine(`adjustment/${adjustment.id}`, 'adjustment', taken, adjustment.reason));
    if (taken < adjustment.amountMinor)
      left.push({ ...adjustment, amountMinor: adjustment.amountMinor - taken });
  }
  return { lines, netMinor: net, left };
}
