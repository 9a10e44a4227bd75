import { assert, type AmountMinor, type Resource, type SaleId, type UnitsTenths } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { Account, TenderAccount } from './accounts.ts';
import type { ChildDraft } from './append.ts';
import {
  orderChildren,
  orderOf,
  PURCHASE,
  type OrderRow,
  type SaleKind,
  type SaleOrder,
} from './sale-kinds.ts';
import { basketChildren, tenderChildren, tenderParts, type BasketPlace, type TenderPart } from './tender.ts';
import { NEXT_STEPS, OPEN_STEPS, type SaleStep } from './sale-steps.ts';

/** The facts of a sale that are fixed before the module is asked. `meter` and `quote` are JSON texts. */
export type SaleFacts = {
  readonly saleId: SaleId;
  readonly requestId: string;
  readonly messageId: string;
  readonly receiptNumber: string;
  readonly atUnixMs: number;
  readonly operatorId: string;
  readonly meterPan: string;
  readonly meter: string;
  readonly customerDigest: Uint8Array;
  readonly resource: Resource;
  readonly currency: string;
  readonly amountMinor: AmountMinor;
  /** The account of the largest part. */
  readonly tenderAccount: Account;
  /** Of all parts together. */
  readonly receivedMinor: AmountMinor;
  readonly tender: readonly TenderPart[];
  /** With which others it was paid, or null for a sale by itself. */
  readonly basket: BasketPlace | null;
  /** Quoted units after both roundings. */
  readonly unitsTenths: UnitsTenths;
  /** The assigned token time: minutes from 1970 on the supply group's fixed clock. */
  readonly tokenMinute: number;
  readonly quote: string;
  readonly order: SaleOrder;
};

export type TokenFacts = {
  readonly position: number;
  readonly digits: string;
  readonly tokenClass: number;
  readonly subclass: number;
  /** Minutes from 1970 as read back from the token; null where a token carries none. */
  readonly tokenMinute: number | null;
  /** Units as decoded from the token; null where it carries none. */
  readonly unitsTenths: UnitsTenths | null;
  readonly moduleId: string;
  readonly keyCheck: string;
};

export type RecordedSale = SaleFacts & { readonly step: SaleStep; readonly tokens: readonly TokenFacts[] };

/** The rows of an intent: the sale's own, what it was paid with, and what makes it more than a plain purchase. */
export function saleChildren(sale: SaleFacts): readonly ChildDraft[] {
  const { saleId, tender, basket, order } = sale;
  return [
    saleChild(sale),
    ...tenderChildren(saleId, tender),
    ...basketChildren(saleId, basket),
    ...orderChildren(saleId, order),
  ];
}

function saleChild(sale: SaleFacts): ChildDraft {
  return {
    table: 'sale',
    values: {
      sale_id: sale.saleId,
      request_id: sale.requestId,
      message_id: sale.messageId,
      receipt_number: sale.receiptNumber,
      at_unix_ms: sale.atUnixMs,
      operator_id: sale.operatorId,
      meter_pan: sale.meterPan,
      meter: sale.meter,
      customer_digest: sale.customerDigest,
      resource: sale.resource,
      currency: sale.currency,
      amount_minor: sale.amountMinor,
      tender_account: sale.tenderAccount,
      received_minor: sale.receivedMinor,
      units_tenths: sale.unitsTenths,
      token_minute: sale.tokenMinute,
      quote: sale.quote,
    },
  };
}

export function tokenChild(saleId: SaleId, token: TokenFacts): ChildDraft {
  return {
    table: 'token',
    values: {
      sale_id: saleId,
      position: token.position,
      digits: token.digits,
      token_class: token.tokenClass,
      subclass: token.subclass,
      token_minute: token.tokenMinute,
      units_tenths: token.unitsTenths,
      module_id: token.moduleId,
      key_check: token.keyCheck,
    },
  };
}

/** Where a sale stands; undefined before its intent. */
type At = { readonly step: SaleStep | undefined };

/**
 * The rows of one or more steps of a sale, checked against the table of allowed steps. Pass the steps in their order,
 * and the step that the sale is at, undefined for a new one, where this transaction has read it already.
 */
