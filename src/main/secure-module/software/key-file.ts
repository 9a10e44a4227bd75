import { randomBytes } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import type { Profile } from '../../../contract/index.ts';
import { assert, err, ok, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type { OpenedKey } from '../key-load/key-load-file.ts';
import type { SecureModule, VendingKeyAttributes } from '../port.ts';
import {
  KDF_BLOCK_SIZE,
  KDF_COST,
  KDF_PARALLEL,
  KDF_SALT_BYTES,
  KEY_FILE_FORMAT,
  KEY_FILE_VERSION,
  PUBLISHED_KDF_COST,
  parseKeyFile,
  renderKeyFile,
  type Envelope,
  type KeyFileBody,
  type KeyFileHeader,
  type KeyFileProfile,
} from './key-file-format.ts';
import {
  deriveWrappingKey,
  exchangeSeedOf,
  fileSeal,
  isFileSeal,
  makeDataKey,
  sealVendingKey,
  unsealVendingKey,
  unwrapDataKey,
  wrapDataKey,
} from './key-seal.ts';
import { nodeStsCrypto } from './node-sts-crypto.ts';
import { Secret } from './secret.ts';
import { softwareModule, type KeyVault, type SoftwareModuleDeps } from './software-module.ts';
import { checkVendingKey, keyCheckValue, type VendingKey } from './vending-key.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** A key to be taken into a file: its attributes, and 8 (DKGA02, odd parity) or 20 (DKGA04) bytes. */
export type NewVendingKey = Omit<VendingKeyAttributes, 'register' | 'kcv'> & { readonly key: Uint8Array };

type Fault = { readonly ok: false; readonly error: ModuleFault };

function fileFault(reason: string): Fault {
  return err(moduleFault('module-file', { reason }));
}

/** A software module is never certified, so nothing that it holds may serve production. */
function checkProfile(profile: Profile): Result<KeyFileProfile, ModuleFault> {
  return profile === 'production' ? err(moduleFault('profile-refused', { reason: 'software' })) : ok(profile);
}

function newHeader(profile: KeyFileProfile, published: boolean): KeyFileHeader {
  return {
    format: KEY_FILE_FORMAT,
    version: KEY_FILE_VERSION,
    profile,
    moduleId: `SW-${randomBytes(6).toString('hex').toUpperCase()}`,
    kdf: {
      name: 'scrypt',
      cost: published ? PUBLISHED_KDF_COST : KDF_COST,
      blockSize: KDF_BLOCK_SIZE,
      parallel: KDF_PARALLEL,
      salt: randomBytes(KDF_SALT_BYTES).toString('hex'),
    },
  };
}

function sameKey(a: VendingKeyAttributes, b: NewVendingKey): boolean {
  return a.sgc === b.sgc && a.krn === b.krn && a.keyType === b.keyType && a.baseDate === b.baseDate;
}

type SealedKeys = KeyFileBody['keys'];

/** Seals new keys behind those that are there already; each gets the next register. */
function withNewKeys(
  dataKey: Uint8Array,
  header: KeyFileHeader,
  present: SealedKeys,
  added: readonly NewVendingKey[],
): Result<SealedKeys, ModuleFault> {
  const keys: SealedKeys = [...present];
  for (const one of added) {
    const { key, ...given } = one;
    const checked = checkVendingKey(one.dkga, key);
    if (!checked.ok) return checked;
    if (keys.some((known) => sameKey(known.attributes, one))) return fileFault('duplicate');
    const register = Math.max(0, ...keys.map((known) => known.attributes.register)) + 1;
    const kcv = keyCheckValue(nodeStsCrypto, one.dkga, key);
    const attributes = { ...given, register, kcv } as SealedKeys[number]['attributes'];
    keys.push({ attributes, secret: sealVendingKey(dataKey, key, header, attributes) });
  }
  return ok(keys);
}

/** Writes a file that it can read back itself: a value out of range never reaches the disk. */
async function write(
  file: string,
  dataKey: Uint8Array,
  body: KeyFileBody,
): Promise<Result<readonly VendingKeyAttributes[], ModuleFault>> {
  const text = renderKeyFile({ ...body, seal: fileSeal(dataKey, body) });
  if (!parseKeyFile(Buffer.from(text)).ok) return fileFault('attributes');
  try {
    await writeFileAtomically(file, text);
  } catch {
    return fileFault('unwritable');
  }
  return ok(body.keys.map((key) => key.attributes));
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

async function read(file: string): Promise<Result<Envelope, ModuleFault>> {
  try {
    return parseKeyFile(await readFile(file));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return fileFault(missing ? 'missing' : 'unreadable');
  }
}

/**
 * Makes a new key file with its first keys (possibly none) and returns their attributes. The reason of a
 * `module-file` fault is `exists`, `unwritable`, `duplicate`, `size`, `parity` or
 * `attributes`. The caller's key bytes are left to the caller. `published`: everybody knows the passphrase, so that
 * opening the file need not be slow; for training only.
 */
export async function createKeyFile(
  file: string,
  passphrase: string,
  profile: Profile,
  keys: readonly NewVendingKey[],
  { published = false } = {},
): Promise<Result<readonly VendingKeyAttributes[], ModuleFault>> {
  const allowed = checkProfile(profile);
  if (!allowed.ok) return allowed;
  assert(!published || profile === 'training', 'what is published is for training');
  if (await exists(file)) return fileFault('exists');
  const header = newHeader(allowed.value, published);
  const wrappingKey = await deriveWrappingKey(passphrase, header);
  const dataKey = makeDataKey();
  try {
    const sealed = withNewKeys(dataKey, header, [], keys);
    if (!sealed.ok) return sealed;
    const wrapped = wrapDataKey(wrappingKey, dataKey, header);
    return await write(file, dataKey, { ...header, dataKey: wrapped, keys: sealed.value });
  } finally {
    wrappingKey.fill(0);
    dataKey.fill(0);
  }
}

/** The data key of a file whose seal holds; `module-passphrase`, or `module-file` with the reason `changed`. */
export function unlockDataKey(envelope: Envelope, wrappingKey: Uint8Array): Result<Buffer, ModuleFault> {
  const dataKey = unwrapDataKey(wrappingKey, envelope.dataKey, envelope);
  if (dataKey === undefined) return err(moduleFault('module-passphrase'));
  if (isFileSeal(dataKey, envelope, envelope.seal)) return ok(dataKey);
  dataKey.fill(0);
  return fileFault('changed');
}

/** Every key of an unlocked file; each has the size, parity and check value that its attributes promise. */
export function unsealKeys(envelope: Envelope, dataKey: Uint8Array): Result<VendingKey[], ModuleFault> {
  const keys: VendingKey[] = [];
  const refuse = (fault: Fault): Fault => {
    for (const key of keys) key.secret.wipe();
    return fault;
  };
  for (const { attributes, secret } of envelope.keys) {
    const bytes = unsealVendingKey(dataKey, secret, envelope, attributes);
    if (bytes === undefined) return refuse(fileFault('changed'));
    keys.push({ attributes, secret: new Secret(bytes) });
    const checked = checkVendingKey(attributes.dkga, bytes);
    if (!checked.ok) return refuse(checked);
    if (keyCheckValue(nodeStsCrypto, attributes.dkga, bytes) !== attributes.kcv) {
      return refuse(fileFault('changed'));
    }
  }
  return ok(keys);
}

async function unlock(
  file: string,
  passphrase: string,
): Promise<Result<{ readonly envelope: Envelope; readonly dataKey: Buffer }, ModuleFault>> {
  const envelope = await read(file);
  if (!envelope.ok) return envelope;
  const wrappingKey = await deriveWrappingKey(passphrase, envelope.value);
  const dataKey = unlockDataKey(envelope.value, wrappingKey);
  wrappingKey.fill(0);
  return dataKey.ok ? ok({ envelope: envelope.value, dataKey: dataKey.value }) : dataKey;
}

/** Seals more keys into an unlocked file and writes it. */
async function addToFile(
  file: string,
  envelope: Envelope,
  dataKey: Uint8Array,
  added: readonly NewVendingKey[],
): Promise<Result<Envelope, ModuleFault>> {
  const keys = withNewKeys(dataKey, envelope, envelope.keys, added);
  if (!keys.ok) return keys;
  const { seal: _seal, ...before } = envelope;
  const body: KeyFileBody = { ...before, keys: keys.value };
  const written = await write(file, dataKey, body);
  return written.ok ? ok({ ...body, seal: fileSeal(dataKey, body) }) : written;
}

/** Takes more keys into a file; the attributes of all its keys come back. Faults as in createKeyFile. */
export async function addKeys(
  file: string,
  passphrase: string,
  added: readonly NewVendingKey[],
): Promise<Result<readonly VendingKeyAttributes[], ModuleFault>> {
  const unlocked = await unlock(file, passphrase);
  if (!unlocked.ok) return unlocked;
  const { envelope, dataKey } = unlocked.value;
  try {
    const grown = await addToFile(file, envelope, dataKey, added);
    return grown.ok ? ok(grown.value.keys.map((key) => key.attributes)) : grown;
  } finally {
    dataKey.fill(0);
  }
}

/**
 * Opens a key file as a secure module of the primitive level. Refuses the production profile and a file that
 * was made for another profile. `module-passphrase` for a wrong passphrase; `module-file` with the reason
 * `missing`, `unreadable`, `foreign`, `truncated`, `newer`, `changed` or `profile`.
 */
export async function openKeyFile(
  file: string,
  passphrase: string,
  profile: Profile,
  deps: SoftwareModuleDeps,
): Promise<Result<SecureModule, ModuleFault>> {
  const allowed = checkProfile(profile);
  if (!allowed.ok) return allowed;
  const unlocked = await unlock(file, passphrase);
  if (!unlocked.ok) return unlocked;
  const { envelope, dataKey } = unlocked.value;
  const refuse = (fault: Fault): Fault => {
    dataKey.fill(0);
    return fault;
  };
  if (envelope.profile !== allowed.value) return refuse(fileFault('profile'));
  const keys = unsealKeys(envelope, dataKey);
  if (!keys.ok) return refuse(keys);
  const vault = openVault(file, dataKey);
  return ok(softwareModule(envelope.moduleId, envelope.profile, keys.value, deps, vault));
}

/** The open file's way to take further keys. It is read again first: another program may have added to it. */
function openVault(file: string, dataKeyBytes: Buffer): KeyVault {
  const dataKey = new Secret(dataKeyBytes);
  const exchangeSeed = dataKey.use((bytes) => new Secret(exchangeSeedOf(bytes)));
  const withKey = (added: readonly NewVendingKey[], present: Envelope): ReturnType<typeof addToFile> =>
    dataKey.use((bytes) => addToFile(file, present, bytes, added));
  return {
    exchangeSeed,
    add: async (opened) => {
      const present = await read(file);
      if (!present.ok) return present;
      const same = dataKey.use((bytes) => isFileSeal(bytes, present.value, present.value.seal));
      if (!same) return fileFault('changed');
      const grown = await withKey(opened.map(newKeyOf), present.value);
      return grown.ok ? dataKey.use((bytes) => unsealKeys(grown.value, bytes)) : grown;
    },
    close: () => {
      dataKey.wipe();
      exchangeSeed.wipe();
    },
  };
}

function newKeyOf({ announced, key }: OpenedKey): NewVendingKey {
  const { sgc, krn, keyType, baseDate, ken, dkga, activeFromUnixMs, issuedUntilUnixMs } = announced;
  return { sgc, krn, keyType, baseDate, ken, dkga, activeFromUnixMs, issuedUntilUnixMs, key };
}
