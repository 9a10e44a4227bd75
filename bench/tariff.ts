import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStation } from '../src/main/station/index.ts';
import type { Emit } from './run.ts';
import { emptyState, noQuantisation, parseTariff, quote, type QuoteRequest } from '../src/tariff/index.ts';

const SECONDS = 3;
const AT = '2026-08-17T10:30';

const money = { role: 'levy', kind: 'per-unit' } as const;

/** Ten lines on every quote: two charges of the amount and the month, two blocks, four levies, two taxes. */
const TEN_LINES = {
  format: 'kioskwatt-tariff',
  formatVersion: 1,
  id: 'ten-lines',
  version: 1,
  name: 'Ten lines',
  effectiveFrom: '2026-01-01T00:00',
  resource: 'electricity',
  meter: 'units',
  currency: { code: 'KES', minorDigits: 2, cashStepMinor: 100 },
  cashRounding: 'half-up',
  lineRounding: { mode: 'half-up', to: '0.01' },
  units: {
    rounding: [{ mode: 'down', to: '0.1' }],
    linesFrom: 'rounded',
    remainder: 'carry',
    preset: 'part',
  },
  stateMaxAgeHours: 24,
  windows: { month: { every: { months: 1 } } },
  stages: [
    { id: 'fixed', kind: 'fixed', label: 'Fixed', role: 'fee', amount: '150', every: { months: 1 } },
    {
      id: 'channel',
      kind: 'percent',
      label: 'Channel',
      role: 'fee',
      rate: '1.5',
      method: 'of-gross',
      of: 'amount',
    },
    {
      id: 'energy',
      kind: 'per-unit',
      label: 'Energy',
      role: 'energy',
      window: 'month',
      blocks: [{ upTo: '50', rate: '12.23' }, { upTo: '1500', rate: '16.45' }, { rate: '20.97' }],
    },
    { id: 'fuel', label: 'Fuel', rate: '3.64', ...money },
    { id: 'forex', label: 'Forex', rate: '1.12', ...money },
    { id: 'water', label: 'Water', rate: '0.015', ...money },
    { id: 'rep', kind: 'percent', label: 'Rural', role: 'levy', rate: '5', method: 'added', of: ['energy'] },
    { id: 'erc', label: 'Regulator', rate: '0.08', ...money },
    {
      id: 'vat',
      kind: 'percent',
      label: 'VAT',
      role: 'tax',
      rate: '16',
      method: 'added',
      of: ['fixed', 'energy', 'fuel', 'forex'],
    },
  ],
  entitlements: [],
  limits: {},
};

/** Quotes of different amounts, one after the other, for some seconds. */
function timed(makeRequest: (count: number) => QuoteRequest): number {
  const parsed = parseTariff(TEN_LINES);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const state = emptyState(AT);
  let count = 0;
  const start = performance.now();
  while (performance.now() - start < SECONDS * 1000) {
    const made = quote(parsed.value, state, makeRequest(count), AT, noQuantisation);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    if (made.value.lines.length < 10) throw new Error('the tariff is meant to give ten lines');
    count += 1;
  }
  return Math.round((count * 1000) / (performance.now() - start));
}

/** Emits `tariff.quotes` and `tariff.reverse`: quotes a second from money to units, and from units to money. */
export async function run(emit: Emit): Promise<void> {
  const rest = { cash: false, entitlements: [] };
  const forward = timed((count) => ({ kind: 'money', amountMinor: 250_000 + (count % 5000), ...rest }));
  emit({ metric: 'tariff.quotes', unit: 'quotes/s', value: forward });
  const reverse = timed((count) => ({ kind: 'units', quantity: 600 + (count % 500), ...rest }));
  emit({ metric: 'tariff.reverse', unit: 'quotes/s', value: reverse });
  const saleMs = await saleTime();
  const quoteMs = 1_000 / forward;
  emit({
    metric: 'tariff.share',
    unit: 'of a sale',
    value: Number((quoteMs / saleMs).toFixed(4)),
    yardstick: saleMs,
  });
}

const SALES = 120;

/** The median time of a sale in milliseconds, from the tender key to the recorded token, on this disk. */
async function saleTime(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-tariff-'));
  let nowUnixMs = Date.UTC(2026, 10, 23, 8, 0);
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    now: () => nowUnixMs,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const station = opened.value;
  const { handlers, newId, newSession } = station;
  try {
    const session = newSession();
    session.operator = { operatorId: 'bench', name: 'Bench', role: 'cashier' };
    const found = await handlers['directory.search']({ text: 'Thandi Nkosi' }, session);
    const pan = found.ok ? (found.value.hits[0]?.pan ?? '') : '';
    const spent: number[] = [];
    for (let sale = 0; sale < SALES; sale += 1) {
      nowUnixMs += 20 * 60_000;
      const quoted = await handlers['sale.quote']({ pan, amountMinor: 10_000 }, session);
      if (!quoted.ok) throw new Error(quoted.error.code);
      const tender = { kind: 'cash', receivedMinor: 10_000 } as const;
      const units = quoted.value.unitsTenths;
      const started = performance.now();
      const sold = await handlers['sale.vend'](
        { requestId: newId(), pan, amountMinor: 10_000, quotedUnitsTenths: units, tender },
        session,
      );
      spent.push(performance.now() - started);
      if (!sold.ok) throw new Error(sold.error.code);
    }
    return Number((spent.toSorted((a, b) => a - b)[SALES / 2] ?? 0).toFixed(3));
  } finally {
    await station.close();
    rmSync(folder, { recursive: true });
  }
}
