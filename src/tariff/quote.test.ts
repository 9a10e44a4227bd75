import { describe, expect, test } from 'vitest';
import { unitsTenths } from '../units/index.ts';
import { emptyState, noQuantisation, quote, type QuoteRequest } from './index.ts';
import {
  AT,
  flatTariff,
  linesByKey,
  money,
  nearlyAllTaken,
  quoted,
  refused,
  tariffOf,
  units,
} from './testing.ts';

describe('a flat rate of 2.00 with a tax of 15 %', () => {
  const added = tariffOf(flatTariff());

  test('added: 100.00 buys 43.4 units', () => {
    // 43.4 x 2.00 = 86.80, tax 13.02, together 99.82; 43.5 would be 87.00 + 13.05 = 100.05.
    const made = quoted(added, money(10_000));
    expect(made).toMatchObject({
      boughtQuantity: 434,
      tenderMinor: 10_000,
      carriedMinor: 18,
      accountedMinor: 9982,
    });
    expect(linesByKey(made)).toEqual({ energy: 8680, vat: 1302 });
    expect(made.lines[0]).toEqual({
      key: 'energy',
      rule: 'energy',
      kind: 'per-unit',
      role: 'energy',
      label: 'Energy',
      place: 'inside',
      base: { of: 'units', value: '43.4' },
      rate: '2.00',
      exact: '8680',
      amountMinor: 8680,
    });
    expect(made.lines[1]).toEqual({
      key: 'vat',
      rule: 'vat',
      kind: 'percent',
      role: 'tax',
      label: 'VAT',
      place: 'inside',
      base: { of: 'money', value: '86.8' },
      rate: '15',
      exact: '1302',
      amountMinor: 1302,
    });
    expect(made.tokens).toEqual([
      { kind: 'credit', quantity: 434, lines: [{ key: 'bought', kind: 'bought', quantity: 434 }] },
    ]);
    expect(made).toMatchObject({
      tariff: { id: 'test', version: 1 },
      at: AT,
      amountMinor: 10_000,
      provisional: [],
      notices: [],
    });
  });

  test('contained: the tax is shown inside the energy line', () => {
    // 50.0 x 2.00 = 100.00, of which 100 x 15/115 = 13.0434… tax.
    const made = quoted(tariffOf(flatTariff({ method: 'contained' })), money(10_000));
    expect(made).toMatchObject({ boughtQuantity: 500, carriedMinor: 0, accountedMinor: 10_000 });
    expect(made.lines.map(({ key, place, amountMinor }) => [key, place, amountMinor])).toEqual([
      ['energy', 'inside', 10_000],
      ['vat', 'included', 1304],
    ]);
  });

  test('43.4 units cost 99.82 and no less', () => {
    const made = quoted(added, units(434));
    expect(made).toMatchObject({ amountMinor: 9982, tenderMinor: 9982, boughtQuantity: 434 });
    expect(quoted(added, money(9981)).boughtQuantity).toBe(433);
  });

  test('in cash, units cost the next multiple of ten cents', () => {
    expect(quoted(added, units(434, { cash: true })).tenderMinor).toBe(9990);
  });

  test('an amount too small for a tenth is a sale without units, and is kept', () => {
    const made = quoted(added, money(22));
    expect(made).toMatchObject({ boughtQuantity: 0, tokens: [], carriedMinor: 22, lines: [] });
    expect(made.notices).toEqual([{ code: 'no-units', params: {} }]);
    expect(made.after.balanceMinor).toBe(22);
  });

  test('quantising is a line of the token, with its price at the next units', () => {
    const made = quoted(added, money(10_000), {}, AT, (quantity) =>
      unitsTenths(Math.ceil(quantity / 10) * 10),
    );
    expect(made.boughtQuantity).toBe(434);
    expect(made.tokens[0]).toEqual({
      kind: 'credit',
      quantity: 440,
      lines: [
        { key: 'bought', kind: 'bought', quantity: 434 },
        { key: 'token-rounding', kind: 'token-rounding', quantity: 6 },
      ],
    });
    // 0.6 x 2.00 x 1.15 = 1.38.
    expect(made.tokenRoundingMinor).toBe(138);
    expect(made.after.windows).toEqual({ month: { startedOn: '2026-11-01', quantity: 440 } });
  });

  test('a balance is spent first and is a line of its own', () => {
    const made = quoted(added, money(9964), { balanceMinor: 18 });
    expect(linesByKey(made)).toEqual({ balance: -18, energy: 8680, vat: 1302 });
    expect(made).toMatchObject({ carriedMinor: 0, accountedMinor: 9982, tenderMinor: 9964 });
    expect(made.lines[0]).toMatchObject({
      rule: 'balance',
      role: 'settlement',
      label: '',
      exact: '-18',
      base: { of: 'none', value: '' },
    });
  });
});

