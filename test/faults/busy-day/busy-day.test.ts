import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grownFolder } from '../../../bench/support/grown-folder.ts';
import type { Watched } from './loop-watch.ts';

const deep = process.env['KIOSKWATT_SIZE'] === 'deep';
const SALES = deep ? 1_000_000 : 3_000;
const IMPORTED = deep ? 100_000 : 1_000;
/** The longest that main's thread may be away from its event loop. */
const LIMIT_MS = 50;
const HOURS_MS = 4 * 3_600_000;

const run = promisify(execFile);
const DAY = path.join(import.meta.dirname, 'day-process.ts');

type Report = Watched & { readonly done: Readonly<Record<string, number>>; readonly sales: number };

describe(`a day at a station that has made ${SALES} sales`, () => {
  const { folder, remove } = grownFolder('busy-day');
  let report: Report;

  beforeAll(async () => {
    if (!existsSync(path.join(folder, 'data', 'ledger.db')))
      await run(process.execPath, [DAY, '--folder', folder, '--grow', String(SALES)]);
    const day = ['--folder', folder, '--import', String(IMPORTED), '--limit', String(LIMIT_MS)];
    const { stdout } = await run(process.execPath, [DAY, ...day], { maxBuffer: 1 << 26 });
    report = JSON.parse(stdout) as Report;
    console.log(JSON.stringify({ longest: report.longest, commits: report.commits, beats: report.beats }));
  }, HOURS_MS);

  afterAll(remove);

  it('has everything in it that a day has', () => {
    expect(report.sales).toBeGreaterThan(SALES + 20);
    const once = [
      'shift.x',
      'shift.close',
      'shift.pdf',
      'cycle.end',
      'directory.import',
      'retention',
      'backup',
      'check',
      'visit',
      'day.state',
    ];
    for (const name of once) expect(report.done).toHaveProperty([name]);
    expect(report.done['report.start']).toBeGreaterThan(5);
    expect(report.beats).toBeGreaterThan(1_000);
  });

  it(`never keeps main’s event loop waiting for longer than ${LIMIT_MS} ms`, () => {
    expect(report.over).toEqual([]);
  });
});
