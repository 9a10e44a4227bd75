import { z } from 'zod';
import { defineCall } from './call.ts';
import { headOfficeStatusShape, idShape, roleShape, textShape } from './shapes.ts';

const LOOKS = ['supervisor', 'auditor', 'administrator'] as const;
const CHANGES = ['administrator'] as const;
const change = z.object({ requestId: idShape });
const nothing = z.object({});
/** 16 hexadecimal digits in groups of four: what two people read out to each other. */
const fingerprint = z.string().max(40);
const amount = z.int().min(1).nullable();

export const SHOWN_REFUSALS = 20;

const officeViewShape = z.object({
  status: headOfficeStatusShape,
  stationId: z.string(),
  /** Of this station's key. */
  fingerprint,
  /** Of the key that the next batch announces, or null where none was made. */
  nextFingerprint: fingerprint.nullable(),
  /** Of head office's key, once it has answered. */
  officeFingerprint: fingerprint.nullable(),
  epoch: z.int().min(1),
  /** Where files go: a folder, or a server as `sftp://…`; null for a station that stands alone. */
  place: z.string().max(2_000).nullable(),
  everyMinutes: z.int().min(1),
  /** The newest package that was applied, and when; null before the first. */
  lastPackage: z.object({ number: z.int().min(1), appliedUnixMs: z.int() }).nullable(),
  limits: z.object({
    perSaleMinor: amount,
    perMeterDayMinor: amount,
    perOperatorDayMinor: amount,
    perOperatorShiftMinor: amount,
  }),
  /** Batches that head office did not take, with a code of the catalogue and what was wrong at which place. */
  refused: z
    .array(
      z.object({
        batch: z.string().max(20),
        code: z.string().max(60),
        reasons: z.array(z.object({ where: z.string(), code: z.string(), reason: z.string() })).max(100),
      }),
    )
    .max(SHOWN_REFUSALS),
  /** Roles that head office gave, by name. */
  roles: z.array(z.object({ name: textShape, role: roleShape })).max(1_000),
});

/** Head office as an administrator sees it: who knows whom, what was said, and what waits. */
export const officeCalls = {
  'office.view': defineCall({
    input: nothing,
    output: officeViewShape,
    roles: LOOKS,
    windows: ['counter'],
    changes: false,
  }),
  /** Asks head office, with the one-time code that it gave, to know this station by its key. */
  'office.enrol': defineCall({
    input: change.extend({ code: z.string().min(1).max(60) }),
    output: officeViewShape,
    roles: CHANGES,
    windows: ['counter'],
    changes: true,
  }),
  /** Makes the key that takes over once a batch has announced it. */
  'office.rotate': defineCall({
    input: change,
    output: officeViewShape,
    roles: CHANGES,
    windows: ['counter'],
    changes: true,
  }),
  /** Names the folder through which files go: a share, or a stick that is carried. It has to be there. */
  'office.place': defineCall({
    input: change.extend({ folder: z.string().min(1).max(1_000) }),
    output: officeViewShape,
    roles: CHANGES,
    windows: ['counter'],
    changes: true,
  }),
  /** Sends everything that is unsettled once more, and takes what lies ready. How it goes is in the status. */
  'office.visit': defineCall({
    input: change,
    output: nothing,
    roles: ['supervisor', 'administrator'],
    windows: ['counter'],
    changes: true,
  }),
} as const;
