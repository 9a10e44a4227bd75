import { refuse, type CallFault } from '../../contract/index.ts';
import { amountMinor, assert, ok, type Result } from '../../units/index.ts';
import { appendRecord, balanceOf, businessDateOf, chainHead, isOrWas, type Moment } from '../ledger/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { ZFigures } from './write.ts';

export type CycleKind = 'shift' | 'sales' | 'banking';

export type CycleEnd<Figures> = {
  readonly kind: CycleKind;
  readonly number: number;
  /** In which epoch of the journal it was written: numbers may have been lost with the one before. */
  readonly epoch: number;
  /** The shift that a Z is of; of another cycle the end's own id, by which its paper is known. */
  readonly subjectId: string | null;
  readonly toRecord: number;
  readonly head: string;
  readonly figures: Figures;
};

type CycleRow = {
  readonly kind: CycleKind;
  readonly number: number;
  readonly epoch: number;
  readonly subject_id: string | null;
  readonly to_record: number;
  readonly head: string;
  readonly figures: string;
};

const CYCLE = `SELECT cycle_end.*, record.epoch, record.subject_id
  FROM cycle_end JOIN record ON record.record_id = cycle_end.row_id / 1000`;

function cycleOf<Figures>(row: CycleRow): CycleEnd<Figures> {
  return {
    kind: row.kind,
    number: row.number,
    epoch: row.epoch,
    subjectId: row.subject_id,
    toRecord: row.to_record,
    head: row.head,
    figures: JSON.parse(row.figures) as Figures,
  };
}

/** The newest end of a cycle, or undefined before the first. */
export function lastCycle<Figures>(
  from: LedgerReader | LedgerTx,
  kind: CycleKind,
): CycleEnd<Figures> | undefined {
  const row = from
    .prepare(`${CYCLE} WHERE cycle_end.kind = ? ORDER BY number DESC LIMIT 1`)
    .get<CycleRow>(kind);
  return row && cycleOf(row);
}

/** The end of a cycle by its number, as it was kept. */
export function findCycle<Figures>(
  from: LedgerReader | LedgerTx,
  kind: CycleKind,
  number: number,
): CycleEnd<Figures> | undefined {
  const row = from.prepare(`${CYCLE} WHERE cycle_end.kind = ? AND number = ?`).get<CycleRow>(kind, number);
  return row && cycleOf(row);
}

/** A Z by its number, as it was kept. */
export function findZ(from: LedgerReader | LedgerTx, number: number): CycleEnd<ZFigures> | undefined {
  return findCycle(from, 'shift', number);
}

/** The Z of a shift, or undefined while it is open. */
export function zOfShift(from: LedgerReader | LedgerTx, shiftId: string): CycleEnd<ZFigures> | undefined {
  const row = from.prepare(`${CYCLE} WHERE cycle_end.subject_id = ?`).get<CycleRow>(shiftId);
  return row && cycleOf(row);
}

/** The newest Zs, newest first. */
export function lastZs(from: LedgerReader | LedgerTx, limit: number): readonly CycleEnd<ZFigures>[] {
  return from
    .prepare(`${CYCLE} WHERE cycle_end.kind = 'shift' ORDER BY number DESC LIMIT ?`)
    .all<CycleRow>(limit)
    .map((row) => cycleOf(row));
}

/** `7`, or `E2-7` after a restore: numbers of an epoch are told apart from those of the one before. */
export function cycleName({ epoch, number }: Pick<CycleEnd<unknown>, 'epoch' | 'number'>): string {
  return epoch === 1 ? String(number) : `E${epoch}-${number}`;
}

export type SalesFigures = {
  readonly fromRecord: number;
  readonly toRecord: number;
  readonly head: string;
  readonly count: number;
  readonly amountMinor: number;
  readonly byAccount: readonly { readonly account: string; readonly amountMinor: number }[];
};