export function stepChildren(
  tx: LedgerTx,
  sale: { readonly saleId: SaleId; readonly meterPan: string },
  steps: readonly { readonly step: SaleStep; readonly reason: string | null }[],
  at: At = { step: openStep(tx, sale.saleId) ?? currentStep(tx, sale.saleId) },
): readonly ChildDraft[] {
  let current = at.step;
  for (const { step } of steps) {
    const allowed = current === undefined ? step === 'intended' : NEXT_STEPS[current].includes(step);
    assert(allowed, `a sale may go from ${current ?? 'nothing'} to ${step}`);
    current = step;
  }
  return steps.map(({ step, reason }) => ({
    table: 'sale_step',
    values: { sale_id: sale.saleId, step, reason },
  }));
}

/** Brings the projection of open sales to a sale's newest step; call after the record is appended. */
export function projectOpenSale(
  tx: LedgerTx,
  sale: { readonly saleId: SaleId; readonly meterPan: string },
  step: SaleStep | undefined = currentStep(tx, sale.saleId),
): void {
  if (step !== undefined && OPEN_STEPS.includes(step)) {
    tx.prepare(
      'INSERT INTO open_sale VALUES (?, ?, ?) ON CONFLICT (sale_id) DO UPDATE SET step = excluded.step',
    ).run(sale.saleId, sale.meterPan, step);
  } else {
    tx.prepare('DELETE FROM open_sale WHERE sale_id = ?').run(sale.saleId);
  }
}

export function currentStep(reader: LedgerReader | LedgerTx, saleId: SaleId): SaleStep | undefined {
  return reader
    .prepare('SELECT step FROM sale_step WHERE sale_id = ? ORDER BY row_id DESC LIMIT 1')
    .get<{ step: SaleStep }>(saleId)?.step;
}

/** The step of a sale that is open, by the projection; undefined of any other. */
function openStep(tx: LedgerTx, saleId: SaleId): SaleStep | undefined {
  return tx.prepare('SELECT step FROM open_sale WHERE sale_id = ?').get<{ step: SaleStep }>(saleId)?.step;
}

const STEP = `(SELECT step FROM sale_step WHERE sale_step.sale_id = sale.sale_id ORDER BY row_id DESC LIMIT 1)`;

/** A sale's row with its step, its kind and its basket; `sale` may be narrowed by what follows. */
const SELECT_SALE = `SELECT sale.*, ${STEP} AS step,
    kind, work, original_sale_id, authoriser_id, second_id, reason, for_head_office,
    basket_id, basket_sale.position AS basket_position, size AS basket_size
  FROM sale LEFT JOIN sale_kind ON sale_kind.sale_id = sale.sale_id
    LEFT JOIN basket_sale ON basket_sale.sale_id = sale.sale_id`;

/** Recorded, and not taken back since. */
const STANDS = `EXISTS (SELECT 1 FROM sale_step WHERE sale_step.sale_id = sale.sale_id AND step = 'recorded')
  AND NOT EXISTS (SELECT 1 FROM sale_step WHERE sale_step.sale_id = sale.sale_id AND step = 'unissued')`;
/** The kind is one of a JSON list. */
const OF_KINDS = `coalesce(kind, 'credit') IN (SELECT value FROM json_each(?))`;

type SaleRow = OrderRow & {
  row_id: number;
  sale_id: SaleId;
  request_id: string;
  message_id: string;
  receipt_number: string;
  at_unix_ms: number;
  operator_id: string;
  meter_pan: string;
  meter: string;
  customer_digest: Uint8Array;
  resource: Resource;
  currency: string;
  amount_minor: AmountMinor;
  tender_account: Account;
  received_minor: AmountMinor;
  units_tenths: UnitsTenths;
  token_minute: number;
  quote: string;
  step: SaleStep | null;
  basket_id: string | null;
  basket_position: number;
  basket_size: number;
};

type TokenRow = {
  position: number;
  digits: string;
  token_class: number;
  subclass: number;
  token_minute: number | null;
  units_tenths: UnitsTenths | null;
  module_id: string;
  key_check: string;
};

