import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hex, publishedVectors } from '../../../../test/fixtures/vectors/published-vectors.ts';
import { bytesToHex } from '../../../sts/index.ts';
import { nodeStsCrypto } from './node-sts-crypto.ts';

describe('nodeStsCrypto', () => {
  it('makes the same HMAC as the platform, for any length of key and data', () => {
    for (const keyBytes of [0, 1, 20, 63, 64, 65, 200]) {
      for (const dataBytes of [0, 1, 49, 64, 300]) {
        const key = Uint8Array.from({ length: keyBytes }, (_, index) => (index * 7 + 1) & 255);
        const data = Uint8Array.from({ length: dataBytes }, (_, index) => (index * 13) & 255);
        const expected = createHmac('sha256', key).update(data).digest('hex').toUpperCase();
        expect(bytesToHex(nodeStsCrypto.hmacSha256(key, data))).toBe(expected);
      }
    }
  });

  it('gives the HMAC of RFC 4231, test case 2', () => {
    const mac = nodeStsCrypto.hmacSha256(Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?'));
    expect(bytesToHex(mac)).toBe('5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843');
  });

  it('encrypts one block with DES', () => {
    for (const { inputs, expected } of publishedVectors('des')) {
      const block = nodeStsCrypto.desEncrypt(hex(String(inputs['key'])), hex(String(inputs['plaintext'])));
      expect(bytesToHex(Uint8Array.from(block)).toLowerCase()).toBe(expected['ciphertext']);
    }
  });
});
