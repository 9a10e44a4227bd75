import { prepareStaKey, prepareStaMasks, staDecrypt, staEncrypt } from '../sta.ts';
import { STA_PRODUCTION_TABLES, STA_SAMPLE_TABLES } from '../tables.ts';
import { prepareTokenCipher } from '../token-cipher.ts';
import { insertClass, tokenToHex } from '../token-digits.ts';
import { blockFromHex, blockToHex, bytesToHex } from '../words.ts';
import { hexInput } from './common-inputs.ts';
import { mustEqual, type VectorCheck } from './vector.ts';

const MASKS = {
  production: prepareStaMasks(STA_PRODUCTION_TABLES),
  sample: prepareStaMasks(STA_SAMPLE_TABLES),
};

export const checkSta: VectorCheck = (inputs) => {
  const masks = inputs.text('tables') === 'sample' ? MASKS.sample : MASKS.production;
  const schedule = prepareStaKey(hexInput(inputs, 'key'));
  const plaintext = blockFromHex(inputs.text('plaintext'));
  const ciphertext = staEncrypt(masks, schedule, plaintext);
  mustEqual('plaintext', plaintext, staDecrypt(masks, schedule, ciphertext));
  const token66Hex = tokenToHex(insertClass(ciphertext, 0));
  return { ciphertext: blockToHex(ciphertext), token66Hex, class: 0 };
};

export const checkMisty1: VectorCheck = (inputs) => {
  const cipher = prepareTokenCipher({ ea: 11, bytes: hexInput(inputs, 'key') });
  const plaintext = blockFromHex(inputs.text('plaintext'));
  const ciphertext = cipher.encrypt(plaintext);
  mustEqual('plaintext', plaintext, cipher.decrypt(ciphertext));
  return { ciphertext: blockToHex(ciphertext) };
};

/** The DES step of DKGA02, and the decoder key that its combination with both inputs gives. */
export const checkDes: VectorCheck = (inputs, crypto) => {
  const key = hexInput(inputs, 'key');
  const plaintext = hexInput(inputs, 'plaintext');
  const ciphertext = Uint8Array.from(crypto.desEncrypt(key, plaintext));
  const decoderKey = ciphertext.map((byte, index) => byte ^ plaintext[index]! ^ key[index]!);
  return { ciphertext: bytesToHex(ciphertext), decoderKey: bytesToHex(decoderKey) };
};
