import {
  decimalOf,
  floorOf,
  fr,
  larger,
  less,
  minus,
  NOUGHT,
  over,
  plus,
  rounded,
  same,
  smaller,
  times,
  total,
  type Fr,
  type Mode,
} from './tariff-fraction.ts';

/**
 * A second tariff calculator, written from the format's description alone. It knows one way of finding units:
 * trying whole numbers of tenths by halving. It is slow and covers the families that the random tariffs use.
 */
export type RefRounding = { readonly mode: Mode; readonly to: string };
export type RefBlock = { readonly upTo?: string; readonly rate: string };
export type RefStage = {
  readonly id: string;
  readonly kind: 'per-unit' | 'percent' | 'fixed' | 'debt';
  readonly label: string;
  readonly role: string;
  readonly when?: {
    readonly category?: readonly string[];
    readonly amount?: { readonly above?: string; readonly upTo?: string };
  };
  readonly rounding?: RefRounding;
  readonly rate?: string;
  readonly blocks?: readonly RefBlock[];
  readonly schedules?: readonly { readonly upTo?: string; readonly blocks: readonly RefBlock[] }[];
  readonly crossing?: 'purchase' | 'difference';
  readonly window?: string;
  readonly method?: 'added' | 'contained' | 'of-gross';
  readonly of?:
    'amount' | 'remaining' | readonly (string | { readonly line: string; readonly aboveUnits: string })[];
  readonly part?: string;
  readonly atLeast?: string;
  readonly atMost?: string;
  readonly onTop?: true;
  readonly rebate?: true;
  readonly amount?: string;
  readonly steps?: readonly { readonly upTo?: string; readonly amount: string }[];
  readonly every?: 'purchase' | { readonly months: number } | { readonly days: number };
  readonly maxPeriods?: number;
  readonly times?: string;
  readonly debt?: string;
  readonly take?:
    | 'all'
    | 'instalment'
    | { readonly fixed: string }
    | { readonly share: { readonly rate: string; readonly of: 'amount' | 'remaining' | 'balance' } };
  readonly blockUntilPaid?: string;
};
export type RefTariff = {
  readonly meter: 'units' | 'currency';
  readonly currency: { readonly code: string; readonly minorDigits: number; readonly cashStepMinor: number };
  readonly cashRounding: Mode;
  readonly lineRounding: RefRounding;
  readonly units: {
    readonly rounding: readonly RefRounding[];
    readonly linesFrom: 'rounded' | 'exact';
    readonly remainder: 'carry' | 'change' | 'rounding' | { readonly line: string };
    readonly preset: 'part' | 'whole';
  };
  readonly stages: readonly RefStage[];
};
export type RefState = {
  readonly category?: string;
  readonly quantities: Readonly<Record<string, string>>;
  readonly balanceMinor: number;
  readonly windows: Readonly<Record<string, { readonly startedOn: string; readonly quantity: number }>>;
  readonly charges: Readonly<
    Record<
      string,
      { readonly paidFor: string; readonly owedMinor: number; readonly paidInPeriodMinor: number }
    >
  >;
  readonly debts: Readonly<
    Record<
      string,
      { readonly openingMinor: number; readonly balanceMinor: number; readonly instalmentMinor: number }
    >
  >;
  readonly adjustments: readonly { readonly id: string; readonly amountMinor: number }[];
};
export type RefOutcome =
  | { readonly refused: true }
  | {
      readonly refused: false;
      readonly lines: Readonly<Record<string, number>>;
      readonly tender: number;
      readonly change: number;
      readonly carried: number;
      readonly bought: number;
    };

type Line = { readonly key: string; readonly amount: Fr; readonly from: Fr; readonly counted: boolean };
type Figures = Map<string, Line[]>;

const HUNDRED = fr(100n);
const HALF = fr(1n, 2n);

export class Reference {
  readonly #t: RefTariff;
  readonly #s: RefState;
  readonly #today: string;
  readonly #major: Fr;
  readonly #scale: Fr;
  readonly #stages: readonly RefStage[];

