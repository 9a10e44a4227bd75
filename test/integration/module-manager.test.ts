import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModuleSettings } from '../../src/contract/index.ts';
import {
  ModuleManager,
  Sts6Line,
  sts6Module,
  tcpTransport,
  type CreditRequest,
  type ManagerStatus,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import { writeModuleStopped } from '../../src/main/vending/book.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { StorageError } from '../../src/main/store/index.ts';
import {
  scriptedFaults,
  Sts6Server,
  Sts6Simulator,
  type LineFault,
} from '../../src/simulators/sts6-module/index.ts';
import { makeId, ok, unitsTenths, unixMs } from '../../src/units/index.ts';
import { SIMULATED_TRAINING_KEYS } from './sts6-fixtures.ts';

const NOW = unixMs(Date.UTC(2026, 10, 24, 12, 0));
const HOUR_MS = 3_600_000;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A module behind a port. `faults` are met by token commands only, one each. */
async function module(moduleId: string, faults: readonly LineFault[] = [], clockMs = 0, port = 0) {
  const simulator = new Sts6Simulator({
    moduleId,
    keys: SIMULATED_TRAINING_KEYS,
    capacity: SIMULATED_TRAINING_KEYS.length,
    nowUnixMs: () => NOW + clockMs,
    windowMs: 86_400_000,
    transactions: null,
  });
  const next = scriptedFaults(faults);
  const server = new Sts6Server(simulator, {
    serviceMs: { token: 0, other: 0 },
    lateMs: 0,
    nextFault: (command) => (command === 'VC' ? next() : 'none'),
  });
  closing.push(() => server.close());
  return { simulator, server, port: await server.listen(port) };
}

function source(port: number, timeoutMs = 200) {
  const transport = tcpTransport('127.0.0.1', port);
  const line = new Sts6Line(transport, { timeoutMs });
  const sts6 = sts6Module(line, { profile: 'training', nowUnixMs: () => NOW });
  return { driver: 'sts6', place: transport.place, module: ok(sts6), sleeper: line };
}

/** `lookMs`: how often it looks by itself; its own measure when left out. */
function manage(ports: readonly number[], lookMs?: number) {
  const seen: ManagerStatus[] = [];
  const waiting = new Set<() => void>();
  const manager = new ModuleManager(
    ports.map((port) => source(port)),
    {
      nowUnixMs: () => NOW,
      ...(lookMs === undefined ? {} : { lookMs: { well: lookMs, ill: lookMs } }),
      onChange: (status) => {
        seen.push(status);
        for (const wake of waiting) wake();
      },
    },
  );
  closing.push(() => manager.close());
  const until = (status: ManagerStatus['status']): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (manager.status.status !== status) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  return { manager, seen, until };
}

const credit = (): CreditRequest => ({
  messageId: makeId(NOW, randomBytes(10)),
  meter: {
    pan: '600727000000000009',
    ea: 7,
    dkga: 4,
    sgc: '201457',
    krn: 1,
    keyType: 2,
    ti: 1,
    baseDate: 2014,
    ken: 255,
  },
  resource: 'electricity',
  unitsTenths: unitsTenths(100),
  tokenTime: { baseDate: 2014, tid: 6_782_000 },
});

function pick(manager: ModuleManager, askedOf?: string): SecureModule {
  const picked = manager.module(askedOf);
  if (!picked.ok) throw new Error(picked.error.code);
  return picked.value;
}
async function idOf(picked: SecureModule): Promise<string> {
  const identity = await picked.identify();
  return identity.ok ? identity.value.moduleId : identity.error.code;
}

describe('the manager of modules', () => {
  it('goes over to the next module before a sale, and not within one', async () => {
    const a = await module('VSM-A', ['unplug-after']);
    const b = await module('VSM-B');
    const { manager } = manage([a.port, b.port]);
    const sale = pick(manager);
    expect(await idOf(sale)).toBe('VSM-A');
    const request = credit();
    const lost = await sale.issueCredit(request);
    expect(lost.ok ? 'issued' : lost.error.outcome).toBe('unknown');
    await a.server.close();
    const next = pick(manager);
    expect(await idOf(next)).toBe('VSM-B');
    // The sale in doubt is A's: B is never asked for it.
    const again = await pick(manager, 'VSM-A').issueCredit(request);
    expect(again.ok ? 'issued' : again.error.code).toBe('module-missing');
    expect(b.simulator.made).toEqual([]);
    const back = await module('VSM-A', [], 0, a.port);
    const found = await pick(manager, 'VSM-A').issueCredit(request);
    expect(found.ok && found.value.moduleId).toBe('VSM-A');
    expect(back.simulator.made).toHaveLength(1);
    expect(b.simulator.made).toEqual([]);
  });

  it('asks for keys, and what a token is, where the first of two has gone', async () => {
    const a = await module('VSM-A');
    const b = await module('VSM-B');
    const { manager } = manage([a.port, b.port]);
    await manager.look();
    const issued = await pick(manager).issueCredit(credit());
    if (!issued.ok) throw new Error(issued.error.code);
    expect(issued.value.moduleId).toBe('VSM-A');
    await a.server.close();
    await manager.lookAfresh();
    expect(manager.status).toMatchObject({ status: 'ready', moduleId: 'VSM-B' });
    // Nobody asks the module first who it is: the confirm panel and a look at a token do not.
    expect((await pick(manager).listKeys()).ok).toBe(true);
    const { digits } = issued.value.tokens[0]!;
    expect(await pick(manager).verify(digits, credit().meter)).toMatchObject({ value: { good: true } });
  });

  it('says that a module has gone, and that it is back', async () => {
    const a = await module('VSM-A', ['never']);
    const { manager, seen, until } = manage([a.port]);
    await manager.look();
    expect(manager.status).toEqual({ status: 'ready', name: 'sts6', moduleId: 'VSM-A' });
    const sale = pick(manager);
    await sale.identify();
    expect((await sale.issueCredit(credit())).ok).toBe(false);
    expect(manager.status.status).toBe('missing');
    await until('ready');
    expect(seen.map(({ status }) => status)).toEqual(['ready', 'missing', 'ready']);
  });

  it('looks anew when something was plugged in or out, also during a look', async () => {
    const a = await module('VSM-A');
    const { manager } = manage([a.port], HOUR_MS);
    await manager.look();
    expect(manager.status.status).toBe('ready');
    const looking = manager.look();
    await a.server.close();
    await Promise.all([looking, manager.lookAfresh()]);
    expect(manager.status.status).toBe('missing');
    await module('VSM-A', [], 0, a.port);
    await manager.lookAfresh();
    expect(manager.status.status).toBe('ready');
  });

  it('lets go of the line for a sleep, and finds the module again', async () => {
    const a = await module('VSM-A');
    const { manager } = manage([a.port], HOUR_MS);
    await manager.look();
    await manager.suspend();
    const asleep = await pick(manager).issueCredit(credit());
    expect(asleep.ok ? 'issued' : `${asleep.error.code} ${asleep.error.outcome}`).toBe(
      'module-missing not-issued',
    );
    await manager.resume();
    expect(manager.status.status).toBe('ready');
    expect((await pick(manager).issueCredit(credit())).ok).toBe(true);
    expect(a.simulator.made).toHaveLength(1);
  });

  it('sells nothing with a module whose clock is far off, and shows both clocks', async () => {
    const a = await module('VSM-A', [], -3_600_000);
    const { manager } = manage([a.port]);
    const identity = await pick(manager).identify();
    expect(identity).toMatchObject({
      ok: false,
      error: {
        code: 'module-clock-window',
        params: { moduleTime: '2026-11-24 11:00 UTC', computerTime: '2026-11-24 12:00 UTC' },
      },
    });
  });

  it('knows a tampered module, and one that only has to be switched off and on', async () => {
    const a = await module('VSM-A');
    const { manager } = manage([a.port]);
    await manager.look();
    a.simulator.fail();
    expect(await idOf(pick(manager))).toBe('module-application');
    a.simulator.powerCycle();
    expect(await idOf(pick(manager))).toBe('VSM-A');
    a.simulator.tamper();
    expect(await idOf(pick(manager))).toBe('module-tampered');
    a.simulator.powerCycle();
    expect(await idOf(pick(manager))).toBe('module-tampered');
  });
});

/** The folder of a training station whose settings name these modules. */
function folderWith(modules: readonly ModuleSettings[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-modules-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const settings = {
    version: 1,
    profile: 'training',
    stationId: 'T1',
    stationName: 'Test',
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'Africa/Johannesburg',
    supplyGroups: { '201457': { offsetMinutes: 120 } },
    printer: null,
    receiptColumns: 48,
    modules,
    cashKeysMinor: [],
  };
  writeFileSync(path.join(data, 'station.json'), JSON.stringify(settings));
  return data;
}

async function openAt(dataFolder: string): Promise<Station> {
  const opened = await openStation({
    dataFolder,
    profile: 'training',
    now: () => NOW,
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  closing.push(() => opened.value.close());
  return opened.value;
}

const stationWith = (modules: readonly ModuleSettings[]): Promise<Station> => openAt(folderWith(modules));

/** Thandi asks for 100.00; the answer is what became of it. */
async function sellTo(station: Station): Promise<string> {
  const session = amina(station);
  const found = await station.handlers['directory.search']({ text: 'Thandi' }, session);
  const pan = found.ok ? (found.value.hits[0]?.pan ?? '') : '';
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: 10_000 }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const sale = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor: 10_000,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: 10_000 },
    },
    session,
  );
  return sale.ok ? sale.value.state : sale.error.code;
}

