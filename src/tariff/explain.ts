import { MAX_AMOUNT_MINOR, rational, type Rational } from '../units/index.ts';
import { contextOf, usedIn, type Context } from './context.ts';
import { amountFor } from './cost.ts';
import { toNumber } from './exact.ts';
import { unitsFor } from './purchase.ts';
import type { Tariff } from './schema.ts';
import type { AccountState, Notice, Quote, QuoteLine, QuoteRequest } from './types.ts';
import { blocksFor, pick } from './unit-charges.ts';

const { add, compare, subtract } = rational;

type Side = Pick<QuoteLine, 'base' | 'rate' | 'amountMinor'>;

/** One line of two purchases side by side. */
export type ExplanationRow = {
  readonly key: string;
  readonly rule: string;
  readonly label: string;
  readonly kind: QuoteLine['kind'];
  readonly change: 'same' | 'new' | 'gone' | 'rate-changed' | 'base-changed' | 'amount-changed';
  readonly before: Side | undefined;
  readonly now: Side | undefined;
  readonly differenceMinor: number;
};

/** Why a purchase gave this many units, against the one before: data for the catalogues. */
export type Explanation = {
  readonly headline: Notice;
  readonly rows: readonly ExplanationRow[];
  /** The rows that explain the difference, the dearest first. */
  readonly because: readonly Notice[];
};

const sideOf = ({ base, rate, amountMinor }: QuoteLine): Side => ({ base, rate, amountMinor });

function changeOf(before: QuoteLine | undefined, now: QuoteLine | undefined): ExplanationRow['change'] {
  if (!before) return 'new';
  if (!now) return 'gone';
  if (before.rate !== now.rate) return 'rate-changed';
  if (before.base.value !== now.base.value) return 'base-changed';
  return before.amountMinor === now.amountMinor ? 'same' : 'amount-changed';
}

function rowOf(before: QuoteLine | undefined, now: QuoteLine | undefined): ExplanationRow {
  const line = (now ?? before)!;
  return {
    key: line.key,
    rule: line.rule,
    label: line.label,
    kind: line.kind,
    change: changeOf(before, now),
    before: before && sideOf(before),
    now: now && sideOf(now),
    differenceMinor: (now?.amountMinor ?? 0) - (before?.amountMinor ?? 0),
  };
}

/** The lines of both purchases in the order of this one, then those that only the earlier one had. */
function rowsOf(quote: Quote, previous: Quote | undefined): ExplanationRow[] {
  const earlier = new Map((previous?.lines ?? []).map((line) => [line.key, line]));
  const shared = quote.lines.map((line) => rowOf(earlier.get(line.key), line));
  const present = new Set(quote.lines.map(({ key }) => key));
  return [
    ...shared,
    ...[...earlier.values()].filter(({ key }) => !present.has(key)).map((line) => rowOf(line, undefined)),
  ];
}

function headlineOf(quote: Quote, previous: Quote | undefined): Notice {
  const now = { quantity: quote.boughtQuantity, amountMinor: quote.amountMinor };
  if (!previous) return { code: 'first-purchase', params: now };
  const differenceQuantity = quote.boughtQuantity - previous.boughtQuantity;
  const code =
    differenceQuantity === 0 ? 'units-same' : differenceQuantity > 0 ? 'units-more' : 'units-fewer';
  const before = { previousQuantity: previous.boughtQuantity, previousAmountMinor: previous.amountMinor };
  return { code, params: { ...now, ...before, differenceQuantity } };
}

