import { assert, err, ok, type Result } from '../units/index.ts';
import type { StsCrypto } from './crypto-port.ts';
import { checkAttribute, checkSupplyGroupCode, KEY_TYPE, type AttributeError } from './key-attributes.ts';
import type { MeterPan } from './meter-number.ts';
import type { BaseDate } from './token-identifier.ts';
import { bytesFromHex } from './words.ts';

/** The key that a meter decodes with: 8 bytes for EA07, 16 for EA11, most significant byte first. */
export type DecoderKey = { readonly ea: 7 | 11; readonly bytes: Uint8Array };

/** What a decoder key is made of, apart from the vending key itself. */
export type DecoderKeyInputs = {
  /** Decoder key generation algorithm, 1 to 4. */
  readonly dkga: number;
  /** Encryption algorithm: 7, 9 or 11. */
  readonly ea: number;
  readonly meter: MeterPan;
  /** Supply group code, six digits. */
  readonly sgc: string;
  /** 0 to 3, see KEY_TYPE. */
  readonly keyType: number;
  /** 0 to 99. */
  readonly tariffIndex: number;
  /** Key revision number, 1 to 9. */
  readonly keyRevision: number;
  /** Enters the derivation with DKGA04 only. */
  readonly baseDate: BaseDate;
};

export type RefusalReason =
  /** No published value exists to check the algorithm against. */
  | 'no-verified-values'
  /** Taken out of the standard's third edition. */
  | 'withdrawn'
  /** Not for new products, by the standard's third edition. */
  | 'deprecated';

export type DecoderKeyError =
  | AttributeError
  | { readonly code: 'dkga-refused'; readonly dkga: number; readonly reason: RefusalReason }
  | { readonly code: 'dkga-unknown'; readonly dkga: number }
  | { readonly code: 'ea-refused'; readonly ea: number; readonly reason: RefusalReason }
  | { readonly code: 'ea-unknown'; readonly ea: number }
  | { readonly code: 'ea-not-for-dkga'; readonly dkga: number; readonly ea: number }
  | { readonly code: 'key-type-refused'; readonly keyType: number; readonly reason: RefusalReason }
  | {
      readonly code: 'vending-key-length';
      readonly dkga: number;
      readonly lengthBytes: number;
      readonly expectedBytes: number;
    };

const DKGA_REFUSED: Readonly<Record<number, RefusalReason>> = { 1: 'no-verified-values', 3: 'withdrawn' };
const EA_REFUSED: Readonly<Record<number, RefusalReason>> = { 9: 'deprecated' };
/** The encryption algorithms of each derivation that can be used. */
export const EAS_OF_DKGA: Readonly<Record<number, readonly number[]>> = { 2: [7], 4: [7, 11] };

/** Bytes of a vending key for each derivation. */
export const VENDING_KEY_BYTES: Readonly<Record<number, number>> = { 2: 8, 4: 20 };

const BLOCK_DIGITS = 16;
const DKGA04_DATA_BYTES = 49;

/**
 * The PAN block of the DES derivations: the issuer's last five digits and an 11-digit meter number, or its last
 * three and a 13-digit one; zeros stand for the meter number of a common key.
 */
export function panBlock(iin: string, drn: string, keyType: number): string {
  const issuer = iin.slice(drn.length - BLOCK_DIGITS);
  return issuer + (keyType === KEY_TYPE.common ? '0'.repeat(drn.length) : drn);
}

/** The control block of the DES derivations: key type, supply group, tariff index, key revision, filler. */
export function controlBlock(inputs: {
  readonly keyType: number;
  readonly sgc: string;
  readonly tariffIndex: number;
  readonly keyRevision: number;
}): string {
  const { keyType, sgc, tariffIndex, keyRevision } = inputs;
  return `${keyType}${sgc}${twoDigits(tariffIndex)}${keyRevision}FFFFFF`;
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}

function hexBytes(hex: string): Uint8Array {
  const bytes = bytesFromHex(hex);
  assert(bytes !== undefined, 'the block is hexadecimal');
  return bytes;
}

/** DKGA02: DES of the two blocks combined, combined again with them and with the vending key. */
function deriveWithDes(crypto: StsCrypto, vendingKey: Uint8Array, inputs: DecoderKeyInputs): Uint8Array {
  const pan = hexBytes(panBlock(inputs.meter.iin, inputs.meter.drn, inputs.keyType));
  const control = hexBytes(controlBlock(inputs));
  const block = pan.map((byte, index) => byte ^ control[index]!);
  const encrypted = crypto.desEncrypt(vendingKey, block);
  return block.map((byte, index) => byte ^ encrypted[index]! ^ vendingKey[index]!);
}

