import {
  refuse,
  type CallFault,
  type Handlers,
  type Session,
  type ShiftFiguresView,
  type ShiftView,
  type SignedInOperator,
} from '../../contract/index.ts';
import { assert, err, ok, type Result, type SaleId } from '../../units/index.ts';
import { findSale, findSaleByReceipt, type Moment } from '../ledger/index.ts';
import { askSecondPerson, operatorById } from '../operators/index.ts';
import { AUTO_PRINT_MS, insertCopyJob, insertPrintJob } from '../printing/index.ts';
import type { ReceiptDocument } from '../../receipt/index.ts';
import { startJob } from '../reports/index.ts';
import {
  closeShift,
  correctTender,
  countShift,
  cycleName,
  dropCash,
  endShift,
  findShift,
  findZ,
  handOver,
  lastZs,
  openDispute,
  openShift,
  openShifts,
  payInOrOut,
  recordNoSale,
  shiftHeldBy,
  shiftSettings,
  zOfShift,
  type Shift,
  type ShiftFigures,
  type ShiftSettings,
} from '../shifts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { heeding } from './heeding.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { customerOf, printJobView, saleView } from './sale-view.ts';
import { savePdf } from './save-export.ts';
import { disputeSlip, shiftSlip, type SlipPlace } from './shift-slips.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

export function signedIn(session: Session): SignedInOperator {
  assert(session.operator, 'the door lets nobody through who is not signed in');
  return session.operator;
}

export function momentOf(deps: HandlerDeps, session: Session): Moment {
  return {
    nowUnixMs: deps.now(),
    zone: deps.settings.zone,
    operatorId: session.operator?.operatorId ?? null,
  };
}

export function slipPlace(deps: HandlerDeps, session: Session): SlipPlace {
  return {
    settings: deps.settings,
    mark: deps.profile === 'production' ? null : deps.profile,
    operatorName: signedIn(session).name,
    nowUnixMs: deps.now(),
    locale: deps.settings.language ?? 'en',
  };
}

function viewOf(from: LedgerReader | LedgerTx, shift: Shift): ShiftView {
  const { shiftId, number, drawer, operatorId, step, openedUnixMs } = shift;
  const operatorName = operatorById(from, operatorId)?.name ?? operatorId;
  return { shiftId, number, drawer, operatorName, step, openedUnixMs };
}

/** Queues a slip that belongs to something other than a sale; its copies are found by that thing's id. */
export function queueSlip(
  tx: LedgerTx,
  deps: HandlerDeps,
  slip: { readonly jobId: string; readonly subjectId: string | null; readonly document: ReceiptDocument },
): void {
  insertPrintJob(tx, {
    jobId: slip.jobId,
    saleId: slip.subjectId,
    document: slip.document,
    createdUnixMs: deps.now(),
    autoUntilUnixMs: deps.now() + AUTO_PRINT_MS,
  });
}

/** The shift handlers, each a transaction with its stored answer. */
export function shiftHandlers(deps: HandlerDeps): Part<'shift'> {
  return { ...drawerHandlers(deps), ...closingHandlers(deps), ...figureHandlers(deps) };
}

type Change = (tx: LedgerTx, moment: Moment, operator: SignedInOperator) => Result<Shift, CallFault>;

/** Runs one change of a shift for whoever is signed in and answers with the shift as it is then. */
function changed(
  deps: HandlerDeps,
  session: Session,
  call: string,
  requestId: string,
  change: Change,
): Result<ShiftView, CallFault> {
  const moment = momentOf(deps, session);
  const done = stored(deps.ledger, requestId, call, (tx) => {
    const shift = change(tx, moment, signedIn(session));
    return shift.ok ? ok(viewOf(tx, shift.value)) : shift;
  });
  deps.tell('status-changed');
  return done;
}

function drawerHandlers(
  deps: HandlerDeps,
): Pick<Handlers, 'shift.state' | 'shift.open' | 'shift.drop' | 'shift.pay' | 'shift.noSale'> {
  const { ledger } = deps;
  const settings = (): ShiftSettings => shiftSettings(deps.settings);
  return {
    'shift.state': async (_input, session) => {
      const mine = shiftHeldBy(ledger, signedIn(session).operatorId);
      const open = openShifts(ledger);
      const used = open.map(({ drawer }) => drawer);
      return ok({
        mine: mine ? viewOf(ledger, mine) : null,
        open: open.map((shift) => viewOf(ledger, shift)),
        freeDrawers: settings().drawers.filter((drawer) => !used.includes(drawer)),
        denominationsMinor: [...settings().denominationsMinor],
        closedByAnother: settings().closedByAnother,
      });
    },
    'shift.open': async ({ requestId, drawer, float }, session) =>
      changed(deps, session, 'shift.open', requestId, (tx, moment, { operatorId }) =>
        openShift(tx, moment, settings(), {
          shiftId: deps.newId(),
          drawer,
          operatorId,
          currency: deps.settings.currency.code,
          float,
        }),
      ),
    'shift.drop': async ({ requestId, cash }, session) =>
      changed(deps, session, 'shift.drop', requestId, (tx, moment, { operatorId }) =>
        dropCash(tx, moment, settings(), operatorId, cash),
      ),
    'shift.pay': async ({ requestId, ...pay }, session) =>
      changed(deps, session, 'shift.pay', requestId, (tx, moment, operator) =>
        payInOrOut(tx, moment, (session.at ?? operator).operatorId, pay),
      ),
    'shift.noSale': async ({ requestId, reason }, session) => {
      const { operatorId } = signedIn(session);
      const shift = changed(deps, session, 'shift.noSale', requestId, (tx, moment) =>
        recordNoSale(tx, moment, operatorId, reason),
      );
      // The record is on disk; whether the drawer moves is the printer's matter and in its log.
      if (shift.ok) void deps.printing.openDrawer(operatorId, reason);
      return shift;
    },
  };
}

