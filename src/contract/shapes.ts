import { z } from 'zod';
import { LOCALES } from '../i18n/index.ts';
import { basketPlaceShape, tenderPartShape } from './tender-shapes.ts';
import { isId, MAX_AMOUNT_MINOR, RESOURCES } from '../units/index.ts';

/** Shapes that several calls share. Amounts are integers of minor units, tokens are strings of digits. */

export const amountShape = z.int().min(-MAX_AMOUNT_MINOR).max(MAX_AMOUNT_MINOR);
export const payableShape = z.int().min(1).max(MAX_AMOUNT_MINOR);
export const idShape = z.string().refine((text): boolean => isId(text), 'a UUIDv7');
export const panShape = z.string().regex(/^\d{18}$/u);
export const textShape = z.string().max(200);
export const tokenShape = z.string().regex(/^\d{20}$/u);
export const unixMsShape = z.int().min(0);
export const resourceShape = z.enum(RESOURCES);
/** A language that there is a catalogue for. */
export const localeShape = z.enum(LOCALES);
export const profileShape = z.enum(['training', 'private', 'production']);
export type Profile = z.infer<typeof profileShape>;

export const currencyShape = z.object({
  code: z.string().regex(/^[A-Z]{3}$/u),
  minorDigits: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  cashStepMinor: z.int().min(1),
});

