import { assert } from '../../units/index.ts';
import { joinPersonal, splitPersonal, type PersonalPart, type ReceiptDocument } from '../../receipt/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { PrinterProblem } from './printer-problem.ts';

/** What a job is at: its newest event's state. */
export type PrintState = 'queued' | 'sending' | 'sent' | 'printed' | 'unknown' | 'failed-before-first-byte';

/** What brought a job to its state. */
export type PrintCause =
  | 'vend'
  | 'copy'
  | 'auto'
  | 'person'
  | 'transport'
  | 'echo'
  | 'restart'
  | 'expired'
  | 'next-sale'
  | 'not-questioned'
  | 'person-printed'
  | 'person-not-printed'
  | 'set-aside';

export type PrintJob = {
  readonly jobId: string;
  readonly saleId: string | null;
  readonly state: PrintState;
  readonly cause: PrintCause;
  /** 0 is the original. What the slip says that was printed last, or will say when nothing went out yet. */
  readonly copyNumber: number;
  readonly problem: PrinterProblem | null;
  readonly createdUnixMs: number;
  /** Until when the job prints without a person's key; null when it never does. */
  readonly autoUntilUnixMs: number | null;
  /** False once a person, the next sale or the end of its time has had a say in it. */
  readonly byItselfOnly: boolean;
};

/** The slip of a sale, as the vend queues it. */
export type NewPrintJob = {
  readonly jobId: string;
  readonly saleId: string | null;
  readonly document: ReceiptDocument;
  readonly createdUnixMs: number;
  readonly autoUntilUnixMs: number | null;
};

export type NewPrintEvent = {
  readonly atUnixMs: number;
  readonly state: PrintState;
  readonly cause: PrintCause;
  readonly copyNumber: number;
  readonly processId?: string;
  readonly problem?: PrinterProblem;
  readonly operatorId?: string;
};

/** How long after its sale a slip still prints by itself. */
export const AUTO_PRINT_MS = 3 * 60_000;

/** A job that needs nobody any more: it is on paper, nobody missed it, or a person has put it aside. */
const CLOSING: readonly PrintCause[] = ['echo', 'person-printed', 'not-questioned', 'set-aside'];

/** What stands in `open_print_job` for a slip that was handed over and that nobody has missed yet. */
const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** The number of the next receipt, and of its sale's slip: one number for both. */
const NEXT_ROW = `SELECT 1 + max(coalesce((SELECT max(job_row) FROM print_job), 0),
  coalesce((SELECT max(receipt_row) FROM receipt), 0)) AS row`;

/**
 * Stores a sale's receipt and queues its original slip, inside the sale's own transaction: the slip is then
 * as durable as the token on it. Events follow with what is done with it.
 */
export function insertPrintJob(tx: LedgerTx, job: NewPrintJob): void {
  printJobInsert(job)(tx);
}

/** The same in two steps, the first of which needs no transaction: the receipt's text is ready when the sale is recorded. */
export function printJobInsert(job: NewPrintJob): (tx: LedgerTx) => void {
  const { rest, personal } = splitPersonal(job.document);
  const texts = [JSON.stringify(rest), JSON.stringify(personal)] as const;
  return (tx) => insertReceipt(tx, job, texts);
}

function insertReceipt(tx: LedgerTx, job: NewPrintJob, texts: readonly [string, string]): void {
  const next = tx.prepare(NEXT_ROW).get<{ row: number }>();
  assert(next, 'there is a next number');
  const { row } = next;
  tx.prepare('INSERT INTO receipt (receipt_row, sale_id, document, personal) VALUES (?, ?, ?, ?)').run(
    row,
    job.saleId,
    ...texts,
  );
  insertJobRow(tx, { ...job, jobRow: row, receiptRow: row, operatorId: null, reason: null });
  tx.prepare(INSERT_OPEN).run(askedUntil(QUEUED_BY_SALE, job.autoUntilUnixMs), row);
}

export type NewCopyJob = {
  readonly jobId: string;
  readonly saleId: string;
  readonly createdUnixMs: number;
  readonly operatorId: string;
  readonly reason: string;
};

/** Queues a marked copy of a sale's slip. False when the station has no receipt of that sale. */
export function insertCopyJob(tx: LedgerTx, job: NewCopyJob): boolean {
  const row = tx
    .prepare('SELECT receipt_row FROM receipt WHERE sale_id = ?')
    .get<{ receipt_row: number }>(job.saleId);
  if (!row) return false;
  insertJobRow(tx, { ...job, jobRow: null, receiptRow: row.receipt_row, autoUntilUnixMs: null });
  appendPrintEvent(tx, job.jobId, {
    atUnixMs: job.createdUnixMs,
    state: 'queued',
    cause: 'copy',
    copyNumber: nextCopyNumber(tx, job.jobId),
    operatorId: job.operatorId,
  });
  return true;
}

