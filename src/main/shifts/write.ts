import { refuse, type CallFault, type SignedInOperator } from '../../contract/index.ts';
import { amountMinor, assert, ok, type Result } from '../../units/index.ts';
import {
  appendRecord,
  businessDateOf,
  chainHead,
  type Account,
  type ChainHead,
  type ChildDraft,
  type Moment,
  type RecordDraft,
  type TransferDraft,
} from '../ledger/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { countLines, isCashCount, sumsOf, type CashCount, type CountLine, type SlipCount } from './cash.ts';
import { countedFigures, shiftFigures, stillTrue, type ShiftFigures } from './figures.ts';
import type { ShiftSettings } from './settings.ts';
import {
  findShift,
  NEXT_SHIFT_STEPS,
  openShifts,
  shiftHeldBy,
  type Shift,
  type ShiftStep,
} from './shifts.ts';

/** What a person counted. */
export type Count = { readonly cash: CashCount; readonly slips: SlipCount };

type Written = Result<Shift, CallFault>;

/** One record of a shift, with the row that ties its money to the drawer. */
function writeEntry(
  tx: LedgerTx,
  moment: Moment,
  shift: Pick<Shift, 'shiftId'>,
  draft: Pick<RecordDraft, 'kind' | 'detail' | 'transfers'> & {
    readonly children?: readonly ChildDraft[];
    readonly step?: { readonly step: ShiftStep; readonly reason: string | null };
  },
): ChainHead {
  const { step, children = [], ...rest } = draft;
  return appendRecord(tx, {
    ...rest,
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: shift.shiftId,
    children: [
      ...children,
      ...(step ? [{ table: 'shift_step' as const, values: { shift_id: shift.shiftId, ...step } }] : []),
      shiftEntry(shift.shiftId),
    ],
  });
}

/** Ties a record's money to a drawer. A record has at most one. */
export function shiftEntry(shiftId: string): ChildDraft {
  return { table: 'shift_entry', values: { shift_id: shiftId } };
}

function lineChildren(subjectId: string, lines: readonly CountLine[]): readonly ChildDraft[] {
  return lines.map((line) => ({
    table: 'count_line',
    values: {
      subject_id: subjectId,
      account: line.account,
      denomination_minor: line.denominationMinor,
      quantity: line.quantity,
      amount_minor: line.amountMinor,
    },
  }));
}

function moved(debit: Account, credit: Account, currency: string, minor: number): readonly TransferDraft[] {
  return minor === 0 ? [] : [{ debit, credit, currency, amountMinor: amountMinor(minor) }];
}

const total = (lines: readonly CountLine[]): number => lines.reduce((sum, line) => sum + line.amountMinor, 0);

export type Opening = {
  readonly shiftId: string;
  readonly drawer: string;
  readonly operatorId: string;
  readonly currency: string;
  readonly float: CashCount;
};

/**
 * Opens a shift over a drawer with a counted float out of the safe. Refuses an unknown drawer
 * (`drawer-unknown`), one that is in use (`drawer-in-use`), a second drawer for one person (`shift-held`) and a
 * count of notes that do not exist here (`count-invalid`).
 */
export function openShift(tx: LedgerTx, moment: Moment, settings: ShiftSettings, opening: Opening): Written {
  const { drawer, operatorId } = opening;
  if (!settings.drawers.includes(drawer)) return refuse('drawer-unknown', { drawer });
  const used = openShifts(tx).find((shift) => shift.drawer === drawer);
  if (used) return refuse('drawer-in-use', { drawer, number: used.number });
  const held = shiftHeldBy(tx, operatorId);
  if (held) return refuse('shift-held', { drawer: held.drawer, number: held.number });
  if (!isCashCount(opening.float, settings.denominationsMinor)) return refuse('count-invalid');
  return ok(writeOpening(tx, moment, opening));
}

