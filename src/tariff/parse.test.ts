import { describe, expect, test } from 'vitest';
import { describeTariff, parseTariff, parseTariffText } from './index.ts';
import { energy, flatTariff, tariffData, tariffOf, vat } from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

/** Faults of tariff data as `code path`. */
function faultsOf(data: unknown): string[] {
  const parsed = parseTariff(data);
  return parsed.ok ? [] : parsed.error.map(({ code, path }) => `${code} ${path}`);
}

const stages = (...list: readonly unknown[]): string[] => faultsOf(tariffData({ stages: list }));
const fixed = (parts: Parts): Record<string, unknown> => ({
  id: 'fee',
  kind: 'fixed',
  label: 'Fee',
  role: 'fee',
  ...parts,
});
const BLOCKS = [{ upTo: '10', rate: '1' }, { rate: '2' }];
const STEPS = [{ upTo: '10', amount: '1' }, { amount: '2' }];
const SCHEDULES = [{ upTo: '10', blocks: [{ rate: '1' }] }, { blocks: [{ rate: '2' }] }];

describe('layout', () => {
  test('a good tariff comes back as it was, frozen to its depths', () => {
    const parsed = tariffOf(flatTariff());
    expect(parsed).toEqual(flatTariff());
    expect(Object.isFrozen(parsed)).toBe(true);
    expect(Object.isFrozen(parsed.stages[0])).toBe(true);
    expect(Object.isFrozen(parsed.units.rounding[0])).toBe(true);
  });

  test.each([undefined, null, 7, 'text', []])('%j is no tariff', (data) => {
    expect(parseTariff(data).ok).toBe(false);
  });

  test('missing, unknown and wrong fields, all at once', () => {
    const { name: _, ...rest } = tariffData({ colour: 'red', shape: 'round', version: 0 });
    expect(faultsOf(rest)).toEqual([
      'field-invalid version',
      'field-missing name',
      'field-unknown colour',
      'field-unknown shape',
    ]);
    expect(
      faultsOf({
        ...flatTariff(),
        units: { rounding: [{ mode: 'down', to: '0.1' }], linesFrom: 'rounded', preset: 'part' },
      }),
    ).toEqual(['field-missing units/remainder']);
    expect(stages({ ...energy({ rate: '1' }), kind: 'magic' })).toEqual(['field-invalid stages/0/kind']);
    expect(faultsOf(tariffData({ windows: { month: {} } }))).toEqual(['period-missing windows/month/every']);
    const entitlement = { id: 'f', label: 'F', units: '1', homeStationOnly: true, withPurchaseOnly: true };
    expect(faultsOf(tariffData({ entitlements: [entitlement] }))).toEqual([
      'period-missing entitlements/0/every',
    ]);
  });

  test('a later format is refused before anything else', () => {
    const parsed = parseTariff({ formatVersion: 2, anything: 'new' });
    expect(parsed).toEqual({
      ok: false,
      error: [{ code: 'format-version-future', path: 'formatVersion', params: { version: 2, known: 1 } }],
    });
    expect(faultsOf({ ...flatTariff(), formatVersion: 0 })).toEqual(['field-invalid formatVersion']);
    expect(faultsOf({ ...flatTariff(), formatVersion: '2' })).toEqual(['field-invalid formatVersion']);
  });

  test('time of use is refused by name, each time', () => {
    expect(stages({ kind: 'time-of-use', id: 'x' }, energy({ rate: '1' }), { kind: 'time-of-use' })).toEqual([
      'time-of-use-unsupported stages/0/kind',
      'time-of-use-unsupported stages/2/kind',
    ]);
  });
});

