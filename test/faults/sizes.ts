import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const deep = process.env['KIOSKWATT_SIZE'] === 'deep';

/** What everything random in the fault tests is drawn from; it stands in the names of the tests. */
export const SEED = Number(process.env['KIOSKWATT_SEED'] ?? 20_261_123);
export const KILLS = deep ? 2_000 : 24;
export const IMAGES = deep ? 20_000 : 300;
/** Of till and importer together, beside head office's database. */
export const OFFICE_KILLS = Number(process.env['KIOSKWATT_OFFICE_KILLS'] ?? (deep ? 1_000 : 12));
export const FLIPS = deep ? 2_000 : 150;
export const FAULTY_LINES = deep ? 200 : 12;

/** A new folder for one test file; the caller removes it. */
export function newFolder(purpose: string): string {
  return mkdtempSync(path.join(tmpdir(), `kioskwatt-${purpose}-`));
}
