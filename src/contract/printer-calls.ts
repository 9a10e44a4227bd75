import { z } from 'zod';
import { defineCall } from './call.ts';
import {
  findingShape,
  jobAnswerShape,
  openSlipShape,
  printerAddressShape,
  printerLevelShape,
  printerOptionsShape,
  printerViewShape,
} from './printer-shapes.ts';
import { idShape, printJobShape, textShape } from './shapes.ts';

const TILL = ['cashier', 'supervisor'] as const;
const CARE = ['supervisor', 'administrator'] as const;
const nothing = z.object({});
const printer = z.object({ address: printerAddressShape, options: printerOptionsShape });

/** Slips that need somebody, and the printer's own care. */
export const printerCalls = {
  /** Slips that are not known to be on paper and that nobody has put aside, oldest first. */
  'print.open': defineCall({
    input: nothing,
    output: z.object({ slips: z.array(openSlipShape).max(20) }),
    roles: TILL,
    windows: ['counter'],
    changes: false,
  }),
  /** What a person says about a slip: it came out, it did not, or it is not wanted any more. */
  'print.answer': defineCall({
    input: jobAnswerShape,
    output: printJobShape,
    roles: TILL,
    windows: ['counter'],
    changes: true,
  }),
  /** The printer in use, and the ways to a printer that this computer has. */
  'printer.view': defineCall({
    input: nothing,
    output: printerViewShape,
    roles: CARE,
    windows: ['counter'],
    changes: false,
  }),
  /** How a printer was set up when it was last in use; how a new one would be otherwise. */
  'printer.options': defineCall({
    input: z.object({ address: printerAddressShape }),
    output: z.object({ options: printerOptionsShape, level: printerLevelShape.nullable() }),
    roles: CARE,
    windows: ['counter'],
    changes: false,
  }),
  /** Uses this printer from the next slip on and keeps how it is set up. */
  'printer.save': defineCall({
    input: printer.extend({ requestId: idShape }),
    output: printerViewShape,
    roles: CARE,
    windows: ['counter'],
    changes: true,
  }),
  /** Prints a test slip and finds out what the printer answers. */
  'printer.test': defineCall({
    input: printer.extend({ requestId: idShape }),
    output: z.object({ level: printerLevelShape }),
    roles: CARE,
    windows: ['counter'],
    changes: true,
  }),
  /** Looks for the reason why nothing prints; prints nothing. */
  'printer.doctor': defineCall({
    input: z.object({ address: printerAddressShape }),
    output: z.object({ findings: z.array(findingShape).max(20) }),
    roles: CARE,
    windows: ['counter'],
    changes: false,
  }),
  /** A picture as this printer takes it, encoded once; refused when it is too large or no PNG. */
  'printer.logo': defineCall({
    input: z.object({ png: z.string().max(700_000), columns: printerOptionsShape.shape.columns }),
    output: z.object({ logo: z.string(), widthDots: z.int(), heightDots: z.int() }),
    roles: CARE,
    windows: ['counter'],
    changes: false,
  }),
  /** Opens the cash drawer at the printer; who and why is kept. */
  'printer.drawer': defineCall({
    input: z.object({ requestId: idShape, reason: textShape.min(3) }),
    output: nothing,
    roles: CARE,
    windows: ['counter'],
    changes: true,
  }),
} as const;
