import { createCipheriv, createHmac } from 'node:crypto';
import {
  decodeToken,
  deriveDecoderKey,
  encodeKeyChange,
  encodeToken,
  issueTid,
  parseMeterNumber,
  prepareTokenCipher,
  tokenToHex,
  withinKeyExpiry,
  type BaseDate,
  type DecodedToken,
  type DecoderKey,
  type EncodedToken,
  type EncryptedTokenFields,
  type KeyType,
  type MeterPan,
  type StsCrypto,
} from '../../sts/index.ts';
import { civilAtOffset, unixMs } from '../../units/index.ts';

/** The module's own refusal, by the code that goes over the wire. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A vending key of the simulated module, in the clear. */
export type VaultKey = {
  /** Supply group code, six digits. */
  readonly sgc: string;
  readonly krn: number;
  readonly keyType: KeyType;
  readonly baseDate: BaseDate;
  readonly ken: number;
  readonly dkga: 2 | 4;
  /** Hexadecimal: 16 digits for DKGA02, 40 for DKGA04. */
  readonly key: string;
  /** The group's clock, minutes ahead of UTC. */
  readonly offsetMinutes: number;
  /** A newer key that meters are moved to whenever their holder allows it: its revision. */
  readonly movesToKrn?: number;
};

/** What a call says of a meter. */
export type VaultMeter = {
  readonly number: string;
  readonly ea: number;
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
};

const crypto: StsCrypto = {
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
  desEncrypt: (key, block) => {
    const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  },
};

export function meterNumber(number: string): MeterPan {
  const parsed = parseMeterNumber(number);
  if (!parsed.ok) throw new Refusal('ESts.DrnOrPan.CheckDigit');
  return parsed.value;
}

/** What a key change makes of a meter; `withGroup`: a third token tells an EA07 meter its supply group. */
export type VaultTarget = { readonly to: VaultKey; readonly ti: number; readonly withGroup: boolean };

/** Keys, and the last token time of each meter: what a tamper wipes. */
export class Vault {
  readonly #keys: readonly VaultKey[];
  readonly #lastTid = new Map<string, number>();

  constructor(keys: readonly VaultKey[]) {
    this.#keys = keys;
  }

  keyFor(sgc: string, krn: number): VaultKey {
    const found = this.#keys.find((key) => key.sgc === sgc && key.krn === krn);
    if (!found) throw new Refusal('EKeystore.NotFound');
    return found;
  }

  /** Six hexadecimal digits that stand for a key. */
  checkValue(key: VaultKey): string {
    const zeros = new Uint8Array(8);
    const secret = Buffer.from(key.key, 'hex');
    const check = key.dkga === 2 ? crypto.desEncrypt(secret, zeros) : crypto.hmacSha256(secret, zeros);
    return Buffer.from(check).toString('hex').slice(0, 6).toUpperCase();
  }

  /** The token time of a meter's next token: its minute is used up by asking. */
  nextTid(meter: VaultMeter, key: VaultKey, nowUnixMs: number): number {
    const place = `${meterNumber(meter.number).pan} ${key.baseDate}`;
    const tid = issueTid(
      key.baseDate,
      civilAtOffset(unixMs(nowUnixMs), key.offsetMinutes),
      this.#lastTid.get(place),
    );
    if (!tid.ok) throw new Refusal('ESts.VkBeforeBdt');
    if (!withinKeyExpiry(tid.value, key.ken)) throw new Refusal('ESts.VkExpired');
    this.#lastTid.set(place, tid.value);
    return tid.value;
  }

  encode(meter: VaultMeter, key: VaultKey, fields: EncryptedTokenFields): EncodedToken {
    const made = encodeToken(prepareTokenCipher(this.#decoderKey(meter, key)), fields);
    if (!made.ok) throw new Refusal('EParamRange');
    return made.value;
  }

  keyChange(meter: VaultMeter, from: VaultKey, target: VaultTarget): readonly EncodedToken[] {
    const { to, ti, withGroup } = target;
    const next = {
      key: this.#decoderKey({ ...meter, ti }, to),
      sgc: to.sgc,
      keyType: to.keyType,
      tariffIndex: ti,
      keyRevision: to.krn,
      keyExpiry: to.ken,
    };
    const cipher = prepareTokenCipher(this.#decoderKey(meter, from));
    const rollOver = to.baseDate !== from.baseDate;
    const options = { fromKeyType: from.keyType, rollOver, withSupplyGroup: withGroup };
    const made = encodeKeyChange(cipher, next, options);
    if (!made.ok) throw new Refusal('ESm.29');
    return made.value;
  }

  /** Undefined with the server's own word for it when the token is not good. */
  decode(
    meter: VaultMeter,
    key: VaultKey,
    digits: string,
  ): DecodedToken | 'EVerify.Crc' | 'EVerify.KeyExpired' {
    const cipher = prepareTokenCipher(this.#decoderKey(meter, key));
    const decoded = decodeToken(digits, { cipher, keyType: key.keyType, keyExpiry: key.ken });
    if (decoded.ok) return decoded.value;
    return decoded.error.code === 'KeyExpiredError' ? 'EVerify.KeyExpired' : 'EVerify.Crc';
  }

  #decoderKey(meter: VaultMeter, key: VaultKey): DecoderKey {
    const derived = deriveDecoderKey(crypto, Buffer.from(key.key, 'hex'), {
      dkga: key.dkga,
      ea: meter.ea,
      meter: meterNumber(meter.number),
      sgc: key.sgc,
      keyType: key.keyType,
      tariffIndex: meter.ti,
      keyRevision: key.krn,
      baseDate: key.baseDate,
    });
    if (!derived.ok) throw new Refusal('ESm.40');
    return derived.value;
  }
}

export function hexOf(token: EncodedToken): string {
  return tokenToHex(token.token);
}
