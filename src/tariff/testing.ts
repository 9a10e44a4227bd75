/** Tariff data for unit tests: parts may be replaced. */
export function tariffData(parts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id: 'test',
    version: 1,
    name: 'Test',
    effectiveFrom: '2026-01-01T00:00',
    resource: 'electricity',
    meter: 'units',
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    cashRounding: 'down',
    lineRounding: { mode: 'half-up', to: '0.01' },
    units: {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'rounded',
      remainder: 'carry',
      preset: 'part',
    },
    stateMaxAgeHours: 24,
    windows: { month: { every: { months: 1 } } },
    entitlements: [],
    limits: {},
    stages: [energy({ rate: '2.00' })],
    ...parts,
  };
}

/** A per-unit stage called `energy`. */
export const energy = (parts: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  id: 'energy',
  kind: 'per-unit',
  label: 'Energy',
  role: 'energy',
  ...parts,
});

/** A percent stage called `vat` on the energy line. */
export const vat = (parts: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  id: 'vat',
  kind: 'percent',
  label: 'VAT',
  role: 'tax',
  rate: '15',
  method: 'added',
  of: ['energy'],
  ...parts,
});

/** 2.00 a unit with 15 % tax. */
export const flatTariff = (tax: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  tariffData({ stages: [energy({ rate: '2.00' }), vat(tax)] });
