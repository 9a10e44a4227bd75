import path from 'node:path';
import { findTariffVersion } from '../main/directory/index.ts';
import { openReader, type DirectoryReader } from '../main/store/index.ts';
import { quantiseUnits, type StoredPricing } from '../main/vending/index.ts';
import { parseTariff, replay, type Difference } from '../tariff/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { bindingFromEnvironment } from './open.ts';

export type ReplayFlags = {
  readonly data: string;
  readonly json: boolean;
  /** Receipt numbers, both included; from the first and to the last when left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

type SaleRow = { readonly receipt_number: string; readonly quote: string };

/**
 * Computes recorded sales again from what was stored with them (tariff version, account state, request) and
 * names every figure that comes out differently. Ends with the plain line of counts.
 */
export function replayTariff(io: Io, flags: ReplayFlags): number {
  const ledger = openReader('ledger', path.join(flags.data, 'ledger.db'), bindingFromEnvironment());
  if (!ledger.ok) return sayFault(io, ledger.error, flags.json);
  const directory = openReader('directory', path.join(flags.data, 'directory.db'), bindingFromEnvironment());
  if (!directory.ok) {
    ledger.value.close();
    return sayFault(io, directory.error, flags.json);
  }
  try {
    const sales = ledger.value
      .prepare(
        `SELECT receipt_number, quote FROM sale
         WHERE json_extract(quote, '$.tariff') IS NOT NULL AND row_id >= coalesce((SELECT row_id FROM sale WHERE receipt_number = ?), 0)
           AND row_id <= coalesce((SELECT row_id FROM sale WHERE receipt_number = ?), 9223372036854775807)
         ORDER BY row_id`,
      )
      .iterate<SaleRow>(flags.from ?? null, flags.to ?? null);
    return replayAll(io, sales, directory.value, flags.json);
  } finally {
    ledger.value.close();
    directory.value.close();
  }
}

function replayAll(io: Io, sales: Iterable<SaleRow>, directory: DirectoryReader, json: boolean): number {
  const counts = { passed: 0, failed: 0 };
  for (const sale of sales) {
    const differences = replaySale(sale, directory);
    if (differences.length === 0) counts.passed += 1;
    else counts.failed += 1;
    for (const difference of differences) {
      if (json) io.out(JSON.stringify({ receiptNumber: sale.receipt_number, ...difference }));
      else {
        const { path: field, recorded, recomputed } = difference;
        io.err(
          `${sale.receipt_number} ${field}: recorded ${JSON.stringify(recorded)}, now ${JSON.stringify(recomputed)}`,
        );
      }
    }
  }
  io.out(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 ? EXIT.done : EXIT.failed;
}

function replaySale(sale: SaleRow, directory: DirectoryReader): readonly Difference[] {
  const stored = JSON.parse(sale.quote) as StoredPricing;
  const { id, version } = stored.tariff;
  const document = findTariffVersion(directory, id, version);
  if (!document) return [{ path: 'tariff', recorded: stored.tariff, recomputed: null }];
  const tariff = parseTariff(document.document);
  if (!tariff.ok) return [{ path: 'tariff', recorded: stored.tariff, recomputed: tariff.error }];
  const { quote, state } = stored;
  return replay(tariff.value, { state, request: quote.request, at: quote.at, quote }, quantiseUnits);
}
