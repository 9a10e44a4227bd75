import type { Station } from '../main/station/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { openFromTerminal } from './open.ts';
import { saySale, sell } from './sell.ts';

export const TRAINING_SALE = {
  meter: 'Thandi Nkosi',
  amount: '100',
  cash: '200',
  operator: 'Amina',
  pin: '1234',
} as const;

/** The sale that a new cashier makes first: in the terminal, for a machine without a screen. */
export async function trainingSale(
  io: Io,
  flags: { data: string; printer?: string | undefined; json: boolean },
): Promise<number> {
  const opened = await openFromTerminal({ ...flags, profile: 'training' });
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  const station: Station = opened.value;
  try {
    const sale = await sell(station, TRAINING_SALE);
    if (!sale.ok) return sayFault(io, sale.error, flags.json);
    if (flags.json) io.out(JSON.stringify({ ok: true, sale: sale.value }));
    else {
      io.out(
        `Training: ${TRAINING_SALE.operator} sells ${TRAINING_SALE.amount} to ${TRAINING_SALE.meter}. Data folder: ${flags.data}`,
      );
      saySale(io, station, sale.value);
    }
    return EXIT.done;
  } finally {
    await station.close();
  }
}