/** Writes a group of texts: how many, then each with its length before it. Returns where it ended. */
function writeGroup(bytes: Uint8Array, start: number, texts: readonly string[]): number {
  let at = start;
  bytes[at++] = texts.length;
  for (const text of texts) {
    bytes[at++] = text.length;
    for (let index = 0; index < text.length; index += 1) bytes[at++] = text.charCodeAt(index);
  }
  return at;
}

/** The bytes that DKGA04 hashes: four labels, a zero, four values, the key length in bits as four bytes. */
export function dkga04Data(inputs: DecoderKeyInputs): Uint8Array {
  const bytes = new Uint8Array(DKGA04_DATA_BYTES);
  const year = inputs.baseDate.toString().slice(2);
  const labels = ['04', year, twoDigits(inputs.ea), twoDigits(inputs.tariffIndex)];
  const values = [inputs.sgc, inputs.keyType.toString(), inputs.keyRevision.toString(), inputs.meter.pan];
  const separator = writeGroup(bytes, 0, labels);
  const keyLength = writeGroup(bytes, separator + 1, values);
  bytes[keyLength + 3] = inputs.ea === 11 ? 0x80 : 0x40;
  return bytes;
}

function checkAlgorithms(dkga: number, ea: number, keyType: number): Result<7 | 11, DecoderKeyError> {
  const dkgaReason = DKGA_REFUSED[dkga];
  if (dkgaReason !== undefined) return err({ code: 'dkga-refused', dkga, reason: dkgaReason });
  const eas = EAS_OF_DKGA[dkga];
  if (eas === undefined) return err({ code: 'dkga-unknown', dkga });
  const eaReason = EA_REFUSED[ea];
  if (eaReason !== undefined) return err({ code: 'ea-refused', ea, reason: eaReason });
  if (ea !== 7 && ea !== 11) return err({ code: 'ea-unknown', ea });
  if (!eas.includes(ea)) return err({ code: 'ea-not-for-dkga', dkga, ea });
  if (dkga === 4 && keyType === KEY_TYPE.common) {
    return err({ code: 'key-type-refused', keyType, reason: 'no-verified-values' });
  }
  return ok(ea);
}

function firstFieldError(inputs: DecoderKeyInputs): AttributeError | undefined {
  const checks = [
    checkAttribute('keyType', inputs.keyType),
    checkSupplyGroupCode(inputs.sgc),
    checkAttribute('tariffIndex', inputs.tariffIndex),
    checkAttribute('keyRevision', inputs.keyRevision),
  ];
  for (const check of checks) if (!check.ok) return check.error;
  return undefined;
}

/**
 * Derives the decoder key of one meter from a vending key: 8 bytes for DKGA02, 20 for DKGA04. Parity of an
 * 8-byte key is not looked at here: `hasOddParity` is for whoever loads keys. DKGA01, DKGA03, EA09 and a common
 * key under DKGA04 are recognised and refused with the reason.
 */
export function deriveDecoderKey(
  crypto: StsCrypto,
  vendingKey: Uint8Array,
  inputs: DecoderKeyInputs,
): Result<DecoderKey, DecoderKeyError> {
  const ea = checkAlgorithms(inputs.dkga, inputs.ea, inputs.keyType);
  if (!ea.ok) return ea;
  const fieldError = firstFieldError(inputs);
  if (fieldError !== undefined) return err(fieldError);
  const expectedBytes = VENDING_KEY_BYTES[inputs.dkga]!;
  if (vendingKey.length !== expectedBytes) {
    const lengthBytes = vendingKey.length;
    return err({ code: 'vending-key-length', dkga: inputs.dkga, lengthBytes, expectedBytes });
  }
  if (inputs.dkga === 2) return ok({ ea: ea.value, bytes: deriveWithDes(crypto, vendingKey, inputs) });
  const mac = crypto.hmacSha256(vendingKey, dkga04Data(inputs));
  return ok({ ea: ea.value, bytes: Uint8Array.from(mac.subarray(0, ea.value === 11 ? 16 : 8)) });
}

/** Whether every byte of a DES key has an odd number of set bits, as a vending key must have. */
export function hasOddParity(key: Uint8Array): boolean {
  return key.every((byte) => {
    const nibble = byte ^ (byte >>> 4);
    return ((0x6996 >>> (nibble & 15)) & 1) === 1;
  });
}
