import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** For so long every way back to an older program stays, whatever backups there are. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** What `copyBefore` names. */
const COPY = /^(?<name>ledger|directory)\.db\.v(?<version>\d+)\.backup$/u;

/**
 * Removes the copies that updates have left beside a station's databases, once nobody goes back to them: made more than
 * thirty days ago, and followed by another one of the same database; the newest is never removed. Call it for a station
 * that is open and of which a verified backup was made since. Returns the names of those that are gone. What the
 * system does not let go of stays until the next time. Give it a time that is believed: a clock that runs ahead takes every
 * copy for an old one.
 */
export async function removeOldCopies(folder: string, nowUnixMs: number): Promise<readonly string[]> {
  const gone: string[] = [];
  // A folder that can't be listed is listed after the next backup.
  const files = await readdir(folder).catch((): string[] => []);
  for (const file of copiesBeforeNewest(files)) {
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

/** All copies among a folder's files but the newest of each database. */
function copiesBeforeNewest(files: readonly string[]): readonly string[] {
  const found = new Map<string, { readonly file: string; readonly version: number }[]>();
  for (const file of files) {
    const { name, version } = COPY.exec(file)?.groups ?? {};
    if (name !== undefined) found.set(name, [...(found.get(name) ?? []), { file, version: Number(version) }]);
  }
  return [...found.values()].flatMap((copies) => {
    const newest = Math.max(...copies.map(({ version }) => version));
    return copies.filter(({ version }) => version < newest).map(({ file }) => file);
  });
}
