import type { CustomerView } from '../../contract/index.ts';
import type { BaseDate, KeyType } from '../../sts/index.ts';
import type { Resource } from '../../units/index.ts';

/** What is kept of a customer. */
export type CustomerRecord = CustomerView;

/** What is kept of a meter, apart from its number and its customer. */
export type MeterDetails = {
  readonly resource: Resource;
  /** Supply group code, six digits. */
  readonly sgc: string;
  /** Key revision number, 1 to 9. */
  readonly krn: number;
  /** Tariff index, 0 to 99: part of the meter's key, not a price. */
  readonly ti: number;
  /** Encryption algorithm: 7, 9 or 11. */
  readonly ea: number;
  /** Decoder key generation algorithm, 1 to 4. */
  readonly dkga: number;
  readonly keyType: KeyType;
  readonly baseDate: BaseDate;
  /** Key expiry number, 0 to 255. */
  readonly ken: number;
  /** Which price list applies. */
  readonly tariffId: string;
  /** Why nothing may be sold, in the words of whoever blocked it, or null. */
  readonly blockedReason: string | null;
  /** Serial number on the keypad; where it is left out, the one that is known stays. */
  readonly keypadSerial?: string | null | undefined;
  /** What the keypad is, as somebody wrote it down: `keypadOf` knows some. Left out, what is known stays. */
  readonly keypadModel?: string | null | undefined;
};

export type MeterRecord = MeterDetails & {
  /** 18 digits. */
  readonly pan: string;
  /** The 11 or 13 digits on the meter. */
  readonly meterNumber: string;
  readonly customer: CustomerRecord;
};

/** A meter as it is put in: by the number on its face, or all 18 digits. */
export type NewMeter = MeterDetails & { readonly meterNumber: string; readonly customerId: string };

export type TariffVersion = {
  readonly tariffId: string;
  /** 1 upwards. */
  readonly version: number;
  readonly effectiveFromUnixMs: number;
  /** The tariff file's JSON as data; `parseTariff` says whether it can be used. */
  readonly document: unknown;
};
