import type { KeyType } from '../../sts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** What a meter's decoder key is made from, as far as key-change tokens change it. */
export type KeyData = {
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
  /** Not kept by key changes from before meters could be moved to another type. */
  readonly keyType?: KeyType | undefined;
};

/** What key-change tokens that were sold make of a meter's key. */
export type KeyChanged = {
  /** What the directory said when it was sold, which an earlier change may have gone past. */
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
  was_key_type: KeyType | null;
  key_type: KeyType | null;
};

/**
 * The newest key change that a sale here brought to a meter. It holds only as long as the directory still says
 * what it said at that sale: newer words of head office come before it.
 */
export function keyChangeOf(reader: LedgerReader | LedgerTx, meterPan: string): KeyChanged | undefined {
  const row = reader.prepare('SELECT * FROM meter_key WHERE meter_pan = ?').get<KeyRow>(meterPan);
  if (!row) return undefined;
  const { was_sgc, was_krn, was_ti, was_key_type, sgc, krn, ti, ken, key_type } = row;
  return {
    was: { sgc: was_sgc, krn: was_krn, ti: was_ti, keyType: was_key_type ?? undefined },
    now: { sgc, krn, ti, ken, keyType: key_type ?? undefined },
  };
}

/** Keeps what a record says of a meter's key; the record itself has it in its detail. */
export function projectKeyChange(tx: LedgerTx, meterPan: string, { was, now }: KeyChanged): void {
  tx.prepare(
    `INSERT OR REPLACE INTO meter_key
       (meter_pan, was_sgc, was_krn, was_ti, was_key_type, sgc, krn, ti, ken, key_type)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    meterPan,
    was.sgc,
    was.krn,
    was.ti,
    was.keyType ?? null,
    now.sgc,
    now.krn,
    now.ti,
    now.ken,
    now.keyType ?? null,
  );
}
