import { createHash } from 'node:crypto';
import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import { err, ok, type Result, type UnixMs } from '../../units/index.ts';
import type { LedgerReader, LedgerWriter } from '../store/index.ts';
import { lockSecondsAfter, secondsLeft } from './lock-out.ts';
import { findOperator, nameKey } from './operators.ts';
import { isPin, NOBODYS_PIN } from './pin-hash.ts';

type LastTry = {
  readonly at_unix_ms: number;
  readonly wrong_in_a_row: number;
  readonly locked_seconds: number;
};

const REFUSED: CallFault = { code: 'sign-in-refused', params: {}, retry: 'safe' };

/** Names that nobody has share sixteen counters, so that nothing of what was typed is kept. */
function unknownSubject(name: string): string {
  const [first = 0] = createHash('sha256').update(nameKey(name)).digest();
  return `unknown-${first % 16}`;
}

function lastTry(db: LedgerReader, subject: string): LastTry {
  const row = db
    .prepare(
      `SELECT at_unix_ms, wrong_in_a_row, locked_seconds FROM operator_event
       WHERE subject = ? ORDER BY event_row DESC LIMIT 1`,
    )
    .get<LastTry>(subject);
  return row ?? { at_unix_ms: 0, wrong_in_a_row: 0, locked_seconds: 0 };
}

/** Tries run one after the other: several at once would all be checked before the first one counts. */
const queues = new WeakMap<LedgerWriter, Promise<unknown>>();

function inTurn<Value>(db: LedgerWriter, work: () => Promise<Value>): Promise<Value> {
  const next = (queues.get(db) ?? Promise.resolve()).then(work, work);
  queues.set(db, next);
  return next;
}

function record(db: LedgerWriter, subject: string, right: boolean, nowUnixMs: UnixMs): void {
  db.transaction((tx) => {
    const wrong = right ? 0 : lastTry(db, subject).wrong_in_a_row + 1;
    tx.prepare(
      `INSERT INTO operator_event (at_unix_ms, event, subject, wrong_in_a_row, locked_seconds)
       VALUES (?, ?, ?, ?, ?)`,
    ).run(nowUnixMs, right ? 'signed-in' : 'refused', subject, wrong, lockSecondsAfter(wrong));
  });
}

async function tryOnce(
  db: LedgerWriter,
  name: string,
  pin: string,
  nowUnixMs: UnixMs,
): Promise<Result<SignedInOperator, CallFault>> {
  const operator = findOperator(db, name);
  const subject = operator?.operatorId ?? unknownSubject(name);
  const last = lastTry(db, subject);
  const seconds = secondsLeft(last.locked_seconds, last.at_unix_ms, nowUnixMs);
  if (seconds > 0) return err({ code: 'sign-in-locked', params: { seconds }, retry: 'safe' });
  const matches = await isPin(pin, operator?.pin ?? NOBODYS_PIN);
  const right = matches && operator !== undefined;
  record(db, subject, right, nowUnixMs);
  if (!right) return err(REFUSED);
  return ok({ operatorId: operator.operatorId, name: operator.name, role: operator.role });
}

/**
 * Signs in by name and PIN. An unknown name and a wrong PIN get the same answer after the same time
 * (`sign-in-refused`). From the third wrong PIN in a row the name is locked for 10 seconds, doubling to 1280
 * (`sign-in-locked` with the seconds left); a try during the lock-out is not looked at and does not lengthen
 * it. Each sign-in and each refusal is an event row.
 */
export function signIn(
  db: LedgerWriter,
  name: string,
  pin: string,
  nowUnixMs: UnixMs,
): Promise<Result<SignedInOperator, CallFault>> {
  return inTurn(db, () => tryOnce(db, name, pin, nowUnixMs));
}
