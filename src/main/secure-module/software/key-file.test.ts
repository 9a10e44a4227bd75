import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_TYPE } from '../../../sts/index.ts';
import { unixMs } from '../../../units/index.ts';
import { parseKeyFile, renderKeyFile, type Envelope } from './key-file-format.ts';
import { addKeys, createKeyFile, openKeyFile, unlockDataKey, unsealKeys } from './key-file.ts';
import type { NewVendingKey } from './key-file.ts';
import { deriveWrappingKey } from './key-seal.ts';

const PASSPHRASE = 'correct horse battery';
const deps = { nowUnixMs: () => unixMs(1_795_435_200_000), randomNibble: () => 5 };

const unique = {
  keyType: KEY_TYPE.unique,
  baseDate: 2014 as const,
  ken: 255,
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
};
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const longKey = (): NewVendingKey => ({
  ...unique,
  sgc: '201457',
  krn: 1,
  dkga: 4,
  key: bytes('00112233445566778899aabbccddeeff10213243'),
});
const desKey = (): NewVendingKey => ({
  ...unique,
  sgc: '123456',
  krn: 2,
  dkga: 2,
  key: bytes('0123456789abcdef'),
});

const fault = (reason: string) => ({ ok: false, error: { code: 'module-file', params: { reason } } });

let folder: string;
let file: string;
let original: Buffer;
let envelope: Envelope;
let wrappingKey: Buffer;

/** What opening says of a file with these contents. */
async function openWith(content: Uint8Array | string, passphrase = PASSPHRASE): Promise<unknown> {
  const other = path.join(folder, 'other.keys');
  writeFileSync(other, content);
  return openKeyFile(other, passphrase, 'training', deps);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-keys-'));
  file = path.join(folder, 'station.keys');
  const made = await createKeyFile(file, PASSPHRASE, 'training', [longKey(), desKey()]);
  if (!made.ok) throw new Error(made.error.code);
  original = readFileSync(file);
  const parsed = parseKeyFile(original);
  if (!parsed.ok) throw new Error(parsed.error.code);
  envelope = parsed.value;
  wrappingKey = await deriveWrappingKey(PASSPHRASE, envelope);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('a key file', () => {
  it('opens with its passphrase and lists its keys by their attributes', async () => {
    const opened = await openKeyFile(file, PASSPHRASE, 'training', deps);
    if (!opened.ok) throw new Error(opened.error.code);
    const keys = await opened.value.listKeys();
    // The check value of the DES key is the start of DES(0123456789ABCDEF, zeros) = D5D44FF720683D0D.
    expect(keys).toMatchObject({
      ok: true,
      value: [
        { register: 1, sgc: '201457', krn: 1, dkga: 4 },
        { register: 2, sgc: '123456', krn: 2, dkga: 2, kcv: 'D5D44F' },
      ],
    });
  });

  it('is readable by its owner only, and leaves no other file behind', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('station'))).toEqual(['station.keys']);
  });

  it('holds no key in any spelling', () => {
    const text = original.toString('latin1').toLowerCase();
    for (const { key } of [longKey(), desKey()]) {
      expect(original.includes(Buffer.from(key))).toBe(false);
      expect(text.includes(Buffer.from(key).toString('hex'))).toBe(false);
      expect(text.includes(Buffer.from(key).toString('base64').toLowerCase())).toBe(false);
    }
  });

  it('tells a wrong passphrase from a damaged file', async () => {
    expect(await openWith(original, 'correct horse batterx')).toMatchObject({
      ok: false,
      error: { code: 'module-passphrase', params: {} },
    });
  });

  it('is refused at every length below its own', () => {
    const reasons = new Set<unknown>();
    for (let length = 0; length < original.length; length += 1) {
      const parsed = parseKeyFile(original.subarray(0, length));
      expect(parsed.ok).toBe(false);
      if (!parsed.ok) reasons.add(parsed.error.params['reason']);
    }
    expect([...reasons]).toEqual(['truncated']);
  });

  it('is refused with any one bit of it changed', () => {
    for (let place = 0; place < original.length; place += 1) {
      for (let bit = 0; bit < 8; bit += 1) {
        const changed = Buffer.from(original);
        changed[place] = changed[place]! ^ (1 << bit);
        const parsed = parseKeyFile(changed);
        expect(parsed.ok ? `byte ${place} bit ${bit} went unseen` : '').toBe('');
      }
    }
  });

  it('is cheap to open where everybody knows the passphrase, and never for a private station', async () => {
    const known = path.join(folder, 'published.keys');
    const made = await createKeyFile(known, PASSPHRASE, 'training', [longKey()], { published: true });
    expect(made.ok).toBe(true);
    const parsed = parseKeyFile(readFileSync(known));
    if (!parsed.ok) throw new Error(parsed.error.code);
    expect([parsed.value.kdf.cost, envelope.kdf.cost]).toEqual([1_024, 131_072]);
    expect(await openKeyFile(known, PASSPHRASE, 'training', deps)).toMatchObject({ ok: true });
    const privately = renderKeyFile({ ...parsed.value, profile: 'private' });
    expect(parseKeyFile(Buffer.from(privately))).toMatchObject(fault('changed'));
    const other = path.join(folder, 'never.keys');
    await expect(
      createKeyFile(other, PASSPHRASE, 'private', [longKey()], { published: true }),
    ).rejects.toThrow('for training');
  });

  it('names what is wrong with a file', async () => {
    const text = original.toString('utf8');
    expect(await openKeyFile(path.join(folder, 'none'), PASSPHRASE, 'training', deps)).toMatchObject(
      fault('missing'),
    );
    expect(await openKeyFile(folder, PASSPHRASE, 'training', deps)).toMatchObject(fault('unreadable'));
    expect(await openWith('')).toMatchObject(fault('truncated'));
    expect(await openWith('{"some": "other file"}\n')).toMatchObject(fault('foreign'));
    expect(await openWith(text.replace('"version": 1', '"version": 2'))).toMatchObject(fault('newer'));
    expect(await openWith(text.replace('201457', '201458'))).toMatchObject(fault('changed'));
    expect(await openWith(`${text} `)).toMatchObject(fault('truncated'));
  });
});

