import { civilDateText, civilInZone, unixMs } from '../../units/index.ts';

/** When, where and by whom a record is written. */
export type Moment = {
  readonly nowUnixMs: number;
  /** The utility's IANA zone: business days are its calendar days. */
  readonly zone: string;
  readonly operatorId: string | null;
};

/** The utility's calendar day, `YYYY-MM-DD`: computed once and stored with the record. */
export function businessDateOf(nowUnixMs: number, zone: string): string {
  return civilDateText(civilInZone(unixMs(nowUnixMs), zone));
}
