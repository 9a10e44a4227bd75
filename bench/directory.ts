import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { searchDirectory, upsertCustomer, upsertMeter } from '../src/main/directory/index.ts';
import { openWriter, type DirectoryWriter } from '../src/main/store/index.ts';
import { KEY_TYPE, luhnCheckDigit } from '../src/sts/index.ts';

type Line = {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly yardstick?: number;
  readonly ratio?: number;
};

/** A directory of a town: what a cashier types has to be answered while the key is still going up. */
const CUSTOMERS = 100_000;
const FIRST_NAMES = [
  'Thandi',
  'Lindiwe',
  'Sipho',
  'Amadou',
  'Grace',
  'Juma',
  'Élodie',
  'Kwame',
  'Ama',
  'Priya',
];
const LAST_NAMES = [
  'Nkosi',
  'Dlamini',
  'Moyo',
  'Banda',
  'Phiri',
  'Mwangi',
  'Bâ',
  'Osei',
  'Zulu',
  'Traoré',
  'Ncube',
];
const STREETS = [
  'Acacia St',
  'Long Street',
  'Church Street',
  'Main Road',
  'Protea Rd',
  'Cairo Road',
  'Uhuru Street',
];

function meterNumber(index: number): string {
  const payload = `00${(10_000_000 + index).toString()}`;
  return `${payload}${luhnCheckDigit(payload)}`;
}

const from = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

function fill(db: DirectoryWriter): void {
  db.transaction((tx) => {
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const customerId = `c-${index}`;
      upsertCustomer(tx, {
        customerId,
        name: `${from(FIRST_NAMES, index)} ${from(LAST_NAMES, index * 7)}`,
        account: (700_000_000 + index).toString(),
        phone: `+27 8${20_000_000 + ((index * 7919) % 79_999_999)}`,
        address: `${((index * 31) % 999) + 1} ${from(STREETS, index * 3)}`,
      });
      upsertMeter(tx, {
        meterNumber: meterNumber(index),
        customerId,
        resource: 'electricity',
        sgc: '201457',
        krn: 1,
        ti: 1,
        ea: 7,
        dkga: 4,
        keyType: KEY_TYPE.unique,
        baseDate: 2014,
        ken: 255,
        tariffId: 'home-flat',
        blockedReason: null,
      });
    }
  });
}

/** The 95th percentile of so many searches, in milliseconds. */
function p95(db: DirectoryWriter, times: number, text: (index: number) => string): number {
  const spent = Array.from({ length: times }, (_, index) => {
    const started = performance.now();
    if (!searchDirectory(db, text(index)).ok) throw new Error(`${text(index)} is refused`);
    return performance.now() - started;
  }).toSorted((a, b) => a - b);
  return Number((spent[Math.floor(times * 0.95)] ?? 0).toFixed(3));
}

const WORDS = [
  'a',
  'th',
  'thandi',
  'thandi nkosi',
  'nkosi thandi acacia',
  '12 aca',
  't n a s',
  'nobody',
  'elodie ba',
];

/** Emits the 95th percentiles of searches among 100,000 customers, against an exact meter number's. */
export async function run(emit: (line: Line) => void): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-directory-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  try {
    fill(db);
    const exact = p95(db, 2_000, (index) => meterNumber((index * 48_611) % CUSTOMERS));
    emit({ metric: 'directory.number', value: exact, unit: 'ms p95' });
    const account = p95(db, 1_000, (index) => (700_000_000 + ((index * 48_611) % CUSTOMERS)).toString());
    emit({
      metric: 'directory.account',
      value: account,
      unit: 'ms p95',
      yardstick: exact,
      ratio: account / exact,
    });
    const words = Math.max(...WORDS.map((text) => p95(db, 60, () => text)));
    emit({ metric: 'directory.words', value: words, unit: 'ms p95', yardstick: exact, ratio: words / exact });
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
  return Promise.resolve();
}
