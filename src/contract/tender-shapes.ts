import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../units/index.ts';

const payable = z.int().min(1).max(MAX_AMOUNT_MINOR);

/** Payments that something written tells apart: the terminal's slip, the provider's message, the cheque. */
export const REFERRED_ACCOUNTS = ['card', 'mobile-money', 'cheque'] as const;
export type ReferredAccount = (typeof REFERRED_ACCOUNTS)[number];

/** Payments that are not taken without a reference: nothing else ties them to the provider's books. */
export const NEEDS_REFERENCE: readonly ReferredAccount[] = ['mobile-money', 'cheque'];

/** Longer than a reference may be, so that a slip of the hand gets a sentence and no `request-invalid`. */
export const referenceTextShape = z.string().max(200);

export const tenderRequestPartShape = z.discriminatedUnion('account', [
  /** Takes whatever the other parts leave; what is above it is the change. */
  z.object({ account: z.literal('cash-drawer'), receivedMinor: payable }),
  z.object({
    account: z.enum(REFERRED_ACCOUNTS),
    amountMinor: payable,
    /** As typed; null for a card payment without one. */
    reference: referenceTextShape.nullable(),
  }),
]);

export const MOST_PARTS = 8;

/** What is paid with: cash alone, or any mix that comes to what is due. */
export const tenderRequestShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cash'), receivedMinor: payable }),
  z.object({ kind: z.literal('parts'), parts: z.array(tenderRequestPartShape).min(1).max(MOST_PARTS) }),
]);

/** A part as it was kept with the sale. */
export const tenderPartShape = z.object({
  account: z.enum(['cash-drawer', ...REFERRED_ACCOUNTS]),
  amountMinor: payable,
  receivedMinor: payable,
  reference: z.string().nullable(),
});

/** A sale's place among those that were paid together. */
export const basketPlaceShape = z.object({
  basketId: z.string(),
  position: z.int().min(1),
  size: z.int().min(2),
});

export const MOST_IN_BASKET = 20;

export type TenderRequest = z.output<typeof tenderRequestShape>;
export type TenderRequestPart = z.output<typeof tenderRequestPartShape>;
export type TenderPartView = z.infer<typeof tenderPartShape>;
export type BasketPlaceView = z.infer<typeof basketPlaceShape>;
