import { assert } from '../../units/index.ts';
import { bytesFromHex, type BaseDate } from '../../sts/index.ts';
import type { SimulatedKey } from './keys.ts';

/** The published test keys of STS 531-1 that a simulated module holds when it is given no others. */
const ROWS: readonly (readonly [string, number, BaseDate, number, 2 | 4, string])[] = [
  ['201457', 1, 2014, 255, 4, 'ABABABABABABABAB949494949494949401234567'],
  ['201457', 2, 2014, 255, 4, 'ABABABABABABABAB949494949494949401234567'],
  ['123456', 3, 2014, 255, 2, 'ABABABABABABABAB'],
];

export const PUBLISHED_TEST_KEYS: readonly SimulatedKey[] = ROWS.map(
  ([sgc, krn, baseDate, ken, dkga, hexadecimal]) => {
    const key = bytesFromHex(hexadecimal);
    assert(key !== undefined, 'a test key is hexadecimal');
    const free = { unitLimitTenths: null, currencyLimit: null, refreshByUnixMs: null };
    const always = { activeFromUnixMs: null, issuedUntilUnixMs: null };
    return { sgc, krn, keyType: 2, baseDate, ken, dkga, ...free, ...always, key };
  },
);
