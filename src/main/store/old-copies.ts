import { readdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** For so long every way back to an older program stays, whatever backups there are. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** What `copyBefore` names. */
const COPY = /^(?<name>ledger|directory)\.db\.v(?<version>\d+)\.backup$/u;

/**
 * Removes the copies that updates have left beside a station's databases, once nobody goes back to them: made more than
 * thirty days ago, and followed by another one of the same database; the newest is never removed. Call it for a station
 * that is open and of which a verified backup was made since. Returns the names of those that are gone. What the
 * system does not let go of stays until the next time.
 */
export async function removeOldCopies(folder: string, nowUnixMs: number): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const file of copiesBeforeNewest(folder)) {
    try {
      const { mtimeMs } = await stat(path.join(folder, file));
      if (nowUnixMs - mtimeMs <= KEPT_MS) continue;
      // Waits on a thread: some file systems take long to free gigabytes.
      await rm(path.join(folder, file));
      gone.push(file);
    } catch {
      // Open elsewhere, or gone: asked for again after the next backup.
    }
  }
  return gone;
}

/** All copies in a folder but the newest of each database. */
function copiesBeforeNewest(folder: string): readonly string[] {
  const found = new Map<string, { readonly file: string; readonly version: number }[]>();
  for (const file of readdirSync(folder)) {
    const { name, version } = COPY.exec(file)?.groups ?? {};
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), { file, version: Number(version) }]);
  }
  return [...found.values()].flatMap((copies) => {
    const newest = Math.max(...copies.map(({ version }) => version));
    return copies.filter(({ version }) => version < newest).map(({ file }) => file);
  });
}
