import { z } from 'zod';
import { REFERRED_ACCOUNTS } from './tender-shapes.ts';

const text = (most: number): z.ZodString => z.string().trim().min(1).max(most);

/**
 * What a slip shows of a sale, typed off it. Amounts are texts in the station's currency, such as `100.00`; `units` is the
 * number before the unit's sign; `at` is `YYYY-MM-DD HH:MM` on the utility's clock.
 */
export const paperSlipShape = z.strictObject({
  receiptNumber: text(40),
  at: z.string().regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/u),
  meterNumber: text(20),
  /** The total. */
  amount: text(20),
  units: z.string().regex(/^\d{1,8}(?:[.,]\d)?$/u),
  /** Each line of the payment as it is printed: cash as it was handed over. */
  tender: z
    .array(
      z.strictObject({
        account: z.enum(['cash-drawer', ...REFERRED_ACCOUNTS]),
        amount: text(20),
        reference: text(200).optional(),
      }),
    )
    .min(1)
    .max(8),
  /** In groups or not. */
  tokens: z
    .array(z.string().regex(/^(?:\d[ -]?){20}$/u))
    .min(1)
    .max(6),
  /** The name of whoever sold, as it is printed. */
  cashier: text(60).optional(),
});
export type PaperSlip = z.infer<typeof paperSlipShape>;

/** A file of slips for `station recall-slips`. */
export const paperSlipsShape = z.strictObject({
  format: z.literal('kioskwatt-slips'),
  version: z.literal(1),
  slips: z.array(paperSlipShape).min(1).max(1000),
});