  constructor(tariff: RefTariff, state: RefState, today: string) {
    this.#t = tariff;
    this.#s = state;
    this.#today = today;
    this.#major = fr(10n ** BigInt(tariff.currency.minorDigits));
    this.#scale = tariff.meter === 'currency' ? this.#major : fr(10n);
    this.#stages = tariff.stages.filter(
      ({ when }) =>
        !when?.category || (state.category !== undefined && when.category.includes(state.category)),
    );
  }

  #round(stage: RefStage, value: Fr): Fr {
    const { mode, to } = stage.rounding ?? this.#t.lineRounding;
    return rounded(value, mode, times(decimalOf(to), this.#major));
  }

  /** Calendar periods of `length` months, counted from January, that lie between two dates. */
  #periodsBetween(a: string, b: string, length: number): number {
    const index = (date: string): number =>
      Math.floor((Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1) / length);
    return index(b) - index(a);
  }

  #daysBetween(a: string, b: string): number {
    return Math.round((Date.parse(`${b}T00:00Z`) - Date.parse(`${a}T00:00Z`)) / 86_400_000);
  }

  #used(window: string | undefined): Fr {
    const known = window === undefined ? undefined : this.#s.windows[window];
    return known && this.#periodsBetween(known.startedOn, this.#today, 1) === 0 ? fr(known.quantity) : NOUGHT;
  }

  #due(stage: RefStage): number {
    const every = stage.every!;
    if (every === 'purchase') return 1;
    const paid = this.#s.charges[stage.id]?.paidFor;
    if (paid === undefined) return 1;
    const passed =
      'months' in every
        ? this.#periodsBetween(paid, this.#today, every.months)
        : Math.floor(this.#daysBetween(paid, this.#today) / every.days);
    return Math.max(0, Math.min(passed, stage.maxPeriods ?? 1));
  }

  /** Cost of a position under a list of blocks, block by block. */
  #blockCosts(blocks: readonly RefBlock[], from: Fr, to: Fr): { index: number; start: Fr; cost: Fr }[] {
    const found: { index: number; start: Fr; cost: Fr }[] = [];
    let start = NOUGHT;
    for (const [index, { upTo, rate }] of blocks.entries()) {
      const end = upTo === undefined ? larger(to, start) : times(decimalOf(upTo), this.#scale);
      const inside = minus(smaller(end, to), larger(start, from));
      if (less(NOUGHT, inside)) {
        const price = over(times(decimalOf(rate), this.#major), this.#scale);
        found.push({ index, start, cost: times(inside, price) });
      }
      start = end;
    }
    return found;
  }

  #schedule(stage: RefStage, position: Fr): readonly RefBlock[] {
    if (!stage.schedules) return stage.blocks ?? [{ rate: stage.rate! }];
    return stage.schedules.find(
      ({ upTo }) => upTo === undefined || !less(times(decimalOf(upTo), this.#scale), position),
    )!.blocks;
  }

  #perUnit(stage: RefStage, units: Fr, round: boolean): Line[] {
    const used = this.#used(stage.window);
    const to = plus(used, units);
    const blocks = this.#schedule(stage, to);
    const lines = this.#blockCosts(blocks, used, to).map(({ index, start, cost }) => ({
      key: blocks.length > 1 ? `${stage.id}/${index + 1}` : stage.id,
      amount: round ? this.#round(stage, cost) : cost,
      from: start,
      counted: true,
    }));
    const before = this.#schedule(stage, used);
    if (stage.crossing !== 'difference' || before === blocks || !less(NOUGHT, used)) return lines;
    const price = (rows: readonly RefBlock[]): Fr =>
      total(this.#blockCosts(rows, NOUGHT, used).map(({ cost }) => cost));
    const extra = minus(price(blocks), price(before));
    return [
      ...lines,
      {
        key: `${stage.id}/repriced`,
        amount: round ? this.#round(stage, extra) : extra,
        from: NOUGHT,
        counted: true,
      },
    ];
  }

  #step(stage: RefStage, units: Fr, round: boolean): Line[] {
    if (!less(NOUGHT, units)) return [];
    const used = this.#used(stage.window);
    const reached = plus(used, units);
    const step = stage.steps!.find(
      ({ upTo }) => upTo === undefined || !less(times(decimalOf(upTo), this.#scale), reached),
    )!;
    const paid = less(NOUGHT, used) ? (this.#s.charges[stage.id]?.paidInPeriodMinor ?? 0) : 0;
    const amount = minus(times(decimalOf(step.amount), this.#major), fr(paid));
    return [
      { key: stage.id, amount: round ? this.#round(stage, amount) : amount, from: NOUGHT, counted: true },
    ];
  }

  #share(stage: RefStage): Fr {
    const r = over(times(decimalOf(stage.rate!), decimalOf(stage.part ?? '100')), fr(10_000n));
    if (stage.method === 'contained') return over(r, plus(fr(1n), r));
    return stage.method === 'of-gross' && typeof stage.of === 'object' ? over(r, minus(fr(1n), r)) : r;
  }

  /** A percentage of lines; the lines that it is taken of are worked out first, whatever their order. */
  #percentOfLines(stage: RefStage, figures: Figures, units: Fr, round: boolean): Line[] {
    const bases = stage.of as readonly (string | { readonly line: string; readonly aboveUnits: string })[];
    const base = total(
      bases.map((each) => {
        const lines = this.#linesOf(typeof each === 'string' ? each : each.line, figures, units, round);
        const edge = typeof each === 'string' ? undefined : times(decimalOf(each.aboveUnits), this.#scale);
        return total(lines.filter(({ from }) => !edge || !less(from, edge)).map(({ amount }) => amount));
      }),
    );
    const exact = times(base, this.#share(stage));
    const signed = stage.rebate ? minus(NOUGHT, exact) : exact;
    const counted = stage.method !== 'contained' && !stage.onTop;
    return same(base, NOUGHT)
      ? []
      : [{ key: stage.id, amount: round ? this.#round(stage, signed) : signed, from: NOUGHT, counted }];
  }

  #linesOf(id: string, figures: Figures, units: Fr, round: boolean): Line[] {
    const known = figures.get(id);
    if (known) return known;
    const stage = this.#stages.find((each) => each.id === id);
    if (!stage) return [];
    const lines =
      stage.kind === 'per-unit'
        ? this.#perUnit(stage, units, round)
        : stage.kind === 'fixed'
          ? this.#step(stage, units, round)
          : this.#percentOfLines(stage, figures, units, round);
    figures.set(id, lines);
    return lines;
  }

  /** Whether the lines of one unit come to nothing because of their roundings: nobody may sell at that. */
  losesOneUnit(): boolean {
    const money = new Map<string, Line[]>();
    for (const stage of this.#stages) {
      if (this.#isMoney(stage, new Set(money.keys()))) money.set(stage.id, []);
    }
    const cost = (round: boolean): Fr => this.#inside(this.#all(money, this.#scale, round));
    return !less(NOUGHT, cost(true)) && less(NOUGHT, cost(false));
  }

  /** All lines for a number of tenths, given those that do not depend on it. */
  #all(money: Figures, units: Fr, round: boolean): Figures {
    const figures: Figures = new Map(money);
    for (const { id } of this.#stages) this.#linesOf(id, figures, units, round);
    return figures;
  }

  #inside(figures: Figures): Fr {
    return total(
      [...figures.values()]
        .flat()
        .filter(({ counted }) => counted)
        .map(({ amount }) => amount),
    );
  }

  #isMoney(stage: RefStage, known: ReadonlySet<string>): boolean {
    if (stage.kind === 'debt') return true;
    if (stage.kind === 'fixed') return !stage.steps;
    if (stage.kind === 'per-unit') return false;
    return (
      typeof stage.of === 'string' ||
      stage.of!.every((each) => known.has(typeof each === 'string' ? each : each.line))
    );
  }

  #debt(stage: RefStage, amount: Fr, remaining: Fr, balances: Map<string, Fr>): Fr {
    const record = this.#s.debts[stage.debt!];
    if (!record) return NOUGHT;
    const balance = balances.get(stage.debt!) ?? fr(record.balanceMinor);
    if (same(balance, NOUGHT)) return NOUGHT;
    const paid = minus(fr(record.openingMinor), balance);
    const goal =
      stage.blockUntilPaid === undefined
        ? NOUGHT
        : over(times(fr(record.openingMinor), decimalOf(stage.blockUntilPaid)), HUNDRED);
    const needed = larger(NOUGHT, minus(rounded(goal, 'up', fr(1n)), paid));
    const blocked = smaller(needed, remaining);
    const bases = { amount, remaining: minus(remaining, blocked), balance };
    const take = stage.take!;
    let wanted =
      take === 'all'
        ? balance
        : take === 'instalment'
          ? fr(record.instalmentMinor)
          : 'fixed' in take
            ? times(decimalOf(take.fixed), this.#major)
            : over(times(bases[take.share.of], decimalOf(take.share.rate)), HUNDRED);
    if (stage.atLeast !== undefined) wanted = larger(wanted, times(decimalOf(stage.atLeast), this.#major));
    if (stage.atMost !== undefined) wanted = smaller(wanted, times(decimalOf(stage.atMost), this.#major));
    const taken = smaller(smaller(this.#round(stage, plus(blocked, wanted)), balance), remaining);
    balances.set(stage.debt!, minus(balance, taken));
    return taken;
  }

  /** Lines that do not depend on units, with what they leave of the money. */
  #money(amount: Fr, settled: Fr): { figures: Figures; available: Fr; onTop: Fr } {
    const figures: Figures = new Map();
    const balances = new Map<string, Fr>();
    let remaining = plus(amount, smaller(settled, NOUGHT));
    let onTop = NOUGHT;
    for (const stage of this.#t.stages) {
      if (!this.#isMoney(stage, new Set(figures.keys()))) continue;
      const lines =
        this.#stages.includes(stage) && this.#meant(stage, amount)
          ? this.#moneyLines(stage, figures, amount, remaining, balances)
          : [];
      figures.set(stage.id, lines);
      const value = total(lines.map((line) => line.amount));
      if (stage.onTop) onTop = plus(onTop, value);
      else if (lines[0]?.counted) remaining = minus(remaining, value);
    }
    return { figures, available: plus(remaining, larger(settled, NOUGHT)), onTop };
  }

  #meant({ when }: RefStage, amount: Fr): boolean {
    const { above, upTo } = when?.amount ?? {};
    const tooSmall = above !== undefined && !less(times(decimalOf(above), this.#major), amount);
    return !tooSmall && !(upTo !== undefined && less(times(decimalOf(upTo), this.#major), amount));
  }

  #moneyLines(
    stage: RefStage,
    figures: Figures,
    amount: Fr,
    remaining: Fr,
    balances: Map<string, Fr>,
  ): Line[] {
    const line = (value: Fr): Line[] => [
      { key: stage.id, amount: value, from: NOUGHT, counted: !stage.onTop },
    ];
    const left = larger(NOUGHT, remaining);
    if (stage.kind === 'debt') return line(this.#debt(stage, amount, left, balances));
    if (stage.kind === 'fixed') {
      const quantity = stage.times === undefined ? fr(1n) : decimalOf(this.#s.quantities[stage.times]!);
      const exact = times(
        times(times(decimalOf(stage.amount!), this.#major), fr(this.#due(stage))),
        quantity,
      );
      return line(this.#round(stage, plus(exact, fr(this.#s.charges[stage.id]?.owedMinor ?? 0))));
    }
    if (typeof stage.of === 'object') return this.#percentOfLines(stage, figures, NOUGHT, true);
    let exact = times(stage.of === 'amount' ? amount : left, this.#share(stage));
    if (stage.atLeast !== undefined) exact = larger(exact, times(decimalOf(stage.atLeast), this.#major));
    if (stage.atMost !== undefined) exact = smaller(exact, times(decimalOf(stage.atMost), this.#major));
    const value = this.#round(stage, exact);
    return line(value);
  }

  /** The largest whole number that fits, by doubling and halving. */
  #most(fits: (steps: bigint) => boolean): bigint {
    let high = 1n;
    while (high < 1n << 60n && fits(high)) high *= 2n;
    let low = 0n;
    while (high - low > 1n) {
      const middle = (low + high) / 2n;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    return low;
  }

  /** The exact cost of a number of tenths, charges that do not depend on them included. */
  exactCost(amountMinor: number, tenths: Fr): Fr {
    const { figures } = this.#money(fr(amountMinor), NOUGHT);
    return this.#inside(this.#all(figures, tenths, false));
  }

  #exactTenths(money: Figures, available: Fr): Fr {
    const cost = (tenths: Fr): Fr => this.#inside(this.#all(money, tenths, false));
    const k = fr(this.#most((steps) => !less(available, cost(fr(steps)))));
    const next = cost(plus(k, fr(1n)));
    const slope = times(minus(next, cost(plus(k, HALF))), fr(2n));
    const start = minus(next, slope);
    return less(start, available) ? plus(k, over(minus(available, start), slope)) : k;
  }

  outcome(amountMinor: number, cash: boolean): RefOutcome {
    const lines: Record<string, number> = {};
    let settled = NOUGHT;
    const settle = (key: string, minor: number): void => {
      if (minor === 0) return;
      lines[key] = minor;
      settled = minus(settled, fr(minor));
    };
    settle('balance', -this.#s.balanceMinor);
    for (const { id, amountMinor: minor } of this.#s.adjustments.filter((each) => each.amountMinor < 0))
      settle(`adjustment/${id}`, minor);
    for (const { id, amountMinor: minor } of this.#s.adjustments.filter((each) => each.amountMinor > 0)) {
      settle(`adjustment/${id}`, Math.min(minor, amountMinor + Number(settled.n)));
    }
    const money = this.#money(fr(amountMinor), settled);
    const insideMoney = this.#inside(money.figures);
    const spendable = plus(money.available, insideMoney);
    if (
      less(money.available, NOUGHT) ||
      less(spendable, this.#inside(this.#all(money.figures, NOUGHT, true)))
    )
      return { refused: true };
    const found = this.#units(money.figures, spendable);
    for (const line of [...found.figures.values()].flat()) {
      if (!same(line.amount, NOUGHT)) lines[line.key] = Number(line.amount.n);
    }
    return this.#written(
      lines,
      found,
      minus(spendable, this.#inside(found.figures)),
      amountMinor,
      money.onTop,
      cash,
    );
  }

  /** A rebate that is rounded may make more units cheaper again: all that the roundings can explain are tried. */
  #beyondRebates(known: bigint, fits: (count: bigint) => boolean, excess: (count: bigint) => Fr): bigint {
    if (this.#stages.every(({ rebate }) => !rebate)) return known;
    const steps = this.#stages.map(({ rounding }) => decimalOf((rounding ?? this.#t.lineRounding).to));
    const reach = times(times(total(steps), this.#major), fr(6n));
    let found = known;
    for (let count = known + 1n; count <= known + 2000n && !less(reach, excess(count)); count += 1n) {
      if (fits(count)) found = count;
    }
    return found;
  }

  #units(money: Figures, spendable: Fr): { figures: Figures; bought: Fr } {
    const { rounding, linesFrom } = this.#t.units;
    const steps = rounding.map(({ mode, to }) => ({ mode, step: times(decimalOf(to), this.#scale) }));
    const last = steps.at(-1)!.step;
    if (linesFrom === 'rounded' && steps.every(({ mode }) => mode === 'down')) {
      const fits = (each: bigint): boolean =>
        !less(spendable, this.#inside(this.#all(money, times(fr(each), last), true)));
      const count = this.#beyondRebates(this.#most(fits), fits, (each) =>
        minus(this.#inside(this.#all(money, times(fr(each), last), false)), spendable),
      );
      const bought = times(fr(count), last);
      return { bought, figures: this.#all(money, bought, true) };
    }
    const exact = this.#exactTenths(money, spendable);
    const bought = steps.reduce((value, { mode, step }) => rounded(value, mode, step), exact);
    if (linesFrom === 'rounded' || same(bought, NOUGHT))
      return { bought, figures: this.#all(money, bought, true) };
    const figures = this.#all(money, exact, false);
    for (const stage of this.#stages) {
      if (money.has(stage.id)) continue;
      figures.set(
        stage.id,
        figures.get(stage.id)!.map((line) => ({ ...line, amount: this.#round(stage, line.amount) })),
      );
    }
    return { bought, figures };
  }

  #written(
    lines: Record<string, number>,
    found: { figures: Figures; bought: Fr },
    rest: Fr,
    amountMinor: number,
    onTop: Fr,
    cash: boolean,
  ): RefOutcome {
    const { remainder } = this.#t.units;
    const cashStep = cash ? this.#t.currency.cashStepMinor : 1;
    const left = Number(rest.n);
    let [change, carried] = [0, 0];
    const target =
      typeof remainder === 'object'
        ? [...found.figures.get(remainder.line)!].reverse().find(({ amount }) => !same(amount, NOUGHT))
        : undefined;
    if (target) lines[target.key] = (lines[target.key] ?? 0) + left;
    else if (left < 0 || remainder === 'rounding') lines['rounding'] = left;
    else if (remainder === 'change') {
      change = left - (left % cashStep);
      lines['rounding'] = left - change;
    } else carried = left;
    const due = amountMinor + Number(onTop.n);
    const tender = Number(rounded(fr(due), this.#t.cashRounding, fr(cashStep)).n);
    lines['cash-rounding'] = tender - due;
    const shown = Object.fromEntries(Object.entries(lines).filter(([, minor]) => minor !== 0));
    return { refused: false, lines: shown, tender, change, carried, bought: Number(floorOf(found.bought)) };
  }
}
