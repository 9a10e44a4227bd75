import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { StationSettings } from '../../contract/index.ts';
import { appendRecord, CLOCK_ACCEPTED } from '../ledger/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { keepRetention } from './retention.ts';

const MINUTE_MS = 60_000;
const NOW = Date.UTC(2026, 0, 5);
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

it('blanks nothing by a clock that jumped ahead, until that is accepted', () => {
  vi.setSystemTime(NOW);
  const record = (kind: string): unknown =>
    ledger.transaction((tx) =>
      appendRecord(tx, {
        kind,
        atUnixMs: Date.now(),
        businessDate: '2026-01-05',
        operatorId: null,
        subjectId: null,
        detail: {},
      }),
    );
  record('test');
  ledger.transaction((tx) =>
    tx.prepare("INSERT INTO directory_change VALUES ('change', 1, ?, 1, zeroblob(16), '{}')").run(Date.now()),
  );
  const kept = (): unknown =>
    ledger.prepare('SELECT count(*) AS n FROM directory_change WHERE change IS NOT NULL').get();
  const rule = keepRetention(ledger, SETTINGS, Date.now);
  vi.setSystemTime(NOW + 5 * 365 * 86_400_000);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(kept()).toEqual({ n: 1 });
  record(CLOCK_ACCEPTED);
  vi.advanceTimersByTime(10 * MINUTE_MS);
  expect(kept()).toEqual({ n: 0 });
  rule.close();
});

it('does nothing where there is no rule', () => {
  const { retentionMonths: _months, ...without } = SETTINGS;
  keepRetention(ledger, without, Date.now);
  expect(vi.getTimerCount()).toBe(0);
});
