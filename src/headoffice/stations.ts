import {
  CODE_BYTES,
  enrolmentCode,
  isProvenRequest,
  keyIdOf,
  makeEnrolmentReply,
  stationIdShape,
  type EnrolmentRequest,
  type Signer,
} from '../batch/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import type { Database, Session } from './db.ts';

export type StationRow = {
  readonly station: string;
  readonly state: 'expected' | 'active' | 'retired';
  readonly code: string | null;
  readonly enrolment_reply: string | null;
  readonly batch_epoch: number;
  readonly batch_number: number;
  readonly batch_manifest: string | null;
  readonly epoch: number;
  readonly sequence: number;
  readonly record_id: number;
  readonly hash: Uint8Array;
};

export type KeyRow = {
  readonly public_key: string;
  readonly from_epoch: number;
  readonly from_number: number;
  readonly to_epoch: number | null;
  readonly to_number: number | null;
};

export type OfficeFault = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

function refuse(code: string, params: OfficeFault['params'] = {}): { ok: false; error: OfficeFault } {
  return err({ code, params });
}

/** The station's row; held against everybody else until the transaction ends when `lock` is asked for. */
export async function findStation(
  session: Session,
  station: string,
  lock = false,
): Promise<StationRow | undefined> {
  const text = `SELECT * FROM station WHERE station = $1${lock ? ' FOR UPDATE' : ''}`;
  const [row] = await session.query<StationRow>(text, [station]);
  return row;
}

/** Every key that the station ever signed with, newest first. */
export async function keysOf(session: Session, station: string): Promise<readonly KeyRow[]> {
  return session.query<KeyRow>(
    `SELECT public_key, from_epoch, from_number, to_epoch, to_number FROM station_key
     WHERE station = $1 ORDER BY from_epoch DESC, from_number DESC`,
    [station],
  );
}

/** Whether a key signs this batch: not before it was enrolled, and not after the next one took over. */
export function maySign(key: KeyRow, batch: { readonly epoch: number; readonly number: number }): boolean {
  const after = compare(batch, { epoch: key.from_epoch, number: key.from_number });
  if (after < 0) return false;
  if (key.to_epoch === null || key.to_number === null) return true;
  return compare(batch, { epoch: key.to_epoch, number: key.to_number }) <= 0;
}

type Numbered = { readonly epoch: number; readonly number: number };

export function compare(a: Numbered, b: Numbered): number {
  return a.epoch === b.epoch ? a.number - b.number : a.epoch - b.epoch;
}

/** Expects a station, new or once more, and returns the one-time code that enrols it. */
export async function addStation(
  database: Database,
  station: string,
  random: (bytes: number) => Uint8Array,
): Promise<Result<string, OfficeFault>> {
  if (!stationIdShape.safeParse(station).success) return refuse('office-station-name', { station });
  const code = enrolmentCode(random(CODE_BYTES));
  await database.use((session) =>
    session.query(
      `INSERT INTO station (station, state, code) VALUES ($1, 'expected', $2)
       ON CONFLICT (station) DO UPDATE SET code = excluded.code, enrolment_reply = NULL,
         state = CASE WHEN station.state = 'retired' THEN 'expected' ELSE station.state END`,
      [station, code],
    ),
  );
  return ok(code);
}

/** No further batch of this station is taken. */
export async function retireStation(database: Database, station: string): Promise<Result<null, OfficeFault>> {
  const rows = await database.use((session) =>
    session.query(`UPDATE station SET state = 'retired', code = NULL WHERE station = $1 RETURNING station`, [
      station,
    ]),
  );
  return rows.length === 1 ? ok(null) : refuse('office-station-unknown', { station });
}

export type Enrolled = { readonly reply: string; readonly keyId: string };

/**
 * Takes a station's request: its proof has to come from the code that is open for it, and the code is used up.
 * The same request again gets the same reply. Another key of a station that is known needs a later epoch.
 */
export async function enrolStation(
  database: Database,
  office: Signer,
  request: EnrolmentRequest,
): Promise<Result<Enrolled, OfficeFault>> {
  const { station, publicKey, epoch } = request;
  return database.transaction(async (session) => {
    const row = await findStation(session, station, true);
    if (!row) return refuse('office-station-unknown', { station });
    const keys = await keysOf(session, station);
    const known = keys.find((key) => key.public_key === publicKey);
    if (known && row.code === null && row.enrolment_reply !== null)
      return ok({ reply: row.enrolment_reply, keyId: keyIdOf(publicKey) });
    if (row.code === null || !isProvenRequest(row.code, request))
      return refuse('office-enrol-code', { station });
    const newest = keys[0];
    if (newest && !known && epoch <= row.batch_epoch)
      return refuse('office-enrol-epoch', { station, epoch: row.batch_epoch });
    const reply = makeEnrolmentReply(row.code, { station, publicKey, headOfficeKey: office.publicKey });
    const text = `${JSON.stringify(reply, null, 2)}\n`;
    if (!known) {
      await endKeys(session, station, { epoch: epoch - 1, number: 99_999_999 });
      await session.query(
        'INSERT INTO station_key (station, public_key, from_epoch, from_number) VALUES ($1, $2, $3, 1)',
        [station, publicKey, epoch],
      );
    }
    await session.query(
      `UPDATE station SET state = 'active', code = NULL, enrolment_reply = $2 WHERE station = $1`,
      [station, text],
    );
    return ok({ reply: text, keyId: keyIdOf(publicKey) });
  });
}

/** The key in use signs up to this batch and no further. */
export async function endKeys(session: Session, station: string, last: Numbered): Promise<void> {
  await session.query(
    `UPDATE station_key SET to_epoch = $2, to_number = $3 WHERE station = $1 AND to_epoch IS NULL`,
    [station, last.epoch, last.number],
  );
}
