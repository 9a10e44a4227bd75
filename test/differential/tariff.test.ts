import { expect, test } from 'vitest';
import {
  emptyState,
  noQuantisation,
  parseTariff,
  quote,
  type AccountState,
  type Quote,
  type QuoteRequest,
  type Tariff,
} from '../../src/tariff/index.ts';
import { fr, less, minus, plus, type Fr } from './tariff-fraction.ts';
import { Dice, randomCase, type Kind, type RandomCase } from './tariff-random.ts';
import { Reference } from './tariff-reference.ts';

const CASES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 100_000 : 1_500;
const TIMEOUT_MS = 3_600_000;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

const NO_HISTORY: RandomCase['state'] = {
  balanceMinor: 0,
  windows: {},
  charges: {},
  debts: {},
  quantities: {},
  adjustments: [],
};

/** Nothing where the tariff is refused, which must be for a unit's price that its roundings lose. */
function engineCase(made: RandomCase): { tariff: Tariff; state: AccountState } | undefined {
  const { monotonic: _, ...data } = made.tariff;
  const parsed = parseTariff(data);
  const isLost = new Reference(made.tariff, NO_HISTORY, made.at.slice(0, 10)).losesOneUnit();
  expect(parsed.ok ? [] : parsed.error.map(({ code }) => code)).toEqual(
    isLost ? ['rounding-above-price'] : [],
  );
  if (!parsed.ok) return undefined;
  const { adjustments, windows, charges, debts, ...rest } = structuredClone(made.state);
  const state = {
    ...emptyState(made.at),
    ...rest,
    windows: { ...windows },
    charges: { ...charges },
    debts: { ...debts },
  };
  return {
    tariff: parsed.value,
    state: { ...state, adjustments: adjustments.map((each) => ({ ...each, reason: 'test' })) },
  };
}

const money = (amountMinor: number, cash = false): QuoteRequest => ({
  kind: 'money',
  amountMinor,
  cash,
  entitlements: [],
});

const accounted = (made: Quote): number =>
  made.lines.filter(({ place }) => place !== 'included').reduce((sum, line) => sum + line.amountMinor, 0) +
  made.changeMinor +
  made.carriedMinor;

function linesOf(made: Quote): Record<string, number> {
  return Object.fromEntries(
    made.lines
      .filter(({ amountMinor }) => amountMinor !== 0)
      .map(({ key, amountMinor }) => [key, amountMinor]),
  );
}

/** Runs a check over seeded cases; a failure names its seed. */
function overCases(label: string, kind: Kind, check: (made: RandomCase, dice: Dice) => boolean): number {
  let counted = 0;
  for (let index = 0; index < CASES; index += 1) {
    const seed = (SEED + index) >>> 0;
    try {
      if (check(randomCase(seed, kind), new Dice(seed ^ 0x5bd1e995))) counted += 1;
    } catch (cause) {
      throw new Error(`${label}: KIOSKWATT_SEED=${seed}`, { cause });
    }
  }
  console.log(`${label}: ${CASES} cases from seed ${SEED}, ${counted} with a sale`);
  return counted;
}

test(
  'agrees with a second calculator, line by line',
  () => {
    const counted = overCases('second calculator', 'anything', (made) => {
      const parsed = engineCase(made);
      if (!parsed) return false;
      const { tariff, state } = parsed;
      const wanted = new Reference(made.tariff, made.state, made.at.slice(0, 10)).outcome(
        made.amountMinor,
        made.cash,
      );
      const actual = quote(tariff, state, money(made.amountMinor, made.cash), made.at, noQuantisation);
      if (!actual.ok && actual.error.code === 'above-maximum') return false;
      expect(actual.ok).toBe(!wanted.refused);
      if (!actual.ok || wanted.refused) return false;
      const { value } = actual;
      expect({
        lines: linesOf(value),
        tender: value.tenderMinor,
        change: value.changeMinor,
        carried: value.carriedMinor,
        bought: value.boughtQuantity,
      }).toEqual({
        lines: wanted.lines,
        tender: wanted.tender,
        change: wanted.change,
        carried: wanted.carried,
        bought: wanted.bought,
      });
      expect(accounted(value)).toBe(value.tenderMinor);
      return true;
    });
    expect(counted).toBeGreaterThan(CASES / 2);
  },
  TIMEOUT_MS,
);

