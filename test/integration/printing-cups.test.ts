import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeSlip, startAttempt, type PrintOutcome } from '../../src/main/printing/index.ts';
import { spoolerLink } from '../../src/main/printing/spooler-link.ts';
import { paperOf } from '../../src/receipt/index.ts';
import { PrinterSimulator, type PrinterEvent } from '../../src/simulators/printer/index.ts';
import { QUICK, SALE_DOCUMENT } from './printing-fixtures.ts';

/** Debian: `apt-get install cups`. The stand-in below is tested everywhere. */
const CUPSD = '/usr/sbin/cupsd';
const SOCKET_BACKEND = '/usr/lib/cups/backend/socket';
const run = promisify(execFile);
const cleanups: (() => unknown)[] = [];
const environment = { ...process.env };

afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean();
  process.env = { ...environment };
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'kioskwatt-cups-'));
  cleanups.push(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const DOCUMENT = paperOf(SALE_DOCUMENT, 48);
const SLIP = encodeSlip(DOCUMENT, {
  codePage: 'WPC1252',
  arabicPage: null,
  cut: 'full',
  cutFeedLines: 3,
  processId: null,
  afterBreak: false,
});
const QUIET = {
  onFirstByte: () => undefined,
  onSent: () => undefined,
  onProblem: () => undefined,
  onStatus: () => undefined,
};

async function print(queue: string): Promise<PrintOutcome> {
  const slip = { bytes: SLIP, processId: null, lines: 0 };
  const deadlines = { ...QUICK, connectMs: 5_000, writeMs: 5_000, drainMs: 15_000 };
  return startAttempt(spoolerLink(queue), queue, slip, 'write-only', deadlines, QUIET).outcome;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A spooler of its own, in a folder of its own, with one raw queue to a socket. */
async function spooler(printerPort: number): Promise<void> {
  const home = folder();
  const port = await freePort();
  for (const each of ['run', 'spool', 'cache', 'log', 'state']) mkdirSync(path.join(home, each));
  writeFileSync(
    path.join(home, 'cupsd.conf'),
    `Listen 127.0.0.1:${port}\nDefaultAuthType None\n<Location />\nAllow all\n</Location>\n<Location /admin>\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n`,
  );
  writeFileSync(
    path.join(home, 'cups-files.conf'),
    [
      `ServerRoot ${home}`,
      `StateDir ${home}/run`,
      `RequestRoot ${home}/spool`,
      `CacheDir ${home}/cache`,
      `AccessLog ${home}/log/access`,
      `ErrorLog ${home}/log/error`,
      `PageLog ${home}/log/page`,
      'Sandboxing relaxed',
      '',
    ].join('\n'),
  );
  chmodSync(home, 0o755);
  const daemon = spawn(CUPSD, ['-f', '-c', `${home}/cupsd.conf`, '-s', `${home}/cups-files.conf`], {
    stdio: 'ignore',
  });
  cleanups.push(async () => {
    const ended = once(daemon, 'exit');
    daemon.kill();
    await ended;
  });
  process.env.CUPS_SERVER = `127.0.0.1:${port}`;
  await expect
    .poll(() => run('lpstat', ['-r']).then(({ stdout }) => stdout), { timeout: 10_000 })
    .toContain('is running');
  await run('/usr/sbin/lpadmin', ['-p', 'pos', '-E', '-v', `socket://127.0.0.1:${printerPort}`, '-m', 'raw']);
}

describe.runIf(existsSync(CUPSD) && existsSync(SOCKET_BACKEND))('CUPS as Debian has it', () => {
  it('takes a slip whole, and the job is sent, never printed', async () => {
    const events: PrinterEvent[] = [];
    const printer = new PrinterSimulator({
      columns: 48,
      level: 'process-id',
      lineMs: 0,
      onEvent: (event) => events.push(event),
    });
    const port = await printer.listen(0);
    cleanups.push(() => printer.close());
    await spooler(port);
    expect(await print('pos')).toEqual({ state: 'sent' });
    await expect.poll(() => events.filter((event) => event.event === 'slip')).toHaveLength(1);
    expect(events).toMatchObject([{}, { slip: { errors: [], cut: 'full' } }]);
  });

  it('gets its job taken back when no printer takes it', async () => {
    const port = await freePort();
    await spooler(port);
    expect(await print('pos')).toMatchObject({ state: 'unknown' });
    expect(execFileSync('lpstat', ['-o', 'pos']).toString()).toBe('');
  });

  it('says before the first byte that there is no such queue', async () => {
    await spooler(await freePort());
    expect(await print('other')).toMatchObject({
      state: 'failed-before-first-byte',
      problem: { code: 'printer-unreachable', params: { address: 'other' } },
    });
  });
});

describe('a stand-in for CUPS', () => {
  /** Programs of the spooler's names that do what they are told here, and write down what they were asked. */
  function standIn(programs: Readonly<Record<string, string>>): string {
    const home = folder();
    for (const [name, body] of Object.entries(programs)) {
      writeFileSync(path.join(home, name), `#!/bin/sh\necho "${name} $*" >> ${home}/asked\n${body}\n`, {
        mode: 0o755,
      });
    }
    process.env.PATH = `${home}:${environment.PATH ?? ''}`;
    return home;
  }

  it('gets the slip as raw bytes under its queue', async () => {
    const home = standIn({
      lpstat: 'exit 0',
      lp: `cat > $(dirname $0)/slip; echo "request id is pos-7 (1 file(s))"`,
    });
    expect(await print('pos')).toEqual({ state: 'sent' });
    expect(new Uint8Array(readFileSync(path.join(home, 'slip')))).toEqual(SLIP);
    expect(readFileSync(path.join(home, 'asked'), 'utf8').split('\n').slice(0, 3)).toEqual([
      'lpstat -a pos',
      'lp -d pos -o raw -t receipt',
      'lpstat -o pos',
    ]);
  });

  it('is told to forget a slip that it keeps', async () => {
    const home = standIn({
      lpstat: 'echo "pos-7 root 1024 Mon"',
      lp: 'cat > /dev/null; echo "request id is pos-7 (1 file(s))"',
      cancel: 'exit 0',
    });
    expect(await print('pos')).toMatchObject({ state: 'unknown' });
    expect(readFileSync(path.join(home, 'asked'), 'utf8')).toContain('cancel pos-7');
  });

  it('that refuses the slip leaves it unknown, not sent', async () => {
    standIn({ lpstat: 'exit 0', lp: 'exit 1' });
    expect(await print('pos')).toMatchObject({ state: 'unknown', problem: { code: 'printer-cut-off' } });
  });
});
