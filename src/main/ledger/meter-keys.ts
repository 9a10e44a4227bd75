import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** What a meter's decoder key is made from, as far as key-change tokens change it. */
export type KeyData = { readonly sgc: string; readonly krn: number; readonly ti: number };

/** What key-change tokens that were sold make of a meter's key. */
export type KeyChanged = {
  readonly was: KeyData;
  readonly now: KeyData & { readonly ken: number };
};

type KeyRow = {
  was_sgc: string;
  was_krn: number;
  was_ti: number;
  sgc: string;
  krn: number;
  ti: number;
  ken: number;
};

/**
 * The newest key change that a sale here brought to a meter. It holds only as long as the directory still says
 * what the meter had before: newer words of head office come before it.
 */
export function keyChangeOf(reader: LedgerReader | LedgerTx, meterPan: string): KeyChanged | undefined {
  const row = reader.prepare('SELECT * FROM meter_key WHERE meter_pan = ?').get<KeyRow>(meterPan);
  if (!row) return undefined;
  const { was_sgc, was_krn, was_ti, sgc, krn, ti, ken } = row;
  return { was: { sgc: was_sgc, krn: was_krn, ti: was_ti }, now: { sgc, krn, ti, ken } };
}

/** Keeps what a record says of a meter's key; the record itself has it in its detail. */
export function projectKeyChange(tx: LedgerTx, meterPan: string, { was, now }: KeyChanged): void {
  tx.prepare(
    `INSERT INTO meter_key (meter_pan, was_sgc, was_krn, was_ti, sgc, krn, ti, ken) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (meter_pan) DO UPDATE SET was_sgc = excluded.was_sgc, was_krn = excluded.was_krn,
       was_ti = excluded.was_ti, sgc = excluded.sgc, krn = excluded.krn, ti = excluded.ti, ken = excluded.ken`,
  ).run(meterPan, was.sgc, was.krn, was.ti, now.sgc, now.krn, now.ti, now.ken);
}
