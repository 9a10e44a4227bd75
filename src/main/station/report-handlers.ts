import { refuse, type CallFault, type Handlers, type ReportJobView } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { businessDateOf } from '../ledger/index.ts';
import {
  daysBetween,
  findReport,
  REPORTS,
  startJob,
  type FinishedReport,
  type JobProgress,
  type ReportResult,
  type RunningJob,
} from '../reports/index.ts';
import { heeding } from './heeding.ts';
import type { HandlerDeps } from './handlers.ts';
import { printJobView } from './sale-view.ts';
import { queueSlip, slipPlace } from './shift-handlers.ts';
import { saveExport, savePdf, type Saved } from './save-export.ts';
import { reportSlip } from './shift-slips.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

type Kept = {
  state: ReportJobView['state'];
  progress: JobProgress;
  result: FinishedReport | null;
  readonly stop: RunningJob<FinishedReport>['stop'];
};

/** Finished reports are kept for a while, so that what is on the screen can be printed and saved. */
const KEPT_REPORTS = 8;
/** As many rows as go on a slip: four metres of it. A longer report is saved as a file. */
const PAPER_ROWS = 1_000;
const LONGEST_DAYS = 3_700;

export function reportHandlers(deps: HandlerDeps): Part<'report'> {
  const jobs = new Map<string, Kept>();
  const known = (jobId: string): Kept | undefined => jobs.get(jobId);
  const view = (jobId: string): Result<ReportJobView, CallFault> => {
    const job = known(jobId);
    return job ? ok(jobView(jobId, job)) : refuse('report-unknown');
  };
  return {
    'report.names': async () =>
      ok({
        names: REPORTS.map(({ name }) => name),
        today: businessDateOf(deps.now(), deps.settings.zone),
      }),
    'report.start': async ({ name, from, to, text }) => {
      if (!findReport(name)) return refuse('report-unknown');
      if (from > to || daysBetween(from, to).length > LONGEST_DAYS) return refuse('report-days');
      const jobId = deps.newId();
      jobs.set(jobId, startReport(deps, { name, from, to, text, zone: deps.settings.zone }));
      forgetOldest(jobs);
      return view(jobId);
    },
    'report.job': async ({ jobId }) => view(jobId),
    'report.cancel': async ({ jobId }) => {
      const job = known(jobId);
      if (job?.state === 'running') {
        job.state = 'cancelled';
        await job.stop();
      }
      return view(jobId);
    },
    'report.print': async ({ requestId, jobId }, session) => {
      const report = onPaper(known(jobId));
      if (!report.ok) return report;
      const document = reportSlip(slipPlace(deps, session), report.value);
      if (!deps.printing.job(requestId))
        deps.ledger.transaction((tx) => queueSlip(tx, deps, { jobId: requestId, subjectId: null, document }));
      deps.printing.wake();
      const job = deps.printing.job(requestId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'report.save': async ({ jobId, format }, session) => {
      const job = known(jobId);
      if (format !== 'pdf') return saveRows(deps, job, format);
      const report = onPaper(job);
      if (!report.ok) return report;
      const document = reportSlip(slipPlace(deps, session), report.value);
      return savePdf(deps, document, exportName(report.value, 'pdf'));
    },
  };
}

function startReport(deps: HandlerDeps, request: Parameters<typeof startJob<'report'>>[0]['request']): Kept {
  const running = heeding(
    deps.ledger,
    startJob({ ...deps.books, kind: 'report', request }, (progress) => {
      job.progress = progress;
    }),
  );
  const job: Kept = { state: 'running', progress: { done: 0, of: 0 }, result: null, stop: running.stop };
  running.outcome.then(
    (result) => {
      job.result = result;
      job.state = 'done';
    },
    () => {
      // Stopped by a person, or the thread died: the one was said already, the other the screen says.
      if (job.state === 'running') job.state = 'failed';
    },
  );
  return job;
}

function forgetOldest(jobs: Map<string, Kept>): void {
  const [oldest] = jobs.keys();
  if (jobs.size <= KEPT_REPORTS || oldest === undefined) return;
  void jobs.get(oldest)?.stop();
  jobs.delete(oldest);
}

function jobView(jobId: string, job: Kept): ReportJobView {
  const { state, progress, result } = job;
  return {
    jobId,
    state,
    daysDone: progress.done,
    daysOf: progress.of,
    report: result && reportView(result),
  };
}

function reportView({ shown, rowCount }: FinishedReport): NonNullable<ReportJobView['report']> {
  const { name, from, to, columns, rows, totals, chart } = shown;
  return {
    name,
    from,
    to,
    columns: columns.map(({ id, kind, total }) => ({ id, kind, total })),
    rows: rows.map((row) => [...row]),
    rowCount,
    totals: [...totals],
    chart: chart ? { ...chart, up: [...chart.up] } : null,
  };
}

/** A finished report that a slip or a page has room for. */
function onPaper(job: Kept | undefined): Result<ReportResult, CallFault> {
  if (!job?.result) return refuse('report-unknown');
  const { shown, rowCount } = job.result;
  return rowCount > PAPER_ROWS ? refuse('report-long', { rows: rowCount, most: PAPER_ROWS }) : ok(shown);
}

const exportName = ({ name, from, to }: ReportResult, ending: string): string =>
  `${name}_${from}_${to}.${ending}`;

/** Writes a whole report, on a thread. */
async function saveRows(deps: HandlerDeps, job: Kept | undefined, format: 'csv' | 'ndjson'): Promise<Saved> {
  if (!job?.result) return refuse('report-unknown');
  const { shown, whole } = job.result;
  const { currency, zone } = deps.settings;
  const save = { kind: 'save', report: whole, format, place: { currency, zone } } as const;
  return saveExport(deps, exportName(shown, format), (to) => startJob({ ...save, to }).outcome);
}