/**
 * Sales recorded since the last run of sales ended, up to now. Takes as long as reading them: for another thread,
 * whose figures `endCycle` then keeps.
 */
export function salesFigures(from: LedgerReader | LedgerTx): SalesFigures {
  const fromRecord = (lastCycle(from, 'sales')?.toRecord ?? 0) + 1;
  const head = chainHead(from);
  const toRecord = head?.recordId ?? 0;
  const range = [fromRecord, toRecord] as const;
  const sold = from
    .prepare(
      `SELECT count(*) AS count, coalesce(sum(sale.amount_minor), 0) AS amountMinor
       FROM sale_step CROSS JOIN sale USING (sale_id)
       WHERE sale_step.row_id BETWEEN ? * 1000 AND ? * 1000 + 999 AND step = 'recorded'`,
    )
    .get<{ count: number; amountMinor: number }>(...range)!;
  return {
    fromRecord,
    toRecord,
    head: Buffer.from(head?.hash ?? new Uint8Array(32)).toString('hex'),
    ...sold,
    byAccount: from
      .prepare(
        `SELECT account, sum(minor) AS amountMinor FROM (
           SELECT credit_account AS account, amount_minor AS minor, row_id FROM transfer
             WHERE +debit_account = 'tender-held' AND row_id BETWEEN ? * 1000 AND ? * 1000 + 999
           UNION ALL
           SELECT debit_account, -amount_minor, row_id FROM transfer
             WHERE +credit_account = 'tender-held' AND row_id BETWEEN ? * 1000 AND ? * 1000 + 999) AS moved
         CROSS JOIN record ON record.record_id = moved.row_id / 1000 AND ${isOrWas('sale-recorded')}
         GROUP BY account ORDER BY account`,
      )
      .all(...range, ...range),
  };
}

export type BankingFigures = {
  readonly safeMinor: number;
  readonly chequesMinor: number;
  readonly deposits: readonly Deposit[];
};

/** Ends a run of sales with figures that were computed up to some record. `endId` is what its paper is known by. */
export function endSales(
  tx: LedgerTx,
  moment: Moment,
  endId: string,
  figures: SalesFigures,
): Result<number, CallFault> {
  const last = lastCycle(tx, 'sales')?.toRecord ?? 0;
  if (figures.fromRecord !== last + 1) return refuse('cycle-changed', {}, 'safe');
  return ok(writeCycle(tx, moment, { kind: 'sales', endId }, figures, figures));
}

/** Ends a run of banking: the deposits since the last one, and what still lies in the safe. `endId` as with sales. */
export function endBanking(
  tx: LedgerTx,
  moment: Moment,
  endId: string,
  currency: string,
): Result<number, CallFault> {
  const fromRecord = (lastCycle(tx, 'banking')?.toRecord ?? 0) + 1;
  const head = chainHead(tx);
  assert(head, 'whoever ends a banking has signed in');
  const figures: BankingFigures = {
    safeMinor: balanceOf(tx, 'safe', currency),
    chequesMinor: balanceOf(tx, 'cheque', currency),
    deposits: deposits(tx, 200).filter((deposit) => deposit.recordId >= fromRecord),
  };
  const range = { fromRecord, toRecord: head.recordId, head: Buffer.from(head.hash).toString('hex') };
  return ok(writeCycle(tx, moment, { kind: 'banking', endId }, range, figures));
}

function writeCycle(
  tx: LedgerTx,
  moment: Moment,
  { kind, endId }: { readonly kind: 'sales' | 'banking'; readonly endId: string },
  range: Pick<SalesFigures, 'fromRecord' | 'toRecord' | 'head'>,
  figures: unknown,
): number {
  const number = (lastCycle(tx, kind)?.number ?? 0) + 1;
  appendRecord(tx, {
    kind: `${kind}-ended`,
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: endId,
    detail: { number },
    children: [
      {
        table: 'cycle_end',
        values: {
          kind,
          number,
          subject_id: null,
          from_record: range.fromRecord,
          to_record: range.toRecord,
          head: range.head,
          figures: JSON.stringify(figures),
        },
      },
    ],
  });
  return number;
}

