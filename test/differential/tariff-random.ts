import type { RefRounding, RefStage, RefState, RefTariff } from './tariff-reference.ts';

/** A small seeded generator (mulberry32), so that any case can be made again from its seed. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  chance(part: number): boolean {
    return this.next() < part;
  }
  pick<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)]!;
  }
  /** Spread over orders of magnitude. */
  wide(low: number, high: number): number {
    return Math.floor(Math.exp(Math.log(low) + this.next() * (Math.log(high) - Math.log(low))));
  }
}

export type RandomTariff = RefTariff & { readonly monotonic: boolean } & Readonly<Record<string, unknown>>;
export type RandomCase = {
  readonly tariff: RandomTariff;
  readonly state: RefState;
  readonly amountMinor: number;
  readonly cash: boolean;
  readonly at: string;
};

const AT = '2026-08-17T10:30';
const CATEGORIES = ['a', 'b'] as const;

/** What may be in a random tariff. */
export type Kind = 'anything' | 'splittable';

const decimalText = (whole: number, digits: number): string => {
  const text = whole.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

/** Percent of one more coin that shares may take; near 100, their roundings decide whether units rise at all. */
function sharesOf(stages: readonly RefStage[]): number {
  const rates = stages.map(({ kind, of, rate, take }) => {
    if (kind === 'percent' && typeof of === 'string') return Number(rate);
    return typeof take === 'object' && 'share' in take && take.share.of !== 'balance'
      ? Number(take.share.rate)
      : 0;
  });
  return rates.reduce((sum, each) => sum + each, 0);
}

class Maker {
  readonly dice: Dice;
  readonly kind: Kind;
  readonly digits: number;
  constructor(dice: Dice, kind: Kind) {
    this.dice = dice;
    this.kind = kind;
    this.digits = dice.pick([0, 2, 2, 2, 3]);
  }

  /** Money of some minor units, with a few decimals more where rates may have them. */
  price(low: number, high: number): string {
    const extra = this.dice.whole(0, Math.min(3, 6 - this.digits));
    return decimalText(
      this.dice.wide(low, high) * 10 ** extra + this.dice.whole(0, 10 ** extra - 1),
      this.digits + extra,
    );
  }

  money(low: number, high: number): string {
    return decimalText(this.dice.wide(low, high), this.digits);
  }

  percent(high: number): string {
    return decimalText(this.dice.whole(1, high * 100), 2);
  }

  rounding(): RefRounding {
    const coarse = this.dice.chance(0.15);
    return {
      mode: this.dice.pick(['half-up', 'half-up', 'down', 'up']),
      to: decimalText(coarse ? 10 : 1, this.digits),
    };
  }

  maybeRounding(): { rounding?: RefRounding } {
    return this.dice.chance(0.2) ? { rounding: this.rounding() } : {};
  }

  edges(count: number): string[] {
    const edges: string[] = [];
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      at += this.dice.wide(5, 3000);
      edges.push(decimalText(at, 1));
    }
    return edges;
  }

  blocks(rising: boolean): { upTo?: string; rate: string }[] {
    const edges = this.edges(this.dice.whole(0, 3));
    let least = 2;
    const price = (): string => {
      const found = this.price(least, least * 8);
      if (rising) least *= 9;
      return found;
    };
    return [...edges.map((upTo) => ({ upTo, rate: price() })), { rate: price() }];
  }

  energy(): RefStage {
    const common = {
      id: 'energy',
      kind: 'per-unit',
      label: 'Energy',
      role: 'energy',
      ...this.maybeRounding(),
    } as const;
    const shape = this.kind === 'splittable' ? 0 : this.dice.next();
    if (shape < 0.75) {
      const blocks = this.blocks(false);
      return { ...common, blocks, ...(blocks.length > 1 ? { window: 'month' } : {}) };
    }
    const [first = '10', second = '20'] = this.edges(2);
    const rates = [this.price(2, 20), this.price(200, 900), this.price(9000, 30_000)] as const;
    return {
      ...common,
      window: 'month',
      crossing: this.dice.pick(['purchase', 'difference']),
      schedules: [
        { upTo: first, blocks: [{ rate: rates[0] }] },
        { upTo: second, blocks: [{ rate: rates[1] }] },
        { blocks: [{ upTo: first, rate: rates[1] }, { rate: rates[2] }] },
      ],
    };
  }

  levies(): RefStage[] {
    const perUnit = Array.from({ length: this.dice.whole(0, 2) }, (_, index): RefStage => ({
      id: `unit-levy-${index}`,
      kind: 'per-unit',
      label: 'Levy',
      role: 'levy',
      rate: this.price(1, 40),
      ...this.maybeRounding(),
    }));
    const stepped = this.kind === 'anything' && this.dice.chance(0.1) ? [this.stepped()] : [];
    const names = ['energy', ...perUnit.map(({ id }) => id)];
    const percents = Array.from({ length: this.dice.whole(0, 3) }, (_, index): RefStage => {
      const of = names.filter((name) => name === 'energy' || this.dice.chance(0.5));
      names.push(`tax-${index}`);
      const method = this.dice.pick(['added', 'added', 'added', 'of-gross', 'contained'] as const);
      const rebate = this.dice.chance(0.08) && method === 'added' ? { rebate: true as const } : {};
      return {
        id: `tax-${index}`,
        kind: 'percent',
        label: 'Tax',
        role: 'tax',
        rate: this.percent(20),
        method,
        of,
        ...rebate,
        ...(this.dice.chance(0.2) ? { part: '62' } : {}),
        ...this.maybeRounding(),
      };
    });
    return [...perUnit, ...stepped, ...percents];
  }

  stepped(): RefStage {
    const [first = '10'] = this.edges(1);
    const low = this.dice.wide(10, 500);
    const [amount, dearer] = [
      decimalText(low, this.digits),
      decimalText(low + this.dice.wide(1, 500), this.digits),
    ];
    return {
      id: 'stepped',
      kind: 'fixed',
      label: 'Stepped',
      role: 'fee',
      window: 'month',
      steps: [{ upTo: first, amount }, { amount: dearer }],
    };
  }

  monthly(): RefStage {
    return {
      id: 'monthly',
      kind: 'fixed',
      label: 'Monthly',
      role: 'fee',
      amount: this.price(1, 2000),
      every: { months: this.dice.pick([1, 1, 2]) },
      maxPeriods: this.dice.whole(1, 6),
      ...this.maybeRounding(),
    };
  }

  moneyStages(): RefStage[] {
    const stages: RefStage[] = [];
    const add = (part: number, make: () => RefStage): void => {
      if (this.dice.chance(part)) stages.push(make());
    };
    add(0.4, () => this.monthly());
    add(0.3, () => ({
      id: 'vat-of-amount',
      kind: 'percent',
      label: 'VAT',
      role: 'tax',
      rate: this.percent(25),
      method: this.dice.pick(['contained', 'of-gross']),
      of: 'amount',
      ...this.maybeRounding(),
    }));
    if (this.kind === 'splittable') return stages;
    add(0.2, () => ({
      id: 'daily',
      kind: 'fixed',
      label: 'Daily',
      role: 'fee',
      amount: this.price(1, 50),
      every: { days: 1 },
      maxPeriods: 40,
    }));
    add(0.2, () => ({
      id: 'power',
      kind: 'fixed',
      label: 'Power',
      role: 'fee',
      amount: this.price(1, 80),
      every: { months: 1 },
      times: 'kva',
    }));
    add(0.2, () => ({
      id: 'channel',
      kind: 'percent',
      label: 'Channel fee',
      role: 'fee',
      rate: this.percent(10),
      method: 'of-gross',
      of: 'amount',
      ...(this.dice.chance(0.5) ? { atLeast: this.money(1, 300), atMost: this.money(300, 900) } : {}),
      ...(this.dice.chance(0.3) ? { when: { category: ['a'] } } : {}),
    }));
    add(0.3, () => this.debt('first', 'one'));
    add(0.2, () => this.debt('second', this.dice.pick(['one', 'two'])));
    add(0.2, () => ({
      id: 'tax-of-rest',
      kind: 'percent',
      label: 'Tax',
      role: 'tax',
      rate: this.percent(20),
      method: 'contained',
      of: 'remaining',
      ...this.maybeRounding(),
    }));
    add(0.15, () => ({
      id: 'stamp',
      kind: 'fixed',
      label: 'Stamp',
      role: 'tax',
      amount: this.price(1, 400),
      every: 'purchase',
      when: {
        amount: this.dice.pick([{ above: this.money(10, 900_000) }, { upTo: this.money(10, 900_000) }]),
      },
    }));
    add(0.15, () => ({
      id: 'on-top',
      kind: 'fixed',
      label: 'On top',
      role: 'fee',
      amount: this.price(1, 200),
      every: 'purchase',
      onTop: true,
    }));
    return stages;
  }

  debt(id: string, debt: string): RefStage {
    const take = this.dice.pick([
      'all' as const,
      'instalment' as const,
      { fixed: this.money(1, 3000) },
      { share: { rate: this.percent(80), of: this.dice.pick(['amount', 'remaining', 'balance'] as const) } },
    ]);
    return {
      id,
      kind: 'debt',
      label: 'Debt',
      role: 'debt',
      debt,
      take,
      ...this.maybeRounding(),
      ...(this.dice.chance(0.2) ? { atLeast: this.money(1, 200) } : {}),
      ...(this.dice.chance(0.5) ? { atMost: this.money(200, 3000) } : {}),
      ...(this.dice.chance(0.2) ? { blockUntilPaid: '30' } : {}),
    };
  }

  tariff(): RandomTariff {
    const money = this.moneyStages();
    const onFixed: RefStage[] =
      money.some(({ id }) => id === 'monthly') && this.dice.chance(0.5)
        ? [
            {
              id: 'tax-fixed',
              kind: 'percent',
              label: 'Tax',
              role: 'tax',
              rate: '16',
              method: 'added',
              of: ['monthly', 'energy'],
            },
          ]
        : [];
    const stages = [...money, this.energy(), ...this.levies(), ...onFixed];
    const exact = this.kind === 'anything' && this.dice.chance(0.25);
    const down = this.kind === 'splittable' || this.dice.chance(0.6);
    const chained = this.dice.chance(0.2) ? [{ mode: 'half-up' as const, to: '0.01' }] : [];
    const mode = down ? 'down' : this.dice.pick(['half-up', 'up', 'down'] as const);
    const remainder =
      this.kind === 'splittable'
        ? 'carry'
        : this.dice.pick(['carry', 'carry', 'change', 'rounding', { line: 'energy' }] as const);
    return {
      format: 'kioskwatt-tariff',
      formatVersion: 1,
      id: 'random',
      version: 1,
      name: 'Random',
      effectiveFrom: '2026-01-01T00:00',
      resource: 'electricity',
      meter: 'units',
      currency: { code: 'XTS', minorDigits: this.digits, cashStepMinor: this.dice.pick([1, 5, 10]) },
      cashRounding: this.dice.pick(['down', 'half-up', 'up']),
      lineRounding: this.rounding(),
      units: {
        rounding: [...(down ? [] : chained), { mode, to: this.dice.pick(['0.1', '0.1', '0.1', '1']) }],
        linesFrom: exact ? 'exact' : 'rounded',
        remainder,
        preset: 'part',
      },
      stateMaxAgeHours: 24,
      windows: { month: { every: { months: 1 } } },
      stages,
      entitlements: [],
      limits: {},
      monotonic: stages.every(({ rebate }) => !rebate) && sharesOf(stages) < 90,
    };
  }

  state(): RefState {
    const dice = this.dice;
    const debt = (): RefState['debts'][string] => {
      const opening = dice.wide(1, 100_000);
      return {
        openingMinor: opening,
        balanceMinor: dice.whole(0, opening),
        instalmentMinor: dice.wide(1, 3000),
      };
    };
    const charge = (): RefState['charges'][string] => ({
      paidFor: dice.pick(['2026-08-01', '2026-07-01', '2026-03-01', '2026-08-10']),
      owedMinor: dice.chance(0.2) ? dice.wide(1, 500) : 0,
      paidInPeriodMinor: dice.chance(0.5) ? 0 : dice.wide(1, 300),
    });
    const fresh = this.kind === 'splittable';
    return {
      ...(dice.chance(0.7) ? { category: dice.pick(CATEGORIES) } : {}),
      quantities: { kva: decimalText(dice.whole(1, 99), 1) },
      balanceMinor: !fresh && dice.chance(0.3) ? dice.wide(1, 500) : 0,
      windows: dice.chance(0.6)
        ? {
            month: {
              startedOn: dice.pick(['2026-08-01', '2026-08-01', '2026-07-01']),
              quantity: dice.wide(1, 4000),
            },
          }
        : {},
      charges: Object.fromEntries(
        ['monthly', 'daily', 'power', 'stepped'].filter(() => dice.chance(0.5)).map((id) => [id, charge()]),
      ),
      debts: fresh
        ? {}
        : Object.fromEntries(['one', 'two'].filter(() => dice.chance(0.7)).map((id) => [id, debt()])),
      adjustments:
        !fresh && dice.chance(0.2)
          ? [{ id: 'x', amountMinor: dice.chance(0.5) ? dice.wide(1, 2000) : -dice.wide(1, 2000) }]
          : [],
    };
  }
}

/** A tariff, an account and a request that belong together, from one seed. */
export function randomCase(seed: number, kind: Kind): RandomCase {
  const dice = new Dice(seed);
  const maker = new Maker(dice, kind);
  return {
    tariff: maker.tariff(),
    state: maker.state(),
    amountMinor: dice.wide(1, 3_000_000),
    cash: dice.chance(0.3),
    at: AT,
  };
}
