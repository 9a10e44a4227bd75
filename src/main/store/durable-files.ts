import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Readable by the account that runs the station, and nobody else. */
const FILE_MODE = 0o600;
const CHUNK_BYTES = 1 << 20;

export type FileDigest = { readonly bytes: number; readonly sha256: string };

/** Makes what was renamed or created in a folder durable. Windows keeps no handle for a folder and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  syncFile(folder);
}

export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a file once, in pieces; `sha256` in hex. */
export function digestFile(file: string, onChunk: (chunk: Uint8Array) => void = () => undefined): FileDigest {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const count = readSync(descriptor, buffer, 0, CHUNK_BYTES, null);
      if (count === 0) return { bytes, sha256: hash.digest('hex') };
      const chunk = buffer.subarray(0, count);
      hash.update(chunk);
      onChunk(chunk);
      bytes += count;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Copies a file through to the disk and returns what was read from the original. The copy must not exist yet. */
export function copyDurably(from: string, to: string): FileDigest {
  const descriptor = openSync(to, 'wx', FILE_MODE);
  try {
    const digest = digestFile(from, (chunk) => writeAll(descriptor, chunk));
    fsyncSync(descriptor);
    return digest;
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a file so that a power cut leaves either none (or the old one) or all of it. */
export function writeDurably(file: string, content: string | Uint8Array): void {
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const descriptor = openSync(beside, 'wx', FILE_MODE);
    try {
      writeAll(descriptor, typeof content === 'string' ? Buffer.from(content) : content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}
