import { z } from 'zod';
import { defineCall } from './call.ts';
import {
  amountShape,
  idShape,
  panShape,
  payableShape,
  phraseShape,
  printJobShape,
  resourceShape,
  saleKindShape,
  saleShape,
  saleStateShape,
  textShape,
  tokenShape,
  unixMsShape,
} from './shapes.ts';
import { tenderRequestShape } from './tender-shapes.ts';

const TILL = ['cashier', 'supervisor'] as const;
const SUPERVISOR = ['supervisor'] as const;

const reason = textShape.min(3);
/** The second person proves who they are at that moment. */
const second = z.object({ name: textShape, pin: z.string().min(1).max(64) });
const sgc = z.string().regex(/^\d{6}$/u);
const krn = z.int().min(1).max(9);
const ti = z.int().min(0).max(99);
const watts = z.int().min(0).max(100_000_000);
const sixteenBits = z.int().min(0).max(65_535);

/** What a management token does; limits are in watts. */
export const actionShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clear-tamper') }),
  z.object({ kind: z.literal('clear-credit'), register: sixteenBits }),
  z.object({ kind: z.literal('power-limit'), watts }),
  z.object({ kind: z.literal('phase-unbalance-limit'), watts }),
  z.object({ kind: z.literal('tariff-rate'), rate: sixteenBits }),
  z.object({ kind: z.literal('water-meter-factor'), factor: sixteenBits }),
]);
export type ActionView = z.infer<typeof actionShape>;
/** Actions that a second person has to stand behind: they take something away from a customer. */
export const ACTIONS_FOR_TWO: readonly ActionView['kind'][] = ['clear-credit'];

/** Of a vending key: there is none for initialisation. */
const keyType = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** Where a meter's key is made from; the type is what the meter has where it is left out. */
const keyPlaceShape = z.object({ sgc, krn, ti, keyType: keyType.optional() });

/** What may be ordered for a meter, and how its account and key stand. */
export const orderOptionsShape = z.object({
  key: z.object({ sgc, krn, ti, ea: z.int(), dkga: z.int(), keyType: z.int().min(0).max(3) }),
  /** What the module has keys for; `reachable` where a key change may move the meter to it. */
  keys: z.array(z.object({ sgc, krn, dkga: z.int(), keyType, reachable: z.boolean() })).max(300),
  /** What the module can do. */
  can: z.object({ management: z.boolean(), keyChange: z.boolean(), sameTime: z.boolean() }),
  debts: z.array(z.object({ debt: z.string(), name: textShape, owedMinor: amountShape })).max(60),
  balanceMinor: amountShape,
});

/** A past sale as a search lists it. */
export const foundSaleShape = z.object({
  saleId: idShape,
  receiptNumber: z.string(),
  kind: saleKindShape,
  state: saleStateShape,
  soldAtUnixMs: unixMsShape,
  name: textShape,
  pan: panShape,
  meterNumber: z.string(),
  resource: resourceShape,
  amountMinor: amountShape,
  unitsTenths: z.int().min(0),
});

/** Where a customer's "my token was rejected" ends. */
export const ADVICE = [
  'other-meter',
  'key-in-again',
  'wait-lockout',
  'taken-already',
  'key-change-first',
  'tampered',
  'correct-record',
  'replace-new-time',
  'report-meter',
] as const;

export const orderCalls = {
  'order.options': defineCall({
    input: z.object({ pan: panShape }),
    output: orderOptionsShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** Free units of the price list, as a token of their own. */
  'order.free': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape,
      entitlement: z.string().max(60),
      /** The purchase that brought them, as the panel says; null where they are due by themselves. */
      withSale: idShape.nullable(),
      /** What the cashier saw: other units are refused, not issued. */
      quotedUnitsTenths: z.int().min(1),
    }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** Units that a supervisor gives, with a second person. */
  'order.freeIssue': defineCall({
    input: z.object({ requestId: idShape, pan: panShape, unitsTenths: z.int().min(1), reason, second }),
    output: saleShape,
    roles: SUPERVISOR,
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  /** A token that manages the meter; `second` for the actions that need two people. */
  'order.manage': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape,
      action: actionShape,
      reason,
      second: second.nullable(),
    }),
    output: saleShape,
    roles: SUPERVISOR,
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  /** Two to four tokens that give the meter another key, with a second person. */
  'order.keyChange': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape,
      to: keyPlaceShape,
      withSupplyGroup: z.boolean(),
      reason,
      second,
    }),
    output: saleShape,
    roles: SUPERVISOR,
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  /**
   * A sale's token once more for the key that its meter really has: its own time and amount, no money. With
   * `newTimeProof` at a new time, which head office looks at.
   */
  'order.replace': defineCall({
    input: z.object({
      requestId: idShape,
      saleId: idShape,
      corrected: z.object({
        sgc: sgc.optional(),
        krn: krn.optional(),
        ti: ti.optional(),
        keyType: keyType.optional(),
        ea: z.union([z.literal(7), z.literal(11)]).optional(),
        dkga: z.union([z.literal(2), z.literal(4)]).optional(),
      }),
      newTimeProof: textShape.min(10).nullable(),
      reason,
    }),
    output: saleShape,
    roles: SUPERVISOR,
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  /** Money for a debt (by the price list's name for it), or into the balance. */
  'order.pay': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape,
      debt: z.string().max(60).nullable(),
      amountMinor: payableShape,
      tender: tenderRequestShape,
      /** Codes of the warnings that the cashier was shown and went past. */
      acknowledged: z.array(z.string().max(60)).max(10).optional(),
    }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** Prints the tokens that make any meter test itself and show what it holds. */
  'order.testSheet': defineCall({
    input: z.object({ requestId: idShape }),
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** Reads a token that a customer brings with the key of a meter. */
  'token.verify': defineCall({
    input: z.object({ pan: panShape, digits: z.string().max(40) }),
    output: z.object({
      good: z.boolean(),
      digits: tokenShape,
      lines: z.array(phraseShape).max(10),
      /** The sale of this station that it came from. */
      saleId: idShape.nullable(),
      receiptNumber: z.string().nullable(),
    }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** Prints what a customer whose token was rejected is to do next. */
  'token.advise': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape,
      saleId: idShape.nullable(),
      advice: z.enum(ADVICE),
    }),
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /**
   * Past sales, newest first: by day (`2026-11-28`), meter number, receipt number, amount (`100.00`), token digits,
   * or several of these.
   */
  'sale.search': defineCall({
    input: z.object({ text: z.string().max(100), before: idShape.nullable() }),
    output: z.object({ sales: z.array(foundSaleShape).max(20), more: z.boolean() }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
} as const;

export type OrderOptions = z.infer<typeof orderOptionsShape>;
export type FoundSale = z.infer<typeof foundSaleShape>;
export type Advice = (typeof ADVICE)[number];
