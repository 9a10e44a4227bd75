import { expect, test } from 'vitest';
import {
  emptyState,
  noQuantisation,
  parseTariff,
  quote,
  type AccountState,
  type QuoteRequest,
  type Tariff,
} from './index.ts';
import { flatTariff } from './testing.ts';

const AT = '2026-11-23T10:00';

function tariffOf(data: unknown): Tariff {
  const parsed = parseTariff(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const money = (amountMinor: number): QuoteRequest => ({
  kind: 'money',
  amountMinor,
  cash: false,
  entitlements: [],
});

function quoted(tariff: Tariff, request: QuoteRequest, state: AccountState = emptyState(AT)) {
  const result = quote(tariff, state, request, AT, noQuantisation);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('a flat rate with tax added: 100.00 at 2.00 a unit and 15 % buys 43.4 units', () => {
  // 43.4 x 2.00 = 86.80, tax 13.02, together 99.82; 43.5 would be 87.00 + 13.05 = 100.05.
  const made = quoted(tariffOf(flatTariff()), money(10_000));
  expect(made.boughtQuantity).toBe(434);
  expect(made.lines.map(({ key, amountMinor }) => [key, amountMinor])).toEqual([
    ['energy', 8680],
    ['vat', 1302],
  ]);
  expect(made.carriedMinor).toBe(18);
  expect(made.tenderMinor).toBe(10_000);
});

test('a flat rate with tax contained: the tax is shown inside the energy line', () => {
  const tariff = tariffOf(flatTariff({ method: 'contained' }));
  // 50.0 x 2.00 = 100.00, of which 100 x 15/115 = 13.0434… tax.
  const made = quoted(tariff, money(10_000));
  expect(made.boughtQuantity).toBe(500);
  expect(made.lines.map(({ key, place, amountMinor }) => [key, place, amountMinor])).toEqual([
    ['energy', 'inside', 10_000],
    ['vat', 'included', 1304],
  ]);
  expect(made.carriedMinor).toBe(0);
});

test('from units to money: 43.4 units cost 99.82 and no less', () => {
  const tariff = tariffOf(flatTariff());
  const made = quoted(tariff, { kind: 'units', quantity: 434, cash: false, entitlements: [] });
  expect(made.tenderMinor).toBe(9982);
  expect(made.boughtQuantity).toBe(434);
  expect(quoted(tariff, money(9981)).boughtQuantity).toBe(433);
});

test('a declared minimum is refused with its reason', () => {
  const tariff = tariffOf({ ...flatTariff(), limits: { minimum: '5.00', maximum: '1000.00' } });
  expect(quote(tariff, emptyState(AT), money(499), AT, noQuantisation)).toEqual({
    ok: false,
    error: {
      code: 'below-minimum',
      minimumMinor: 500,
      reasons: [
        { code: 'tariff-minimum', amountMinor: 500 },
        { code: 'units', amountMinor: 420, rule: 'energy' },
        { code: 'share', amountMinor: 63, rule: 'vat' },
      ],
    },
  });
  expect(quote(tariff, emptyState(AT), money(100_001), AT, noQuantisation)).toEqual({
    ok: false,
    error: {
      code: 'above-maximum',
      maximumMinor: 100_000,
      reasons: [{ code: 'tariff-maximum', amountMinor: 100_000 }],
    },
  });
});
