/** Reports over the books: one table of definitions, run on a thread of its own. */
export { REPORTS, type ReportDefinition } from './definitions.ts';
export { cellText, csvLines, ndjsonLines, type Place } from './file.ts';
export {
  endResting,
  SHOWN_ROWS,
  startJob,
  type FinishedReport,
  type Job,
  type JobProgress,
  type RunningJob,
} from './jobs.ts';
export {
  daysBetween,
  findReport,
  runReport,
  type Cell,
  type ReportRequest,
  type ReportResult,
} from './run.ts';
