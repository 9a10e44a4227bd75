import { z } from 'zod';
import { defineCall } from './call.ts';
import { amountShape, currencyShape, idShape, localeShape, resourceShape, tokenShape } from './shapes.ts';

/** What the cashier's window wants the customer to see. Tokens are named by their sale, never handed over. */
export const displayWantedShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('due'),
    dueMinor: amountShape,
    /** What was handed over, once it was typed. */
    receivedMinor: amountShape.nullable(),
    /** The customer's own language, where it is known. */
    language: localeShape.nullable(),
  }),
  z.object({ kind: z.literal('sold'), saleIds: z.array(idShape).min(1).max(20) }),
]);

/** What the customer sees: sums, tokens and a code. There is no room for a name or a number of anybody. */
const displayShape = z.object({
  training: z.boolean(),
  language: localeShape,
  currency: currencyShape,
  dueMinor: amountShape.nullable(),
  receivedMinor: amountShape.nullable(),
  changeMinor: amountShape.nullable(),
  tokens: z
    .array(
      z.object({
        digits: tokenShape,
        position: z.int().min(1),
        of: z.int().min(1),
        /** Units of a token that carries credit, otherwise null. */
        unitsTenths: z.int().min(0).nullable(),
        resource: resourceShape,
      }),
    )
    .max(100),
  /** Contents of the receipt's code, or null. */
  qr: z.string().max(1_000).nullable(),
});

export type DisplayWanted = z.infer<typeof displayWantedShape>;
export type DisplayView = z.infer<typeof displayShape>;

/** The customer's display: the till says what it shows, the display asks for that and nothing else. */
export const displayCalls = {
  'display.set': defineCall({
    input: displayWantedShape,
    output: z.object({}),
    roles: ['cashier', 'supervisor'],
    windows: ['counter'],
    changes: false,
  }),
  /** Also when nobody is signed in any more: what was shown is nobody else's. */
  'display.clear': defineCall({
    input: z.object({}),
    output: z.object({}),
    roles: 'anyone',
    windows: ['counter'],
    changes: false,
  }),
  'display.show': defineCall({
    input: z.object({}),
    output: displayShape,
    roles: 'anyone',
    windows: ['customer-display'],
    changes: false,
  }),
} as const;
