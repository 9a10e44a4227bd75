import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepHeadOfficeWord } from '../ledger/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { openExchange, type Exchange } from './exchange.ts';
import type { Transport } from './transport.ts';

const MINUTE_MS = 60_000;

let folder: string;
let ledger: LedgerWriter;
let exchange: Exchange;
/** When the line was asked for, in milliseconds from the start. */
let visits: number[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-exchange-'));
  const opened = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  ledger = opened.value;
  vi.useFakeTimers({ now: 0 });
  visits = [];
});

afterEach(async () => {
  await exchange.close();
  vi.useRealTimers();
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A line on which nothing lies ready. */
const QUIET: Transport = {
  put: () => Promise.resolve(),
  list: () => Promise.resolve([]),
  get: () => Promise.reject(new Error('nothing is there')),
  remove: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

function open(line: () => Promise<Transport>, randomPart = 0.5): void {
  const never = (): never => {
    throw new Error('nobody is enrolled');
  };
  exchange = openExchange({
    folder,
    ledger,
    stationId: 'X1',
    zone: 'Africa/Johannesburg',
    profile: 'private',
    versions: never,
    now: Date.now,
    boot: 'b',
    upMs: Date.now,
    build: never,
    applyPackage: never,
    settings: { transport: { kind: 'folder', folder } },
    randomPart: () => randomPart,
    onChange: () => undefined,
    openTransport: () => {
      visits.push(Date.now());
      return line();
    },
  });
}

const reached = (): Promise<Transport> => Promise.resolve(QUIET);
const cut = (): Promise<Transport> => Promise.reject(new Error('the line is cut'));
const gaps = (): readonly number[] => visits.map((at, index) => at - (visits[index - 1] ?? 0));

describe('when head office is called', () => {
  it('is soon after the start, and every thirty minutes from then on', async () => {
    open(reached);
    await vi.advanceTimersByTimeAsync(65 * MINUTE_MS);
    expect(gaps()).toEqual([5_000, 30 * MINUTE_MS, 30 * MINUTE_MS]);
  });

  it.each([
    [0, 24],
    [1, 36],
  ])('differs by a fifth at most: at %d it is every %d minutes', async (part, minutes) => {
    open(reached, part);
    await vi.advanceTimersByTimeAsync(40 * MINUTE_MS);
    expect(gaps().slice(0, 2)).toEqual([5_000, minutes * MINUTE_MS]);
  });

  it('goes by head office’s word as soon as it has said so', async () => {
    open(reached);
    await vi.advanceTimersByTimeAsync(5_000);
    ledger.transaction((tx) => keepHeadOfficeWord(tx, 'interval', { everyMinutes: 10 }));
    expect(exchange.everyMinutes()).toBe(10);
    await vi.advanceTimersByTimeAsync(55 * MINUTE_MS);
    expect(gaps().slice(0, 4)).toEqual([5_000, 30 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS]);
  });

  it('is soon after a Z, and at once when somebody asks', async () => {
    open(reached);
    await vi.advanceTimersByTimeAsync(10 * MINUTE_MS);
    exchange.soon();
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(gaps()).toEqual([5_000, 10 * MINUTE_MS]);
    await exchange.visitNow();
    expect(visits).toHaveLength(3);
  });

  it('waits longer and longer while the line is cut, and never longer than between two visits', async () => {
    open(cut);
    await vi.advanceTimersByTimeAsync(130 * MINUTE_MS);
    const minutes = gaps()
      .slice(1)
      .map((gap) => gap / MINUTE_MS);
    expect(minutes).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(exchange.status()).toMatchObject({ state: 'not-enrolled', problem: 'head-office-unreachable' });
  });
});
