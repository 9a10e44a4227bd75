import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { assert, err, ok, type Result } from '../../units/index.ts';
import { writeDurably } from './durable-files.ts';

/** The station's name among other stations: what it signs is from it and from nobody else. */
export type StationPublicKey = {
  /** The 32 bytes of the Ed25519 public key, as 64 lower-case hexadecimal digits. */
  readonly publicKey: string;
  /** The first 16 hexadecimal digits of the SHA-256 of those bytes: short enough to be read out. */
  readonly keyId: string;
};

export type StationKey = StationPublicKey & {
  /** Signs with Ed25519 (RFC 8032): 64 bytes, always the same ones for the same message. */
  sign(message: Uint8Array): Uint8Array;
};

export type StationKeyFault =
  | { readonly code: 'station-key-missing'; readonly params: { readonly file: string } }
  | {
      readonly code: 'station-key-damaged';
      readonly params: { readonly file: string; readonly reason: string };
    };

export const STATION_KEY_FILE = 'station-key.pem';
const SIGNATURE_BYTES = 64;
/** What stands before the 32 bytes of an Ed25519 public key in DER (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PUBLIC_KEY_TEXT = /^[0-9a-f]{64}$/u;
const OWNER_ONLY = 0o600;
const GROUP_MAY_READ = 0o040;

/**
 * Opens the station's key pair in its data folder and makes one where there is none. Whoever calls holds the
 * folder's lock: two makers would sign with two keys. A file that is there and can't be read is never replaced,
 * because head office knows the station by it.
 */
export function openStationKey(folder: string): Result<StationKey, StationKeyFault> {
  const file = path.join(folder, STATION_KEY_FILE);
  if (!existsSync(file)) makeKeyFile(folder, file);
  const read = readPrivateKey(file);
  if (!read.ok) return read;
  const privateKey = read.value;
  return ok({
    ...publicPart(createPublicKey(privateKey)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  });
}

/**
 * Whether a station was begun in this folder: its key is made after both databases. A start that ended before is begun
 * again; after it, a database that is not there was lost.
 */
export function isBegun(folder: string): boolean {
  return existsSync(path.join(folder, STATION_KEY_FILE));
}

/** The public half alone; nothing is made. For programs beside a station that may be selling. */
export function readStationPublicKey(folder: string): Result<StationPublicKey, StationKeyFault> {
  const file = path.join(folder, STATION_KEY_FILE);
  const read = readPrivateKey(file);
  return read.ok ? ok(publicPart(createPublicKey(read.value))) : read;
}

/** The key id of a public key in our text form; undefined for any other text. */
export function stationKeyId(publicKey: string): string | undefined {
  return PUBLIC_KEY_TEXT.test(publicKey) ? keyIdOf(Buffer.from(publicKey, 'hex')) : undefined;
}

/** True when the signature over the message is that key's. `publicKey` is 64 hexadecimal digits. */
export function verifyByStation(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  assert(PUBLIC_KEY_TEXT.test(publicKey), 'a public key has 64 hexadecimal digits');
  if (signature.length !== SIGNATURE_BYTES) return false;
  const der = Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'hex')]);
  return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
}

/** Owner and group are the folder's, so that a till may read what an administrator made. */
function makeKeyFile(folder: string, file: string): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  writeDurably(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  if (process.platform === 'win32') return;
  const { uid, gid, mode } = statSync(folder);
  const made = statSync(file);
  if (made.uid !== uid || made.gid !== gid) chownSync(file, uid, gid);
  chmodSync(file, OWNER_ONLY | (mode & GROUP_MAY_READ));
}

function readPrivateKey(file: string): Result<KeyObject, StationKeyFault> {
  try {
    const key = createPrivateKey(readFileSync(file));
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
    return ok(key);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT') return err({ code: 'station-key-missing', params: { file } });
    return err({ code: 'station-key-damaged', params: { file, reason: code } });
  }
}

function publicPart(publicKey: KeyObject): StationPublicKey {
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
  return { publicKey: bytes.toString('hex'), keyId: keyIdOf(bytes) };
}

function keyIdOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
