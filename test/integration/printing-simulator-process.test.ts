import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { encodeSlip, startAttempt, tcpLink } from '../../src/main/printing/index.ts';
import { paperOf } from '../../src/receipt/index.ts';
import { QUICK, SALE_DOCUMENT } from './printing-fixtures.ts';

const MAIN = path.resolve(import.meta.dirname, '../../src/simulators/printer/main.ts');

type Told = {
  readonly event: string;
  readonly port?: number;
  readonly slip?: { readonly lines: readonly { readonly text: string; readonly width: number }[] };
};

describe('the printer as a process of its own', () => {
  it('tells the slip that came out, and stops when it is told to', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--json'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      const told = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const next = async (event: string): Promise<Told> => {
        for (;;) {
          const read = await told.next();
          if (read.done) throw new Error('the printer has ended');
          const line = JSON.parse(read.value) as Told;
          if (line.event === event) return line;
        }
      };
      const { port = 0 } = await next('listening');
      const processId = 'A001';
      const options = {
        codePage: 'WPC1252',
        arabicPage: null,
        cut: 'full',
        cutFeedLines: 3,
        processId,
        afterBreak: false,
      } as const;
      const bytes = encodeSlip(paperOf(SALE_DOCUMENT, 48), options);
      const quiet = {
        onFirstByte: () => undefined,
        onSent: () => undefined,
        onProblem: () => undefined,
        onStatus: () => undefined,
      };
      const open = tcpLink({ host: '127.0.0.1', port });
      const attempt = startAttempt(
        open,
        `127.0.0.1:${port}`,
        { bytes, processId, lines: 0 },
        'process-id',
        QUICK,
        quiet,
      );
      expect(await attempt.outcome).toEqual({ state: 'printed' });
      const { slip } = await next('slip');
      expect(slip?.lines.find((line) => line.text.startsWith('1234'))).toMatchObject({
        text: '1234 5678 9012 3456 7890',
        width: 2,
      });
      child.stdin.write('stop\n');
      expect(await once(child, 'exit')).toEqual([0, null]);
    } finally {
      child.kill();
    }
  });

  it('ends with the program that drives it', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--json'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses settings that make no sense', async () => {
    const child = spawn(process.execPath, [MAIN, '--level', 'all', '--columns', 'wide'], { stdio: 'pipe' });
    let said = '';
    child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(said).toBe('--columns is 16 to 64\n--level is one of process-id, in-order, status, write-only\n');
  });
});
