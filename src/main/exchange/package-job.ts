import { readFileSync, statSync } from 'node:fs';
import {
  fault,
  MANIFEST_LIMIT_BYTES,
  openPackage,
  PACKAGE_FILES,
  PAYLOAD_LIMITS,
  readPackageLines,
  type FileFault,
  type LineOf,
  type PackageLine,
  type PackageManifest,
  type SealedPackage,
} from '../../batch/index.ts';
import { parseMeterNumber } from '../../sts/index.ts';
import { parseTariff, runTariffVectors } from '../../tariff/index.ts';
import { ok, type Result } from '../../units/index.ts';
import {
  meterAccountShape,
  putMeterAccount,
  putTariffVersion,
  takeCustomer,
  takeMeter,
} from '../directory/index.ts';
import { roleThatLeavesNone, type StoredOperator } from '../operators/index.ts';
import { openWriter, type DirectoryTx } from '../store/index.ts';

/** What a worker thread does with a package; plain data, since it crosses to the thread. */
export type PackageJob = {
  readonly directoryFile: string;
  readonly sqliteBinding?: string | undefined;
  /** Path of the package's files without their endings. */
  readonly base: string;
  readonly headOfficeKey: string;
  readonly station: string;
  /** The newest package that was applied. */
  readonly applied: number;
  readonly nowUnixMs: number;
  /** Who may sign in here, and as what. */
  readonly people: readonly Pick<StoredOperator, 'name' | 'role' | 'active'>[];
};

/** Kinds whose lines go into the directory; all others are the ledger's. */
const DIRECTORY_KINDS = ['customer', 'meter', 'block', 'tariff', 'account', 'token-time'] as const;
type DirectoryKind = (typeof DIRECTORY_KINDS)[number];
export type LedgerLine = Exclude<PackageLine, { readonly kind: DirectoryKind }>;

export type PackageOutcome = Result<
  { readonly manifest: PackageManifest; readonly due: boolean; readonly lines: readonly LedgerLine[] },
  FileFault
>;

/**
 * Reads and checks a package and, once it is due, puts its directory part into the directory: all of it in one
 * transaction, or none. Applied before, it is only read. Returns what is left for the ledger.
 */
export function runPackage(job: PackageJob): PackageOutcome {
  const files = readFiles(job.base);
  if (!files.ok) return files;
  const opened = openPackage(files.value, [job.headOfficeKey]);
  if (!opened.ok) return opened;
  const { manifest } = opened.value;
  const fits = checkPlace(manifest, job);
  if (!fits.ok) return fits;
  const lines = readPackageLines(manifest, files.value.payload);
  if (!lines.ok) return lines;
  const content = checkContent(lines.value);
  if (!content.ok) return content;
  const roles = checkRoles(lines.value, job.people);
  if (!roles.ok) return roles;
  const own = lines.value.filter((line): line is LedgerLine => !isDirectoryLine(line));
  if (manifest.effectiveFromUnixMs > job.nowUnixMs) return ok({ manifest, due: false, lines: own });
  const applied = applyToDirectory(job, manifest, lines.value);
  return applied.ok ? ok({ manifest, due: true, lines: own }) : applied;
}

function readFiles(base: string): Result<SealedPackage, FileFault> {
  const read = (ending: string, limit: number): Uint8Array =>
    statSync(base + ending).size > limit ? new Uint8Array(0) : readFileSync(base + ending);
  return ok({
    manifest: read(PACKAGE_FILES.manifest, MANIFEST_LIMIT_BYTES),
    signature: read(PACKAGE_FILES.signature, MANIFEST_LIMIT_BYTES),
    payload: read(PACKAGE_FILES.payload, PAYLOAD_LIMITS.packedBytes),
  });
}

function checkPlace(manifest: PackageManifest, job: PackageJob): Result<null, FileFault> {
  if (manifest.station !== job.station) return fault('file-manifest', 'station', manifest.station);
  if (manifest.number <= job.applied) return fault('file-order', 'number', `${job.applied} is applied`);
  if (manifest.base !== null && manifest.base !== job.applied)
    return fault('file-order', 'base', `${job.applied} is applied`);
  return ok(null);
}

function isDirectoryLine(line: PackageLine): line is LineOf<DirectoryKind> {
  return (DIRECTORY_KINDS as readonly string[]).includes(line.kind);
}

/** What the shapes can't say: that tariffs are tariffs, with vectors that come out, and accounts are accounts. */
function checkContent(lines: readonly PackageLine[]): Result<null, FileFault> {
  for (const [index, line] of lines.entries()) {
    const at = (member: string): string => `${index + 1}: ${member}`;
    if (line.kind === 'account') {
      const account = accountOf(line);
      const [issue] = account.error?.issues ?? [];
      if (issue) return fault('file-row', at(issue.path.join('.')), issue.message);
    }
    if (line.kind !== 'tariff') continue;
    const tariff = parseTariff(line.document);
    if (!tariff.ok)
      return fault('file-row', at(`document${tariff.error[0]?.path ?? ''}`), tariff.error[0]?.code ?? '');
    const vectors = checkVectors(line);
    if (vectors !== undefined) return fault('file-row', at(`vectors.${vectors}`), 'does not come out');
  }
  return ok(null);
}

