import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { vectorsCommand } from './vectors-command.ts';

const FILE = path.resolve(import.meta.dirname, '../../test/fixtures/vectors/sts-public.json');
const folder = mkdtempSync(path.join(tmpdir(), 'vectors-'));

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await vectorsCommand.run(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  });
  return { code, out, err };
}

function fileOf(content: unknown): string {
  const file = path.join(folder, 'vectors.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('station vectors', () => {
  it('prints one line a kind and the sum, and ends with 0', async () => {
    const { code, out, err } = await run(FILE);
    expect(code).toBe(0);
    expect(err).toEqual([]);
    expect(out).toHaveLength(16);
    expect(out).toContain('keychange      18 passed, 0 failed');
    expect(out.at(-1)).toBe('491 passed, 0 failed');
  });

  it('names what failed and what is missing, and ends with 1', async () => {
    const all = JSON.parse(readFileSync(FILE, 'utf8')) as {
      kind: string;
      inputs: object;
      expected: object;
    }[];
    const crc = all.find(({ kind }) => kind === 'crc')!;
    const pan = all.find(({ kind }) => kind === 'pan')!;
    const { code, out, err } = await run(
      fileOf([
        crc,
        { ...crc, kind: 'sound', id: 'a' },
        { ...crc, id: 'b', expected: { crc: 'zz' } },
        { ...crc, id: 'c', expected: { colour: 1 } },
        { ...crc, id: 'd', inputs: { bytes: 'x' } },
        { ...pan, id: 'e', inputs: { op: 'checkDigit', digits: 'x' } },
        7,
      ]),
    );
    expect(code).toBe(1);
    expect(out.at(-1)).toBe('1 passed, 6 failed');
    expect(err.join('\n')).toContain('a: missing: a check for the kind sound');
    expect(err.join('\n')).toContain('not "zz"');
    expect(err.join('\n')).toContain('c: missing: colour is not computed');
    expect(err.join('\n')).toContain('d: input bytes cannot be used: "x"');
    expect(err.join('\n')).toContain('e: check refused: assertion failed');
    expect(err.join('\n')).toContain('entry 7: no id, kind, inputs and expected');
  });

  it('shows five failures of a kind and counts the rest', async () => {
    const { err } = await run(fileOf(Array.from({ length: 7 }, () => 'nothing')));
    expect(err).toHaveLength(6);
    expect(err.at(-1)).toBe('  and 2 more of this kind');
  });

  it('writes JSON when asked', async () => {
    const { out } = await run(FILE, '--json');
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ passed: 491, failed: 0 });
  });

  it.each([
    [[], 'the name of one file is needed'],
    [['a', 'b'], 'the name of one file is needed'],
    [[path.join(folder, 'none.json')], 'ENOENT'],
  ])('%j is a usage error', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err[0]).toContain(message);
  });

  it('does not take a file that holds something else', async () => {
    expect((await run(fileOf('{'))).code).toBe(2);
    expect((await run(fileOf({}))).err[0]).toContain('no list of vectors');
  });
});
