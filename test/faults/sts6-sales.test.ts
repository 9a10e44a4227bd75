import { afterEach, describe, expect, it } from 'vitest';
import { serialTransport, Sts6Line, sts6Module, tcpTransport } from '../../src/main/secure-module/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import {
  LINE_FAULTS,
  seededFaults,
  Sts6Server,
  Sts6Simulator,
} from '../../src/simulators/sts6-module/index.ts';
import { unixMs } from '../../src/units/index.ts';
import { openPty, SIMULATED_TRAINING_KEYS } from '../integration/sts6-fixtures.ts';
import { notTaken, openShop, sampleMeterKeys } from './module-sales.ts';
import { dealLineFaults, FaultyLine, LINE_FAULT_KINDS } from './proxy.ts';
import { SEED } from './sizes.ts';

const SALES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 1_000 : 40;
const LINE_SALES = process.env['KIOSKWATT_SIZE'] === 'deep' ? 500 : 20;
/** What a sale's commands come to, about: a fault strikes before their end. */
const COMMAND_BYTES = 250;
/** Short, so that a day of faults passes in minutes; a late answer comes after it. */
const TIMEOUT_MS = 60;
const LATE_MS = 100;

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** With faults of its own in every third command, or none where no seed is given. */
async function startSimulator(now: () => number, seed: number | null) {
  const met: Record<string, number> = {};
  const simulator = new Sts6Simulator({
    moduleId: 'VSM-000001',
    keys: SIMULATED_TRAINING_KEYS,
    capacity: SIMULATED_TRAINING_KEYS.length,
    nowUnixMs: now,
    windowMs: 86_400_000,
    transactions: null,
  });
  const faults = LINE_FAULTS.filter((fault) => fault !== 'none');
  const server = new Sts6Server(simulator, {
    serviceMs: { token: 0, other: 0 },
    lateMs: LATE_MS,
    nextFault: seed === null ? () => 'none' : seededFaults(seed, faults),
    onCommand: (_command, fault) => void (met[fault] = (met[fault] ?? 0) + 1),
  });
  closing.push(() => server.close());
  return { simulator, port: await server.listen(), met, faults };
}

describe.each(['tcp', 'serial'] as const)('faults in every third command over %s', (kind) => {
  it(`leave ${SALES} sales with one token each (seed ${SEED})`, async () => {
    const shop = openShop();
    closing.push(() => shop.close());
    const { simulator, port, met, faults } = await startSimulator(shop.now, SEED);
    const pty = kind === 'serial' ? openPty(port) : undefined;
    if (pty) closing.push(() => pty.close());
    const transport = pty ? serialTransport(pty.path) : tcpTransport('127.0.0.1', port);
    const line = new Sts6Line(transport, { timeoutMs: TIMEOUT_MS });
    const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(shop.now()) });
    closing.push(() => module.close());
    const report = await shop.sell(module, () => pty?.ready() ?? Promise.resolve(), SALES);

    const total = Object.values(met).reduce((sum, count) => sum + count, 0);
    const bad = total - (met['none'] ?? 0);
    expect(bad).toBeGreaterThanOrEqual(Math.floor(total / 3));
    for (const fault of faults) expect(Object.keys(met)).toContain(fault);

    expect(report.recorded).toHaveLength(SALES);
    expect(report.hiddenDoubts).toEqual([]);
    expect(report.openDoubts).toBe(0);
    expect(report.tenderHeldMinor).toBe(0);
    expect(report.chainHolds).toBe(true);
    expect(report.toldInDoubt).toBeGreaterThan(0);
    // Every token time that the module used up belongs to one recorded sale, and the other way round.
    const issued = new Set(simulator.made.map(({ pan, tid }) => `${pan} ${tid}`));
    expect(issued.size).toBe(SALES);
    const made = new Set(simulator.made.map(({ digits }) => digits));
    expect(report.recorded.filter(({ digits }) => !made.has(digits))).toEqual([]);
    expect(notTaken(report.recorded, sampleMeterKeys())).toEqual([]);
    console.log(
      JSON.stringify({
        kind,
        commands: total,
        bad,
        toldInDoubt: report.toldInDoubt,
        refused: report.refused,
      }),
    );
  });
});

it(`a line that fails leaves ${LINE_SALES} sales with one token each (seed ${SEED})`, async () => {
  const shop = openShop();
  closing.push(() => shop.close());
  const { simulator, port } = await startSimulator(shop.now, null);
  const faulty = new FaultyLine(port, dealLineFaults(seededRandom(SEED), COMMAND_BYTES));
  const linePort = await faulty.listen();
  closing.push(() => faulty.close());
  const line = new Sts6Line(tcpTransport('127.0.0.1', linePort), { timeoutMs: 4 * TIMEOUT_MS });
  const module = sts6Module(line, { profile: 'training', nowUnixMs: () => unixMs(shop.now()) });
  closing.push(() => module.close());
  // Each try meets a line of its own, with its own fault.
  const report = await shop.sell(module, async () => faulty.cut(), LINE_SALES);

  expect(faulty.met).toEqual(LINE_FAULT_KINDS);
  expect(report.recorded).toHaveLength(LINE_SALES);
  expect(report).toMatchObject({ hiddenDoubts: [], openDoubts: 0, tenderHeldMinor: 0, chainHolds: true });
  expect(new Set(simulator.made.map(({ pan, tid }) => `${pan} ${tid}`)).size).toBe(LINE_SALES);
  const made = new Set(simulator.made.map(({ digits }) => digits));
  expect(report.recorded.filter(({ digits }) => !made.has(digits))).toEqual([]);
  expect(notTaken(report.recorded, sampleMeterKeys())).toEqual([]);
  const { toldInDoubt, refused } = report;
  console.log(JSON.stringify({ kind: 'line', lines: faulty.faults.length, toldInDoubt, refused }));
});
