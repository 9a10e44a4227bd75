import { createCipheriv, createHmac } from 'node:crypto';
import type { StsCrypto } from '../../../sts/index.ts';

/**
 * The engine's cryptography from `node:crypto`. Single DES runs as triple DES with the same key three times:
 * OpenSSL 3 keeps plain DES in a provider that Node does not load.
 */
export const nodeStsCrypto: StsCrypto = {
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
  desEncrypt: (key, block) => {
    const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  },
};