/** Someone who knows the format mends the checksum after every change. */
describe('a key file changed with care', () => {
  const unlock = (changed: Envelope): unknown => {
    const again = parseKeyFile(Buffer.from(renderKeyFile(changed)));
    if (!again.ok) return again.error.code;
    const dataKey = unlockDataKey(again.value, wrappingKey);
    if (!dataKey.ok) return dataKey.error.code;
    const keys = unsealKeys(again.value, dataKey.value);
    return keys.ok ? 'opened' : keys.error.code;
  };
  const [first, second] = [0, 1] as const;
  const withAttributes = (attributes: Partial<Envelope['keys'][number]['attributes']>): Envelope => ({
    ...envelope,
    keys: envelope.keys.map((key, index) =>
      index === 0 ? { ...key, attributes: { ...key.attributes, ...attributes } } : key,
    ),
  });

  it('opens when nothing was changed', () => {
    expect(unlock(envelope)).toBe('opened');
  });

  it.each([
    { register: 9 },
    { sgc: '201458' },
    { krn: 2 },
    { keyType: KEY_TYPE.common },
    { baseDate: 2035 as const },
    { ken: 254 },
    { dkga: 2 as const },
    { activeFromUnixMs: unixMs(1) },
    { issuedUntilUnixMs: unixMs(4_000_000_000_000) },
    { kcv: 'ABCDEF' },
  ])('is refused with %o', (attributes) => {
    const changed = withAttributes(attributes);
    expect(unlock(changed)).toBe('module-file');
    // Without the seal over the whole file, the key's own binding still holds.
    const dataKey = unlockDataKey(envelope, wrappingKey);
    if (!dataKey.ok) throw new Error(dataKey.error.code);
    expect(unsealKeys(changed, dataKey.value)).toMatchObject(fault('changed'));
  });

  it('is refused with secrets swapped, keys left out, or keys in another order', () => {
    const [a, b] = [envelope.keys[first]!, envelope.keys[second]!];
    const swapped = [
      { ...a, secret: b.secret },
      { ...b, secret: a.secret },
    ];
    for (const keys of [swapped, [b, a], [a], [], [a, b, b]]) {
      expect(unlock({ ...envelope, keys })).toBe('module-file');
    }
  });

  it('does not open as another module or profile', () => {
    expect(unlock({ ...envelope, profile: 'private' })).toBe('module-passphrase');
    expect(unlock({ ...envelope, moduleId: 'SW-000000000000' })).toBe('module-passphrase');
  });

  it('is refused with another seal or another wrapped key', () => {
    expect(unlock({ ...envelope, seal: '0'.repeat(64) })).toBe('module-file');
    const dataKey = { ...envelope.dataKey, nonce: '0'.repeat(24) };
    expect(unlock({ ...envelope, dataKey })).toBe('module-passphrase');
  });
});

