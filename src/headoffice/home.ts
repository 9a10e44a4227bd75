import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '../batch/index.ts';
import { openDatabase, type Database, type DatabaseRole } from './db.ts';
import { makeOfficeKey, OFFICE_KEY_FILE, openOfficeKey } from './office-key.ts';
import { makeSchema } from './schema.ts';

/** Head office's folder: its key, the database where there is no server, what was imported, and the exchange. */
export type Home = {
  readonly folder: string;
  readonly exchange: string;
  readonly archive: string;
  readonly office: Signer;
  readonly database: Database;
};

export type HomeOptions = {
  readonly folder: string;
  readonly url: string | undefined;
  readonly width?: number;
};

const DATABASE_FOLDER = 'database';

/** Makes key, folders and tables; what is there stays as it is. */
export async function makeHome(options: HomeOptions): Promise<Signer> {
  const { folder, url } = options;
  mkdirSync(path.join(folder, 'exchange'), { recursive: true, mode: 0o700 });
  makeOfficeKey(folder);
  const database = await openDatabase({ url, folder: path.join(folder, DATABASE_FOLDER), role: null });
  try {
    await makeSchema(database);
  } finally {
    await database.close();
  }
  return openOfficeKey(folder);
}

/** Opens a head office that `init` has made, with the rights of one role; undefined where none was made. */
export async function openHome(options: HomeOptions, role: DatabaseRole): Promise<Home | undefined> {
  const { folder, url, width } = options;
  if (!existsSync(path.join(folder, OFFICE_KEY_FILE))) return undefined;
  const place = { url, folder: path.join(folder, DATABASE_FOLDER), role };
  const database = await openDatabase(width === undefined ? place : { ...place, width });
  return {
    folder,
    exchange: path.join(folder, 'exchange'),
    archive: path.join(folder, 'archive'),
    office: openOfficeKey(folder),
    database,
  };
}

export const random = (bytes: number): Uint8Array => randomBytes(bytes);