describe('figures', () => {
  test('signs, everywhere but in free text', () => {
    expect(
      faultsOf(
        tariffData({
          name: '-1',
          source: '-2',
          stages: [energy({ rate: '-1', label: '-3' })],
          limits: { minimum: '-5' },
        }),
      ),
    ).toEqual(['negative stages/0/rate', 'negative limits/minimum']);
  });

  test('rounding steps', () => {
    const rounding = (...list: readonly unknown[]): string[] =>
      faultsOf(
        tariffData({ units: { rounding: list, linesFrom: 'rounded', remainder: 'carry', preset: 'part' } }),
      );
    expect(rounding({ mode: 'down', to: '0' })).toEqual(['rounding-step units/rounding/0/to']);
    expect(rounding({ mode: 'down', to: '0.05' })).toEqual(['rounding-too-fine units/rounding/0/to']);
    expect(rounding({ mode: 'up', to: '0.01' }, { mode: 'down', to: '0.1' })).toEqual([]);
    expect(rounding({ mode: 'up', to: '0.3' }, { mode: 'down', to: '1' })).toEqual([
      'rounding-not-multiple units/rounding/1/to',
    ]);
    expect(rounding({ mode: 'up', to: '0' }, { mode: 'down', to: '1' })).toEqual([
      'rounding-step units/rounding/0/to',
    ]);
    expect(faultsOf(tariffData({ lineRounding: { mode: 'down', to: '0.001' } }))).toEqual([
      'rounding-too-fine lineRounding/to',
    ]);
    expect(stages(energy({ rate: '1', rounding: { mode: 'down', to: '0.005' } }))).toEqual([
      'rounding-too-fine stages/0/rounding/to',
    ]);
    expect(stages(energy({ rate: '1', rateRounding: { mode: 'down', to: '0' } }))).toEqual([
      'rounding-step stages/0/rateRounding/to',
    ]);
    expect(stages(energy({ rate: '1' }), vat({ baseRounding: { mode: 'down', to: '0' } }))).toEqual([
      'rounding-step stages/1/baseRounding/to',
    ]);
  });

  test('a base cannot be rounded where lines are exact', () => {
    const exact = {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'exact',
      remainder: 'carry',
      preset: 'part',
    };
    const tariff = (more: Parts): string[] =>
      faultsOf(tariffData({ units: exact, stages: [energy({ rate: '1' }), vat(more)] }));
    expect(tariff({ baseRounding: { mode: 'down', to: '1' } })).toEqual([
      'field-not-here stages/1/baseRounding',
    ]);
    expect(tariff({})).toEqual([]);
  });

  test('the line that takes the rest must exist', () => {
    const rest = (line: string): string[] =>
      faultsOf(
        tariffData({
          units: {
            rounding: [{ mode: 'down', to: '0.1' }],
            linesFrom: 'rounded',
            remainder: { line },
            preset: 'part',
          },
        }),
      );
    expect(rest('energy')).toEqual([]);
    expect(rest('other')).toEqual(['line-unknown units/remainder/line']);
  });

  test('a day that does not exist', () => {
    expect(faultsOf(tariffData({ effectiveFrom: '2026-06-31T00:00' }))).toEqual([
      'time-invalid effectiveFrom',
    ]);
    expect(faultsOf(tariffData({ effectiveFrom: '2026-06-30' }))).toEqual(['field-invalid effectiveFrom']);
  });

  test('limits', () => {
    const limits = (parts: Parts): string[] => faultsOf(tariffData({ limits: parts }));
    expect(
      limits({
        minimum: '1',
        maximum: '1',
        maximumUnits: '0.1',
        windowMaximum: { window: 'month', units: '5' },
      }),
    ).toEqual([]);
    expect(
      limits({
        minimum: '1.001',
        maximum: '9.999',
        maximumUnits: '0.15',
        windowMaximum: { window: 'month', units: '5.55' },
      }),
    ).toEqual([
      'too-precise limits/minimum',
      'too-precise limits/maximum',
      'too-precise limits/maximumUnits',
      'too-precise limits/windowMaximum/units',
    ]);
    expect(limits({ minimum: '2', maximum: '1' })).toEqual(['minimum-above-maximum limits/minimum']);
    expect(limits({ windowMaximum: { window: 'week', units: '5' } })).toEqual([
      'window-unknown limits/windowMaximum/window',
    ]);
  });

  test('entitlements', () => {
    const entitlement = (parts: Parts): string[] =>
      faultsOf(
        tariffData({
          entitlements: [
            {
              id: 'f',
              label: 'F',
              units: '1',
              every: { months: 1 },
              homeStationOnly: true,
              withPurchaseOnly: true,
              ...parts,
            },
          ],
        }),
      );
    expect(entitlement({ countsIn: 'month' })).toEqual([]);
    expect(entitlement({ units: '0' })).toEqual(['not-whole-tenths entitlements/0/units']);
    expect(entitlement({ units: '0.05' })).toEqual(['not-whole-tenths entitlements/0/units']);
    expect(entitlement({ every: 'purchase' })).toEqual(['period-missing entitlements/0/every']);
    expect(entitlement({ countsIn: 'week' })).toEqual(['window-unknown entitlements/0/countsIn']);
  });

  test('ids', () => {
    expect(
      stages(energy({ rate: '1' }), { ...energy({ rate: '1' }), id: 'rounding' }, energy({ rate: '2' })),
    ).toEqual(['id-reserved stages/1/id', 'id-duplicate stages/2/id']);
  });
});