test(
  'cost(u) is the smallest amount that gives at least u',
  () => {
    const counted = overCases('smallest amount', 'anything', (made, dice) => {
      if (!made.tariff.monotonic) return false;
      const parsed = engineCase(made);
      if (!parsed) return false;
      const { tariff, state } = parsed;
      const quantity = dice.wide(1, 5000);
      const found = quote(
        tariff,
        state,
        { kind: 'units', quantity, cash: false, entitlements: [] },
        made.at,
        noQuantisation,
      );
      if (!found.ok) return false;
      const { amountMinor } = found.value;
      expect(found.value.boughtQuantity).toBeGreaterThanOrEqual(quantity);
      expect(accounted(found.value)).toBe(found.value.tenderMinor);
      const below = new Set(
        [1, 2, 3, 5, 9, 17, dice.whole(1, 60), dice.whole(1, 2000)].map((step) => amountMinor - step),
      );
      for (const amount of below) {
        if (amount < 1) continue;
        const lower = quote(tariff, state, money(amount), made.at, noQuantisation);
        expect(lower.ok ? lower.value.boughtQuantity : -1, `amount ${amount}`).toBeLessThan(quantity);
      }
      return true;
    });
    expect(counted).toBeGreaterThan(CASES / 2);
  },
  TIMEOUT_MS,
);

/** How far rounded lines of `purchases` sales may stand from exact figures, in minor units. */
function roundingReach(tariff: Tariff, purchases: number): Fr {
  const digits = tariff.currency.minorDigits;
  const steps = tariff.stages.map(({ rounding }) =>
    Math.round(Number((rounding ?? tariff.lineRounding).to) * 10 ** digits),
  );
  const blocks = 5;
  return fr(purchases * blocks * steps.reduce((sum, step) => sum + step, 0));
}

function buy(
  tariff: Tariff,
  state: AccountState,
  amounts: readonly number[],
  at: string,
): Quote[] | undefined {
  const quotes: Quote[] = [];
  for (const amount of amounts) {
    const made = quote(tariff, quotes.at(-1)?.after ?? state, money(amount), at, noQuantisation);
    if (!made.ok) return undefined;
    quotes.push(made.value);
  }
  return quotes;
}

test(
  'splitting an amount in one period changes no more than the roundings',
  () => {
    const counted = overCases('splitting', 'splittable', (made, dice) => {
      const parsed = engineCase(made);
      if (!parsed) return false;
      const { tariff, state } = parsed;
      const parts = Array.from({ length: dice.whole(2, 5) }, () => dice.whole(1, made.amountMinor));
      const total = parts.reduce((sum, part) => sum + part, 0);
      const reference = new Reference(made.tariff, made.state, made.at.slice(0, 10));
      const split = buy(tariff, state, parts, made.at);
      const once = buy(tariff, state, [total], made.at);
      if (!split || !once) return false;
      for (const quotes of [split, once]) {
        const bought = quotes.reduce((sum, { boughtQuantity }) => sum + boughtQuantity, 0);
        const carried = quotes.at(-1)!.carriedMinor;
        const rounding = quotes
          .flatMap(({ lines }) => lines)
          .filter(({ kind }) => kind === 'rounding')
          .reduce((sum, line) => sum + line.amountMinor, 0);
        // What the money went to, less what the balance and rounding accounts hold, is the exact cost of the units.
        const spent = fr(total - carried - rounding);
        const difference = minus(spent, reference.exactCost(total, fr(bought)));
        const reach = roundingReach(tariff, quotes.length);
        expect(less(reach, difference), `spent ${spent.n}, off by ${difference.n}/${difference.d}`).toBe(
          false,
        );
        expect(
          less(plus(difference, reach), fr(0)),
          `spent ${spent.n}, off by ${difference.n}/${difference.d}`,
        ).toBe(false);
      }
      return true;
    });
    expect(counted).toBeGreaterThan(CASES / 2);
  },
  TIMEOUT_MS,
);
