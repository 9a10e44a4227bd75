import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { chainHead } from '../ledger/index.ts';
import {
  addOperator,
  askSecondPerson,
  changeOperator,
  changePin,
  listOperatorNames,
  listOperators,
  signIn,
  TRAINING_OPERATORS,
} from './index.ts';

const ZONE = 'Africa/Johannesburg';
const NOON = { nowUnixMs: 1_795_435_200_000, zone: ZONE, operatorId: null };
const after = (seconds: number) => ({ ...NOON, nowUnixMs: NOON.nowUnixMs + seconds * 1000 });
const refused = { ok: false, error: { code: 'sign-in-refused', params: {}, retry: 'safe' } };
const locked = (seconds: number) => ({
  ok: false,
  error: { code: 'sign-in-locked', params: { seconds }, retry: 'safe' },
});

let template: string;
let folder: string;
let db: LedgerWriter;

function open(where: string): LedgerWriter {
  const opened = openWriter('ledger', path.join(where, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

type Event = { kind: string; subject: string; wrongInARow: number; lockedSeconds: number };
const events = (): Event[] =>
  db
    .prepare(
      "SELECT kind, subject_id AS subject, detail FROM record WHERE kind LIKE 'operator-%' ORDER BY record_id",
    )
    .all<{ kind: string; subject: string; detail: string }>()
    .map(({ detail, ...row }) => ({ ...row, ...(JSON.parse(detail) as Omit<Event, 'kind' | 'subject'>) }));

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'kioskwatt-operators-'));

/** Hashing two PINs takes most of a second: once for all tests. */
beforeAll(async () => {
  template = newFolder();
  const made = open(template);
  for (const operator of TRAINING_OPERATORS) await addOperator(made, operator, NOON);
  made.close();
});

afterAll(() => rmSync(template, { recursive: true }));

beforeEach(() => {
  folder = newFolder();
  cpSync(template, folder, { recursive: true });
  db = open(folder);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

describe('addOperator', () => {
  it('lists the names in the order in which they were added', () => {
    expect(listOperatorNames(db)).toEqual(['Amina', 'Joseph']);
  });

  it('refuses a name that differs only in case and spaces', async () => {
    const again = await addOperator(db, { name: '  AMINA ', role: 'auditor', pin: '9999' }, NOON);
    expect(again).toEqual({ ok: false, error: { code: 'operator-name', reason: 'taken' } });
  });

  it('refuses an empty name and a short PIN', async () => {
    expect(await addOperator(db, { name: ' ', role: 'cashier', pin: '1234' }, NOON)).toMatchObject({
      error: { code: 'operator-name', reason: 'empty' },
    });
    expect(await addOperator(db, { name: 'Lindiwe', role: 'cashier', pin: '123' }, NOON)).toMatchObject({
      error: { code: 'operator-pin', reason: 'too-short' },
    });
  });

  it('keeps no PIN, and a salt for each', () => {
    expect(readFileSync(path.join(folder, 'ledger.db')).includes('4321')).toBe(false);
    const rows = db.prepare('SELECT pin_salt, pin_hash FROM operator').all<{ pin_salt: Uint8Array }>();
    expect(new Set(rows.map((row) => Buffer.from(row.pin_salt).toString('hex'))).size).toBe(2);
  });
});

describe('signIn', () => {
  it('answers who signed in, whatever the case of the name', async () => {
    const signedIn = await signIn(db, 'joseph', '4321', NOON);
    expect(signedIn).toMatchObject({ ok: true, value: { name: 'Joseph', role: 'supervisor' } });
    expect(events().at(-1)).toMatchObject({ kind: 'operator-signed-in', wrongInARow: 0 });
  });

  it('gives an unknown name and a wrong PIN the same answers, lock-out included', async () => {
    for (const [name, pin] of [
      ['Amina', '0000'],
      ['Nobody', '1234'],
    ] as const) {
      expect(await signIn(db, name, pin, NOON)).toEqual(refused);
      expect(await signIn(db, name, pin, NOON)).toEqual(refused);
      expect(await signIn(db, name, pin, NOON)).toEqual(refused);
      expect(await signIn(db, name, pin, after(1))).toEqual(locked(9));
    }
  });

  it('does not look at the right PIN during a lock-out, and takes it afterwards', async () => {
    for (let wrong = 0; wrong < 3; wrong += 1) await signIn(db, 'Amina', '0000', NOON);
    expect(await signIn(db, 'Amina', '1234', after(9))).toEqual(locked(1));
    expect(await signIn(db, 'Amina', '1234', after(10))).toMatchObject({ ok: true });
    expect(await signIn(db, 'Amina', '0000', after(11))).toEqual(refused);
    expect(await signIn(db, 'Amina', '1234', after(11))).toMatchObject({ ok: true });
  });

  it('doubles the wait, and keeps it over a restart', async () => {
    for (let wrong = 0; wrong < 3; wrong += 1) await signIn(db, 'Amina', '0000', NOON);
    expect(await signIn(db, 'Amina', '0000', after(10))).toEqual(refused);
    db.close();
    db = open(folder);
    expect(await signIn(db, 'Amina', '1234', after(10))).toEqual(locked(20));
    expect(await signIn(db, 'Joseph', '4321', after(10))).toMatchObject({ ok: true });
    expect(await signIn(db, 'Amina', '1234', after(30))).toMatchObject({ ok: true });
  });

  it('counts tries that come at the same moment one after the other', async () => {
    const answers = await Promise.all(
      ['0000', '1111', '2222', '1234'].map((pin) => signIn(db, 'Amina', pin, NOON)),
    );
    expect(answers).toEqual([refused, refused, refused, locked(10)]);
  });

  it('keeps no name that nobody has', async () => {
    await signIn(db, '1234', 'Amina', NOON);
    const last = events().at(-1);
    expect(last).toMatchObject({ kind: 'operator-refused', wrongInARow: 1, lockedSeconds: 0 });
    expect(last?.subject).toMatch(/^unknown-\d{1,2}$/u);
  });
});

describe('changing operators', () => {
  const idOf = (name: string): string => {
    const found = listOperators(db).find((each) => each.name === name);
    if (!found) throw new Error(name);
    return found.operatorId;
  };

  it('lets somebody who was let go in no more, and in again afterwards', async () => {
    const amina = idOf('Amina');
    const change = (active: boolean): unknown =>
      db.transaction((tx) => changeOperator(tx, NOON, amina, { role: 'cashier', active }));
    expect(change(false)).toMatchObject({ ok: true });
    expect(await signIn(db, 'Amina', '1234', NOON)).toEqual(refused);
    expect(listOperatorNames(db)).toEqual(['Joseph']);
    expect(change(true)).toMatchObject({ ok: true });
    expect(await signIn(db, 'Amina', '1234', after(1))).toMatchObject({ ok: true });
    expect(events().map(({ kind }) => kind)).toEqual([
      'operator-added',
      'operator-added',
      'operator-disabled',
      'operator-refused',
      'operator-enabled',
      'operator-signed-in',
    ]);
  });

  it('takes a new role at the next sign-in, and a new PIN at once', async () => {
    const amina = idOf('Amina');
    db.transaction((tx) => changeOperator(tx, NOON, amina, { role: 'auditor', active: true }));
    expect(await changePin(db, NOON, amina, '77')).toMatchObject({ error: { reason: 'too-short' } });
    expect(await changePin(db, NOON, amina, '7777')).toMatchObject({ ok: true });
    expect(await signIn(db, 'Amina', '1234', NOON)).toEqual(refused);
    expect(await signIn(db, 'Amina', '7777', NOON)).toMatchObject({ value: { role: 'auditor' } });
  });

  it('keeps the last administrator', async () => {
    const added = await addOperator(db, { name: 'Ruth', role: 'administrator', pin: '5555' }, NOON);
    if (!added.ok) throw new Error(added.error.code);
    const demoted = db.transaction((tx) =>
      changeOperator(tx, NOON, added.value, { role: 'cashier', active: true }),
    );
    expect(demoted).toEqual({ ok: false, error: { code: 'operator-last-administrator' } });
  });

  it('asks a second person of the right role, never the first again', async () => {
    const amina = { operatorId: idOf('Amina'), name: 'Amina', role: 'cashier' } as const;
    const ask = (name: string, pin: string) =>
      askSecondPerson(db, NOON, amina, { name, pin }, ['supervisor']);
    expect(await ask('Joseph', '4321')).toMatchObject({ ok: true, value: { name: 'Joseph' } });
    expect(await ask('Amina', '1234')).toMatchObject({ error: { code: 'second-person-same' } });
    expect(await ask('Joseph', '0000')).toEqual(refused);
  });

  it('does not take a clock that runs years ahead for the journal’s time', async () => {
    await signIn(db, 'Amina', '1234', after(2 * 365 * 86_400));
    expect(chainHead(db)?.atUnixMs).toBe(NOON.nowUnixMs);
    expect(events().at(-1)).toMatchObject({ clockUnixMs: after(2 * 365 * 86_400).nowUnixMs });
  });
});

it('refuses to change or remove what was recorded', async () => {
  const [first] = listOperators(db);
  await changePin(db, NOON, first?.operatorId ?? '', '8888');
  for (const sql of [
    'DELETE FROM operator_state',
    "UPDATE operator_state SET role = 'supervisor'",
    'DELETE FROM operator_pin',
    'DELETE FROM operator',
    "UPDATE operator SET role = 'supervisor'",
  ]) {
    expect(() => db.transaction((tx) => tx.prepare(sql).run())).toThrow(/append-only/u);
  }
});
