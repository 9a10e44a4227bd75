import { setImmediate as nextTurn } from 'node:timers/promises';
import { assert, err, ok, type Result } from '../../../units/index.ts';
import type { DirectoryTx, DirectoryWriter } from '../../store/index.ts';
import { putMeterCategory } from '../accounts.ts';
import { takeCustomer, takeMeter } from '../local-edits.ts';
import { readLine } from './columns.ts';
import { csvLines, FileRefused, lengthOf, type CsvLine, type FileFault } from './read-csv.ts';

/** A line that was not taken: where it stands, and why. Holds nothing of what the line says. */
export type RefusedLine = { readonly line: number; readonly column: string; readonly reason: string };

export type ImportProgress = {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly taken: number;
  readonly refused: number;
};

export type ImportOutcome = {
  /** Lines whose customer and meter are in the directory now. */
  readonly taken: number;
  readonly refused: number;
  /** True when it was told to stop; the rest of the file was not looked at. */
  readonly stopped: boolean;
};

export type ImportHooks = {
  readonly onRefused: (line: RefusedLine) => void;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly isStopped: () => boolean;
};

/** A transaction is so short that whoever else writes to the directory hardly waits. */
const LINES_AT_ONCE = 200;

/**
 * Takes customers and their meters from a CSV file (docs/formats/directory-csv.md): a line adds a meter with
 * its customer, or replaces what is kept of them, so that the same file can be taken again. A line with a fault
 * is reported and left out; a file that is not what it should be is refused (`directory-file`), and what was
 * taken before the fault stays. A meter that stands in the file twice is refused the second time.
 */
export async function importCsv(
  db: DirectoryWriter,
  file: string,
  hooks: ImportHooks,
): Promise<Result<ImportOutcome, FileFault>> {
  let doneBytes = 0;
  const counts = { taken: 0, refused: 0 };
  const seen = new Set<string>();
  const refuse = (line: RefusedLine): void => {
    counts.refused += 1;
    hooks.onRefused(line);
  };
  let batch: CsvLine[] = [];
  try {
    const totalBytes = await lengthOf(file);
    const settle = async (): Promise<void> => {
      const lines = batch;
      batch = [];
      db.transaction((tx) => {
        for (const line of lines) {
          const fault = takeLine(tx, line, seen);
          if (fault) refuse(fault);
          else counts.taken += 1;
        }
      });
      hooks.onProgress({ doneBytes, totalBytes, ...counts });
      // Whoever waits for the directory's write lock gets it here.
      await nextTurn();
    };
    for await (const line of csvLines(file, (bytes) => (doneBytes = bytes))) {
      batch.push(line);
      if (batch.length < LINES_AT_ONCE) continue;
      await settle();
      if (hooks.isStopped()) return ok({ ...counts, stopped: true });
    }
    await settle();
    return ok({ ...counts, stopped: false });
  } catch (error) {
    if (error instanceof FileRefused) return err(error.fault);
    throw error;
  }
}

function takeLine(tx: DirectoryTx, line: CsvLine, seen: Set<string>): RefusedLine | undefined {
  if ('broken' in line) return { line: line.line, column: '', reason: line.broken };
  const values = readLine(line.cells);
  if ('reason' in values) return { line: line.line, ...values };
  const { customer, meter, category } = values;
  if (seen.has(meter.meterNumber)) return { line: line.line, column: 'meter_number', reason: 'twice' };
  seen.add(meter.meterNumber);
  takeCustomer(tx, customer, null);
  const put = takeMeter(tx, meter, meter.meterNumber, null);
  assert(put.ok, 'the number was read and the customer is there');
  if (category !== undefined) putMeterCategory(tx, put.value, category);
  return undefined;
}
