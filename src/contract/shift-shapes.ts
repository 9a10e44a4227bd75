import { z } from 'zod';
import { amountShape, idShape, payableShape, resourceShape, textShape, unixMsShape } from './shapes.ts';

/** Shapes of drawers, counts and reports. */

const MOST = 1_000_000;
export const TENDER_KINDS = ['cash-drawer', 'card', 'mobile-money', 'cheque'] as const;
const tenderShape = z.enum(TENDER_KINDS);

/** So many of each note and coin. */
export const cashCountShape = z
  .array(z.object({ denominationMinor: payableShape, quantity: z.int().min(0).max(MOST) }))
  .max(20);

export const countShape = z.object({
  cash: cashCountShape,
  slips: z
    .array(
      z.object({
        account: z.enum(['card', 'mobile-money', 'cheque']),
        quantity: z.int().min(0).max(MOST),
        amountMinor: amountShape.min(0),
      }),
    )
    .max(3),
});

export const shiftStepShape = z.enum(['opened', 'ended', 'counted', 'closed']);
export const shiftShape = z.object({
  shiftId: idShape,
  number: z.int().min(1),
  drawer: textShape,
  operatorName: textShape,
  step: shiftStepShape,
  openedUnixMs: unixMsShape,
});

export const shiftStateShape = z.object({
  /** The drawer of whoever is signed in, or null. */
  mine: shiftShape.nullable(),
  /** Drawers that are in somebody's hands, oldest first. */
  open: z.array(shiftShape).max(40),
  freeDrawers: z.array(textShape).max(20),
  denominationsMinor: z.array(payableShape).max(20),
  closedByAnother: z.boolean(),
});

const sum = z.int();
const counted = z.object({ count: z.int().min(0), amountMinor: sum });

/** What an X shows and a Z keeps. Sums are not bound by the largest single amount. */
export const shiftFiguresShape = z.object({
  shift: shiftShape,
  movements: z.array(z.object({ kind: z.string(), account: tenderShape, debitMinor: sum, creditMinor: sum })),
  expected: z.array(z.object({ account: tenderShape, amountMinor: sum })),
  variances: z.array(
    z.object({ account: tenderShape, expectedMinor: sum, countedMinor: sum, varianceMinor: sum }),
  ),
  sales: counted,
  undone: counted,
  doubts: z.array(z.object({ receiptNumber: z.string(), amountMinor: amountShape })),
  handed: z.object({ receivedMinor: sum, changeMinor: sum }),
  byAccount: z.array(z.object({ account: z.string(), amountMinor: sum })),
  byResource: z.array(counted.extend({ resource: resourceShape, unitsTenths: sum })),
  noSales: z.int().min(0),
  /** Null for an X. */
  z: z
    .object({
      number: z.int().min(1),
      /** As printed: with the epoch in it after a restore. */
      name: z.string(),
      closedBy: textShape,
      closedUnixMs: unixMsShape,
      /** The chain's head at the closing, in hex. */
      head: z.string().length(64),
    })
    .nullable(),
});

export const zShape = z.object({
  number: z.int().min(1),
  name: z.string(),
  shiftNumber: z.int().min(1),
  drawer: textShape,
  operatorName: textShape,
  closedUnixMs: unixMsShape,
  varianceMinor: sum,
});

export const proofShape = z.object({ name: textShape, pin: z.string().min(1).max(64) });
export const reasonShape = textShape.min(3);

export const operatorShape = z.object({
  operatorId: idShape,
  name: textShape,
  role: z.enum(['cashier', 'supervisor', 'key-custodian', 'auditor', 'administrator']),
  active: z.boolean(),
  lockedSeconds: z.int().min(0),
});

export const depositShape = z.object({
  depositId: idShape,
  number: z.int().min(1),
  reference: z.string(),
  account: z.enum(['safe', 'cheque']),
  amountMinor: amountShape,
  madeUnixMs: unixMsShape,
  /** Null until head office (or a supervisor, from the bank's statement) has found it at the bank. */
  matchedUnixMs: unixMsShape.nullable(),
});

export const bankingShape = z.object({
  safeMinor: sum,
  chequesMinor: sum,
  deposits: z.array(depositShape).max(200),
  lastSalesEnd: z.int().min(0),
  lastBankingEnd: z.int().min(0),
  /** How many deposits are in no banking that was ended. */
  sinceLastEnd: z.int().min(0),
});

/** What a column of a report holds; `share` is hundredths of a percent. */
export const COLUMN_KINDS = ['text', 'count', 'money', 'units', 'time', 'date', 'share'] as const;
export const reportColumnShape = z.object({
  id: z.string(),
  kind: z.enum(COLUMN_KINDS),
  /** Whether the column has a sum at the foot. */
  total: z.boolean(),
});
export const reportShape = z.object({
  name: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  columns: z.array(reportColumnShape).max(20),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()])).max(20)).max(5_000),
  /** How many rows there are: more than `rows` holds when the report is long. */
  rowCount: z.int().min(0),
  totals: z.array(z.number().nullable()).max(20),
  chart: z
    .object({ kind: z.enum(['bars', 'line', 'stack']), across: z.string(), up: z.array(z.string()) })
    .nullable(),
});
export const reportJobShape = z.object({
  jobId: idShape,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  daysDone: z.int().min(0),
  daysOf: z.int().min(0),
  report: reportShape.nullable(),
});

export const dayEndStepShape = z.object({
  id: z.enum(['doubts', 'count', 'variance', 'z', 'banking', 'batch', 'backup']),
  /** `busy`: it is being done on a thread of its own. */
  state: z.enum(['done', 'waiting', 'busy', 'problem', 'not-set-up']),
  /** How many there are of what the step is about. */
  count: z.int().min(0),
  amountMinor: sum.nullable(),
  /** The code of what keeps it from being done, or null. */
  problem: z.string().nullable(),
});

export type CountInput = z.infer<typeof countShape>;
export type ShiftView = z.infer<typeof shiftShape>;
export type ShiftStateView = z.infer<typeof shiftStateShape>;
export type ShiftFiguresView = z.infer<typeof shiftFiguresShape>;
export type ZView = z.infer<typeof zShape>;
export type OperatorView = z.infer<typeof operatorShape>;
export type DepositView = z.infer<typeof depositShape>;
export type BankingView = z.infer<typeof bankingShape>;
export type ReportView = z.infer<typeof reportShape>;
export type ReportColumn = z.infer<typeof reportColumnShape>;
export type ReportJobView = z.infer<typeof reportJobShape>;
export type DayEndStep = z.infer<typeof dayEndStepShape>;

/** Which drawers there are, and how they are counted and closed. Amounts in minor units. */
export const drawerSetUpShape = z.object({
  drawers: z.array(z.string().min(1).max(20)).min(1).max(20),
  /** Notes and coins that are counted. */
  denominationsMinor: z.array(payableShape).min(1).max(20),
  /** Whether somebody other than the cashier has to close a shift. */
  closedByAnother: z.boolean(),
  /** Whose bank account takes the deposits: printed on the slip. May be empty. */
  beneficiary: z.string().max(200),
});
export type DrawerSetUp = z.infer<typeof drawerSetUpShape>;
