import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openBatch, rowsAsCsv, verifyPayload, type VerifiedBatch } from '../batch/index.ts';
import type { Home } from './home.ts';
import { batchOfFile, readBatch } from './import-folder.ts';
import { keysOf, maySign } from './stations.ts';

/**
 * Checks batches as an import would, up to the database: named by their manifests. Nothing is changed there. With
 * `csvFolder`, the rows of each good batch are written to a folder of its name in it, a CSV file for each table.
 */
export async function verifyFiles(
  { database }: Pick<Home, 'database'>,
  files: readonly string[],
  csvFolder?: string,
): Promise<{ readonly good: boolean; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  let good = true;
  for (const file of files) {
    const found = batchOfFile(file);
    const name = path.basename(found?.base ?? file);
    const batch = found && readBatch(found);
    if (!batch) {
      good = false;
      lines.push(`${name}  incomplete`);
      continue;
    }
    const keys = await database.use((session) => keysOf(session, batch.station));
    const own = keys.filter((key) => maySign(key, batch)).map((key) => key.public_key);
    const opened = openBatch(batch, own);
    const checked = opened.ok ? verifyPayload(opened.value.manifest, batch.payload) : opened;
    good &&= checked.ok;
    if (checked.ok && csvFolder !== undefined) writeCsv(path.join(csvFolder, name), checked.value);
    lines.push(
      checked.ok
        ? `${name}  good, ${checked.value.records.length} records`
        : `${name}  ${checked.error.code} at ${checked.error.params.where} (${checked.error.params.reason})`,
    );
  }
  return { good, lines };
}

function writeCsv(folder: string, batch: VerifiedBatch): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of rowsAsCsv(batch)) writeFileSync(path.join(folder, name), text);
}