describe('createKeyFile and addKeys', () => {
  it('refuse the production profile', async () => {
    const refused = { ok: false, error: { code: 'profile-refused', params: { reason: 'software' } } };
    const other = path.join(folder, 'production.keys');
    expect(await createKeyFile(other, PASSPHRASE, 'production', [])).toMatchObject(refused);
    expect(await openKeyFile(file, PASSPHRASE, 'production', deps)).toMatchObject(refused);
    expect(readdirSync(folder)).not.toContain('production.keys');
  });

  it('keep training and private files apart', async () => {
    expect(await openKeyFile(file, PASSPHRASE, 'private', deps)).toMatchObject(fault('profile'));
  });

  it('never write over a file', async () => {
    expect(await createKeyFile(file, PASSPHRASE, 'training', [])).toMatchObject(fault('exists'));
    expect(readFileSync(file).equals(original)).toBe(true);
  });

  it('say so when the folder cannot be written to', async () => {
    const nowhere = path.join(folder, 'no', 'such', 'station.keys');
    expect(await createKeyFile(nowhere, PASSPHRASE, 'training', [])).toMatchObject(fault('unwritable'));
  });

  it('take in further keys, and refuse the unfit without touching the file', async () => {
    const growing = path.join(folder, 'growing.keys');
    expect(await createKeyFile(growing, PASSPHRASE, 'private', [longKey()])).toMatchObject({ ok: true });
    const added = await addKeys(growing, PASSPHRASE, [{ ...longKey(), krn: 2 }]);
    expect(added).toMatchObject({
      ok: true,
      value: [
        { register: 1, krn: 1 },
        { register: 2, krn: 2 },
      ],
    });
    const before = readFileSync(growing);
    const unfit: [NewVendingKey, string][] = [
      [longKey(), 'duplicate'],
      [{ ...desKey(), key: bytes('0123456789abcdee') }, 'parity'],
      [{ ...desKey(), key: longKey().key }, 'size'],
      [{ ...longKey(), krn: 3, key: desKey().key }, 'size'],
      [{ ...longKey(), krn: 0 }, 'attributes'],
      [{ ...longKey(), sgc: '20145' }, 'attributes'],
      [{ ...longKey(), krn: 3, ken: 256 }, 'attributes'],
    ];
    for (const [key, reason] of unfit) {
      expect(await addKeys(growing, PASSPHRASE, [key])).toMatchObject(fault(reason));
    }
    expect(await addKeys(growing, 'wrong', [desKey()])).toMatchObject({
      error: { code: 'module-passphrase' },
    });
    expect(readFileSync(growing).equals(before)).toBe(true);
    const opened = await openKeyFile(growing, PASSPHRASE, 'private', deps);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.identify()).toMatchObject({ value: { mark: 'private', certified: false } });
  });
});
