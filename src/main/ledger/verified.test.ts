import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { amountMinor } from '../../units/index.ts';
import {
  openReader,
  openStationKey,
  openWriter,
  type LedgerReader,
  type LedgerWriter,
  type StationKey,
} from '../store/index.ts';
import {
  appendRecord,
  chainHead,
  lastAnchor,
  openEpoch,
  refusedAnchor,
  tokenFloorMinute,
  verifyBooks,
  verifyChain,
  verifyPeriod,
  verifySinceAnchor,
  writeAnchor,
  type Account,
  type ChainSummary,
} from './index.ts';

const AT = Date.UTC(2026, 10, 23, 12, 0);
const BASE = { businessDate: '2026-11-23', operatorId: null } as const;

let folder: string;
let file: string;
let writer: LedgerWriter;
let key: StationKey;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-verified-'));
  file = path.join(folder, 'ledger.db');
  writer = open();
  key = newKey(folder);
});
afterEach(() => {
  writer.close();
  rmSync(folder, { recursive: true });
});

function open(): LedgerWriter {
  const opened = openWriter('ledger', file);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

function newKey(place: string): StationKey {
  const made = openStationKey(place);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

function pay(amount: number, debit: Account = 'cash-drawer', currency = 'ZAR'): void {
  writer.transaction((tx) =>
    appendRecord(tx, {
      ...BASE,
      kind: 'test-payment',
      atUnixMs: AT,
      subjectId: null,
      detail: { amount },
      transfers: [{ debit, credit: 'fees', currency, amountMinor: amountMinor(amount) }],
    }),
  );
}

function restore(minute: number): void {
  writer.transaction((tx) =>
    openEpoch(tx, { ...BASE, atUnixMs: AT, detail: { reason: 'restored', tokenFloorMinute: minute } }),
  );
}

/** Runs SQL behind the ledger's back, triggers and checks put aside. */
function forge(sql: string): void {
  writer.close();
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) db.exec(`DROP TRIGGER ${String(name)}`);
  db.exec(sql);
  db.close();
  writer = open();
}

function read<Value>(work: (reader: LedgerReader) => Value): Value {
  const reader = openReader('ledger', file);
  if (!reader.ok) throw new Error(reader.error.code);
  try {
    return reader.value.snapshot(() => work(reader.value));
  } finally {
    reader.value.close();
  }
}

function whole(): ChainSummary {
  const verified = read((reader) => verifyChain(reader));
  if (!verified.ok) throw new Error(JSON.stringify(verified.error));
  return verified.value;
}

describe('a new epoch', () => {
  it('continues the chain with sequence 1 and names the head before it', () => {
    pay(100);
    pay(200);
    const old = chainHead(writer);
    restore(29_000_000);
    pay(300);
    expect(whole()).toMatchObject({ records: 4, epoch: 2, sequence: 2 });
    const first = writer
      .prepare('SELECT kind, detail FROM record WHERE epoch = 2 AND sequence = 1')
      .get<{ kind: string; detail: string }>();
    expect(first?.kind).toBe('epoch-opened');
    expect(JSON.parse(first?.detail ?? '')).toEqual({
      reason: 'restored',
      tokenFloorMinute: 29_000_000,
      oldHead: { epoch: 1, sequence: 2, hash: Buffer.from(old?.hash ?? []).toString('hex') },
    });
  });

  it('may follow another, or begin an empty journal', () => {
    restore(1);
    restore(2);
    pay(1);
    restore(3);
    expect(whole()).toMatchObject({ records: 4, epoch: 4, sequence: 1 });
  });

  it('keeps token times off the minutes before the newest of them', () => {
    expect(tokenFloorMinute(writer)).toBeUndefined();
    pay(1);
    expect(tokenFloorMinute(writer)).toBeUndefined();
    restore(29_000_000);
    pay(1);
    expect(tokenFloorMinute(writer)).toBe(29_000_000);
    restore(29_000_100);
    expect(tokenFloorMinute(writer)).toBe(29_000_100);
  });

  it('is found out when it was not opened as one', () => {
    pay(1);
    // A record of another kind at sequence 1, hashed as it should be: only its meaning is wrong.
    writer.transaction((tx) => {
      const head = chainHead(tx);
      tx.prepare(
        "INSERT INTO record SELECT 2, 2, 1, 'x', at_unix_ms, business_date, NULL, NULL, '{}', 0, ?, ? FROM record",
      ).run(head?.hash ?? null, new Uint8Array(32));
    });
    expect(read((reader) => verifyChain(reader))).toMatchObject({
      ok: false,
      error: { row: 'record 2', record: '2/1' },
    });
  });

  it('may not skip a number', () => {
    pay(1);
    restore(1);
    forge('UPDATE record SET epoch = 3 WHERE record_id = 2');
    expect(read((reader) => verifyChain(reader))).toMatchObject({
      ok: false,
      error: { reason: 'numbers not gapless', record: '3/1' },
    });
  });
});

describe('the anchor', () => {
  it('lets a start read only what came after it', () => {
    for (let n = 1; n <= 5; n += 1) pay(n);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    pay(6);
    pay(7);
    expect(lastAnchor(writer, key)).toMatchObject({
      recordId: 5,
      epoch: 1,
      sequence: 5,
      whole: true,
      atUnixMs: AT,
    });
    const since = read((reader) => verifySinceAnchor(reader, key));
    expect(since).toMatchObject({ ok: true, value: { records: 7, rows: 2, sequence: 7 } });
    expect(since.ok && since.value.head).toBe(whole().head);
  });

  it('reads everything when there is none', () => {
    pay(1);
    pay(2);
    expect(read((reader) => verifySinceAnchor(reader, key))).toMatchObject({ ok: true, value: { rows: 2 } });
  });

  it('is not written for an empty journal, and never changed', () => {
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    expect(lastAnchor(writer, key)).toBeUndefined();
    pay(1);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, false, key));
    expect(lastAnchor(writer, key)?.whole).toBe(false);
    expect(lastAnchor(writer, key, true)).toBeUndefined();
    expect(() => writer.transaction((tx) => tx.prepare('DELETE FROM verified_to').run())).toThrow(
      /append-only/u,
    );
  });

  it('names damage after it at the start, and hides none before it from a full verification', () => {
    for (let n = 1; n <= 4; n += 1) pay(n);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    pay(5);
    forge('UPDATE transfer SET amount_minor = 500 WHERE row_id = 2001');
    expect(read((reader) => verifySinceAnchor(reader, key)).ok).toBe(true);
    expect(read((reader) => verifyChain(reader))).toMatchObject({
      ok: false,
      error: { row: 'transfer 2001', record: '1/2', reason: 'row changed' },
    });
    forge('UPDATE transfer SET amount_minor = 600 WHERE row_id = 5001');
    expect(read((reader) => verifySinceAnchor(reader, key))).toMatchObject({
      ok: false,
      error: { row: 'transfer 5001', reason: 'row changed' },
    });
  });

  it('that somebody else wrote counts as none, and is told of', () => {
    for (let n = 1; n <= 4; n += 1) pay(n);
    forge(
      `UPDATE transfer SET amount_minor = 500 WHERE row_id = 2001;
       INSERT INTO verified_to (at_unix_ms, record_id, epoch, sequence, hash, whole, key_id, signature)
         SELECT 0, record_id, epoch, sequence, hash, 1, '${key.keyId}', zeroblob(64) FROM record WHERE record_id = 4`,
    );
    expect(lastAnchor(writer, key)).toBeUndefined();
    expect(refusedAnchor(writer, key)).toBe(1);
    expect(read((reader) => verifySinceAnchor(reader, key))).toMatchObject({
      ok: false,
      error: { row: 'transfer 2001', reason: 'row changed' },
    });
  });

  it.each([
    ['at_unix_ms = at_unix_ms + 1'],
    ['record_id = 3, sequence = 3, hash = (SELECT hash FROM record WHERE record_id = 3)'],
    ['epoch = 2'],
    ['hash = (SELECT hash FROM record WHERE record_id = 3)'],
    ['whole = 0'],
    ['signature = NULL'],
    ["key_id = 'another'"],
    ['key_id = NULL, signature = NULL'],
  ])('edited (%s) counts as none, and the one before it stands', (edit) => {
    pay(1);
    pay(2);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    pay(3);
    pay(4);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    expect(lastAnchor(writer, key)?.recordId).toBe(4);
    expect(refusedAnchor(writer, key)).toBeUndefined();
    forge(`UPDATE verified_to SET ${edit} WHERE anchor_row = 2`);
    expect(lastAnchor(writer, key)?.recordId).toBe(2);
    expect(refusedAnchor(writer, key)).toBe(2);
    expect(read((reader) => verifySinceAnchor(reader, key))).toMatchObject({ ok: true, value: { rows: 2 } });
  });

  it('of a key before counts as none, and is nothing to tell of', () => {
    pay(1);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    const next = newKey(mkdtempSync(path.join(folder, 'next-')));
    expect(lastAnchor(writer, next)).toBeUndefined();
    expect(refusedAnchor(writer, next)).toBeUndefined();
    expect(read((reader) => verifySinceAnchor(reader, next))).toMatchObject({ ok: true, value: { rows: 1 } });
  });

  it('shows that the end was cut off, which the chain alone cannot', () => {
    for (let n = 1; n <= 4; n += 1) pay(n);
    writer.transaction((tx) => writeAnchor(tx, whole(), AT, true, key));
    forge('DELETE FROM transfer WHERE row_id >= 3000; DELETE FROM record WHERE record_id >= 3');
    expect(read((reader) => verifyChain(reader)).ok).toBe(true);
    for (const verify of [(reader: LedgerReader) => verifySinceAnchor(reader, key), verifyBooks])
      expect(read((reader) => verify(reader))).toEqual({
        ok: false,
        error: { row: 'record 4', record: '1/4', reason: 'anchor not met' },
      });
  });
});

