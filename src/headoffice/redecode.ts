import { createCipheriv, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  bytesFromHex,
  decodeToken,
  deriveDecoderKey,
  minuteOfTid,
  parseMeterNumber,
  prepareTokenCipher,
  type BaseDate,
  type StsCrypto,
  type TokenCipher,
} from '../sts/index.ts';
import { minutesFromEpoch } from '../units/index.ts';
import type { AuditTable } from './audit.ts';
import type { Session } from './db.ts';

/** A vending key that a person has at hand for an audit; it is read from a file and never kept. */
export type AuditKey = { readonly sgc: string; readonly krn: number; readonly key: Uint8Array };

const keysShape = z.array(
  z.strictObject({
    sgc: z.string().regex(/^\d{6}$/u),
    krn: z.int().min(1).max(9),
    key: z.string().regex(/^(?:[0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})$/u),
  }),
);

/** Reads keys for an audit: a JSON list of supply group, revision and key in hexadecimal. Throws for anything else. */
export function readAuditKeys(file: string): readonly AuditKey[] {
  return keysShape
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .map(({ sgc, krn, key }) => ({ sgc, krn, key: bytesFromHex(key) ?? new Uint8Array() }));
}

const COLUMNS = ['station', 'receipt_number', 'meter_pan', 'digits', 'field', 'recorded', 'decoded'];

const crypto: StsCrypto = {
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
  desEncrypt: (key, block) => {
    const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  },
};

type TokenRow = {
  readonly station: string;
  readonly receipt_number: string;
  readonly meter_pan: string;
  readonly meter: string;
  readonly digits: string;
  readonly subclass: number;
  readonly units_tenths: number | null;
  readonly token_minute: number | null;
};

type MeterKeys = {
  readonly ea: number;
  readonly dkga: number;
  readonly sgc: string;
  readonly krn: number;
  readonly keyType: number;
  readonly ti: number;
  readonly baseDate: BaseDate;
};

/**
 * Decodes every credit token again for whose group a key is at hand; a row for each figure that differs. What a restored
 * station lost and brought back counts once, as it came back.
 */
export async function redecode(session: Session, keys: readonly AuditKey[]): Promise<AuditTable> {
  const rows: Record<string, string | number | null>[] = [];
  const ciphers = new Map<string, TokenCipher | undefined>();
  const tokens =
    keys.length === 0
      ? []
      : await session.query<TokenRow>(
          `SELECT DISTINCT ON (token.station, receipt_number, digits) token.station, receipt_number, meter_pan, meter,
             digits, subclass, token.units_tenths, token.token_minute
           FROM token JOIN sale USING (station, sale_id) WHERE token_class = 0
           ORDER BY token.station, receipt_number, digits, token.epoch DESC, sale.epoch DESC`,
        );
  for (const token of tokens) {
    const { keys: meter } = JSON.parse(token.meter) as { readonly keys: MeterKeys };
    const name = JSON.stringify([token.meter_pan, meter]);
    if (!ciphers.has(name)) ciphers.set(name, cipherOf(keys, token.meter_pan, meter));
    const cipher = ciphers.get(name);
    if (!cipher) continue;
    for (const [field, recorded, decoded] of differences(token, cipher, meter.baseDate)) {
      const { station, receipt_number, meter_pan, digits } = token;
      rows.push({ station, receipt_number, meter_pan, digits, field, recorded, decoded });
    }
  }
  return { file: 'token-differs', columns: COLUMNS, rows };
}

function cipherOf(keys: readonly AuditKey[], pan: string, meter: MeterKeys): TokenCipher | undefined {
  const vending = keys.find(({ sgc, krn }) => sgc === meter.sgc && krn === meter.krn);
  const number = parseMeterNumber(pan);
  if (!vending || !number.ok) return undefined;
  const { ea, dkga, sgc, krn, keyType, ti, baseDate } = meter;
  const inputs = { ea, dkga, sgc, keyType, baseDate, meter: number.value, tariffIndex: ti, keyRevision: krn };
  const key = deriveDecoderKey(crypto, vending.key, inputs);
  return key.ok ? prepareTokenCipher(key.value) : undefined;
}

type Difference = readonly [field: string, recorded: string, decoded: string];

function differences(token: TokenRow, cipher: TokenCipher, baseDate: BaseDate): readonly Difference[] {
  const decoded = decodeToken(token.digits, { cipher });
  if (!decoded.ok) return [['token', 'good', decoded.error.code]];
  const { fields, subClass } = decoded.value;
  if (fields.kind !== 'credit') return [['class', '0', String(decoded.value.tokenClass)]];
  const minute = minutesFromEpoch(minuteOfTid(baseDate, fields.tid));
  const pairs: readonly (readonly [string, number | null, number])[] = [
    ['subclass', token.subclass, subClass],
    ['units_tenths', token.units_tenths, fields.units],
    ['token_minute', token.token_minute, minute ?? 0],
  ];
  return pairs
    .filter(([, recorded, found]) => recorded !== found)
    .map(([field, recorded, found]) => [field, String(recorded), String(found)]);
}
