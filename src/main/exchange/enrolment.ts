import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import {
  enrolmentReplyShape,
  fingerprintText,
  type EnrolmentRequest,
  isEnrolmentCode,
  isProvenReply,
  makeEnrolmentRequest,
  plainCode,
  publicKeyShape,
} from '../../batch/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import { appendRecord, believedUnixMs, businessDateOf, chainHead, openEpoch } from '../ledger/index.ts';
import {
  openStationKey,
  readStationPublicKey,
  writeDurably,
  type LedgerReader,
  type LedgerTx,
  type LedgerWriter,
  type StationKey,
} from '../store/index.ts';
import { findBatch, lastBatch } from './outbox.ts';

/** Who the station is to head office: kept beside its key, in no backup, so that a copy has to enrol again. */
const enrolledShape = z.strictObject({
  state: z.literal('enrolled'),
  publicKey: publicKeyShape,
  epoch: z.int().min(1),
  headOfficeKey: publicKeyShape,
});
const enrolmentShape = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('asked'),
    publicKey: publicKeyShape,
    epoch: z.int().min(1),
    code: z.string().max(40),
    /** What held when it was asked for: it goes on until head office has answered. */
    before: enrolledShape.optional(),
  }),
  enrolledShape,
]);
export type Enrolment = z.infer<typeof enrolmentShape>;
type Enrolled = z.infer<typeof enrolledShape>;

/** What head office has answered last; undefined where it never did. */
export function enrolledPart(enrolment: Enrolment | undefined): Enrolled | undefined {
  return enrolment?.state === 'asked' ? enrolment.before : enrolment;
}

export const ENROLMENT_FILE = 'enrolment.json';

export type ExchangeFault = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

