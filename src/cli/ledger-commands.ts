import { balances, verifyChain } from '../main/ledger/index.ts';
import { openReader, type ClosableReader } from '../main/store/index.ts';
import path from 'node:path';
import { bindingFromEnvironment } from './open.ts';
import { EXIT, sayFault, type Io } from './io.ts';

/** Opens the ledger for reading, beside a station that may be selling from it. */
function readLedger(io: Io, data: string, json: boolean): ClosableReader<'ledger'> | number {
  const opened = openReader('ledger', path.join(data, 'ledger.db'), bindingFromEnvironment());
  return opened.ok ? opened.value : sayFault(io, opened.error, json);
}

/** Recomputes the whole chain; names the first row that is not as it was written. */
export function verifyLedger(io: Io, data: string, json: boolean): number {
  const ledger = readLedger(io, data, json);
  if (typeof ledger === 'number') return ledger;
  try {
    const verified = verifyChain(ledger);
    if (!verified.ok) {
      if (json) io.out(JSON.stringify({ ok: false, ...verified.error }));
      else
        io.err(
          `The ledger is not as it was written: ${verified.error.reason} at ${verified.error.row}, record ${verified.error.record}.`,
        );
      return EXIT.failed;
    }
    const { records, rows, epoch, sequence, head } = verified.value;
    const balanced = balances(ledger);
    if (json) io.out(JSON.stringify({ ok: true, records, rows, epoch, sequence, head, balances: balanced }));
    else {
      io.out(
        `${records} records with ${rows} rows are as they were written; epoch ${epoch}, sequence ${sequence}.`,
      );
      io.out(`head ${head}`);
      for (const row of balanced)
        io.out(`${row.account.padEnd(20)} ${row.currency} ${String(row.balanceMinor).padStart(14)}`);
    }
    return EXIT.done;
  } finally {
    ledger.close();
  }
}

const EXPORTED = ['record', 'transfer', 'sale', 'sale_step', 'token'] as const;

/** Every row of the journal as one JSON line, in the order of the chain's tables. */
export function exportLedger(io: Io, data: string): number {
  const ledger = readLedger(io, data, false);
  if (typeof ledger === 'number') return ledger;
  try {
    for (const table of EXPORTED) {
      for (const row of ledger
        .prepare(`SELECT * FROM ${table} ORDER BY 1`)
        .iterate<Record<string, unknown>>()) {
        const readable = Object.entries(row).map(([column, value]) => [
          column,
          value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
        ]);
        io.out(JSON.stringify({ table, ...Object.fromEntries(readable) }));
      }
    }
    return EXIT.done;
  } finally {
    ledger.close();
  }
}