describe('stages per unit', () => {
  test('one way of writing the price', () => {
    expect(stages(energy({}))).toContain('one-of stages/0');
    expect(stages(energy({ rate: '1', blocks: BLOCKS, window: 'month' }))).toEqual(['one-of stages/0']);
  });

  test('blocks follow each other', () => {
    const blocks = (...list: readonly unknown[]): string[] =>
      stages(energy({ window: 'month', blocks: list }));
    expect(blocks({ from: '0', upTo: '10', rate: '1' }, { from: '10', rate: '2' })).toEqual([]);
    expect(blocks({ from: '1', upTo: '10', rate: '1' }, { rate: '2' })).toEqual([
      'blocks-gap stages/0/blocks/0/from',
    ]);
    expect(blocks({ upTo: '10', rate: '1' }, { from: '9.9', rate: '2' })).toEqual([
      'blocks-overlap stages/0/blocks/1/from',
    ]);
    expect(blocks({ upTo: '10', rate: '1' }, { upTo: '10', rate: '2' }, { rate: '3' })).toEqual([
      'blocks-overlap stages/0/blocks/1/upTo',
    ]);
    expect(blocks({ upTo: '0', rate: '1' }, { rate: '2' })).toEqual([
      'blocks-overlap stages/0/blocks/0/upTo',
    ]);
    expect(blocks({ rate: '1' }, { rate: '2' })).toEqual(['blocks-overlap stages/0/blocks/0/upTo']);
    expect(blocks({ upTo: '10', rate: '1' })).toEqual(['blocks-gap stages/0/blocks/0/upTo']);
    expect(blocks({ upTo: '10.05', rate: '1' }, { rate: '2' })).toEqual([
      'not-whole-tenths stages/0/blocks/0/upTo',
    ]);
  });

  test('a gap says where the block should begin', () => {
    const parsed = parseTariff(
      tariffData({
        stages: [
          energy({
            window: 'month',
            blocks: [
              { upTo: '10', rate: '1' },
              { from: '12', rate: '2' },
            ],
          }),
        ],
      }),
    );
    expect(parsed).toMatchObject({ error: [{ code: 'blocks-gap', params: { expected: '10' } }] });
  });

  test('blocks and schedules need a window, and one that exists', () => {
    expect(stages(energy({ blocks: BLOCKS }))).toEqual(['period-missing stages/0/window']);
    expect(stages(energy({ blocks: BLOCKS, window: 'week' }))).toEqual(['window-unknown stages/0/window']);
    expect(stages(energy({ blocks: [{ rate: '1' }] }))).toEqual([]);
    expect(stages(energy({ schedules: SCHEDULES, crossing: 'purchase' }))).toEqual([
      'period-missing stages/0/window',
    ]);
    expect(stages(energy({ blocks: [{ rate: '1' }], blocksTimes: 'persons' }))).toEqual([
      'period-missing stages/0/window',
    ]);
  });

  test('schedules', () => {
    const schedules = (list: unknown, more: Parts = { crossing: 'purchase' }): string[] =>
      stages(energy({ window: 'month', schedules: list, ...more }));
    expect(schedules(SCHEDULES)).toEqual([]);
    expect(schedules(SCHEDULES, {})).toEqual(['crossing-with-schedules stages/0/crossing']);
    expect(stages(energy({ rate: '1', crossing: 'purchase' }))).toEqual([
      'crossing-with-schedules stages/0/crossing',
    ]);
    expect(
      schedules([{ upTo: '10', blocks: [{ upTo: '5', rate: '1' }] }, { blocks: [{ rate: '1' }] }]),
    ).toEqual(['blocks-gap stages/0/schedules/0/blocks/0/upTo']);
    expect(
      schedules([
        { upTo: '10', blocks: [{ rate: '1' }] },
        { upTo: '20', blocks: [{ rate: '1' }] },
      ]),
    ).toEqual(['blocks-gap stages/0/schedules/1/upTo']);
  });

  test('units must have a price to the end', () => {
    const none = ['no-price stages'];
    expect(stages(energy({ rate: '0' }))).toEqual(none);
    expect(stages(energy({ rate: '1', rebate: true }))).toEqual(none);
    expect(stages(energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '0' }] }))).toEqual(
      none,
    );
    expect(
      stages(
        energy({
          window: 'month',
          crossing: 'purchase',
          schedules: [{ upTo: '10', blocks: [{ rate: '0' }] }, { blocks: [{ rate: '1' }] }],
        }),
      ),
    ).toEqual(none);
    expect(stages(fixed({ amount: '1', every: 'purchase' }))).toEqual(none);
    expect(stages(energy({ rate: '0' }), { ...energy({ rate: '1' }), id: 'levy' })).toEqual([]);
  });
});

