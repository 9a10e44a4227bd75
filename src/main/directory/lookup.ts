import { isLocale } from '../../i18n/index.ts';
import type { BaseDate, KeyType } from '../../sts/index.ts';
import type { Resource } from '../../units/index.ts';
import type { DirectoryReader, DirectoryTx } from '../store/index.ts';
import { reversedPhone } from './fold-text.ts';
import type { CustomerRecord, MeterRecord, TariffVersion } from './records.ts';

type MeterRow = {
  readonly pan: string;
  readonly meter_number: string;
  readonly resource: Resource;
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
  readonly ea: number;
  readonly dkga: number;
  readonly key_type: KeyType;
  readonly base_date: BaseDate;
  readonly ken: number;
  readonly tariff_id: string;
  readonly blocked_reason: string | null;
  readonly customer_id: string;
  readonly name: string;
  readonly account: string;
  readonly phone: string;
  readonly address: string;
  readonly language: string | null;
  readonly keypad_serial: string | null;
  readonly keypad_model: string | null;
};

/** The meter with this 18-digit number and its customer. */
export function findMeter(db: DirectoryReader | DirectoryTx, pan: string): MeterRecord | undefined {
  const row = db
    .prepare('SELECT * FROM meter JOIN customer USING (customer_row) WHERE pan = ?')
    .get<MeterRow>(pan);
  if (row === undefined) return undefined;
  const { sgc, krn, ti, ea, dkga, ken, resource } = row;
  return {
    pan: row.pan,
    meterNumber: row.meter_number,
    resource,
    sgc,
    krn,
    ti,
    ea,
    dkga,
    keyType: row.key_type,
    baseDate: row.base_date,
    ken,
    tariffId: row.tariff_id,
    blockedReason: row.blocked_reason,
    ...(row.keypad_serial === null ? {} : { keypadSerial: row.keypad_serial }),
    ...(row.keypad_model === null ? {} : { keypadModel: row.keypad_model }),
    customer: customerOf(row),
  };
}

/** A customer with the 18 digits of every meter, or undefined. */
export function findCustomer(
  db: DirectoryReader | DirectoryTx,
  customerId: string,
): { readonly customer: CustomerRecord; readonly pans: readonly string[] } | undefined {
  const row = db
    .prepare('SELECT * FROM customer WHERE customer_id = ?')
    .get<MeterRow & { readonly customer_row: number }>(customerId);
  if (!row) return undefined;
  const pans = db
    .prepare('SELECT pan FROM meter WHERE customer_row = ? ORDER BY meter_row LIMIT 100')
    .all<{ pan: string }>(row.customer_row)
    .map(({ pan }) => pan);
  return { customer: customerOf(row), pans };
}

function customerOf(row: MeterRow): CustomerRecord {
  return {
    customerId: row.customer_id,
    name: row.name,
    account: row.account,
    phone: row.phone,
    address: row.address,
    ...(isLocale(row.language) ? { language: row.language } : {}),
  };
}

/** One version of a tariff, in force or not: for computing an earlier sale again. */
export function findTariffVersion(
  db: DirectoryReader,
  tariffId: string,
  version: number,
): TariffVersion | undefined {
  const row = db
    .prepare(
      'SELECT version, effective_from_unix_ms, document FROM tariff_version WHERE tariff_id = ? AND version = ?',
    )
    .get<TariffRow>(tariffId, version);
  return row && tariffVersion(tariffId, row);
}

/** Every version of every tariff, newest first. */
export function listTariffVersions(db: DirectoryReader): TariffVersion[] {
  return db
    .prepare(
      `SELECT tariff_id, version, effective_from_unix_ms, document FROM tariff_version
       ORDER BY tariff_id, effective_from_unix_ms DESC, version DESC`,
    )
    .all<TariffRow & { readonly tariff_id: string }>()
    .map((row) => tariffVersion(row.tariff_id, row));
}

function tariffVersion(tariffId: string, row: TariffRow): TariffVersion {
  const document: unknown = JSON.parse(row.document);
  return { tariffId, version: row.version, effectiveFromUnixMs: row.effective_from_unix_ms, document };
}

type TariffRow = {
  readonly version: number;
  readonly effective_from_unix_ms: number;
  readonly document: string;
};

/**
 * The version of a tariff that applies at an instant: the one that came into force last, and of two from the
 * same instant the higher version.
 */
export function tariffInForce(
  db: DirectoryReader,
  tariffId: string,
  atUnixMs: number,
): TariffVersion | undefined {
  const row = db
    .prepare(
      `SELECT version, effective_from_unix_ms, document FROM tariff_version
       WHERE tariff_id = ? AND effective_from_unix_ms <= ?
       ORDER BY effective_from_unix_ms DESC, version DESC LIMIT 1`,
    )
    .get<TariffRow>(tariffId, atUnixMs);
  return row && tariffVersion(tariffId, row);
}

/** The newest token time that another station gave this meter, as head office last told; minutes on the group's clock. */
export function toldTokenMinute(db: DirectoryReader, pan: string): number | undefined {
  return db.prepare('SELECT last_minute FROM token_time WHERE pan = ?').get<{ last_minute: number }>(pan)
    ?.last_minute;
}

/** Other meters of a resource that a meter's customer, or another with the same phone, has; at most so many. */
export function otherMetersOfPhone(
  db: DirectoryReader,
  { pan, resource, customer }: Pick<MeterRecord, 'pan' | 'resource' | 'customer'>,
  limit: number,
): readonly Pick<MeterRecord, 'pan' | 'meterNumber'>[] {
  const phone = reversedPhone(customer.phone);
  if (phone === '') return [];
  return db
    .prepare(
      `SELECT pan, meter_number AS meterNumber FROM customer JOIN meter USING (customer_row)
       WHERE phone_reversed = ? AND resource = ? AND pan <> ? LIMIT ?`,
    )
    .all<Pick<MeterRecord, 'pan' | 'meterNumber'>>(phone, resource, pan, limit);
}