describe('where the rest of the money goes', () => {
  const withUnits = (parts: Readonly<Record<string, unknown>>): ReturnType<typeof tariffOf> =>
    tariffOf({
      ...flatTariff(),
      units: {
        rounding: [{ mode: 'down', to: '0.1' }],
        linesFrom: 'rounded',
        remainder: 'carry',
        preset: 'part',
        ...parts,
      },
    });

  test('given back, in coins that exist', () => {
    const tariff = withUnits({ remainder: 'change' });
    expect(quoted(tariff, money(10_000))).toMatchObject({ changeMinor: 18, carriedMinor: 0 });
    const cash = quoted(tariff, money(10_000, { cash: true }));
    expect(cash).toMatchObject({ changeMinor: 10, carriedMinor: 0 });
    expect(linesByKey(cash)).toEqual({ energy: 8680, vat: 1302, rounding: 8 });
    expect(cash.lines.at(-1)).toMatchObject({
      kind: 'rounding',
      role: 'rounding',
      rule: 'rounding',
      place: 'inside',
      exact: '8',
    });
  });

  test('kept as a rounding', () => {
    const made = quoted(withUnits({ remainder: 'rounding' }), money(10_000));
    expect(linesByKey(made)).toEqual({ energy: 8680, vat: 1302, rounding: 18 });
    expect(made).toMatchObject({ carriedMinor: 0, changeMinor: 0, accountedMinor: 9982 });
  });

  test('added to a line, or carried where that line is missing', () => {
    const tariff = withUnits({ remainder: { line: 'energy' } });
    expect(linesByKey(quoted(tariff, money(10_000)))).toEqual({ energy: 8698, vat: 1302 });
    expect(quoted(tariff, money(10_000)).accountedMinor).toBe(10_000);
    expect(quoted(tariff, money(5))).toMatchObject({ lines: [], carriedMinor: 5 });
  });

  test('nothing is left: no line for nothing', () => {
    expect(linesByKey(quoted(withUnits({ remainder: 'rounding' }), money(9982)))).toEqual({
      energy: 8680,
      vat: 1302,
    });
  });

  test('units rounded up or half up: what is given beyond the money is a negative rounding', () => {
    const up = withUnits({ rounding: [{ mode: 'up', to: '0.1' }] });
    expect(linesByKey(quoted(up, money(10_000)))).toEqual({ energy: 8700, vat: 1305, rounding: -5 });
    // 100 / 2.30 = 43.478… is nearer to 43.5.
    const half = withUnits({ rounding: [{ mode: 'half-up', to: '0.1' }] });
    expect(linesByKey(quoted(half, money(10_000)))).toEqual({ energy: 8700, vat: 1305, rounding: -5 });
    expect(quoted(half, money(9990)).boughtQuantity).toBe(434);
  });

  test('a chain of roundings, to whole units', () => {
    const chain = withUnits({
      rounding: [
        { mode: 'half-up', to: '0.5' },
        { mode: 'up', to: '1' },
      ],
    });
    expect(quoted(chain, money(10_000)).boughtQuantity).toBe(440);
    // 43.1 / 2.30: 99.13 buys 43.1 exactly, 43.0 after the first rounding.
    expect(quoted(chain, money(9913)).boughtQuantity).toBe(430);
  });

  test('lines from exact units: each rounded once, the cent that is missing has its own line', () => {
    const exact = withUnits({ linesFrom: 'exact', remainder: 'rounding' });
    // 100 / 1.15 = 86.9565…, tax 13.0434…
    expect(linesByKey(quoted(exact, money(10_000)))).toEqual({ energy: 8696, vat: 1304 });
    // 100.01 / 1.15 = 86.9652…, tax 13.0447…: one cent short.
    expect(linesByKey(quoted(exact, money(10_001)))).toEqual({ energy: 8697, vat: 1304 });
    expect(linesByKey(quoted(exact, money(10_004)))).toEqual({ energy: 8699, vat: 1305 });
    expect(quoted(exact, money(20)).lines).toMatchObject([{ key: 'rounding', amountMinor: 20 }]);
  });
});