describe('a period', () => {
  it('is read from its first record on, with the money that it moved', () => {
    for (const amount of [100, 250, 400]) pay(amount);
    forge("UPDATE record SET detail = '[]' WHERE record_id = 1");
    expect(read((reader) => verifyPeriod(reader, 2))).toMatchObject({
      ok: true,
      value: { records: 3, rows: 2 },
    });
    expect(read((reader) => verifyPeriod(reader, 1))).toMatchObject({ error: { row: 'record 1' } });
    forge('UPDATE transfer SET amount_minor = 251 WHERE row_id = 2001');
    expect(read((reader) => verifyPeriod(reader, 2))).toEqual({
      ok: false,
      error: { row: 'transfer 2001', record: '1/2', reason: 'row changed' },
    });
    expect(read((reader) => verifyPeriod(reader, 3)).ok).toBe(true);
    expect(read((reader) => verifyPeriod(reader, 9))).toMatchObject({ error: { reason: 'record missing' } });
  });
});

describe('the books', () => {
  it('are as many debits as credits in every currency', () => {
    pay(100);
    pay(250, 'card');
    pay(7, 'cash-drawer', 'XOF');
    expect(read((reader) => verifyBooks(reader))).toMatchObject({
      ok: true,
      value: {
        transfers: 3,
        turnover: [
          { currency: 'ZAR', movedMinor: 350n },
          { currency: 'XOF', movedMinor: 7n },
        ],
      },
    });
  });

  it('name an account that was taken away', () => {
    pay(100);
    forge("DELETE FROM account WHERE account = 'fees'");
    expect(read((reader) => verifyBooks(reader))).toEqual({
      ok: false,
      error: { row: 'transfer 1001', record: '1/1', reason: 'account unknown' },
    });
  });

  it('name the index that no longer agrees with its transfers', () => {
    pay(100, 'cheque');
    pay(200, 'cheque');
    writer.close();
    // Empties the index that this balance is read from, as a lost page of it would.
    const db = new Database(file);
    db.unsafeMode();
    db.pragma('writable_schema = ON');
    db.exec(
      `UPDATE sqlite_schema SET sql = sql || ' AND amount_minor > 150' WHERE name = 'transfer_to_bank_debit'`,
    );
    db.pragma('writable_schema = RESET');
    db.exec('REINDEX transfer_to_bank_debit');
    db.pragma('writable_schema = ON');
    db.exec(
      `UPDATE sqlite_schema SET sql = replace(sql, ' AND amount_minor > 150', '') WHERE name = 'transfer_to_bank_debit'`,
    );
    db.close();
    writer = open();
    expect(read((reader) => verifyChain(reader)).ok).toBe(true);
    expect(read((reader) => verifyBooks(reader))).toEqual({
      ok: false,
      error: { row: 'index transfer_to_bank_debit', record: 'none', reason: 'index differs' },
    });
  });
});
