import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { DatabaseName } from './handles.ts';
import { copyBefore } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** Where SQLite's file header has the version, as four bytes, the highest first. */
const VERSION_AT = 60;

/** What opening an older file does first: it is copied aside, which takes as long as the file is large. */
export type UpdateDue = {
  readonly bytes: number;
  /** Bytes of the copy so far. */
  readonly copied: () => number;
};

/**
 * Whether a file was written by an older program. Only its header is read: what a power cut left in the write-ahead
 * log may have brought it up already, and then opening it finds nothing to do.
 */
export function updateDue(name: DatabaseName, file: string): UpdateDue | undefined {
  if (!existsSync(file)) return undefined;
  const header = Buffer.alloc(VERSION_AT + 4);
  const descriptor = openSync(file, 'r');
  try {
    if (readSync(descriptor, header, 0, header.length, 0) < header.length) return undefined;
    const version = header.readUInt32BE(VERSION_AT);
    if (version === 0 || version >= MIGRATIONS[name].length) return undefined;
    const copy = copyBefore(file, version);
    const copied = (): number => statSync(copy, { throwIfNoEntry: false })?.size ?? 0;
    return { bytes: fstatSync(descriptor).size, copied };
  } finally {
    closeSync(descriptor);
  }
}
