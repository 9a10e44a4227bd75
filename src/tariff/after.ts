import type { Context } from './context.ts';
import type { Entitled } from './entitlements.ts';
import { toNumber } from './exact.ts';
import type { Figures } from './lines.ts';
import type { Purchase } from './purchase.ts';
import type { Credit } from './token.ts';
import type { AccountState } from './types.ts';
import { totalOf } from './unit-charges.ts';

function windowsAfter(context: Context, added: number): AccountState['windows'] {
  const { windows } = context.compiled.tariff;
  const after = { ...context.state.windows };
  for (const [name, use] of context.windows) {
    const quantity = use.used + added;
    if (windows[name]!.every === 'purchase' || quantity === 0) continue;
    after[name] = { startedOn: use.startedOn, quantity, ...(use.missed > 0 ? { missed: use.missed } : {}) };
  }
  return after;
}

/** Charges paid so far: those known before the units, and stepped ones for the running window. */
function chargesAfter(context: Context, made: Purchase): AccountState['charges'] {
  const after = { ...made.money.charges };
  for (const rule of context.moneyRules) {
    const { stage } = rule;
    const once = stage.kind === 'fixed' && (stage.every ?? 'purchase') === 'purchase';
    if (once && after[stage.id]?.owedMinor === 0) delete after[stage.id];
  }
  for (const rule of context.unitRules) {
    if (rule.kind !== 'fixed' || made.bought.num === 0n) continue;
    const { id, window } = rule.stage;
    const use = context.windows.get(window!)!;
    const before = use.used > 0 ? (context.state.charges[id]?.paidInPeriodMinor ?? 0) : 0;
    const paid = toNumber(totalOf(made.ledger.get(id) ?? []));
    after[id] = { paidFor: use.startedOn, owedMinor: 0, paidInPeriodMinor: before + rule.sign * paid };
  }
  return after;
}

function entitlementsAfter(state: AccountState, entitled: readonly Entitled[]): AccountState['entitlements'] {
  const taken = entitled.map(({ rule, takenFor }) => [rule.id, { takenFor }] as const);
  return { ...state.entitlements, ...Object.fromEntries(taken) };
}

/** The account as the sale leaves it; quantised units are what its windows count. */
export function accountAfter(
  context: Context,
  made: Purchase | undefined,
  credit: Credit | undefined,
  entitled: readonly Entitled[],
  figures: Figures | undefined,
): AccountState {
  const { state, at } = context;
  const added = made && credit ? toNumber(made.bought) + credit.added : 0;
  return {
    ...state,
    asOf: at,
    windows: windowsAfter(context, added),
    entitlements: entitlementsAfter(state, entitled),
    ...(made && credit && figures
      ? {
          balanceMinor: figures.carriedMinor,
          charges: chargesAfter(context, made),
          debts: made.money.debts,
          adjustments: [...made.settlement.left],
          unitAdjustments: credit.left,
        }
      : {}),
  };
}
