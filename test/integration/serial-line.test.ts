import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { serialTransport } from '../../src/main/secure-module/index.ts';

/** Two ends of one serial line, by socat: ours, and the bytes that a module would send and hear. */
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0).toReversed()) close();
});

async function openLine(): Promise<{ socat: ChildProcess; link: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-serial-'));
  const link = path.join(folder, 'module');
  const socat = spawn('socat', ['-d', '-d', `PTY,link=${link},raw,echo=0`, 'STDIO'], { stdio: 'pipe' });
  closing.push(
    () => rmSync(folder, { recursive: true }),
    () => void socat.kill(),
  );
  await new Promise<void>((resolve) => {
    createInterface({ input: socat.stderr }).on('line', (line) => {
      if (line.includes('starting data transfer loop')) resolve();
    });
  });
  return { socat, link };
}

async function openStream(link: string) {
  const opened = await serialTransport(link).open();
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** Reads until so many bytes are there, in however many pieces they come. */
async function readBytes(stream: Awaited<ReturnType<typeof openStream>>, count: number): Promise<string> {
  let text = '';
  while (text.length < count) {
    const bytes = await stream.read();
    if (bytes === null) throw new Error(`the line ended after ${text.length} bytes`);
    text += Buffer.from(bytes).toString('latin1');
  }
  return text;
}

it('carries every byte both ways, also more than one read or write takes at once', async () => {
  const { socat, link } = await openLine();
  const stream = await openStream(link);
  const long = Array.from({ length: 40_000 }, (_, index) => String.fromCodePoint(33 + (index % 90))).join('');
  const heard = new Promise<string>((resolve) => {
    let text = '';
    socat.stdout!.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (text.length >= long.length) resolve(text);
    });
  });
  await stream.write(Buffer.from(long, 'latin1'));
  expect(await heard).toBe(long);
  socat.stdin!.write(long, 'latin1');
  expect(await readBytes(stream, long.length)).toBe(long);
  await stream.close();
});

it('ends a read that waits when it is closed, and writes nothing afterwards', async () => {
  const { link } = await openLine();
  const stream = await openStream(link);
  const waiting = stream.read();
  await stream.close();
  expect(await waiting).toBeNull();
  expect(await stream.read()).toBeNull();
  await expect(stream.write(Buffer.from('x'))).rejects.toThrow('Port is not open');
});

it('ends a read that waits when the other side hangs up', async () => {
  const { socat, link } = await openLine();
  const stream = await openStream(link);
  const waiting = stream.read();
  socat.kill();
  await once(socat, 'exit');
  expect(await waiting).toBeNull();
  await stream.close();
});
