import { describe, expect, test } from 'vitest';
import { runTariffVectors } from './index.ts';
import { AT, energy, flatTariff, tariffData } from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

const VECTOR = {
  id: 'one',
  origin: { kind: 'worked', arithmetic: ['# by hand'] },
  tariff: 'flat',
  at: AT,
  request: { kind: 'money', amountMinor: 10_000 },
  expect: {},
};

const file = (parts: Parts): Parts => ({
  format: 'kioskwatt-tariff-vectors',
  formatVersion: 1,
  name: 'Test',
  country: 'Any',
  rates: 'Illustrative.',
  tariffs: {
    flat: flatTariff(),
    blocks: tariffData({
      stages: [energy({ window: 'month', blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }] })],
    }),
  },
  vectors: [],
  ...parts,
});

function run(...vectors: readonly Parts[]) {
  const report = runTariffVectors(
    file({ vectors: vectors.map((each, index) => ({ ...VECTOR, id: `v${index}`, ...each })) }),
  );
  if (!report.ok) throw new Error(report.error.path);
  return report.value;
}

const failures = (...vectors: readonly Parts[]): string[] =>
  run(...vectors).failed.flatMap(({ id, differences }) => differences.map(({ path }) => `${id} ${path}`));

describe('vectors', () => {
  test('every figure that holds', () => {
    const wanted = {
      quantity: 434,
      freeQuantity: 0,
      boughtQuantity: 434,
      exactQuantity: '10000/23',
      amountMinor: 10_000,
      tenderMinor: 10_000,
      changeMinor: 0,
      carriedMinor: 18,
      accountedMinor: 9982,
      tokenRoundingMinor: 0,
      lines: { energy: 8680, vat: 1302 },
      notices: [],
      provisional: [],
      after: { balanceMinor: 18, windows: { month: { quantity: 434 } } },
    };
    expect(run({ expect: wanted })).toEqual({ passed: 1, failed: [] });
  });

  test.each([
    ['quantity', 433, 'quantity'],
    ['freeQuantity', 1, 'freeQuantity'],
    ['boughtQuantity', 433, 'quote/boughtQuantity'],
    ['carriedMinor', 17, 'quote/carriedMinor'],
    ['lines', { energy: 8680, vat: 1301 }, 'lines/vat'],
    ['lines', { energy: 8680 }, 'lines/vat'],
    ['lines', { energy: 8680, vat: 1302, levy: 1 }, 'lines/levy'],
    ['notices', ['no-units'], 'notices'],
    ['provisional', ['sold-elsewhere'], 'provisional'],
    ['after', { balanceMinor: 17 }, 'after/balanceMinor'],
    ['after', { windows: { week: 1 } }, 'after/windows/week'],
    ['after', { adjustments: [1] }, 'after/adjustments/0'],
    ['error', { code: 'below-minimum' }, 'error'],
  ])('a wrong %s %j is named', (name, value, path) => {
    expect(failures({ expect: { [name]: value } })).toEqual([`v0 ${path}`]);
  });

  test('what was expected and what came', () => {
    expect(run({ expect: { quantity: 433 } })).toEqual({
      passed: 0,
      failed: [{ id: 'v0', differences: [{ path: 'quantity', recorded: 433, recomputed: 434 }] }],
    });
    expect(run({ expect: { notices: ['no-units'] } }).failed[0]?.differences).toEqual([
      { path: 'notices', recorded: 'no-units', recomputed: [] },
    ]);
  });

  test('refusals of a quote', () => {
    const early = { at: '2020-01-01T00:00' };
    expect(run({ ...early, expect: { error: { code: 'tariff-not-in-force' } } })).toEqual({
      passed: 1,
      failed: [],
    });
    expect(failures({ ...early, expect: { error: { code: 'other' } } })).toEqual(['v0 error/code']);
    expect(failures({ ...early, expect: {} })).toEqual(['v0 error/code']);
  });

  test('a vector that follows another goes on from its account', () => {
    const first = {
      tariff: 'blocks',
      request: { kind: 'money', amountMinor: 1000 },
      expect: { quantity: 100 },
    };
    expect(run(first, { ...first, follows: 'v0', expect: { quantity: 50 } })).toEqual({
      passed: 2,
      failed: [],
    });
    expect(
      run(first, { ...first, follows: 'v0', state: { windows: {} }, expect: { quantity: 100 } }),
    ).toEqual({ passed: 2, failed: [] });
    expect(failures({ ...first, follows: 'nothing' })).toEqual(['v0 state']);
  });

  test('tokens in steps', () => {
    expect(run({ tokenStep: 100, expect: { quantity: 500, boughtQuantity: 434 } })).toMatchObject({
      passed: 1,
    });
  });

  test('what a vector gets wrong itself', () => {
    expect(failures({ tariff: 'none' })).toEqual(['v0 tariff']);
    expect(failures({ request: { kind: 'money' } })).toEqual(['v0 request']);
    expect(failures({ state: { balanceMinor: -1 } })).toEqual(['v0 state']);
  });
});

describe('files', () => {
  test('tariffs that should be good and are not', () => {
    const report = runTariffVectors(file({ tariffs: { bad: { ...flatTariff(), version: 0 } } }));
    expect(report).toEqual({
      ok: true,
      value: {
        passed: 0,
        failed: [
          {
            id: 'tariff bad',
            differences: [{ path: 'version', recorded: null, recomputed: 'field-invalid' }],
          },
        ],
      },
    });
  });

  test('tariffs that should be refused', () => {
    const refusal = (tariff: unknown, code: string, path: string) => {
      const refusals = [{ id: 'r', origin: VECTOR.origin, tariff, expect: [{ code, path }] }];
      return runTariffVectors(file({ refusals }));
    };
    const bad = { ...flatTariff(), version: 0 };
    expect(refusal(bad, 'field-invalid', 'version')).toEqual({ ok: true, value: { passed: 1, failed: [] } });
    const different = [{ path: 'name', recorded: 'field-invalid', recomputed: ['field-invalid version'] }];
    expect(refusal(bad, 'field-invalid', 'name')).toMatchObject({
      value: { failed: [{ id: 'r', differences: different }] },
    });
    expect(refusal(bad, 'other', 'version')).toMatchObject({ value: { failed: [{ id: 'r' }] } });
    expect(refusal(flatTariff(), 'field-invalid', 'version')).toMatchObject({
      value: { failed: [{ differences: [{ recomputed: [] }] }] },
    });
  });

  test('a file of another shape', () => {
    expect(runTariffVectors(7)).toEqual({ ok: false, error: { code: 'vectors-invalid', path: '' } });
    expect(runTariffVectors(file({ vectors: [{ ...VECTOR, origin: { kind: 'guessed' } }] }))).toEqual({
      ok: false,
      error: { code: 'vectors-invalid', path: 'vectors/0/origin/kind' },
    });
  });
});
