import { unitsTenths } from '../units/index.ts';
import type { AccountState, Quantise, TokenQuote, UnitLine } from './types.ts';

export type Credit = {
  /** None when there is nothing to put on a token. */
  readonly token: TokenQuote | undefined;
  /** What quantising added. */
  readonly added: number;
  readonly left: AccountState['unitAdjustments'];
  /** Units owed that the purchase does not cover. */
  readonly uncovered: number;
};

/** Makes the quantised token of a list of unit lines; none when they come to nothing. */
export function tokenOf(
  kind: TokenQuote['kind'],
  lines: readonly UnitLine[],
  quantise: Quantise,
  entitlement?: string,
): TokenQuote | undefined {
  const asked = lines.reduce((sum, line) => sum + line.quantity, 0);
  if (asked <= 0) return undefined;
  const quantity = quantise(unitsTenths(asked));
  const rounding: UnitLine = { key: 'token-rounding', kind: 'token-rounding', quantity: quantity - asked };
  const all = rounding.quantity === 0 ? lines : [...lines, rounding];
  return { kind, ...(entitlement === undefined ? {} : { entitlement }), quantity, lines: all };
}

/** Bought units with the account's unit adjustments: given ones first, then those taken back as far as they go. */
export function creditOf(bought: number, state: AccountState, quantise: Quantise): Credit {
  const lines: UnitLine[] = bought > 0 ? [{ key: 'bought', kind: 'bought', quantity: bought }] : [];
  const left: AccountState['unitAdjustments'] = [];
  let total = bought;
  const givenFirst = [...state.unitAdjustments].sort(
    (a, b) => Number(a.quantity < 0) - Number(b.quantity < 0),
  );
  for (const adjustment of givenFirst) {
    const quantity = Math.max(adjustment.quantity, -total);
    if (quantity !== 0) lines.push({ key: `adjustment/${adjustment.id}`, kind: 'adjustment', quantity });
    if (quantity > adjustment.quantity)
      left.push({ ...adjustment, quantity: adjustment.quantity - quantity });
    total += quantity;
  }
  const token = tokenOf('credit', lines, quantise);
  const uncovered = left.reduce((sum, { quantity }) => sum - quantity, 0);
  return { token, added: token ? token.quantity - total : 0, left, uncovered };
}
