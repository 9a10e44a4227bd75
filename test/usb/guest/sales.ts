import assert from 'node:assert/strict';
import { Sts6Line, sts6Module, usbTransport } from '../../../src/main/secure-module/index.ts';
import { unixMs } from '../../../src/units/index.ts';
import { notTaken, openShop, sampleMeterKeys } from '../../faults/module-sales.ts';
import type { Control } from './control.ts';
import { pluggedIn } from './plugs.ts';

const SEED = 20_261_124;
/** A guest that gets a tenth of a processor answers within it. */
const ANSWER_MS = 2_000;

/** Sales over a faulty line: the tokens that the module made are the sales in the books, each once. */
export async function sellMany(control: Control, serialNumber: string, sales: number): Promise<void> {
  const shop = openShop();
  await control.ask({ order: 'seed', seed: SEED });
  const line = new Sts6Line(usbTransport(serialNumber), { timeoutMs: ANSWER_MS });
  const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(shop.now()) });
  const ready = async (): Promise<void> => {
    await pluggedIn(serialNumber);
    // The shop's clock runs by sales, and the module's with it.
    await control.ask({ order: 'clock', nowUnixMs: shop.now() });
  };
  let made: readonly string[] = [];
  const report = await shop.sell(module, ready, sales).finally(async () => {
    await module.close();
    // Ends the faults too: what comes after these sales has a good line again.
    made = (await control.ask({ order: 'made' })) as readonly string[];
  });
  assert.equal(report.recorded.length, sales);
  assert.deepEqual(report.hiddenDoubts, []);
  assert.equal(report.openDoubts, 0);
  assert.equal(report.tenderHeldMinor, 0);
  assert(report.chainHolds && report.toldInDoubt > 0);
  // A token that was asked for twice has the same time, and the meter takes one of the two.
  assert.equal(new Set(made.map((each) => each.slice(0, each.lastIndexOf(' ')))).size, sales);
  const digits = new Set(made.map((each) => each.slice(-20)));
  assert.deepEqual(
    report.recorded.filter((token) => !digits.has(token.digits)),
    [],
  );
  assert.deepEqual(notTaken(report.recorded, sampleMeterKeys()), []);
  shop.close();
}
