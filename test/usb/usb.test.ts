import { beforeAll, describe, expect, it } from 'vitest';
import { findElectron } from '../../scripts/electron-runtime.mjs';
import { runGuest, type GuestRun } from './guest-run.ts';
import { RUNTIMES, SALES_TEST, TESTS } from './guest/names.ts';

/** The tests ran in the guest, through the Linux kernel's USB; here is what became of each. */

const LIMIT_MS = 600_000;

let run: GuestRun;
beforeAll(async () => {
  const known = process.env['KIOSKWATT_ELECTRON'];
  run = await runGuest(known ?? (await findElectron()).executable, LIMIT_MS);
}, LIMIT_MS + 60_000);

const planned = RUNTIMES.flatMap((runtime) => TESTS.map((test) => [runtime, test] as const));
describe('in a Linux guest with USB', () => {
  it.each([...planned, ['node', SALES_TEST] as const])('%s: %s', (runtime, test) => {
    const report = run.reports.find(
      (each) => 'test' in each && each.runtime === runtime && each.test === test,
    );
    expect(report, run.console).toMatchObject({ error: null });
  });
});
