import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import { checkPaper, printedSlips } from '../../src/cli/crash-test/paper.ts';
import { startPrinter, type PrinterProcess, type Roll } from '../../src/cli/crash-test/printer-process.ts';
import { runTill, type TillRun } from '../../src/cli/crash-test/till-process.ts';
import { openReader, type ClosableReader } from '../../src/main/store/index.ts';
import { seededRandom } from '../../src/simulators/printer/index.ts';
import { dealLineFaults, FaultyLine, LINE_FAULT_KINDS } from './proxy.ts';
import { FAULTY_LINES, newFolder, SEED } from './sizes.ts';

/** No slip has fewer. */
const SLIP_BYTES = 1_000;

describe(`a printer behind a line that fails, ${FAULTY_LINES} sales, seed ${SEED}`, () => {
  const folder = newFolder('line');
  const roll: Roll = new Map();
  const nextFault = dealLineFaults(seededRandom(SEED), SLIP_BYTES);
  let printer: PrinterProcess;
  let line: FaultyLine;
  let run: TillRun;
  let ledger: ClosableReader<'ledger'>;

  beforeAll(async () => {
    printer = await startPrinter(roll);
    line = new FaultyLine(printer.port, nextFault);
    const printerAddress = `127.0.0.1:${await line.listen()}`;
    run = await runTill({
      folder: `${folder}/data`,
      seed: SEED,
      sales: FAULTY_LINES,
      // A till in a hurry sells all it sells while the first slip is on its way.
      pauseMs: 400,
      printer: printerAddress,
    });
    await line.close();
    await printer.kill();
    const opened = openReader('ledger', `${folder}/data/ledger.db`);
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    ledger = opened.value;
  }, 600_000);

  afterAll(() => {
    ledger?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sells on whatever becomes of the slips', () => {
    expect(run).toMatchObject({ finished: true, refused: [], differing: [] });
    expect(run.told.length).toBe(FAULTY_LINES);
    expect(line.met).toEqual(LINE_FAULT_KINDS);
    expect(checkLedger(ledger, run.told)).toEqual(NOTHING_FOUND);
  });

  it('calls no slip printed that is not on paper, and prints none twice without a mark', () => {
    expect(checkPaper(printedSlips(ledger), roll)).toEqual([]);
  });
});
