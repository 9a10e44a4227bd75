import { rational, type Rational } from '../units/index.ts';
import { usedIn, type Context } from './context.ts';
import { dueIn, type Entitled } from './entitlements.ts';
import { toNumber } from './exact.ts';
import { civilMinutes } from './periods.ts';
import { unitsFor, type Purchase } from './purchase.ts';
import { unitCost } from './solve.ts';
import type { Notice, TokenQuote } from './types.ts';
import { pick } from './unit-charges.ts';

const { add, subtract } = rational;

/** Whether what the account has done before changes what it pays now. */
function dependsOnState(context: Context): boolean {
  const { windows, stages, entitlements, limits } = context.compiled.tariff;
  const isLasting = (window: string | undefined): boolean =>
    window !== undefined && windows[window]!.every !== 'purchase';
  const remembers = stages.some((stage) => {
    if (stage.kind === 'debt') return true;
    if (stage.kind === 'percent') return false;
    return isLasting(stage.window) || (stage.kind === 'fixed' && (stage.every ?? 'purchase') !== 'purchase');
  });
  return remembers || entitlements.length > 0 || isLasting(limits.windowMaximum?.window);
}

/** Why a quote may have to be settled later: old figures, or a meter that others sell to as well. */
export function provisionalReasons(context: Context): Notice[] {
  if (!dependsOnState(context)) return [];
  const { state, at, compiled } = context;
  const ageHours = Math.max(0, Math.floor((civilMinutes(at)! - civilMinutes(state.asOf)!) / 60));
  const allowedHours = compiled.tariff.stateMaxAgeHours;
  const notices: Notice[] = [];
  if (ageHours > allowedHours) notices.push({ code: 'state-too-old', params: { ageHours, allowedHours } });
  if (state.soldElsewhere) notices.push({ code: 'sold-elsewhere', params: {} });
  return notices;
}

type Cliff = {
  readonly rule: string;
  readonly window: string;
  readonly rows: readonly { readonly upTo: Rational | undefined }[];
};

function cliffsOf(context: Context): Cliff[] {
  return context.unitRules.flatMap((rule) => {
    if (rule.kind !== 'per-unit' && rule.kind !== 'fixed') return [];
    const rows = rule.kind === 'per-unit' ? rule.schedules : rule.steps;
    const { id, window } = rule.stage;
    return rows.length > 1 && window !== undefined ? [{ rule: id, window, rows }] : [];
  });
}

/** What the next tenth costs at a threshold, jump included. */
function priceOfCrossing(context: Context, made: Purchase, toThreshold: Rational): number {
  const at = unitCost(context, made.money.ledger, toThreshold, false);
  const past = unitCost(context, made.money.ledger, add(toThreshold, rational.ONE), false);
  return Number(rational.roundToInteger(subtract(past, at), 'half-up'));
}

function cliffNotices(context: Context, made: Purchase): Notice[] {
  return cliffsOf(context).flatMap(({ rule, window, rows }) => {
    const used = usedIn(context, window);
    const reached = add(used, made.bought);
    const [before, now] = [pick(rows, used), pick(rows, reached)];
    const notices: Notice[] = [];
    if (before !== now) {
      notices.push({ code: 'cliff-crossed', params: { rule, thresholdQuantity: toNumber(before.upTo!) } });
    }
    if (now.upTo) {
      const left = subtract(now.upTo, reached);
      const crossingMinor = priceOfCrossing(context, made, subtract(now.upTo, used));
      const params = {
        rule,
        thresholdQuantity: toNumber(now.upTo),
        leftQuantity: toNumber(left),
        crossingMinor,
      };
      notices.push({ code: 'cliff-ahead', params });
    }
    return notices;
  });
}

/** Sums just below which the same units, or more, are to be had: a duty or dearer fee begins above them. */
function amountNotices(context: Context, made: Purchase): Notice[] {
  return context.moneyRules.flatMap(({ stage, range }) => {
    const amountMinor = range.above && toNumber(range.above);
    if (amountMinor === undefined || amountMinor === 0 || made.amountMinor <= amountMinor) return [];
    const quantity = unitsFor(context, amountMinor);
    const isWorse = quantity >= toNumber(made.bought);
    return isWorse ? [{ code: 'less-buys-more', params: { rule: stage.id, amountMinor, quantity } }] : [];
  });
}

/** What the cashier and the customer should know before they pay. */
export function noticesOf(
  context: Context,
  made: Purchase,
  tokens: readonly TokenQuote[],
  entitled: readonly Entitled[],
): Notice[] {
  const notices: Notice[] = [];
  if (!tokens.some(({ kind }) => kind === 'credit')) notices.push({ code: 'no-units', params: {} });
  for (const rule of made.money.partly) {
    notices.push({
      code: 'charge-in-part',
      params: { rule, owedMinor: made.money.charges[rule]!.owedMinor },
    });
  }
  for (const { id, amountMinor } of made.settlement.left) {
    notices.push({ code: 'settlement-in-part', params: { id, owedMinor: amountMinor } });
  }
  const given = new Set(entitled.map(({ rule }) => rule.id));
  for (const { id, quantity, withPurchaseOnly } of dueIn(context)) {
    const code = withPurchaseOnly ? 'entitlement-with-purchase' : 'entitlement-due';
    if (!given.has(id)) notices.push({ code, params: { id, quantity } });
  }
  return [...notices, ...cliffNotices(context, made), ...amountNotices(context, made)];
}
