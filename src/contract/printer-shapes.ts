import { z } from 'zod';
import { idShape, phraseShape, printJobShape, textShape, unixMsShape } from './shapes.ts';

/** A printer's way in: `host:9100`, `device:/dev/usb/lp0`, `serial:/dev/ttyUSB0@9600` or `cups:QUEUE`. */
export const printerAddressShape = z.string().min(1).max(200);

/** How slips are made for one printer. */
export const printerOptionsShape = z.strictObject({
  columns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
  codePage: z.enum(['WPC1252', 'PC858']),
  /** The number of PC864 on this printer (ESC t), for Arabic words as its own letters; null paints them. */
  arabicPage: z.int().min(0).max(255).nullable().default(null),
  cut: z.enum(['partial', 'full', 'none']),
  /** Lines from the print head to the knife. */
  cutFeedLines: z.int().min(0).max(20),
  /** The pin of the drawer's plug that opens it; null without a drawer. */
  drawerPin: z.union([z.literal(2), z.literal(5)]).nullable(),
  /** The picture above every receipt as the printer takes it, base 64; null without one. */
  logo: z.string().max(120_000).nullable(),
});
export type PrinterOptions = z.infer<typeof printerOptionsShape>;

/** A slip that still needs somebody. */
export const openSlipShape = z.object({
  job: printJobShape,
  receiptNumber: z.string(),
  customer: textShape,
  total: z.string().nullable(),
  createdUnixMs: unixMsShape,
});
export type OpenSlip = z.infer<typeof openSlipShape>;

export const printerLevelShape = z.enum(['process-id', 'in-order', 'status', 'write-only']);
export type PrinterLevelView = z.infer<typeof printerLevelShape>;

export const printerViewShape = z.object({
  /** Null while no printer is set up. */
  inUse: printerAddressShape.nullable(),
  /** What its test slip showed; null for one that was never tested. */
  level: printerLevelShape.nullable(),
  options: printerOptionsShape,
  /** Ways to a printer that this computer has. */
  found: z
    .array(z.object({ address: printerAddressShape, kind: z.enum(['device', 'serial', 'cups']) }))
    .max(60),
});
export type PrinterView = z.infer<typeof printerViewShape>;

/** One thing that was looked at. `trouble` is why nothing prints; `unknown` could not be seen from here. */
export const findingShape = z.object({
  standing: z.enum(['good', 'trouble', 'unknown']),
  sentence: phraseShape,
});
export type FindingView = z.infer<typeof findingShape>;

/** Why a slip is usually wanted once more, each with a key of its own after a sale. */
export const COPY_REASONS = ['lost', 'unreadable', 'missing', 'office'] as const;
export type CopyReason = (typeof COPY_REASONS)[number];

export const jobAnswerShape = z.object({
  requestId: idShape,
  jobId: idShape,
  said: z.enum(['printed', 'not-printed', 'set-aside']),
});
