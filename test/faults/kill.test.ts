import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balances, openSales, verifyChain } from '../../src/main/ledger/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';

const KILLS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 2_000 : 25;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? 20_261_123);

/** Mulberry32: small, seeded, good enough to choose moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lets a till sell and kills it at a moment after some sale; resolves to what its cashier was told. */
function sellUntilKilled(folder: string, random: () => number): Promise<Map<string, string>> {
  const told = new Map<string, string>();
  const sales = 1 + Math.floor(random() * 12);
  const microseconds = Math.floor(random() * 12_000);
  return new Promise((resolve, reject) => {
    const till = spawn(process.execPath, [path.join(import.meta.dirname, 'till.ts'), folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    till.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    createInterface(till.stdout).on('line', (line) => {
      const [word, saleId = '', token = ''] = line.split(' ');
      if (word === 'told') told.set(saleId, token);
      // A busy wait of a few thousand microseconds lands anywhere in the next sale's protocol.
      if (told.size < sales || till.killed) return;
      const until = performance.now() + microseconds / 1000;
      while (performance.now() < until);
      till.kill('SIGKILL');
    });
    till.on('close', (code, signal) =>
      signal === 'SIGKILL'
        ? resolve(told)
        : reject(new Error(`the till ended by itself (${code}): ${complaints}`)),
    );
  });
}

describe(`a till killed ${KILLS} times, seed ${SEED}`, () => {
  let folder: string;
  let station: Station;
  const told = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-kill-'));
    const random = seeded(SEED);
    for (let kill = 0; kill < KILLS; kill += 1) {
      for (const [saleId, token] of await sellUntilKilled(folder, random)) told.set(saleId, token);
    }
    const opened = await openStation({
      dataFolder: folder,
      profile: 'training',
      now: () => Date.UTC(2036, 0, 1),
      random: (bytes) => randomBytes(bytes),
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    station = opened.value;
  }, 3_600_000);

  afterAll(async () => {
    await station?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lost no sale that a cashier was told of, nor its token', () => {
    expect(told.size).toBeGreaterThanOrEqual(KILLS);
    const kept = new Map(
      station.ledger
        .prepare('SELECT sale_id, digits FROM token')
        .all<{ sale_id: string; digits: string }>()
        .map((row) => [row.sale_id, row.digits]),
    );
    for (const [saleId, token] of told) expect(kept.get(saleId)).toBe(token);
  });

  it('made one token for each sale and one sale for each token', () => {
    const counts = station.ledger
      .prepare(
        `SELECT (SELECT count(*) FROM sale) AS sales, (SELECT count(*) FROM token) AS tokens,
           (SELECT count(DISTINCT sale_id) FROM token) AS sold, (SELECT count(DISTINCT digits) FROM token) AS digits`,
      )
      .get<{ sales: number; tokens: number; sold: number; digits: number }>();
    expect(counts?.tokens).toBe(counts?.sales);
    expect(counts?.sold).toBe(counts?.sales);
    expect(counts?.digits).toBe(counts?.sales);
  });

  it('left nothing open, no money held, and a whole chain', () => {
    expect(openSales(station.ledger)).toEqual([]);
    const all = balances(station.ledger);
    expect(all.reduce((sum, row) => sum + row.balanceMinor, 0)).toBe(0);
    expect(all.find((row) => row.account === 'tender-held')?.balanceMinor).toBe(0);
    const drawer = all.find((row) => row.account === 'cash-drawer')?.balanceMinor;
    const taken = station.ledger
      .prepare('SELECT sum(amount_minor) AS taken FROM sale')
      .get<{ taken: number }>();
    expect(drawer).toBe(taken?.taken);
    expect(verifyChain(station.ledger).ok).toBe(true);
  });

  it('claims no slip printed that the printer did not confirm', () => {
    const claims = station.ledger
      .prepare("SELECT count(*) AS n FROM print_event WHERE state = 'printed' AND cause <> 'echo'")
      .get<{ n: number }>();
    expect(claims?.n).toBe(0);
  });
});
