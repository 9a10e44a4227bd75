import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { digestFile, type DirectoryWriter } from '../../store/index.ts';
import type { ImportJob, ImportResult } from '../jobs.ts';
import { importCsv, type ImportHooks } from './import-csv.ts';

/** Takes a file of customers and writes the lines that were left out into the job's report, a CSV file. */
export async function importToReport(
  db: DirectoryWriter,
  job: ImportJob,
  hooks: Pick<ImportHooks, 'onProgress' | 'isStopped'>,
): Promise<ImportResult> {
  const report = openSync(job.report, 'wx', 0o600);
  try {
    writeSync(report, 'line,column,reason\n');
    const outcome = await importCsv(db, job.file, {
      ...hooks,
      onRefused: ({ line, column, reason }) => void writeSync(report, `${line},${column},${reason}\n`),
    });
    fsyncSync(report);
    if (!outcome.ok) return outcome;
    return { ok: true, value: { ...outcome.value, sha256: digestFile(job.file).sha256 } };
  } finally {
    closeSync(report);
  }
}