type JobRow = {
  readonly jobId: string;
  /** Null for the next one. */
  readonly jobRow: number | null;
  readonly receiptRow: number;
  readonly createdUnixMs: number;
  readonly autoUntilUnixMs: number | null;
  readonly operatorId: string | null;
  readonly reason: string | null;
};

/** What an event's row has to know of its job's. */
type JobKey = { readonly job_row: number; readonly auto_until_unix_ms: number | null };

function insertJobRow(tx: LedgerTx, job: JobRow): void {
  tx.prepare(
    `INSERT INTO print_job (job_row, job_id, receipt_row, created_unix_ms, auto_until_unix_ms, operator_id, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    job.jobRow,
    job.jobId,
    job.receiptRow,
    job.createdUnixMs,
    job.autoUntilUnixMs,
    job.operatorId,
    job.reason,
  );
}

/** Adds what happened to a job. Its state, and whether anybody still has to look at it, follow from that. */
export function appendPrintEvent(tx: LedgerTx, jobId: string, event: NewPrintEvent): void {
  const row = tx
    .prepare('SELECT job_row, auto_until_unix_ms FROM print_job WHERE job_id = ?')
    .get<JobKey>(jobId);
  assert(row, 'a print event belongs to a job');
  appendTo(tx, row, event);
}

/** What a slip is at before anything happened to it. */
const QUEUED_BY_SALE = { state: 'queued', cause: 'vend' } as const;

const INSERT_OPEN = 'INSERT INTO open_print_job (asked_until_unix_ms, job_row) VALUES (?, ?)';

function appendTo(tx: LedgerTx, row: JobKey, event: NewPrintEvent): void {
  tx.prepare(
    `INSERT INTO print_event
       (job_row, at_unix_ms, state, cause, copy_number, process_id, problem, operator_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.job_row,
    event.atUnixMs,
    event.state,
    event.cause,
    event.copyNumber,
    event.processId ?? null,
    event.problem ? JSON.stringify(event.problem) : null,
    event.operatorId ?? null,
  );
  tx.prepare(
    `DELETE FROM open_print_job WHERE asked_until_unix_ms IN (0, ${FOR_EVER}, ?) AND job_row = ?`,
  ).run(row.auto_until_unix_ms, row.job_row);
  if (CLOSING.includes(event.cause)) return;
  tx.prepare(INSERT_OPEN).run(askedUntil(event, row.auto_until_unix_ms), row.job_row);
}

/** Until when the next sale has a say in a job: for ever, while it prints by itself, or (0) not at all. */
function askedUntil(event: Pick<NewPrintEvent, 'state' | 'cause'>, autoUntilUnixMs: number | null): number {
  if (event.state === 'sent') return FOR_EVER;
  return waits(event) ? (autoUntilUnixMs ?? 0) : 0;
}

/** Nobody has had a say in it yet, and no byte of it is on its way. */
function waits({ state, cause }: Pick<NewPrintEvent, 'state' | 'cause'>): boolean {
  return cause === 'vend' || (cause === 'transport' && state === 'failed-before-first-byte');
}

/** Rows of the slips of a receipt. */
const jobsOf = (receiptRow: string): string =>
  `(SELECT job_row FROM print_job WHERE job_row = ${receiptRow} AND receipt_row = ${receiptRow}
    UNION ALL SELECT job_row FROM print_job WHERE receipt_row = ${receiptRow} AND receipt_row <> job_row)`;

/** One more than any number that a slip of the same receipt carries or may carry. */
export function nextCopyNumber(from: LedgerReader | LedgerTx, jobId: string): number {
  const row = from
    .prepare(
      `SELECT max(event.copy_number) AS highest FROM print_job AS asked
         JOIN print_event AS event ON event.job_row IN ${jobsOf('asked.receipt_row')}
       WHERE asked.job_id = ?`,
    )
    .get<{ highest: number | null }>(jobId);
  return (row?.highest ?? 0) + 1;
}

/** True when any byte of the job's slip has, or may have, left the station. */
export function firstByteWent(from: LedgerReader | LedgerTx, jobId: string): boolean {
  const row = from
    .prepare(
      `SELECT count(*) AS count FROM print_job JOIN print_event USING (job_row)
       WHERE job_id = ? AND state IN ('sent', 'printed', 'unknown')`,
    )
    .get<{ count: number }>(jobId);
  return (row?.count ?? 0) > 0;
}

const JOB_QUERY = `
  SELECT job.job_id, receipt.sale_id, job.created_unix_ms, job.auto_until_unix_ms,
    coalesce(event.state, '${QUEUED_BY_SALE.state}') AS state, coalesce(event.cause, '${QUEUED_BY_SALE.cause}') AS cause,
    coalesce(event.copy_number, 0) AS copy_number, event.problem,
    NOT EXISTS (SELECT 1 FROM print_event AS each WHERE each.job_row = job.job_row
      AND each.cause NOT IN ('vend', 'auto', 'transport')) AS by_itself_only
  FROM print_job AS job
    JOIN receipt USING (receipt_row)
    LEFT JOIN print_event AS event ON event.event_row =
      (SELECT max(event_row) FROM print_event WHERE job_row = job.job_row)`;

const JOB_BY_ROW = `${JOB_QUERY} WHERE job.job_row = ?`;

type JobRecord = {
  readonly job_id: string;
  readonly sale_id: string | null;
  readonly created_unix_ms: number;
  readonly auto_until_unix_ms: number | null;
  readonly state: PrintState;
  readonly cause: PrintCause;
  readonly copy_number: number;
  readonly problem: string | null;
  readonly by_itself_only: number;
};

function jobOf(row: JobRecord): PrintJob {
  return {
    jobId: row.job_id,
    saleId: row.sale_id,
    state: row.state,
    cause: row.cause,
    copyNumber: row.copy_number,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as PrinterProblem),
    createdUnixMs: row.created_unix_ms,
    autoUntilUnixMs: row.auto_until_unix_ms,
    byItselfOnly: row.by_itself_only === 1,
  };
}