/** A sentence as data: a message id of the catalogues and its parameters. */
export const phraseShape = z.object({
  id: z.string().max(100),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** One line of "what every cent became". `detail` carries rate and base where there are any. */
export const moneyLineShape = z.object({
  label: phraseShape,
  detail: phraseShape.nullable(),
  amountMinor: amountShape,
});

export const customerShape = z.object({
  customerId: z.string(),
  name: textShape,
  account: textShape,
  phone: textShape,
  address: textShape,
  /** The language of this customer's receipts; the station's where it is left out. */
  language: localeShape.optional(),
});

export const searchHitShape = customerShape.extend({
  pan: panShape,
  /** The 11- or 13-digit number printed on the meter. */
  meterNumber: z.string(),
  resource: resourceShape,
});

export const purchaseShape = z.object({
  saleId: idShape,
  soldAtUnixMs: unixMsShape,
  amountMinor: amountShape,
  unitsTenths: z.int(),
});

export const meterPanelShape = z.object({
  customer: customerShape,
  pan: panShape,
  meterNumber: z.string(),
  resource: resourceShape,
  tariffName: textShape,
  lastPurchases: z.array(purchaseShape).max(3),
  /** What is still owed of all debts that purchases pay off. */
  debtMinor: z.int().min(0),
  /** What the price list gives for nothing: due when the units are above none, else why not. */
  freeUnits: z
    .array(
      z.object({
        entitlement: z.string(),
        /** The purchase that brought them, or null. */
        withSale: idShape.nullable(),
        name: textShape,
        unitsTenths: z.int().min(0),
        /** Why none are due, or null. */
        refusal: phraseShape.nullable(),
      }),
    )
    .max(10),
  /** Why nothing may be sold, or null. */
  refusal: phraseShape.nullable(),
  minimum: z.object({ amountMinor: amountShape, reason: phraseShape }),
  maximum: z.object({ amountMinor: amountShape, reason: phraseShape }),
});

export const quoteShape = z.object({
  pan: panShape,
  /** What was asked for. */
  amountMinor: payableShape,
  /** What the customer pays: with charges on top, rounded to coins. */
  dueMinor: amountShape,
  unitsTenths: z.int().min(0),
  resource: resourceShape,
  lines: z.array(moneyLineShape),
  /** What has to be said before payment: a dearer block ahead, no units, figures that may be settled later. */
  notices: z.array(phraseShape).max(20),
});

export const printStateShape = z.enum([
  'queued',
  'sending',
  'sent',
  'printed',
  'unknown',
  'failed-before-first-byte',
]);

export const printJobShape = z.object({
  jobId: idShape,
  saleId: idShape.nullable(),
  state: printStateShape,
  /** 0 is the original, 1 the first copy. */
  copyNumber: z.int().min(0),
  /** Why the last attempt ended as it did, or null. */
  problem: phraseShape.nullable(),
});

export const saleTokenShape = z.object({
  kind: z.enum(['credit', 'free', 'key-change', 'management']),
  /** What a management token does; null for every other. */
  does: phraseShape.nullable(),
  digits: tokenShape,
  position: z.int().min(1),
  of: z.int().min(1),
});

/** `recorded`: token made, stored and shown. `in-doubt`: not known whether the module made the token. */
export const saleStateShape = z.enum(['intended', 'in-doubt', 'recorded', 'void', 'unissued']);

/** What a sale is: most move money, some only make a token. */
export const saleKindShape = z.enum([
  'credit',
  'free',
  'free-issue',
  'key-change',
  'management',
  'replacement',
  'account-payment',
  'from-paper',
]);

export const saleShape = z.object({
  saleId: idShape,
  receiptNumber: z.string(),
  kind: saleKindShape,
  /** The receipt whose token this one replaces, or null. */
  replaces: z.string().nullable(),
  state: saleStateShape,
  /** Of a sale in doubt: which key it wants (`doubt.key`), or that the module lists no such key (`doubt.no-key`). */
  doubt: phraseShape.nullable(),
  customer: customerShape,
  pan: panShape,
  meterNumber: z.string(),
  resource: resourceShape,
  soldAtUnixMs: unixMsShape,
  amountMinor: amountShape,
  receivedMinor: amountShape,
  changeMinor: amountShape,
  /** How it was paid; the amounts add up to the sale's. */
  tender: z.array(tenderPartShape),
  /** With which others it was paid, or null. */
  basket: basketPlaceShape.nullable(),
  /** As decoded from the credit token, or quoted while there is none. */
  unitsTenths: z.int().min(0),
  lines: z.array(moneyLineShape),
  tokens: z.array(saleTokenShape),
  /** How this meter's tokens are keyed in, sentence by sentence; none without a token. */
  help: z.array(phraseShape),
  printJob: printJobShape.nullable(),
  /** Of a void sale: why no token was made, by the catalogue's code; null of all others. */
  refusal: z.object({ code: z.string().max(60), params: phraseShape.shape.params }).nullable(),
  training: z.boolean(),
});

export const printerStatusShape = z.enum([
  'ready',
  'printing',
  'unreachable',
  'not-set-up',
  'paper-near-end',
  'paper-out',
  'cover-open',
  'cutter',
  'fault',
  'offline',
]);
/** Something about a module that will stop sales one day: `early` at 90 days, `soon` at 30, `urgent` at 7. */
export const moduleWarningShape = z.object({
  code: z.enum([
    'clock-differs',
    'key-expires',
    'issue-ends',
    'refresh-due',
    'transactions-low',
    'units-low',
  ]),
  level: z.enum(['early', 'soon', 'urgent']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** What a person does about a module's fault or warning. */
export const moduleActionShape = z.enum([
  'unlock',
  'connect',
  'allow',
  'ask-again',
  'restart-module',
  'return-to-maker',
  'load-keys',
  'fetch-keys',
  'buy-credit',
  'set-clock',
  'check-meter',
  'second-person',
  'report',
]);
export const moduleIdShape = z.string().min(1).max(60);
export const moduleStatusShape = z.enum(['ready', 'locked', 'missing', 'stopped']);

/** How scanners and card readers are set up that act as a keyboard. */
export const scannerShape = z.strictObject({
  /** Signs in front of and behind what was read, taken off; printable, empty for none. */
  prefix: z.string().regex(/^[!-~]{0,8}$/u),
  suffix: z.string().regex(/^[!-~]{0,8}$/u),
  /** Whether Enter or Tab ends a scan, or nothing does: then a pause. */
  end: z.enum(['key', 'pause']),
});

export const roleShape = z.enum(['cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator']);

/** How the station stands with head office; `stand-alone` where none is set up. */
export const headOfficeStatusShape = z.object({
  state: z.enum(['stand-alone', 'not-enrolled', 'asked', 'enrolled', 'sent']),
  /** A new enrolment was asked for while the one before goes on. */
  asking: z.boolean(),
  /** Why a station that was known has to enrol once more: it is a restored copy, or its key is another one. */
  again: z.enum(['restored', 'new-key']).nullable(),
  unsentRecords: z.int().min(0),
  waitingBatches: z.int().min(0),
  busy: z.boolean(),
  /** Batches of the visit that is under way: how many went up, of how many. */
  progress: z.object({ sent: z.int().min(0), all: z.int().min(1) }).nullable(),
  /** A code of the catalogue, or null. */
  problem: z.string().max(60).nullable(),
  /** What is left of what head office lets the station sell, or null where it gave no bounds. */
  allowance: z
    .object({
      valueMinor: z.int().min(0).nullable(),
      tokens: z.int().min(0).nullable(),
      minutes: z.int().min(0).nullable(),
      /** Of whichever bound is nearest: 100 while nothing is used. */
      percent: z.int().min(0).max(100),
    })
    .nullable(),
  messages: z.array(textShape).max(10),
});

export const statusShape = z.object({
  headOffice: headOfficeStatusShape,
  profile: profileShape,
  stationName: textShape,
  /** The station's own, until somebody at the screen chooses another. */
  language: localeShape,
  currency: currencyShape,
  zone: z.string(),
  nowUnixMs: unixMsShape,
  operator: z
    .object({
      name: textShape,
      role: roleShape,
    })
    .nullable(),
  printer: z.object({ status: printerStatusShape, waiting: z.int().min(0) }),
  module: z.object({
    status: moduleStatusShape,
    name: textShape,
    /** Whether it keeps its results, and so can say that a token was never made. */
    keepsResults: z.boolean(),
    /** Ids of those that answer and were stopped; with another one there, sales go on. */
    stopped: z.array(moduleIdShape).max(20),
    /** The most pressing warning about a key that meters need, or about the module itself; and how many there are. */
    warning: moduleWarningShape.nullable(),
    warnings: z.int().min(0),
  }),
  /** The drawer of whoever is signed in; null for people who hold none. */
  shift: z
    .object({ number: z.int().min(1), step: z.enum(['opened', 'ended', 'counted', 'closed']) })
    .nullable(),
  salesInDoubt: z.int().min(0),
  /** Those among them that are open for so long that a supervisor has to see to them. */
  doubtsOverdue: z.int().min(0),
  /** Customers and meters of which head office says something else than was changed here. */
  differences: z.int().min(0),
  /**
   * `damaged`: a check found something, and nothing is sold. `unread`: a check could not read them, and is made again.
   * `none`: nobody has said where backups go.
   */
  books: z.object({
    state: z.enum(['good', 'unread', 'damaged']),
    backup: z.enum(['good', 'failed', 'none', 'same-disk']),
  }),
  /** Under the data folder. `stop`: too full to sell. `failed`: it reported a fault, and nothing is sold until a start. */
  disk: z.object({
    state: z.enum(['ok', 'low', 'stop', 'failed']),
    freeMegabytes: z.int().min(0),
  }),
  /** Notes and coins offered as keys, in minor units, ascending. */
  cashKeysMinor: z.array(payableShape).max(8),
  scanner: scannerShape,
});

/** One line of paper as the preview window draws it; the text is exactly what the columns hold. */
export const paperLineShape = z.object({
  text: z.string().max(200),
  size: z.enum(['normal', 'tall', 'large']),
  bold: z.boolean(),
  align: z.enum(['left', 'center']),
  /** Its stretches from left to right, where it has Arabic words. */
  parts: z
    .array(z.object({ text: z.string().max(200), columns: z.int().min(1), words: z.boolean() }).readonly())
    .readonly()
    .exactOptional(),
});

export const paperShape = z.object({
  jobId: idShape,
  columns: z.int(),
  lines: z.array(paperLineShape),
  /** The QR codes at the foot, each with what stands above it. */
  codes: z.array(z.object({ caption: z.string().nullable(), text: z.string() })),
});

/** A meter of the training directory as its keypad unit shows it. */
export const virtualMeterShape = z.object({
  meterNumber: z.string(),
  customerName: textShape,
  resource: resourceShape,
  typed: z.string().max(20),
  /** What the display says, newest line first; empty before the first key. */
  display: z.array(phraseShape).max(20),
  /** `good`: a token was taken. `bad`: it was refused. */
  mood: z.enum(['idle', 'good', 'bad']),
  balanceTenths: z.int(),
});

export const tariffVersionShape = z.object({
  tariffId: z.string(),
  version: z.int(),
  name: textShape,
  /** `2026-01-01 00:00` on the utility's clock. */
  effectiveFrom: z.string(),
  state: z.enum(['in-force', 'coming', 'past']),
  meters: z.int().min(0),
});

/** A file of customers that is being taken, or the last one that was. */
export const importShape = z.object({
  state: z.enum(['idle', 'running', 'done', 'stopped', 'failed']),
  file: z.string().max(500),
  doneBytes: z.int().min(0),
  totalBytes: z.int().min(0),
  taken: z.int().min(0),
  refused: z.int().min(0),
  /** The file that names the lines left out; empty before the first import. */
  report: z.string().max(1_000),
  fault: phraseShape.nullable(),
});

/** "Why this many units?": a headline, each line of both purchases side by side, and the reasons. */
export const explanationShape = z.object({
  headline: phraseShape,
  rows: z
    .array(
      z.object({
        label: phraseShape,
        beforeMinor: amountShape.nullable(),
        nowMinor: amountShape.nullable(),
        changed: z.boolean(),
      }),
    )
    .max(60),
  reasons: z.array(phraseShape).max(40),
});

export type HeadOfficeStatus = z.infer<typeof headOfficeStatusShape>;
export type TariffVersionView = z.infer<typeof tariffVersionShape>;
export type ImportView = z.infer<typeof importShape>;
export type ExplanationView = z.infer<typeof explanationShape>;

export const METER_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'back', 'enter'] as const;

export type VirtualMeterView = z.infer<typeof virtualMeterShape>;
export type MeterKey = (typeof METER_KEYS)[number];
export type Phrase = z.infer<typeof phraseShape>;
export type MoneyLine = z.infer<typeof moneyLineShape>;
export type CustomerView = z.infer<typeof customerShape>;
export type SearchHit = z.infer<typeof searchHitShape>;
export type MeterPanel = z.infer<typeof meterPanelShape>;
export type QuoteView = z.infer<typeof quoteShape>;
export type PrintState = z.infer<typeof printStateShape>;
export type PrintJobView = z.infer<typeof printJobShape>;
export type SaleState = z.infer<typeof saleStateShape>;
export type SaleView = z.infer<typeof saleShape>;
export type SaleTokenView = z.infer<typeof saleTokenShape>;
export type StationStatus = z.infer<typeof statusShape>;
export type ModuleAction = z.infer<typeof moduleActionShape>;
export type ModuleWarningView = z.infer<typeof moduleWarningShape>;
export type PaperView = z.infer<typeof paperShape>;
export type PaperLine = z.infer<typeof paperLineShape>;
