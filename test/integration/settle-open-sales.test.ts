import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSales } from '../../src/main/ledger/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { writeModuleStopped } from '../../src/main/vending/book.ts';
import { err, ok } from '../../src/units/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const NOW = Date.UTC(2026, 10, 24, 12, 0);

let folder: string;
let software: SecureModule;
let issueCredit: SecureModule['issueCredit'];
let isGone: boolean;
/** A module that keeps its results, and has kept none. */
let keepsNone: boolean;
/** What the station was told of that nobody foresaw. */
let unforeseen: unknown[];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  software = await openTrainingModule(() => NOW);
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-settle-'));
  mkdirSync(path.join(folder, 'data'));
  issueCredit = (request) => software.issueCredit(request);
  isGone = false;
  keepsNone = false;
  unforeseen = [];
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true });
});

async function open(): Promise<Station> {
  const opened = await openStation({
    dataFolder: path.join(folder, 'data'),
    profile: 'training',
    now: () => NOW,
    random: (bytes) => randomBytes(bytes),
    onUnexpected: (error) => unforeseen.push(error),
    module: moduleLike(() => software, {
      identify: async () =>
        isGone ? err(moduleFault('module-missing', { place: '' })) : software.identify(),
      issueCredit: (request) => issueCredit(request),
      get capabilities() {
        return { ...software.capabilities, fetchByMessageId: keepsNone };
      },
      fetch: async () => ok(null),
    }),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  closing.push(() => opened.value.close());
  return opened.value;
}

const session = { operator: { operatorId: 'amina', name: 'Amina', role: 'cashier' } } as const;

async function panOf(station: Station, who: string): Promise<string> {
  const found = await station.handlers['directory.search']({ text: who }, session);
  return found.ok ? (found.value.hits[0]?.pan ?? '') : '';
}

/** What became of a sale of 100.00. */
async function sellTo(station: Station, who: string): Promise<string> {
  const pan = await panOf(station, who);
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: 10_000 }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const { unitsTenths: quotedUnitsTenths } = quote.value;
  const tender = { kind: 'cash', receivedMinor: 10_000 } as const;
  const sale = await station.handlers['sale.vend'](
    { requestId: station.newId(), pan, amountMinor: 10_000, quotedUnitsTenths, tender },
    session,
  );
  return sale.ok ? sale.value.state : sale.error.code;
}

/** What stands on the counter as settled by itself. */
async function settledIn(station: Station): Promise<readonly string[]> {
  const shown = await station.handlers['sale.open']({}, session);
  return shown.ok ? shown.value.settled.map(({ state }) => state) : [shown.error.code];
}

const moduleOf = async (station: Station): Promise<string> => {
  const status = await station.handlers['station.status']({}, session);
  return status.ok ? status.value.module.status : status.error.code;
};

async function away(station: Station): Promise<void> {
  isGone = true;
  await station.resume();
  expect(await moduleOf(station)).toBe('missing');
}

async function back(station: Station): Promise<void> {
  isGone = false;
  await station.resume();
  expect(await moduleOf(station)).toBe('ready');
}

/** A settling that joined somebody's run has ended one turn of the loop after it. */
const afterSettling = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A module's answer that waits until it is let go. */
function hold() {
  let letGo = (): void => undefined;
  let isAsked = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const untilAsked = (): Promise<void> => {
    isAsked();
    return gate;
  };
  return { asked, untilAsked, letGo };
}

describe('a start with sales that were left open', () => {
  it('opens the station though one of them fails in a way that nobody foresaw, and settles the others', async () => {
    issueCredit = async () => err(moduleFault('module-timeout'));
    const before = await open();
    expect(await sellTo(before, 'Thandi Nkosi')).toBe('in-doubt');
    expect(await sellTo(before, 'Themba Nkosana')).toBe('in-doubt');
    const [first, second] = openSales(before.ledger);
    await before.close();
    closing.length = 0;

    const broken = new Error('a driver with a fault');
    issueCredit = async (request) => {
      if (request.messageId === first?.messageId) throw broken;
      return software.issueCredit(request);
    };
    const station = await open();
    expect(unforeseen).toEqual([broken]);
    expect(openSales(station.ledger).map(({ saleId }) => saleId)).toEqual([first?.saleId]);
    const last = await station.handlers['sale.last']({}, session);
    expect(last.ok && last.value.sale?.saleId).toBe(second?.saleId);
  });
});

describe('a sale in doubt whose module comes back', () => {
  it('gets its token and its slip by itself, and is shown until somebody has seen it', async () => {
    const station = await open();
    issueCredit = async () => {
      isGone = true;
      return err(moduleFault('module-timeout'));
    };
    expect(await sellTo(station, 'Thandi Nkosi')).toBe('in-doubt');
    await station.resume();
    const status = await station.handlers['station.status']({}, session);
    expect(status.ok && status.value.module.status).toBe('missing');

    const events: string[] = [];
    station.subscribe((event) => events.push(event));
    isGone = false;
    issueCredit = (request) => software.issueCredit(request);
    await station.resume();
    await expect.poll(() => openSales(station.ledger)).toEqual([]);
    await expect.poll(() => events).toEqual(expect.arrayContaining(['sale-recorded', 'print-changed']));
    const unseen = await station.handlers['sale.open']({}, session);
    const [sale] = unseen.ok ? unseen.value.settled : [];
    expect(sale).toMatchObject({ state: 'recorded', customer: { name: 'Thandi Nkosi' } });
    const jobId = sale?.printJob?.jobId ?? '';
    await expect.poll(() => station.printing.job(jobId)?.state).toBe('printed');

    const saleId = sale?.saleId ?? '';
    await station.handlers['sale.seen']({ requestId: station.newId(), saleId }, session);
    const seen = await station.handlers['sale.open']({}, session);
    expect(seen.ok && seen.value).toEqual({ sales: [], settled: [] });
  });

  it('stands on the counter no longer once an answer has shown its token', async () => {
    const station = await open();
    issueCredit = async () => {
      isGone = true;
      return err(moduleFault('module-timeout'));
    };
    expect(await sellTo(station, 'Thandi Nkosi')).toBe('in-doubt');
    const saleId = openSales(station.ledger)[0]?.saleId ?? '';
    await away(station);
    issueCredit = (request) => software.issueCredit(request);
    await back(station);
    await expect.poll(() => settledIn(station)).toEqual(['recorded']);

    const recover = { requestId: station.newId(), saleId };
    const shown = await station.handlers['sale.recover'](recover, session);
    expect(shown).toMatchObject({ ok: true, value: { state: 'recorded' } });
    expect(await settledIn(station)).toEqual([]);
  });

  it("is its cashier's alone who asked for it before it was settled by itself", async () => {
    const station = await open();
    issueCredit = async () => {
      isGone = true;
      return err(moduleFault('module-timeout'));
    };
    expect(await sellTo(station, 'Thandi Nkosi')).toBe('in-doubt');
    const saleId = openSales(station.ledger)[0]?.saleId ?? '';
    await away(station);
    const held = hold();
    issueCredit = async (request) => {
      await held.untilAsked();
      return software.issueCredit(request);
    };
    isGone = false;
    const recovered = station.handlers['sale.recover']({ requestId: station.newId(), saleId }, session);
    await held.asked;
    await back(station);
    held.letGo();
    expect(await recovered).toMatchObject({ ok: true, value: { state: 'recorded' } });
    await afterSettling();
    expect(await settledIn(station)).toEqual([]);
  });

  it('says nothing of a sale that was refused meanwhile', async () => {
    const station = await open();
    const held = hold();
    issueCredit = async () => {
      await held.untilAsked();
      return err(moduleFault('module-key-expired', { sgc: '201457' }));
    };
    const sold = sellTo(station, 'Thandi Nkosi');
    await held.asked;
    await away(station);
    await back(station);
    held.letGo();
    expect(await sold).toBe('module-key-expired');
    await afterSettling();
    expect(openSales(station.ledger)).toEqual([]);
    expect(await settledIn(station)).toEqual([]);
  });
});

describe('a sale in doubt that ends without a token', () => {
  const supervisor = { operator: { operatorId: 'zodwa', name: 'Zodwa', role: 'supervisor' } } as const;

  async function doubtful(station: Station): Promise<string> {
    issueCredit = async () => err(moduleFault('module-timeout'));
    expect(await sellTo(station, 'Thandi Nkosi')).toBe('in-doubt');
    return openSales(station.ledger)[0]?.saleId ?? '';
  }

  it('shows its money to give back, and why, to whoever gave it up; afterwards it is refused', async () => {
    keepsNone = true;
    const station = await open();
    const saleId = await doubtful(station);
    const giveUp = { requestId: station.newId(), saleId };
    const given = await station.handlers['sale.giveUp'](giveUp, session);
    const refusal = { code: 'sale-given-up' };
    expect(given).toMatchObject({ ok: true, value: { state: 'void', amountMinor: 10_000, refusal } });
    expect(await station.handlers['sale.giveUp'](giveUp, session)).toMatchObject({
      ok: false,
      error: { code: 'sale-void' },
    });
    expect(await settledIn(station)).toEqual([]);
  });

  it('is ended by a supervisor once, whose reason the books keep', async () => {
    const station = await open();
    const saleId = await doubtful(station);
    const close = { requestId: station.newId(), saleId, reason: 'the module burnt' };
    const closed = { ok: true, value: { state: 'unissued', amountMinor: 10_000, refusal: null } };
    expect(await station.handlers['sale.closeUnissued'](close, supervisor)).toMatchObject(closed);
    const kept = () =>
      station.ledger
        .prepare("SELECT detail FROM record WHERE kind = 'sale-unissued'")
        .all<{ detail: string }>()
        .map(({ detail }) => detail);
    expect(kept()).toEqual([expect.stringContaining('the module burnt')]);
    const again = { ...close, requestId: station.newId() };
    expect(await station.handlers['sale.closeUnissued'](again, supervisor)).toMatchObject(closed);
    expect(kept()).toHaveLength(1);
    expect(await settledIn(station)).toEqual([]);
  });
});

describe('a module that was stopped before the start', () => {
  const supervisor = { operator: { operatorId: 'zodwa', name: 'Zodwa', role: 'supervisor' } } as const;
  async function stopModule({ ledger }: Station): Promise<string> {
    const identity = await software.identify();
    const moduleId = identity.ok ? identity.value.moduleId : '';
    const moment = { nowUnixMs: NOW, zone: 'Africa/Johannesburg', operatorId: null };
    ledger.transaction((tx) => writeModuleStopped(tx, moment, moduleId, { code: 'module-tampered' }));
    return moduleId;
  }
  async function restart(station: Station): Promise<Station> {
    await station.close();
    closing.length = 0;
    return open();
  }
  const stateOf = async (station: Station): Promise<string> => {
    const status = await station.handlers['station.status']({}, session);
    return status.ok ? status.value.module.status : status.error.code;
  };

  it('holds up no payment, which asks for no token', async () => {
    const before = await open();
    const { ledger } = before;
    const transaction = ledger.transaction.bind(ledger);
    // The program was ended between the intent and what it comes to.
    Object.assign(ledger, {
      transaction: (work: Parameters<typeof transaction>[0]) => {
        if (openSales(ledger).length > 0) throw new Error('the power is gone');
        return transaction(work);
      },
    });
    const pan = await panOf(before, 'Thandi Nkosi');
    const tender = { kind: 'cash', receivedMinor: 10_000 } as const;
    const payment = { requestId: before.newId(), pan, debt: null, amountMinor: 10_000, tender };
    await expect(before.handlers['order.pay'](payment, session)).rejects.toThrow('the power is gone');
    Object.assign(ledger, { transaction });
    expect(openSales(ledger)).toMatchObject([{ step: 'intended' }]);
    await stopModule(before);

    const station = await restart(before);
    expect(await stateOf(station)).toBe('stopped');
    expect(openSales(station.ledger)).toEqual([]);
    const last = await station.handlers['sale.last']({}, session);
    expect(last.ok && last.value.sale).toMatchObject({ state: 'recorded', amountMinor: 10_000 });
    // It has no token to show.
    expect(await settledIn(station)).toEqual([]);
  });

  it('is asked for its open sale once it is cleared, without anybody’s asking', async () => {
    const before = await open();
    issueCredit = async () => err(moduleFault('module-timeout'));
    expect(await sellTo(before, 'Thandi Nkosi')).toBe('in-doubt');
    issueCredit = (request) => software.issueCredit(request);
    const moduleId = await stopModule(before);

    const station = await restart(before);
    expect(openSales(station.ledger)).toMatchObject([{ step: 'in-doubt' }]);
    const clear = { requestId: station.newId(), moduleId, reason: 'looked into' };
    expect(await station.handlers['module.clear'](clear, supervisor)).toMatchObject({ ok: true });
    await expect.poll(() => openSales(station.ledger)).toEqual([]);
    const unseen = await station.handlers['sale.open']({}, session);
    expect(unseen.ok && unseen.value.settled).toMatchObject([{ state: 'recorded' }]);
  });
});
