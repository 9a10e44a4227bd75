import { describe, expect, test } from 'vitest';
import { energy, linesByKey, money, quoted, refused, tariffData, tariffOf, units, vat } from './testing.ts';

const BLOCKS = [{ upTo: '10', rate: '1' }, { from: '10', upTo: '20', rate: '2' }, { rate: '4' }];
const month = (quantity: number, startedOn = '2026-11-01') => ({
  windows: { month: { startedOn, quantity } },
});

describe('blocks', () => {
  const tariff = tariffOf(tariffData({ stages: [energy({ window: 'month', blocks: BLOCKS })] }));

  test('one line per block that is touched, edges belong to the cheaper block', () => {
    const made = quoted(tariff, money(4600));
    expect(linesByKey(made)).toEqual({ 'energy/1': 1000, 'energy/2': 2000, 'energy/3': 1600 });
    expect(made.lines.map(({ block, base, rate }) => [block, base.value, rate])).toEqual([
      [1, '10', '1'],
      [2, '10', '2'],
      [3, '4', '4'],
    ]);
    expect(linesByKey(quoted(tariff, money(1000)))).toEqual({ 'energy/1': 1000 });
    expect(linesByKey(quoted(tariff, money(1020)))).toEqual({ 'energy/1': 1000, 'energy/2': 20 });
  });

  test('units bought before in the window count, those of another month do not', () => {
    expect(linesByKey(quoted(tariff, money(2500), month(150)))).toEqual({
      'energy/2': 1000,
      'energy/3': 1480,
    });
    expect(quoted(tariff, money(2500), month(150)).carriedMinor).toBe(20);
    expect(linesByKey(quoted(tariff, money(500), month(150, '2026-10-31')))).toEqual({ 'energy/1': 500 });
    expect(quoted(tariff, money(500), month(150, '2026-10-31')).after.windows).toEqual(month(50).windows);
    expect(quoted(tariff, money(500), month(150)).after.windows).toEqual(month(175).windows);
  });

  test('a sale without units leaves the window as it is', () => {
    expect(quoted(tariff, money(3), month(150, '2026-10-31')).after.windows).toEqual(
      month(150, '2026-10-31').windows,
    );
  });

  test('a window that begins anew with each purchase', () => {
    const each = tariffOf(
      tariffData({
        windows: { each: { every: 'purchase' } },
        stages: [energy({ window: 'each', blocks: BLOCKS })],
      }),
    );
    const made = quoted(each, money(1500));
    expect(linesByKey(quoted(each, money(1500), made.after))).toEqual({ 'energy/1': 1000, 'energy/2': 500 });
    expect(made.after.windows).toEqual({});
  });

  test('thirty days from the first purchase after the last thirty are over', () => {
    const thirty = tariffOf(
      tariffData({
        windows: { month: { every: { days: 30 } } },
        stages: [energy({ window: 'month', blocks: BLOCKS })],
      }),
    );
    expect(quoted(thirty, money(500), month(150, '2026-10-25')).after.windows).toEqual(
      month(175, '2026-10-25').windows,
    );
    expect(quoted(thirty, money(500), month(150, '2026-10-01')).after.windows).toEqual(
      month(50, '2026-11-23').windows,
    );
  });

  test('the first block grows with the months that were missed, as far as the tariff allows', () => {
    const grows = tariffOf(
      tariffData({
        windows: { month: { every: { months: 1 }, accumulatePeriods: 2 } },
        stages: [energy({ window: 'month', blocks: BLOCKS })],
      }),
    );
    // September and October missed: 30 units at 1, then 10 at 2.
    const made = quoted(grows, money(5000), month(150, '2026-08-01'));
    expect(linesByKey(made)).toEqual({ 'energy/1': 3000, 'energy/2': 2000 });
    expect(made.after.windows).toEqual({ month: { startedOn: '2026-11-01', quantity: 400, missed: 2 } });
    expect(linesByKey(quoted(grows, money(400), made.after))).toEqual({ 'energy/3': 400 });
    const first = quoted(grows, money(1000), month(150, '2026-08-01'));
    expect(linesByKey(quoted(grows, money(2500), first.after))).toEqual({
      'energy/1': 2000,
      'energy/2': 500,
    });
    expect(linesByKey(quoted(grows, money(5000), month(150, '2026-01-01')))).toEqual({
      'energy/1': 3000,
      'energy/2': 2000,
    });
    expect(linesByKey(quoted(grows, money(1500), month(150, '2026-10-01')))).toEqual({
      'energy/1': 1000,
      'energy/2': 500,
    });
  });

  test('blocks as wide as a quantity of the account', () => {
    const wide = tariffOf(
      tariffData({
        stages: [
          energy({ window: 'month', blocks: BLOCKS, blocksTimes: 'persons' }),
          vat({ of: [{ line: 'energy', aboveUnits: '10' }], rate: '10' }),
        ],
      }),
    );
    const made = quoted(wide, money(3820), { quantities: { persons: '1.53' } });
    // Edges at 15.3 and 30.6 units; taxed above the first.
    expect(linesByKey(made)).toEqual({ 'energy/1': 1530, 'energy/2': 2080, vat: 208 });
    expect(refused(wide, money(100))).toEqual({ code: 'state-incomplete', path: 'quantities/persons' });
  });

  test('a tax on what lies above a block, wherever the month stands', () => {
    const taxed = tariffOf(
      tariffData({
        stages: [
          energy({ window: 'month', blocks: BLOCKS }),
          vat({ of: [{ line: 'energy', aboveUnits: '20' }], rate: '50' }),
        ],
      }),
    );
    expect(linesByKey(quoted(taxed, money(3600)))).toEqual({
      'energy/1': 1000,
      'energy/2': 2000,
      'energy/3': 400,
      vat: 200,
    });
    expect(linesByKey(quoted(taxed, money(600), month(200)))).toEqual({ 'energy/3': 400, vat: 200 });
    expect(linesByKey(quoted(taxed, money(600), month(100)))).toEqual({ 'energy/2': 600 });
  });

  test('a factor on the rate, and a rate rounded', () => {
    const factored = tariffOf(
      tariffData({
        stages: [
          energy({ rate: '1.11', rateFactor: '1.155', rateRounding: { mode: 'half-up', to: '0.01' } }),
        ],
      }),
    );
    // 1.11 x 1.155 = 1.28205.
    expect(quoted(factored, money(1280)).lines[0]).toMatchObject({
      rate: '1.28',
      amountMinor: 1280,
      base: { value: '10' },
    });
    const exact = tariffOf(tariffData({ stages: [energy({ rate: '1.11', rateFactor: '1.155' })] }));
    expect(quoted(exact, money(12_821)).lines[0]).toMatchObject({
      rate: '1.28205',
      amountMinor: 12_821,
      exact: '25641/2',
    });
    const onlyRounded = tariffOf(
      tariffData({ stages: [energy({ rate: '1.119', rateRounding: { mode: 'down', to: '0.01' } })] }),
    );
    expect(quoted(onlyRounded, money(111)).lines[0]).toMatchObject({ rate: '1.11', amountMinor: 111 });
  });
});

