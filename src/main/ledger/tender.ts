import { amountMinor, type AmountMinor, type SaleId } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { TenderAccount } from './accounts.ts';
import type { ChildDraft } from './append.ts';

/** One of the ways in which a sale was paid. The amounts of a sale's parts add up to its own. */
export type TenderPart = {
  readonly account: TenderAccount;
  /** What it pays of this sale; above zero. */
  readonly amountMinor: AmountMinor;
  /** What was handed over; more than the amount for cash only. */
  readonly receivedMinor: AmountMinor;
  /** The payment's own number, as `parseReference` gives it; never for cash. */
  readonly reference: string | null;
  /** The sale that had this reference first, where another part of its money, or money given back, pays this one. */
  readonly carriedFrom: SaleId | null;
};

/** A sale's place among those that were paid together; `position` from 1 to `size`. */
export type BasketPlace = { readonly basketId: string; readonly position: number; readonly size: number };

export function tenderChildren(saleId: SaleId, parts: readonly TenderPart[]): readonly ChildDraft[] {
  return parts.map((part, index) => ({
    table: 'tender_part',
    values: {
      sale_id: saleId,
      position: index + 1,
      account: part.account,
      amount_minor: part.amountMinor,
      received_minor: part.receivedMinor,
      reference: part.reference,
      carried_from: part.carriedFrom,
    },
  }));
}

export function basketChildren(saleId: SaleId, place: BasketPlace | null): readonly ChildDraft[] {
  if (place === null) return [];
  const { basketId, position, size } = place;
  return [{ table: 'basket_sale', values: { basket_id: basketId, sale_id: saleId, position, size } }];
}

/** The account of the largest part: what stands for a sale's tender where there is room for one word. */
export function mainTender(parts: readonly TenderPart[]): TenderAccount {
  const [first] = parts.toSorted((a, b) => b.amountMinor - a.amountMinor);
  return first?.account ?? 'cash-drawer';
}

export function receivedOf(parts: readonly TenderPart[]): AmountMinor {
  return amountMinor(parts.reduce((sum, part) => sum + part.receivedMinor, 0));
}

type PartRow = {
  readonly account: TenderAccount;
  readonly amount_minor: AmountMinor;
  readonly received_minor: AmountMinor;
  readonly reference: string | null;
  readonly carried_from: SaleId | null;
};

/** A sale's parts stand in its record. */
const OF_SALE = (part: string): string =>
  `${part}.row_id BETWEEN sale.row_id - sale.row_id % 1000 AND sale.row_id - sale.row_id % 1000 + 999`;

/** The parts of a sale in their order; none for one from before there were parts. */
export function tenderParts(reader: LedgerReader | LedgerTx, saleId: SaleId): readonly TenderPart[] {
  return reader
    .prepare(
      `SELECT part.* FROM sale CROSS JOIN tender_part AS part ON ${OF_SALE('part')} WHERE sale.sale_id = ?
       ORDER BY part.position`,
    )
    .all<PartRow>(saleId)
    .map((row) => ({
      account: row.account,
      amountMinor: row.amount_minor,
      receivedMinor: row.received_minor,
      reference: row.reference,
      carriedFrom: row.carried_from,
    }));
}

export function basketPlaceOf(reader: LedgerReader | LedgerTx, saleId: SaleId): BasketPlace | null {
  const row = reader
    .prepare('SELECT basket_id AS basketId, position, size FROM basket_sale WHERE sale_id = ?')
    .get<BasketPlace>(saleId);
  return row ?? null;
}

/** The sales of a basket in its order; empty for an id that names none. */
export function saleIdsOfBasket(reader: LedgerReader | LedgerTx, basketId: string): readonly SaleId[] {
  return reader
    .prepare('SELECT sale_id AS saleId FROM basket_sale WHERE basket_id = ? ORDER BY position')
    .all<{ saleId: SaleId }>(basketId)
    .map(({ saleId }) => saleId);
}

export type ReferenceUse = {
  readonly saleId: SaleId;
  readonly amountMinor: AmountMinor;
  /** The sale whose reference this use carries on, or null for the first. */
  readonly carriedFrom: SaleId | null;
};

/** Every part that was ever paid with a reference, oldest first. */
export function usesOfReference(
  reader: LedgerReader | LedgerTx,
  account: TenderAccount,
  reference: string,
): readonly ReferenceUse[] {
  return reader
    .prepare(
      `SELECT sale_id AS saleId, amount_minor AS amountMinor, carried_from AS carriedFrom FROM tender_part
       WHERE account = ? AND reference = ? ORDER BY row_id`,
    )
    .all<ReferenceUse>(account, reference);
}
