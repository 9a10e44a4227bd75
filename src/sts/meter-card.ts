import { err, ok, type Result } from '../units/index.ts';
import { ATTRIBUTE_RANGES } from './key-attributes.ts';
import { parseMeterNumber, type MeterNumberError, type MeterPan } from './meter-number.ts';

/**
 * What a meter card says on track 2. The order of the fields after the separator is that of the standard's
 * identification record as it is commonly described; no published card exists to check it against.
 */
export type MeterCard = {
  readonly meter: MeterPan;
  /** Year and month after which the card is void; undefined when it never is. */
  readonly expires: { readonly year: number; readonly month: number } | undefined;
  /** Token carrier: 1 magnetic card, 2 numbers on a keypad. */
  readonly tokenCarrier: number;
  /** Encryption algorithm. */
  readonly ea: number;
  /** Supply group code, six digits. */
  readonly sgc: string;
  readonly tariffIndex: number;
  readonly keyRevision: number;
};

export type MeterCardError =
  | MeterNumberError
  /** The text is not `;`, 18 digits, `=`, 17 digits, `?`. */
  | { readonly code: 'card-format' }
  | { readonly code: 'card-field'; readonly field: 'expires' | 'keyRevision'; readonly value: string }
  | { readonly code: 'card-expired'; readonly year: number; readonly month: number };

const TRACK_2 = /^;?(\d{18})=(\d{2})(\d{2})(\d{2})(\d{2})(\d{6})(\d{2})(\d)(?:\?.?)?$/u;
/** Two-digit years belong to this century. */
const CENTURY = 2000;

function expiryOf(year: string, month: string): Result<MeterCard['expires'], MeterCardError> {
  if (year === '00' && month === '00') return ok(undefined);
  const number = Number(month);
  if (number < 1 || number > 12) return err({ code: 'card-field', field: 'expires', value: year + month });
  return ok({ year: CENTURY + Number(year), month: number });
}

/**
 * Reads the text of a meter card's track 2: a start sign, the 18-digit meter number, `=`, then expiry (YYMM,
 * 0000 for none), token carrier, encryption algorithm, supply group, tariff index and key revision. Readers
 * that leave out the start and end signs are tolerated.
 */
export function parseMeterCard(track2: string): Result<MeterCard, MeterCardError> {
  const match = TRACK_2.exec(track2.trim());
  if (!match) return err({ code: 'card-format' });
  const [pan, year, month, carrier, ea, sgc, tariffIndex, keyRevision] = match.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const meter = parseMeterNumber(pan);
  if (!meter.ok) return meter;
  const expires = expiryOf(year, month);
  if (!expires.ok) return expires;
  if (Number(keyRevision) < ATTRIBUTE_RANGES.keyRevision.minimum) {
    return err({ code: 'card-field', field: 'keyRevision', value: keyRevision });
  }
  return ok({
    meter: meter.value,
    expires: expires.value,
    tokenCarrier: Number(carrier),
    ea: Number(ea),
    sgc,
    tariffIndex: Number(tariffIndex),
    keyRevision: Number(keyRevision),
  });
}

/** Refuses a card whose month of expiry is over. */
export function checkMeterCardExpiry(
  card: MeterCard,
  today: { readonly year: number; readonly month: number },
): Result<MeterCard, MeterCardError> {
  const { expires } = card;
  const isOver = expires && expires.year * 12 + expires.month < today.year * 12 + today.month;
  return isOver ? err({ code: 'card-expired', ...expires }) : ok(card);
}
