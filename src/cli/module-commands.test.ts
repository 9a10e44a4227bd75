import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from './station.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'kioskwatt-key-file-'));
});
afterEach(() => rmSync(data, { recursive: true }));

async function newKeyFile(...words: readonly string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const known = ['--data', data, '--passphrase', 'a passphrase of one’s own'];
  const code = await runStationCommand(['module', 'new-key-file', ...known, ...words], io);
  return { code, said: lines.join('\n') };
}

const profileOf = (file: string): unknown =>
  (JSON.parse(readFileSync(file, 'utf8')) as { readonly profile: unknown }).profile;

describe('station module new-key-file', () => {
  it('makes nothing until it is said for what kind of station', async () => {
    const { code, said } = await newKeyFile();
    expect(code).toBe(2);
    expect(said).toContain("required option '--profile <profile>'");
    expect(existsSync(path.join(data, 'keys.json'))).toBe(false);
  });

  it.each([
    ['training', 'An empty key file for training'],
    ['private', 'An empty key file for a private station'],
  ])('says that it made one for %s', async (profile, said) => {
    const file = path.join(data, 'keys.json');
    expect(await newKeyFile('--profile', profile)).toEqual({ code: 0, said: `${said}: ${file}` });
    expect(profileOf(file)).toBe(profile);
  });

  it('says it to a program too', async () => {
    const file = path.join(data, 'keys.json');
    const { code, said } = await newKeyFile('--profile', 'private', '--json');
    expect([code, JSON.parse(said)]).toEqual([0, { ok: true, profile: 'private', file }]);
  });
});
