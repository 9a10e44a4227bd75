import type { SaleId } from '../../units/index.ts';
import type { ChildDraft } from './append.ts';

/** What a sale is. Each goes through the same steps; only some of them move money or make a token. */
export const SALE_KINDS = [
  /** Money for units; a row of its own only where key-change tokens go in front. */
  'credit',
  /** Units that the tariff gives, once a period. */
  'free',
  /** Units that a supervisor gives. */
  'free-issue',
  'key-change',
  'management',
  /** The token of an earlier sale once more; moves no money. */
  'replacement',
  /** Money for what is owed, or for the balance, without units. */
  'account-payment',
  /** A purchase that was lost with the books and came back from its slip: only what that shows is known of it. */
  'from-paper',
] as const;
export type SaleKind = (typeof SALE_KINDS)[number];

/** Kinds after which an account is another one: what its next price is worked out from. */
export const ACCOUNT_KINDS = ['credit', 'free', 'account-payment'] as const satisfies readonly SaleKind[];

/** What makes a sale more than a plain purchase. Ids are of operators; `work` is JSON. */
export type SaleOrder = {
  readonly kind: SaleKind;
  /** What the tokens are to do beside carrying credit: JSON, `{}` where there is nothing to say. */
  readonly work: string;
  /** The sale whose token a replacement is. */
  readonly originalSaleId: SaleId | null;
  /** Who allowed it, where it was not the operator's own to allow. */
  readonly authoriserId: string | null;
  /** The second person, where one is asked for. */
  readonly secondId: string | null;
  readonly reason: string | null;
  /** Head office is to look at it. */
  readonly forHeadOffice: boolean;
};

/** A plain purchase: it has no row of its own. */
export const PURCHASE: SaleOrder = {
  kind: 'credit',
  work: '{}',
  originalSaleId: null,
  authoriserId: null,
  secondId: null,
  reason: null,
  forHeadOffice: false,
};

/** The row that says what a sale is, beside the sale's own; none for a plain purchase. */
export function orderChildren(saleId: SaleId, order: SaleOrder): readonly ChildDraft[] {
  if (order.kind === 'credit' && order.work === PURCHASE.work) return [];
  return [
    {
      table: 'sale_kind',
      values: {
        sale_id: saleId,
        kind: order.kind,
        work: order.work,
        original_sale_id: order.originalSaleId,
        authoriser_id: order.authoriserId,
        second_id: order.secondId,
        reason: order.reason,
        for_head_office: order.forHeadOffice ? 1 : 0,
      },
    },
  ];
}

/** The columns of `sale_kind` as they come with a sale's own, all null where there is no such row. */
export type OrderRow = {
  kind: SaleKind | null;
  work: string | null;
  original_sale_id: SaleId | null;
  authoriser_id: string | null;
  second_id: string | null;
  reason: string | null;
  for_head_office: number | null;
};

export function orderOf(row: OrderRow): SaleOrder {
  return {
    kind: row.kind ?? PURCHASE.kind,
    work: row.work ?? PURCHASE.work,
    originalSaleId: row.original_sale_id,
    authoriserId: row.authoriser_id,
    secondId: row.second_id,
    reason: row.reason,
    forHeadOffice: row.for_head_office === 1,
  };
}
