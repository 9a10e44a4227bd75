import { emptyState, noQuantisation, parseTariff, quote } from './index.ts';
import type { AccountState, Quantise, Quote, QuoteError, QuoteRequest, Tariff } from './index.ts';

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

/** A share of the whole amount that leaves next to nothing for energy, which is dear besides. */
export const nearlyAllTaken = (rate: string): Record<string, unknown> =>
  tariffData({
    stages: [
      {
        id: 'all',
        kind: 'percent',
        label: 'All',
        role: 'fee',
        rate,
        method: 'of-gross',
        of: 'amount',
        rounding: { mode: 'up', to: '0.01' },
      },
      energy({ rate: '100000' }),
    ],
  });

/** 2.00 a unit with 15 % tax. */
export const flatTariff = (tax: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  tariffData({ stages: [energy({ rate: '2.00' }), vat(tax)] });

/** Parses tariff data that is meant to be right. */
export function tariffOf(data: unknown): Tariff {
  const parsed = parseTariff(data);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

export const money = (amountMinor: number, more: Partial<QuoteRequest> = {}): QuoteRequest => ({
  cash: false,
  entitlements: [],
  ...more,
  kind: 'money',
  amountMinor,
});

export const units = (quantity: number, more: Partial<QuoteRequest> = {}): QuoteRequest => ({
  cash: false,
  entitlements: [],
  ...more,
  kind: 'units',
  quantity,
});

/** The moment of most unit tests. */
export const AT = '2026-11-23T10:00';

/** A quote that is meant to be possible. */
export function quoted(
  tariff: Tariff,
  request: QuoteRequest,
  state: Partial<AccountState> = {},
  at: string = AT,
  quantise: Quantise = noQuantisation,
): Quote {
  const made = quote(tariff, { ...emptyState(at), ...state }, request, at, quantise);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

/** The refusal of a quote that is meant to be impossible. */
export function refused(
  tariff: Tariff,
  request: QuoteRequest,
  state: Partial<AccountState> = {},
  at: string = AT,
): QuoteError {
  const made = quote(tariff, { ...emptyState(at), ...state }, request, at, noQuantisation);
  if (made.ok) throw new Error('quoted');
  return made.error;
}

/** Amounts of a quote by line. */
export const linesByKey = (made: Quote): Record<string, number> =>
  Object.fromEntries(made.lines.map(({ key, amountMinor }) => [key, amountMinor]));
