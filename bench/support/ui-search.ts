import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { searchDirectory } from '../../src/main/directory/index.ts';
import { parseMeterNumber } from '../../src/sts/index.ts';
import { openReader, openWriter, type DirectoryReader } from '../../src/main/store/index.ts';
import { randomFrom, settleTown, townMeter, townspeople, withOneSlip, type Townsman } from '../lib/town.ts';
import type { Emit } from '../run.ts';

/** KIOSKWATT_BENCH_CUSTOMERS makes a quick try of it. */
const CUSTOMERS = Number(process.env['KIOSKWATT_BENCH_CUSTOMERS'] ?? 1_000_000);
const SEED = 20_261_124;
const SEARCHES = 2_000;

type Search = { readonly text: string; readonly index: number };

/** Times searches, by the clock and in processor time, and counts those that have the right customer among the first five. */
function searched(
  db: DirectoryReader,
  searches: readonly Search[],
): { readonly p95: number; readonly cpuP95: number; readonly found: number } {
  let found = 0;
  const cpu: number[] = [];
  const spent = searches.map(({ text, index }) => {
    const used = process.cpuUsage();
    const started = performance.now();
    const hits = searchDirectory(db, text);
    const took = performance.now() - started;
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
    const first = hits.ok ? hits.value.slice(0, 5) : [];
    if (first.some(({ customerId }) => customerId === `c-${index}`)) found += 1;
    return took;
  });
  const p95 = (of: readonly number[]): number =>
    of.toSorted((a, b) => a - b)[Math.floor(of.length * 0.95)] ?? 0;
  return { p95: p95(spent), cpuP95: p95(cpu), found: found / searches.length };
}

/** Somebody's name and the number of their house, as it is said at the counter, with one slip in the name. */
const mistyped = ({ name, address, index }: Townsman, random: () => number): Search => ({
  text: `${withOneSlip(name, random)} ${address.split(' ')[0] ?? ''}`,
  index,
});

function searchIn(db: DirectoryReader, emit: Emit): void {
  const random = randomFrom(SEED + 1);
  const chosen = new Set(Array.from({ length: SEARCHES }, () => Math.floor(random() * CUSTOMERS)));
  const people = [...townspeople(CUSTOMERS, SEED)].filter(({ index }) => chosen.has(index));
  const exactly = (): Search[] => people.map(({ index }) => ({ text: townMeter(index), index }));
  searched(db, exactly());
  const byNumber = db.prepare('SELECT * FROM meter JOIN customer USING (customer_row) WHERE pan = ?');
  const exact = people
    .map(({ index }) => {
      const meter = parseMeterNumber(townMeter(index));
      const started = performance.now();
      byNumber.get(meter.ok ? meter.value.pan : '');
      return performance.now() - started;
    })
    .toSorted((a, b) => a - b);
  const yardstick = exact[Math.floor(exact.length * 0.95)] ?? 0;
  const number = searched(db, exactly());
  emit({
    metric: 'ui.search.number',
    value: Number(number.p95.toFixed(3)),
    unit: 'ms p95',
    yardstick: Number(yardstick.toFixed(3)),
    ratio: Number((number.p95 / yardstick).toFixed(2)),
    goal: '<=50',
  });
  const names = searched(
    db,
    people.map((person) => mistyped(person, random)),
  );
  emit({
    metric: 'ui.search.name',
    value: Number(names.p95.toFixed(3)),
    unit: 'ms p95',
    // On a busy machine the rest is waiting for a turn.
    cpuP95: Number(names.cpuP95.toFixed(3)),
    goal: '<=16',
  });
  emit({
    metric: 'ui.search.nameFound',
    value: Number(names.found.toFixed(4)),
    unit: 'share',
    goal: '>=0.95',
  });
}

/** What the counter answers while the key is still going up, among a million customers that came in by a file. */
export async function searchAmongMany(emit: Emit): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-ui-'));
  const database = path.join(folder, 'directory.db');
  try {
    const made = openWriter('directory', database);
    if (!made.ok) throw new Error(made.error.code);
    made.value.close();
    const startedMs = performance.now();
    await settleTown(database, CUSTOMERS, SEED);
    const importS = Number(((performance.now() - startedMs) / 1000).toFixed(1));
    emit({ metric: 'ui.search.customers', value: CUSTOMERS, unit: 'customers', importS, seed: SEED });
    const opened = openReader('directory', database);
    if (!opened.ok) throw new Error(opened.error.code);
    searchIn(opened.value, emit);
    opened.value.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
