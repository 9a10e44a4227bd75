import { assert } from '../units/index.ts';
import type { DecoderKey } from './decoder-key.ts';
import { misty1Decrypt, misty1Encrypt, prepareMisty1Key } from './misty1.ts';
import { prepareStaKey, prepareStaMasks, staDecrypt, staEncrypt } from './sta.ts';
import { STA_PRODUCTION_TABLES } from './tables.ts';
import type { Block64 } from './words.ts';

/** A decoder key made ready for use: one block at a time, either way. */
export type TokenCipher = {
  readonly ea: 7 | 11;
  readonly encrypt: (block: Block64) => Block64;
  readonly decrypt: (block: Block64) => Block64;
};

const PRODUCTION_MASKS = prepareStaMasks(STA_PRODUCTION_TABLES);

/** Prepares a decoder key for its encryption algorithm. Throws when the key's length does not fit. */
export function prepareTokenCipher(key: DecoderKey): TokenCipher {
  if (key.ea === 11) {
    const schedule = prepareMisty1Key(key.bytes);
    return {
      ea: 11,
      encrypt: (block) => misty1Encrypt(schedule, block),
      decrypt: (block) => misty1Decrypt(schedule, block),
    };
  }
  assert(key.ea === 7, 'a decoder key is for EA07 or EA11');
  const schedule = prepareStaKey(key.bytes);
  return {
    ea: 7,
    encrypt: (block) => staEncrypt(PRODUCTION_MASKS, schedule, block),
    decrypt: (block) => staDecrypt(PRODUCTION_MASKS, schedule, block),
  };
}
