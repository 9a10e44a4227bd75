import { z } from 'zod';
import { defineCall, ROLES } from './call.ts';
import { idShape, payableShape, printJobShape, saleShape, textShape } from './shapes.ts';
import {
  bankingShape,
  cashCountShape,
  countShape,
  dayEndStepShape,
  drawerSetUpShape,
  depositShape,
  operatorShape,
  proofShape,
  reasonShape,
  reportJobShape,
  shiftFiguresShape,
  shiftShape,
  shiftStateShape,
  zShape,
} from './shift-shapes.ts';

const TILL = ['cashier', 'supervisor'] as const;
const CHIEF = ['supervisor'] as const;
const READERS = ['supervisor', 'auditor', 'administrator'] as const;
const nothing = z.object({});
const change = z.object({ requestId: idShape });
const counter = ['counter'] as const;
const savedFile = z.object({ file: z.string() });
const closed = z.object({ shift: shiftShape, zNumber: z.int().min(1) });

/** Calls of drawers, people, corrections, banking and reports. */
export const shiftCalls = {
  'shift.state': defineCall({
    input: nothing,
    output: shiftStateShape,
    roles: TILL,
    windows: counter,
    changes: false,
  }),
  'shift.open': defineCall({
    input: change.extend({ drawer: textShape, float: cashCountShape }),
    output: shiftShape,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  'shift.drop': defineCall({
    input: change.extend({ cash: cashCountShape }),
    output: shiftShape,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  'shift.pay': defineCall({
    input: change.extend({
      direction: z.enum(['in', 'out']),
      amountMinor: payableShape,
      reason: reasonShape,
    }),
    output: shiftShape,
    roles: CHIEF,
    windows: counter,
    changes: true,
    override: true,
  }),
  /** Opens the drawer without a sale. */
  'shift.noSale': defineCall({
    input: change.extend({ reason: reasonShape }),
    output: shiftShape,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  'shift.end': defineCall({
    input: change.extend({ shiftId: idShape, reason: textShape.nullable() }),
    output: shiftShape,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  /** Blind: the answer says nothing of what should be there. */
  'shift.count': defineCall({
    input: change.extend({ shiftId: idShape, count: countShape }),
    output: shiftShape,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  'shift.close': defineCall({
    input: change.extend({ shiftId: idShape }),
    output: closed,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  /** The drawer goes to the next cashier with what is in it; both have counted. */
  'shift.handOver': defineCall({
    input: change.extend({ shiftId: idShape, count: countShape, to: proofShape }),
    output: closed,
    roles: TILL,
    windows: counter,
    changes: true,
  }),
  'shift.x': defineCall({
    input: z.object({ shiftId: idShape }),
    output: shiftFiguresShape,
    roles: READERS,
    windows: counter,
    changes: false,
    override: true,
  }),
  'shift.zs': defineCall({
    input: nothing,
    output: z.object({ zs: z.array(zShape).max(400) }),
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  'shift.z': defineCall({
    input: z.object({ number: z.int().min(1) }),
    output: shiftFiguresShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  /** Prints a shift's X, or its Z once it is closed: the first time as the original. */
  'shift.print': defineCall({
    input: change.extend({ shiftId: idShape }),
    output: printJobShape,
    roles: READERS,
    windows: counter,
    changes: true,
    override: true,
  }),
  /** The same page as a PDF in the station's folder of exports: an X, or the Z once the shift is closed. */
  'shift.pdf': defineCall({
    input: change.extend({ shiftId: idShape }),
    output: savedFile,
    roles: READERS,
    windows: counter,
    changes: true,
    override: true,
  }),
  'correction.tender': defineCall({
    input: change.extend({
      saleId: idShape,
      from: z.enum(['cash-drawer', 'card', 'mobile-money', 'cheque']),
      to: z.enum(['cash-drawer', 'card', 'mobile-money', 'cheque']),
      amountMinor: payableShape,
      reason: reasonShape,
    }),
    output: nothing,
    roles: CHIEF,
    windows: counter,
    changes: true,
    override: true,
  }),
  /** A numbered case for the customer; the sale stays as it is. */
  'correction.dispute': defineCall({
    input: change.extend({ saleId: idShape, ground: z.enum(['amount', 'meter']), words: reasonShape }),
    output: z.object({ number: z.int().min(1), printJob: printJobShape }),
    roles: CHIEF,
    windows: counter,
    changes: true,
    override: true,
  }),
  /** A sale by the number on its receipt. */
  'correction.find': defineCall({
    input: z.object({ receiptNumber: textShape }),
    output: saleShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  'banking.state': defineCall({
    input: nothing,
    output: bankingShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  'banking.deposit': defineCall({
    input: change.extend({
      account: z.enum(['safe', 'cheque']),
      amountMinor: payableShape,
      reference: z.string().regex(/^[A-Za-z0-9/-]{3,40}$/u),
    }),
    output: depositShape,
    roles: CHIEF,
    windows: counter,
    changes: true,
  }),
  'banking.match': defineCall({
    input: change.extend({ depositId: idShape, reason: reasonShape }),
    output: depositShape,
    roles: CHIEF,
    windows: counter,
    changes: true,
  }),
  /** Ends a run of sales or of banking; neither needs a shift to be open or closed. */
  'cycle.end': defineCall({
    input: change.extend({ kind: z.enum(['sales', 'banking']) }),
    output: z.object({ number: z.int().min(1), printJob: printJobShape }),
    roles: CHIEF,
    windows: counter,
    changes: true,
  }),
  /** A copy of the slip of an ended run of sales, or of a deposit slip, marked as one. */
  'cycle.print': defineCall({
    input: change.extend({ kind: z.enum(['sales', 'banking']), number: z.int().min(1) }),
    output: printJobShape,
    roles: READERS,
    windows: counter,
    changes: true,
  }),
  /** The page of an ended run of sales, or the deposit slip of a banking, as a PDF in the folder of exports. */
  'cycle.pdf': defineCall({
    input: change.extend({ kind: z.enum(['sales', 'banking']), number: z.int().min(1) }),
    output: savedFile,
    roles: READERS,
    windows: counter,
    changes: true,
  }),
  /** The drawers of this station, and how they are counted. */
  'drawers.read': defineCall({
    input: nothing,
    output: drawerSetUpShape,
    roles: ['administrator'],
    windows: counter,
    changes: false,
  }),
  /** Sets them anew; a drawer with an open shift stays. The change is in the journal. */
  'drawers.change': defineCall({
    input: change.extend(drawerSetUpShape.shape),
    output: drawerSetUpShape,
    roles: ['administrator'],
    windows: counter,
    changes: true,
  }),
  /** Begins a visit to head office: what is new is closed as a batch and sent. How it goes is in `day.state`. */
  'day.send': defineCall({
    input: change,
    output: nothing,
    roles: CHIEF,
    windows: counter,
    changes: true,
  }),
  /** Begins a verified backup. How it goes is in `day.state`. */
  'day.backup': defineCall({
    input: change,
    output: nothing,
    roles: CHIEF,
    windows: counter,
    changes: true,
  }),
  'day.state': defineCall({
    input: nothing,
    output: z.object({ steps: z.array(dayEndStepShape).max(10), green: z.boolean() }),
    roles: CHIEF,
    windows: counter,
    changes: false,
  }),
  'report.names': defineCall({
    input: nothing,
    output: z.object({ names: z.array(z.string()).max(60), today: z.iso.date() }),
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  /** Starts a report on a thread of its own. */
  'report.start': defineCall({
    input: z.object({ name: z.string().max(40), from: z.iso.date(), to: z.iso.date(), text: textShape }),
    output: reportJobShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  'report.job': defineCall({
    input: z.object({ jobId: idShape }),
    output: reportJobShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  'report.cancel': defineCall({
    input: z.object({ jobId: idShape }),
    output: reportJobShape,
    roles: READERS,
    windows: counter,
    changes: false,
  }),
  /** Puts a finished report on paper, or into a file in the station's folder of exports. */
  'report.print': defineCall({
    input: change.extend({ jobId: idShape }),
    output: printJobShape,
    roles: READERS,
    windows: counter,
    changes: true,
  }),
  'report.save': defineCall({
    input: change.extend({ jobId: idShape, format: z.enum(['csv', 'ndjson', 'pdf']) }),
    output: savedFile,
    roles: READERS,
    windows: counter,
    changes: true,
  }),
  /** The first start: makes the administrator, who then adds the others. */
  'operators.setUp': defineCall({
    input: change.extend(proofShape.shape),
    output: z.object({ name: textShape }),
    roles: 'anyone',
    windows: counter,
    changes: true,
  }),
  'operators.list': defineCall({
    input: nothing,
    output: z.object({ operators: z.array(operatorShape).max(2_000) }),
    roles: ['supervisor', 'administrator', 'auditor'],
    windows: counter,
    changes: false,
  }),
  'operators.add': defineCall({
    input: change.extend({ ...proofShape.shape, role: z.enum(ROLES) }),
    output: nothing,
    roles: ['administrator'],
    windows: counter,
    changes: true,
  }),
  'operators.change': defineCall({
    input: change.extend({ operatorId: idShape, role: z.enum(ROLES), active: z.boolean() }),
    output: nothing,
    roles: ['administrator'],
    windows: counter,
    changes: true,
  }),
  /** A new PIN for somebody else. */
  'operators.resetPin': defineCall({
    input: change.extend({ operatorId: idShape, newPin: z.string().min(1).max(64) }),
    output: nothing,
    roles: ['administrator'],
    windows: counter,
    changes: true,
  }),
  /** One's own PIN; the old one has to be known. */
  'operators.changePin': defineCall({
    input: change.extend({ pin: z.string().min(1).max(64), newPin: z.string().min(1).max(64) }),
    output: nothing,
    roles: ROLES,
    windows: counter,
    changes: true,
  }),
  /** Somebody is at the counter: keeps it from locking itself. */
  'operators.present': defineCall({
    input: nothing,
    output: nothing,
    roles: ROLES,
    windows: counter,
    changes: false,
  }),
  /** A supervisor lets one action happen at this screen, once and within two minutes. */
  'operators.override': defineCall({
    input: change.extend({ ...proofShape.shape, call: z.string().max(60), reason: reasonShape }),
    output: z.object({ name: textShape }),
    roles: TILL,
    windows: counter,
    changes: true,
  }),
} as const;
