import { err, ok, type Result } from '../units/index.ts';
import type { AmountCodingError } from './amount.ts';
import { packCredit } from './class0.ts';
import { packMeterTest } from './class1.ts';
import { packManagement } from './class2.ts';
import { tokenCrcField } from './crc.ts';
import type { CurrencyCodingError } from './currency-amount.ts';
import { packKeySection } from './key-sections.ts';
import type { PackedToken } from './layout.ts';
import type { TokenCipher } from './token-cipher.ts';
import { insertClass, tokenToDigits, type Token66 } from './token-digits.ts';
import type { EncryptedTokenFields, MeterTestToken, TokenFieldError } from './token-fields.ts';
import { isCurrencyToken } from './token-formats.ts';
import { isTid } from './token-identifier.ts';
import type { Block64 } from './words.ts';

/** A finished token. */
export type EncodedToken = {
  /** Twenty decimal digits. */
  readonly digits: string;
  readonly token: Token66;
  /** The data block before encryption. */
  readonly clearBlock: Block64;
};

export type EncodeError = TokenFieldError | AmountCodingError | CurrencyCodingError;

const LOW_PAYLOAD = 2 ** 16;

/** Puts sub-class, payload and check field together. */
function clearBlockOf(packed: PackedToken): Block64 {
  const payloadLow = packed.payload % LOW_PAYLOAD;
  const hi = packed.subClass * 2 ** 28 + (packed.payload - payloadLow) / LOW_PAYLOAD;
  const isCurrency = isCurrencyToken(packed.tokenClass, packed.subClass);
  const crc = tokenCrcField({ tokenClass: packed.tokenClass, hi, payloadLow }, isCurrency);
  return { hi, lo: payloadLow * LOW_PAYLOAD + crc };
}

function finish(packed: PackedToken, cipher: TokenCipher | undefined): EncodedToken {
  const clearBlock = clearBlockOf(packed);
  const token = insertClass(cipher ? cipher.encrypt(clearBlock) : clearBlock, packed.tokenClass);
  return { digits: tokenToDigits(token), token, clearBlock };
}

function onceError(fields: EncryptedTokenFields): TokenFieldError | undefined {
  if ('tid' in fields && !isTid(fields.tid)) {
    return { code: 'token-field-range', field: 'tid', value: fields.tid };
  }
  if ('rnd' in fields && !(Number.isInteger(fields.rnd) && fields.rnd >= 0 && fields.rnd <= 15)) {
    return { code: 'token-field-range', field: 'rnd', value: fields.rnd };
  }
  return undefined;
}

function pack(fields: EncryptedTokenFields): Result<PackedToken, EncodeError> {
  switch (fields.kind) {
    case 'credit':
    case 'currency-credit':
      return packCredit(fields);
    case 'key-section-1':
    case 'key-section-2':
    case 'key-section-3':
    case 'key-section-3-group':
    case 'key-section-4':
      return ok(packKeySection(fields));
    default:
      return packManagement(fields);
  }
}

/**
 * Makes a token of class 0 or 2 under a meter's key. Units, watts and money are rounded as their coding
 * requires: decode the token to see what it carries. Whether the key may make such a token now is for
 * `checkVending`; here every well-formed token can be made.
 */
export function encodeToken(
  cipher: TokenCipher,
  fields: EncryptedTokenFields,
): Result<EncodedToken, EncodeError> {
  const once = onceError(fields);
  if (once !== undefined) return err(once);
  const packed = pack(fields);
  return packed.ok ? ok(finish(packed.value, cipher)) : packed;
}

/** Makes a class 1 token, which needs no key and is the same for every meter. */
export function encodeMeterTest(fields: MeterTestToken): Result<EncodedToken, EncodeError> {
  const packed = packMeterTest(fields);
  return packed.ok ? ok(finish(packed.value, undefined)) : packed;
}