function closingHandlers(
  deps: HandlerDeps,
): Pick<Handlers, 'shift.end' | 'shift.count' | 'shift.close' | 'shift.handOver'> {
  const settings = (): ShiftSettings => shiftSettings(deps.settings);
  return {
    'shift.end': async ({ requestId, shiftId, reason }, session) =>
      changed(deps, session, 'shift.end', requestId, (tx, moment, operator) =>
        endShift(tx, moment, operator, shiftId, reason),
      ),
    'shift.count': async ({ requestId, shiftId, count }, session) =>
      changed(deps, session, 'shift.count', requestId, (tx, moment, operator) =>
        countShift(tx, moment, settings(), operator, shiftId, count),
      ),
    'shift.close': async ({ requestId, shiftId }, session) => {
      if (!findShift(deps.ledger, shiftId)) return refuse('shift-unknown');
      const figures = await checkedFigures(deps, shiftId);
      if (!figures.ok) return figures;
      const moment = momentOf(deps, session);
      const closed = stored(deps.ledger, requestId, 'shift.close', (tx) => {
        const done = closeShift(tx, moment, settings(), signedIn(session), shiftId, figures.value);
        return done.ok ? ok(closedView(tx, deps, session, done.value)) : done;
      });
      afterPaper(deps);
      deps.keeper.afterShift();
      deps.exchange.soon();
      return closed;
    },
    'shift.handOver': async ({ requestId, shiftId, count, to }, session) => {
      const from = signedIn(session);
      const when = { nowUnixMs: deps.now(), zone: deps.settings.zone };
      const next = await askSecondPerson(deps.ledger, when, from, to, ['cashier', 'supervisor']);
      if (!next.ok) return next;
      const figures = await checkedFigures(deps, shiftId);
      if (!figures.ok) return figures;
      const moment = momentOf(deps, session);
      const handing = { shiftId, newShiftId: deps.newId(), count };
      const done = stored(deps.ledger, requestId, 'shift.handOver', (tx) => {
        const handed = handOver(tx, moment, settings(), from, next.value, handing, figures.value);
        return handed.ok ? ok(closedView(tx, deps, session, handed.value, shiftId)) : handed;
      });
      afterPaper(deps);
      deps.exchange.soon();
      return done;
    },
  };
}

function afterPaper(deps: HandlerDeps): void {
  deps.printing.wake();
  deps.tell('status-changed');
}

/** The answer to a closing, with the Z's slip queued in the same transaction. */
function closedView(
  tx: LedgerTx,
  deps: HandlerDeps,
  session: Session,
  closed: { readonly shift: Shift; readonly zNumber: number },
  closedShiftId = closed.shift.shiftId,
): { shift: ShiftView; zNumber: number } {
  const z = zView(tx, closed.zNumber);
  assert(z, 'a Z that was just written is there');
  const document = shiftSlip(slipPlace(deps, session), z);
  queueSlip(tx, deps, { jobId: deps.newId(), subjectId: closedShiftId, document });
  return { shift: viewOf(tx, closed.shift), zNumber: closed.zNumber };
}

/** A shift's figures, computed on a thread of their own. */
function figuresOf(deps: HandlerDeps, shiftId: string): Promise<ShiftFigures | undefined> {
  return heeding(deps.ledger, startJob({ ...deps.books, kind: 'shift', shiftId })).outcome;
}

/** The figures of a shift that is to be closed; where the books since its opening are not as written, sales stop. */
async function checkedFigures(
  deps: HandlerDeps,
  shiftId: string,
): Promise<Result<ShiftFigures | undefined, CallFault>> {
  const checked = await heeding(deps.ledger, startJob({ ...deps.books, kind: 'closing', shiftId })).outcome;
  return checked.ok ? checked : err(deps.keeper.found(checked.error));
}

function figuresView(from: LedgerReader | LedgerTx, figures: ShiftFigures): ShiftFiguresView {
  const { upToRow: _row, shift, ...rest } = figures;
  return {
    ...rest,
    shift: viewOf(from, shift),
    movements: [...rest.movements],
    expected: [...rest.expected],
    variances: [...rest.variances],
    doubts: [...rest.doubts],
    byAccount: [...rest.byAccount],
    byResource: [...rest.byResource],
    z: null,
  };
}

