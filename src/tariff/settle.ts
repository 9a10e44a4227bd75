import { err, ok, type Rational, type Result } from '../units/index.ts';
import { contextOf, type Context } from './context.ts';
import { withFreeUnits, type Entitled } from './entitlements.ts';
import { toNumber, whole } from './exact.ts';
import { moneyCharges } from './money-charges.ts';
import type { RecordedSale } from './replay.ts';
import type { Tariff } from './schema.ts';
import type { AccountState, Adjustment, QuoteError } from './types.ts';
import { totalOf, unitCharges } from './unit-charges.ts';

/** What the sale took under a rule; lines that are only shown inside others do not count. */
function chargedBy(sale: RecordedSale, rule: string): number {
  const lines = sale.quote.lines.filter((line) => line.rule === rule && line.place !== 'included');
  return lines.reduce((sum, line) => sum + line.amountMinor, 0);
}

/** A charge that may be paid in part is never raised afterwards: what is missing stays due on the account. */
function capsOf(context: Context, sale: RecordedSale): Map<string, Rational> {
  const taken = (rule: string): Rational => whole(Math.abs(chargedBy(sale, rule)));
  return new Map(context.moneyRules.map(({ stage }) => [stage.id, taken(stage.id)]));
}

/** The free units that the sale gave: they stay given, and go before its own in the blocks. */
function givenWith(tariff: Tariff, { quote }: RecordedSale): readonly Entitled[] {
  return quote.tokens.flatMap(({ entitlement, lines }) => {
    const rule = tariff.entitlements.find(({ id }) => id === entitlement);
    const quantity = lines.reduce((sum, line) => sum + (line.kind === 'free' ? line.quantity : 0), 0);
    return rule ? [{ rule, quantity, takenFor: quote.at.slice(0, 10) }] : [];
  });
}

/**
 * What a provisional sale should have cost for the units it gave, had the account been known as `trueState`
 * says (or had `tariff` been in force), less what it did cost: one adjustment for each charge that differs,
 * to go into the account's state. Positive is owed by the customer. Debt payments stand as they were made.
 */
export function settle(
  tariff: Tariff,
  sale: RecordedSale,
  trueState: AccountState,
  reference: string,
): Result<readonly Adjustment[], QuoteError> {
  const state = { ...trueState, asOf: sale.state.asOf, debts: sale.state.debts };
  const bare = contextOf(tariff, state, sale.request.channel, sale.at);
  if (!bare.ok) return err(bare.error);
  const context = withFreeUnits(bare.value, givenWith(tariff, sale));
  const purse = { amount: whole(sale.quote.amountMinor), settled: whole(0) };
  const money = moneyCharges(context, purse, capsOf(context, sale));
  const due = unitCharges(context, money.ledger, whole(sale.quote.boughtQuantity), true);
  const kinds = new Map(sale.quote.lines.map(({ rule, kind }) => [rule, kind] as const));
  for (const { id, kind } of tariff.stages) kinds.set(id, kind);
  const adjustments = [...kinds].flatMap(([rule, kind]) => {
    if (kind !== 'per-unit' && kind !== 'percent' && kind !== 'fixed') return [];
    const drafts = (due.get(rule) ?? []).filter(({ line }) => line.place !== 'included');
    const amountMinor = toNumber(totalOf(drafts)) - chargedBy(sale, rule);
    return amountMinor === 0 ? [] : [{ id: `${reference}/${rule}`, reason: rule, amountMinor }];
  });
  return ok(adjustments);
}
