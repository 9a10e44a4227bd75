import { bytesFromHex, KEY_TYPE, type BaseDate } from '../../../sts/index.ts';
import { assert } from '../../../units/index.ts';
import type { NewVendingKey } from './key-file.ts';

/**
 * The test keys of the published compliance suites (STS 531-1), known to everybody: what is made with them is
 * good for training and for comparing with the published tokens, and for nothing else.
 */

const DKGA04_KEY = 'ABABABABABABABAB949494949494949401234567';
const DKGA04_OTHER_KEY = '949494949494949401234567ABABABABABABABAB';
const DKGA02_KEY = 'ABABABABABABABAB';

type Row = readonly [sgc: string, krn: number, baseDate: BaseDate, ken: number, dkga: 2 | 4, key: string];

const ROWS: readonly Row[] = [
  ['201457', 1, 2014, 255, 4, DKGA04_KEY],
  ['201457', 2, 2014, 255, 4, DKGA04_KEY],
  ['201457', 4, 2014, 170, 4, DKGA04_KEY],
  ['203557', 6, 2035, 255, 4, DKGA04_KEY],
  ['201460', 7, 2014, 85, 4, DKGA04_KEY],
  ['201461', 8, 2014, 255, 4, DKGA04_KEY],
  ['201462', 1, 2014, 255, 4, DKGA04_OTHER_KEY],
  ['123456', 1, 1993, 255, 2, DKGA02_KEY],
  ['123456', 2, 1993, 255, 2, DKGA02_KEY],
  // The same key on a base date that has not run out, so that a DES meter can be sold to in training.
  ['123456', 3, 2014, 255, 2, DKGA02_KEY],
  ['123457', 1, 1993, 255, 4, DKGA04_KEY],
  ['123457', 2, 1993, 255, 4, DKGA04_KEY],
  ['123457', 4, 2014, 255, 4, DKGA04_KEY],
  ['123457', 5, 2035, 255, 4, DKGA04_KEY],
  ['123461', 1, 1993, 255, 4, DKGA04_KEY],
];

function newKey([sgc, krn, baseDate, ken, dkga, hex]: Row): NewVendingKey {
  const key = bytesFromHex(hex);
  assert(key !== undefined, 'a training key is hexadecimal');
  const forever = { activeFromUnixMs: null, issuedUntilUnixMs: null };
  return { sgc, krn, keyType: KEY_TYPE.unique, baseDate, ken, dkga, ...forever, key };
}

/** The keys of a training station, as they go into its key file. */
export const TRAINING_KEYS: readonly NewVendingKey[] = ROWS.map(newKey);
