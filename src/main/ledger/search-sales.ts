import { assert, type SaleId } from '../../units/index.ts';
import type { LedgerReader, LedgerTx, SqlValue } from '../store/index.ts';
import { findSale, type RecordedSale } from './sales.ts';

/** What a past sale is looked for by; all that is given has to be true of it. */
export type SaleCriteria = {
  /** The utility's calendar day on which it was begun, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly pan?: string;
  /** In any case of letters. */
  readonly receiptNumber?: string;
  readonly amountMinor?: number;
  /** Twenty digits of one of its tokens. */
  readonly tokenDigits?: string;
};

export type FoundSales = {
  readonly sales: readonly RecordedSale[];
  /** Whether there may be more behind the last one. */
  readonly more: boolean;
};

/** Records that one search reads back through when nothing but an amount is given: it stays short in a long journal. */
const RECORDS_AT_ONCE = 60_000;

/** Past sales, newest first, at most `limit`; `before` goes on behind a sale that was listed. */
export function searchSales(
  reader: LedgerReader,
  criteria: SaleCriteria,
  limit: number,
  before: SaleId | null,
): FoundSales {
  const { day, pan, receiptNumber, amountMinor, tokenDigits } = criteria;
  const isIndexed = [day, pan, receiptNumber, tokenDigits].some((each) => each !== undefined);
  const to = before === null ? newestRow(reader) + 1 : rowOf(reader, before);
  const from = isIndexed ? 0 : Math.max(0, to - RECORDS_AT_ONCE * 1000);
  const parts: readonly (readonly [sql: string, value: SqlValue | undefined])[] = [
    ['row_id < ?', to],
    ['row_id >= ?', from],
    [
      `sale_id IN (SELECT subject_id FROM record WHERE business_date = ?
         AND kind IN ('sale-intended', 'sale-recalled'))`,
      day,
    ],
    ['meter_pan = ?', pan],
    ['receipt_number = ?', receiptNumber?.toUpperCase()],
    ['amount_minor = ?', amountMinor],
    ['sale_id IN (SELECT sale_id FROM token WHERE digits = ?)', tokenDigits],
  ];
  const given = parts.filter(([, value]) => value !== undefined);
  const rows = reader
    .prepare(
      `SELECT sale_id FROM sale WHERE ${given.map(([sql]) => sql).join(' AND ')} ORDER BY row_id DESC LIMIT ?`,
    )
    .all<{ sale_id: SaleId }>(...given.map(([, value]) => value ?? null), limit + 1);
  const sales = rows.slice(0, limit).map(({ sale_id: saleId }) => {
    const sale = findSale(reader, saleId);
    assert(sale, 'a sale that was found is there');
    return sale;
  });
  return { sales, more: rows.length > limit || from > 0 };
}

function newestRow(reader: LedgerReader): number {
  return reader.prepare('SELECT max(row_id) AS row FROM sale').get<{ row: number | null }>()?.row ?? 0;
}

function rowOf(reader: LedgerReader, saleId: SaleId): number {
  return (
    reader.prepare('SELECT row_id FROM sale WHERE sale_id = ?').get<{ row_id: number }>(saleId)?.row_id ?? 0
  );
}

/** The sale here that a token came from, or undefined. */
export function saleOfToken(reader: LedgerReader | LedgerTx, digits: string): RecordedSale | undefined {
  const row = reader
    .prepare('SELECT sale_id FROM token WHERE digits = ? ORDER BY row_id DESC LIMIT 1')
    .get<{ sale_id: SaleId }>(digits);
  return row && findSale(reader, row.sale_id);
}
