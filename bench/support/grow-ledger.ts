import { randomFillSync } from 'node:crypto';
import Database from 'better-sqlite3';
import {
  appendRecord,
  chainHead,
  findSale,
  privateDigest,
  saleChildren,
  tokenChild,
  writeAnchor,
  type ChildDraft,
  type RecordedSale,
  type SaleStep,
} from '../../src/main/ledger/index.ts';
import { appendPrintEvent, insertPrintJob, readReceipt } from '../../src/main/printing/index.ts';
import { shiftEntry } from '../../src/main/shifts/index.ts';
import {
  openStationKey,
  writerOf,
  type LedgerReader,
  type LedgerTx,
  type LedgerWriter,
} from '../../src/main/store/index.ts';
import { WRITER_PRAGMAS } from '../../src/main/store/pragmas.ts';
import type { ReceiptDocument } from '../../src/receipt/index.ts';
import { makeId, type SaleId } from '../../src/units/index.ts';

const SALES_A_COMMIT = 5_000;
const MINUTE_MS = 60_000;

/** What growing leaves out: nobody is told of these sales, and the disk may take its time with them. */
const GROWER_PRAGMAS = ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -1000000'];

/**
 * A connection of its own to a ledger that is to grow: no commit waits for the disk, and a gigabyte of the file stays
 * in memory. The station's own connection is as it always is.
 */
export function openGrower(file: string): LedgerWriter {
  const db = new Database(file, { fileMustExist: true });
  for (const pragma of [...WRITER_PRAGMAS, ...GROWER_PRAGMAS]) db.pragma(pragma);
  return writerOf(db, { onFatal: () => undefined, onFull: () => false });
}

/** How many sales a ledger holds, by the newest one's receipt: a count would read all of them. */
export function salesOf(ledger: LedgerReader): number {
  const newest = ledger
    .prepare('SELECT receipt_number AS number FROM sale ORDER BY row_id DESC LIMIT 1')
    .get<{ number: string }>();
  return newest ? countOf(newest.number) : 0;
}

const countOf = (receiptNumber: string): number =>
  Number(receiptNumber.slice(receiptNumber.lastIndexOf('-') + 1));

