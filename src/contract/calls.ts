import { z } from 'zod';
import { MAX_AMOUNT_MINOR } from '../units/index.ts';
import { defineCall } from './call.ts';
import { displayCalls } from './display-calls.ts';
import { customerCalls } from './customer-calls.ts';
import { officeCalls } from './office-calls.ts';
import { orderCalls } from './order-calls.ts';
import { shiftCalls } from './shift-calls.ts';
import {
  MOST_IN_BASKET,
  REFERRED_ACCOUNTS,
  referenceTextShape,
  tenderRequestShape,
} from './tender-shapes.ts';
import { moduleCalls } from './module-calls.ts';
import { printerCalls } from './printer-calls.ts';
import {
  idShape,
  importShape,
  explanationShape,
  meterPanelShape,
  moduleIdShape,
  panShape,
  paperShape,
  payableShape,
  phraseShape,
  printJobShape,
  quoteShape,
  saleShape,
  searchHitShape,
  statusShape,
  tariffVersionShape,
  textShape,
  METER_KEYS,
  virtualMeterShape,
} from './shapes.ts';

/** The code of a receipt, and what a scanner adds to it. */
const LONGEST_SEARCH = 250;
const TILL = ['cashier', 'supervisor'] as const;
const PRICES = ['supervisor', 'administrator'] as const;
const nothing = z.object({});
/** One sale as the cashier saw it. */
const vendItemShape = z.object({
  requestId: idShape,
  pan: panShape,
  amountMinor: payableShape,
  /** Units that the cashier saw in the quote: a different result is refused, not sold. */
  quotedUnitsTenths: z.int().min(0),
  /** What the cashier was shown to take; the amount itself when left out. */
  quotedDueMinor: payableShape.optional(),
  /** Codes of the warnings that the cashier was shown and went past. */
  acknowledged: z.array(z.string().max(60)).max(10).optional(),
});
const tariffKey = z.object({ tariffId: z.string().max(60), version: z.int().min(1) });

/**
 * Every call that a window may make. The client's types, the handler table, the preload's list of names, the
 * fuzz test and the docs page are derived from this table.
 */
