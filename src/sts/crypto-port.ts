/**
 * What the engine needs from a cryptographic library. It comes in as an argument, so that this room stays
 * free of any platform and a certified library can take its place.
 */
export type StsCrypto = {
  /** HMAC with SHA-256 over any number of bytes: 32 bytes. */
  readonly hmacSha256: (key: Uint8Array, data: Uint8Array) => Uint8Array;
  /** One block of DES, electronic code book, no padding: 8 key bytes (parity bits ignored), 8 bytes in, 8 out. */
  readonly desEncrypt: (key: Uint8Array, block: Uint8Array) => Uint8Array;
};
