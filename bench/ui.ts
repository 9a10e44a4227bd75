import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasDisplay } from '../scripts/lib/system.mjs';
import { searchDirectory } from '../src/main/directory/index.ts';
import { parseMeterNumber } from '../src/sts/index.ts';
import { openWriter, type DirectoryWriter } from '../src/main/store/index.ts';
import { randomFrom, settleTown, townMeter, townspeople, withOneSlip, type Townsman } from './lib/town.ts';
import type { Emit } from './run.ts';
import { runInElectron } from './support/ui-electron.ts';

const CUSTOMERS = 1_000_000;
const SEED = 20_261_124;
const SEARCHES = 2_000;

type Search = { readonly text: string; readonly index: number };

/** Times searches, and counts those that have the right customer among the first five. */
function searched(
  db: DirectoryWriter,
  searches: readonly Search[],
): { readonly p95: number; readonly found: number } {
  let found = 0;
  const spent = searches.map(({ text, index }) => {
    const started = performance.now();
    const hits = searchDirectory(db, text);
    const took = performance.now() - started;
    const first = hits.ok ? hits.value.slice(0, 5) : [];
    if (first.some(({ customerId }) => customerId === `c-${index}`)) found += 1;
    return took;
  });
  const p95 = spent.toSorted((a, b) => a - b)[Math.floor(spent.length * 0.95)] ?? 0;
  return { p95, found: found / searches.length };
}

/** Somebody's name and the number of their house, as it is said at the counter, with one slip in the name. */
const mistyped = ({ name, address, index }: Townsman, random: () => number): Search => ({
  text: `${withOneSlip(name, random)} ${address.split(' ')[0] ?? ''}`,
  index,
});

function searchIn(db: DirectoryWriter, emit: Emit): void {
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
  emit({ metric: 'ui.search.name', value: Number(names.p95.toFixed(3)), unit: 'ms p95', goal: '<=16' });
  emit({
    metric: 'ui.search.nameFound',
    value: Number(names.found.toFixed(4)),
    unit: 'share',
    goal: '>=0.95',
  });
}

/** The counter's own times: searching among a million (seed printed), then the real window. */
export async function run(emit: Emit): Promise<void> {
  if (!hasDisplay(process.env)) {
    // All of it again, on a display that is made for it.
    const screen = ['-a', '-s', '-screen 0 1920x1080x24', process.execPath, ...process.argv.slice(1)];
    const { status } = spawnSync('xvfb-run', screen, { stdio: 'inherit' });
    process.exit(status ?? 1);
  }
  search(emit);
  await runInElectron(emit);
}

/** What the counter answers while the key is still going up, among a million customers. */
function search(emit: Emit): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-bench-ui-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    emit({ metric: 'ui.search.customers', value: CUSTOMERS, unit: 'customers', seed: SEED });
    settleTown(opened.value, CUSTOMERS, SEED);
    searchIn(opened.value, emit);
  } finally {
    opened.value.close();
    rmSync(folder, { recursive: true });
  }
}
