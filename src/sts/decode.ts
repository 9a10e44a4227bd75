import { err, ok, type Result } from '../units/index.ts';
import { unpackCredit } from './class0.ts';
import { unpackMeterTest } from './class1.ts';
import { unpackManagement } from './class2.ts';
import { tokenCrcField } from './crc.ts';
import { KEY_TYPE, type KeyType } from './key-attributes.ts';
import { keyTypeMoveAllowed } from './key-rules.ts';
import { unpackKeySection } from './key-sections.ts';
import { unpackPayload, type FieldValues, type Layout } from './layout.ts';
import type { TokenCipher } from './token-cipher.ts';
import { extractClass, parseToken, type Token66, type TokenFormatError } from './token-digits.ts';
import type { FieldProblem, TokenFields } from './token-fields.ts';
import { isCurrencyToken, tokenFormat } from './token-formats.ts';
import { withinKeyExpiry } from './token-identifier.ts';
import type { Block64 } from './words.ts';

/** A token read back. */
export type DecodedToken = {
  readonly fields: TokenFields;
  readonly tokenClass: 0 | 1 | 2;
  readonly subClass: number;
  readonly token: Token66;
  /** The data block after decryption. */
  readonly clearBlock: Block64;
};

/**
 * Why a token is not accepted, by the standard's names, in the order in which a meter looks: the first that
 * applies is given.
 */
export type TokenError =
  | TokenFormatError
  /** `subClass` is missing when the class itself has no function. */
  | { readonly code: 'FunctionError'; readonly tokenClass: number; readonly subClass?: number }
  | { readonly code: 'decoder-key-needed'; readonly tokenClass: number }
  | { readonly code: 'CRCError'; readonly tokenClass: number }
  | { readonly code: 'MfrCodeError'; readonly manufacturerCode: number }
  | { readonly code: 'DDTKError' }
  | { readonly code: 'KeyExpiredError'; readonly tid: number; readonly keyExpiry: number }
  | { readonly code: 'OldError'; readonly tid: number }
  | { readonly code: 'UsedError'; readonly tid: number }
  | (FieldProblem & { readonly code: 'RangeError' })
  | { readonly code: 'KeyTypeError'; readonly from: KeyType; readonly to: KeyType };

/** What is known of the meter; a check whose knowledge is missing is not made. */
export type DecodeContext = {
  /** Needed for class 0 and 2. */
  readonly cipher?: TokenCipher;
  /** The meter's own manufacturer code, as a number. */
  readonly manufacturerCode?: number;
  /** The type of the key in the meter. */
  readonly keyType?: KeyType;
  /** The expiry number of the key in the meter. */
  readonly keyExpiry?: number;
  /** What the meter's store says about a token time. */
  readonly tidState?: (tid: number) => 'new' | 'old' | 'used';
};

type Clear = {
  readonly tokenClass: 0 | 1 | 2;
  readonly subClass: number;
  readonly payload: number;
  readonly block: Block64;
};

/** Steps 2 to 4: class, decryption, check field. */
function clear(token: Token66, cipher: TokenCipher | undefined): Result<Clear, TokenError> {
  const { tokenClass, block } = extractClass(token);
  if (tokenClass !== 0 && tokenClass !== 1 && tokenClass !== 2) {
    return err({ code: 'FunctionError', tokenClass });
  }
  if (tokenClass !== 1 && !cipher) return err({ code: 'decoder-key-needed', tokenClass });
  const plain = tokenClass === 1 || !cipher ? block : cipher.decrypt(block);
  const subClass = plain.hi >>> 28;
  const payloadLow = plain.lo >>> 16;
  const isCurrency = isCurrencyToken(tokenClass, subClass);
  const crc = tokenCrcField({ tokenClass, hi: plain.hi, payloadLow }, isCurrency);
  if (crc !== (plain.lo & 0xffff)) return err({ code: 'CRCError', tokenClass });
  const payload = (plain.hi & 0x0fff_ffff) * 2 ** 16 + payloadLow;
  return ok({ tokenClass, subClass, payload, block: plain });
}

/** Steps 5 and 6: the maker, and whether the token does anything. The result is its raw field values. */
function checkFunction(token: Clear, context: DecodeContext): Result<FieldValues<Layout>, TokenError> {
  const { tokenClass, subClass } = token;
  const format = tokenFormat(tokenClass, subClass, context.cipher?.ea ?? 7);
  if (!format) return err({ code: 'FunctionError', tokenClass, subClass });
  const values = unpackPayload(format.layout, token.payload);
  const { manufacturerCode = 0 } = values;
  const own = context.manufacturerCode;
  if (manufacturerCode !== 0 && own !== undefined && manufacturerCode !== own) {
    return err({ code: 'MfrCodeError', manufacturerCode });
  }
  return format.isProprietary ? err({ code: 'FunctionError', tokenClass, subClass }) : ok(values);
}

/** Steps 7 to 9: key type, key expiry, token time. */
function checkOnce(
  tokenClass: number,
  tid: number | undefined,
  context: DecodeContext,
): TokenError | undefined {
  const { keyType, keyExpiry, tidState } = context;
  if (tokenClass === 0 && keyType === KEY_TYPE.default) return { code: 'DDTKError' };
  if (tid === undefined) return undefined;
  if (keyExpiry !== undefined && !withinKeyExpiry(tid, keyExpiry)) {
    return { code: 'KeyExpiredError', tid, keyExpiry };
  }
  const state = tidState?.(tid);
  if (state === 'old') return { code: 'OldError', tid };
  return state === 'used' ? { code: 'UsedError', tid } : undefined;
}

function unpack(token: Clear, ea: 7 | 11): Result<TokenFields, FieldProblem> {
  const { subClass, payload } = token;
  if (token.tokenClass === 0) return ok(unpackCredit(subClass, payload));
  if (token.tokenClass === 1) return ok(unpackMeterTest(subClass, payload));
  return unpackManagement(subClass, payload) ?? unpackKeySection(subClass, payload, ea);
}

/** Step 10: values that no meter takes, and key types that must not follow one another. */
function checkedFields(token: Clear, context: DecodeContext): Result<TokenFields, TokenError> {
  const unpacked = unpack(token, context.cipher?.ea ?? 7);
  if (!unpacked.ok) return err({ code: 'RangeError', ...unpacked.error });
  const fields = unpacked.value;
  const from = context.keyType;
  if (fields.kind === 'key-section-1' && from !== undefined && !keyTypeMoveAllowed(from, fields.keyType)) {
    return err({ code: 'KeyTypeError', from, to: fields.keyType });
  }
  return unpacked;
}

/**
 * Reads a token back, as a meter does and in its order of checks. Checks that need to know the meter (maker,
 * key type, key expiry, token times) are made as far as the context tells. Spaces and dashes are ignored.
 */
export function decodeToken(text: string, context: DecodeContext): Result<DecodedToken, TokenError> {
  const parsed = parseToken(text);
  if (!parsed.ok) return parsed;
  const plain = clear(parsed.value, context.cipher);
  if (!plain.ok) return plain;
  const values = checkFunction(plain.value, context);
  if (!values.ok) return values;
  const { tokenClass, subClass, block } = plain.value;
  const onceError = checkOnce(tokenClass, values.value['tid'], context);
  if (onceError) return err(onceError);
  const fields = checkedFields(plain.value, context);
  if (!fields.ok) return fields;
  return ok({ fields: fields.value, tokenClass, subClass, token: parsed.value, clearBlock: block });
}
