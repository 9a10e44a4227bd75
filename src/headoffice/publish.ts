import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  PACKAGE_FILES,
  packageLineShape,
  packageName,
  sealPackage,
  type PackageLine,
  type SealedPackage,
  type Signer,
} from '../batch/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import { depositLines } from './bank-statement.ts';
import type { Database, Session } from './db.ts';
import { putFile } from './files.ts';
import { DOWN } from './import-folder.ts';
import { findStation, type OfficeFault } from './stations.ts';

export type PublishRequest = {
  readonly station: string;
  /** Lines of docs/formats/package.md. */
  readonly lines: readonly PackageLine[];
  /** Needs no package before it; a delta needs the one before. */
  readonly full: boolean;
  readonly effectiveFromUnixMs: number;
  readonly nowUnixMs: number;
  /** Adds the newest token time of every meter that any station sold to. */
  readonly tokenTimes: boolean;
  /** Adds the rows that a restored station lacks. */
  readonly lost: boolean;
  /** A bank statement in CSV: adds the deposits of this station that stand on it. */
  readonly statement?: string;
};

export type Published = { readonly station: string; readonly number: number; readonly lines: number };

/** Reads lines of a package from a file of JSON lines; a fault is named by line and member. */
export function readLines(file: string): Result<readonly PackageLine[], OfficeFault> {
  if (!existsSync(file)) return err({ code: 'publish-file', params: { file, where: '', reason: 'missing' } });
  const lines: PackageLine[] = [];
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (text.trim() === '') continue;
    const parsed = packageLineShape.safeParse(parseJson(text));
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const where = `${index + 1}: ${issue?.path.join('.') ?? ''}`;
      return err({ code: 'publish-file', params: { file, where, reason: issue?.message ?? 'invalid' } });
    }
    lines.push(parsed.data);
  }
  return ok(lines);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers, signs and keeps a package for a station, and puts it where the station looks. */
export async function publish(
  database: Database,
  office: Signer,
  exchange: string,
  request: PublishRequest,
): Promise<Result<Published, OfficeFault>> {
  const { station } = request;
  const sealed = await database.transaction(async (session) => {
    const row = await findStation(session, station, true);
    if (!row) return undefined;
    const [{ package_number: last } = { package_number: 0 }] = await session.query<{
      package_number: number;
    }>('SELECT package_number FROM station WHERE station = $1', [station]);
    const lines = [
      ...request.lines,
      ...(request.tokenTimes ? await tokenTimes(session) : []),
      ...(request.lost ? await lostLines(session, station) : []),
      ...(request.statement === undefined ? [] : await depositLines(session, station, request.statement)),
    ];
    const number = last + 1;
    const base = request.full || last === 0 ? null : last;
    const { effectiveFromUnixMs, nowUnixMs: createdUnixMs } = request;
    const made = sealPackage({ station, number, base, effectiveFromUnixMs, createdUnixMs }, lines, office);
    await keep(session, station, number, made);
    return { made, number, lines: lines.length };
  });
  if (!sealed) return err({ code: 'office-station-unknown', params: { station } });
  putPackage(exchange, station, sealed.number, sealed.made);
  return ok({ station, number: sealed.number, lines: sealed.lines });
}

async function keep(session: Session, station: string, number: number, made: SealedPackage): Promise<void> {
  await session.query(
    'INSERT INTO package (station, number, manifest, signature, payload) VALUES ($1, $2, $3, $4, $5)',
    [station, number, made.manifest, made.signature, made.payload],
  );
  await session.query('UPDATE station SET package_number = $2 WHERE station = $1', [station, number]);
}

/** Puts a package's files into the station's folder: the manifest last, and with it the package. */
export function putPackage(exchange: string, station: string, number: number, made: SealedPackage): void {
  const folder = path.join(exchange, station, DOWN);
  mkdirSync(folder, { recursive: true });
  const base = path.join(folder, packageName({ station, number }));
  putFile(base + PACKAGE_FILES.payload, made.payload);
  putFile(base + PACKAGE_FILES.signature, made.signature);
  putFile(base + PACKAGE_FILES.manifest, made.manifest);
}

/** A time once given to a meter is used, whatever became of the sale. */
async function tokenTimes(session: Session): Promise<PackageLine[]> {
  const rows = await session.query<{ pan: string; minute: number }>(
    'SELECT meter_pan AS pan, max(token_minute) AS minute FROM sale GROUP BY meter_pan ORDER BY meter_pan',
  );
  return rows.map(({ pan, minute }) => ({ kind: 'token-time', pan, lastMinute: minute }));
}

/** Rows of the epoch before a restore that lie behind the backup, as lines of `station ledger export`. */
async function lostLines(session: Session, station: string): Promise<PackageLine[]> {
  const { rowsBeyond } = await import('./lost-rows.ts');
  const lines = await rowsBeyond(session, station);
  return lines.map((line) => ({ kind: 'lost', line }));
}