/** What kind of reason a changed row is. A base that follows from another change is no reason of its own. */
function reasonOf(row: ExplanationRow, quote: Quote): Notice | undefined {
  const { rule, label, differenceMinor, change } = row;
  const params = { rule, label, differenceMinor };
  const block = quote.lines.find(({ key }) => key === row.key)?.block;
  if (change === 'new' && block !== undefined)
    return { code: 'block-reached', params: { ...params, block, rate: row.now!.rate } };
  if (change === 'new') return { code: 'line-new', params };
  if (change === 'gone') return { code: 'line-gone', params };
  if (change === 'rate-changed') {
    return { code: 'rate-changed', params: { ...params, before: row.before!.rate, now: row.now!.rate } };
  }
  const ownBase =
    row.kind === 'fixed' || row.kind === 'debt' || row.kind === 'balance' || row.kind === 'adjustment';
  return change !== 'same' && ownBase ? { code: 'charge-changed', params } : undefined;
}

function becauseOf(rows: readonly ExplanationRow[], quote: Quote, previous: Quote): Notice[] {
  const first: Notice[] = [];
  if (quote.amountMinor !== previous.amountMinor) {
    first.push({
      code: 'amount-differs',
      params: { differenceMinor: quote.amountMinor - previous.amountMinor },
    });
  }
  if (quote.tariff.id !== previous.tariff.id || quote.tariff.version !== previous.tariff.version) {
    first.push({
      code: 'tariff-changed',
      params: { before: previous.tariff.version, now: quote.tariff.version },
    });
  }
  const reasons = rows.flatMap((row) => reasonOf(row, quote) ?? []);
  const weight = (notice: Notice): number => Math.abs(Number(notice.params['differenceMinor']));
  return [...first, ...reasons.sort((a, b) => weight(b) - weight(a))];
}

/** Compares a purchase line by line with the customer's previous one. Roundings have rows but are no reasons. */
export function explain(quote: Quote, previous: Quote | undefined): Explanation {
  const rows = rowsOf(quote, previous);
  const telling = rows.filter(({ kind }) => kind !== 'rounding' && kind !== 'cash-rounding');
  return {
    headline: headlineOf(quote, previous),
    rows,
    because: previous ? becauseOf(telling, quote, previous) : [],
  };
}

type Edge = {
  readonly rule: string;
  readonly units: Rational;
  readonly rate: string;
  readonly nextRate: string;
};

/** The next block edges at or beyond a number of units, one for each charge that has blocks. */
function edgesAfter(context: Context, bought: Rational): Edge[] {
  return context.unitRules.flatMap((rule) => {
    if (rule.kind !== 'per-unit') return [];
    const used = usedIn(context, rule.stage.window);
    const reached = add(used, bought);
    const blocks = blocksFor(context, rule, pick(rule.schedules, reached));
    const index = blocks.findIndex(({ upTo }) => upTo !== undefined && compare(upTo, reached) >= 0);
    const next = blocks[index + 1];
    if (index < 0 || !next) return [];
    const units = subtract(blocks[index]!.upTo!, used);
    return [{ rule: rule.stage.id, units, rate: blocks[index]!.rateText, nextRate: next.rateText }];
  });
}

/**
 * How much more reaches the next block: one notice `next-block` per charge with blocks, with the units left
 * at today's rate and the money they take.
 */
export function nextBlock(
  tariff: Tariff,
  state: AccountState,
  request: QuoteRequest,
  at: string,
): readonly Notice[] {
  const made = contextOf(tariff, state, request.channel, at);
  if (!made.ok || request.kind === 'entitlement') return [];
  const context = made.value;
  const amount = request.kind === 'money' ? request.amountMinor : amountFor(context, 1, request.quantity);
  if (amount === undefined || amount > MAX_AMOUNT_MINOR) return [];
  const bought = Math.max(0, unitsFor(context, amount));
  return edgesAfter(context, { num: BigInt(bought), den: 1n }).flatMap(({ rule, units, rate, nextRate }) => {
    const quantity = toNumber({ num: rational.floor(units), den: 1n });
    const reaching = amountFor(context, 1, quantity);
    if (reaching === undefined) return [];
    const params = {
      rule,
      leftQuantity: quantity - bought,
      moreMinor: Math.max(0, reaching - amount),
      rate,
      nextRate,
    };
    return [{ code: 'next-block', params }];
  });
}