export function readPrintJob(from: LedgerReader | LedgerTx, jobId: string): PrintJob | undefined {
  const row = from.prepare(`${JOB_QUERY} WHERE job.job_id = ?`).get<JobRecord>(jobId);
  return row && jobOf(row);
}

/** The newest job of a sale's slip, or undefined. */
export function latestJobOfSale(from: LedgerReader | LedgerTx, saleId: string): PrintJob | undefined {
  const row = from
    .prepare(
      `${JOB_QUERY} WHERE job.job_row = (SELECT max(each.job_row) FROM receipt AS asked
         JOIN print_job AS each ON each.job_row IN ${jobsOf('asked.receipt_row')} WHERE asked.sale_id = ?)`,
    )
    .get<JobRecord>(saleId);
  return row && jobOf(row);
}

/** Jobs that still need somebody, oldest first. */
export function openPrintJobs(from: LedgerReader | LedgerTx): readonly PrintJob[] {
  const rows = from
    .prepare(`${JOB_QUERY} WHERE job.job_row IN (SELECT job_row FROM open_print_job) ORDER BY job.job_row`)
    .all<JobRecord>();
  return rows.map(jobOf);
}

/**
 * Jobs that the next sale may have a say in, oldest first: handed over and not missed yet, or printing by themselves
 * until after this moment. Costs what these cost, however many others still need somebody.
 */
export function jobsBeforeSale(from: LedgerReader | LedgerTx, nowUnixMs: number): readonly PrintJob[] {
  // Mostly there is none, which is asked first: a sale waits for this.
  const rows = from
    .prepare('SELECT job_row FROM open_print_job WHERE asked_until_unix_ms > ? ORDER BY job_row')
    .all<{ job_row: number }>(nowUnixMs);
  return rows.flatMap(({ job_row: row }) => from.prepare(JOB_BY_ROW).get<JobRecord>(row) ?? []).map(jobOf);
}

/** Jobs that still wait to print by themselves though their time was over at this moment, oldest first. */
export function overdueJobs(from: LedgerReader | LedgerTx, nowUnixMs: number): readonly PrintJob[] {
  const rows = from
    .prepare(
      `${JOB_QUERY} WHERE job.job_row IN
         (SELECT job_row FROM open_print_job WHERE asked_until_unix_ms BETWEEN 1 AND ?) ORDER BY job.job_row`,
    )
    .all<JobRecord>(nowUnixMs);
  return rows.map(jobOf);
}

type ReceiptRecord = { readonly document: string; readonly personal: string | null };

function documentOf(row: ReceiptRecord | undefined): ReceiptDocument | undefined {
  if (!row) return undefined;
  const rest = JSON.parse(row.document) as ReceiptDocument;
  return joinPersonal(rest, row.personal === null ? null : (JSON.parse(row.personal) as PersonalPart));
}

/** The stored receipt of a job; without personal data once retention has blanked it. */
export function readJobDocument(from: LedgerReader | LedgerTx, jobId: string): ReceiptDocument | undefined {
  return documentOf(
    from
      .prepare('SELECT document, personal FROM print_job JOIN receipt USING (receipt_row) WHERE job_id = ?')
      .get<ReceiptRecord>(jobId),
  );
}

/** The stored receipt of a sale. */
export function readReceipt(from: LedgerReader | LedgerTx, saleId: string): ReceiptDocument | undefined {
  return documentOf(
    from.prepare('SELECT document, personal FROM receipt WHERE sale_id = ?').get<ReceiptRecord>(saleId),
  );
}
