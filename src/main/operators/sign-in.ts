import { createHash } from 'node:crypto';
import { refuse, type CallFault, type SignedInOperator } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import type { Moment } from '../ledger/index.ts';
import type { LedgerReader, LedgerWriter } from '../store/index.ts';
import { lockSecondsAfter, secondsLeft } from './lock-out.ts';
import { findOperator, nameKey, pinOf, writeOperatorRecord } from './operators.ts';
import { isPin, NOBODYS_PIN } from './pin-hash.ts';

type LastTry = {
  readonly wrongInARow: number;
  readonly lockedSeconds: number;
  readonly clockUnixMs: number;
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
      `SELECT detail FROM record WHERE kind IN ('operator-signed-in', 'operator-refused') AND subject_id = ?
       ORDER BY record_id DESC LIMIT 1`,
    )
    .get<{ detail: string }>(subject);
  return row ? (JSON.parse(row.detail) as LastTry) : { wrongInARow: 0, lockedSeconds: 0, clockUnixMs: 0 };
}

/** Tries run one after the other: several at once would all be checked before the first one counts. */
const queues = new WeakMap<LedgerWriter, Promise<unknown>>();

function inTurn<Value>(db: LedgerWriter, work: () => Promise<Value>): Promise<Value> {
  const next = (queues.get(db) ?? Promise.resolve()).then(work, work);
  queues.set(db, next);
  return next;
}

/** When somebody tried; who they are is what is found out. */
export type When = Pick<Moment, 'nowUnixMs' | 'zone'>;

function record(db: LedgerWriter, subject: string, right: boolean, when: When): void {
  db.transaction((tx) => {
    const wrongInARow = right ? 0 : lastTry(db, subject).wrongInARow + 1;
    writeOperatorRecord(
      tx,
      { ...when, operatorId: right ? subject : null },
      {
        kind: right ? 'operator-signed-in' : 'operator-refused',
        subjectId: subject,
        detail: { wrongInARow, lockedSeconds: lockSecondsAfter(wrongInARow) },
      },
    );
  });
}

async function tryOnce(
  db: LedgerWriter,
  name: string,
  pin: string,
  when: When,
): Promise<Result<SignedInOperator, CallFault>> {
  const operator = findOperator(db, name);
  const subject = operator?.operatorId ?? unknownSubject(name);
  const seconds = lockedSecondsLeft(db, subject, when.nowUnixMs);
  if (seconds > 0) return refuse('sign-in-locked', { seconds }, 'safe');
  const matches = await isPin(pin, operator ? pinOf(db, operator.operatorId) : NOBODYS_PIN);
  const right = matches && operator?.active === true;
  record(db, subject, right, when);
  if (!right) return err(REFUSED);
  return ok({ operatorId: operator.operatorId, name: operator.name, role: operator.role });
}

/** Seconds until this operator (or bucket of unknown names) may try again; 0 when free. */
export function lockedSecondsLeft(db: LedgerReader, subject: string, nowUnixMs: number): number {
  const last = lastTry(db, subject);
  return secondsLeft(last.lockedSeconds, last.clockUnixMs, nowUnixMs);
}

/**
 * Signs in by name and PIN. An unknown name, somebody who was let go and a wrong PIN get the same answer after
 * the same time (`sign-in-refused`). From the third wrong PIN in a row the name is locked for 10 seconds,
 * doubling to 1280 (`sign-in-locked` with the seconds left); a try during the lock-out is not looked at and does
 * not lengthen it. Each sign-in and each refusal is a record of the chain.
 */
export function signIn(
  db: LedgerWriter,
  name: string,
  pin: string,
  when: When,
): Promise<Result<SignedInOperator, CallFault>> {
  return inTurn(db, () => tryOnce(db, name, pin, when));
}
