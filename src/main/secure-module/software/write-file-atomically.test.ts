import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-write-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('puts new content in the place of old, for its owner only', async () => {
  const file = path.join(folder, 'a');
  await writeFileAtomically(file, 'old');
  const before = statSync(file).ino;
  await writeFileAtomically(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // Another file took the place: the old one was never written to.
  expect(statSync(file).ino).not.toBe(before);
  expect(readdirSync(folder)).toEqual(['a']);
});

it('leaves nothing behind when it cannot', async () => {
  const taken = path.join(folder, 'taken');
  mkdirSync(path.join(taken, 'inside'), { recursive: true });
  await expect(writeFileAtomically(taken, 'new')).rejects.toThrow(/EISDIR|EPERM|EEXIST/u);
  expect(readdirSync(folder)).toEqual(['taken']);
  await expect(writeFileAtomically(path.join(folder, 'no', 'a'), 'new')).rejects.toThrow(/ENOENT/u);
});
