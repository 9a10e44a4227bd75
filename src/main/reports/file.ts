import {
  amountMinor,
  amountToText,
  civilInZone,
  civilToText,
  unitsTenths,
  unitsToText,
  unixMs,
  type Currency,
} from '../../units/index.ts';
import { csvField } from '../../batch/index.ts';
import type { Cell, ReportResult } from './run.ts';

/** Where and in what money a report is read. */
export type Place = { readonly currency: Currency; readonly zone: string };

/** A cell as a file has it: money with a point and without its code, times on the utility's clock. */
export function cellText(cell: Cell, kind: ReportResult['columns'][number]['kind'], place: Place): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  switch (kind) {
    case 'money':
      return amountToText(amountMinor(cell), place.currency);
    case 'units':
      return unitsToText(unitsTenths(cell));
    case 'time':
      return civilToText(civilInZone(unixMs(cell), place.zone));
    case 'share':
      return (cell / 100).toFixed(2);
    default:
      return String(cell);
  }
}

/** CSV (RFC 4180): the columns' ids, then the rows. Totals are not in it: whoever adds gets them. */
export function csvLines(report: ReportResult, place: Place): readonly string[] {
  return [
    report.columns.map(({ id }) => id).join(','),
    ...report.rows.map((row) =>
      row
        .map((cell, at) => csvField(cell === null ? null : cellText(cell, kindOf(report, at), place)))
        .join(','),
    ),
  ];
}

/** One JSON object in a line, figures as whole numbers of minor units, tenths and milliseconds. */
export function ndjsonLines(report: ReportResult): readonly string[] {
  return report.rows.map((row) =>
    JSON.stringify(Object.fromEntries(report.columns.map(({ id }, at) => [id, row[at] ?? null]))),
  );
}

function kindOf(report: ReportResult, at: number): ReportResult['columns'][number]['kind'] {
  return report.columns[at]?.kind ?? 'text';
}