describe('fixed charges', () => {
  const charge = (parts: Parts): string[] => stages(fixed(parts), energy({ rate: '1' }));

  test('an amount needs its period, steps their window', () => {
    expect(charge({ amount: '1', every: 'purchase' })).toEqual([]);
    expect(charge({ every: 'purchase' })).toEqual(['one-of stages/0']);
    expect(charge({ amount: '1', steps: STEPS, every: 'purchase' })).toEqual(['one-of stages/0']);
    expect(charge({ amount: '1' })).toEqual(['period-missing stages/0/every']);
    expect(charge({ amount: '1', every: { months: 1 }, window: 'month' })).toEqual([
      'field-not-here stages/0/window',
    ]);
    expect(charge({ amount: '1', every: 'purchase', onTop: true, short: 'part' })).toEqual([
      'field-not-here stages/0/short',
    ]);
    expect(charge({ amount: '1', every: 'purchase', onTop: true, short: 'refuse' })).toEqual([]);
    expect(charge({ steps: STEPS, window: 'month' })).toEqual([]);
    expect(charge({ steps: STEPS })).toEqual(['period-missing stages/0/window']);
    expect(charge({ steps: STEPS, window: 'week' })).toEqual(['window-unknown stages/0/window']);
    expect(
      charge({
        steps: [
          { upTo: '10', amount: '1' },
          { upTo: '20', amount: '1' },
        ],
        window: 'month',
      }),
    ).toEqual(['blocks-gap stages/0/steps/1/upTo']);
    expect(
      charge({
        steps: STEPS,
        window: 'month',
        every: 'purchase',
        maxPeriods: 2,
        times: 'kva',
        short: 'part',
        onTop: true,
      }),
    ).toEqual([
      'field-not-here stages/0/every',
      'field-not-here stages/0/maxPeriods',
      'field-not-here stages/0/times',
      'field-not-here stages/0/short',
      'field-not-here stages/0/onTop',
    ]);
  });
});

