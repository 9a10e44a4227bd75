import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

const dev = { packaged: false, smoke: false };
const packaged = { packaged: true, smoke: false };

describe('readArguments', () => {
  it.each([
    ['a plain start', { argv: ['electron', '.'], ...dev }, { kind: 'counter' }],
    ['a packaged start', { argv: ['kioskwatt'], ...packaged }, { kind: 'counter' }],
    ['switches only', { argv: ['kioskwatt', '--no-sandbox'], ...packaged }, { kind: 'counter' }],
    ['a smoke test', { argv: ['kioskwatt'], packaged: true, smoke: true }, { kind: 'smoke' }],
    [
      'a command',
      { argv: ['kioskwatt', '--no-sandbox', 'station', 'ledger', 'verify', '--json'], ...packaged },
      { kind: 'command', words: ['ledger', 'verify', '--json'] },
    ],
    [
      'a command of an unpackaged start',
      { argv: ['electron', '--no-sandbox', '.', 'station', 'vend'], ...dev },
      { kind: 'command', words: ['vend'] },
    ],
    ['an application folder of that name', { argv: ['electron', 'station'], ...dev }, { kind: 'counter' }],
  ])('reads %s', (_what, options, expected) => {
    expect(readArguments(options)).toEqual(expected);
  });
});
