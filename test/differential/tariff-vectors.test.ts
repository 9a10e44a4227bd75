import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runTariffVectors } from '../../src/tariff/index.ts';
import { workThrough } from './tariff-arithmetic.ts';
import { fr, same, times } from './tariff-fraction.ts';

type Origin =
  | { readonly kind: 'published'; readonly source: string; readonly figure: string }
  | { readonly kind: 'worked'; readonly arithmetic: readonly string[] };
type VectorFile = {
  readonly country: string;
  readonly rates: string;
  readonly tariffs: Readonly<Record<string, { readonly currency: { readonly minorDigits: number } }>>;
  readonly vectors: readonly {
    readonly id: string;
    readonly origin: Origin;
    readonly tariff: string;
    readonly expect: { readonly lines?: Readonly<Record<string, number>>; readonly carriedMinor?: number };
  }[];
};

const FOLDER = join(import.meta.dirname, '../fixtures/tariff');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string): VectorFile => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as VectorFile;

test('there are tariffs of at least ten countries, and published figures among them', () => {
  const files = FILES.map(read);
  expect(new Set(files.map(({ country }) => country)).size).toBeGreaterThanOrEqual(10);
  const published = files
    .flatMap(({ vectors }) => vectors)
    .filter(({ origin }) => origin.kind === 'published');
  expect(published.length).toBeGreaterThanOrEqual(10);
});

describe.each(FILES)('%s', (name) => {
  const file = read(name);

  test('every vector holds', () => {
    const report = runTariffVectors(file);
    expect(report).toMatchObject({ ok: true, value: { failed: [] } });
    expect(report.ok ? report.value.passed : 0).toBeGreaterThan(0);
  });

  test('the arithmetic in the file is true, and gives the figures that are expected', () => {
    for (const { id, origin, tariff, expect: wanted } of file.vectors) {
      if (origin.kind !== 'worked') continue;
      const { values, faults } = workThrough(origin.arithmetic);
      expect(faults, id).toEqual([]);
      const minor = fr(10n ** BigInt(file.tariffs[tariff]!.currency.minorDigits));
      for (const [key, amount] of Object.entries(wanted.lines ?? {})) {
        const value = values.get(key);
        expect(value && same(times(value, minor), fr(amount)), `${id}: ${key} = ${amount}`).toBe(true);
      }
      const carried = values.get('carried');
      if (carried && wanted.carriedMinor !== undefined) {
        expect(same(times(carried, minor), fr(wanted.carriedMinor)), `${id}: carried`).toBe(true);
      }
    }
  });
});