describe('cliffs', () => {
  const schedules = [
    { upTo: '10', blocks: [{ rate: '1' }] },
    { blocks: [{ upTo: '10', rate: '2' }, { rate: '3' }] },
  ];
  const cliff = (crossing: string) =>
    tariffOf(tariffData({ stages: [energy({ window: 'month', crossing, schedules })] }));

  test('units stop at the cliff until the money reaches beyond the jump', () => {
    // Up to 10.0 units cost 10.00; 10.1 cost 20.30.
    const made = quoted(cliff('purchase'), money(2029));
    expect(made.boughtQuantity).toBe(100);
    expect(made.carriedMinor).toBe(1029);
    expect(linesByKey(quoted(cliff('purchase'), money(2030)))).toEqual({ 'energy/1': 2000, 'energy/2': 30 });
  });

  test('earlier units are charged the difference, or not', () => {
    expect(linesByKey(quoted(cliff('difference'), money(1700), month(80)))).toEqual({
      'energy/1': 400,
      'energy/repriced': 800,
      'energy/2': 480,
    });
    const repriced = quoted(cliff('difference'), money(1700), month(80)).lines.find(
      ({ key }) => key === 'energy/repriced',
    );
    expect(repriced).toMatchObject({
      rule: 'energy',
      base: { of: 'units', value: '8' },
      rate: '',
      place: 'inside',
    });
    expect(linesByKey(quoted(cliff('purchase'), money(1000), month(80)))).toEqual({
      'energy/1': 400,
      'energy/2': 600,
    });
    expect(linesByKey(quoted(cliff('difference'), money(600), month(120)))).toEqual({ 'energy/2': 600 });
  });

  test('said before payment: ahead with the room left and the price of the next tenth, or crossed', () => {
    expect(quoted(cliff('difference'), money(400), month(20)).notices).toEqual([
      {
        code: 'cliff-ahead',
        params: { rule: 'energy', thresholdQuantity: 100, leftQuantity: 40, crossingMinor: 1030 },
      },
    ]);
    expect(quoted(cliff('difference'), money(4000), month(20)).notices).toEqual([
      { code: 'cliff-crossed', params: { rule: 'energy', thresholdQuantity: 100 } },
    ]);
    expect(quoted(cliff('difference'), money(600), month(120)).notices).toEqual([]);
  });

  test('a larger volume may be cheaper as a whole: the most units that the money pays for', () => {
    const bulk = tariffOf(
      tariffData({
        stages: [
          energy({
            window: 'month',
            crossing: 'purchase',
            schedules: [{ upTo: '10', blocks: [{ rate: '3' }] }, { blocks: [{ rate: '2' }] }],
          }),
        ],
      }),
    );
    // 8.4 units at 3 cost 25.20 and 12.6 at 2 cost the same.
    expect(quoted(bulk, money(2520)).boughtQuantity).toBe(126);
    expect(quoted(bulk, money(2000)).boughtQuantity).toBe(66);
    expect(quoted(bulk, money(2020)).boughtQuantity).toBe(101);
  });

  test('a fixed charge by the band reached, less what the month has paid', () => {
    const stepped = tariffOf(
      tariffData({
        stages: [
          {
            id: 'band',
            kind: 'fixed',
            label: 'Band',
            role: 'fee',
            window: 'month',
            steps: [{ upTo: '10', amount: '2' }, { amount: '5' }],
          },
          energy({ rate: '1' }),
        ],
      }),
    );
    const first = quoted(stepped, money(1000));
    expect(linesByKey(first)).toEqual({ band: 200, energy: 800 });
    expect(first.lines[0]).toMatchObject({ rate: '2', block: 1, base: { of: 'none', value: '' } });
    expect(first.after.charges).toEqual({
      band: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 200 },
    });
    const same = quoted(stepped, money(150), first.after);
    expect(linesByKey(same)).toEqual({ energy: 150 });
    expect(same.after.charges['band']?.paidInPeriodMinor).toBe(200);
    const crossed = quoted(stepped, money(1000), same.after);
    expect(linesByKey(crossed)).toEqual({ band: 300, energy: 700 });
    expect(crossed.after.charges['band']?.paidInPeriodMinor).toBe(500);
    expect(linesByKey(quoted(stepped, money(1000), crossed.after, '2026-12-01T00:00'))).toEqual({
      band: 200,
      energy: 800,
    });
    expect(linesByKey(quoted(stepped, money(150)))).toEqual({});
    expect(quoted(stepped, money(150)).after.charges).toEqual({});
    expect(first.notices).toMatchObject([
      { code: 'cliff-ahead', params: { rule: 'band', leftQuantity: 20, crossingMinor: 310 } },
    ]);
    expect(quoted(stepped, units(101)).tenderMinor).toBe(1510);
  });

  test('a stepped rebate is taken off once', () => {
    const rebate = tariffOf(
      tariffData({
        stages: [
          {
            id: 'gift',
            kind: 'fixed',
            label: 'Gift',
            role: 'subsidy',
            window: 'month',
            rebate: true,
            steps: [{ upTo: '10', amount: '2' }, { amount: '1' }],
          },
          energy({ rate: '1' }),
        ],
      }),
    );
    const first = quoted(rebate, money(300));
    expect(linesByKey(first)).toEqual({ gift: -200, energy: 500 });
    expect(linesByKey(quoted(rebate, money(300), first.after))).toEqual({ energy: 300 });
  });
});