/** A Z as it was kept; undefined when there is none of that number. */
function zView(from: LedgerReader | LedgerTx, number: number): ShiftFiguresView | undefined {
  const z = findZ(from, number);
  if (!z) return undefined;
  const { closedBy, closedUnixMs, ...figures } = z.figures;
  const name = closedBy === null ? '' : (operatorById(from, closedBy)?.name ?? closedBy);
  return {
    ...figuresView(from, { ...figures, shift: { ...figures.shift, step: 'closed' } }),
    z: { number, name: cycleName(z), closedBy: name, closedUnixMs, head: z.head },
  };
}

function figureHandlers(
  deps: HandlerDeps,
): Pick<Handlers, 'shift.x' | 'shift.zs' | 'shift.z' | 'shift.print' | 'shift.pdf'> {
  const { ledger, printing } = deps;
  return {
    'shift.x': async ({ shiftId }) => {
      const figures = await figuresOf(deps, shiftId);
      return figures ? ok(figuresView(ledger, figures)) : refuse('shift-unknown');
    },
    'shift.zs': async () =>
      ok({
        zs: lastZs(ledger, 400).map((z) => ({
          number: z.number,
          name: cycleName(z),
          shiftNumber: z.figures.shift.number,
          drawer: z.figures.shift.drawer,
          operatorName: operatorById(ledger, z.figures.shift.operatorId)?.name ?? '',
          closedUnixMs: z.figures.closedUnixMs,
          varianceMinor: z.figures.variances.reduce((sum, each) => sum + each.varianceMinor, 0),
        })),
      }),
    'shift.z': async ({ number }) => {
      const z = zView(ledger, number);
      return z ? ok(z) : refuse('shift-unknown');
    },
    'shift.pdf': async ({ shiftId }, session) => {
      const closed = zOfShift(ledger, shiftId);
      const figures = closed ? undefined : await figuresOf(deps, shiftId);
      const view = closed ? zView(ledger, closed.number) : figures && figuresView(ledger, figures);
      if (!view) return refuse('shift-unknown');
      return savePdf(deps, shiftSlip(slipPlace(deps, session), view));
    },
    'shift.print': async ({ requestId, shiftId }, session) => {
      const made = printing.job(requestId);
      if (made) return ok(printJobView(made));
      const { operatorId } = signedIn(session);
      const createdUnixMs = deps.now();
      const copy = { jobId: requestId, saleId: shiftId, createdUnixMs, operatorId, reason: 'asked for' };
      if (zOfShift(ledger, shiftId) && ledger.transaction((tx) => insertCopyJob(tx, copy))) {
        const job = printing.send(requestId, operatorId);
        return job ? ok(printJobView(job)) : refuse('print-job-unknown');
      }
      const figures = await figuresOf(deps, shiftId);
      if (!figures) return refuse('shift-unknown');
      const document = shiftSlip(slipPlace(deps, session), figuresView(ledger, figures));
      ledger.transaction((tx) => queueSlip(tx, deps, { jobId: requestId, subjectId: null, document }));
      printing.wake();
      const job = printing.job(requestId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
  };
}

export function correctionHandlers(deps: HandlerDeps): Part<'correction'> {
  const { ledger, printing } = deps;
  return {
    'correction.find': async ({ receiptNumber }) => {
      const sale = findSaleByReceipt(ledger, receiptNumber.trim());
      return sale ? ok(saleView(ledger, deps.settings, sale, deps.training)) : refuse('sale-unknown');
    },
    'correction.tender': async ({ requestId, saleId, ...correction }, session) => {
      const moment = momentOf(deps, session);
      const done = stored(ledger, requestId, 'correction.tender', (tx) =>
        correctTender(tx, moment, { ...correction, saleId: saleId as SaleId }),
      );
      return done.ok ? ok({}) : done;
    },
    'correction.dispute': async ({ requestId, saleId, ground, words }, session) => {
      const moment = momentOf(deps, session);
      const opened = stored(ledger, requestId, 'correction.dispute', (tx) => {
        const dispute = { disputeId: requestId, saleId: saleId as SaleId, ground, words };
        const number = openDispute(tx, moment, dispute);
        const sale = findSale(tx, saleId as SaleId);
        if (!number.ok || !sale) return number;
        const { receiptNumber, amountMinor } = sale;
        const place = slipPlace(deps, session);
        const locale = customerOf(tx, sale).language ?? place.locale;
        const document = disputeSlip(
          { ...place, locale },
          {
            number: number.value,
            receiptNumber,
            ground,
            words,
            amountMinor,
          },
        );
        queueSlip(tx, deps, { jobId: requestId, subjectId: requestId, document });
        return number;
      });
      if (!opened.ok) return opened;
      printing.wake();
      const job = printing.job(requestId);
      return job ? ok({ number: opened.value, printJob: printJobView(job) }) : refuse('print-job-unknown');
    },
  };
}
