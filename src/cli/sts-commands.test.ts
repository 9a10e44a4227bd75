import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stsCommands } from './sts-commands.ts';

const DOCUMENT = new URL('../../docs/sts.md', import.meta.url);
const KEY = ['--decoder-key', '87F3ECBB2E46B48F'];

type Ran = { readonly code: number; readonly out: readonly string[]; readonly err: readonly string[] };

async function run(name: string, ...args: readonly string[]): Promise<Ran> {
  const command = stsCommands.find((known) => known.name === name);
  if (!command) throw new Error(`no command ${name}`);
  const out: string[] = [];
  const err: string[] = [];
  const code = await command.run(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

/** The console examples of the document: each command with the lines printed below it. */
function examples(): readonly { readonly command: string; readonly lines: readonly string[] }[] {
  const text = readFileSync(DOCUMENT, 'utf8');
  return [...text.matchAll(/```console\n([\s\S]*?)```/gu)].flatMap(([, block = '']) =>
    block
      .split(/^\$ /mu)
      .slice(1)
      .map((part) => {
        const [command = '', ...lines] = part.trimEnd().split('\n');
        return { command, lines };
      }),
  );
}

function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/gu)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('docs/sts.md', () => {
  it('has an example for every class and command', () => {
    const commands = examples().map(({ command }) => command);
    for (const start of [
      'derive-key',
      'encode credit',
      'encode currency-credit',
      'encode meter-test',
      'decode',
    ]) {
      expect(commands.some((command) => command.startsWith(`station sts ${start} `))).toBe(true);
    }
    expect(commands.length).toBeGreaterThan(15);
  });

  it.each(examples())('$command', async ({ command, lines }) => {
    const [, , name = '', ...args] = words(command);
    const { out, err } = await run(name, ...args);
    expect([...out, ...err]).toEqual(lines);
  });
});

describe('station sts', () => {
  it('gives a refusal exit code 1, wrong arguments 2', async () => {
    expect((await run('decode', '70630503470028726115', ...KEY)).code).toBe(1);
    expect((await run('decode', ...KEY)).code).toBe(2);
    expect((await run('decode', '70630503470028726114', ...KEY)).code).toBe(0);
  });

  it.each([
    [['encode'], 'the kind of token is needed'],
    [['encode', 'foo', ...KEY], '"foo" is no kind of token'],
    [['encode', 'toString', ...KEY], '"toString" is no kind of token'],
    [['encode', 'credit', 'more', ...KEY], 'nothing is expected at "more"'],
    [['encode', 'credit', '--time', '2026-01-01 10:00', ...KEY], '--units is needed'],
    [
      ['encode', 'credit', '--units', '0.11', '--tid', '2', ...KEY],
      '--units is a decimal with at most one place',
    ],
    [['encode', 'credit', '--units', '1', '--time', 'now', ...KEY], '--time is YYYY-MM-DD HH:MM'],
    [['encode', 'credit', '--units', '1', '--tid', 'x', ...KEY], '--tid is a whole number'],
    [['encode', 'credit', '--resource', 'air', '--units', '1', '--tid', '2', ...KEY], '--resource is one of'],
    [
      ['encode', 'currency-credit', '--amount', '1e3', '--tid', '2', ...KEY],
      '--amount is a decimal with at most five',
    ],
    [['encode', 'meter-test', '--test', 'mood'], '--test is "all" or one of'],
    [['encode', 'meter-test', '--sub-class', '3'], '--sub-class is 0, 1 or 2'],
    [['decode', '1', '--decoder-key', 'XY'], '--decoder-key is hexadecimal'],
    [
      ['decode', '1', '--decoder-key', '00', '--ea', '11'],
      '--decoder-key has 8 bytes for EA 7, 16 for EA 11',
    ],
    [['decode', '1', '--decoder-key', '00', '--ea', '9'], '--ea is 7 or 11'],
    [['decode', '70630503470028726114', '--base-date', '1999', ...KEY], '--base-date is 1993, 2014 or 2035'],
    [['decode', '1', '--colour', 'red'], "Unknown option '--colour'"],
    [['derive-key', '--meter', '00000000000'], '--vending-key is needed'],
    [['explain'], 'a token is needed'],
  ])('%j says what is wrong and how to use it', async ([name = '', ...args], message) => {
    const { code, out, err } = await run(name, ...args);
    expect(code).toBe(2);
    expect(out).toEqual([]);
    expect(err[0]).toContain(message);
    expect(err.length).toBeGreaterThan(3);
  });

  it('writes JSON when asked', async () => {
    const decoded = await run('decode', '70630503470028726114', '--json', ...KEY);
    expect(JSON.parse(decoded.out[0] ?? '')).toEqual({
      ok: true,
      tokenClass: 0,
      subClass: 0,
      fields: { kind: 'credit', resource: 'electricity', tid: 85_740, rnd: 5, units: 1 },
    });
    const refused = await run('decode', '70630503470028726115', '--json', ...KEY);
    expect(JSON.parse(refused.out[0] ?? '')).toEqual({
      ok: false,
      error: { code: 'CRCError', tokenClass: 0 },
    });
    const money = ['encode', 'currency-credit', '--amount', '1', '--tid', '5', '--json', ...KEY] as const;
    const made = JSON.parse((await run(...money)).out[0] ?? '') as { tokens: { token: string }[] };
    const back = await run('decode', made.tokens[0]?.token ?? '', '--json', ...KEY);
    expect(JSON.parse(back.out[0] ?? '')).toMatchObject({
      fields: { kind: 'currency-credit', amount: '100004' },
    });
    const explained = await run('explain', '70630503470028726114', '--json', ...KEY);
    expect(JSON.parse(explained.out[0] ?? '')).toMatchObject({
      ok: true,
      hex: '3D431F4B0860E9F62',
      clearBlock: '05014EEC00013188',
      fields: [
        { name: 'subClass' },
        { name: 'rnd', value: 5 },
        { name: 'tid' },
        { name: 'amount' },
        { name: 'crc' },
      ],
    });
    const key = [
      '--vending-key',
      'ABABABABABABABAB',
      '--dkga',
      '2',
      '--meter',
      '00000000000',
      '--sgc',
      '123456',
    ];
    const derived = await run('derive-key', '--json', ...key);
    expect(JSON.parse(derived.out[0] ?? '')).toMatchObject({ decoderKey: 'E653341F9D5BF36F' });
  });

  it('makes every kind of token, and reads it back', async () => {
    const kinds: readonly (readonly string[])[] = [
      ['credit', '--resource', 'gas', '--units', '12.3'],
      ['currency-credit', '--resource', 'time', '--amount', '7.5'],
      ['power-limit', '--watts', '5000'],
      ['phase-unbalance-limit', '--watts', '100'],
      ['clear-credit', '--register', '3'],
      ['clear-tamper'],
      ['tariff-rate', '--rate', '7'],
      ['water-meter-factor', '--factor', '8'],
      ['extended-set', '--index', '63', '--value', '1'],
      ['meter-test', '--control', '0x3', '--maker', '7'],
    ];
    for (const [kind = '', ...options] of kinds) {
      const made = await run('encode', kind, ...options, '--tid', '100', ...KEY);
      expect(made.code, kind).toBe(0);
      const read = await run('decode', ...(made.out[0] ?? '').split(' '), ...KEY);
      expect(read.out.join('\n'), kind).toContain(`kind             ${kind}`);
      const shown = await run('explain', made.out[0] ?? '', ...KEY);
      expect(shown.code, kind).toBe(0);
    }
  });

  it('makes the suite’s key changes with a new vending key and with a roll-over', async () => {
    const before = [
      '--vending-key',
      '949494949494949401234567ABABABABABABABAB',
      '--meter',
      '600727111111111153',
      '--sgc',
      '201462',
    ];
    const after = ['--new-vending-key', 'ABABABABABABABAB949494949494949401234567', '--new-sgc', '203557'];
    const rest = ['--new-tariff-index', '2', '--new-key-revision', '6', '--new-base-date', '2035'];
    const { out } = await run('encode', 'key-change', ...before, ...after, ...rest);
    const expected = JSON.parse(
      readFileSync(new URL('../../test/fixtures/vectors/sts-public.json', import.meta.url), 'utf8'),
    ) as { id: string; expected: { tokens: string[] } }[];
    const vector = expected.find(({ id }) => id === 'keychange/ed22-ea07-CTSA15-1');
    expect(out.map((line) => line.replaceAll(' ', ''))).toEqual(vector?.expected.tokens);
  });
});
