import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

/**
 * How a key travels to one module: X25519 between the sender's key of that file and the module's own, HKDF to
 * two keys, AES-256-GCM around each vending key, HMAC-SHA-256 around the file.
 */

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const INFO = 'kioskwatt key load 1';
/** The fixed heads of a 32-byte X25519 key in PKCS#8 and SPKI (RFC 8410). */
const PRIVATE_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

export type LoadKeys = { readonly seal: Uint8Array; readonly mac: Uint8Array };

function privateKey(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PRIVATE_HEAD, seed]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

/** The public half of a private key of 32 bytes. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(-KEY_BYTES));
}

/** The two keys of one file, the same on both sides. The caller wipes them. */
export function transportKeys(seed: Uint8Array, other: Uint8Array, side: 'module' | 'sender'): LoadKeys {
  const otherKey = createPublicKey({
    key: Buffer.concat([PUBLIC_HEAD, other]),
    format: 'der',
    type: 'spki',
  });
  const shared = diffieHellman({ privateKey: privateKey(seed), publicKey: otherKey });
  const own = publicKeyOf(seed);
  const salt = side === 'module' ? Buffer.concat([other, own]) : Buffer.concat([own, other]);
  const both = Buffer.from(hkdfSync('sha256', shared, salt, INFO, 2 * KEY_BYTES));
  shared.fill(0);
  return { seal: both.subarray(0, KEY_BYTES), mac: both.subarray(KEY_BYTES) };
}

/** Nonce, ciphertext and tag in one row. */
export function sealSecret(keys: LoadKeys, secret: Uint8Array, boundTo: string): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.seal, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** The secret, or undefined when it or what it is bound to was changed. */
export function openSecret(keys: LoadKeys, sealed: Uint8Array, boundTo: string): Buffer | undefined {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(-TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keys.seal, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag);
  const plain = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return plain;
  } catch {
    plain.fill(0);
    return undefined;
  }
}

export function loadMac(keys: LoadKeys, text: string): string {
  return createHmac('sha256', keys.mac).update(text).digest('hex');
}
