import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { appendTestPayment } from './health-payment.ts';
import { NOON, overwrite, recordCount, startFault } from './health-fixtures.ts';

const FILES = ['ledger.db', 'directory.db'] as const;

let root: string;
let unused: string;
let used: string;
/** Of each test its own: a private station that was used. */
let data: string;

beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-files-'));
  unused = path.join(root, 'unused');
  used = path.join(root, 'used');
  const program = path.join(import.meta.dirname, '../e2e/make-private.ts');
  const beside = ['backups', 'exchange'].map((name) => path.join(root, name));
  execFileSync(process.execPath, [program, unused, ...beside]);
  cpSync(unused, used, { recursive: true });
  const station = await open(used);
  station.ledger.transaction((tx) => {
    for (let n = 1; n < 9; n += 1) appendTestPayment(tx, n);
  });
  await station.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => {
  data = path.join(mkdtempSync(path.join(root, 'test-')), 'data');
  cpSync(used, data, { recursive: true });
});

const options = (folder: string): Parameters<typeof openStation>[0] => ({
  dataFolder: folder,
  profile: 'private',
  passphrase: 'private',
  now: () => NOON + 3_600_000,
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
});

async function open(folder: string): Promise<Station> {
  const opened = await openStation(options(folder));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

const missing = (file: string): object => ({ code: 'database-missing', params: { file } });

describe('books that are gone are not begun anew', () => {
  it.each(FILES)('when %s is not there, or has nothing in it', async (name) => {
    const file = path.join(data, name);
    rmSync(file);
    expect(await startFault(options(data))).toEqual(missing(file));
    expect(existsSync(file)).toBe(false);
    cpSync(path.join(used, name), file);
    truncateSync(file, 0);
    expect(await startFault(options(data))).toEqual(missing(file));
    expect(statSync(file).size).toBe(0);
    cpSync(path.join(used, name), file);
    await (await open(data)).close();
    expect(recordCount(data)).toBe(recordCount(used));
  });

  it.each(FILES)('and the log that %s left stays, with the last commits in it', async (name) => {
    const file = path.join(data, name);
    const writer = openWriter(name === 'ledger.db' ? 'ledger' : 'directory', file);
    if (!writer.ok) throw new Error(writer.error.code);
    const cut = `${data}-cut`;
    cpSync(data, cut, { recursive: true });
    writer.value.close();
    const log = path.join(cut, `${name}-wal`);
    const before = readFileSync(log);
    expect(before.length).toBeGreaterThan(0);
    // Without a key nothing else would tell that there were books.
    for (const gone of [name, `${name}-shm`, 'station-key.pem']) rmSync(path.join(cut, gone));
    expect(await startFault(options(cut))).toEqual(missing(path.join(cut, name)));
    expect(readFileSync(log).equals(before)).toBe(true);
  });

  it('by a command either', async () => {
    rmSync(path.join(data, 'ledger.db'));
    const said: string[] = [];
    const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) };
    const words = ['enrol', '--data', data, '--code', 'AAAA-AAAA-AAAA-AAAA', '--json'];
    expect(await runStationCommand(words, io)).toBe(1);
    expect(JSON.parse(said.join(''))).toMatchObject({ error: missing(path.join(data, 'ledger.db')) });
    expect(existsSync(path.join(data, 'ledger.db'))).toBe(false);
  });
});

describe('a start names the file that can’t be used', () => {
  it.each(FILES)('%s', async (name) => {
    const file = path.join(data, name);
    const harms: readonly (readonly [harm: string, code: string, does: () => void])[] = [
      ['a folder in its place', 'database-unreadable', () => (rmSync(file), mkdirSync(file))],
      [
        'a folder for its log',
        'database-unreadable',
        () => (rmSync(`${file}-wal`, { force: true }), mkdirSync(`${file}-wal`)),
      ],
      ['a link to itself', 'database-missing', () => (rmSync(file), symlinkSync(file, file))],
      ['cut short within a page', 'database-damaged', () => truncateSync(file, 5_000)],
      ['cut short within its head', 'database-damaged', () => truncateSync(file, 60)],
      ['the head of its schema gone', 'database-damaged', () => overwrite(file, 100, new Uint8Array(20))],
    ];
    for (const [harm, code, does] of harms) {
      does();
      expect(await startFault(options(data)), harm).toMatchObject({ code, params: { file } });
      rmSync(data, { recursive: true });
      cpSync(used, data, { recursive: true });
    }
  });
});

describe('a first start that was ended', () => {
  beforeEach(() => {
    rmSync(data, { recursive: true });
    cpSync(unused, data, { recursive: true });
  });

  it.each([
    ['before the ledger had a page', () => execFileSync('touch', [path.join(data, 'ledger.db')])],
    ['after the ledger', () => openWriterOnce()],
    [
      'after the ledger, without a directory',
      () => (openWriterOnce(), rmSync(path.join(data, 'directory.db'))),
    ],
  ])('%s goes on', async (_when, until) => {
    until();
    await (await open(data)).close();
    expect(existsSync(path.join(data, 'station-key.pem'))).toBe(true);
    await (await open(data)).close();
  });

  function openWriterOnce(): void {
    const writer = openWriter('ledger', path.join(data, 'ledger.db'));
    if (!writer.ok) throw new Error(writer.error.code);
    writer.value.close();
  }
});
