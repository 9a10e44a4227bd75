import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chainHead } from '../../src/main/ledger/index.ts';
import { openStation } from '../../src/main/station/index.ts';
import { openReader } from '../../src/main/store/index.ts';

/**
 * A till that sells until it is killed: `node till.ts FOLDER`. Each line on stdout is something the cashier
 * was told. Its clock runs a minute a sale and goes on from the ledger's last entry.
 */
const [folder = ''] = process.argv.slice(2);
let nowUnixMs = lastEntryUnixMs() + 60_000;

function lastEntryUnixMs(): number {
  const first = Date.UTC(2026, 10, 23, 8, 0);
  const file = path.join(folder, 'ledger.db');
  if (!existsSync(file)) return first;
  const ledger = openReader('ledger', file);
  // A file that was cut off while it was being made holds no entry yet.
  if (!ledger.ok) return first;
  try {
    return chainHead(ledger.value)?.atUnixMs ?? first;
  } finally {
    ledger.value.close();
  }
}

const opened = await openStation({
  dataFolder: folder,
  profile: 'training',
  now: () => nowUnixMs,
  random: (bytes) => randomBytes(bytes),
});
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const station = opened.value;
const session = station.newSession();
session.operator = { operatorId: 'till', name: 'Till', role: 'cashier' };
const pans = station.directory
  .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row')
  .all<{ pan: string }>()
  .map(({ pan }) => pan);
process.stdout.write('ready\n');
for (let n = 0; ; n += 1) {
  nowUnixMs += 60_000;
  const pan = pans[n % pans.length] ?? '';
  const amountMinor = 1_000 + 10 * (n % 500);
  const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  const sale = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: amountMinor },
    },
    session,
  );
  if (!sale.ok) throw new Error(JSON.stringify(sale.error));
  process.stdout.write(`told ${sale.value.saleId} ${sale.value.tokens[0]?.digits ?? ''}\n`);
}
