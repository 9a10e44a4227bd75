import { randomBytes } from 'node:crypto';
import { ROLES, type Role } from '../../contract/index.ts';
import { err, makeId, ok, type Result, type UnixMs } from '../../units/index.ts';
import type { LedgerReader, LedgerWriter } from '../store/index.ts';
import { hashPin, type PinHash } from './pin-hash.ts';

export type NewOperator = { readonly name: string; readonly role: Role; readonly pin: string };

export type AddOperatorFault =
  | { readonly code: 'operator-name'; readonly reason: 'empty' | 'too-long' | 'taken' }
  | { readonly code: 'operator-pin'; readonly reason: 'too-short' | 'too-long' };

export type StoredOperator = {
  readonly operatorId: string;
  readonly name: string;
  readonly role: Role;
  readonly pin: PinHash;
};

const LONGEST_NAME = 60;
const SHORTEST_PIN = 4;
const LONGEST_PIN = 64;

/** Operators of the training station; their PINs are in the manual. */
export const TRAINING_OPERATORS: readonly NewOperator[] = [
  { name: 'Amina', role: 'cashier', pin: '1234' },
  { name: 'Joseph', role: 'supervisor', pin: '4321' },
];

/** Names are compared without regard to case, width of characters or spaces around them. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}

function checkNew(operator: NewOperator): Result<null, AddOperatorFault> {
  const length = nameKey(operator.name).length;
  if (length === 0) return err({ code: 'operator-name', reason: 'empty' });
  if (length > LONGEST_NAME) return err({ code: 'operator-name', reason: 'too-long' });
  if (operator.pin.length < SHORTEST_PIN) return err({ code: 'operator-pin', reason: 'too-short' });
  if (operator.pin.length > LONGEST_PIN) return err({ code: 'operator-pin', reason: 'too-long' });
  return ok(null);
}

/**
 * Adds an operator and the event that says so, in one transaction. The PIN is kept as a scrypt hash only.
 * Returns the new operator's id.
 */
export async function addOperator(
  db: LedgerWriter,
  operator: NewOperator,
  nowUnixMs: UnixMs,
): Promise<Result<string, AddOperatorFault>> {
  const checked = checkNew(operator);
  if (!checked.ok) return checked;
  const pin = await hashPin(operator.pin);
  const operatorId = makeId<'operator'>(nowUnixMs, randomBytes(10));
  return db.transaction((tx): Result<string, AddOperatorFault> => {
    const key = nameKey(operator.name);
    const taken = tx.prepare('SELECT 1 FROM operator WHERE name_key = ?').get(key);
    if (taken !== undefined) return err({ code: 'operator-name', reason: 'taken' });
    tx.prepare(
      `INSERT INTO operator (operator_id, name, name_key, role, pin_cost, pin_block_size, pin_parallel,
         pin_salt, pin_hash, created_unix_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      operatorId,
      operator.name.trim().replace(/\s+/gu, ' '),
      key,
      operator.role,
      pin.cost,
      pin.blockSize,
      pin.parallel,
      pin.salt,
      pin.hash,
      nowUnixMs,
    );
    tx.prepare(
      `INSERT INTO operator_event (at_unix_ms, event, subject, wrong_in_a_row, locked_seconds)
       VALUES (?, 'added', ?, 0, 0)`,
    ).run(nowUnixMs, operatorId);
    return ok(operatorId);
  });
}

/** Every operator's name, in the order in which they were added. */
export function listOperatorNames(db: LedgerReader): string[] {
  return db
    .prepare('SELECT name FROM operator ORDER BY operator_row')
    .all<{ name: string }>()
    .map((row) => row.name);
}

type OperatorRow = {
  readonly operator_id: string;
  readonly name: string;
  readonly role: string;
  readonly pin_cost: number;
  readonly pin_block_size: number;
  readonly pin_parallel: number;
  readonly pin_salt: Uint8Array;
  readonly pin_hash: Uint8Array;
};

/** The operator of that name, with the hash of the PIN: for this room only. */
export function findOperator(db: LedgerReader, name: string): StoredOperator | undefined {
  const row = db.prepare('SELECT * FROM operator WHERE name_key = ?').get<OperatorRow>(nameKey(name));
  const role = ROLES.find((known) => known === row?.role);
  if (row === undefined || role === undefined) return undefined;
  const pin = {
    cost: row.pin_cost,
    blockSize: row.pin_block_size,
    parallel: row.pin_parallel,
    salt: row.pin_salt,
    hash: row.pin_hash,
  };
  return { operatorId: row.operator_id, name: row.name, role, pin };
}
