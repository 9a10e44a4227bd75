import { refuse, type CallFault, type Handlers, type ReportJobView } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { businessDateOf } from '../ledger/index.ts';
import {
  csvLines,
  daysBetween,
  findReport,
  ndjsonLines,
  REPORTS,
  startJob,
  type JobProgress,
  type ReportResult,
  type RunningJob,
} from '../reports/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { printJobView } from './sale-view.ts';
import { queueSlip, slipPlace } from './shift-handlers.ts';
import { saveExport, savePdf } from './save-pdf.ts';
import { reportSlip } from './shift-slips.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

type Kept = {
  state: ReportJobView['state'];
  progress: JobProgress;
  result: ReportResult | null;
  readonly stop: RunningJob<ReportResult>['stop'];
};

/** Finished reports are kept for a while, so that what is on the screen can be printed and saved. */
const KEPT_REPORTS = 8;
/** As many rows as a person looks at; the file has them all. */
const SHOWN_ROWS = 5_000;
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
      const report = known(jobId)?.result;
      if (!report) return refuse('report-unknown');
      const document = reportSlip(slipPlace(deps, session), report);
      if (!deps.printing.job(requestId))
        deps.ledger.transaction((tx) => queueSlip(tx, deps, { jobId: requestId, subjectId: null, document }));
      deps.printing.wake();
      const job = deps.printing.job(requestId);
      return job ? ok(printJobView(job)) : refuse('print-job-unknown');
    },
    'report.save': async ({ jobId, format }, session) => {
      const report = known(jobId)?.result;
      if (!report) return refuse('report-unknown');
      const file =
        format === 'pdf'
          ? await savePdf(deps, reportSlip(slipPlace(deps, session), report), exportName(report, 'pdf'))
          : save(deps, report, format);
      return ok({ file });
    },
  };
}

function startReport(deps: HandlerDeps, request: Parameters<typeof startJob<'report'>>[0]['request']): Kept {
  const running = startJob({ ...deps.books, kind: 'report', request }, (progress) => {
    job.progress = progress;
  });
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
    report: result && {
      name: result.name,
      from: result.from,
      to: result.to,
      columns: result.columns.map(({ id, kind, total }) => ({ id, kind, total })),
      rows: result.rows.slice(0, SHOWN_ROWS).map((row) => [...row]),
      rowCount: result.rows.length,
      totals: [...result.totals],
      chart: result.chart ? { ...result.chart, up: [...result.chart.up] } : null,
    },
  };
}

const exportName = ({ name, from, to }: ReportResult, ending: string): string =>
  `${name}_${from}_${to}.${ending}`;

/** Writes a report into the folder of exports beside the books; returns the file's name. */
function save(deps: HandlerDeps, report: ReportResult, format: 'csv' | 'ndjson'): string {
  const lines = format === 'csv' ? csvLines(report, deps.settings) : ndjsonLines(report);
  const end = format === 'csv' ? '\r\n' : '\n';
  return saveExport(deps, exportName(report, format), lines.map((line) => line + end).join(''));
}
