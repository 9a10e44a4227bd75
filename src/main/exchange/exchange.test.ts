import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendRecord, chainHead, CLOCK_ACCEPTED, keepHeadOfficeWord } from '../ledger/index.ts';
import { openWriter, type LedgerWriter } from '../store/index.ts';
import { PACKAGE_FILES, type PackageManifest } from '../../batch/index.ts';
import { addOperator, changeOperator, listOperators } from '../operators/index.ts';
import { ENROLMENT_FILE } from './enrolment.ts';
import { openExchange, type Exchange, type ExchangeDeps } from './exchange.ts';
import type { Transport } from './transport.ts';

const MINUTE_MS = 60_000;
const YEARS_AHEAD_MS = 5 * 365 * 86_400_000;

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

function open(line: () => Promise<Transport>, randomPart = 0.5, also: Partial<ExchangeDeps> = {}): void {
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
    settings: () => ({ transport: { kind: 'folder', folder } }),
    randomPart: () => randomPart,
    onChange: () => undefined,
    openTransport: () => {
      visits.push(Date.now());
      return line();
    },
    ...also,
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

const manifest = { number: 1, counts: [] } as unknown as PackageManifest;

/** A package in the inbox of a station that head office knows. */
function layPackage(): void {
  const key = 'ab'.repeat(32);
  const enrolled = { state: 'enrolled', publicKey: key, epoch: 1, headOfficeKey: key };
  writeFileSync(path.join(folder, ENROLMENT_FILE), JSON.stringify(enrolled));
  mkdirSync(path.join(folder, 'inbox'));
  for (const ending of Object.values(PACKAGE_FILES))
    writeFileSync(path.join(folder, 'inbox', `X1.0001.package.v1${ending}`), ending);
}

describe('a package that comes while nobody answers for the clock', () => {
  const record = (kind: string): unknown =>
    ledger.transaction((tx) =>
      appendRecord(tx, {
        kind,
        atUnixMs: Date.now(),
        businessDate: '1970-01-01',
        operatorId: null,
        subjectId: null,
        detail: {},
      }),
    );
  const applyPackage: ExchangeDeps['applyPackage'] = async ({ nowUnixMs }) => {
    // In force since 1970 began.
    return { ok: true, value: { manifest, due: nowUnixMs >= 0, lines: [] } };
  };
  const visited = async (): Promise<unknown> => {
    const visit = await exchange.visitNow();
    return visit.ok && visit.value.packages;
  };

  it('waits, and writes nothing down at a time that may never come', async () => {
    record('test');
    layPackage();
    open(reached, 0.5, { applyPackage });
    vi.setSystemTime(YEARS_AHEAD_MS);
    expect(await visited()).toEqual([{ name: 'X1.0001.package.v1', state: 'waiting', number: 1 }]);
    expect(chainHead(ledger)?.atUnixMs).toBe(0);
    vi.setSystemTime(MINUTE_MS);
    expect(await visited()).toMatchObject([{ state: 'applied' }]);
    expect(chainHead(ledger)?.atUnixMs).toBe(MINUTE_MS);
  });

  it('is taken once somebody does', async () => {
    record('test');
    layPackage();
    open(reached, 0.5, { applyPackage, agreeOnClock: async () => record(CLOCK_ACCEPTED) });
    vi.setSystemTime(YEARS_AHEAD_MS);
    expect(await visited()).toMatchObject([{ state: 'applied' }]);
    expect(chainHead(ledger)?.atUnixMs).toBe(YEARS_AHEAD_MS);
  });

  it('is written at the newest record’s time where the clock jumps while it is checked', async () => {
    record('test');
    layPackage();
    const jumping: typeof applyPackage = async (job) => {
      vi.setSystemTime(YEARS_AHEAD_MS);
      return applyPackage(job);
    };
    open(reached, 0.5, { applyPackage: jumping });
    expect(await visited()).toMatchObject([{ state: 'applied' }]);
    expect(chainHead(ledger)?.atUnixMs).toBe(0);
  });
});

describe('keys and epochs by a clock that jumped', () => {
  it('are written at the newest record’s time', () => {
    ledger.transaction((tx) =>
      appendRecord(tx, {
        kind: 'test',
        atUnixMs: MINUTE_MS,
        businessDate: '1970-01-01',
        operatorId: null,
        subjectId: null,
        detail: {},
      }),
    );
    open(reached);
    vi.setSystemTime(YEARS_AHEAD_MS);
    expect(exchange.enrol('ABCD-EFGH-JKMN-PQRS', 'ada').ok).toBe(true);
    expect(chainHead(ledger)).toMatchObject({ atUnixMs: MINUTE_MS, sequence: 2 });
  });
});

describe('a package that can’t be taken', () => {
  it('does not keep the visit from the rest of its way', async () => {
    layPackage();
    let looks = 0;
    const line = { ...QUIET, list: () => Promise.resolve((looks += 1)).then(() => []) };
    open(() => Promise.resolve(line), 0.5, { applyPackage: () => Promise.reject(new Error('torn')) });
    expect(await exchange.visitNow()).toMatchObject({
      ok: false,
      error: { code: 'head-office-unreachable', params: { reason: 'torn' } },
    });
    // Twice before packages are taken, twice when all is sent.
    expect(looks).toBe(4);
  });
});

describe('a package with rows that can’t be taken back', () => {
  it('is taken without them, and the status says so for the day', async () => {
    layPackage();
    const lines = [{ kind: 'lost', line: '{}' }] as const;
    open(reached, 0.5, {
      applyPackage: () => Promise.resolve({ ok: true, value: { manifest, due: true, lines } }),
    });
    expect(await exchange.visitNow()).toMatchObject({ value: { packages: [{ state: 'applied', left: 1 }] } });
    expect(await exchange.visitNow()).toMatchObject({ value: { packages: [] } });
    expect(exchange.status().problem).toBe('package-left');
    vi.setSystemTime(24 * 60 * MINUTE_MS);
    expect(exchange.status().problem).toBeNull();
  });
});

describe('a package with roles', () => {
  it('is taken whole before people are changed at the counter', async () => {
    const moment = { nowUnixMs: 0, zone: 'Africa/Johannesburg', operatorId: null };
    const ids: string[] = [];
    for (const name of ['Ada', 'Bola']) {
      const added = await addOperator(ledger, { name, role: 'administrator', pin: '2468' }, moment);
      if (!added.ok) throw new Error(added.error.code);
      ids.push(added.value);
    }
    layPackage();
    const lines = [{ kind: 'role', operator: 'Ada', role: 'cashier' }] as const;
    let begin = (): void => undefined;
    let check = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const checked = new Promise<void>((resolve) => (check = resolve));
    open(reached, 0.5, {
      applyPackage: async () => {
        begin();
        await checked;
        return { ok: true, value: { manifest, due: true, lines } };
      },
    });
    const visiting = exchange.visitNow();
    await begun;
    const leave = exchange.betweenPackages(() =>
      ledger.transaction((tx) =>
        changeOperator(tx, moment, ids[1] ?? '', { role: 'administrator', active: false }),
      ),
    );
    check();
    expect(await leave).toEqual({ ok: false, error: { code: 'operator-last-administrator' } });
    expect(await visiting).toMatchObject({ value: { packages: [{ state: 'applied', number: 1 }] } });
    expect(listOperators(ledger)).toMatchObject([
      { name: 'Ada', role: 'cashier' },
      { name: 'Bola', role: 'administrator', active: true },
    ]);
  });
});
