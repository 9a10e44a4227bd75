import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  emptyState,
  noQuantisation,
  parseTariff,
  purchaseLimits,
  quote,
  type AccountState,
  type Tariff,
} from '../../src/tariff/index.ts';
import { Dice } from './tariff-random.ts';

const CASES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 100_000 : 3_000;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const FOLDER = join(import.meta.dirname, '../fixtures/tariff');
const TARIFFS = readdirSync(FOLDER).flatMap((name) =>
  Object.values(
    (JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { tariffs: Readonly<Record<string, unknown>> })
      .tariffs,
  ),
);
const FIGURES = [
  '0',
  '0.000001',
  '0.01',
  '0.1',
  '0.5',
  '1',
  '5',
  '10',
  '50',
  '62',
  '99.9',
  '100',
  '150',
  '1000',
  '999999999999',
];
const ODD = [
  '0',
  '1',
  '-1',
  '0.1',
  '0.000001',
  '99',
  '100',
  '100.000001',
  '999999999999',
  'abc',
  '',
  null,
  0,
  1,
  -1,
  7,
  [],
  {},
  true,
  'amount',
  'remaining',
  'energy',
  ['energy'],
  ['vat'],
  'month',
  'purchase',
  { months: 2 },
  'down',
  'up',
  'exact',
  'carry',
];

/** Replaces, removes, doubles or moves something anywhere in a piece of data. */
function damaged(value: unknown, dice: Dice): unknown {
  if (typeof value === 'string' && /^\d/u.test(value) && dice.chance(0.8)) return dice.pick(FIGURES);
  if (value === null || typeof value !== 'object' || dice.chance(0.02)) return dice.pick(ODD);
  if (Array.isArray(value) && value.length === 0) return dice.pick(ODD);
  const keys = Object.keys(value);
  if (Array.isArray(value)) {
    const index = dice.whole(0, value.length - 1);
    if (dice.chance(0.1)) return value.toSpliced(index, 1);
    if (dice.chance(0.1)) return [...value, value[index]];
    if (dice.chance(0.1)) return value.toReversed();
    return value.with(index, damaged(value[index], dice));
  }
  if (keys.length === 0) return dice.pick(ODD);
  const key = 'stages' in value && dice.chance(0.8) ? 'stages' : dice.pick(keys);
  const inner = (value as Readonly<Record<string, unknown>>)[key];
  if (dice.chance(0.1)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: damaged(inner, dice) };
}

function sell(tariff: Tariff, dice: Dice): void {
  const at = `${tariff.effectiveFrom.slice(0, 4)}-12-30T10:00`;
  const state: AccountState = {
    ...emptyState(at),
    quantities: { kva: '3.3', kw: '2', persons: '3', ampere: '20' },
    ...(dice.chance(0.5) ? { category: dice.pick(['maputo', 'lifeline']) } : {}),
    balanceMinor: dice.chance(0.3) ? dice.wide(1, 1000) : 0,
    debts: { arrears: { openingMinor: 5000, balanceMinor: dice.wide(1, 5000), instalmentMinor: 100 } },
    windows: Object.fromEntries(
      Object.keys(tariff.windows).map((name) => [
        name,
        { startedOn: at.slice(0, 10), quantity: dice.wide(1, 3000) },
      ]),
    ),
  };
  const request = {
    kind: 'money',
    amountMinor: dice.wide(1, 1_000_000),
    cash: dice.chance(0.5),
    entitlements: [],
  } as const;
  const made = quote(tariff, state, { ...request, entitlements: [] }, at, noQuantisation);
  if (dice.chance(0.02)) purchaseLimits(tariff, state, at, { cash: request.cash, entitlements: [] });
  if (!made.ok) return;
  const { lines, changeMinor, carriedMinor, tenderMinor } = made.value;
  const counted = lines
    .filter(({ place }) => place !== 'included')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  expect(counted + changeMinor + carriedMinor).toBe(tenderMinor);
}

test('damaged tariffs are refused or work; nothing throws and no cent is lost', () => {
  let accepted = 0;
  for (let index = 0; index < CASES; index += 1) {
    const seed = (SEED + index) >>> 0;
    const dice = new Dice(seed);
    try {
      let data: unknown = dice.pick(TARIFFS);
      for (let blows = dice.whole(1, 3); blows > 0; blows -= 1) data = damaged(data, dice);
      const parsed = parseTariff(data);
      if (parsed.ok) {
        accepted += 1;
        sell(parsed.value, dice);
      } else expect(parsed.error.length).toBeGreaterThan(0);
    } catch (cause) {
      throw new Error(`KIOSKWATT_SEED=${seed}`, { cause });
    }
  }
  console.log(`damaged tariffs: ${CASES} from seed ${SEED}, ${accepted} accepted`);
  expect(accepted).toBeGreaterThan(CASES / 20);
}, 3_600_000);
