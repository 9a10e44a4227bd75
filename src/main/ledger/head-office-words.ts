import type { LedgerReader, LedgerTx } from '../store/index.ts';

/** The most that head office lets be sold, in minor units; a null (or nothing) is no limit of its own. */
export type OfficeLimits = {
  readonly perSaleMinor: number | null;
  readonly perMeterDayMinor: number | null;
  readonly perOperatorDayMinor: number | null;
  readonly perOperatorShiftMinor?: number | null | undefined;
};

/** What head office last said of something, or undefined. */
export function headOfficeWord<Word>(reader: LedgerReader | LedgerTx, name: string): Word | undefined {
  const row = reader
    .prepare('SELECT value FROM head_office_word WHERE name = ?')
    .get<{ value: string }>(name);
  return row && (JSON.parse(row.value) as Word);
}

/** Keeps what head office says of something, in place of what it said before. */
export function keepHeadOfficeWord(tx: LedgerTx, name: string, value: object): void {
  tx.prepare(
    'INSERT INTO head_office_word VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, JSON.stringify(value));
}
