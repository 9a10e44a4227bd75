import { createCipheriv, hash } from 'node:crypto';
import type { StsCrypto } from '../../../sts/index.ts';

const HASH_BLOCK_BYTES = 64;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

function sha256(data: Uint8Array): Uint8Array {
  return hash('sha256', data, 'buffer');
}

/**
 * HMAC (RFC 2104) from two one-shot hashes: `createHmac` looks its algorithm up again on every call, which
 * takes six times as long as the two hashes do.
 */
function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  const block = new Uint8Array(HASH_BLOCK_BYTES);
  block.set(key.length > HASH_BLOCK_BYTES ? sha256(key) : key);
  const inner = new Uint8Array(HASH_BLOCK_BYTES + data.length);
  inner.set(block.map((byte) => byte ^ INNER_PAD));
  inner.set(data, HASH_BLOCK_BYTES);
  const outer = new Uint8Array(HASH_BLOCK_BYTES + 32);
  outer.set(block.map((byte) => byte ^ OUTER_PAD));
  outer.set(sha256(inner), HASH_BLOCK_BYTES);
  const mac = sha256(outer);
  for (const secret of [block, inner, outer]) secret.fill(0);
  return mac;
}

/**
 * The engine's cryptography from `node:crypto`. Single DES runs as triple DES with the same key three times:
 * OpenSSL 3 keeps plain DES in a provider that Node does not load.
 */
export const nodeStsCrypto: StsCrypto = {
  hmacSha256,
  desEncrypt: (key, block) => {
    const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  },
};
