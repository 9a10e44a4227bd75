import { rational, type Rational } from '../units/index.ts';
import type { AmountRange, DebtRule, FixedRule, PercentRule } from './compile.ts';
import { duePeriods, quantityOf, type Context } from './context.ts';
import { decimal, exactText, HUNDRED, roundTo, toNumber, whole } from './exact.ts';
import type { Share } from './schema.ts';
import type { AccountState, QuoteLine } from './types.ts';
import { percentDrafts, percentParts, totalOf, type Draft, type Ledger } from './unit-charges.ts';

const { add, compare, divide, maximum, minimum, multiply, subtract } = rational;

/** The money of one purchase before any charge. */
export type Purse = {
  /** What the customer asked to spend: the base of shares `of: amount`. */
  readonly amount: Rational;
  /** Balance and settlements, never taxed again: negative when the customer owes. */
  readonly settled: Rational;
};

/** Charges that the units do not change, and what they leave behind. */
export type MoneyCharges = {
  readonly ledger: Ledger;
  /** Left for the charges on units. */
  readonly available: Rational;
  readonly charges: AccountState['charges'];
  readonly debts: AccountState['debts'];
  /** Fixed charges of which only a part could be paid. */
  readonly partly: readonly string[];
};

/** Caps on fixed charges that may be paid in part, by stage id. */
export type Caps = ReadonlyMap<string, Rational>;

type Running = {
  readonly ledger: Map<string, readonly Draft[]>;
  remaining: Rational;
  readonly charges: Record<string, AccountState['charges'][string]>;
  readonly debts: Record<string, AccountState['debts'][string]>;
  readonly partly: string[];
};

const notNegative = (value: Rational): Rational => maximum(value, rational.ZERO);

function shareOf(share: Share, bases: Readonly<Record<Share['of'], Rational>>): Rational {
  return divide(multiply(notNegative(bases[share.of]), decimal(share.rate)), HUNDRED);
}

function lineOf(
  rule: FixedRule | DebtRule | PercentRule,
  parts: Pick<QuoteLine, 'base' | 'rate'> & Partial<QuoteLine>,
  exact: Rational,
  amount: Rational,
): Draft {
  const { kind } = rule;
  const { id, role, label } = rule.stage;
  return { line: { key: id, rule: id, kind, role, label, place: 'inside', ...parts }, exact, amount };
}

function fixedCharge(
  context: Context,
  rule: FixedRule,
  running: Running,
  extra: Rational,
  caps: Caps,
): Draft[] {
  const { id, times, short, onTop } = rule.stage;
  const due = duePeriods(context, rule);
  const { amount: price, text } = rule.steps[0]!;
  const known = context.state.charges[id];
  const owed = known?.owedMinor ?? 0;
  const exact = add(multiply(multiply(price, whole(due.count)), quantityOf(context, times)), whole(owed));
  const full = roundTo(exact, rule.rounding);
  const cap = caps.get(id) ?? full;
  const affordable = short === 'part' ? minimum(cap, notNegative(add(running.remaining, extra))) : full;
  const taken = minimum(full, affordable);
  const left = toNumber(subtract(full, taken));
  if (left > 0) running.partly.push(id);
  const paidBefore = due.count === 0 ? (known?.paidInPeriodMinor ?? 0) : 0;
  running.charges[id] = {
    paidFor: due.count === 0 ? (known?.paidFor ?? due.paidFor) : due.paidFor,
    owedMinor: left,
    paidInPeriodMinor: paidBefore + toNumber(taken),
  };
  if (full.num === 0n) return [];
  const details: Partial<QuoteLine> = times === undefined ? {} : { times: context.state.quantities[times]! };
  const parts = {
    base: { of: 'periods', value: due.count.toString() },
    rate: text,
    place: onTop ? 'on-top' : 'inside',
    ...details,
    ...(left > 0 ? { remainingMinor: left } : {}),
  } as const;
  return [lineOf(rule, parts, signed(rule.sign, exact), signed(rule.sign, taken))];
}

const signed = (sign: 1 | -1, value: Rational): Rational =>
  sign < 0 ? { num: -value.num, den: value.den } : value;

function moneyPercent(context: Context, rule: PercentRule, running: Running, amount: Rational): Draft[] {
  const { of, atLeast, atMost } = rule.stage;
  if (Array.isArray(of)) return percentDrafts(context, rule, running.ledger, true);
  const minor = context.compiled.minorPerMajor;
  const base = of === 'amount' ? amount : notNegative(running.remaining);
  const share = multiply(rule.baseRounding ? roundTo(base, rule.baseRounding) : base, rule.factor);
  const atLeastMinor = multiply(decimal(atLeast ?? '0'), minor);
  const raised = maximum(share, atLeastMinor);
  const exact = atMost === undefined ? raised : minimum(raised, multiply(decimal(atMost), minor));
  const taken = roundTo(exact, rule.rounding);
  if (taken.num === 0n) return [];
  return [
    lineOf(rule, percentParts(context, rule, base), signed(rule.sign, exact), signed(rule.sign, taken)),
  ];
}

