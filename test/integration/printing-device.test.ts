import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { deviceLink } from '../../src/main/printing/device-link.ts';
import { encodeSlip, startAttempt, type PrintOutcome } from '../../src/main/printing/index.ts';
import { paperOf } from '../../src/receipt/index.ts';
import { PrinterSimulator, type Fault, type PrinterEvent } from '../../src/simulators/printer/index.ts';
import { QUICK, SALE_DOCUMENT } from './printing-fixtures.ts';

const QUIET = {
  onFirstByte: () => undefined,
  onSent: () => undefined,
  onProblem: () => undefined,
  onStatus: () => undefined,
};
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
});

/** A pseudo-terminal whose other end is the program's standard input and output. */
async function pseudoTerminal(): Promise<{ file: string; far: ChildProcessWithoutNullStreams }> {
  const far = spawn('script', ['-qfc', 'stty raw -echo; tty; exec sleep 600', '/dev/null']);
  cleanups.push(() => far.kill());
  const file = await new Promise<string>((resolve, reject) => {
    far.once('error', reject);
    far.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
  });
  return { file, far };
}

/** A serial printer: the simulator behind a pseudo-terminal. */
async function serialPrinter(fault: Fault): Promise<{ file: string; events: PrinterEvent[] }> {
  const events: PrinterEvent[] = [];
  const printer = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    nextFault: () => fault,
    onEvent: (event) => events.push(event),
  });
  const port = await printer.listen(0);
  cleanups.push(() => printer.close());
  const { file, far } = await pseudoTerminal();
  const socket: Socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  far.stdin.on('error', () => undefined);
  far.stdout.pipe(socket);
  socket.pipe(far.stdin);
  return { file, events };
}

async function print(file: string, level: 'process-id' | 'write-only' = 'process-id'): Promise<PrintOutcome> {
  const processId = 'A001';
  const options = {
    codePage: 'WPC1252',
    arabicPage: null,
    cut: 'full',
    cutFeedLines: 3,
    processId,
    afterBreak: false,
  } as const;
  const slip = { bytes: encodeSlip(paperOf(SALE_DOCUMENT, 48), options), processId, lines: 0 };
  return startAttempt(deviceLink(file, 9_600), file, slip, level, QUICK, QUIET).outcome;
}

describe('a serial printer', () => {
  it('prints and says so', async () => {
    const { file, events } = await serialPrinter({ kind: 'none' });
    expect(await print(file)).toEqual({ state: 'printed' });
    const slips = events.flatMap((event) => (event.event === 'slip' ? [event.slip] : []));
    expect(slips).toHaveLength(1);
    expect(slips[0]?.errors).toEqual([]);
    expect(slips[0]?.lines.map((line) => line.text)).toContain('1234 5678 9012 3456 7890');
  });

  it('is unknown when the line goes dead in the middle', async () => {
    const { file } = await serialPrinter({ kind: 'stall', afterBytes: 300 });
    expect(await print(file)).toMatchObject({ state: 'unknown', problem: { code: 'printer-silent' } });
  });

  it('is sent, not printed, where it answers nothing', async () => {
    const { file } = await serialPrinter({ kind: 'none' });
    expect(await print(file, 'write-only')).toEqual({ state: 'sent' });
  });
});

describe('a device file', () => {
  it('that is an ordinary file, or none, is refused and not made', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-device-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const file = path.join(folder, 'lp0');
    const refused = { state: 'failed-before-first-byte', problem: { code: 'printer-unreachable' } };
    expect(await print(file)).toMatchObject(refused);
    expect(() => statSync(file)).toThrow('ENOENT');
    writeFileSync(file, 'kept');
    expect(await print(file)).toMatchObject(refused);
    expect(statSync(file).size).toBe(4);
  });
});