function writeOpening(tx: LedgerTx, moment: Moment, opening: Opening): Shift {
  const { shiftId, drawer, operatorId, currency } = opening;
  const number = 1 + (newest(tx, 'SELECT max(number) AS number FROM shift') ?? 0);
  const lines = countLines(opening.float);
  writeEntry(tx, moment, opening, {
    kind: 'shift-opened',
    detail: {},
    transfers: moved('cash-drawer', 'safe', currency, total(lines)),
    children: [
      {
        table: 'shift',
        values: { shift_id: shiftId, number, drawer, operator_id: operatorId, currency },
      },
      ...lineChildren(shiftId, lines),
    ],
    step: { step: 'opened', reason: null },
  });
  tx.prepare("INSERT INTO open_shift VALUES (?, ?, ?, 'opened')").run(drawer, shiftId, operatorId);
  return known(tx, shiftId);
}

function newest(from: LedgerReader | LedgerTx, sql: string): number | undefined {
  return from.prepare(sql).get<{ number: number | null }>()?.number ?? undefined;
}

function known(from: LedgerReader | LedgerTx, shiftId: string): Shift {
  const shift = findShift(from, shiftId);
  assert(shift, 'a shift that was just written is there');
  return shift;
}

/** The open shift of whoever sells: `no-open-shift` without one, `shift-ended` once its selling has ended. */
export function sellingShift(from: LedgerReader | LedgerTx, operatorId: string): Written {
  const shift = shiftHeldBy(from, operatorId);
  if (!shift) return refuse('no-open-shift', {}, 'safe');
  return shift.step === 'opened' ? ok(shift) : refuse('shift-ended', { number: shift.number }, 'safe');
}

/** Training asks nobody for a float: the first free drawer, or one more, is opened empty. */
export function openTrainingShift(
  tx: LedgerTx,
  moment: Moment,
  settings: ShiftSettings,
  opening: Omit<Opening, 'drawer' | 'float'>,
): Shift {
  const used = new Set(openShifts(tx).map(({ drawer }) => drawer));
  const names = [...settings.drawers, ...Array.from(used, (_, index) => `training-${index + 1}`)];
  const drawer = names.find((name) => !used.has(name)) ?? `training-${used.size + 1}`;
  return writeOpening(tx, moment, { ...opening, drawer, float: [] });
}

/** Notes from the drawer into the safe, counted. */
export function dropCash(
  tx: LedgerTx,
  moment: Moment,
  settings: ShiftSettings,
  operatorId: string,
  cash: CashCount,
): Written {
  const shift = sellingShift(tx, operatorId);
  if (!shift.ok) return shift;
  const lines = countLines(cash);
  if (!isCashCount(cash, settings.denominationsMinor) || lines.length === 0) return refuse('count-invalid');
  const { shiftId, currency } = shift.value;
  writeEntry(tx, moment, shift.value, {
    kind: 'safe-drop',
    detail: {},
    transfers: moved('safe', 'cash-drawer', currency, total(lines)),
    children: lineChildren(shiftId, lines),
  });
  return ok(known(tx, shiftId));
}

/** Money that comes into the drawer or leaves it for something that is no sale. */
export function payInOrOut(
  tx: LedgerTx,
  moment: Moment,
  operatorId: string,
  pay: { readonly direction: 'in' | 'out'; readonly amountMinor: number; readonly reason: string },
): Written {
  const shift = sellingShift(tx, operatorId);
  if (!shift.ok) return shift;
  const { currency } = shift.value;
  const [debit, credit] =
    pay.direction === 'in'
      ? (['cash-drawer', 'pay-in-out'] as const)
      : (['pay-in-out', 'cash-drawer'] as const);
  writeEntry(tx, moment, shift.value, {
    kind: pay.direction === 'in' ? 'paid-in' : 'paid-out',
    detail: { reason: pay.reason },
    transfers: moved(debit, credit, currency, pay.amountMinor),
  });
  return shift;
}

/** Who opened the drawer without a sale, and why: on disk before the drawer moves. */
export function recordNoSale(tx: LedgerTx, moment: Moment, operatorId: string, reason: string): Written {
  const shift = sellingShift(tx, operatorId);
  if (!shift.ok) return shift;
  writeEntry(tx, moment, shift.value, { kind: 'no-sale', detail: { reason } });
  return shift;
}