export type Deposit = {
  readonly depositId: string;
  readonly number: number;
  readonly reference: string;
  readonly account: 'safe' | 'cheque';
  readonly currency: string;
  readonly amountMinor: number;
  readonly beneficiary: string;
  readonly recordId: number;
  readonly madeUnixMs: number;
  readonly matchedUnixMs: number | null;
};

/** The newest deposits, newest first. */
export function deposits(from: LedgerReader | LedgerTx, limit: number): readonly Deposit[] {
  return from
    .prepare(
      `SELECT deposit_id AS depositId, number, reference, account, currency, amount_minor AS amountMinor,
         beneficiary, record.record_id AS recordId, record.at_unix_ms AS madeUnixMs,
         (SELECT at_unix_ms FROM record AS matched
           WHERE matched.kind IN ('tender-corrected', 'deposit-matched')
             AND matched.subject_id = deposit.deposit_id) AS matchedUnixMs
       FROM deposit JOIN record ON record.record_id = deposit.row_id / 1000
       ORDER BY number DESC LIMIT ?`,
    )
    .all<Deposit>(limit);
}

export type NewDeposit = Pick<
  Deposit,
  'depositId' | 'reference' | 'account' | 'currency' | 'amountMinor' | 'beneficiary'
>;

/**
 * Money on its way to the bank, under the reference that the bank will show. It stays `deposited` until it was
 * found there. Refuses more than there is and a reference that was used.
 */
export function makeDeposit(tx: LedgerTx, moment: Moment, made: NewDeposit): Result<Deposit, CallFault> {
  const { depositId, reference, account, currency, beneficiary } = made;
  if (made.amountMinor > balanceOf(tx, account, currency)) return refuse('deposit-too-much');
  if (tx.prepare('SELECT 1 FROM deposit WHERE reference = ?').get(reference) !== undefined)
    return refuse('deposit-reference', { reference });
  const number = (deposits(tx, 1)[0]?.number ?? 0) + 1;
  appendRecord(tx, {
    kind: 'deposit-made',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: depositId,
    detail: { number },
    transfers: [
      { debit: 'deposited', credit: account, currency, amountMinor: amountMinor(made.amountMinor) },
    ],
    children: [
      {
        table: 'deposit',
        values: {
          deposit_id: depositId,
          number,
          reference,
          account,
          currency,
          amount_minor: made.amountMinor,
          beneficiary,
        },
      },
    ],
  });
  return ok(findDeposit(tx, depositId)!);
}

export function findDeposit(from: LedgerReader | LedgerTx, depositId: string): Deposit | undefined {
  return deposits(from, -1).find((deposit) => deposit.depositId === depositId);
}

export function depositByReference(from: LedgerReader | LedgerTx, reference: string): Deposit | undefined {
  return deposits(from, -1).find((deposit) => deposit.reference === reference);
}

/** A deposit was found at the bank: by head office, in a package, or by a supervisor, who says where. */
export function matchDeposit(
  tx: LedgerTx,
  moment: Moment,
  depositId: string,
  foundBy: { readonly packageNumber: number } | { readonly reason: string },
): Result<Deposit, CallFault> {
  const deposit = findDeposit(tx, depositId);
  if (!deposit) return refuse('deposit-unknown');
  if (deposit.matchedUnixMs !== null) return ok(deposit);
  appendRecord(tx, {
    kind: 'deposit-matched',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: depositId,
    detail: foundBy,
    transfers: [
      {
        debit: 'bank',
        credit: 'deposited',
        currency: deposit.currency,
        amountMinor: amountMinor(deposit.amountMinor),
      },
    ],
  });
  return ok(findDeposit(tx, depositId)!);
}
