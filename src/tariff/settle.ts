import { err, ok, type Result } from '../units/index.ts';
import { contextOf } from './context.ts';
import { toNumber, whole } from './exact.ts';
import { moneyCharges, type Caps } from './money-charges.ts';
import type { RecordedSale } from './replay.ts';
import type { Tariff } from './schema.ts';
import type { AccountState, Adjustment, QuoteError } from './types.ts';
import { totalOf, unitCharges } from './unit-charges.ts';

const NO_CAPS: Caps = new Map();

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
  const context = contextOf(tariff, { ...trueState, asOf: sale.state.asOf }, sale.request.channel, sale.at);
  if (!context.ok) return err(context.error);
  const purse = { amount: whole(sale.quote.amountMinor), settled: whole(0) };
  const money = moneyCharges(context.value, purse, NO_CAPS);
  const due = unitCharges(context.value, money.ledger, whole(sale.quote.boughtQuantity), true);
  const rules = new Set([...due.keys(), ...sale.quote.lines.map(({ rule }) => rule)]);
  const adjustments = [...rules].flatMap((rule) => {
    const drafts = (due.get(rule) ?? []).filter(({ line }) => line.place !== 'included');
    const charged = sale.quote.lines.filter((line) => line.rule === rule && line.place !== 'included');
    const kind = drafts[0]?.line.kind ?? charged[0]?.kind;
    if (kind !== 'per-unit' && kind !== 'percent' && kind !== 'fixed') return [];
    const amountMinor = toNumber(totalOf(drafts)) - charged.reduce((sum, line) => sum + line.amountMinor, 0);
    return amountMinor === 0 ? [] : [{ id: `${reference}/${rule}`, reason: rule, amountMinor }];
  });
  return ok(adjustments);
}
