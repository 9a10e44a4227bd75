import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { TracedDisk } from './images.ts';
import { readTrace } from './trace.ts';

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const file = (name: string): string => `7<${hex(name)}>`;
const write = (name: string, text: string, offset: number): string =>
  `pwrite64(${file(name)}, "${hex(text)}", ${text.length}, ${offset}) = ${text.length}`;

describe('a trace of two threads', () => {
  const work = mkdtempSync(path.join(tmpdir(), 'kioskwatt-trace-'));
  afterAll(() => rmSync(work, { recursive: true }));

  const read = async (lines: readonly string[]) => {
    writeFileSync(`${work}/trace`, `${lines.join('\n')}\n`);
    return readTrace(`${work}/trace`, '/data');
  };
  const kept = async (lines: readonly string[]): Promise<string> => {
    const disk = new TracedDisk(new Map([['ledger.db-wal', Buffer.from('....')]]));
    for (const op of await read(lines)) disk.play(op);
    return String(disk.image(['ledger.db-wal'], 'nothing', () => 0).get('ledger.db-wal'));
  };

  it('has only made durable what was written before a sync began, and only once it has ended', async () => {
    const [before, while_] = [write('/data/ledger.db-wal', 'a', 0), write('/data/ledger.db-wal', 'b', 1)];
    const begins = `11 fsync(${file('/data/ledger.db-wal')} <unfinished ...>`;
    const ends = '11 <... fsync resumed>) = 0';
    expect(await kept([`12 ${before}`, begins, `12 ${while_}`])).toBe('....');
    expect(await kept([`12 ${before}`, begins, `12 ${while_}`, ends])).toBe('a...');
    expect(await kept([`12 ${before}`, `12 ${while_}`, begins, ends])).toBe('ab..');
    const failed = '11 <... fsync resumed>) = -1 EIO (Input/output error)';
    expect(await kept([`12 ${before}`, begins, failed])).toBe('....');
  });

  it('tells every wait for the disk that the folder is the cause of, and no other', async () => {
    const syncs = ['/data', '/data/key', '/data/keys/key', '/dataset/key', '/'];
    const ops = await read(syncs.map((name) => `11 fsync(${file(name)}) = 0`));
    expect(ops.map((op) => 'file' in op && op.file)).toEqual(['.', 'key', 'keys/key']);
  });
});
