import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { PrinterLevel } from './conversation.ts';
import type { PrinterProblem } from './printer-problem.ts';

/** What was found out about a printer, and what happened to it. */
export type PrinterLogEntry =
  | { readonly kind: 'probed'; readonly level: PrinterLevel }
  | { readonly kind: 'drawer-opened'; readonly reason: string }
  | {
      readonly kind: 'problem' | 'problem-over';
      readonly code: PrinterProblem['code'] | 'printer-paper-near-end';
    };

export function recordPrinterEvent(
  tx: LedgerTx,
  address: string,
  atUnixMs: number,
  entry: PrinterLogEntry,
  operatorId: string | null,
): void {
  const { kind, ...detail } = entry;
  tx.prepare(
    'INSERT INTO printer_event (at_unix_ms, address, kind, operator_id, detail) VALUES (?, ?, ?, ?, ?)',
  ).run(atUnixMs, address, kind, operatorId, JSON.stringify(detail));
}

/** What the newest probe of the printer at this address found; undefined when there was none. */
export function probedLevel(from: LedgerReader | LedgerTx, address: string): PrinterLevel | undefined {
  const row = from
    .prepare(
      `SELECT detail FROM printer_event WHERE address = ? AND kind = 'probed' ORDER BY event_row DESC LIMIT 1`,
    )
    .get<{ detail: string }>(address);
  return row && (JSON.parse(row.detail) as { level: PrinterLevel }).level;
}
