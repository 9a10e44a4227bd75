import { parseMeterNumber, type MeterNumberError } from '../../sts/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import type { DirectoryTx } from '../store/index.ts';
import { accountKey, foldedWords, keypadKey, reversedPhone } from './fold-text.ts';
import { keepWord } from './near-words.ts';
import type { CustomerRecord, NewMeter, TariffVersion } from './records.ts';

/**
 * Adds a customer, or replaces what is kept of the one with this id. The words for search follow. Where no
 * language is given, the one that is known stays.
 */
export function upsertCustomer(tx: DirectoryTx, customer: CustomerRecord): void {
  const { customerId, name, account, phone, address, language } = customer;
  const row = tx
    .prepare(
      `INSERT INTO customer (customer_id, name, account, account_key, phone, phone_reversed, address, language)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (customer_id) DO UPDATE SET
         name = excluded.name, account = excluded.account, account_key = excluded.account_key,
         phone = excluded.phone, phone_reversed = excluded.phone_reversed, address = excluded.address,
         language = coalesce(excluded.language, language)
       RETURNING customer_row`,
    )
    .get<{ customer_row: number }>(
      customerId,
      name,
      account,
      accountKey(account),
      phone,
      reversedPhone(phone),
      address,
      language ?? null,
    );
  if (row === undefined) throw new Error('an upsert returns its row');
  tx.prepare('DELETE FROM customer_text WHERE rowid = ?').run(row.customer_row);
  const words = foldedWords(`${name} ${address}`);
  tx.prepare('INSERT INTO customer_text (rowid, words) VALUES (?, ?)').run(row.customer_row, words.join(' '));
  for (const word of words) keepWord(tx, word);
}

export type NewMeterError =
  MeterNumberError | { readonly code: 'customer-unknown'; readonly customerId: string };

/**
 * Adds a meter, or replaces what is kept of the one with this number. Returns its 18 digits; refuses a wrong
 * meter number and a customer that is not there. Throws when an attribute is out of its range.
 */
export function upsertMeter(tx: DirectoryTx, meter: NewMeter): Result<string, NewMeterError> {
  const number = parseMeterNumber(meter.meterNumber);
  if (!number.ok) return number;
  const { pan, drn } = number.value;
  const { customerId, resource, sgc, krn, ti, ea, dkga, keyType, baseDate, ken, tariffId } = meter;
  const { keypadSerial, keypadModel } = meter;
  const { changes } = tx
    .prepare(
      `INSERT INTO meter (pan, meter_number, customer_row, resource, sgc, krn, ti, ea, dkga, key_type,
         base_date, ken, tariff_id, blocked_reason, keypad_serial, keypad_key, keypad_model)
       SELECT ?, ?, customer_row, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM customer WHERE customer_id = ?
       ON CONFLICT (pan) DO UPDATE SET
         customer_row = excluded.customer_row, resource = excluded.resource, sgc = excluded.sgc,
         krn = excluded.krn, ti = excluded.ti, ea = excluded.ea, dkga = excluded.dkga,
         key_type = excluded.key_type, base_date = excluded.base_date, ken = excluded.ken,
         tariff_id = excluded.tariff_id, blocked_reason = excluded.blocked_reason,
         keypad_serial = CASE WHEN ? THEN excluded.keypad_serial ELSE keypad_serial END,
         keypad_key = CASE WHEN ? THEN excluded.keypad_key ELSE keypad_key END,
         keypad_model = CASE WHEN ? THEN excluded.keypad_model ELSE keypad_model END`,
    )
    .run(
      pan,
      drn,
      resource,
      sgc,
      krn,
      ti,
      ea,
      dkga,
      keyType,
      baseDate,
      ken,
      tariffId,
      meter.blockedReason,
      keypadSerial ?? null,
      keypadSerial == null ? null : keypadKey(keypadSerial),
      keypadModel ?? null,
      customerId,
      Number(keypadSerial !== undefined),
      Number(keypadSerial !== undefined),
      Number(keypadModel !== undefined),
    );
  return changes === 1 ? ok(pan) : err({ code: 'customer-unknown', customerId });
}

export type TariffVersionError = {
  readonly code: 'tariff-version-differs';
  readonly tariffId: string;
  readonly version: number;
};

/**
 * Keeps a version of a tariff. The same version again is taken as the same; with other content it is refused,
 * because sales may have been made by the first one.
 */
export function putTariffVersion(tx: DirectoryTx, tariff: TariffVersion): Result<null, TariffVersionError> {
  const { tariffId, version, effectiveFromUnixMs } = tariff;
  const document = JSON.stringify(tariff.document);
  const present = tx
    .prepare(
      `SELECT document, effective_from_unix_ms FROM tariff_version WHERE tariff_id = ? AND version = ?`,
    )
    .get<{ document: string; effective_from_unix_ms: number }>(tariffId, version);
  if (present) {
    const same = present.document === document && present.effective_from_unix_ms === effectiveFromUnixMs;
    return same ? ok(null) : err({ code: 'tariff-version-differs', tariffId, version });
  }
  tx.prepare(
    `INSERT INTO tariff_version (tariff_id, version, effective_from_unix_ms, document) VALUES (?, ?, ?, ?)`,
  ).run(tariffId, version, effectiveFromUnixMs, document);
  return ok(null);
}
