import { z } from 'zod';
import { defineCall } from './call.ts';
import { customerShape, idShape, panShape, textShape } from './shapes.ts';

const EDITORS = ['supervisor', 'administrator'] as const;
const nothing = z.object({});
const customerIdShape = z.string().min(1).max(100);

/** A customer as it stands in a form: whatever was typed, judged field by field by the station. */
const customerTextsShape = z.object({
  name: z.string().max(1_000),
  account: z.string().max(1_000),
  phone: z.string().max(1_000),
  address: z.string().max(1_000),
  /** Of the receipts; empty for the station's own. */
  language: z.string().max(20),
});

/** A meter as it stands in a form; the names are those of the columns in docs/formats/directory-csv.md. */
const meterTextsShape = z.object({
  meter_number: z.string().max(1_000),
  resource: z.string().max(20),
  sgc: z.string().max(20),
  krn: z.string().max(20),
  ti: z.string().max(20),
  ea: z.string().max(20),
  dkga: z.string().max(20),
  key_type: z.string().max(20),
  base_date: z.string().max(20),
  ken: z.string().max(20),
  tariff_id: z.string().max(200),
  keypad_serial: z.string().max(1_000),
  keypad_model: z.string().max(1_000),
});

const meterFactsShape = z.object({
  pan: panShape,
  /** As a form shows it: the number on the meter's face, and every other field as text. */
  texts: meterTextsShape,
  blockedReason: textShape.nullable(),
});

const entryShape = z.object({ customer: customerShape, meters: z.array(meterFactsShape).max(100) });

const subjectShape = z.enum(['customer', 'meter']);
const fieldTextShape = z.string().max(200);

/** Something that head office, or a file of customers, says otherwise than a person here. */
const conflictShape = z.object({
  subject: subjectShape,
  key: customerIdShape,
  /** The customer's name; empty when there is none under this key any more. */
  name: textShape,
  /** For a meter, the number on its face. */
  meterNumber: z.string().max(20).nullable(),
  /** Null for a file of customers. */
  packageNumber: z.int().nullable(),
  fields: z
    .array(z.object({ field: z.string().max(40), ours: fieldTextShape, theirs: fieldTextShape }))
    .max(20),
});

export type CustomerTexts = z.infer<typeof customerTextsShape>;
export type MeterTexts = z.infer<typeof meterTextsShape>;
export type MeterFacts = z.infer<typeof meterFactsShape>;
export type CustomerEntry = z.infer<typeof entryShape>;
export type ConflictView = z.infer<typeof conflictShape>;

/** Customers and meters, corrected by a person who may. */
export const customerCalls = {
  /** A customer with all meters, by one of them or by the id. */
  'customers.entry': defineCall({
    input: z.object({ by: z.enum(['pan', 'customerId']), key: customerIdShape }),
    output: entryShape,
    roles: EDITORS,
    windows: ['counter'],
    changes: false,
  }),
  /** Adds a customer (null), or corrects the one with this id. */
  'customers.putCustomer': defineCall({
    input: z.object({
      requestId: idShape,
      customerId: customerIdShape.nullable(),
      texts: customerTextsShape,
    }),
    output: entryShape,
    roles: EDITORS,
    windows: ['counter'],
    changes: true,
  }),
  /**
   * Adds a meter (null) to a customer, or corrects the one with these 18 digits: its key's data, its number as long
   * as nothing was sold to it, or whose it is.
   */
  'customers.putMeter': defineCall({
    input: z.object({
      requestId: idShape,
      pan: panShape.nullable(),
      customerId: customerIdShape,
      texts: meterTextsShape,
    }),
    output: entryShape,
    roles: EDITORS,
    windows: ['counter'],
    changes: true,
  }),
  'customers.conflicts': defineCall({
    input: nothing,
    output: z.object({ conflicts: z.array(conflictShape).max(100), total: z.int().min(0) }),
    roles: EDITORS,
    windows: ['counter'],
    changes: false,
  }),
  'customers.settle': defineCall({
    input: z.object({
      requestId: idShape,
      subject: subjectShape,
      key: customerIdShape,
      choice: z.enum(['ours', 'theirs']),
    }),
    output: nothing,
    roles: EDITORS,
    windows: ['counter'],
    changes: true,
  }),
} as const;