/** The station keeps somebody who may add people. */
function checkRoles(lines: readonly PackageLine[], people: PackageJob['people']): Result<null, FileFault> {
  const numbered = [...lines.entries()].flatMap(([index, line]) =>
    line.kind === 'role' ? [{ ...line, number: index + 1 }] : [],
  );
  const lost = roleThatLeavesNone(people, numbered);
  if (lost === undefined) return ok(null);
  return fault('file-row', `${numbered[lost]?.number ?? 0}: role`, 'operator-last-administrator');
}

function accountOf({ kind: _kind, pan: _pan, ...account }: LineOf<'account'>) {
  return meterAccountShape.safeParse(account);
}

/** The first vector that fails, or what is missing; undefined when all come out by this very document. */
function checkVectors({ tariffId, document, vectors }: LineOf<'tariff'>): string | undefined {
  const { tariffs } = vectors as { readonly tariffs?: Readonly<Record<string, unknown>> };
  if (JSON.stringify(tariffs?.[tariffId]) !== JSON.stringify(document)) return `tariffs.${tariffId}`;
  const run = runTariffVectors(vectors);
  if (!run.ok) return run.error.path;
  return run.value.passed === 0 ? 'none' : run.value.failed[0]?.id;
}

class Refused extends Error {
  readonly refusal: { readonly ok: false; readonly error: FileFault };
  constructor(refusal: { readonly ok: false; readonly error: FileFault }) {
    super(refusal.error.code);
    this.refusal = refusal;
  }
}

function applyToDirectory(
  job: PackageJob,
  manifest: PackageManifest,
  lines: readonly PackageLine[],
): Result<null, FileFault> {
  const opened = openWriter('directory', job.directoryFile, {
    sqliteBinding: job.sqliteBinding,
    mustExist: true,
  });
  if (!opened.ok) throw new Error(opened.error.code);
  try {
    opened.value.transaction((tx) => {
      const before = tx.prepare('SELECT 1 FROM package_applied WHERE number = ?').get(manifest.number);
      if (before !== undefined) return;
      for (const [index, line] of lines.entries()) {
        const problem = isDirectoryLine(line) ? applyLine(tx, line, manifest.number) : undefined;
        if (problem !== undefined)
          throw new Refused(fault('file-row', `${index + 1}: ${problem.member}`, problem.code));
      }
      tx.prepare('INSERT INTO package_applied VALUES (?, ?)').run(manifest.number, job.nowUnixMs);
    });
    return ok(null);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  } finally {
    opened.value.close();
  }
}

type Problem = { readonly member: string; readonly code: string };

function applyLine(tx: DirectoryTx, line: LineOf<DirectoryKind>, packageNumber: number): Problem | undefined {
  switch (line.kind) {
    case 'customer': {
      const { kind: _kind, ...customer } = line;
      takeCustomer(tx, customer, packageNumber);
      return undefined;
    }
    case 'meter': {
      const { kind: _kind, ...meter } = line;
      const number = parseMeterNumber(meter.meterNumber);
      if (!number.ok) return { member: 'meterNumber', code: number.error.code };
      const put = takeMeter(tx, meter, number.value.pan, packageNumber);
      return put.ok ? undefined : { member: 'meterNumber', code: put.error.code };
    }
    case 'block': {
      const { changes } = tx
        .prepare('UPDATE meter SET blocked_reason = ? WHERE pan = ?')
        .run(line.reason, line.pan);
      return changes === 1 ? undefined : { member: 'pan', code: 'meter-unknown' };
    }
    case 'tariff': {
      const { tariffId, version, effectiveFromUnixMs, document } = line;
      const put = putTariffVersion(tx, { tariffId, version, effectiveFromUnixMs, document });
      return put.ok ? undefined : { member: 'version', code: put.error.code };
    }
    case 'account': {
      const account = accountOf(line);
      if (!account.success) return { member: '', code: 'not an account' };
      const put = putMeterAccount(tx, line.pan, account.data);
      return put.ok ? undefined : { member: 'pan', code: put.error.code };
    }
    case 'token-time': {
      tx.prepare(
        `INSERT INTO token_time VALUES (?, ?) ON CONFLICT (pan) DO UPDATE SET
           last_minute = max(last_minute, excluded.last_minute)`,
      ).run(line.pan, line.lastMinute);
      return undefined;
    }
  }
}