/** What a rule asks of a debt: its own measure, then floor and caps; never more than is owed or at hand. */
function debtCharge(context: Context, rule: DebtRule, running: Running, amount: Rational): Draft[] {
  const { debt: id, take, atLeast, atMost, atMostShare, blockUntilPaid } = rule.stage;
  const debt = running.debts[id];
  if (!debt || debt.balanceMinor === 0) return [];
  const minor = context.compiled.minorPerMajor;
  const balance = whole(debt.balanceMinor);
  const remaining = notNegative(running.remaining);
  const blocked = minimum(blockedPart(debt, blockUntilPaid), remaining);
  const bases = { amount, remaining: subtract(remaining, blocked), balance };
  let wanted = wantedOf(take, debt, bases, minor);
  if (atLeast !== undefined) wanted = maximum(wanted, multiply(decimal(atLeast), minor));
  if (atMost !== undefined) wanted = minimum(wanted, multiply(decimal(atMost), minor));
  if (atMostShare) wanted = minimum(wanted, shareOf(atMostShare, bases));
  const exact = add(blocked, wanted);
  const taken = minimum(minimum(roundTo(exact, rule.rounding), balance), remaining);
  if (taken.num === 0n) return [];
  const left = debt.balanceMinor - toNumber(taken);
  running.debts[id] = { ...debt, balanceMinor: left };
  const base = { of: 'money', value: exactText(divide(baseOf(take, bases), minor)) } as const;
  const rate = typeof take === 'object' ? ('share' in take ? take.share.rate : take.fixed) : '';
  return [lineOf(rule, { base, rate, remainingMinor: left }, exact, taken)];
}

type Take = DebtRule['stage']['take'];
type Bases = Readonly<Record<Share['of'], Rational>>;

function wantedOf(take: Take, debt: AccountState['debts'][string], bases: Bases, minor: Rational): Rational {
  if (take === 'all') return whole(debt.balanceMinor);
  if (take === 'instalment') return whole(debt.instalmentMinor);
  return 'fixed' in take ? multiply(decimal(take.fixed), minor) : shareOf(take.share, bases);
}

const baseOf = (take: Take, bases: Bases): Rational =>
  typeof take === 'object' && 'share' in take ? bases[take.share.of] : bases.balance;

/** What must be paid of the opening debt before anything else may be bought. */
function blockedPart(debt: AccountState['debts'][string], percent: string | undefined): Rational {
  if (percent === undefined) return rational.ZERO;
  const needed = rational.ceil(divide(multiply(whole(debt.openingMinor), decimal(percent)), HUNDRED));
  return notNegative(whole(needed - BigInt(debt.openingMinor - debt.balanceMinor)));
}

const isWithin = ({ above, upTo }: AmountRange, amount: Rational): boolean =>
  (above === undefined || compare(amount, above) > 0) && (upTo === undefined || compare(amount, upTo) <= 0);

/** Works through the charges that do not depend on units, in declared order. */
export function moneyCharges(context: Context, purse: Purse, caps: Caps): MoneyCharges {
  const extra = notNegative(purse.settled);
  const running: Running = {
    ledger: new Map(),
    remaining: add(purse.amount, minimum(purse.settled, rational.ZERO)),
    charges: { ...context.state.charges },
    debts: { ...context.state.debts },
    partly: [],
  };
  for (const rule of context.moneyRules) {
    const isMeant = isWithin(rule.range, purse.amount);
    const drafts = isMeant ? draftsOf(context, rule, running, purse.amount, extra, caps) : [];
    running.ledger.set(rule.stage.id, drafts);
    if (drafts[0]?.line.place === 'inside') running.remaining = subtract(running.remaining, totalOf(drafts));
  }
  const { ledger, remaining, charges, debts, partly } = running;
  return { ledger, available: add(remaining, extra), charges, debts, partly };
}

function draftsOf(
  context: Context,
  rule: Context['moneyRules'][number],
  running: Running,
  amount: Rational,
  extra: Rational,
  caps: Caps,
): Draft[] {
  switch (rule.kind) {
    case 'fixed':
      return fixedCharge(context, rule, running, extra, caps);
    case 'percent':
      return moneyPercent(context, rule, running, amount);
    case 'debt':
      return debtCharge(context, rule, running, amount);
    case 'per-unit':
      return [];
  }
}