function amina(station: Station) {
  const session = station.newSession();
  session.operator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
  return session;
}

async function statusOf(station: Station): Promise<string> {
  const status = await station.handlers['station.status']({}, station.newSession());
  return status.ok ? status.value.module.status : status.error.code;
}

/** Waits until it is so, asking whenever the station tells of something. */
async function heard(station: Station, isSo: () => Promise<boolean>): Promise<void> {
  await new Promise<void>((resolve) => {
    const ask = (): void => void isSo().then((so) => (so ? resolve() : undefined));
    closing.push(station.subscribe(ask));
    ask();
  });
}

async function openSalesOf(station: Station) {
  const open = await station.handlers['sale.open']({}, amina(station));
  return open.ok ? open.value.sales : [];
}

/** Empties the page that an index begins with, as a bad disk does. */
function loseIndex(file: string, index: string): void {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = db.pragma('page_size', { simple: true }) as number;
  const root = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(index) as number;
  db.close();
  const all = readFileSync(file);
  all.fill(0, (root - 1) * bytes, root * bytes);
  writeFileSync(file, all);
}

function flipBit(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
}

describe('a station', () => {
  const at = (port: number) => ({ driver: 'sts6' as const, host: '127.0.0.1', port });

  it.each([
    ['a serial line that is not there', { driver: 'sts6', serialPath: '/dev/kioskwatt-none' }],
    ['an adapter that is unplugged', { driver: 'sts6', serialNumber: 'NOBODY-HAS-THIS' }],
    ['a USB adapter that is unplugged', { driver: 'sts6', usbSerialNumber: 'NOBODY-HAS-THIS' }],
    ['an address where nobody listens', { driver: 'sts6', host: '127.0.0.1', port: 9 }],
  ] as const)('opens with %s, says so, and goes on with what it has', async (_what, settings) => {
    const station = await stationWith([settings]);
    expect(await statusOf(station)).toBe('missing');
    const found = await station.handlers['directory.search']({ text: 'Thandi' }, amina(station));
    expect(found.ok && found.value.hits.length).toBeGreaterThan(0);
    expect(await sellTo(station)).toBe('module-missing');
  });

  it.each([
    ['empty', (file: string) => writeFileSync(file, '')],
    ['cut short', (file: string) => truncateSync(file, 100)],
    ['changed by one bit', flipBit],
    ['a folder', (file: string) => (rmSync(file), mkdirSync(file))],
  ] as const)(
    'opens with a key file that is %s, says so, sells nothing, and sells once it is back',
    async (_what, harm) => {
      const data = folderWith([{ driver: 'software' }]);
      const first = await openAt(data);
      expect(await statusOf(first)).toBe('ready');
      await first.close();
      const file = path.join(data, 'keys.json');
      const whole = readFileSync(file);
      harm(file);

      const harmed = await openAt(data);
      expect(await statusOf(harmed)).not.toBe('ready');
      expect(await sellTo(harmed)).toMatch(/^module-/u);
      // Nothing was asked of a module, so nothing is in doubt.
      const open = await harmed.handlers['sale.open']({}, amina(harmed));
      expect(open.ok && open.value.sales).toEqual([]);
      await harmed.close();

      rmSync(file, { recursive: true, force: true });
      writeFileSync(file, whole, { mode: 0o600 });
      const mended = await openAt(data);
      expect(await sellTo(mended)).toBe('recorded');
    },
  );

  it('opens over books that can’t say whether its module was stopped, shows what was sold, and sells nothing', async () => {
    const a = await module('VSM-A');
    const data = folderWith([at(a.port)]);
    const before = await openAt(data);
    expect(await sellTo(before)).toBe('recorded');
    await before.close();
    loseIndex(path.join(data, 'ledger.db'), 'record_module');

    const station = await openAt(data);
    expect(await statusOf(station)).toBe('stopped');
    // Plugs are heard and looks come round all the time: none of them may end the program.
    await station.resume();
    expect(await statusOf(station)).toBe('stopped');
    const last = await station.handlers['sale.last']({}, amina(station));
    expect(last.ok && last.value.sale?.state).toBe('recorded');
    // What makes the answer of it is the dispatcher: `storage-failed`.
    await expect(sellTo(station)).rejects.toThrow(StorageError);
    expect(a.simulator.made).toHaveLength(1);
  });

  it('settles a sale in doubt by itself when its module comes back', async () => {
    const a = await module('VSM-A', ['unplug-after']);
    const station = await stationWith([{ driver: 'sts6', host: '127.0.0.1', port: a.port }]);
    expect(await statusOf(station)).toBe('ready');
    const session = amina(station);
    const settled = new Promise<void>((resolve) => {
      station.subscribe(() => {
        const open = station.handlers['sale.open']({}, session);
        void open.then((sales) => {
          if (sales.ok && sales.value.sales.length === 0 && a.simulator.made.length === 2) resolve();
        });
      });
    });
    expect(await sellTo(station)).toBe('in-doubt');
    expect(await statusOf(station)).toBe('missing');
    await settled;
    expect(await statusOf(station)).toBe('ready');
    // Two tokens of one token time: the meter takes one of them.
    const [first, second] = a.simulator.made;
    expect(second?.tid).toBe(first?.tid);
    const last = await station.handlers['sale.last']({}, session);
    expect(last.ok && last.value.sale?.state).toBe('recorded');
    expect(last.ok && last.value.sale?.tokens.at(-1)?.digits).toBe(second?.digits);
  });

  it('settles it when its module comes back, though another one is there all the time', async () => {
    const a = await module('VSM-A');
    const b = await module('VSM-B', ['unplug-after']);
    const data = folderWith([at(a.port), at(b.port)]);
    await a.server.close();
    const station = await openAt(data);
    expect(await sellTo(station)).toBe('in-doubt');
    await b.server.close();
    const returned = await module('VSM-A', [], 0, a.port);
    const session = amina(station);
    await heard(station, async () => (await statusOf(station)) === 'ready');
    // The return of the other one has settled nothing, and nobody asks any more.
    const [sale] = await openSalesOf(station);
    const again = { requestId: station.newId(), saleId: sale?.saleId ?? '' };
    const asked = await station.handlers['sale.recover'](again, session);
    expect(asked.ok ? asked.value.state : asked.error.code).toBe('module-missing');
    const back = await module('VSM-B', [], 0, b.port);
    await heard(station, async () => (await openSalesOf(station)).length === 0);
    expect(back.simulator.made.map(({ tid }) => tid)).toEqual(b.simulator.made.map(({ tid }) => tid));
    expect(returned.simulator.made).toEqual([]);
    const last = await station.handlers['sale.last']({}, session);
    expect(last.ok && last.value.sale?.tokens.at(-1)?.digits).toBe(back.simulator.made[0]?.digits);
  });

  it('names the module that was stopped beside one that sells, and clears that one and no other', async () => {
    const a = await module('VSM-A');
    const b = await module('VSM-B');
    const station = await stationWith([at(a.port), at(b.port)]);
    const zodwa = station.newSession();
    zodwa.operator = { operatorId: 'zodwa', name: 'Zodwa', role: 'supervisor' };
    const moduleOf = async () => {
      const status = await station.handlers['station.status']({}, zodwa);
      return status.ok ? status.value.module : null;
    };
    const stopped = async () => {
      const report = await station.handlers['modules.report']({}, zodwa);
      return report.ok && report.value.modules.map((each) => each.stopped);
    };
    const clear = async (moduleId: string, requestId = station.newId()) => {
      const cleared = await station.handlers['module.clear'](
        { requestId, moduleId, reason: 'looked into' },
        zodwa,
      );
      return cleared.ok ? 'ok' : cleared.error.code;
    };
    const moment = { nowUnixMs: NOW, zone: 'Africa/Johannesburg', operatorId: null };
    station.ledger.transaction((tx) => writeModuleStopped(tx, moment, 'VSM-B', { code: 'module-tampered' }));
    expect(await moduleOf()).toMatchObject({ status: 'ready', stopped: ['VSM-B'] });
    expect(await stopped()).toEqual([false, true]);
    expect(await clear('VSM-A')).toBe('module-not-stopped');
    const requestId = station.newId();
    expect(await clear('VSM-B', requestId)).toBe('ok');
    expect(await clear('VSM-B', requestId)).toBe('ok');
    expect(await moduleOf()).toMatchObject({ status: 'ready', stopped: [] });

    station.ledger.transaction((tx) => writeModuleStopped(tx, moment, 'VSM-A', { code: 'module-tampered' }));
    expect(await moduleOf()).toMatchObject({ status: 'ready', stopped: ['VSM-A'] });
    expect(await sellTo(station)).toBe('recorded');
    expect([a, b].map(({ simulator }) => simulator.made.length)).toEqual([0, 1]);
  });

  it('asks the module of the intent after a restart, though another one is picked by then', async () => {
    const a = await module('VSM-A', ['unplug-after']);
    const b = await module('VSM-B');
    const data = folderWith([at(a.port), at(b.port)]);
    const before = await openAt(data);
    expect(await sellTo(before)).toBe('in-doubt');
    await a.server.close();
    await before.close();

    const station = await openAt(data);
    expect(await statusOf(station)).toBe('ready');
    const session = amina(station);
    const [sale] = await openSalesOf(station);
    const again = { requestId: station.newId(), saleId: sale?.saleId ?? '' };
    const asked = await station.handlers['sale.recover'](again, session);
    expect(asked.ok ? asked.value.state : asked.error.code).toBe('module-missing');
    // Nothing was asked of the one that answers, and it goes on selling to others.
    expect(b.simulator.made).toEqual([]);
    const back = await module('VSM-A', [], 0, a.port);
    const found = await station.handlers['sale.recover']({ ...again, requestId: station.newId() }, session);
    expect(found.ok && found.value.state).toBe('recorded');
    expect(back.simulator.made.map(({ tid }) => tid)).toEqual(a.simulator.made.map(({ tid }) => tid));
    expect(b.simulator.made).toEqual([]);
  });
});
