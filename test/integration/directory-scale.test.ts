import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchDirectory, upsertCustomer, upsertMeter } from '../../src/main/directory/index.ts';
import { openWriter, type DirectoryWriter } from '../../src/main/store/index.ts';
import { KEY_TYPE, luhnCheckDigit } from '../../src/sts/index.ts';

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

let folder: string;
let db: DirectoryWriter;

function meterNumber(index: number): string {
  const payload = `00${(10_000_000 + index).toString()}`;
  return `${payload}${luhnCheckDigit(payload)}`;
}

const from = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-scale-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
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
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** The 95th percentile of so many searches, in milliseconds. */
function p95(times: number, text: (index: number) => string): number {
  const spent = Array.from({ length: times }, (_, index) => {
    const started = performance.now();
    expect(searchDirectory(db, text(index)).ok).toBe(true);
    return performance.now() - started;
  }).toSorted((a, b) => a - b);
  return spent[Math.floor(times * 0.95)] ?? Infinity;
}

describe(`search among ${CUSTOMERS} customers`, () => {
  it('answers a meter number in under a millisecond', () => {
    expect(p95(2000, (index) => meterNumber((index * 48_611) % CUSTOMERS))).toBeLessThan(1);
  });

  it('answers an account or a phone number in under a millisecond', () => {
    expect(p95(1000, (index) => (700_000_000 + ((index * 48_611) % CUSTOMERS)).toString())).toBeLessThan(1);
    expect(p95(1000, (index) => `+27 8${20_000_000 + ((index * 7919) % 79_999_999)}`)).toBeLessThan(1);
  });

  it.each([
    'a',
    'th',
    'thandi',
    'thandi nkosi',
    'nkosi thandi acacia',
    '12 aca',
    't n a s',
    'nobody',
    'elodie ba',
  ])('answers “%s” within a frame', (text) => {
    expect(p95(60, () => text)).toBeLessThan(16);
  });
});
