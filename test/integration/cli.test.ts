import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';

const ROOT = path.resolve(import.meta.dirname, '../..');
let home: string;
let data: string;

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'kioskwatt-cli-'));
  data = path.join(home, 'training');
  const first = await station('training-sale', '--data', data);
  expect(first).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function station(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const program = path.join(ROOT, 'src/cli/station.ts');
    execFile(process.execPath, [program, ...words], { cwd: ROOT }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

function vend(changes: Readonly<Record<string, string>>): Promise<Ended> {
  const flags = { data, meter: '00123456782', amount: '100', operator: 'Amina', pin: '1234', ...changes };
  return station('vend', ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]), '--json');
}

const errorOf = (ended: Ended): { code: string; cashier: string; customer: string } =>
  (JSON.parse(ended.out) as { error: { code: string; cashier: string; customer: string } }).error;

function count(table: string): number {
  const db = new Database(path.join(data, 'ledger.db'), { readonly: true });
  try {
    return (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n;
  } finally {
    db.close();
  }
}

describe('the station from a terminal', () => {
  it('sells, and the books hold the token that was told', async () => {
    const sold = await vend({ cash: '200', meter: 'Nkosi', acknowledge: 'warning-duplicate' });
    expect(sold.code).toBe(0);
    const { sale } = JSON.parse(sold.out) as {
      sale: { tokens: { digits: string }[]; changeMinor: number; printJob: { state: string } };
    };
    expect(sale.changeMinor).toBe(10_000);
    expect(sale.printJob.state).toBe('printed');
    const exported = await station('ledger', 'export', '--data', data);
    expect(exported.out).toContain(`"digits":"${sale.tokens[0]?.digits}"`);
    const verified = await station(
      'verify-token',
      sale.tokens[0]?.digits ?? '',
      '--meter',
      '00123456782',
      '--data',
      data,
      '--json',
    );
    expect(JSON.parse(verified.out)).toMatchObject({
      ok: true,
      tokenClass: 0,
      subclass: 0,
      unitsTenths: 426,
    });
    const other = await station(
      'verify-token',
      sale.tokens[0]?.digits ?? '',
      '--meter',
      '0100876543214',
      '--data',
      data,
      '--json',
    );
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out)).toMatchObject({ ok: false, reason: 'CRCError' });
  });

  it('sells once for one request id', async () => {
    const id = '01920000-0000-7000-8000-000000000001';
    const first = await vend({ 'request-id': id, meter: '0100876543214' });
    const before = count('sale');
    const again = await vend({ 'request-id': id, meter: '0100876543214' });
    expect(count('sale')).toBe(before);
    const digits = (ended: Ended): unknown =>
      (JSON.parse(ended.out) as { sale: { tokens: unknown } }).sale.tokens;
    expect(digits(again)).toEqual(digits(first));
  });

  it('verifies its books against a head that was kept elsewhere', async () => {
    const verify = (...words: readonly string[]): Promise<Ended> =>
      station('ledger', 'verify', '--data', data, ...words);
    const { head, epoch, sequence } = JSON.parse((await verify('--json')).out) as Record<string, string>;
    const grouped = head?.replaceAll(/(.{8})/gu, '$1 ') ?? '';
    expect((await verify('--head', grouped, '--at', `${epoch}/${sequence}`)).code).toBe(0);
    const other = await verify('--head', 'ab'.repeat(32), '--json');
    expect(other.code).toBe(1);
    expect(JSON.parse(other.out)).toMatchObject({ ok: false, reason: 'outside head not met' });
    expect((await verify('--head', 'ab'.repeat(32))).err).toContain('Its end was cut off');
    for (const unclear of ['12ab', 'x'.repeat(64)]) expect((await verify('--head', unclear)).code).toBe(2);
    expect((await verify('--at', '1/2')).code).toBe(2);
  });

  it('verifies its books and replays its prices', async () => {
    const verified = await station('ledger', 'verify', '--data', data, '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true, epoch: 1 });
    const replayed = await station('tariff', 'replay', '--data', data);
    expect(replayed.code).toBe(0);
    expect(replayed.out).toMatch(/^\d+ passed, 0 failed$/mu);
  });
});

