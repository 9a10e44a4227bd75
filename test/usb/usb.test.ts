import { beforeAll, describe, expect, it } from 'vitest';
import { findElectron } from '../../scripts/electron-runtime.mjs';
import { runGuest, type GuestRun } from './guest-run.ts';
import { PLANS, SALES_TEST, TESTS } from './guest/names.ts';

/** The tests ran in the guest, through the Linux kernel's USB; here is what became of each. */

/** Only a guard: a guest that hangs is ended by its silence, long before. */
const LIMIT_MS = 3_600_000;

let run: GuestRun;
beforeAll(async () => {
  const known = process.env['KIOSKWATT_ELECTRON'];
  run = await runGuest(known ?? (await findElectron()).executable);
}, LIMIT_MS);

function becameOf(runtime: string, test: string): unknown {
  return run.reports.find((each) => 'test' in each && each.runtime === runtime && each.test === test);
}

describe('in a Linux guest with USB', () => {
  it.each([...TESTS, SALES_TEST])('node: %s', (test) => {
    expect(becameOf('node', test), run.console).toMatchObject({ error: null });
  });

  it.each([...PLANS.short.electron])('electron: %s', (test) => {
    expect(becameOf('electron', test), run.console).toMatchObject({ error: null });
  });

  it('electron: everything else that this run has planned', () => {
    for (const test of PLANS[run.plan].electron)
      expect(becameOf('electron', test), run.console).toMatchObject({ test, error: null });
  });
});