/** Random bytes from the system, many at a time. */
const pool = Buffer.alloc(65_536);
let taken = pool.length;
function randomBytes(length: number): Buffer {
  if (taken + length > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += length;
  return Buffer.from(pool.subarray(taken - length, taken));
}

const TOKENS = 10n ** 20n;
/** Has no divisor in common with a power of ten, so that no two of its first 10^20 multiples end in the same digits. */
const STRIDE = 61_803_398_874_989_484_821n;

/** The digits of a grown sale's token: the same at each growing, each its own, and in no order, like real ones. */
export const grownDigits = (number: number): string =>
  String((BigInt(number) * STRIDE) % TOKENS).padStart(20, '0');

/** A ledger with at least one recorded sale, and the clock that its sales follow. */
export type Growing = {
  readonly ledger: LedgerWriter;
  /** Moves the clock on, and says what it then shows. */
  readonly later: (ms: number) => number;
};

/**
 * Adds sales like the newest one until so many are recorded: the same rows as a sale leaves, many to a commit. They
 * belong to a shift where one is given.
 */
export function growLedger({ ledger, later }: Growing, sales: number, shiftId?: string): void {
  const from = salesOf(ledger);
  const newest = ledger
    .prepare('SELECT sale_id AS saleId FROM sale ORDER BY row_id DESC LIMIT 1')
    .get<{ saleId: SaleId }>();
  const sale = newest && findSale(ledger, newest.saleId);
  const document = newest && readReceipt(ledger, newest.saleId);
  if (!sale || !document) throw new Error('there is a sale to take the others after');
  let before = sale.step === 'recorded' ? sale.saleId : null;
  for (let first = from + 1; first <= sales; first += SALES_A_COMMIT) {
    const last = Math.min(first + SALES_A_COMMIT - 1, sales);
    ledger.transaction((tx) => {
      for (let number = first; number <= last; number += 1) {
        const nowUnixMs = later(number % 60 === 0 ? MINUTE_MS : 0);
        before = addSale(tx, { sale, document, shiftId, before }, number, nowUnixMs);
      }
    });
  }
}

/** The chain was found whole as far as it goes: a station that sold all this has said so many times. */
export function signAnchor(tx: LedgerTx, folder: string, nowUnixMs: number): void {
  const head = chainHead(tx);
  const key = openStationKey(folder);
  if (!head || !key.ok) throw new Error('a station with sales and a key of its own');
  const { recordId, epoch, sequence, hash } = head;
  const whole = { records: recordId, rows: 0, epoch, sequence, head: Buffer.from(hash).toString('hex') };
  writeAnchor(tx, whole, nowUnixMs, true, key.value);
}

const step = (saleId: SaleId, name: SaleStep): ChildDraft => ({
  table: 'sale_step',
  values: { sale_id: saleId, step: name, reason: null },
});

type Like = {
  readonly sale: RecordedSale;
  readonly document: ReceiptDocument;
  readonly shiftId: string | undefined;
  /** The sale that this one closes; null where it is closed. */
  readonly before: SaleId | null;
};

function addSale(
  tx: LedgerTx,
  { sale: like, document, shiftId, before }: Like,
  number: number,
  nowUnixMs: number,
): SaleId {
  const newId = <Kind extends string>(): ReturnType<typeof makeId<Kind>> =>
    makeId<Kind>(nowUnixMs, randomBytes(10));
  const saleId = newId<'sale'>();
  const { currency, amountMinor, operatorId } = like;
  const record = {
    atUnixMs: nowUnixMs,
    businessDate: new Date(nowUnixMs).toISOString().slice(0, 10),
    operatorId,
    subjectId: saleId,
    detail: {},
  };
  const salt = randomBytes(16);
  const sale = {
    ...like,
    saleId,
    customerDigest: privateDigest('{}', salt),
    requestId: newId(),
    messageId: newId(),
    receiptNumber: `${like.receiptNumber.slice(0, like.receiptNumber.lastIndexOf('-'))}-${String(number).padStart(6, '0')}`,
    atUnixMs: nowUnixMs,
    // Twenty thousand meters, so that none has an unlikely history.
    meterPan: String(600_727_900_000_000_000n + BigInt(number % 20_000)),
    tokenMinute: Math.floor(nowUnixMs / MINUTE_MS) + 120,
  };
  const held = { debit: 'cash-drawer', credit: 'tender-held', currency, amountMinor } as const;
  const earned = { debit: 'tender-held', credit: 'sales-electricity', currency, amountMinor } as const;
  appendRecord(tx, {
    ...record,
    kind: 'sale-intended',
    transfers: [held],
    children: [
      ...saleChildren(sale),
      ...(shiftId === undefined ? [] : [shiftEntry(shiftId)]),
      ...(before === null ? [] : [step(before, 'closed')]),
      step(saleId, 'intended'),
    ],
  });
  tx.prepare('INSERT INTO sale_private (sale_id, customer, salt) VALUES (?, ?, ?)').run(saleId, '{}', salt);
  const digits = grownDigits(number);
  const tokens = like.tokens.map((token) =>
    tokenChild(saleId, { ...token, digits, tokenMinute: sale.tokenMinute }),
  );
  appendRecord(tx, {
    ...record,
    kind: 'sale-recorded',
    transfers: [earned],
    children: [...tokens, step(saleId, 'issued'), step(saleId, 'recorded')],
  });
  const jobId = newId();
  const slip = slipLike(document, sale.receiptNumber, digits);
  insertPrintJob(tx, { jobId, saleId, document: slip, createdUnixMs: nowUnixMs, autoUntilUnixMs: nowUnixMs });
  const printed = { state: 'printed', cause: 'echo', copyNumber: 0, processId: '0001' } as const;
  appendPrintEvent(tx, jobId, { atUnixMs: nowUnixMs, ...printed });
  return saleId;
}

/** A slip that says of the grown sale what its books say. */
function slipLike(document: ReceiptDocument, number: string, digits: string): ReceiptDocument {
  const items = document.items.map((item) => ({
    ...item,
    tokens: item.tokens.map((token) => ({ ...token, digits })),
  }));
  const ids = document.ids.map((pair, at) => (at === 0 ? { ...pair, text: number } : pair));
  return { ...document, items, ids, number };
}
