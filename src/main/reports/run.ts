import {
  civilDateText,
  civilFromMinutes,
  civilInZone,
  instantInZone,
  minutesFromEpoch,
  parseCivilMinute,
  unixMs,
} from '../../units/index.ts';
import { catalogues, LOCALES } from '../../i18n/index.ts';
import type { LedgerReader, SqlValue } from '../store/index.ts';
import { REPORTS, type ReportDefinition } from './definitions.ts';

export type Cell = string | number | null;

export type ReportRequest = {
  readonly name: string;
  /** Business days, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  /** What the audit trail is searched for; empty for everything. */
  readonly text: string;
  /** The utility's IANA zone. */
  readonly zone: string;
};

export type ReportResult = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly columns: ReportDefinition['columns'];
  readonly rows: readonly (readonly Cell[])[];
  /** Under each column with a total its sum; null under the others. */
  readonly totals: readonly (number | null)[];
  readonly chart: ReportDefinition['chart'] | null;
};

export function findReport(name: string): ReportDefinition | undefined {
  return REPORTS.find((report) => report.name === name);
}

/** The business days from one to the other. */
export function daysBetween(from: string, to: string): readonly string[] {
  const [first, last] = [minuteOf(from), minuteOf(to)];
  const days: string[] = [];
  for (let minute = first; minute <= last; minute += 1440) days.push(civilDateText(civilFromMinutes(minute)));
  return days;
}

function minuteOf(day: string): number {
  const at = parseCivilMinute(`${day} 00:00`);
  const minute = at && minutesFromEpoch(at);
  if (minute === undefined) throw new Error(`${day} is a day`);
  return minute;
}

/**
 * Runs a report over one unchanging state of the books. `onDay` is told after each business day. Takes as long as
 * reading the days asked for: for a thread of its own.
 */
export function runReport(
  reader: LedgerReader,
  request: ReportRequest,
  onDay: (done: number, of: number) => void = () => undefined,
): ReportResult {
  const report = findReport(request.name);
  if (!report) throw new Error(`there is a report ${request.name}`);
  const { from, to } = request;
  const days = report.span === 'now' ? [from] : daysBetween(from, to);
  const rows: Cell[][] = [];
  const merged = new Map<string, Cell[]>();
  for (const [index, day] of days.entries()) {
    for (const row of dayRows(reader, report, request, day)) {
      if (report.merge) mergeRow(report, merged, row);
      else rows.push(row);
    }
    onDay(index + 1, days.length);
  }
  const all = report.merge ? [...merged.values()].sort(byFirst) : rows;
  return {
    name: report.name,
    from,
    to,
    columns: report.columns,
    rows: all,
    totals: report.columns.map((column, at) =>
      column.total ? all.reduce((sum, row) => sum + Number(row[at]), 0) : null,
    ),
    chart: report.chart ?? null,
  };
}

function byFirst([a]: readonly Cell[], [b]: readonly Cell[]): number {
  return String(a) < String(b) ? -1 : 1;
}

function dayRows(
  reader: LedgerReader,
  report: ReportDefinition,
  request: ReportRequest,
  day: string,
): Cell[][] {
  const instant = (minute: number): number => instantInZone(civilFromMinutes(minute), request.zone);
  const values: Readonly<Record<string, SqlValue>> = {
    day,
    from: request.from,
    to: request.to,
    fromMs: instant(minuteOf(request.from)),
    toMs: instant(minuteOf(request.to) + 1440),
    text: request.text,
    kinds: JSON.stringify(kindsCalled(request.text)),
  };
  const bound: SqlValue[] = [];
  const sql = report.sql.replace(/:(day|fromMs|toMs|from|to|text|kinds)\b/gu, (_all, name: string) => {
    bound.push(values[name] ?? null);
    return '?';
  });
  // The columns get names of their own: two that are called alike would be one in a row.
  const names = report.columns.map((_column, at) => `c${at}`).join(', ');
  const found = reader
    .prepare(`WITH report(${names}) AS (${sql}) SELECT ${names} FROM report`)
    .all<Record<string, Cell>>(...bound);
  return found.map((row) =>
    Object.values(row).map((value, at) =>
      report.columns[at]?.as === 'hour' ? hourOf(Number(value), request.zone) : value,
    ),
  );
}

/** The kinds of records that have this in their name, in whatever language it was typed. */
function kindsCalled(text: string): readonly string[] {
  const typed = text.trim().toLowerCase();
  if (typed === '') return [];
  const named = LOCALES.flatMap((locale) => Object.entries(catalogues[locale]));
  const called = named.flatMap(([id, name]) => {
    const kind = id.startsWith('kind.') ? id.slice('kind.'.length) : undefined;
    return kind !== undefined && name.toLowerCase().includes(typed) ? [kind] : [];
  });
  return [...new Set(called)];
}

function hourOf(atUnixMs: number, zone: string): string {
  return String(civilInZone(unixMs(atUnixMs), zone).hour).padStart(2, '0');
}

function mergeRow(report: ReportDefinition, merged: Map<string, Cell[]>, row: Cell[]): void {
  const key = JSON.stringify(row.filter((_value, at) => !report.columns[at]?.total));
  const known = merged.get(key);
  if (!known) {
    merged.set(key, row);
    return;
  }
  for (const [at, column] of report.columns.entries())
    if (column.total) known[at] = Number(known[at]) + Number(row[at]);
}
