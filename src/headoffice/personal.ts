import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import {
  checkPersonal,
  openPersonal,
  parseBatchName,
  PERSONAL_FILES,
  PERSONAL_LIMIT_BYTES,
  type PersonalFile,
} from '../batch/index.ts';
import type { Database, Session } from './db.ts';
import { keysOf } from './stations.ts';

/**
 * Takes the personal values that came beside batches whose records are held: a file that one of the station's keys
 * signed and whose every value gives the digest in its record. Taken, it is removed from where it lay; what does not
 * fit stays there. They lie in the exchange folder, or beside `batches`. Returns how many changes were taken.
 */
export async function takePersonal(options: {
  readonly database: Database;
  readonly exchange: string;
  readonly batches?: readonly { readonly base: string }[] | undefined;
}): Promise<number> {
  let taken = 0;
  const { batches } = options;
  const bases = batches?.map(({ base }) => base).filter(hasValues) ?? basesIn(options.exchange);
  for (const base of bases) {
    const kept = await options.database.transaction((session) => takeOne(session, base));
    if (kept === undefined) continue;
    taken += kept;
    for (const ending of Object.values(PERSONAL_FILES)) rmSync(base + ending, { force: true });
  }
  return taken;
}

const hasValues = (base: string): boolean => existsSync(base + PERSONAL_FILES.values);

function basesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(PERSONAL_FILES.values))
    .map(({ parentPath, name }) => path.join(parentPath, name.slice(0, -PERSONAL_FILES.values.length)));
}

async function takeOne(session: Session, base: string): Promise<number | undefined> {
  const id = parseBatchName(path.basename(base));
  const files = { manifest: base + PERSONAL_FILES.values, signature: base + PERSONAL_FILES.signature };
  if (!id || !existsSync(files.signature) || statSync(files.manifest).size > PERSONAL_LIMIT_BYTES)
    return undefined;
  const keys = (await keysOf(session, id.station)).map(({ public_key }) => public_key);
  const sealed = { manifest: readFileSync(files.manifest), signature: readFileSync(files.signature) };
  const opened = openPersonal(sealed, keys);
  if (!opened.ok || !isSame(opened.value, id)) return undefined;
  const { station, epoch, changes } = opened.value;
  for (const change of changes) {
    const [record] = await session.query<{ detail: string }>(
      'SELECT detail FROM record WHERE station = $1 AND epoch = $2 AND record_id = $3',
      [station, epoch, change.recordId],
    );
    if (!record || !checkPersonal(change, JSON.parse(record.detail)).ok) return undefined;
    await session.query(
      `INSERT INTO personal_change (station, epoch, record_id, change) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING`,
      [station, epoch, change.recordId, JSON.stringify(change.change)],
    );
  }
  return changes.length;
}

function isSame(file: PersonalFile, id: { station: string; epoch: number; number: number }): boolean {
  return file.station === id.station && file.epoch === id.epoch && file.number === id.number;
}

/** Removes personal values that came longer ago than so many months. Returns how many. */
export async function forgetPersonal(database: Database, months: number): Promise<number> {
  const gone = await database.use((session) =>
    session.query(
      `DELETE FROM personal_change WHERE received_at < now() - make_interval(months => $1) RETURNING 1`,
      [months],
    ),
  );
  return gone.length;
}
