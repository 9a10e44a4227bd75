/**
 * The STS token engine (IEC 62055-41): meter numbers, decoder keys, ciphers and tokens, in both directions.
 * Cryptography comes in as an argument; nothing here reads a clock, draws a random number or keeps state.
 */
export * from './amount.ts';
export { luhnCheckDigit } from './check-digit.ts';
export { ALL_TESTS, controlOf, extendedReadControl, METER_TESTS, testsOf, type MeterTest } from './class1.ts';
export {
  CREDIT_REGISTERS,
  FLAG_INDEX,
  flagValue,
  packManagement,
  unpackManagement,
  type ManagementError,
} from './class2.ts';
export { crcFieldOfBytes } from './crc.ts';
export type { StsCrypto } from './crypto-port.ts';
export * from './currency-amount.ts';
export * from './decide.ts';
export * from './decode.ts';
export * from './decoder-key.ts';
export * from './encode.ts';
export * from './key-attributes.ts';
export * from './key-change.ts';
export * from './key-rules.ts';
export * from './meter-card.ts';
export * from './meter-number.ts';
export * from './token-cipher.ts';
export * from './token-digits.ts';
export * from './token-fields.ts';
export { tokenFormat, type TokenFormat } from './token-formats.ts';
export * from './token-identifier.ts';
export { unpackPayload } from './layout.ts';
export { cleanTypedDigits, type TypedDigitsError } from './typed-digits.ts';
export { blockFromHex, blockToHex, bytesFromHex, bytesToHex, type Block64 } from './words.ts';
export { checkVector, runVectors, type KindReport, type VectorReport } from './vectors/run-vectors.ts';
export type { Vector, VectorProblem } from './vectors/vector.ts';
