import { afterEach, expect, it } from 'vitest';
import { everyThirdCommand, FAULT_KINDS } from '../../src/simulators/prism-module/index.ts';
import { openRig } from '../integration/prism-fixtures.ts';
import { notTaken, openShop, sampleMeterKeys } from './module-sales.ts';
import { SEED } from './sizes.ts';

const SALES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 1_000 : 40;
/** Short, so that a day of faults passes in minutes; a late answer comes after it. */
const CALL_MS = 250;
const LATE_MS = 350;

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

it(`faults in every third command over TLS leave ${SALES} sales with one token each (seed ${SEED})`, async () => {
  const shop = openShop();
  closing.push(() => shop.close());
  const rig = await openRig({
    now: shop.now,
    service: { now: shop.now, sessionCalls: 50 },
    options: { callMs: CALL_MS },
    nextFault: everyThirdCommand(SEED, LATE_MS),
  });
  closing.push(() => rig.close());
  const report = await shop.sell(rig.module, () => Promise.resolve(), SALES);

  const met = rig.commands.map((command) => command.slice(command.indexOf(' ') + 1));
  const bad = met.filter((fault) => fault !== 'none').length;
  expect(bad).toBe(Math.floor(met.length / 3));
  expect(new Set(met)).toEqual(new Set(['none', ...FAULT_KINDS]));

  expect(report.recorded).toHaveLength(SALES);
  expect(report.hiddenDoubts).toEqual([]);
  expect(report.openDoubts).toBe(0);
  expect(report.tenderHeldMinor).toBe(0);
  expect(report.chainHolds).toBe(true);
  // What the server made, once for each message, is what stands in the books.
  expect(rig.issued.flatMap(({ digits }) => digits)).toEqual(report.recorded.map(({ digits }) => digits));
  expect(notTaken(report.recorded, sampleMeterKeys())).toEqual([]);
  console.log(
    JSON.stringify({ commands: met.length, bad, toldInDoubt: report.toldInDoubt, refused: report.refused }),
  );
});
