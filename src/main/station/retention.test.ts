import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StationSettings } from '../../contract/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { keepRetention } from './retention.ts';

const MINUTE_MS = 60_000;
const SETTINGS: StationSettings = {
  version: 1,
  profile: 'private',
  stationId: 'T1',
  stationName: 'Test',
  receiptHeader: [],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: {},
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
  retentionMonths: 24,
};

let folder: string;
let ledger: LedgerWriter;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-rule-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  ledger.close();
  rmSync(folder, { recursive: true });
});

it('holds on to the rule after an error that nobody foresaw', () => {
  let looks = 0;
  const fails: LedgerWriter['transaction'] = (work) => {
    looks += 1;
    if (looks === 1) throw new TypeError('nobody foresaw this');
    return ledger.transaction(work);
  };
  const rule = keepRetention({ ...ledger, transaction: fails }, SETTINGS, Date.now);
  expect(() => vi.advanceTimersByTime(10 * MINUTE_MS)).toThrow('nobody foresaw this');
  expect(looks).toBe(1);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(looks).toBe(2);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(looks).toBe(3);
  rule.close();
  vi.advanceTimersByTime(60 * MINUTE_MS);
  expect(looks).toBe(3);
});

it('does nothing where there is no rule', () => {
  const { retentionMonths: _months, ...without } = SETTINGS;
  keepRetention(ledger, without, Date.now);
  expect(vi.getTimerCount()).toBe(0);
});