/** Undefined where nobody enrolled yet. Throws on a file that is not ours: it is never replaced by itself. */
export function readEnrolment(folder: string): Enrolment | undefined {
  const file = path.join(folder, ENROLMENT_FILE);
  if (!existsSync(file)) return undefined;
  return enrolmentShape.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function writeEnrolment(folder: string, enrolment: Enrolment): void {
  writeDurably(path.join(folder, ENROLMENT_FILE), `${JSON.stringify(enrolment, null, 2)}\n`);
}

export type EnrolDeps = {
  readonly folder: string;
  readonly stationId: string;
  readonly zone: string;
  readonly ledger: LedgerWriter;
  readonly nowUnixMs: number;
  /** Who asks, or null for whoever has the data folder itself. */
  readonly operatorId: string | null;
};

/**
 * Makes the station's key where there is none and asks head office, with the one-time code, to know the station by
 * it. Where another key signed batches of the journal's epoch before, a new epoch begins: whoever had that key, or
 * the disk that this is a copy of, can't go on under the same numbers. An enrolment that holds goes on until head
 * office has answered this one. `enrolment-code` for what can be no code.
 */
export function askToEnrol(
  deps: EnrolDeps,
  code: string,
): Result<{ readonly request: EnrolmentRequest; readonly key: StationKey }, ExchangeFault> {
  if (!isEnrolmentCode(code)) return err({ code: 'enrolment-code', params: {} });
  const key = openStationKey(deps.folder);
  if (!key.ok) return key;
  const { publicKey } = key.value;
  if (signedByAnother(deps, publicKey)) beginEpoch(deps);
  const epoch = chainHead(deps.ledger)?.epoch ?? 1;
  const now = readEnrolment(deps.folder);
  const before = enrolledPart(now);
  const holds = before?.epoch === epoch ? { before } : {};
  const asked = { state: 'asked', publicKey, epoch, code: plainCode(code), ...holds } as const;
  // Asked the same twice, it is the same request.
  if (JSON.stringify(now) !== JSON.stringify(enrolmentShape.parse(asked))) {
    noteKey(deps, 'enrolment-asked', publicKey);
    writeEnrolment(deps.folder, asked);
  }
  return ok({
    request: makeEnrolmentRequest(code, { station: deps.stationId, publicKey, epoch }),
    key: key.value,
  });
}

function signedByAnother({ ledger, folder }: EnrolDeps, publicKey: string): boolean {
  const epoch = chainHead(ledger)?.epoch ?? 1;
  const last = lastBatch(ledger);
  if (!last || last.epoch !== epoch) return false;
  const before = readEnrolment(folder);
  if (before === undefined || findBatch(ledger, epoch, 1) === undefined) return true;
  return !isKeyOf(ledger, enrolledPart(before) ?? before, publicKey);
}

/** Whether a key is the enrolled one, or one that took over since: a batch, signed by the key before it, announced it. */
function isKeyOf(ledger: LedgerReader | LedgerTx, { publicKey, epoch }: Enrolment, key: string): boolean {
  if (key === publicKey) return true;
  const announced = ledger
    .prepare("SELECT 1 FROM upload_batch WHERE epoch >= ? AND CAST(manifest AS TEXT) ->> '$.nextKey' = ?")
    .get(epoch, key);
  return announced !== undefined;
}

/** How the station stands: what it is to head office, and why it has to enrol once more where it was known before. */
export type Standing = {
  readonly state: 'none' | 'asked' | 'enrolled';
  /** Enrolled, and asked for once more: what was goes on until head office has answered. */
  readonly asking: boolean;
  readonly again: 'restored' | 'new-key' | null;
  readonly headOfficeKey: string | null;
};

/** An enrolment holds for its epoch and its key; a copy that was restored, or another key, is not known by it. */
export function standingOf(folder: string, ledger: LedgerReader): Standing {
  const enrolment = readEnrolment(folder);
  const epoch = chainHead(ledger)?.epoch ?? 1;
  const not = (state: 'none' | 'asked', again: Standing['again'] = null): Standing => ({
    state,
    asking: false,
    again,
    headOfficeKey: null,
  });
  if (!enrolment) return not('none', epoch > 1 || lastBatch(ledger) ? 'restored' : null);
  const asking = enrolment.state === 'asked';
  const enrolled = enrolledPart(enrolment);
  if (!enrolled) return not('asked');
  const key = readStationPublicKey(folder);
  if (enrolled.epoch !== epoch) return asking ? not('asked') : not('none', 'restored');
  if (!key.ok || !isKeyOf(ledger, enrolled, key.value.publicKey))
    return asking ? not('asked') : not('none', 'new-key');
  return { state: 'enrolled', asking, again: null, headOfficeKey: enrolled.headOfficeKey };
}

const MINUTE_MS = 60_000;

/** Writes down who did something about keys; `publicKey` is the key that it is about. */
function noteKey(
  { ledger, nowUnixMs, zone, operatorId }: Omit<EnrolDeps, 'folder' | 'stationId'>,
  kind: 'enrolment-asked' | 'enrolment-answered' | 'next-key-made',
  publicKey: string,
): void {
  ledger.transaction((tx) => {
    const atUnixMs = believedUnixMs(tx, nowUnixMs);
    appendRecord(tx, {
      kind,
      atUnixMs,
      businessDate: businessDateOf(atUnixMs, zone),
      operatorId,
      subjectId: null,
      detail: { fingerprint: fingerprintText(publicKey) },
    });
  });
}

function beginEpoch({ ledger, nowUnixMs, zone, operatorId }: EnrolDeps): void {
  ledger.transaction((tx) => {
    const atUnixMs = believedUnixMs(tx, nowUnixMs);
    openEpoch(tx, {
      atUnixMs,
      businessDate: businessDateOf(atUnixMs, zone),
      operatorId,
      detail: { reason: 'new-station-key', tokenFloorMinute: Math.floor(atUnixMs / MINUTE_MS) },
    });
  });
}

/** Takes head office's answer to what this station asked: its key is pinned from here on. */
export function takeEnrolmentReply(
  deps: Omit<EnrolDeps, 'stationId' | 'operatorId'>,
  bytes: Uint8Array,
): Result<Enrolment, ExchangeFault> {
  const { folder } = deps;
  const refused = (reason: string): Result<never, ExchangeFault> =>
    err({ code: 'enrolment-reply', params: { reason } });
  const asked = readEnrolment(folder);
  if (asked?.state !== 'asked') return refused('not asked');
  const reply = enrolmentReplyShape.safeParse(parseJson(bytes));
  if (!reply.success) return refused('not readable');
  if (reply.data.publicKey !== asked.publicKey || !isProvenReply(asked.code, reply.data))
    return refused('not proven');
  const { publicKey, epoch } = asked;
  const enrolled = { state: 'enrolled', publicKey, epoch, headOfficeKey: reply.data.headOfficeKey } as const;
  noteKey({ ...deps, operatorId: null }, 'enrolment-answered', enrolled.headOfficeKey);
  writeEnrolment(folder, enrolled);
  return ok(enrolled);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

const NEXT_KEY_FOLDER = 'next-key';

/** Makes the key that takes over once a batch has announced it, or finds the one that was made and not announced yet. */
export function makeNextKey(deps: Omit<EnrolDeps, 'stationId'>): Result<StationKey, ExchangeFault> {
  const known = nextKey(deps.folder);
  if (known) return ok(known);
  const place = path.join(deps.folder, NEXT_KEY_FOLDER);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const key = openStationKey(place);
  if (key.ok) noteKey(deps, 'next-key-made', key.value.publicKey);
  return key;
}

/** The key that takes over with the next batch, or undefined when none was asked for. */
export function nextKey(folder: string): StationKey | undefined {
  const place = path.join(folder, NEXT_KEY_FOLDER);
  if (!existsSync(place)) return undefined;
  const key = openStationKey(place);
  return key.ok ? key.value : undefined;
}

export { NEXT_KEY_FOLDER };

/** Forgets who the station was to head office. */
export function forgetEnrolment(folder: string): void {
  rmSync(path.join(folder, ENROLMENT_FILE), { force: true });
}
