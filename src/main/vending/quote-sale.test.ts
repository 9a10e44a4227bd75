import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StationSettings } from '../../contract/index.ts';
import {
  emptyState,
  parseTariff,
  quote,
  type AccountState,
  type QuoteRequest,
  type Tariff,
} from '../../tariff/index.ts';
import { limitsOf, quantiseUnits, quoteFault, type PricingDeps } from './quote-sale.ts';

const AT = '2026-11-23T10:00';

/** Of a station these rules read the currency and the channel only. */
const depsWith = (cashStepMinor: number): PricingDeps => ({
  ledger: undefined as never,
  directory: undefined as never,
  settings: { currency: { code: 'ZAR', minorDigits: 2, cashStepMinor } } as unknown as StationSettings,
});

const STAGES = {
  energy: (rate: string) => ({ id: 'energy', kind: 'per-unit', label: 'Energy', role: 'energy', rate }),
  vat: (rate: string) => ({
    id: 'vat',
    kind: 'percent',
    label: 'VAT',
    role: 'tax',
    rate,
    method: 'added',
    of: ['energy'],
  }),
  fee: (amount: string) => ({
    id: 'fee',
    kind: 'fixed',
    label: 'Fee',
    role: 'fee',
    amount,
    every: 'purchase',
  }),
} as const;

type Rule = keyof typeof STAGES;

function tariffOf(
  order: readonly Rule[],
  rates: Readonly<Record<Rule, string>>,
  cashStepMinor: number,
): Tariff {
  const parsed = parseTariff({
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id: 'test',
    version: 1,
    name: 'Test',
    effectiveFrom: '2026-01-01T00:00',
    resource: 'electricity',
    meter: 'units',
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor },
    cashRounding: 'down',
    lineRounding: { mode: 'half-up', to: '0.01' },
    units: {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'rounded',
      remainder: 'carry',
      preset: 'part',
    },
    stateMaxAgeHours: 24,
    windows: {},
    entitlements: [],
    limits: {},
    stages: order.map((rule) => STAGES[rule](rates[rule])),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const minorOf = (text: unknown): number => Math.round(Number(String(text).replace('ZAR', '').trim()) * 100);

const hundredths = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((value) => (value / 100).toFixed(2));

describe('what the smallest token is said to cost', () => {
  const cases = fc.record({
    // A tax stands behind what it is on; the fee anywhere.
    order: fc.constantFrom<readonly Rule[]>(
      ['energy'],
      ['energy', 'vat'],
      ['energy', 'fee', 'vat'],
      ['energy', 'vat', 'fee'],
      ['fee', 'energy', 'vat'],
    ),
    rates: fc.record({ energy: hundredths(5, 900), vat: hundredths(1, 3_000), fee: hundredths(1, 2_000) }),
    cashStepMinor: fc.constantFrom(1, 5, 10, 50, 100),
    balanceMinor: fc.nat(300),
  });

  it('is what a customer can pay for one: a coin less buys none', () => {
    fc.assert(
      fc.property(cases, ({ order, rates, cashStepMinor, balanceMinor }) => {
        const tariff = tariffOf(order, rates, cashStepMinor);
        const state: AccountState = { ...emptyState(AT), balanceMinor };
        const deps = depsWith(cashStepMinor);
        const limits = limitsOf(deps, { tariff, state, at: AT, statementAsOfUnixMs: null });
        if (!limits.ok) throw new Error(limits.error.code);
        const { amountMinor, reason } = limits.value.minimum;
        fc.pre(reason.id === 'limit.units');
        const told = minorOf(reason.params.amount);
        const buys = (amount: number): boolean => {
          const request: QuoteRequest = { kind: 'money', amountMinor: amount, cash: true, entitlements: [] };
          const made = quote(tariff, state, request, AT, quantiseUnits);
          return made.ok && made.value.tenderMinor === amount && made.value.tokens.length === 1;
        };
        expect(told).toBe(amountMinor);
        expect(buys(told)).toBe(true);
        expect(told === cashStepMinor || !buys(told - cashStepMinor)).toBe(true);
        const refused = quoteFault(deps.settings, {
          code: 'below-minimum',
          minimumMinor: told,
          reasons: [{ code: 'units', amountMinor: 1, rule: 'energy' }],
        });
        expect(!refused.ok && minorOf(refused.error.params.amount)).toBe(told);
      }),
    );
  });
});
