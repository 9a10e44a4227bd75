import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { err, ok, unixMs, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type { KeyLoadPreview, KeyRequestFile, ModuleKey } from '../port.ts';
import { loadMac, openSecret, sealSecret, transportKeys, type LoadKeys } from './transport-key.ts';

/** The files by which vending keys reach one module: its request, and the load file that answers it. */

const REQUEST_FORMAT = 'kioskwatt-key-request';
const LOAD_FORMAT = 'kioskwatt-key-load';
const VERSION = 1;
const LARGEST_FILE_BYTES = 1_000_000;
/** Keys in one load file. */
const MOST_KEYS = 200;

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`, 'u'));
const moduleIdShape = z.string().regex(/^[A-Za-z0-9-]{1,40}$/u);
/** Modules tell time in whole seconds. */
const instant = z
  .int()
  .min(0)
  .multipleOf(1000)
  .transform((value) => unixMs(value))
  .nullable();
const limit = z.int().min(0).nullable();

const keyShape = z.strictObject({
  sgc: z.string().regex(/^\d{6}$/u),
  krn: z.int().min(1).max(9),
  keyType: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
  ken: z.int().min(0).max(255),
  dkga: z.union([z.literal(2), z.literal(4)]),
  activeFromUnixMs: instant,
  issuedUntilUnixMs: instant,
  kcv: z.string().regex(/^[0-9A-F]{6}$/u),
  unitLimitTenths: limit,
  currencyLimit: limit,
  refreshByUnixMs: instant,
});

const requestShape = z.strictObject({
  format: z.literal(REQUEST_FORMAT),
  version: z.literal(VERSION),
  moduleId: moduleIdShape,
  publicKey: hex(32),
});
export type KeyRequest = z.infer<typeof requestShape>;

const loadShape = z.strictObject({
  format: z.literal(LOAD_FORMAT),
  version: z.literal(VERSION),
  moduleId: moduleIdShape,
  /** The sender's public key, made for this file only. */
  senderKey: hex(32),
  keys: z
    .array(z.strictObject({ attributes: keyShape, sealed: z.string().regex(/^(?:[0-9a-f]{2}){36,48}$/u) }))
    .min(1)
    .max(MOST_KEYS),
  /** HMAC-SHA-256 over everything before it. */
  mac: hex(32),
});
export type KeyLoad = z.infer<typeof loadShape>;

/** A key as a load file announces it. */
export type AnnouncedKey = Omit<ModuleKey, 'register'>;

function inOrderKey(key: AnnouncedKey): AnnouncedKey {
  return {
    sgc: key.sgc,
    krn: key.krn,
    keyType: key.keyType,
    baseDate: key.baseDate,
    ken: key.ken,
    dkga: key.dkga,
    activeFromUnixMs: key.activeFromUnixMs,
    issuedUntilUnixMs: key.issuedUntilUnixMs,
    kcv: key.kcv,
    unitLimitTenths: key.unitLimitTenths,
    currencyLimit: key.currencyLimit,
    refreshByUnixMs: key.refreshByUnixMs,
  };
}

/**
 * What a sealed key is bound to: the values of its attributes in their order, as the text of a JSON list, so
 * that none can be changed.
 */
export function attributeText(key: AnnouncedKey): string {
  return JSON.stringify(Object.values(inOrderKey(key)));
}

/** What the file's seal covers: module, sender, and each key with its sealed bytes, as lines. */
export function macText(load: Pick<KeyLoad, 'moduleId' | 'senderKey' | 'keys'>): string {
  const keys = load.keys.map(({ attributes, sealed }) => `${attributeText(attributes)} ${sealed}`);
  return [LOAD_FORMAT, VERSION, load.moduleId, load.senderKey, ...keys].join('\n');
}

function badFile(reason: string): Result<never, ModuleFault> {
  return err(moduleFault('module-file', { reason }));
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > LARGEST_FILE_BYTES) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The request of one module, as a file for whoever makes its keys. */
export function renderKeyRequest(moduleId: string, publicKey: Uint8Array): KeyRequestFile {
  const request: KeyRequest = {
    format: REQUEST_FORMAT,
    version: VERSION,
    moduleId,
    publicKey: Buffer.from(publicKey).toString('hex'),
  };
  return {
    moduleId,
    fileName: `key-request-${moduleId}.json`,
    text: `${JSON.stringify(request, null, 2)}\n`,
  };
}

/** Reads a request; `module-file` with the reason `foreign`. */
export function parseKeyRequest(bytes: Uint8Array): Result<KeyRequest, ModuleFault> {
  const request = requestShape.safeParse(parseJson(bytes));
  return request.success ? ok(request.data) : badFile('foreign');
}

/**
 * Reads a load file for one module. `module-file` with the reason `foreign` or `changed`, `module-other-id` for
 * another module's. Whether the keys open is for the module to find out.
 */
export function parseKeyLoad(bytes: Uint8Array, moduleId: string): Result<KeyLoad, ModuleFault> {
  const data = parseJson(bytes);
  const head = z.looseObject({ format: z.literal(LOAD_FORMAT) }).safeParse(data);
  if (!head.success) return badFile('foreign');
  const load = loadShape.safeParse(data);
  if (!load.success) return badFile('changed');
  const found = load.data.moduleId;
  return found === moduleId
    ? ok(load.data)
    : err(moduleFault('module-other-id', { found, wanted: moduleId }));
}

/** What the file says, for two people to look at before anything is loaded. */
export function previewOf(bytes: Uint8Array, load: KeyLoad): KeyLoadPreview {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { moduleId: load.moduleId, sha256, keys: load.keys.map(({ attributes }) => inOrderKey(attributes)) };
}

export type OpenedKey = { readonly announced: AnnouncedKey; readonly key: Uint8Array };

function sameBytes(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}

/**
 * Opens every key of a load file with the module's own private key: `module-load-mac` when the file was changed
 * or was made for another key. The bytes are the caller's to wipe.
 */
export function openKeyLoad(load: KeyLoad, seed: Uint8Array): Result<readonly OpenedKey[], ModuleFault> {
  const keys: LoadKeys = transportKeys(seed, Buffer.from(load.senderKey, 'hex'), 'module');
  const opened: OpenedKey[] = [];
  const refuse = (): Result<never, ModuleFault> => {
    for (const { key } of opened) key.fill(0);
    return err(moduleFault('module-load-mac'));
  };
  try {
    if (!sameBytes(loadMac(keys, macText(load)), load.mac)) return refuse();
    for (const { attributes, sealed } of load.keys) {
      const key = openSecret(keys, Buffer.from(sealed, 'hex'), attributeText(attributes));
      if (key === undefined) return refuse();
      opened.push({ announced: inOrderKey(attributes), key });
    }
    return ok(opened);
  } finally {
    keys.seal.fill(0);
    keys.mac.fill(0);
  }
}

/**
 * Makes a load file for one module's request out of clear keys: what a supply group of one's own does for its
 * stations, and what a key management centre does inside its own walls. `senderSeed` are 32 fresh random bytes.
 */
export function renderKeyLoad(
  request: KeyRequest,
  keys: readonly OpenedKey[],
  senderSeed: Uint8Array,
  senderPublicKey: Uint8Array,
): string {
  const transport = transportKeys(senderSeed, Buffer.from(request.publicKey, 'hex'), 'sender');
  const sealed = keys.map(({ announced, key }) => ({
    attributes: inOrderKey(announced),
    sealed: Buffer.from(sealSecret(transport, key, attributeText(announced))).toString('hex'),
  })) as KeyLoad['keys'];
  const senderKey = Buffer.from(senderPublicKey).toString('hex');
  const { moduleId } = request;
  const mac = loadMac(transport, macText({ moduleId, senderKey, keys: sealed }));
  transport.seal.fill(0);
  transport.mac.fill(0);
  const load = { format: LOAD_FORMAT, version: VERSION, moduleId, senderKey, keys: sealed, mac };
  return `${JSON.stringify(load, null, 2)}\n`;
}
