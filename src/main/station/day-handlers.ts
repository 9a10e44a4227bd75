import {
  refuse,
  type CallFault,
  type DayEndStep,
  type DepositView,
  type Handlers,
  type Session,
} from '../../contract/index.ts';
import type { ReceiptDocument } from '../../receipt/index.ts';
import { assert, ok, type Result } from '../../units/index.ts';
import { balanceOf, businessDateOf, openSales } from '../ledger/index.ts';
import { lastBatch } from '../exchange/index.ts';
import { startJob } from '../reports/index.ts';
import {
  deposits,
  endBanking,
  endSales,
  findCycle,
  lastCycle,
  lastZs,
  makeDeposit,
  matchDeposit,
  openShifts,
  shiftSettings,
  type BankingFigures,
  type CycleEnd,
  type Deposit,
  type SalesFigures,
  type ZFigures,
} from '../shifts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { heeding } from './heeding.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { printJobView } from './sale-view.ts';
import { insertCopyJob } from '../printing/index.ts';
import { momentOf, queueSlip, signedIn, slipPlace } from './shift-handlers.ts';
import { savePdf } from './save-export.ts';
import { bankingSlip, salesEndSlip, type SlipPlace } from './shift-slips.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

function depositView(deposit: Deposit): DepositView {
  const { depositId, number, reference, account, amountMinor, madeUnixMs, matchedUnixMs } = deposit;
  return { depositId, number, reference, account, amountMinor, madeUnixMs, matchedUnixMs };
}

export function bankingHandlers(deps: HandlerDeps): Part<'banking' | 'cycle' | 'day'> {
  return { ...depositHandlers(deps), ...cycleHandlers(deps), ...endOfDayHandlers(deps) };
}

function depositHandlers(deps: HandlerDeps): Part<'banking'> {
  const { ledger } = deps;
  const currency = deps.settings.currency.code;
  const viewed = (made: Result<Deposit, CallFault>): Result<DepositView, CallFault> =>
    made.ok ? ok(depositView(made.value)) : made;
  return {
    'banking.state': async () =>
      ok({
        safeMinor: balanceOf(ledger, 'safe', currency),
        chequesMinor: balanceOf(ledger, 'cheque', currency),
        deposits: deposits(ledger, 200).map(depositView),
        lastSalesEnd: lastCycle(ledger, 'sales')?.number ?? 0,
        lastBankingEnd: lastCycle(ledger, 'banking')?.number ?? 0,
        sinceLastEnd: depositsSinceEnd(ledger).length,
      }),
    'banking.deposit': async ({ requestId, account, amountMinor, reference }, session) => {
      const { beneficiary } = shiftSettings(deps.settings);
      const made = { depositId: requestId, account, amountMinor, reference, currency, beneficiary };
      return viewed(
        stored(ledger, requestId, 'banking.deposit', (tx) => makeDeposit(tx, momentOf(deps, session), made)),
      );
    },
    'banking.match': async ({ requestId, depositId, reason }, session) =>
      viewed(
        stored(ledger, requestId, 'banking.match', (tx) =>
          matchDeposit(tx, momentOf(deps, session), depositId, { reason }),
        ),
      ),
  };
}