/** The shift, when it may take this step: else why not. */
function at(tx: LedgerTx, shiftId: string, step: ShiftStep): Written {
  const shift = findShift(tx, shiftId);
  if (!shift) return refuse('shift-unknown');
  if (NEXT_SHIFT_STEPS[shift.step].includes(step)) return ok(shift);
  return refuse('shift-step', { number: shift.number, step: shift.step });
}

/** The holder of the drawer, or a supervisor in their place. */
function mayAct(shift: Shift, by: SignedInOperator): boolean {
  return by.operatorId === shift.operatorId || by.role === 'supervisor';
}

function project(tx: LedgerTx, shiftId: string, step: Exclude<ShiftStep, 'closed'>): void {
  tx.prepare('UPDATE open_shift SET step = ? WHERE shift_id = ?').run(step, shiftId);
}

/**
 * Ends the selling of a shift. Somebody else's is ended by a supervisor, with a reason: the drawer that was
 * left open is then theirs to count.
 */
export function endShift(
  tx: LedgerTx,
  moment: Moment,
  by: SignedInOperator,
  shiftId: string,
  reason: string | null,
): Written {
  const shift = at(tx, shiftId, 'ended');
  if (!shift.ok) return shift;
  if (!mayAct(shift.value, by)) return refuse('shift-not-yours', { number: shift.value.number });
  const forced = by.operatorId !== shift.value.operatorId;
  if (forced && (reason === null || reason.trim() === '')) return refuse('reason-needed');
  writeEntry(tx, moment, shift.value, {
    kind: forced ? 'shift-force-ended' : 'shift-ended',
    detail: reason === null ? {} : { reason },
    step: { step: 'ended', reason },
  });
  project(tx, shiftId, 'ended');
  return ok(known(tx, shiftId));
}

/**
 * Keeps a count. Blind: nothing of what should be there comes back. A shift may be counted again until it is
 * closed; every count stays.
 */
export function countShift(
  tx: LedgerTx,
  moment: Moment,
  settings: ShiftSettings,
  by: SignedInOperator,
  shiftId: string,
  count: Count,
): Written {
  const shift = at(tx, shiftId, 'counted');
  if (!shift.ok) return shift;
  if (!mayAct(shift.value, by)) return refuse('shift-not-yours', { number: shift.value.number });
  if (!isCashCount(count.cash, settings.denominationsMinor)) return refuse('count-invalid');
  const lines = countLines(count.cash, count.slips);
  writeEntry(tx, moment, shift.value, {
    kind: 'shift-counted',
    detail: { totals: sumsOf(lines) },
    children: lineChildren(shiftId, lines),
    step: { step: 'counted', reason: null },
  });
  project(tx, shiftId, 'counted');
  return ok(known(tx, shiftId));
}

/** What a Z keeps beside the figures. */
export type ZFigures = ShiftFigures & { readonly closedBy: string | null; readonly closedUnixMs: number };

/**
 * Closes a counted shift: what is missing or over is booked, the cash goes into the safe, and the figures are
 * kept as the next Z. `figures` may be computed beforehand on another thread; they are taken only when the shift
 * has not changed since. Returns the Z's number.
 */
export function closeShift(
  tx: LedgerTx,
  moment: Moment,
  settings: ShiftSettings,
  by: SignedInOperator,
  shiftId: string,
  prepared?: ShiftFigures,
): Result<{ readonly shift: Shift; readonly zNumber: number }, CallFault> {
  const shift = at(tx, shiftId, 'closed');
  if (!shift.ok) return shift;
  const { operatorId, number } = shift.value;
  if (!mayAct(shift.value, by)) return refuse('shift-not-yours', { number });
  if (settings.closedByAnother && by.operatorId === operatorId)
    return refuse('shift-same-person', { number });
  const fresh = stillTrue(tx, shiftId, prepared) ? prepared : shiftFigures(tx, shiftId);
  assert(fresh, 'a shift that is there has figures');
  return ok(writeClosing(tx, moment, shift.value, fresh));
}

