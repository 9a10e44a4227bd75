import { createHash } from 'node:crypto';
import { z } from 'zod';
import { KEY_TYPE } from '../../../sts/index.ts';
import { err, ok, unixMs, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type { VendingKeyAttributes } from '../port.ts';

/** The text of a key file: which fields there are, in which order, and whether a text is one unharmed. */

export const KEY_FILE_FORMAT = 'kioskwatt-vending-keys';
export const KEY_FILE_VERSION = 1;
/** scrypt's cost; a file that asks for another is not of this version. */
export const KDF_COST = 2 ** 17;
/** Of a training file whose passphrase is published: there is nothing that a cost would keep. */
export const PUBLISHED_KDF_COST = 2 ** 10;
export const KDF_BLOCK_SIZE = 8;
export const KDF_PARALLEL = 1;
export const KDF_SALT_BYTES = 16;

const LARGEST_FILE_BYTES = 1_000_000;
const MOST_KEYS = 1000;

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`, 'u'));
const time = z
  .int()
  .min(0)
  .transform((value) => unixMs(value))
  .nullable();

const sealedBytesShape = z.strictObject({
  nonce: hex(12),
  ciphertext: z.string().regex(/^(?:[0-9a-f]{2}){1,64}$/u),
  tag: hex(16),
});
/** AES-256-GCM, each part in hexadecimal. */
export type SealedBytes = z.infer<typeof sealedBytesShape>;

const attributesShape = z.strictObject({
  register: z.int().min(1).max(MOST_KEYS),
  sgc: z.string().regex(/^\d{6}$/u),
  krn: z.int().min(1).max(9),
  keyType: z.union([z.literal(KEY_TYPE.default), z.literal(KEY_TYPE.unique), z.literal(KEY_TYPE.common)]),
  baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
  ken: z.int().min(0).max(255),
  dkga: z.union([z.literal(2), z.literal(4)]),
  activeFromUnixMs: time,
  issuedUntilUnixMs: time,
  kcv: z.string().regex(/^[0-9A-F]{6}$/u),
});

const fileShape = z.strictObject({
  format: z.literal(KEY_FILE_FORMAT),
  version: z.literal(KEY_FILE_VERSION),
  profile: z.enum(['training', 'private']),
  moduleId: z.string().regex(/^SW-[0-9A-F]{12}$/u),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    cost: z.union([z.literal(KDF_COST), z.literal(PUBLISHED_KDF_COST)]),
    blockSize: z.literal(KDF_BLOCK_SIZE),
    parallel: z.literal(KDF_PARALLEL),
    salt: hex(KDF_SALT_BYTES),
  }),
  dataKey: sealedBytesShape,
  keys: z.array(z.strictObject({ attributes: attributesShape, secret: sealedBytesShape })).max(MOST_KEYS),
});
const envelopeShape = fileShape.extend({ seal: hex(32) });

/** All of a key file except its seal. */
export type KeyFileBody = z.infer<typeof fileShape>;
export type Envelope = z.infer<typeof envelopeShape>;
export type KeyFileHeader = Omit<KeyFileBody, 'dataKey' | 'keys'>;
/** A software module is for these only. */
export type KeyFileProfile = KeyFileBody['profile'];

function inOrderAttributes(from: VendingKeyAttributes): VendingKeyAttributes {
  const { register, sgc, krn, keyType, baseDate, ken, dkga, activeFromUnixMs, issuedUntilUnixMs, kcv } = from;
  return { register, sgc, krn, keyType, baseDate, ken, dkga, activeFromUnixMs, issuedUntilUnixMs, kcv };
}

function inOrderSealed({ nonce, ciphertext, tag }: SealedBytes): SealedBytes {
  return { nonce, ciphertext, tag };
}

function inOrder(body: KeyFileBody): KeyFileBody {
  const { cost, blockSize, parallel, salt } = body.kdf;
  return {
    format: KEY_FILE_FORMAT,
    version: KEY_FILE_VERSION,
    profile: body.profile,
    moduleId: body.moduleId,
    kdf: { name: 'scrypt', cost, blockSize, parallel, salt },
    dataKey: inOrderSealed(body.dataKey),
    keys: body.keys.map((key) => ({
      attributes: inOrderAttributes(key.attributes) as KeyFileBody['keys'][number]['attributes'],
      secret: inOrderSealed(key.secret),
    })),
  };
}

/** What the wrapped data key is bound to: every part of the header. */
export function headerBytes(header: KeyFileHeader): Buffer {
  const { cost, blockSize, parallel, salt } = header.kdf;
  const { profile, moduleId } = header;
  return Buffer.from(
    JSON.stringify([KEY_FILE_FORMAT, KEY_FILE_VERSION, profile, moduleId, cost, blockSize, parallel, salt]),
  );
}

/** What a key's ciphertext is bound to: the file, and every attribute of the key. */
export function attributeBytes(header: KeyFileHeader, attributes: VendingKeyAttributes): Buffer {
  const values = Object.values(inOrderAttributes(attributes));
  return Buffer.from(
    JSON.stringify([KEY_FILE_FORMAT, KEY_FILE_VERSION, header.profile, header.moduleId, ...values]),
  );
}

/** What the seal covers: everything before it, so that no key can be left out or moved. */
export function bodyBytes(body: KeyFileBody): Buffer {
  return Buffer.from(JSON.stringify(inOrder(body)));
}

/** The file's text. It has one form only; the checksum tells accidents from a wrong passphrase. */
export function renderKeyFile(envelope: Envelope): string {
  const sealed = { ...inOrder(envelope), seal: envelope.seal };
  const checksum = createHash('sha256').update(JSON.stringify(sealed)).digest('hex');
  return `${JSON.stringify({ ...sealed, checksum }, null, 2)}\n`;
}

const OPENING = `{\n  "format": "${KEY_FILE_FORMAT}",\n`;
const headShape = z.looseObject({ format: z.literal(KEY_FILE_FORMAT), version: z.int().min(1) });
const wholeShape = envelopeShape.extend({ checksum: hex(32) });

function fileFault(reason: string): { readonly ok: false; readonly error: ModuleFault } {
  return err(moduleFault('module-file', { reason }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isCostAllowed = ({ profile, kdf }: KeyFileHeader): boolean =>
  kdf.cost === KDF_COST || profile === 'training';

/**
 * Reads a key file's bytes. `module-file` with the reason `foreign`, `truncated`, `newer` or
 * `changed`; the keys are still closed afterwards.
 */
export function parseKeyFile(bytes: Uint8Array): Result<Envelope, ModuleFault> {
  const text = Buffer.from(bytes).toString('utf8');
  if (bytes.length > LARGEST_FILE_BYTES) return fileFault('foreign');
  if (!text.startsWith(OPENING)) return fileFault(OPENING.startsWith(text) ? 'truncated' : 'foreign');
  if (!text.endsWith('\n}\n')) return fileFault('truncated');
  const data = parseJson(text);
  const head = headShape.safeParse(data);
  if (!head.success) return fileFault('changed');
  if (head.data.version > KEY_FILE_VERSION) return fileFault('newer');
  const whole = wholeShape.safeParse(data);
  if (!whole.success || !isCostAllowed(whole.data)) return fileFault('changed');
  const { checksum: _checksum, ...envelope } = whole.data;
  return renderKeyFile(envelope) === text ? ok(envelope) : fileFault('changed');
}