function cycleHandlers(deps: HandlerDeps): Part<'cycle'> {
  const { ledger } = deps;
  return {
    'cycle.end': async ({ requestId, kind }, session) => {
      const figures =
        kind === 'sales' ? await heeding(ledger, startJob({ ...deps.books, kind: 'sales' })).outcome : null;
      const ended = stored(ledger, requestId, 'cycle.end', (tx) =>
        endCycle(tx, deps, session, requestId, figures),
      );
      if (!ended.ok) return ended;
      deps.printing.wake();
      const job = deps.printing.job(requestId);
      return job ? ok({ number: ended.value, printJob: printJobView(job) }) : refuse('print-job-unknown');
    },
    'cycle.print': async ({ requestId, kind, number }, session) => {
      const { printing } = deps;
      const made = printing.job(requestId);
      if (made) return ok(printJobView(made));
      const ended = findCycle(ledger, kind, number);
      const document = cycleSlip(deps, slipPlace(deps, session), kind, number);
      if (!ended || !document) return refuse('cycle-unknown', { number });
      const { subjectId } = ended;
      const { operatorId } = signedIn(session);
      const copy = { jobId: requestId, createdUnixMs: deps.now(), operatorId, reason: 'asked for' };
      ledger.transaction((tx) => {
        // Books that were brought back from head office have the end and not its paper: that one is made anew.
        const copied = subjectId !== null && insertCopyJob(tx, { ...copy, saleId: subjectId });
        if (!copied) queueSlip(tx, deps, { jobId: requestId, subjectId, document });
      });
      const job = printing.send(requestId, operatorId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'cycle.pdf': async ({ kind, number }, session) => {
      const document = cycleSlip(deps, slipPlace(deps, session), kind, number);
      return document ? savePdf(deps, document) : refuse('cycle-unknown', { number });
    },
  };
}

function endOfDayHandlers(deps: HandlerDeps): Part<'day'> {
  return {
    'day.send': async () => {
      void deps.exchange.visitNow();
      return ok({});
    },
    'day.backup': async () => {
      deps.keeper.backupSoon();
      return ok({});
    },
    'day.state': async () => {
      const steps = daySteps(deps);
      return ok({
        steps: [...steps],
        green: steps.every(({ state }) => state === 'done' || state === 'not-set-up'),
      });
    },
  };
}

/** `figures` are those of a run of sales; null ends a banking. */
function endCycle(
  tx: LedgerTx,
  deps: HandlerDeps,
  session: Session,
  jobId: string,
  figures: SalesFigures | null,
): Result<number, CallFault> {
  const moment = momentOf(deps, session);
  const number = figures
    ? endSales(tx, moment, jobId, figures)
    : endBanking(tx, moment, jobId, deps.settings.currency.code);
  if (!number.ok) return number;
  const document = cycleSlip(
    { ...deps, ledger: tx },
    slipPlace(deps, session),
    figures ? 'sales' : 'banking',
    number.value,
  );
  assert(document, 'a cycle that was just ended has its figures');
  queueSlip(tx, deps, { jobId, subjectId: jobId, document });
  return number;
}

/** The page of a cycle that was ended; undefined when there is none of that number. */
function cycleSlip(
  { ledger }: { readonly ledger: LedgerReader | LedgerTx },
  place: SlipPlace,
  kind: 'sales' | 'banking',
  number: number,
): ReceiptDocument | undefined {
  if (kind === 'sales') {
    const ended = findCycle<SalesFigures>(ledger, kind, number);
    return ended && salesEndSlip(place, number, ended.figures);
  }
  const ended = findCycle<BankingFigures>(ledger, kind, number);
  return ended && bankingSlip(place, number, ended.figures);
}

function depositsSinceEnd(ledger: LedgerReader): readonly Deposit[] {
  const from = lastCycle(ledger, 'banking')?.toRecord ?? 0;
  return deposits(ledger, 200).filter(({ recordId }) => recordId > from);
}

/** How far the day's end has come, in the order in which it is done. */
function daySteps(deps: HandlerDeps): readonly DayEndStep[] {
  const { ledger } = deps;
  const zs = zsOfLastDay(deps);
  const open = openShifts(ledger);
  const uncounted = open.filter(({ step }) => step !== 'counted').length;
  const doubts = openSales(ledger);
  const variance = zs
    .flatMap((z) => z.figures.variances)
    .reduce((sum, { varianceMinor }) => sum + varianceMinor, 0);
  const closed = open.length === 0;
  const backup = deps.keeper.dayEnd(zs[0]?.figures.closedUnixMs ?? 0);
  const step = (
    id: DayEndStep['id'],
    state: DayEndStep['state'],
    count: number,
    amountMinor: number | null = null,
    problem: string | null = null,
  ): DayEndStep => ({ id, state, count, amountMinor, problem });
  return [
    step(
      'doubts',
      doubts.length === 0 ? 'done' : 'problem',
      doubts.length,
      doubts.reduce((sum, sale) => sum + sale.amountMinor, 0),
    ),
    step('count', uncounted === 0 ? 'done' : 'waiting', uncounted),
    step('variance', closed ? 'done' : 'waiting', open.length - uncounted, closed ? variance : null),
    step('z', closed && zs.length > 0 ? 'done' : 'waiting', closed ? zs.length : open.length),
    bankingStep(deps, zs[0]?.toRecord ?? 0),
    batchStep(deps, zs[0]?.toRecord ?? 0),
    step('backup', backup.state, 0, null, backup.problem),
  ];
}

/** The Zs of the day of the newest one: a day may end after midnight, and a morning begins with the last one's end. */
function zsOfLastDay({ ledger, settings }: HandlerDeps): readonly CycleEnd<ZFigures>[] {
  const zs = lastZs(ledger, 40);
  const dayOf = (z: CycleEnd<ZFigures>): string => businessDateOf(z.figures.closedUnixMs, settings.zone);
  return zs.filter((z) => zs[0] !== undefined && dayOf(z) === dayOf(zs[0]));
}

/** Done once everything is at the bank, or the banking was ended after the newest Z with something left on purpose. */
function bankingStep({ ledger, settings }: HandlerDeps, zRecord: number): DayEndStep {
  const currency = settings.currency.code;
  const unbanked = balanceOf(ledger, 'safe', currency) + balanceOf(ledger, 'cheque', currency);
  const waiting = depositsSinceEnd(ledger).length;
  const ended = (lastCycle(ledger, 'banking')?.toRecord ?? 0) > zRecord;
  const done = waiting === 0 && (unbanked <= 0 || ended);
  return {
    id: 'banking',
    state: done ? 'done' : 'waiting',
    count: waiting,
    amountMinor: unbanked,
    problem: null,
  };
}

/** Whether the newest Z is on its way to head office. The answer comes when head office reads it, not tonight. */
function batchStep(deps: HandlerDeps, zRecord: number): DayEndStep {
  const { state, problem, waitingBatches, busy } = deps.exchange.status();
  const closed = (lastBatch(deps.ledger)?.lastRecordId ?? 0) > zRecord;
  const sent = closed && (waitingBatches === 0 || state === 'sent');
  const steps: readonly (readonly [boolean, DayEndStep['state']])[] = [
    [state !== 'enrolled' && state !== 'sent', 'not-set-up'],
    [busy, 'busy'],
    [problem !== null, 'problem'],
    [sent, 'done'],
  ];
  const found = steps.find(([holds]) => holds)?.[1] ?? 'waiting';
  return {
    id: 'batch',
    state: found,
    count: waitingBatches,
    amountMinor: null,
    problem: found === 'problem' ? problem : null,
  };
}