describe('bad input gets its own answer and leaves nothing behind', () => {
  const cases: readonly [string, Readonly<Record<string, string>>][] = [
    ['meter-length', { meter: '0012345678' }],
    ['meter-check-digit', { meter: '00123456783' }],
    ['meter-unknown', { meter: '600727111111111153' }],
    ['amount-zero', { amount: '0' }],
    ['amount-negative', { amount: '-5' }],
    ['amount-too-large', { amount: '99999999999999999999' }],
    ['amount-above-maximum', { amount: '5000.10' }],
    ['amount-not-a-number', { amount: 'ten' }],
    ['amount-not-a-number', { amount: '1e3' }],
    ['amount-too-precise', { amount: '10.001' }],
    ['amount-below-minimum', { amount: '0.10' }],
    ['cash-too-little', { cash: '50' }],
    ['sign-in-refused', { pin: '9999' }],
    ['meter-blocked', { meter: '00793432709' }],
    ['warning-duplicate', {}],
    ['module-passphrase', { passphrase: 'wrong' }],
    ['nothing-found', { meter: 'Nobody Atall' }],
  ];

  it.each(cases)('%s for %o', async (code, changes) => {
    const before = count('sale');
    const ended = await vend(changes);
    expect(ended.code).toBe(1);
    const error = errorOf(ended);
    expect(error.code).toBe(code);
    expect(error.cashier).not.toMatch(/unexpected|\{/u);
    expect(error.customer.length).toBeGreaterThan(10);
    expect(count('sale')).toBe(before);
  });

  it('a closed printer port keeps the sale and the slip', async () => {
    const closed = await freePort();
    const ended = await vend({ printer: `127.0.0.1:${closed}`, meter: '0100000000008' });
    expect(ended.code).toBe(0);
    const { sale } = JSON.parse(ended.out) as {
      sale: { saleId: string; tokens: unknown[]; printJob: { state: string; problem: { id: string } } };
    };
    expect(sale.tokens).toHaveLength(1);
    expect(sale.printJob).toMatchObject({
      state: 'failed-before-first-byte',
      problem: { id: 'error.printer-unreachable.cashier' },
    });
  });

  it('a mistyped printer address is refused, not written to a file', async () => {
    const ended = await vend({ printer: 'tcp//10.0.0.1' });
    expect(errorOf(ended).code).toBe('printer-address');
    expect(existsSync(path.join(ROOT, 'tcp'))).toBe(false);
  });

  it('a second station on the folder is told of the first', async () => {
    const holder = spawn(process.execPath, [
      '--input-type=module-typescript',
      '-e',
      `
      import { openDataFolder } from ${JSON.stringify(path.join(ROOT, 'src/main/store/index.ts'))};
      const opened = openDataFolder(${JSON.stringify(data)});
      console.log(opened.ok);
      process.stdin.on('data', () => process.exit());`,
    ]);
    try {
      await new Promise((resolve) => createInterface(holder.stdout).once('line', resolve));
      const ended = await vend({});
      expect(errorOf(ended)).toMatchObject({ code: 'folder-locked' });
      expect(errorOf(ended).cashier).toContain(`process ${holder.pid}`);
      const beside = await station('ledger', 'verify', '--data', data, '--json');
      expect(beside.code).toBe(0);
    } finally {
      holder.kill();
    }
  });

  it('a ledger from a newer program is refused by its numbers', async () => {
    const folder = path.join(home, 'newer');
    await station('training-sale', '--data', folder);
    const db = new Database(path.join(folder, 'ledger.db'));
    db.pragma('user_version = 99');
    db.close();
    const ended = await station('training-sale', '--data', folder, '--json');
    expect(errorOf(ended).code).toBe('database-newer');
    expect(errorOf(ended).cashier).toContain('version 99');
  });

  it('settings with a fault name it', async () => {
    const folder = path.join(home, 'settings');
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, 'station.json'),
      '{"version":1,"profile":"training","stationId":"lower case"}',
    );
    const ended = await station('training-sale', '--data', folder, '--json');
    expect(errorOf(ended).code).toBe('config-invalid');
    expect(errorOf(ended).cashier).toContain('stationId');
  });

  it('words that are no command are a usage error', async () => {
    expect((await station('sell')).code).toBe(2);
    expect((await station('vend')).code).toBe(2);
    expect((await station('vend', '--profile', 'pretend', '--data', data)).code).toBe(2);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
