import { randomBytes } from 'node:crypto';
import { ROLES, type Role } from '../../contract/index.ts';
import { assert, err, makeId, ok, type Result } from '../../units/index.ts';
import {
  appendRecord,
  businessDateOf,
  chainHead,
  headOfficeWord,
  keepHeadOfficeWord,
  type Moment,
} from '../ledger/index.ts';
import type { LedgerReader, LedgerTx, LedgerWriter } from '../store/index.ts';
import { hashPin, type PinHash } from './pin-hash.ts';

export type NewOperator = { readonly name: string; readonly role: Role; readonly pin: string };

export type OperatorFault =
  | { readonly code: 'operator-name'; readonly reason: 'empty' | 'too-long' | 'taken' }
  | { readonly code: 'operator-pin'; readonly reason: 'too-short' | 'too-long' }
  | { readonly code: 'operator-role-office'; readonly role: Role }
  | { readonly code: 'operator-unknown' | 'operator-last-administrator' };

export type StoredOperator = {
  readonly operatorId: string;
  readonly name: string;
  readonly role: Role;
  readonly active: boolean;
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

function checkName(name: string): Result<null, OperatorFault> {
  const length = nameKey(name).length;
  if (length === 0) return err({ code: 'operator-name', reason: 'empty' });
  return length > LONGEST_NAME ? err({ code: 'operator-name', reason: 'too-long' }) : ok(null);
}

function checkPin(pin: string): Result<null, OperatorFault> {
  if (pin.length < SHORTEST_PIN) return err({ code: 'operator-pin', reason: 'too-short' });
  return pin.length > LONGEST_PIN ? err({ code: 'operator-pin', reason: 'too-long' }) : ok(null);
}

/** The role that head office gave somebody of this name, whether or not they are known here; null where it says none. */
export function officeRole(db: LedgerReader | LedgerTx, name: string): Role | null {
  return headOfficeWord<{ readonly role: Role | null }>(db, officeRoleName(name))?.role ?? null;
}

/** Every role that head office gave, with the name as it is written here, or there for whoever is not known here. */
export function officeRoles(db: LedgerReader): readonly { readonly name: string; readonly role: Role }[] {
  const names = new Map(listOperators(db).map(({ name }) => [officeRoleName(name), name]));
  return db
    .prepare(`SELECT name, value FROM head_office_word WHERE name LIKE 'role/%' ORDER BY name`)
    .all<{ name: string; value: string }>()
    .flatMap(({ name, value }) => {
      const { role, written } = JSON.parse(value) as { readonly role: Role | null; readonly written: string };
      return role === null ? [] : [{ name: names.get(name) ?? written, role }];
    });
}

const officeRoleName = (name: string): string => `role/${nameKey(name)}`;

function checkOfficeRole(db: LedgerTx, name: string, role: Role): Result<null, OperatorFault> {
  const given = officeRole(db, name);
  return given === null || given === role ? ok(null) : err({ code: 'operator-role-office', role: given });
}

type OfficeRole = { readonly operator: string; readonly role: Role | null };

/**
 * Head office's word on people's roles, by name; what comes later in the list counts. It holds from now on, also for
 * whoever is added under that name later. Null leaves a role as it is, and to the station. Throws where the last
 * administrator would go, which is checked before a package is applied.
 */
export function takeOfficeRoles(
  tx: LedgerTx,
  moment: Moment,
  roles: readonly OfficeRole[],
  packageNumber: number,
): void {
  const newest = [...new Map(roles.map((each) => [nameKey(each.operator), each])).values()];
  // Whoever becomes an administrator first: the one before them may be the last.
  const ordered = newest.toSorted(
    (a, b) => Number(b.role === 'administrator') - Number(a.role === 'administrator'),
  );
  for (const { operator: name, role } of ordered) {
    keepHeadOfficeWord(tx, officeRoleName(name), { role, written: name.trim() });
    const operator = findOperator(tx, name);
    if (!operator || role === null || operator.role === role) continue;
    const { operatorId, active } = operator;
    const changed = changeOperator(tx, moment, operatorId, { role, active }, packageNumber);
    assert(changed.ok, 'a package leaves an administrator');
  }
}

/**
 * Index of the role by which the station would lose its last administrator, or undefined. `people`: those of the
 * station; `roles`: what head office says, in its order.
 */
export function roleThatLeavesNone(
  people: readonly Pick<StoredOperator, 'name' | 'role' | 'active'>[],
  roles: readonly OfficeRole[],
): number | undefined {
  const now = new Map(people.filter(({ active }) => active).map(({ name, role }) => [nameKey(name), role]));
  const lacks = (): boolean => ![...now.values()].includes('administrator');
  if (lacks()) return undefined;
  let lost: number | undefined;
  for (const [index, { operator, role }] of roles.entries()) {
    const key = nameKey(operator);
    if (role !== null && now.has(key)) now.set(key, role);
    if (!lacks()) lost = undefined;
    else lost ??= index;
  }
  return lost;
}

const A_DAY_MS = 86_400_000;

/**
 * Writes what happened to or by a person into the chain. The clock as it stood is in the detail: after a rest of
 * more than a day the record takes the time of the one before, so that a clock that runs years ahead is not
 * made the journal's by signing in.
 */
export function writeOperatorRecord(
  tx: LedgerTx,
  moment: Moment,
  record: {
    readonly kind: string;
    readonly subjectId: string;
    readonly detail?: Readonly<Record<string, unknown>>;
    readonly state?: { readonly role: Role; readonly active: boolean };
  },
): void {
  const { kind, subjectId, detail = {}, state } = record;
  const last = chainHead(tx)?.atUnixMs ?? moment.nowUnixMs;
  appendRecord(tx, {
    kind,
    subjectId,
    atUnixMs: moment.nowUnixMs - last > A_DAY_MS ? last : moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    detail: { ...detail, clockUnixMs: moment.nowUnixMs },
    children: state
      ? [
          {
            table: 'operator_state',
            values: { operator_id: subjectId, role: state.role, active: state.active ? 1 : 0 },
          },
        ]
      : [],
  });
}

/**
 * Adds an operator, with the record that says so, in one transaction. The PIN is kept as a scrypt hash only,
 * outside the chain. Returns the new operator's id.
 */
export async function addOperator(
  db: LedgerWriter,
  operator: NewOperator,
  moment: Moment,
): Promise<Result<string, OperatorFault>> {
  const checked = checkName(operator.name);
  if (!checked.ok) return checked;
  const pinChecked = checkPin(operator.pin);
  if (!pinChecked.ok) return pinChecked;
  const pin = await hashPin(operator.pin);
  const operatorId = makeId<'operator'>(moment.nowUnixMs, randomBytes(10));
  return db.transaction((tx): Result<string, OperatorFault> => {
    const key = nameKey(operator.name);
    const taken = tx.prepare('SELECT 1 FROM operator WHERE name_key = ?').get(key);
    if (taken !== undefined) return err({ code: 'operator-name', reason: 'taken' });
    const allowed = checkOfficeRole(tx, operator.name, operator.role);
    if (!allowed.ok) return allowed;
    const name = operator.name.trim().replace(/\s+/gu, ' ');
    tx.prepare(
      `INSERT INTO operator (operator_id, name, name_key, role, pin_cost, pin_block_size, pin_parallel,
         pin_salt, pin_hash, created_unix_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(operatorId, name, key, operator.role, ...pinValues(pin), moment.nowUnixMs);
    writeOperatorRecord(tx, moment, {
      kind: 'operator-added',
      subjectId: operatorId,
      detail: { name },
      state: { role: operator.role, active: true },
    });
    return ok(operatorId);
  });
}

function pinValues(pin: PinHash): readonly [number, number, number, Uint8Array, Uint8Array] {
  return [pin.cost, pin.blockSize, pin.parallel, pin.salt, pin.hash];
}

/**
 * Gives somebody another role, or lets them in no more (or again). The last administrator who may sign in keeps
 * both: nobody could undo it. A role that head office gave is head office's to change: `byPackage` then names where
 * it said so.
 */
export function changeOperator(
  tx: LedgerTx,
  moment: Moment,
  operatorId: string,
  change: { readonly role: Role; readonly active: boolean },
  byPackage?: number,
): Result<StoredOperator, OperatorFault> {
  const operator = operatorById(tx, operatorId);
  if (!operator) return err({ code: 'operator-unknown' });
  const allowed = checkOfficeRole(tx, operator.name, change.role);
  if (!allowed.ok && change.role !== operator.role) return allowed;
  const others = listOperators(tx).filter(
    (each) => each.operatorId !== operatorId && each.role === 'administrator' && each.active,
  );
  const stays = change.role === 'administrator' && change.active;
  if (operator.role === 'administrator' && operator.active && !stays && others.length === 0)
    return err({ code: 'operator-last-administrator' });
  const kind =
    operator.active === change.active
      ? 'operator-role-changed'
      : change.active
        ? 'operator-enabled'
        : 'operator-disabled';
  writeOperatorRecord(tx, moment, {
    kind,
    subjectId: operatorId,
    detail: {
      from: operator.role,
      to: change.role,
      ...(byPackage === undefined ? {} : { package: byPackage }),
    },
    state: change,
  });
  return ok({ ...operator, ...change });
}

/** Gives an operator a new PIN; the old hash stays where it is and counts no more. */
export async function changePin(
  db: LedgerWriter,
  moment: Moment,
  operatorId: string,
  newPin: string,
): Promise<Result<null, OperatorFault>> {
  const checked = checkPin(newPin);
  if (!checked.ok) return checked;
  const pin = await hashPin(newPin);
  return db.transaction((tx): Result<null, OperatorFault> => {
    if (!operatorById(tx, operatorId)) return err({ code: 'operator-unknown' });
    tx.prepare(
      `INSERT INTO operator_pin (operator_id, pin_cost, pin_block_size, pin_parallel, pin_salt, pin_hash,
         changed_unix_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ).run(operatorId, ...pinValues(pin), moment.nowUnixMs);
    writeOperatorRecord(tx, moment, { kind: 'operator-pin-changed', subjectId: operatorId });
    return ok(null);
  });
}

type OperatorRow = {
  readonly operator_id: string;
  readonly name: string;
  readonly role: string;
  readonly state_role: string | null;
  readonly active: number | null;
};

/** Role and standing are those of the newest state in the chain. */
const OPERATOR = `
  SELECT operator.operator_id, operator.name, operator.role, state.role AS state_role, state.active
  FROM operator LEFT JOIN operator_state AS state ON state.row_id =
    (SELECT max(row_id) FROM operator_state WHERE operator_state.operator_id = operator.operator_id)`;

function operatorOf(row: OperatorRow): StoredOperator {
  const role = ROLES.find((known) => known === (row.state_role ?? row.role));
  assert(role, 'a stored role is a role');
  return { operatorId: row.operator_id, name: row.name, role, active: row.active !== 0 };
}

/** Everybody who was ever added, in that order. */
export function listOperators(db: LedgerReader | LedgerTx): readonly StoredOperator[] {
  return db.prepare(`${OPERATOR} ORDER BY operator_row`).all<OperatorRow>().map(operatorOf);
}

/** The names of those who may sign in, in the order in which they were added. */
export function listOperatorNames(db: LedgerReader): string[] {
  return listOperators(db)
    .filter(({ active }) => active)
    .map(({ name }) => name);
}

export function operatorById(db: LedgerReader | LedgerTx, operatorId: string): StoredOperator | undefined {
  const row = db.prepare(`${OPERATOR} WHERE operator.operator_id = ?`).get<OperatorRow>(operatorId);
  return row && operatorOf(row);
}

/** The operator of that name, whether or not they may sign in. */
export function findOperator(db: LedgerReader | LedgerTx, name: string): StoredOperator | undefined {
  const row = db.prepare(`${OPERATOR} WHERE name_key = ?`).get<OperatorRow>(nameKey(name));
  return row && operatorOf(row);
}

type PinRow = {
  readonly pin_cost: number;
  readonly pin_block_size: number;
  readonly pin_parallel: number;
  readonly pin_salt: Uint8Array;
  readonly pin_hash: Uint8Array;
};

/** The hash of the PIN that counts: for this room only. */
export function pinOf(db: LedgerReader, operatorId: string): PinHash {
  const columns = 'pin_cost, pin_block_size, pin_parallel, pin_salt, pin_hash';
  const row =
    db
      .prepare(`SELECT ${columns} FROM operator_pin WHERE operator_id = ? ORDER BY pin_row DESC LIMIT 1`)
      .get<PinRow>(operatorId) ??
    db.prepare(`SELECT ${columns} FROM operator WHERE operator_id = ?`).get<PinRow>(operatorId);
  assert(row, 'an operator has a PIN');
  return {
    cost: row.pin_cost,
    blockSize: row.pin_block_size,
    parallel: row.pin_parallel,
    salt: row.pin_salt,
    hash: row.pin_hash,
  };
}
