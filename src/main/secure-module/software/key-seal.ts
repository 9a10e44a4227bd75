import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import {
  attributeBytes,
  bodyBytes,
  headerBytes,
  KDF_BLOCK_SIZE,
  KDF_PARALLEL,
  type KeyFileBody,
  type KeyFileHeader,
  type SealedBytes,
} from './key-file-format.ts';
import type { VendingKeyAttributes } from '../port.ts';

/** The cryptography of the key file. Everything that is opened here is the caller's to wipe. */

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key that wraps the data key, from the passphrase: a third of a second and more, off the main thread. */
export function deriveWrappingKey(passphrase: string, header: KeyFileHeader): Promise<Buffer> {
  const { cost } = header.kdf;
  const options = {
    N: cost,
    r: KDF_BLOCK_SIZE,
    p: KDF_PARALLEL,
    maxmem: 256 * cost * KDF_BLOCK_SIZE,
  };
  const salt = Buffer.from(header.kdf.salt, 'hex');
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function sealBytes(key: Uint8Array, plain: Uint8Array, boundTo: Uint8Array): SealedBytes {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(boundTo);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return {
    nonce: nonce.toString('hex'),
    ciphertext: ciphertext.toString('hex'),
    tag: cipher.getAuthTag().toString('hex'),
  };
}

/** The plain bytes, or undefined when key, data or what they are bound to is another. */
function unsealBytes(key: Uint8Array, sealed: SealedBytes, boundTo: Uint8Array): Buffer | undefined {
  const nonce = Buffer.from(sealed.nonce, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(boundTo)
    .setAuthTag(Buffer.from(sealed.tag, 'hex'));
  const plain = decipher.update(Buffer.from(sealed.ciphertext, 'hex'));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    return undefined;
  } finally {
    plain.fill(0);
  }
}

export function makeDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

export function wrapDataKey(
  wrappingKey: Uint8Array,
  dataKey: Uint8Array,
  header: KeyFileHeader,
): SealedBytes {
  return sealBytes(wrappingKey, dataKey, headerBytes(header));
}

/** The data key, or undefined when the passphrase was another. */
export function unwrapDataKey(
  wrappingKey: Uint8Array,
  wrapped: SealedBytes,
  header: KeyFileHeader,
): Buffer | undefined {
  return unsealBytes(wrappingKey, wrapped, headerBytes(header));
}

export function sealVendingKey(
  dataKey: Uint8Array,
  key: Uint8Array,
  header: KeyFileHeader,
  attributes: VendingKeyAttributes,
): SealedBytes {
  return sealBytes(dataKey, key, attributeBytes(header, attributes));
}

/** The vending key, or undefined when it or any of its attributes was changed. */
export function unsealVendingKey(
  dataKey: Uint8Array,
  sealed: SealedBytes,
  header: KeyFileHeader,
  attributes: VendingKeyAttributes,
): Buffer | undefined {
  return unsealBytes(dataKey, sealed, attributeBytes(header, attributes));
}

/** The private key to which load files for this module are sealed: 32 bytes that follow from the data key. */
export function exchangeSeedOf(dataKey: Uint8Array): Buffer {
  return createHmac('sha256', dataKey).update('key exchange').digest();
}

/** The seal over the whole file, in hexadecimal. */
export function fileSeal(dataKey: Uint8Array, body: KeyFileBody): string {
  const sealKey = createHmac('sha256', dataKey).update('key file seal').digest();
  const seal = createHmac('sha256', sealKey).update(bodyBytes(body)).digest('hex');
  sealKey.fill(0);
  return seal;
}

export function isFileSeal(dataKey: Uint8Array, body: KeyFileBody, seal: string): boolean {
  return timingSafeEqual(Buffer.from(fileSeal(dataKey, body), 'hex'), Buffer.from(seal, 'hex'));
}
