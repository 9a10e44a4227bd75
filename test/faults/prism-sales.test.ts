import { afterEach, expect, it } from 'vitest';
import { prismModule } from '../../src/main/secure-module/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { everyThirdCommand, FAULT_KINDS } from '../../src/simulators/prism-module/index.ts';
import { openRig } from '../integration/prism-fixtures.ts';
import { notTaken, openShop, sampleMeterKeys } from './module-sales.ts';
import { dealLineFaults, FaultyLine, LINE_FAULT_KINDS } from './proxy.ts';
import { SEED } from './sizes.ts';

const SALES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 1_000 : 40;
const LINE_SALES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 500 : 20;
/** A handshake and the calls of a sale come to more. */
const CALL_BYTES = 2_500;
/** A handshake whose bytes come one by one needs its time. */
const LINE_CALL_MS = 1_000;
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

it(`a line that fails leaves ${LINE_SALES} sales with one token each (seed ${SEED})`, async () => {
  const shop = openShop();
  closing.push(() => shop.close());
  const rig = await openRig({ now: shop.now, service: { now: shop.now } });
  closing.push(() => rig.close());
  const faulty = new FaultyLine(rig.options.port, dealLineFaults(seededRandom(SEED), CALL_BYTES));
  const port = await faulty.listen();
  closing.push(() => faulty.close());
  const module = prismModule({ ...rig.options, port, callMs: LINE_CALL_MS }, rig.deps);
  closing.push(() => module.close());
  // Each try meets a line of its own, with its own fault.
  const report = await shop.sell(module, async () => faulty.cut(), LINE_SALES);

  expect(faulty.met).toEqual(LINE_FAULT_KINDS);
  expect(report.recorded).toHaveLength(LINE_SALES);
  expect(report).toMatchObject({ hiddenDoubts: [], openDoubts: 0, tenderHeldMinor: 0, chainHolds: true });
  expect(rig.issued.flatMap(({ digits }) => digits)).toEqual(report.recorded.map(({ digits }) => digits));
  expect(notTaken(report.recorded, sampleMeterKeys())).toEqual([]);
  const { toldInDoubt, refused } = report;
  console.log(JSON.stringify({ kind: 'line', lines: faulty.faults.length, toldInDoubt, refused }));
});