describe('percentages and debts', () => {
  const blocks = energy({ window: 'month', blocks: BLOCKS });
  const share = (parts: Parts): string[] =>
    stages(vat({ of: 'amount', method: 'of-gross', ...parts }), energy({ rate: '1' }));

  test('bases exist, and parts begin at a block', () => {
    expect(stages(blocks, vat({ of: ['fuel', { line: 'gas', aboveUnits: '1' }] }))).toEqual([
      'line-unknown stages/1/of/0',
      'line-unknown stages/1/of/1',
    ]);
    expect(stages(blocks, vat({ of: [{ line: 'energy', aboveUnits: '10' }] }))).toEqual([]);
    expect(stages(blocks, vat({ of: [{ line: 'energy', aboveUnits: '10.0' }] }))).toEqual([]);
    expect(stages(blocks, vat({ of: [{ line: 'energy', aboveUnits: '11' }] }))).toEqual([
      'not-a-block-edge stages/1/of/0/aboveUnits',
    ]);
    expect(stages(energy({ rate: '1' }), vat({ of: [{ line: 'energy', aboveUnits: '10' }] }))).toEqual([
      'not-a-block-edge stages/1/of/0/aboveUnits',
    ]);
    expect(
      stages(
        fixed({ amount: '1', every: 'purchase' }),
        blocks,
        vat({ of: [{ line: 'fee', aboveUnits: '10' }] }),
      ),
    ).toEqual(['not-a-block-edge stages/2/of/0/aboveUnits']);
    const scheduled = (crossing: string, second: unknown): string[] =>
      stages(
        energy({ window: 'month', crossing, schedules: [{ upTo: '5', blocks: BLOCKS }, { blocks: second }] }),
        vat({ of: [{ line: 'energy', aboveUnits: '10' }] }),
      );
    expect(scheduled('purchase', BLOCKS)).toEqual([]);
    expect(scheduled('purchase', [{ rate: '1' }])).toEqual(['not-a-block-edge stages/1/of/0/aboveUnits']);
    expect(scheduled('difference', BLOCKS)).toEqual(['not-a-block-edge stages/1/of/0/aboveUnits']);
  });

  test('shares of the amount', () => {
    expect(share({})).toEqual([]);
    expect(share({ atLeast: '1', atMost: '2' })).toEqual([]);
    expect(share({ method: 'added' })).toEqual(['added-is-on-top stages/0/method']);
    expect(share({ onTop: true })).toEqual(['added-is-on-top stages/0/method']);
    expect(share({ method: 'added', onTop: true })).toEqual([]);
    expect(share({ method: 'added', onTop: true, of: 'remaining' })).toEqual([
      'field-not-here stages/0/onTop',
    ]);
    expect(share({ rate: '100' })).toEqual(['rate-too-high stages/0/rate']);
    expect(share({ rate: '200', part: '50' })).toEqual(['rate-too-high stages/0/rate']);
    expect(share({ rate: '99.999999' })).toEqual([]);
    expect(share({ rate: '100', method: 'contained' })).toEqual([]);
  });

  test('bounds are for shares of money', () => {
    expect(stages(energy({ rate: '1' }), vat({ atLeast: '1' }))).toEqual(['field-not-here stages/1/atLeast']);
    expect(stages(energy({ rate: '1' }), vat({ atMost: '1' }))).toEqual(['field-not-here stages/1/atMost']);
  });

  test('what is on top is taxed on top', () => {
    const top = fixed({ amount: '1', every: 'purchase', onTop: true });
    expect(stages(top, vat({ of: ['fee'], onTop: true }), energy({ rate: '1' }))).toEqual([]);
    expect(stages(top, vat({ of: ['fee', 'energy'] }), energy({ rate: '1' }))).toEqual([
      'on-top-mixed stages/1/of/0',
    ]);
    expect(stages(top, vat({ of: ['energy'], onTop: true }), energy({ rate: '1' }))).toEqual([
      'on-top-mixed stages/1/of/0',
    ]);
    const debt = { id: 'debt', kind: 'debt', label: 'D', role: 'debt', debt: 'old', take: 'all' };
    expect(stages(debt, vat({ of: ['debt'], onTop: true }), energy({ rate: '1' }))).toEqual([
      'on-top-mixed stages/1/of/0',
    ]);
  });

  test('what remains is known before the units only', () => {
    const debt = { id: 'debt', kind: 'debt', label: 'D', role: 'debt', debt: 'old', take: 'all' };
    expect(stages(debt, energy({ rate: '1' }))).toEqual([]);
    expect(stages(energy({ rate: '1' }), debt)).toEqual(['remaining-after-units stages/1']);
    expect(stages(fixed({ steps: STEPS, window: 'month' }), debt, energy({ rate: '1' }))).toEqual([
      'remaining-after-units stages/1',
    ]);
    expect(stages(fixed({ amount: '1', every: 'purchase' }), debt, energy({ rate: '1' }))).toEqual([]);
    expect(stages(energy({ rate: '1' }), vat({ of: 'remaining', method: 'contained' }))).toEqual([
      'remaining-after-units stages/1',
    ]);
    expect(stages(energy({ rate: '1' }), vat({ of: 'amount', method: 'contained' }))).toEqual([]);
  });
});

