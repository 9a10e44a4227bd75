import { createHash, createPublicKey, verify } from 'node:crypto';

/** Makes a signature of Ed25519 over a message: 64 bytes. The key behind it stays where it is. */
export type Signer = {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/**
 * What stands before the signed bytes, one for each kind of file: a signature made for one kind is worth nothing
 * under another.
 */
export const DOMAINS = {
  batch: 'kioskwatt-batch-v1\n',
  ack: 'kioskwatt-ack-v1\n',
  package: 'kioskwatt-package-v1\n',
  personal: 'kioskwatt-personal-v1\n',
} as const;
export type Domain = keyof typeof DOMAINS;

const SIGNATURE_BYTES = 64;
const PUBLIC_KEY = /^[0-9a-f]{64}$/u;
/** What stands before the 32 bytes of an Ed25519 public key in DER (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

function message(domain: Domain, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(DOMAINS[domain]), bytes]);
}

/** Signs bytes as a file of this kind. */
export function signAs(domain: Domain, bytes: Uint8Array, signer: Signer): Uint8Array {
  return signer.sign(message(domain, bytes));
}

/** True when this is the key's signature over these bytes as a file of this kind. */
export function isSignedAs(
  domain: Domain,
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: string,
): boolean {
  if (signature.length !== SIGNATURE_BYTES || !PUBLIC_KEY.test(publicKey)) return false;
  const der = Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'hex')]);
  return verify(
    null,
    message(domain, bytes),
    createPublicKey({ key: der, format: 'der', type: 'spki' }),
    signature,
  );
}

/** The first 16 hexadecimal digits of the SHA-256 of a public key's 32 bytes: short enough to be read out. */
export function keyIdOf(publicKey: string): string {
  return sha256(Buffer.from(publicKey, 'hex')).slice(0, 16);
}

/** A key id in groups of four, as both sides show it to be compared by eye. */
export function fingerprintText(publicKey: string): string {
  return (keyIdOf(publicKey).match(/.{4}/gu) ?? []).join(' ');
}

/** SHA-256 in hex. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
