import { listUsbPlaces, TRAINING_KEYS, usbTransport } from '../../../src/main/secure-module/index.ts';
import { Sts6Simulator } from '../../../src/simulators/sts6-module/index.ts';
import { Control } from './control.ts';
import { PLANS, SALES_TEST, TESTS, type PlanName, type Runtime, type TestName } from './names.ts';
import { SCENARIOS } from './scenarios.ts';

/** Runs in the guest, in Node and again in Electron: the tests one after the other, each told to the host. */

const NOBODY = 65_534;

/** Another program of this runtime, under an account without rights: prints what became of opening an adapter. */
async function openWithoutRights(serialNumber: string): Promise<void> {
  // The library's own threads begin with its first question, and keep the account that they begin with.
  await import('usb');
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  const opened = await usbTransport(serialNumber).open();
  const listed = await listUsbPlaces();
  const isListed = listed.ok && listed.value.some((place) => place.serialNumber === serialNumber);
  process.stdout.write(JSON.stringify({ opened: opened.ok ? 'open' : opened.error.code, isListed }));
}

async function runAll(runtime: Runtime, plan: PlanName): Promise<void> {
  const control = new Control();
  const module = new Sts6Simulator({
    moduleId: 'GUEST-1',
    keys: TRAINING_KEYS.map((key) => ({
      ...key,
      refreshByUnixMs: null,
      unitLimitTenths: null,
      currencyLimit: null,
    })),
    capacity: 32,
    nowUnixMs: Date.now,
    windowMs: 86_400_000,
    transactions: null,
  });
  const run = async (test: TestName): Promise<void> => {
    const started = performance.now();
    let error: string | null = null;
    try {
      await SCENARIOS[test]({ runtime, control, module, sales: PLANS[plan].sales });
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    }
    await control.tell({ runtime, test, ms: Math.round(performance.now() - started), error });
  };
  for (const test of runtime === 'node' ? TESTS : PLANS[plan].electron) await run(test);
  if (runtime === 'node') await run(SALES_TEST);
  await control.tell({ finished: runtime });
  // An orderly end would wait for the reads of lines that stay silent for ever.
  process.kill(process.pid, 'SIGKILL');
}

const [, , what, argument = ''] = process.argv;
if (what === 'without-rights') await openWithoutRights(argument);
else await runAll(what === 'electron' ? 'electron' : 'node', argument === 'whole' ? 'whole' : 'short');