function assemble(reader: LedgerReader | LedgerTx, row: SaleRow): RecordedSale {
  const { step, basket_id: basketId, basket_position: position, basket_size: size } = row;
  assert(step !== null, 'a sale has at least the step of its intent');
  return {
    saleId: row.sale_id,
    requestId: row.request_id,
    messageId: row.message_id,
    receiptNumber: row.receipt_number,
    atUnixMs: row.at_unix_ms,
    operatorId: row.operator_id,
    meterPan: row.meter_pan,
    meter: row.meter,
    customerDigest: row.customer_digest,
    resource: row.resource,
    currency: row.currency,
    amountMinor: row.amount_minor,
    tenderAccount: row.tender_account,
    receivedMinor: row.received_minor,
    unitsTenths: row.units_tenths,
    tokenMinute: row.token_minute,
    quote: row.quote,
    order: orderOf(row),
    tender: tenderOf(reader, row),
    basket: basketId === null ? null : { basketId, position, size },
    step,
    tokens: tokensOf(reader, row.sale_id),
  };
}

/** A sale from before there were parts was paid in one; some sales are paid with nothing. */
function tenderOf(reader: LedgerReader | LedgerTx, row: SaleRow): readonly TenderPart[] {
  const parts = tenderParts(reader, row.sale_id);
  if (parts.length > 0 || row.amount_minor === 0) return parts;
  return [
    {
      account: row.tender_account as TenderAccount,
      amountMinor: row.amount_minor,
      receivedMinor: row.received_minor,
      reference: null,
      carriedFrom: null,
    },
  ];
}

function tokensOf(reader: LedgerReader | LedgerTx, saleId: SaleId): readonly TokenFacts[] {
  return reader
    .prepare('SELECT * FROM token WHERE sale_id = ? ORDER BY position')
    .all<TokenRow>(saleId)
    .map((row) => ({
      position: row.position,
      digits: row.digits,
      tokenClass: row.token_class,
      subclass: row.subclass,
      tokenMinute: row.token_minute,
      unitsTenths: row.units_tenths,
      moduleId: row.module_id,
      keyCheck: row.key_check,
    }));
}

function one(reader: LedgerReader | LedgerTx, where: string, value: string): RecordedSale | undefined {
  const row = reader.prepare(`${SELECT_SALE} WHERE sale.${where} = ?`).get<SaleRow>(value);
  return row && assemble(reader, row);
}

export function findSale(reader: LedgerReader | LedgerTx, saleId: SaleId): RecordedSale | undefined {
  return one(reader, 'sale_id', saleId);
}

export function findSaleByRequest(
  reader: LedgerReader | LedgerTx,
  requestId: string,
): RecordedSale | undefined {
  return one(reader, 'request_id', requestId);
}

export function findSaleByReceipt(
  reader: LedgerReader | LedgerTx,
  receiptNumber: string,
): RecordedSale | undefined {
  return one(reader, 'receipt_number', receiptNumber);
}

/** Why a sale is void, as `writeVoid` kept it; undefined of a sale that is not. */
export function voidReason(reader: LedgerReader | LedgerTx, saleId: SaleId): string | undefined {
  const row = reader
    .prepare("SELECT reason FROM sale_step WHERE sale_id = ? AND step = 'void'")
    .get<{ reason: string | null }>(saleId);
  return row?.reason ?? undefined;
}

/** Sales whose outcome is not settled, oldest first; only of one meter when it is given. */
export function openSales(reader: LedgerReader | LedgerTx, meterPan?: string): readonly RecordedSale[] {
  const filter = meterPan === undefined ? '' : 'WHERE meter_pan = ?';
  return reader
    .prepare(`SELECT sale_id FROM open_sale ${filter}`)
    .all<{ sale_id: SaleId }>(...(meterPan === undefined ? [] : [meterPan]))
    .map((row) => reader.prepare(`${SELECT_SALE} WHERE sale.sale_id = ?`).get<SaleRow>(row.sale_id)!)
    .toSorted((a, b) => a.row_id - b.row_id)
    .map((row) => assemble(reader, row));
}

