import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '../../../units/index.ts';
import { parseKeyRequest, renderKeyLoad, type AnnouncedKey } from '../key-load/key-load-file.ts';
import { publicKeyOf } from '../key-load/transport-key.ts';
import type { DualApproval, SecureModule } from '../port.ts';
import { createKeyFile, openKeyFile } from './key-file.ts';

const NOW = unixMs(Date.UTC(2026, 10, 23, 12, 0));
const deps = { nowUnixMs: () => NOW, randomNibble: () => 5 };
const approval: DualApproval = {
  firstOperatorId: 'grace',
  secondOperatorId: 'peter',
  secondSignedUnixMs: unixMs(NOW - 5_000),
};
/** The check value of this key was computed with `openssl enc -des-ede3` on eight zero bytes. */
const KEY = Buffer.from('0123456789abcdef', 'hex');
const announced: AnnouncedKey = {
  sgc: '600100',
  krn: 1,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  dkga: 2,
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
  kcv: 'D5D44F',
  unitLimitTenths: null,
  currencyLimit: null,
  refreshByUnixMs: null,
};

let folder: string;
let module: SecureModule;
const open = async (name: string): Promise<SecureModule> => {
  const opened = await openKeyFile(path.join(folder, name), 'open sesame', 'private', deps);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-load-'));
  for (const name of ['new', 'b']) await createKeyFile(path.join(folder, name), 'open sesame', 'private', []);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  copyFileSync(path.join(folder, 'new'), path.join(folder, 'a'));
  module = await open('a');
});
afterEach(() => module.close());

async function loadFileFor(target: SecureModule, key: AnnouncedKey = announced): Promise<Buffer> {
  const exported = await target.exportKeyRequest();
  if (!exported.ok) throw new Error(exported.error.code);
  const request = parseKeyRequest(Buffer.from(exported.value.text));
  if (!request.ok) throw new Error(request.error.code);
  const seed = randomBytes(32);
  return Buffer.from(renderKeyLoad(request.value, [{ announced: key, key: KEY }], seed, publicKeyOf(seed)));
}
const codeOf = (answer: { ok: boolean; error?: { code: string } }): string => answer.error?.code ?? 'ok';

describe('keys for a software module', () => {
  it('are previewed, loaded by two people, read back, and there after a restart', async () => {
    const file = await loadFileFor(module);
    const preview = await module.inspectKeyLoad(file);
    const sha256 = createHash('sha256').update(file).digest('hex');
    expect(preview).toMatchObject({ ok: true, value: { sha256, keys: [announced] } });
    expect(await module.listKeys()).toEqual({ ok: true, value: [] });
    const loaded = await module.loadKeys(file, approval);
    expect(loaded).toMatchObject({ ok: true, value: [{ announcedKcv: 'D5D44F', key: { kcv: 'D5D44F' } }] });
    await module.close();
    module = await open('a');
    expect(await module.listKeys()).toMatchObject({ ok: true, value: [{ sgc: '600100', register: 1 }] });
    expect(readFileSync(path.join(folder, 'a'), 'utf8')).not.toContain('0123456789abcdef');
    expect(file.toString()).not.toContain('0123456789abcdef');
  });

  it.each([
    ['one person', { secondOperatorId: 'grace' }],
    ['nobody', { firstOperatorId: '', secondOperatorId: '' }],
    ['a second person of this morning', { secondSignedUnixMs: unixMs(NOW - 3_600_000) }],
    ['a second person of tomorrow', { secondSignedUnixMs: unixMs(NOW + 1) }],
  ])('are not loaded for %s', async (_who, other) => {
    const file = await loadFileFor(module);
    expect(codeOf(await module.loadKeys(file, { ...approval, ...other }))).toBe('module-approval');
    expect(await module.listKeys()).toEqual({ ok: true, value: [] });
  });

  it('are refused when the file is another module’s', async () => {
    const file = await loadFileFor(await open('b'));
    expect(codeOf(await module.inspectKeyLoad(file))).toBe('module-other-id');
    expect(codeOf(await module.loadKeys(file, approval))).toBe('module-other-id');
    const { moduleId } = JSON.parse((await loadFileFor(module)).toString()) as { moduleId: string };
    const renamed = { ...(JSON.parse(file.toString()) as object), moduleId };
    const forged = Buffer.from(JSON.stringify(renamed));
    expect(codeOf(await module.loadKeys(forged, approval))).toBe('module-load-mac');
  });

  it('are refused when an attribute, a key or the seal was changed', async () => {
    const text = (await loadFileFor(module)).toString();
    for (const [from, to] of [
      ['"krn": 1', '"krn": 2'],
      ['"ken": 255', '"ken": 254'],
      [/"sealed": "../u, '"sealed": "zz'],
      [/"mac": "[0-9a-f]{4}/u, '"mac": "0000'],
    ] as const) {
      const changed = Buffer.from(text.replace(from, to));
      expect(['module-load-mac', 'module-file']).toContain(codeOf(await module.loadKeys(changed, approval)));
    }
    expect(await module.listKeys()).toEqual({ ok: true, value: [] });
  });

  it('are refused with a check value that is not theirs, or with limits that nothing here enforces', async () => {
    const wrong = await loadFileFor(module, { ...announced, kcv: '000000' });
    expect(codeOf(await module.loadKeys(wrong, approval))).toBe('module-load-kcv');
    const limited = await loadFileFor(module, { ...announced, unitLimitTenths: 1000 });
    expect(codeOf(await module.loadKeys(limited, approval))).toBe('module-not-supported');
  });

  it('are refused when the key file was changed, or has gone, while the module was open', async () => {
    const file = await loadFileFor(module);
    const keyFile = path.join(folder, 'a');
    const text = readFileSync(keyFile, 'utf8');
    writeFileSync(keyFile, readFileSync(path.join(folder, 'b')));
    expect(codeOf(await module.loadKeys(file, approval))).toBe('module-file');
    rmSync(keyFile);
    expect(codeOf(await module.loadKeys(file, approval))).toBe('module-file');
    writeFileSync(keyFile, text);
    expect(codeOf(await module.loadKeys(file, approval))).toBe('ok');
    expect(codeOf(await module.loadKeys(file, approval))).toBe('module-file');
  });
});