describe('ranges of amounts', () => {
  const range = (amount: Parts, stage: Parts = fixed({ amount: '1', every: 'purchase' })): string[] =>
    stages({ ...stage, when: { amount } }, energy({ rate: '1' }));
  const here = 'stages/0/when/amount';

  test('from one sum to a larger one', () => {
    expect(range({ above: '1', upTo: '2' })).toEqual([]);
    expect(range({ upTo: '2' })).toEqual([]);
    expect(range({ above: '2' })).toEqual([]);
    expect(range({})).toEqual([]);
    expect(range({ above: '2', upTo: '2' })).toEqual([`minimum-above-maximum ${here}`]);
    expect(range({ upTo: '0' })).toEqual([`minimum-above-maximum ${here}`]);
    expect(range({ above: '2.001' })).toEqual([`too-precise ${here}`]);
    expect(range({ upTo: '2.001' })).toEqual([`too-precise ${here}`]);
  });

  test('only for what is taken from the money', () => {
    const debt = { id: 'debt', kind: 'debt', label: 'D', role: 'debt', debt: 'old', take: 'all' };
    expect(range({ above: '1' }, debt)).toEqual([]);
    expect(range({ above: '1' }, vat({ of: 'amount', method: 'of-gross' }))).toEqual([]);
    expect(range({ above: '1' }, vat({}))).toEqual([`field-not-here ${here}`]);
    expect(range({ above: '1' }, fixed({ steps: STEPS, window: 'month' }))).toEqual([
      `field-not-here ${here}`,
    ]);
    expect(range({ above: '1' }, { ...energy({ rate: '1' }), id: 'levy' })).toEqual([
      `field-not-here ${here}`,
    ]);
  });

  test('in plain words', () => {
    const data = tariffData({
      stages: [
        fixed({ amount: '1', every: 'purchase', when: { amount: { above: '1', upTo: '2' } } }),
        energy({ rate: '1' }),
      ],
    });
    expect(describeTariff(tariffOf(data))[1]).toEqual({
      code: 'fixed',
      params: { label: 'Fee', amount: '1', every: 'purchase', amountAbove: '1', amountUpTo: '2' },
    });
  });
});

describe('text', () => {
  const text = JSON.stringify(flatTariff({ rate: '15 %', method: 'added' }), undefined, 2);

  test('a good text', () => {
    expect(parseTariffText(JSON.stringify(flatTariff()))).toEqual({ ok: true, value: flatTariff() });
  });

  test('faults have the line that they are about', () => {
    const line = text.split('\n').findIndex((each) => each.includes('15 %')) + 1;
    expect(parseTariffText(text)).toEqual({
      ok: false,
      error: [{ code: 'field-invalid', path: 'stages/1/rate', params: {}, line }],
    });
  });

  test('a missing field is at the thing that misses it; a missing part of the file at line 1', () => {
    const data = flatTariff() as { stages: Record<string, unknown>[]; name?: string };
    delete data.stages[1]!['rate'];
    delete data.name;
    const lines = JSON.stringify(data, undefined, 2).split('\n');
    const found = parseTariffText(lines.join('\n'));
    const second = lines.findIndex((each) => each.includes('"vat"'));
    expect(found).toMatchObject({
      ok: false,
      error: [
        { path: 'name', line: 1 },
        { path: 'stages/1/rate', line: second },
      ],
    });
  });

  test('arrays in one line, texts with signs in them, several blocks', () => {
    const source = `{
  "a": [[1, 2], {"x": "}],:{[\\""}],
  "stages": [
    {"blocks": [
      {"rate": "1"},
      {"rate": "oops"}
    ]}
  ]
}`;
    const found = parseTariffText(source);
    const lines = found.ok
      ? []
      : found.error
          .filter(({ path }) => path.startsWith('stages/0') || path === 'a')
          .map(({ path, line }) => [path, line]);
    expect(lines).toContainEqual(['stages/0/kind', 4]);
    expect(lines).toContainEqual(['a', 2]);
  });

  test('no JSON: the line at which it ends', () => {
    expect(parseTariffText('{\n  "a": 1,\n  oops\n}')).toEqual({
      ok: false,
      error: [{ code: 'not-json', path: '', params: {}, line: 3 }],
    });
    expect(parseTariffText('{\n  "a": 1\n')).toMatchObject({ error: [{ code: 'not-json', line: 3 }] });
  });
});