/** The newest purchases of one meter that ended with a recorded outcome, newest first. */
export function lastPurchases(
  reader: LedgerReader | LedgerTx,
  meterPan: string,
  limit: number,
): readonly RecordedSale[] {
  return reader
    .prepare(
      `${SELECT_SALE} WHERE meter_pan = ? AND ${STANDS} AND ${OF_KINDS}
       ORDER BY token_minute DESC, sale.row_id DESC LIMIT ?`,
    )
    .all<SaleRow>(meterPan, '["credit"]', limit)
    .map((row) => assemble(reader, row));
}

/** What the next sale to a meter has to know of one before it. */
export type EarlierSale = Pick<
  RecordedSale,
  'saleId' | 'receiptNumber' | 'atUnixMs' | 'amountMinor' | 'quote'
> & { readonly order: Pick<SaleOrder, 'kind' | 'work'> };

type EarlierSaleRow = Omit<EarlierSale, 'order'> & Pick<OrderRow, 'kind' | 'work'>;

const SELECT_EARLIER = `SELECT sale.sale_id AS saleId, receipt_number AS receiptNumber, at_unix_ms AS atUnixMs,
    amount_minor AS amountMinor, quote, kind, work
  FROM sale LEFT JOIN sale_kind ON sale_kind.sale_id = sale.sale_id
  WHERE meter_pan = ? AND ${STANDS} AND ${OF_KINDS}`;
const NEWEST_FIRST = 'ORDER BY token_minute DESC, sale.row_id DESC';
const EARLIER_SALES = `${SELECT_EARLIER} ${NEWEST_FIRST} LIMIT ?`;
const EARLIER_SALES_WITH = `${SELECT_EARLIER} AND instr(quote || coalesce(work, ''), ?) > 0 ${NEWEST_FIRST}`;

const earlierSale = ({ kind, work, ...sale }: EarlierSaleRow): EarlierSale => ({
  ...sale,
  order: { kind: kind ?? PURCHASE.kind, work: work ?? PURCHASE.work },
});

/** The newest recorded sales of some kinds to a meter, newest first: `lastPurchases` with less of each. */
export function earlierSales(
  reader: LedgerReader | LedgerTx,
  meterPan: string,
  kinds: readonly SaleKind[],
  limit: number,
): readonly EarlierSale[] {
  return reader
    .prepare(EARLIER_SALES)
    .all<EarlierSaleRow>(meterPan, JSON.stringify(kinds), limit)
    .map(earlierSale);
}

/** All recorded sales of some kinds to a meter whose quote or work has a text in it, newest first. */
export function earlierSalesWith(
  reader: LedgerReader | LedgerTx,
  meterPan: string,
  kinds: readonly SaleKind[],
  text: string,
): readonly EarlierSale[] {
  return reader
    .prepare(EARLIER_SALES_WITH)
    .all<EarlierSaleRow>(meterPan, JSON.stringify(kinds), text)
    .map(earlierSale);
}

/** The newest replacement of a sale's token that was recorded, or undefined. */
export function replacementOf(reader: LedgerReader | LedgerTx, saleId: SaleId): RecordedSale | undefined {
  const row = reader
    .prepare(`${SELECT_SALE} WHERE original_sale_id = ? AND ${STANDS} ORDER BY sale.row_id DESC LIMIT 1`)
    .get<SaleRow>(saleId);
  return row && assemble(reader, row);
}

/** The recorded purchase of the same meter before this one. */
export function purchaseBefore(
  reader: LedgerReader | LedgerTx,
  sale: Pick<RecordedSale, 'meterPan' | 'tokenMinute'>,
): RecordedSale | undefined {
  const row = reader
    .prepare(
      `${SELECT_SALE} WHERE meter_pan = ? AND token_minute < ? AND ${STANDS} AND ${OF_KINDS}
       ORDER BY token_minute DESC LIMIT 1`,
    )
    .get<SaleRow>(sale.meterPan, sale.tokenMinute, '["credit"]');
  return row && assemble(reader, row);
}

