import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_FILES, sha256, type FileFault, type PackageManifest } from '../../batch/index.ts';
import { assert, civilDateText, civilInZone, unixMs } from '../../units/index.ts';
import {
  appendRecord,
  believedUnixMs,
  clockFault,
  grantAllowance,
  keepHeadOfficeWord,
  readLost,
  recallRecords,
  type LeftRecord,
  type RecallFault,
  type RecallMoment,
  type Moment,
} from '../ledger/index.ts';
import { listOperators, takeOfficeRoles } from '../operators/index.ts';
import { depositByReference, matchDeposit } from '../shifts/index.ts';
import { writeDurably, type LedgerReader, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import type { LedgerLine, PackageJob, PackageOutcome } from './package-job.ts';

export type PackageDeps = {
  readonly folder: string;
  readonly stationId: string;
  readonly zone: string;
  readonly ledger: LedgerWriter;
  readonly now: () => number;
  /** Asks whoever can speak for a clock that is not believed; what it says is in the ledger afterwards. */
  readonly agreeOnClock?: () => Promise<unknown>;
  /** Checks and applies: on a thread of its own beside a till that sells. */
  readonly applyPackage: (job: PackageJob) => Promise<PackageOutcome>;
  readonly sqliteBinding?: string | undefined;
  /** Runs the taking of one package while nobody changes what it was checked against. */
  readonly undisturbed: <Value>(work: () => Promise<Value>) => Promise<Value>;
};

/** What became of the packages that lay ready. */
export type PackageNews =
  | { readonly name: string; readonly state: 'waiting'; readonly number: number }
  | {
      readonly name: string;
      readonly state: 'applied';
      readonly number: number;
      /** How many lost records could not be taken; a package in which none could counts as one. */
      readonly left: number;
    }
  | { readonly name: string; readonly state: 'refused'; readonly fault: FileFault };

const INBOX = 'inbox';

/** The newest package that was applied; 0 before the first. */
export function packageNumber(reader: LedgerReader | LedgerTx): number {
  const row = reader
    .prepare('SELECT max(number) AS number FROM head_office_package')
    .get<{ number: number | null }>();
  return row?.number ?? 0;
}

/** Keeps a package's file until it is dealt with, also without a line to head office. */
export function keepInInbox(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(path.join(folder, INBOX), { recursive: true, mode: 0o700 });
  writeDurably(path.join(folder, INBOX, name), bytes);
}

/**
 * Takes every complete package of the inbox, in the order of their numbers: those that are due are applied, those
 * for later wait, and whatever can't be taken is removed and told. By a clock that nobody answers for nothing is due.
 */
export async function takePackages(
  deps: PackageDeps,
  headOfficeKey: string,
): Promise<readonly PackageNews[]> {
  const inbox = path.join(deps.folder, INBOX);
  if (!existsSync(inbox)) return [];
  const names = readdirSync(inbox)
    .filter((name) => name.endsWith(PACKAGE_FILES.manifest))
    .map((name) => name.slice(0, -PACKAGE_FILES.manifest.length))
    .sort();
  if (names.length > 0 && clockFault(deps.ledger, deps.now())) await deps.agreeOnClock?.();
  const news: PackageNews[] = [];
  for (const name of names) {
    const base = path.join(inbox, name);
    if (Object.values(PACKAGE_FILES).some((ending) => !existsSync(base + ending))) continue;
    news.push(await deps.undisturbed(() => takeOne(deps, name, base, headOfficeKey)));
  }
  return news;
}

/** Every package is for later than this. */
const BEFORE_ALL = -1;

async function takeOne(
  deps: PackageDeps,
  name: string,
  base: string,
  headOfficeKey: string,
): Promise<PackageNews> {
  const nowUnixMs = deps.now();
  const outcome = await deps.applyPackage({
    directoryFile: path.join(deps.folder, 'directory.db'),
    sqliteBinding: deps.sqliteBinding,
    base,
    headOfficeKey,
    station: deps.stationId,
    applied: packageNumber(deps.ledger),
    nowUnixMs: clockFault(deps.ledger, nowUnixMs) ? BEFORE_ALL : nowUnixMs,
    people: listOperators(deps.ledger),
  });
  return finish(deps, name, base, outcome);
}

function finish(deps: PackageDeps, name: string, base: string, outcome: PackageOutcome): PackageNews {
  if (outcome.ok && !outcome.value.due)
    return { name, state: 'waiting', number: outcome.value.manifest.number };
  const left = outcome.ok ? applyOutcome(deps, base, outcome.value) : 0;
  for (const ending of Object.values(PACKAGE_FILES)) rmSync(base + ending, { force: true });
  return outcome.ok
    ? { name, state: 'applied', number: outcome.value.manifest.number, left }
    : { name, state: 'refused', fault: outcome.error };
}

function applyOutcome(
  deps: PackageDeps,
  base: string,
  { manifest, lines }: Extract<PackageOutcome, { readonly ok: true }>['value'],
): number {
  const sealed = {
    manifest: readFileSync(base + PACKAGE_FILES.manifest),
    signature: readFileSync(base + PACKAGE_FILES.signature),
  };
  const word = deps.ledger.transaction((tx) => applyToLedger(tx, deps, manifest, lines, sealed));
  if (!word) return 0;
  return 'refused' in word ? 1 : word.left.length + (word.more ?? 0);
}

function applyToLedger(
  tx: LedgerTx,
  deps: PackageDeps,
  manifest: PackageManifest,
  lines: readonly LedgerLine[],
  sealed: { readonly manifest: Uint8Array; readonly signature: Uint8Array },
): LostWord | undefined {
  const nowUnixMs = believedUnixMs(tx, deps.now());
  const moment = {
    nowUnixMs,
    zone: deps.zone,
    businessDate: civilDateText(civilInZone(unixMs(nowUnixMs), deps.zone)),
    operatorId: null,
  };
  const lost = lines.filter((line) => line.kind === 'lost').map(({ line }) => line);
  const word = lost.length === 0 ? undefined : recallLost(tx, moment, lost, deps.folder);
  appendRecord(tx, {
    kind: 'package-applied',
    atUnixMs: nowUnixMs,
    businessDate: moment.businessDate,
    operatorId: null,
    subjectId: null,
    detail: {
      number: manifest.number,
      manifest: sha256(sealed.manifest),
      counts: manifest.counts,
      ...(word ? { lost: word } : {}),
    },
  });
  tx.prepare('INSERT INTO head_office_package VALUES (?, ?, ?, ?)').run(
    manifest.number,
    nowUnixMs,
    sealed.manifest,
    sealed.signature,
  );
  for (const line of lines) {
    if (line.kind === 'allowance') grantAllowance(tx, manifest.number, line, nowUnixMs);
    else if (line.kind === 'limits' || line.kind === 'interval') keepHeadOfficeWord(tx, line.kind, line);
    else if (line.kind === 'message') keepHeadOfficeWord(tx, `message/${line.id}`, line);
    else if (line.kind === 'deposit') takeMatch(tx, moment, manifest.number, line);
  }
  const roles = lines.filter((line) => line.kind === 'role');
  takeOfficeRoles(tx, moment, roles, manifest.number);
  return word;
}

/** Whether a package of this day brought lost records that could not be taken: a person has to look at them. */
export function lostLeft(ledger: LedgerReader, businessDate: string): boolean {
  const row = ledger
    .prepare(
      `SELECT 1 FROM record WHERE business_date = ? AND kind = 'package-applied'
         AND (detail ->> '$.lost.left[0]' IS NOT NULL OR detail ->> '$.lost.refused' IS NOT NULL) LIMIT 1`,
    )
    .get(businessDate);
  return row !== undefined;
}

/** A deposit that this copy of the books does not have, or has with another amount, stays as it is. */
function takeMatch(
  tx: LedgerTx,
  moment: Moment,
  byPackage: number,
  { reference, currency, amountMinor }: LedgerLine & { readonly kind: 'deposit' },
): void {
  const deposit = depositByReference(tx, reference);
  if (deposit?.currency !== currency || deposit.amountMinor !== amountMinor) return;
  const matched = matchDeposit(tx, moment, deposit.depositId, { packageNumber: byPackage });
  assert(matched.ok, 'a deposit that was just found is there');
}

/** What became of the rows that head office has and this copy of the ledger lacks: the package's record says it. */
export type LostWord =
  | {
      readonly recalled: number;
      readonly known: number;
      readonly left: readonly LeftRecord[];
      /** How many more were left. */
      readonly more?: number;
    }
  | { readonly refused: Pick<RecallFault, 'code' | 'params'> };

/** The most that one record names; the rest is counted. */
const NAMED_LEFT = 100;

/**
 * Sales come back as they were, as far as they fit what was sold here since. Nothing of it holds up the package: what
 * can't come back is for a person, and the next allowance is for the till.
 */
function recallLost(tx: LedgerTx, moment: RecallMoment, lines: readonly string[], folder: string): LostWord {
  const lost = readLost(tx, lines, folder);
  if (!lost.ok) return { refused: lost.error };
  const { counts, left } = recallRecords(tx, moment, lost.value);
  const more = left.length > NAMED_LEFT ? { more: left.length - NAMED_LEFT } : {};
  return { recalled: counts.recalled, known: counts.known, left: left.slice(0, NAMED_LEFT), ...more };
}
