import { randomBytes } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import path from 'node:path';

/** Readable by the account that runs the station, and nobody else. */
const FILE_MODE = 0o600;

/** Makes a rename in a folder durable. Windows keeps no handle for a folder and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that a power cut leaves either the old content or the new: a new file beside it, synced,
 * renamed over it, and the folder synced. Rejects with the file system's error, the old file untouched.
 */
export async function writeFileAtomically(file: string, content: string): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(beside, 'wx', FILE_MODE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  }
  await syncFolder(path.dirname(file));
}
