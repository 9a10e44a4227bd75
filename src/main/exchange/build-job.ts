import { buildPayload, type BuiltPayload } from '../../batch/index.ts';
import { openReader } from '../store/index.ts';
import { journalRows } from './journal-rows.ts';

/** What a worker thread is asked for: the payload of a range; plain data, since it crosses to the thread. */
export type BuildJob = {
  readonly ledgerFile: string;
  readonly sqliteBinding?: string | undefined;
  /** The record before the range. */
  readonly after: number;
  /** The range's last record when it was closed before; up to now otherwise. */
  readonly last?: number | undefined;
};

/** Packs a range of the journal; undefined when nothing is in it. Rejects with StorageError for what the disk reports. */
export async function runBuild(job: BuildJob): Promise<BuiltPayload | undefined> {
  const opened = openReader('ledger', job.ledgerFile, { sqliteBinding: job.sqliteBinding });
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    return await opened.value.snapshotOver(() =>
      buildPayload(journalRows(opened.value, job.after, job.last)),
    );
  } finally {
    opened.value.close();
  }
}
