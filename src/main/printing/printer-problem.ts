/** What a printer, or the way to it, can be in want of. Each code has its two sentences in the catalogues. */
export type PrinterProblem = {
  readonly code:
    | 'printer-not-set-up'
    | 'printer-unreachable'
    | 'printer-silent'
    | 'printer-cut-off'
    | 'printer-paper-out'
    | 'printer-cover-open'
    | 'printer-cutter'
    | 'printer-fault'
    | 'printer-offline'
    | 'print-interrupted'
    | 'print-expired'
    | 'print-receipt-changed'
    | 'print-not-printed';
  readonly params: Readonly<Record<string, string | number>>;
};

/**
 * How one attempt ended. `failed-before-first-byte`: nothing of the slip left the station. `sent`: all of it
 * was handed over and nothing is known beyond that. `printed`: the printer itself has said so. `unknown`:
 * something left, and it is not known what came of it.
 */
export type PrintOutcome =
  | { readonly state: 'printed' }
  | { readonly state: 'sent' }
  | { readonly state: 'failed-before-first-byte' | 'unknown'; readonly problem: PrinterProblem };
