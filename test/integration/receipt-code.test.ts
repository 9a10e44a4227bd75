import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { runStationCommand } from '../../src/cli/station.ts';
import { openFromTerminal } from '../../src/cli/open.ts';

let home: string;
let code: string;
let digits: string;
let meterNumber: string;
let publicKey: string;
let otherKey: string;

type Ended = { readonly code: number; readonly out: string; readonly err: string };

async function station(...words: readonly string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const io = {
    out: (line: string) => void (said.out += `${line}\n`),
    err: (line: string) => void (said.err += `${line}\n`),
  };
  return { code: await runStationCommand(words, io), ...said };
}

async function soldAt(data: string): Promise<string> {
  expect(await station('training-sale', '--data', data)).toMatchObject({ code: 0 });
  return (await station('receipt', 'key', '--data', data)).out.trim();
}

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'kioskwatt-code-'));
  publicKey = await soldAt(path.join(home, 'a'));
  otherKey = await soldAt(path.join(home, 'b'));
  const db = new Database(path.join(home, 'a', 'ledger.db'), { readonly: true });
  const row = db
    .prepare(
      `SELECT json_extract(document, '$.qr') AS code, digits, json_extract(sale.meter, '$.meterNumber') AS meter
         FROM receipt JOIN sale USING (sale_id) JOIN token USING (sale_id)`,
    )
    .get() as { code: string; digits: string; meter: string };
  db.close();
  code = row.code;
  digits = row.digits;
  meterNumber = row.meter;
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const check = (text: string, key = publicKey): Promise<Ended> =>
  station('receipt', 'verify', text, '--key', key, '--json');
const refusal = (ended: Ended): unknown => (JSON.parse(ended.out) as { error: { code: string } }).error.code;

describe('the code of a receipt', () => {
  it('is signed by the station and says what was sold', async () => {
    expect(code).toMatch(/^[0-9A-Z $%*+\-./:]{1,221}$/u);
    const ended = await check(code);
    expect(ended.code).toBe(0);
    const sixteen = createHash('sha256').update(digits).digest('hex').slice(0, 32);
    expect(JSON.parse(ended.out)).toMatchObject({ ok: true, meterNumber, tokenDigest: sixteen });
  });

  it('is confirmed by whoever has the public key, without any of our code', () => {
    const at = code.lastIndexOf('.');
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const bits = Array.from(code.slice(at + 1), (sign) =>
      alphabet.indexOf(sign).toString(2).padStart(5, '0'),
    );
    const bytes = (bits.join('').match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2));
    const der = Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    expect(verify(null, Buffer.from(code.slice(0, at)), key, Uint8Array.from(bytes))).toBe(true);
  });

  it('is checked with the key in a data folder too, and as scanners type it', async () => {
    const ended = await station(
      'receipt',
      'verify',
      ` ${code.toLowerCase()} `,
      '--data',
      path.join(home, 'a'),
    );
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain(`Meter ${meterNumber}`);
  });

  it('is refused with any sign of it changed', async () => {
    const fields = code.split('.');
    const amount = fields[3] ?? '';
    const dearer = [
      ...fields.slice(0, 3),
      `${amount.slice(0, 3)}9${amount.slice(4)}`,
      ...fields.slice(4),
    ].join('.');
    expect(dearer).not.toBe(code);
    expect(refusal(await check(dearer))).toBe('receipt-code-signature');
    for (let at = 4; at < code.length; at += 7) {
      const sign = code[at] === '2' ? '3' : '2';
      const ended = await check(`${code.slice(0, at)}${sign}${code.slice(at + 1)}`);
      expect(ended.code).toBe(1);
      expect(refusal(ended)).toMatch(/^receipt-code-(?:signature|damaged)$/u);
    }
  });

  it('is refused as another station’s', async () => {
    const ended = await check(code, otherKey);
    expect(ended.code).toBe(1);
    expect(refusal(ended)).toBe('receipt-code-signature');
  });

  it.each([
    ['receipt-code-not-ours', (): string => '01234567890'],
    ['receipt-code-damaged', (): string => code.slice(0, -20)],
    ['receipt-code-damaged', (): string => `${code}.A`],
  ])('is refused as %s', async (refused, text) => {
    const ended = await check(text());
    expect(ended.code).toBe(1);
    expect(refusal(ended)).toBe(refused);
  });

  it('can’t be checked with what is no key', async () => {
    expect(refusal(await check(code, 'd75a98'))).toBe('station-key-text');
    const ended = await station('receipt', 'verify', code, '--data', home, '--json');
    expect(refusal(ended)).toBe('station-key-missing');
  });

  it('is the search word for its meter at the counter', async () => {
    const opened = await openFromTerminal({ data: path.join(home, 'a'), profile: 'training' });
    if (!opened.ok) throw new Error(opened.error.code);
    const session = opened.value.newSession();
    try {
      const search = opened.value.handlers['directory.search'];
      const found = await search({ text: code.toLowerCase() }, session);
      expect(found).toMatchObject({ ok: true, value: { hits: [{ meterNumber }] } });
      const torn = await search({ text: code.slice(0, 60) }, session);
      expect(torn).toMatchObject({ ok: false, error: { code: 'receipt-code-damaged' } });
    } finally {
      await opened.value.close();
    }
  });

  it('leaves the private half in one file that nobody else may read', () => {
    const pem = readFileSync(path.join(home, 'a', 'station-key.pem'), 'utf8');
    expect(pem).toContain('PRIVATE KEY');
    expect(pem).not.toContain(publicKey);
  });
});