describe('cash', () => {
  const tariff = (cashRounding: string): ReturnType<typeof tariffOf> =>
    tariffOf({ ...flatTariff(), cashRounding });

  test('an amount that coins cannot make is rounded, and the difference is a line', () => {
    expect(quoted(tariff('down'), money(1007, { cash: true }))).toMatchObject({
      amountMinor: 1007,
      tenderMinor: 1000,
    });
    expect(linesByKey(quoted(tariff('down'), money(1007, { cash: true })))).toMatchObject({
      'cash-rounding': -7,
    });
    expect(linesByKey(quoted(tariff('up'), money(1007, { cash: true })))).toMatchObject({
      'cash-rounding': 3,
    });
    expect(linesByKey(quoted(tariff('half-up'), money(1004, { cash: true })))).toMatchObject({
      'cash-rounding': -4,
    });
    expect(linesByKey(quoted(tariff('down'), money(1007)))).not.toHaveProperty('cash-rounding');
  });
});

describe('what is refused', () => {
  const tariff = tariffOf(flatTariff());

  test('requests and states of a wrong shape, by path', () => {
    const bad = { ...money(100), amountMinor: 0 } as QuoteRequest;
    expect(quote(tariff, emptyState(AT), bad, AT, noQuantisation)).toEqual({
      ok: false,
      error: { code: 'input-invalid', path: 'request/amountMinor' },
    });
    expect(refused(tariff, money(100), { balanceMinor: -1 })).toEqual({
      code: 'input-invalid',
      path: 'state/balanceMinor',
    });
    expect(refused(tariff, money(100), {}, '2026-02-30T10:00')).toEqual({
      code: 'input-invalid',
      path: 'at',
    });
    expect(refused(tariff, money(100), { asOf: '2026-02-30T10:00' })).toEqual({
      code: 'input-invalid',
      path: 'state/asOf',
    });
  });

  test('dates in the state that do not exist', () => {
    const date = '2026-02-30';
    expect(refused(tariff, money(100), { windows: { month: { startedOn: date, quantity: 1 } } })).toEqual({
      code: 'input-invalid',
      path: 'state/windows/month/startedOn',
    });
    expect(
      refused(tariff, money(100), { charges: { x: { paidFor: date, owedMinor: 0, paidInPeriodMinor: 0 } } }),
    ).toEqual({
      code: 'input-invalid',
      path: 'state/charges/x/paidFor',
    });
    expect(refused(tariff, money(100), { entitlements: { x: { takenFor: date } } })).toEqual({
      code: 'input-invalid',
      path: 'state/entitlements/x/takenFor',
    });
  });

  test('a moment before the tariff, and a state from after the sale', () => {
    expect(refused(tariff, money(100), {}, '2025-12-31T23:59')).toEqual({
      code: 'tariff-not-in-force',
      effectiveFrom: '2026-01-01T00:00',
    });
    expect(quoted(tariff, money(100), {}, '2026-01-01T00:00').at).toBe('2026-01-01T00:00');
    expect(refused(tariff, money(100), { asOf: '2026-11-23T11:01' })).toEqual({
      code: 'state-from-the-future',
      asOf: '2026-11-23T11:01',
    });
  });

  test('a clock set back by an hour is no future', () => {
    expect(quoted(tariff, money(100), { asOf: '2026-11-23T11:00' }).provisional).toEqual([]);
  });

  test('units that no amount pays for', () => {
    const taken = tariffOf(nearlyAllTaken('99.999'));
    expect(refused(taken, units(1_000_000))).toEqual({ code: 'units-not-payable' });
  });
});
