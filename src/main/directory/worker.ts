import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../units/index.ts';
import { openReader, openWriter, standBack } from '../store/index.ts';
import type { DirectoryJob, SearchAsked } from './jobs.ts';
import { importToReport } from './import/import-to-report.ts';
import { searchDirectory } from './search.ts';

/** A thread beside the counter: it answers searches, or takes a file of customers. */
const job = workerData as DirectoryJob;
assert(parentPort, 'this file is a thread of the station');
const port = parentPort;

if (job.kind === 'search') {
  const opened = openReader('directory', job.database, job);
  if (!opened.ok) throw new Error(opened.error.code);
  port.on('message', ({ id, text }: SearchAsked) => {
    port.postMessage({ id, found: searchDirectory(opened.value, text) }, []);
  });
} else {
  standBack();
  let stopped = false;
  port.on('message', () => (stopped = true));
  const opened = openWriter('directory', job.database, { ...job, mustExist: true });
  if (!opened.ok) throw new Error(opened.error.code);
  const outcome = await importToReport(opened.value, job, {
    onProgress: (progress) => port.postMessage({ progress }, []),
    isStopped: () => stopped,
  });
  opened.value.close();
  port.postMessage({ outcome }, []);
  port.close();
}