describe('in plain words', () => {
  const described = (parts: Parts): { code: string; params: Parts }[] => [
    ...describeTariff(tariffOf(tariffData(parts))),
  ];
  const stage = (...list: readonly unknown[]): { code: string; params: Parts }[] =>
    described({ stages: list }).slice(1, -1);

  test('head and tail', () => {
    expect(described({ source: 'a paper' })).toEqual([
      {
        code: 'tariff',
        params: {
          id: 'test',
          version: 1,
          name: 'Test',
          effectiveFrom: '2026-01-01T00:00',
          resource: 'electricity',
          meter: 'units',
          currency: 'ZAR',
          source: 'a paper',
        },
      },
      { code: 'per-unit', params: { label: 'Energy', from: '0', rate: '2.00' } },
      { code: 'units-rounding', params: { roundings: 'down 0.1', linesFrom: 'rounded', remainder: 'carry' } },
    ]);
    const rest = described({
      units: {
        rounding: [
          { mode: 'half-up', to: '0.01' },
          { mode: 'down', to: '0.1' },
        ],
        linesFrom: 'exact',
        remainder: { line: 'energy' },
        preset: 'part',
      },
      limits: { minimum: '5', windowMaximum: { window: 'month', units: '90' } },
      entitlements: [
        {
          id: 'f',
          label: 'Free',
          units: '5',
          every: { months: 1 },
          homeStationOnly: true,
          withPurchaseOnly: true,
          maxPeriods: 2,
        },
      ],
    }).slice(2);
    expect(rest).toEqual([
      { code: 'entitlement', params: { label: 'Free', units: '5', every: '1 months', maxPeriods: 2 } },
      {
        code: 'units-rounding',
        params: { roundings: 'half-up 0.01, down 0.1', linesFrom: 'exact', remainder: 'energy' },
      },
      { code: 'limits', params: { minimum: '5', windowMaximum: '90' } },
    ]);
  });

  test('prices per unit', () => {
    expect(
      stage(
        energy({
          window: 'month',
          blocks: [...BLOCKS.slice(0, 1), { upTo: '20', rate: '2' }, { rate: '3' }],
          rateFactor: '1.1',
          blocksTimes: 'kva',
        }),
      ),
    ).toEqual([
      {
        code: 'per-unit-block',
        params: {
          label: 'Energy',
          from: '0',
          upTo: '10',
          rate: '1',
          every: '1 months',
          rateFactor: '1.1',
          blocksTimes: 'kva',
        },
      },
      {
        code: 'per-unit-block',
        params: {
          label: 'Energy',
          from: '10',
          upTo: '20',
          rate: '2',
          every: '1 months',
          rateFactor: '1.1',
          blocksTimes: 'kva',
        },
      },
      {
        code: 'per-unit-block',
        params: {
          label: 'Energy',
          from: '20',
          rate: '3',
          every: '1 months',
          rateFactor: '1.1',
          blocksTimes: 'kva',
        },
      },
    ]);
    expect(stage(energy({ window: 'month', crossing: 'purchase', schedules: SCHEDULES }))).toEqual([
      {
        code: 'per-unit',
        params: {
          label: 'Energy',
          from: '0',
          rate: '1',
          every: '1 months',
          totalAbove: '0',
          totalUpTo: '10',
          crossing: 'purchase',
        },
      },
      {
        code: 'per-unit',
        params: {
          label: 'Energy',
          from: '0',
          rate: '2',
          every: '1 months',
          totalAbove: '10',
          crossing: 'purchase',
        },
      },
    ]);
    expect(
      stage(energy({ rate: '2' }), {
        ...energy({ rate: '1', rebate: true, when: { category: ['a', 'b'], channel: ['c'] } }),
        id: 'off',
      })[1],
    ).toEqual({
      code: 'per-unit-rebate',
      params: { label: 'Energy', from: '0', rate: '1', only: 'a, b, c' },
    });
  });

  test('percentages', () => {
    const blocks = energy({ window: 'month', blocks: BLOCKS });
    expect(stage(vat({ of: 'amount', method: 'of-gross', atLeast: '1', atMost: '2' }), blocks)[0]).toEqual({
      code: 'percent-of-gross',
      params: { label: 'VAT', rate: '15', of: 'amount', atLeast: '1', atMost: '2' },
    });
    expect(
      stage(
        blocks,
        vat({ of: ['energy', { line: 'energy', aboveUnits: '10' }], part: '62', rebate: true }),
      )[2],
    ).toEqual({
      code: 'percent-added-rebate',
      params: { label: 'VAT', rate: '15', of: 'Energy + Energy > 10', part: '62' },
    });
    expect(stage(vat({ of: 'amount', onTop: true }), blocks)[0]?.code).toBe('percent-added-on-top');
  });

  test('fixed charges and debts', () => {
    expect(
      stage(
        fixed({ amount: '5', every: { days: 30 }, maxPeriods: 3, times: 'kva', short: 'part' }),
        energy({ rate: '1' }),
      )[0],
    ).toEqual({
      code: 'fixed',
      params: { label: 'Fee', amount: '5', every: '30 days', maxPeriods: 3, times: 'kva', short: 'part' },
    });
    expect(stage(fixed({ amount: '5', every: 'purchase', onTop: true }), energy({ rate: '1' }))[0]).toEqual({
      code: 'fixed-on-top',
      params: { label: 'Fee', amount: '5', every: 'purchase' },
    });
    expect(
      stage(fixed({ amount: '5', every: 'purchase', rebate: true }), energy({ rate: '1' }))[0]?.code,
    ).toBe('fixed-rebate');
    expect(stage(fixed({ steps: STEPS, window: 'month' }), energy({ rate: '1' })).slice(0, 2)).toEqual([
      {
        code: 'fixed-step',
        params: { label: 'Fee', amount: '1', totalAbove: '0', totalUpTo: '10', every: '1 months' },
      },
      { code: 'fixed-step', params: { label: 'Fee', amount: '2', totalAbove: '10', every: '1 months' } },
    ]);
    const debt = (parts: Parts) =>
      stage(
        { id: 'debt', kind: 'debt', label: 'D', role: 'debt', debt: 'old', ...parts },
        energy({ rate: '1' }),
      )[0];
    expect(debt({ take: 'all', blockUntilPaid: '30' })).toEqual({
      code: 'debt-all',
      params: { label: 'D', debt: 'old', blockUntilPaid: '30' },
    });
    expect(
      debt({ take: 'instalment', atLeast: '1', atMost: '2', atMostShare: { rate: '90', of: 'remaining' } }),
    ).toEqual({
      code: 'debt-instalment',
      params: { label: 'D', debt: 'old', atLeast: '1', atMost: '2', cap: '90 % remaining' },
    });
    expect(debt({ take: { fixed: '7' } })).toEqual({
      code: 'debt-fixed',
      params: { label: 'D', debt: 'old', amount: '7' },
    });
    expect(debt({ take: { share: { rate: '30', of: 'balance' } } })).toEqual({
      code: 'debt-share',
      params: { label: 'D', debt: 'old', rate: '30', of: 'balance' },
    });
  });

  test('a window that is one purchase', () => {
    expect(
      described({
        windows: { each: { every: 'purchase' } },
        stages: [energy({ window: 'each', blocks: BLOCKS })],
      })[1]?.params['every'],
    ).toBe('purchase');
  });
});
