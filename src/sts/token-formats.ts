import type { Layout } from './layout.ts';

/**
 * What the payload of every token consists of, as data: encoding, decoding and explaining all read these tables.
 * Names are the standard's; field names are ours.
 */

/** A number of units: random nibble, token time, coded amount. */
export const CREDIT = [
  ['rnd', 4],
  ['tid', 24],
  ['amount', 16],
] as const satisfies Layout;

/** Money: sign and high exponent bits stand where the random nibble stood. */
export const CURRENCY_CREDIT = [
  ['signExponent', 4],
  ['tid', 24],
  ['amount', 16],
] as const satisfies Layout;

/** A test for meters whose manufacturer code has two digits. */
export const METER_TEST = [
  ['control', 36],
  ['manufacturerCode', 8],
] as const satisfies Layout;

/** The same for four digits. */
export const METER_TEST_LONG_CODE = [
  ['control', 28],
  ['manufacturerCode', 16],
] as const satisfies Layout;

/** A value of 16 bits for one meter, at one time. */
export const MANAGEMENT = [
  ['rnd', 4],
  ['tid', 24],
  ['value', 16],
] as const satisfies Layout;

export const EXTENDED = [
  ['rnd', 4],
  ['tid', 24],
  ['index', 6],
  ['value', 10],
] as const satisfies Layout;

export const KEY_SECTION_1 = [
  ['keyExpiryHigh', 4],
  ['keyRevision', 4],
  ['rollOver', 1],
  ['thirdFollows', 1],
  ['keyType', 2],
  ['keyPart', 32],
] as const satisfies Layout;

export const KEY_SECTION_2 = [
  ['keyExpiryLow', 4],
  ['tariffIndex', 8],
  ['keyPart', 32],
] as const satisfies Layout;

/** EA07's third section carries no key, only the supply group. */
export const KEY_SECTION_3_GROUP = [
  ['supplyGroup', 24],
  ['pad', 20],
] as const satisfies Layout;

/** EA11's third and fourth sections: half of the supply group and a quarter of the key. */
export const KEY_SECTION_GROUP_HALF = [
  ['supplyGroupPart', 12],
  ['keyPart', 32],
] as const satisfies Layout;

/** The standard's name of a token and what its payload holds. */
export type TokenFormat = {
  readonly name: string;
  readonly layout: Layout;
  /** The maker's own: only the manufacturer code is understood. */
  readonly isProprietary?: true;
};

type FormatTable = Readonly<Record<number, TokenFormat>>;

const credit: TokenFormat = { name: 'TransferCredit', layout: CREDIT };
const currencyCredit: TokenFormat = { name: 'TransferCredit (currency)', layout: CURRENCY_CREDIT };
const makersTest: TokenFormat = { name: 'Proprietary', layout: METER_TEST, isProprietary: true };
const makersTestLongCode: TokenFormat = {
  name: 'Proprietary',
  layout: METER_TEST_LONG_CODE,
  isProprietary: true,
};

const CLASS_0: FormatTable = {
  0: credit,
  1: credit,
  2: credit,
  3: credit,
  4: currencyCredit,
  5: currencyCredit,
  6: currencyCredit,
  7: currencyCredit,
};

const CLASS_1: FormatTable = {
  0: { name: 'InitiateMeterTest/Display', layout: METER_TEST },
  1: { name: 'InitiateMeterTest/Display', layout: METER_TEST_LONG_CODE },
  2: { name: 'Extended read', layout: METER_TEST },
  6: makersTestLongCode,
  7: makersTestLongCode,
  8: makersTestLongCode,
  9: makersTestLongCode,
  10: makersTestLongCode,
  11: makersTest,
  12: makersTest,
  13: makersTest,
  14: makersTest,
  15: makersTest,
};

const CLASS_2: FormatTable = {
  0: { name: 'SetMaximumPowerLimit', layout: MANAGEMENT },
  1: { name: 'ClearCredit', layout: MANAGEMENT },
  2: { name: 'SetTariffRate', layout: MANAGEMENT },
  3: { name: 'Set1stSectionDecoderKey', layout: KEY_SECTION_1 },
  4: { name: 'Set2ndSectionDecoderKey', layout: KEY_SECTION_2 },
  5: { name: 'ClearTamperCondition', layout: MANAGEMENT },
  6: { name: 'SetMaximumPhasePowerUnbalanceLimit', layout: MANAGEMENT },
  7: { name: 'SetWaterMeterFactor', layout: MANAGEMENT },
  10: { name: 'Extended set', layout: EXTENDED },
};

const KEY_SECTIONS_OF_EA: Readonly<Record<7 | 11, FormatTable>> = {
  7: { 8: { name: 'Set3rdSectionDecoderKey', layout: KEY_SECTION_3_GROUP } },
  11: {
    8: { name: 'Set3rdSectionDecoderKey', layout: KEY_SECTION_GROUP_HALF },
    9: { name: 'Set4thSectionDecoderKey', layout: KEY_SECTION_GROUP_HALF },
  },
};

const NO_FORMATS: FormatTable = {};

/**
 * The format of a class and sub-class; undefined for the reserved ones. Only the third and fourth key sections
 * depend on the encryption algorithm.
 */
export function tokenFormat(tokenClass: number, subClass: number, ea: 7 | 11): TokenFormat | undefined {
  if (tokenClass === 2) return CLASS_2[subClass] ?? KEY_SECTIONS_OF_EA[ea][subClass];
  const table = { 0: CLASS_0, 1: CLASS_1 }[tokenClass] ?? NO_FORMATS;
  return table[subClass];
}

/** Whether a token's amount is money: class 0, sub-classes 4 to 7. Its check field is made differently. */
export function isCurrencyToken(tokenClass: number, subClass: number): boolean {
  return tokenClass === 0 && subClass >= 4 && subClass <= 7;
}
