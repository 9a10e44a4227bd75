import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** How a PIN was turned into its hash; kept with each hash so that the cost can rise later. */
export type PinHash = {
  /** scrypt's N. */
  readonly cost: number;
  /** scrypt's r. */
  readonly blockSize: number;
  /** scrypt's p. */
  readonly parallel: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
};

const COST = 2 ** 17;
const BLOCK_SIZE = 8;
const PARALLEL = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

function derive(pin: string, like: Omit<PinHash, 'hash'>): Promise<Buffer> {
  const options = {
    N: like.cost,
    r: like.blockSize,
    p: like.parallel,
    maxmem: 256 * like.cost * like.blockSize,
  };
  return new Promise((resolve, reject) => {
    scrypt(pin.normalize('NFKC'), like.salt, HASH_BYTES, options, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}

/** Hashes a new PIN with a salt of its own; about a third of a second, off the main thread. */
export async function hashPin(pin: string): Promise<PinHash> {
  const like = { cost: COST, blockSize: BLOCK_SIZE, parallel: PARALLEL, salt: randomBytes(SALT_BYTES) };
  return { ...like, hash: await derive(pin, like) };
}

/** What a name that nobody has is compared with, so that it takes as long as a wrong PIN. */
export const NOBODYS_PIN: PinHash = {
  cost: COST,
  blockSize: BLOCK_SIZE,
  parallel: PARALLEL,
  salt: new Uint8Array(SALT_BYTES),
  hash: new Uint8Array(HASH_BYTES),
};

/** Whether this is the PIN; the comparison takes the same time wherever the first difference lies. */
export async function isPin(pin: string, known: PinHash): Promise<boolean> {
  return timingSafeEqual(await derive(pin, known), known.hash);
}
