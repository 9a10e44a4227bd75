import type { LedgerWriter } from '../store/index.ts';
import { lookCode, type LookCode } from './printer-care.ts';
import { recordPrinterEvent } from './printer-log.ts';
import type { PrinterStatus } from './status.ts';

/** Writes down when a printer begins to need something, and when it no longer does; not every look at it. */
export function statusLog(
  ledger: LedgerWriter,
  address: () => string,
  now: () => number,
  onChange: (needs: LookCode | null) => void,
): (status: PrinterStatus) => void {
  let needs: LookCode | null = null;
  return (status) => {
    const code = lookCode(status);
    if (code === needs) return;
    const before = needs;
    needs = code;
    ledger.transaction((tx) => {
      if (before) recordPrinterEvent(tx, address(), now(), { kind: 'problem-over', code: before }, null);
      if (code) recordPrinterEvent(tx, address(), now(), { kind: 'problem', code }, null);
    });
    onChange(code);
  };
}