function writeClosing(
  tx: LedgerTx,
  moment: Moment,
  shift: Shift,
  figures: ShiftFigures,
): { readonly shift: Shift; readonly zNumber: number } {
  const { shiftId, currency } = shift;
  const head = chainHead(tx);
  assert(head, 'a shift that was opened has a record');
  const zNumber = 1 + (newest(tx, "SELECT max(number) AS number FROM cycle_end WHERE kind = 'shift'") ?? 0);
  const kept: ZFigures = { ...figures, closedBy: moment.operatorId, closedUnixMs: moment.nowUnixMs };
  const cash = figures.variances.find(({ account }) => account === 'cash-drawer')?.countedMinor ?? 0;
  writeEntry(tx, moment, shift, {
    kind: 'shift-closed',
    detail: { zNumber },
    transfers: [
      ...figures.variances.flatMap(({ account, varianceMinor }) =>
        varianceMinor > 0
          ? moved(account, 'variance', currency, varianceMinor)
          : moved('variance', account, currency, amountMinor(0 - varianceMinor)),
      ),
      ...moved('safe', 'cash-drawer', currency, cash),
    ],
    children: [
      {
        table: 'cycle_end',
        values: {
          kind: 'shift',
          number: zNumber,
          subject_id: shiftId,
          from_record: shift.openedRecord,
          to_record: head.recordId,
          head: Buffer.from(head.hash).toString('hex'),
          figures: JSON.stringify(kept),
        },
      },
    ],
    step: { step: 'closed', reason: null },
  });
  tx.prepare('DELETE FROM open_shift WHERE shift_id = ?').run(shiftId);
  return { shift: known(tx, shiftId), zNumber };
}

/**
 * Hands a drawer over without emptying it: both have counted the same money, the one shift is closed with its Z
 * and the next one opens with that cash as its float. All of it or nothing. `prepared` is the shift's figures, computed
 * on another thread; they are taken only when the shift has not changed since.
 */
export function handOver(
  tx: LedgerTx,
  moment: Moment,
  settings: ShiftSettings,
  from: SignedInOperator,
  to: SignedInOperator,
  handing: { readonly shiftId: string; readonly newShiftId: string; readonly count: Count },
  prepared?: ShiftFigures,
): Result<{ readonly shift: Shift; readonly zNumber: number }, CallFault> {
  const { shiftId, count } = handing;
  const unchanged = stillTrue(tx, shiftId, prepared) ? prepared : undefined;
  const shift = findShift(tx, shiftId);
  if (!shift) return refuse('shift-unknown');
  if (from.operatorId !== shift.operatorId) return refuse('shift-not-yours', { number: shift.number });
  if (to.operatorId === from.operatorId) return refuse('shift-same-person', { number: shift.number });
  const held = shiftHeldBy(tx, to.operatorId);
  if (held) return refuse('shift-held', { drawer: held.drawer, number: held.number });
  if (!isCashCount(count.cash, settings.denominationsMinor)) return refuse('count-invalid');
  if (shift.step === 'opened') {
    const ended = endShift(tx, moment, from, shiftId, 'handover');
    if (!ended.ok) return ended;
  }
  const counted = countShift(tx, moment, settings, from, shiftId, count);
  if (!counted.ok) return counted;
  const figures = unchanged && countedFigures(tx, unchanged);
  const closed = closeShift(
    tx,
    { ...moment, operatorId: to.operatorId },
    settings,
    asCloser(to),
    shiftId,
    figures,
  );
  if (!closed.ok) return closed;
  const opened = writeOpening(
    tx,
    { ...moment, operatorId: to.operatorId },
    {
      shiftId: handing.newShiftId,
      drawer: shift.drawer,
      operatorId: to.operatorId,
      currency: shift.currency,
      float: count.cash,
    },
  );
  return ok({ shift: opened, zNumber: closed.value.zNumber });
}

/** Whoever takes a drawer over closes the shift before, whatever their role: they counted it too. */
function asCloser(to: SignedInOperator): SignedInOperator {
  return { ...to, role: 'supervisor' };
}
