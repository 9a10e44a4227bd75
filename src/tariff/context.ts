import { err, ok, rational, type Rational, type Result } from '../units/index.ts';
import { compiledOf, type CompiledTariff, type FixedRule, type Rule } from './compile.ts';
import { decimal, whole } from './exact.ts';
import { civilMinutes, dateOf, dayNumber, periodAt } from './periods.ts';
import type { Entitlement, Period, Tariff, When } from './schema.ts';
import type { AccountState, QuoteError } from './types.ts';

/** How far a window of the tariff has been used when the purchase begins. */
export type WindowUse = { readonly startedOn: string; readonly used: number; readonly missed: number };

/** Everything that stays the same while one quote is worked out. */
export type Context = {
  readonly compiled: CompiledTariff;
  readonly state: AccountState;
  readonly channel: string | undefined;
  readonly at: string;
  readonly today: string;
  readonly windows: ReadonlyMap<string, WindowUse>;
  readonly moneyRules: readonly Rule[];
  readonly unitRules: readonly Rule[];
};

function applies(when: When | undefined, category: string | undefined, channel: string | undefined): boolean {
  const fits = (wanted: readonly string[] | undefined, actual: string | undefined): boolean =>
    wanted === undefined || (actual !== undefined && wanted.includes(actual));
  return fits(when?.category, category) && fits(when?.channel, channel);
}

/** Whether an entitlement is meant for the account's category. */
export const entitlementApplies = (entitlement: Entitlement, state: AccountState): boolean =>
  applies(entitlement.when, state.category, undefined);

function windowUse(tariff: Tariff, name: string, state: AccountState, today: string): WindowUse {
  const { every, accumulatePeriods } = tariff.windows[name]!;
  const known = state.windows[name];
  if (every === 'purchase') return { startedOn: today, used: 0, missed: 0 };
  const { start, elapsed } = periodAt(every, today, known?.startedOn);
  if (known && elapsed === 0)
    return {
      startedOn: 'days' in every ? known.startedOn : start,
      used: known.quantity,
      missed: known.missed ?? 0,
    };
  if (accumulatePeriods === undefined)
    return { startedOn: 'days' in every ? today : start, used: 0, missed: 0 };
  return { startedOn: start, used: 0, missed: Math.min(Math.max(0, elapsed - 1), accumulatePeriods) };
}

/** A civil clock is set back by as much in autumn, so that a sale may seem older than the one before it. */
const CLOCK_FOLD_MINUTES = 60;

/** The first fault of the times in a state, if any. */
function faultOfTimes(tariff: Tariff, state: AccountState, at: string): QuoteError | undefined {
  const now = civilMinutes(at);
  if (now === undefined) return { code: 'input-invalid', path: 'at' };
  const asOf = civilMinutes(state.asOf);
  if (asOf === undefined) return { code: 'input-invalid', path: 'state/asOf' };
  if (asOf > now + CLOCK_FOLD_MINUTES) return { code: 'state-from-the-future', asOf: state.asOf };
  if (now < civilMinutes(tariff.effectiveFrom)!) {
    return { code: 'tariff-not-in-force', effectiveFrom: tariff.effectiveFrom };
  }
  const dates = [
    ...Object.entries(state.windows).map(([id, { startedOn }]) => [
      `state/windows/${id}/startedOn`,
      startedOn,
    ]),
    ...Object.entries(state.charges).map(([id, { paidFor }]) => [`state/charges/${id}/paidFor`, paidFor]),
    ...Object.entries(state.entitlements).map(([id, { takenFor }]) => [
      `state/entitlements/${id}/takenFor`,
      takenFor,
    ]),
  ] as const;
  const wrong = dates.find(([, date]) => dayNumber(date!) === undefined);
  return wrong && { code: 'input-invalid', path: wrong[0]! };
}

function missingQuantity(rules: readonly Rule[], state: AccountState): string | undefined {
  for (const { stage } of rules) {
    const name =
      stage.kind === 'fixed' ? stage.times : stage.kind === 'per-unit' ? stage.blocksTimes : undefined;
    if (
      name !== undefined &&
      (state.quantities[name] === undefined || decimal(state.quantities[name]).num < 0n)
    ) {
      return `quantities/${name}`;
    }
  }
  return undefined;
}

/** What the account or the way of paying does not say, where every price is for somebody else. */
function missingPrice(
  { unitRules }: CompiledTariff,
  { category }: AccountState,
  channel: string | undefined,
): 'category' | 'channel' | undefined {
  const prices = unitRules.filter(({ kind, sign }) => kind === 'per-unit' && sign > 0);
  if (prices.some(({ stage }) => applies(stage.when, category, channel))) return undefined;
  const hasChannel = prices.some(({ stage }) =>
    applies({ channel: stage.when?.channel }, undefined, channel),
  );
  return hasChannel ? 'category' : 'channel';
}

/** Settles what the account and the moment mean for this tariff; refuses times and quantities that make no sense. */
export function contextOf(
  tariff: Tariff,
  state: AccountState,
  channel: string | undefined,
  at: string,
): Result<Context, QuoteError> {
  const fault = faultOfTimes(tariff, state, at);
  if (fault) return err(fault);
  const compiled = compiledOf(tariff);
  const active = (rule: Rule): boolean => applies(rule.stage.when, state.category, channel);
  const [moneyRules, unitRules] = [compiled.moneyRules.filter(active), compiled.unitRules.filter(active)];
  const missing =
    missingPrice(compiled, state, channel) ?? missingQuantity([...moneyRules, ...unitRules], state);
  if (missing) return err({ code: 'state-incomplete', path: missing });
  const today = dateOf(at);
  const windows = new Map(
    Object.keys(tariff.windows).map((name) => [name, windowUse(tariff, name, state, today)] as const),
  );
  return ok({ compiled, state, channel, at, today, windows, moneyRules, unitRules });
}

/** Units bought so far in a stage's window. */
export function usedIn(context: Context, window: string | undefined): Rational {
  return whole(window === undefined ? 0 : context.windows.get(window)!.used);
}

export function quantityOf(context: Context, name: string | undefined): Rational {
  return name === undefined ? rational.ONE : decimal(context.state.quantities[name]!);
}

/** Periods of a charge that fall due with this purchase, and the first day of the newest of them. */
type DuePeriods = { readonly count: number; readonly paidFor: string };

export function duePeriods(context: Context, rule: FixedRule): DuePeriods {
  const { every = 'purchase', maxPeriods = 1, id } = rule.stage;
  return periodsDue(every, maxPeriods, context.today, context.state.charges[id]?.paidFor);
}

/** One period where none was ever counted; else those begun since, at most `maxPeriods`. */
export function periodsDue(
  every: Period,
  maxPeriods: number,
  today: string,
  since: string | undefined,
): DuePeriods {
  if (every === 'purchase') return { count: 1, paidFor: today };
  const { start, elapsed } = periodAt(every, today, since);
  return { count: since === undefined ? 1 : Math.min(elapsed, maxPeriods), paidFor: start };
}
