import {
  refuse,
  type CallFault,
  type DayEndStep,
  type DepositView,
  type Handlers,
  type Session,
} from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { businessDateOf, openSales } from '../ledger/index.ts';
import { lastBatch } from '../exchange/index.ts';
import { startJob } from '../reports/index.ts';
import {
  balanceOf,
  deposits,
  endBanking,
  endSales,
  lastCycle,
  lastZs,
  makeDeposit,
  matchDeposit,
  openShifts,
  shiftSettings,
  type BankingFigures,
  type Deposit,
  type SalesFigures,
} from '../shifts/index.ts';
import type { LedgerTx } from '../store/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { printJobView } from './sale-view.ts';
import { momentOf, queueSlip, slipPlace } from './shift-handlers.ts';
import { bankingSlip, salesEndSlip } from './shift-slips.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

function depositView(deposit: Deposit): DepositView {
  const { depositId, number, reference, account, amountMinor, madeUnixMs, matchedUnixMs } = deposit;
  return { depositId, number, reference, account, amountMinor, madeUnixMs, matchedUnixMs };
}

export function bankingHandlers(deps: HandlerDeps): Part<'banking' | 'cycle' | 'day'> {
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
          matchDeposit(tx, momentOf(deps, session), depositId, reason),
        ),
      ),
    'cycle.end': async ({ requestId, kind }, session) => {
      const figures = kind === 'sales' ? await startJob({ ...deps.books, kind: 'sales' }).outcome : null;
      const ended = stored(ledger, requestId, 'cycle.end', (tx) =>
        endCycle(tx, deps, session, requestId, figures),
      );
      if (!ended.ok) return ended;
      deps.printing.wake();
      const job = deps.printing.job(requestId);
      return job ? ok({ number: ended.value, printJob: printJobView(job) }) : refuse('print-job-unknown');
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
    ? endSales(tx, moment, figures)
    : endBanking(tx, moment, deps.settings.currency.code);
  if (!number.ok) return number;
  const place = slipPlace(deps, session);
  const banked = lastCycle<BankingFigures>(tx, 'banking');
  const document =
    figures || !banked
      ? salesEndSlip(place, number.value, figures!)
      : bankingSlip(place, number.value, banked.figures);
  queueSlip(tx, deps, { jobId, subjectId: jobId, document });
  return number;
}

/** How far the day's end has come, in the order in which it is done. */
function daySteps(deps: HandlerDeps): readonly DayEndStep[] {
  const { ledger } = deps;
  const currency = deps.settings.currency.code;
  const today = businessDateOf(deps.now(), deps.settings.zone);
  const zs = lastZs(ledger, 40).filter(
    (z) => businessDateOf(z.figures.closedUnixMs, deps.settings.zone) === today,
  );
  const open = openShifts(ledger);
  const uncounted = open.filter(({ step }) => step !== 'counted').length;
  const unbanked = balanceOf(ledger, 'safe', currency) + balanceOf(ledger, 'cheque', currency);
  const doubts = openSales(ledger);
  const variance = zs
    .flatMap((z) => z.figures.variances)
    .reduce((sum, { varianceMinor }) => sum + varianceMinor, 0);
  const step = (
    id: DayEndStep['id'],
    state: DayEndStep['state'],
    count: number,
    amountMinor: number | null = null,
  ): DayEndStep => ({ id, state, count, amountMinor });
  return [
    step(
      'doubts',
      doubts.length === 0 ? 'done' : 'problem',
      doubts.length,
      doubts.reduce((sum, sale) => sum + sale.amountMinor, 0),
    ),
    step('count', uncounted === 0 ? 'done' : 'waiting', uncounted),
    step('variance', open.length === 0 ? 'done' : 'waiting', open.length - uncounted, variance),
    step('z', open.length === 0 && zs.length > 0 ? 'done' : 'waiting', zs.length),
    step(
      'banking',
      unbanked === 0 ? 'done' : 'waiting',
      deposits(ledger, 200).filter(isUnmatched).length,
      unbanked,
    ),
    step('batch', batchState(deps, zs[0]?.toRecord ?? 0), deps.exchange.status().waitingBatches),
    step('backup', deps.backupState(), 0),
  ];
}

/** Whether the newest Z has gone to head office and head office has everything that was sent. */
function batchState(deps: HandlerDeps, zRecord: number): DayEndStep['state'] {
  const { state, problem, waitingBatches } = deps.exchange.status();
  if (state !== 'enrolled' && state !== 'sent') return 'not-set-up';
  const sent = (lastBatch(deps.ledger)?.lastRecordId ?? 0) > zRecord;
  if (sent && waitingBatches === 0) return 'done';
  return problem === null ? 'waiting' : 'problem';
}

function isUnmatched(deposit: Deposit): boolean {
  return deposit.matchedUnixMs === null;
}
