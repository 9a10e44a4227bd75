import { isBaseDate, KEY_TYPE, type BaseDate, type KeyType } from '../../../sts/index.ts';
import { unixMs, type UnixMs } from '../../../units/index.ts';
import type { AnnouncedKey } from '../key-load/key-load-file.ts';
import type { KeyCounter, ModuleKey } from '../port.ts';
import type { RequestOf, ResponseOf } from './codec/index.ts';

/** A key's attributes between the port's words and the fields of the line. */

const BASE_DATE_OF_NUMBER: Readonly<Record<number, BaseDate>> = { 1: 1993, 2: 2014, 3: 2035 };
const NUMBER_OF_BASE_DATE: Readonly<Record<BaseDate, number>> = { 1993: 1, 2014: 2, 2035: 3 };
const KEY_TYPES: readonly number[] = Object.values(KEY_TYPE);

function moment(value: number | null): UnixMs | null {
  return value === null ? null : unixMs(value);
}

/** A key as the module says it is; undefined when a value is none that a key can have. */
export function moduleKeyOf(register: number, values: ResponseOf<'GA'>): ModuleKey | undefined {
  const baseDate = BASE_DATE_OF_NUMBER[values.baseDate];
  const { sgc, krn, keyType, ken, dkga, kcv } = values;
  const inRange = /^\d{6}$/u.test(sgc) && krn >= 1 && krn <= 9 && ken <= 255 && /^[0-9A-F]{6}$/u.test(kcv);
  if (!isBaseDate(baseDate) || !inRange || !KEY_TYPES.includes(keyType)) return undefined;
  if (dkga !== 2 && dkga !== 4) return undefined;
  return {
    register,
    sgc,
    krn,
    keyType: keyType as KeyType,
    baseDate,
    ken,
    dkga,
    activeFromUnixMs: moment(values.activeFrom),
    issuedUntilUnixMs: moment(values.issuedUntil),
    refreshByUnixMs: moment(values.refreshBy),
    unitLimitTenths: values.unitLimit,
    currencyLimit: values.currencyLimit,
    kcv,
  };
}

export function counterOf(register: number, values: ResponseOf<'GA'>): KeyCounter {
  const { tokens, units, unitsLeft, currencyLeft } = values;
  return { register, tokens, unitsTenths: units, unitsLeftTenths: unitsLeft, currencyLeft };
}

/** One key of a load file as the module takes it. */
export function loadRecord(key: AnnouncedKey, sealedHex: string): RequestOf<'KL'> {
  return {
    sgc: key.sgc,
    krn: key.krn,
    keyType: key.keyType,
    baseDate: NUMBER_OF_BASE_DATE[key.baseDate],
    ken: key.ken,
    dkga: key.dkga,
    activeFrom: key.activeFromUnixMs,
    issuedUntil: key.issuedUntilUnixMs,
    refreshBy: key.refreshByUnixMs,
    unitLimit: key.unitLimitTenths,
    currencyLimit: key.currencyLimit,
    kcv: key.kcv,
    sealed: sealedHex.toUpperCase(),
  };
}
