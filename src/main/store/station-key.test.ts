import { createPublicKey, verify } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openStationKey,
  readStationPublicKey,
  STATION_KEY_FILE,
  stationKeyId,
  verifyByStation,
  type StationKey,
} from './station-key.ts';

/** The first test key of RFC 8032, section 7.1, with its signature of the empty message. */
const RFC_SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const RFC_PUBLIC = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const RFC_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'station-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyFile = (): string => path.join(folder, STATION_KEY_FILE);
function opened(): StationKey {
  const key = openStationKey(folder);
  if (!key.ok) throw new Error(key.error.code);
  return key.value;
}
const writePem = (body: Buffer, name: string): void =>
  writeFileSync(keyFile(), `-----BEGIN ${name}-----\n${body.toString('base64')}\n-----END ${name}-----\n`);

describe('the key of a station', () => {
  it('is made once and stays', () => {
    const first = opened();
    const file = readFileSync(keyFile());
    expect(opened().publicKey).toBe(first.publicKey);
    expect(readFileSync(keyFile())).toEqual(file);
    expect(first.keyId).toMatch(/^[0-9a-f]{16}$/u);
    expect(stationKeyId(first.publicKey)).toBe(first.keyId);
  });

  it('is that of RFC 8032 for its seed, and signs as there', () => {
    writePem(
      Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(RFC_SEED, 'hex')]),
      'PRIVATE KEY',
    );
    const key = opened();
    expect(key.publicKey).toBe(RFC_PUBLIC);
    expect(Buffer.from(key.sign(new Uint8Array())).toString('hex')).toBe(RFC_SIGNATURE);
    expect(readStationPublicKey(folder)).toEqual({
      ok: true,
      value: { publicKey: RFC_PUBLIC, keyId: key.keyId },
    });
    const signature = Buffer.from(RFC_SIGNATURE, 'hex');
    expect(verifyByStation(RFC_PUBLIC, new Uint8Array(), signature)).toBe(true);
    expect(verifyByStation(RFC_PUBLIC, Uint8Array.of(0), signature)).toBe(false);
    expect(verifyByStation(RFC_PUBLIC, new Uint8Array(), signature.subarray(1))).toBe(false);
  });

  it('signs what only its own public key confirms', () => {
    const ours = opened();
    const message = Buffer.from('KW1.');
    const signature = ours.sign(message);
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(ours.publicKey, 'hex'),
    ]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, message, publicKey, signature)).toBe(true);
    expect(verifyByStation(RFC_PUBLIC, message, signature)).toBe(false);
  });

  it.runIf(process.platform !== 'win32')('can be read by whom the folder lets in, and nobody else', () => {
    opened();
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    rmSync(keyFile());
    chmodSync(folder, 0o750);
    opened();
    expect(statSync(keyFile()).mode & 0o777).toBe(0o640);
    expect(statSync(keyFile()).gid).toBe(statSync(folder).gid);
    expect(statSync(keyFile()).uid).toBe(statSync(folder).uid);
  });

  it.runIf(process.getuid?.() === 0)('belongs to whom the folder belongs to, whoever makes it', () => {
    chownSync(folder, 65_534, 65_533);
    opened();
    const { uid, gid } = statSync(keyFile());
    expect({ uid, gid }).toEqual({ uid: 65_534, gid: 65_533 });
  });

  it('is never replaced when it is damaged', () => {
    writeFileSync(keyFile(), 'torn');
    expect(openStationKey(folder)).toMatchObject({ ok: false, error: { code: 'station-key-damaged' } });
    expect(readFileSync(keyFile(), 'utf8')).toBe('torn');
  });

  it('is refused when it is of another kind', () => {
    // An X25519 key (RFC 8410, section 3) has the same size and another purpose.
    writePem(
      Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), Buffer.from(RFC_SEED, 'hex')]),
      'PRIVATE KEY',
    );
    expect(openStationKey(folder)).toMatchObject({ ok: false, error: { code: 'station-key-damaged' } });
  });

  it('is not made by who only reads', () => {
    expect(readStationPublicKey(folder)).toMatchObject({ ok: false, error: { code: 'station-key-missing' } });
    expect(existsSync(keyFile())).toBe(false);
  });

  it.each(['', 'd75a', RFC_PUBLIC.toUpperCase(), `${RFC_PUBLIC}0`])('has no id for %j', (text) => {
    expect(stationKeyId(text)).toBeUndefined();
  });
});
