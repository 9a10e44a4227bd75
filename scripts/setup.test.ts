import { describe, expect, it } from 'vitest';
import { installedAsLocked, lockMark } from './lib/lock-check.mjs';

type Entry = { version: string; optional?: boolean };

const text = (packages: Record<string, Entry>): string => JSON.stringify({ packages });

const lock = text({
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7' },
  'node_modules/@some/win32': { version: '1.0.0', optional: true },
});

describe('whether the packages of the lockfile are installed', () => {
  it('holds when all are there in their version', () => {
    expect(installedAsLocked(lock, text({ 'node_modules/zod': { version: '4.6.7' } }))).toBe(true);
  });

  it('does not hold before anything is installed', () => {
    expect(installedAsLocked(lock, undefined)).toBe(false);
  });

  it.each([
    ['one is missing', {}],
    ['one has another version', { 'node_modules/zod': { version: '4.6.6' } }],
    [
      'there is one too many',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/left': { version: '1.0.0' } },
    ],
    [
      'an optional one has another version',
      { 'node_modules/zod': { version: '4.6.7' }, 'node_modules/@some/win32': { version: '2.0.0' } },
    ],
  ])('does not hold when %s', (_case, packages) => {
    expect(installedAsLocked(lock, text(packages))).toBe(false);
  });
});

describe('the mark of a finished set-up', () => {
  it('changes with the lockfile, the system and the processor', () => {
    const marks = [
      lockMark(lock, 'linux', 'x64'),
      lockMark(`${lock}\n`, 'linux', 'x64'),
      lockMark(lock, 'darwin', 'x64'),
      lockMark(lock, 'linux', 'arm64'),
    ];
    expect(new Set(marks).size).toBe(4);
    expect(lockMark(lock, 'linux', 'x64')).toBe(marks[0]);
  });
});
