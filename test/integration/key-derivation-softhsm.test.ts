import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeStsCrypto } from '../../src/main/secure-module/index.ts';
import {
  dkga04Data,
  deriveDecoderKey,
  parseMeterNumber,
  type DecoderKeyInputs,
} from '../../src/sts/index.ts';

/**
 * The two key derivations once more, with their cryptography done inside a PKCS#11 token that this project did
 * not write (SoftHSM2). The blocks are put together here by hand from
 * IEC 62055-41, apart from the engine.
 */

const run = promisify(execFile);
const PIN = '482910';

let folder: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-softhsm-'));
  mkdirSync(path.join(folder, 'tokens'));
  writeFileSync(path.join(folder, 'softhsm2.conf'), `directories.tokendir = ${folder}/tokens\n`);
  env = { ...process.env, SOFTHSM2_CONF: path.join(folder, 'softhsm2.conf') };
  await run('softhsm2-util', ['--init-token', '--free', '--label', 'vault', '--pin', PIN, '--so-pin', PIN], {
    env,
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function inside(work: 'des3' | 'hmac', key: Uint8Array, data: Uint8Array): Promise<Buffer> {
  const script = path.join(import.meta.dirname, '../fixtures/softhsm/inside.py');
  const hex = [key, data].map((bytes) => Buffer.from(bytes).toString('hex'));
  const { stdout } = await run('/usr/bin/python3', [script, work, ...hex], { env });
  return Buffer.from(stdout.trim(), 'hex');
}

function inputsFor(pan: string, more: Partial<DecoderKeyInputs>): DecoderKeyInputs {
  const meter = parseMeterNumber(pan);
  if (!meter.ok) throw new Error('meter number');
  const fixed = { sgc: '123456', keyType: 2, tariffIndex: 1, keyRevision: 1, baseDate: 2014 } as const;
  return { dkga: 2, ea: 7, meter: meter.value, ...fixed, ...more };
}

function engine(vendingKey: Uint8Array, inputs: DecoderKeyInputs): string {
  const derived = deriveDecoderKey(nodeStsCrypto, vendingKey, inputs);
  if (!derived.ok) throw new Error(derived.error.code);
  return Buffer.from(derived.value.bytes).toString('hex');
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const xor = (...parts: readonly Uint8Array[]): Buffer =>
  Buffer.from(parts[0]!.map((_, index) => parts.reduce((sum, part) => sum ^ part[index]!, 0)));

describe('a decoder key whose cryptography ran inside SoftHSM2', () => {
  it('is the engine’s: DKGA02, one DES step as triple DES with one key', async () => {
    const vendingKey = Buffer.from('ABABABABABABABAB', 'hex');
    const inputs = inputsFor('600727000000000009', { tariffIndex: 1, keyRevision: 1 });
    // Last five digits of the issuer and the eleven of the meter; key type, group, tariff index, revision, filler.
    const pan = hex('00727 00000000000');
    const control = hex('2 123456 01 1 FFFFFF');
    const mixed = xor(pan, control);
    const encrypted = await inside('des3', Buffer.concat([vendingKey, vendingKey, vendingKey]), mixed);
    expect(xor(mixed, encrypted, vendingKey).toString('hex')).toBe(engine(vendingKey, inputs));
  });

  it.each([
    [7, '0040', 8],
    [11, '0080', 16],
  ] as const)(
    'is the engine’s: DKGA04 for EA%i, one HMAC under the key padded to 32 bytes',
    async (ea, bits, length) => {
      const vendingKey = Buffer.from('ABABABABABABABAB949494949494949401234567', 'hex');
      const inputs = inputsFor('600727000000000009', { dkga: 4, ea, sgc: '201457' });
      const group = (...texts: readonly string[]): string =>
        String.fromCharCode(texts.length) +
        texts.map((each) => String.fromCharCode(each.length) + each).join('');
      const data = Buffer.concat([
        Buffer.from(group('04', '14', ea.toString().padStart(2, '0'), '01'), 'latin1'),
        Buffer.of(0),
        Buffer.from(group('201457', '2', '1', '600727000000000009'), 'latin1'),
        Buffer.from(`0000${bits}`, 'hex'),
      ]);
      expect(Buffer.from(dkga04Data(inputs)).toString('hex')).toBe(data.toString('hex'));
      const mac = await inside('hmac', Buffer.concat([vendingKey, Buffer.alloc(12)]), data);
      expect(mac.subarray(0, length).toString('hex')).toBe(engine(vendingKey, inputs));
    },
  );
});