/** The newest sale of the station that ended with a recorded outcome. */
export function lastRecordedSale(reader: LedgerReader | LedgerTx): RecordedSale | undefined {
  const row = reader
    .prepare("SELECT sale_id FROM sale_step WHERE step = 'recorded' ORDER BY row_id DESC LIMIT 1")
    .get<{ sale_id: SaleId }>();
  return row && findSale(reader, row.sale_id);
}

type ToClose = Pick<RecordedSale, 'saleId' | 'meterPan'>;

/** The newest recorded sale, and the basket that it was paid with. */
const NEWEST_RECORDED = `SELECT sale.sale_id AS saleId, meter_pan AS meterPan, ${STEP} AS step,
    (SELECT basket_id FROM basket_sale WHERE basket_sale.sale_id = sale.sale_id) AS basketId
  FROM (SELECT sale_id FROM sale_step WHERE step = 'recorded' ORDER BY row_id DESC LIMIT 1) JOIN sale USING (sale_id)`;
const RECORDED_OF_BASKET = `SELECT sale.sale_id AS saleId, meter_pan AS meterPan
  FROM basket_sale JOIN sale USING (sale_id) WHERE basket_id = ? AND ${STEP} = 'recorded' ORDER BY sale.row_id`;

/** The sales that the newest recorded one was paid together with, itself among them, as far as they are not closed. */
export function salesToClose(reader: LedgerReader | LedgerTx): readonly ToClose[] {
  const newest = reader
    .prepare(NEWEST_RECORDED)
    .get<ToClose & { readonly step: SaleStep; readonly basketId: string | null }>();
  if (!newest) return [];
  const { saleId, meterPan, step, basketId } = newest;
  if (basketId !== null) return reader.prepare(RECORDED_OF_BASKET).all<ToClose>(basketId);
  return step === 'recorded' ? [{ saleId, meterPan }] : [];
}

/**
 * The latest token time ever assigned to a meter or chosen for it by a module, by intents too: a time is used
 * once, whatever became of it.
 */
export function lastTokenMinute(reader: LedgerReader | LedgerTx, meterPan: string): number | undefined {
  const row = reader
    .prepare('SELECT max(token_minute) AS minute FROM sale WHERE meter_pan = ?')
    .get<{ minute: number | null }>(meterPan);
  if (row?.minute === null || row === undefined) return undefined;
  return Math.max(row.minute, lastIssuedMinute(reader, { saleId: '' as SaleId, meterPan }) ?? 0);
}

/** The latest token time that a meter's other sales were really given, or undefined. */
export function lastIssuedMinute(
  reader: LedgerReader | LedgerTx,
  sale: Pick<RecordedSale, 'saleId' | 'meterPan'>,
): number | undefined {
  const row = reader
    .prepare(
      `SELECT max(token.token_minute) AS minute FROM sale JOIN token USING (sale_id)
       WHERE meter_pan = ? AND sale_id <> ?`,
    )
    .get<{ minute: number | null }>(sale.meterPan, sale.saleId);
  return row?.minute ?? undefined;
}

/**
 * The receipt number that the station gave out last, or undefined before the first sale. One that was brought back from
 * an earlier epoch was given out by books that are lost: counted on from it, numbers of this epoch would come twice.
 */
export function lastReceiptNumber(reader: LedgerReader | LedgerTx): string | undefined {
  return reader
    .prepare(
      `SELECT receipt_number FROM sale CROSS JOIN record ON record_id = sale.row_id / 1000
       WHERE kind <> 'sale-recalled' OR detail ->> '$.was.epoch' = epoch ORDER BY sale.row_id DESC LIMIT 1`,
    )
    .get<{ receipt_number: string }>()?.receipt_number;
}

/** Whether anything was ever sold, or begun to be sold, to the meter with these 18 digits. */
export function isMeterSold(reader: LedgerReader | LedgerTx, pan: string): boolean {
  return reader.prepare('SELECT 1 FROM sale WHERE meter_pan = ? LIMIT 1').get(pan) !== undefined;
}