export const calls = {
  ...officeCalls,
  ...orderCalls,
  ...shiftCalls,
  ...customerCalls,
  ...displayCalls,
  'station.status': defineCall({
    input: nothing,
    output: statusShape,
    roles: 'anyone',
    windows: ['counter'],
    changes: false,
  }),
  'operators.names': defineCall({
    input: nothing,
    /** Who may sign in; `empty` before anybody was added, when the first start is due. */
    output: z.object({ names: z.array(textShape), empty: z.boolean() }),
    roles: 'anyone',
    windows: ['counter'],
    changes: false,
  }),
  'operators.signIn': defineCall({
    input: z.object({ name: textShape, pin: z.string().min(1).max(64) }),
    output: z.object({ name: textShape }),
    roles: 'anyone',
    windows: ['counter'],
    changes: false,
  }),
  'operators.signOut': defineCall({
    input: nothing,
    output: nothing,
    roles: 'anyone',
    windows: ['counter'],
    changes: false,
  }),
  /**
   * One box for everything. Digits of a meter's length are a meter number and nothing else: a wrong check
   * digit is an error, never a near match. The code of an old receipt finds its meter.
   */
  'directory.search': defineCall({
    input: z.object({ text: z.string().max(LONGEST_SEARCH) }),
    output: z.object({ hits: z.array(searchHitShape).max(20) }),
    roles: [...TILL, 'administrator'],
    windows: ['counter'],
    changes: false,
  }),
  /** Takes a CSV file of customers and meters that lies on this computer, beside the selling. */
  'directory.import': defineCall({
    input: z.object({ requestId: idShape, file: z.string().min(1).max(500) }),
    output: importShape,
    roles: PRICES,
    windows: ['counter'],
    changes: true,
  }),
  'directory.importState': defineCall({
    input: nothing,
    output: importShape,
    roles: PRICES,
    windows: ['counter'],
    changes: false,
  }),
  /** What was taken so far stays taken. */
  'directory.importStop': defineCall({
    input: z.object({ requestId: idShape }),
    output: importShape,
    roles: PRICES,
    windows: ['counter'],
    changes: true,
  }),
  'meter.panel': defineCall({
    input: z.object({ pan: panShape }),
    output: meterPanelShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  'sale.quote': defineCall({
    input: z
      .object({
        pan: panShape,
        amountMinor: payableShape.optional(),
        /** Instead of the amount: the quote is for the smallest amount that buys so many. */
        unitsTenths: z.int().min(1).max(MAX_AMOUNT_MINOR).optional(),
      })
      .refine(
        ({ amountMinor, unitsTenths }) => (amountMinor === undefined) !== (unitsTenths === undefined),
        'one of the two',
      ),
    output: quoteShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** Commits the intent, asks the module, checks and records the token, queues the slip. */
  'sale.vend': defineCall({
    input: vendItemShape.extend({ tender: tenderRequestShape }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /**
   * Sells to several meters with one payment: all intents in one commit, then each sale by itself. The answer has
   * every sale as it stands, those that came to nothing too. The request's id is the basket's.
   */
  'basket.vend': defineCall({
    input: z.object({
      requestId: idShape,
      items: z.array(vendItemShape).min(2).max(MOST_IN_BASKET),
      tender: tenderRequestShape,
    }),
    output: z.object({ sales: z.array(saleShape) }),
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** Whether a payment's reference may be taken: before the end, so that nobody waits for a refusal. */
  'tender.check': defineCall({
    input: z.object({
      account: z.enum(REFERRED_ACCOUNTS),
      amountMinor: payableShape,
      reference: referenceTextShape.nullable(),
      /** The meters that it is to pay for. */
      pans: z.array(panShape).min(1).max(MOST_IN_BASKET),
    }),
    /** As it is kept and compared. */
    output: z.object({ reference: z.string().nullable() }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  'sale.last': defineCall({
    input: nothing,
    output: z.object({ sale: saleShape.nullable() }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  'sale.get': defineCall({
    input: z.object({ saleId: idShape }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /**
   * Sales whose outcome is not known yet, oldest first; and those that got their token by themselves since the
   * program began, until somebody has seen it.
   */
  'sale.open': defineCall({
    input: nothing,
    output: z.object({ sales: z.array(saleShape), settled: z.array(saleShape) }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** Somebody has seen the token of a sale that was settled by itself. */
  'sale.seen': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape }),
    output: nothing,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** Asks the module again for a sale in doubt, with the same message id and token time. */
  'sale.recover': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /**
   * A supervisor ends a sale in doubt whose token nobody has seen: the money goes back, the sale is marked for
   * head office. A token that turns up later is a dispute.
   */
  'sale.closeUnissued': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape, reason: textShape.min(3) }),
    output: saleShape,
    roles: ['supervisor'],
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  /**
   * The supervisor's other way: the sale in doubt is closed as unissued and the same is sold again, with a new
   * token time. The answer is the new sale.
   */
  'sale.sellAgain': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape, reason: textShape.min(3) }),
    output: saleShape,
    roles: ['supervisor'],
    windows: ['counter'],
    changes: true,
  }),
  /** The customer waits no longer: void, where the module is certain that it made no token. */
  'sale.giveUp': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape }),
    output: saleShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** A supervisor answers for a clock that jumped ahead, or is apart from the module's. */
  'clock.accept': defineCall({
    input: z.object({ requestId: idShape, reason: textShape.min(3) }),
    output: nothing,
    roles: ['supervisor'],
    windows: ['counter'],
    changes: true,
  }),
  /** Compares a recorded sale with the meter's purchase before it. */
  'purchase.explain': defineCall({
    input: z.object({ saleId: idShape }),
    output: explanationShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  'tariffs.list': defineCall({
    input: nothing,
    output: z.object({ versions: z.array(tariffVersionShape).max(2_000) }),
    roles: PRICES,
    windows: ['counter'],
    changes: false,
  }),
  /** A version in plain words, one sentence a rule. */
  'tariffs.show': defineCall({
    input: tariffKey,
    output: z.object({
      sentences: z.array(phraseShape).max(500),
      /** Names that its rules tell accounts apart by. */
      categories: z.array(z.string()),
    }),
    roles: PRICES,
    windows: ['counter'],
    changes: false,
  }),
  /** What an amount would buy on a new account. */
  'tariffs.try': defineCall({
    input: tariffKey.extend({ amountMinor: payableShape, category: z.string().max(200).optional() }),
    output: quoteShape.omit({ pan: true }),
    roles: PRICES,
    windows: ['counter'],
    changes: false,
  }),
  /** Checks a tariff file and keeps it as a new version; every fault is named with its line. */
  'tariffs.import': defineCall({
    input: z.object({
      requestId: idShape,
      text: z.string().max(200_000),
      /** The questions of an earlier call were read and answered with yes. */
      confirmed: z.boolean().optional(),
    }),
    output: z.object({
      kept: tariffVersionShape.nullable(),
      faults: z.array(phraseShape).max(50),
      /** What has to be confirmed before the list is kept. */
      questions: z.array(phraseShape).max(50),
    }),
    roles: PRICES,
    windows: ['counter'],
    changes: true,
  }),
  /** A supervisor lets a module that was stopped after a wrong token make tokens again. */
  'module.clear': defineCall({
    input: z.object({ requestId: idShape, moduleId: moduleIdShape, reason: textShape.min(3) }),
    output: nothing,
    roles: ['supervisor'],
    windows: ['counter'],
    changes: true,
    override: true,
  }),
  'print.job': defineCall({
    input: z.object({ jobId: idShape }),
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** Sends a queued, failed or unknown job (again); only ever by a person's key. */
  'print.send': defineCall({
    input: z.object({ requestId: idShape, jobId: idShape }),
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** A marked copy of a sale's slip; who wanted it and why (one of `COPY_REASONS`, or words) is in the chain. */
  'print.copy': defineCall({
    input: z.object({ requestId: idShape, saleId: idShape, reason: textShape.min(3) }),
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  ...printerCalls,
  ...moduleCalls,
  'paper.latest': defineCall({
    input: nothing,
    output: z.object({ paper: paperShape.nullable() }),
    roles: 'anyone',
    windows: ['paper-preview'],
    changes: false,
  }),
  /** Brings another of the station's windows to the front: the training meter, or the counter again. */
  'window.show': defineCall({
    input: z.object({ window: z.enum(['counter', 'virtual-meter']) }),
    output: nothing,
    roles: 'anyone',
    windows: ['counter', 'virtual-meter'],
    changes: false,
  }),
  /** The training meter of the last sale, as it hangs on the wall. */
  'virtual-meter.show': defineCall({
    input: nothing,
    output: virtualMeterShape,
    roles: 'anyone',
    windows: ['virtual-meter'],
    changes: false,
  }),
  'virtual-meter.press': defineCall({
    input: z.object({ requestId: idShape, key: z.enum(METER_KEYS) }),
    output: virtualMeterShape,
    roles: 'anyone',
    windows: ['virtual-meter'],
    changes: true,
  }),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>;

export const CALL_NAMES = Object.keys(calls) as readonly CallName[];

/** What the station tells its windows unasked. The window asks for what it needs to know more. */
export const EVENT_NAMES = [
  'status-changed',
  'print-changed',
  'paper-changed',
  'sale-recorded',
  'import-changed',
  'display-changed',
  'counter-wanted',
  'virtual-meter-wanted',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];
