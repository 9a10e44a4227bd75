import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '../../units/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { addOperator, listOperatorNames, signIn, TRAINING_OPERATORS } from './index.ts';

const NOON = unixMs(1_795_435_200_000);
const after = (seconds: number) => unixMs(NOON + seconds * 1000);
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

type EventRow = { event: string; subject: string; wrong_in_a_row: number; locked_seconds: number };
const events = (): EventRow[] =>
  db
    .prepare('SELECT event, subject, wrong_in_a_row, locked_seconds FROM operator_event ORDER BY event_row')
    .all<EventRow>();

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
    expect(events().at(-1)).toMatchObject({ event: 'signed-in', wrong_in_a_row: 0 });
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
    expect(last).toMatchObject({ event: 'refused', wrong_in_a_row: 1, locked_seconds: 0 });
    expect(last?.subject).toMatch(/^unknown-\d{1,2}$/u);
  });
});

it('refuses to change or remove what was recorded', () => {
  for (const sql of [
    'DELETE FROM operator_event',
    "UPDATE operator_event SET event = 'signed-in'",
    'DELETE FROM operator',
    "UPDATE operator SET role = 'supervisor'",
  ]) {
    expect(() => db.transaction((tx) => tx.prepare(sql).run())).toThrow(/append-only/u);
  }
});
