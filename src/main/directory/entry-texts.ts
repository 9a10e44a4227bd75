import { z } from 'zod';
import type { CustomerTexts, MeterTexts } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import { columns, type ValueFault } from './import/columns.ts';
import type { CustomerRecord, MeterRecord, NewMeter } from './records.ts';

const customerTexts = z.object({
  name: columns.name,
  account: columns.account,
  phone: columns.phone,
  address: columns.address,
  language: columns.language,
});

const { customer_id: _customer, blocked_reason: _blocked, category: _category, ...rest } = columns;
const {
  name: _name,
  account: _account,
  phone: _phone,
  address: _address,
  language: _language,
  ...ofMeters
} = rest;
const meterTexts = z.object(ofMeters);

/** What is wrong with a form: the first field, and a word for the fault. */
function read<Output>(
  shape: z.ZodType<Output>,
  texts: Readonly<Record<string, string>>,
): Result<Output, ValueFault> {
  const trimmed = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.trim()]));
  const parsed = shape.safeParse(trimmed);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err({ column: String(issue?.path[0]) as ValueFault['column'], reason: issue?.message ?? 'invalid' });
}

/** A customer's form as values: the same rules as for a file of customers. */
export function readCustomerTexts(
  texts: CustomerTexts,
): Result<Omit<CustomerRecord, 'customerId'>, ValueFault> {
  const values = read(customerTexts, texts);
  if (!values.ok) return values;
  const { language, ...others } = values.value;
  return ok({ ...others, ...(language ? { language } : {}) });
}

/** A meter's form as values; its number comes out as all 18 digits. */
export function readMeterTexts(
  texts: MeterTexts,
): Result<Omit<NewMeter, 'customerId' | 'blockedReason'>, ValueFault> {
  const values = read(meterTexts, texts);
  if (!values.ok) return values;
  const { meter_number, key_type, base_date, tariff_id, keypad_serial, keypad_model, ...others } =
    values.value;
  return ok({
    ...others,
    meterNumber: meter_number,
    keyType: key_type,
    baseDate: base_date,
    tariffId: tariff_id,
    keypadSerial: keypad_serial || null,
    keypadModel: keypad_model || null,
  });
}

/** A meter as a form shows it. */
export function meterTextsOf(meter: MeterRecord): MeterTexts {
  return {
    meter_number: meter.meterNumber,
    resource: meter.resource,
    sgc: meter.sgc,
    krn: String(meter.krn),
    ti: String(meter.ti),
    ea: String(meter.ea),
    dkga: String(meter.dkga),
    key_type: String(meter.keyType),
    base_date: String(meter.baseDate),
    ken: String(meter.ken),
    tariff_id: meter.tariffId,
    keypad_serial: meter.keypadSerial ?? '',
    keypad_model: meter.keypadModel ?? '',
  };
}
