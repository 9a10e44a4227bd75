import { rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle, type Bundle } from '../../src/cli/crash-test/bundle.ts';
import { checkLedger, NOTHING_FOUND } from '../../src/cli/crash-test/invariants.ts';
import type { CallFault, SaleView, Session } from '../../src/contract/index.ts';
import { balances } from '../../src/main/ledger/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { amountMinor, type Result } from '../../src/units/index.ts';
import {
  managedModule,
  newDataFolder,
  PANS,
  paper,
  PASSPHRASE,
  primitiveModule,
  startTill,
  type ModuleRig,
  type PaperRig,
  type TillWords,
} from './kill-table/rig.ts';
import { newFolder } from './sizes.ts';

/**
 * The moments of a sale at which a till can be killed, one after the other, as the kill table numbers them: (1) the
 * intent is committed, (2) the module is asked, (3) the token is recorded, (4) the slip is printed, (5) its end is
 * noted. Each kill is a SIGKILL of a till's process at exactly that moment; then the folder is opened again.
 */

const SALE_MINOR = 10_000;
const [PAN] = PANS;

let program: Bundle;
let place: string;
const closing: (() => unknown)[] = [];

beforeAll(() => {
  program = bundle(path.join(import.meta.dirname, 'kill-table/till.ts'));
});
afterAll(() => program.remove());
beforeEach(() => {
  place = newFolder('kill-table');
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(place, { recursive: true, force: true });
});

type Till = { readonly station: Station; readonly session: Session };

/** The till that is started next, in this process. */
async function restart(folder: string, printerAddress?: string, now = Date.now): Promise<Till> {
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    passphrase: PASSPHRASE,
    now,
    upMs: now,
    random: (bytes) => randomBytes(bytes),
    ...(printerAddress === undefined ? {} : { printerAddress }),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const station = opened.value;
  closing.push(() => station.close());
  const session = station.newSession();
  session.operator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
  return { station, session };
}

function valueOf<Value>(reply: Result<Value, CallFault>): Value {
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

/** Every sale in the books, oldest first. */
async function sales({ station, session }: Till): Promise<readonly SaleView[]> {
  const ids = station.ledger
    .prepare('SELECT sale_id AS saleId FROM sale ORDER BY row_id')
    .all<{ saleId: string }>();
  return Promise.all(
    ids.map(async ({ saleId }) => valueOf(await station.handlers['sale.get']({ saleId }, session))),
  );
}

async function sell({ station, session }: Till, pan: string): Promise<Result<SaleView, CallFault>> {
  const quote = valueOf(
    await station.handlers['sale.quote']({ pan, amountMinor: amountMinor(SALE_MINOR) }, session),
  );
  const { unitsTenths: quotedUnitsTenths } = quote;
  const tender = { kind: 'cash' as const, receivedMinor: SALE_MINOR };
  const requestId = station.newId();
  return station.handlers['sale.vend'](
    { requestId, pan, amountMinor: amountMinor(SALE_MINOR), quotedUnitsTenths, tender },
    session,
  );
}

/** What cash and what is held for sales in doubt come to. */
function money({ station }: Till): { readonly cash: number; readonly held: number } {
  const of = (account: string): number =>
    balances(station.ledger).find((row) => row.account === account)?.balanceMinor ?? 0;
  return { cash: of('cash-drawer'), held: -of('tender-held') + 0 };
}

/** Everything that is asked of any books, whatever happened to them. */
function expectSound({ station }: Till, kind: 'managed' | 'primitive' = 'primitive'): void {
  const found = checkLedger(station.ledger, []);
  // A managed module chooses the token's time itself.
  const broken = found.broken.filter(
    (line) => kind === 'primitive' || !line.startsWith('a token carries another time than its sale'),
  );
  expect({ ...found, broken }).toEqual(NOTHING_FOUND);
}

const digitsOf = (sale: SaleView | undefined): readonly string[] =>
  sale?.tokens.map(({ digits }) => digits) ?? [];

async function killed(words: Omit<TillWords, 'program'>): Promise<void> {
  const { told } = await startTill({ ...words, program: program.file }).ended;
  expect(told).toBe(false);
}

async function openModule(kind: 'managed' | 'primitive'): Promise<ModuleRig> {
  const module = await (kind === 'managed' ? managedModule() : primitiveModule());
  closing.push(() => module.down());
  return module;
}

/** Kills the till when its module is asked for its n-th token, which then is made or not. */
async function killedWhenAsked(
  module: ModuleRig,
  words: Omit<TillWords, 'program'>,
  then: 'lost-before' | 'made-and-not-answered',
  nth = 1,
): Promise<void> {
  const till = startTill({ ...words, program: program.file });
  module.onAsked = (asked) => {
    if (asked < nth) return 'answered';
    till.kill();
    return then;
  };
  expect(await till.ended).toEqual({ told: false });
  module.onAsked = () => 'answered';
}

describe.each(['managed', 'primitive'] as const)('a till with a %s module, killed', (kind) => {
  it('before (1): nothing is there, and the cashier types it again', async () => {
    const module = await openModule(kind);
    const folder = newDataFolder(place, [module.settings]);
    await killed({ folder, pans: [PAN], ends: 'dies-before-intent' });
    const till = await restart(folder);
    expect(await sales(till)).toEqual([]);
    expect(money(till)).toEqual({ cash: 0, held: 0 });
    expect(module.made()).toEqual([]);
    expect(await sell(till, PAN)).toMatchObject({ ok: true, value: { state: 'recorded' } });
    expect(module.made()).toHaveLength(1);
    expectSound(till, kind);
  });

  it('after the module made the token, its answer lost: the sale gets that token and no other', async () => {
    const module = await openModule(kind);
    const folder = newDataFolder(place, [module.settings]);
    await killedWhenAsked(module, { folder, pans: [PAN] }, 'made-and-not-answered');
    expect(module.made()).toHaveLength(1);
    const till = await restart(folder);
    const [sale, ...others] = await sales(till);
    expect(others).toEqual([]);
    expect(sale).toMatchObject({ state: 'recorded', amountMinor: SALE_MINOR });
    expect(money(till)).toEqual({ cash: SALE_MINOR, held: 0 });
    expectOneToken(module, sale);
    expectSound(till, kind);
  });

  it('during (3): none of it is there, and the next start records it', async () => {
    const module = await openModule(kind);
    const folder = newDataFolder(place, [module.settings]);
    await killed({ folder, pans: [PAN], ends: 'dies-while-recording' });
    // With its module out of reach the sale stands as the kill left it.
    await module.down();
    const before = await restart(folder);
    expect(await sales(before)).toMatchObject([{ state: 'in-doubt', tokens: [], printJob: null }]);
    expect(money(before)).toEqual({ cash: SALE_MINOR, held: SALE_MINOR });
    await before.station.close();
    await module.up();
    const till = await restart(folder);
    const [sale] = await sales(till);
    expect(sale).toMatchObject({ state: 'recorded', printJob: { copyNumber: 0 } });
    expect(money(till)).toEqual({ cash: SALE_MINOR, held: 0 });
    expectOneToken(module, sale);
    expectSound(till, kind);
  });

  it('with its module out of reach afterwards: that meter alone waits, its money held, until it is back', async () => {
    const module = await openModule(kind);
    const folder = newDataFolder(place, [module.settings, { driver: 'software' }]);
    await killedWhenAsked(module, { folder, pans: [PAN] }, 'made-and-not-answered');
    await module.down();
    let laterMs = 0;
    const without = await restart(folder, undefined, () => Date.now() + laterMs);
    const [open] = valueOf(await without.station.handlers['sale.open']({}, without.session)).sales;
    expect(open).toMatchObject({ state: 'in-doubt', pan: PAN });
    expect(await sell(without, PAN)).toMatchObject({ ok: false, error: { code: 'meter-has-open-sale' } });
    expect(await sell(without, PANS[1])).toMatchObject({ ok: true });
    expect(money(without)).toEqual({ cash: 2 * SALE_MINOR, held: SALE_MINOR });
    const status = async (): Promise<unknown> =>
      valueOf(await without.station.handlers['station.status']({}, without.session));
    expect(await status()).toMatchObject({ salesInDoubt: 1, doubtsOverdue: 0 });
    laterMs = 30 * 60_000;
    expect(await status()).toMatchObject({ salesInDoubt: 1, doubtsOverdue: 1 });
    await without.station.close();
    await module.up();
    const till = await restart(folder);
    const [sale] = await sales(till);
    expect(sale).toMatchObject({ saleId: open?.saleId, state: 'recorded' });
    expect(money(till)).toEqual({ cash: 2 * SALE_MINOR, held: 0 });
    expectOneToken(module, sale);
    expectSound(till, kind);
  });
});

/** However often the module was asked: one token time, and the recorded token is one that it made for it. */
function expectOneToken(module: ModuleRig, sale: SaleView | undefined): void {
  const made = module.made();
  expect(new Set(made.map(({ tid }) => tid)).size).toBe(1);
  const [digits, ...others] = digitsOf(sale);
  expect(others).toEqual([]);
  expect(made.map((each) => each.digits)).toContain(digits);
  // A module that keeps its results makes one for a message, and no more.
  if (made.every(({ tid }) => tid === null)) expect(made).toHaveLength(1);
}

/** For so long after it was opened a token server may still be at work on what was asked before. */
const AT_WORK_MS = 20_000;

/** Starts again by a clock that the test moves on. */
async function restartBefore(folder: string): Promise<Till & { readonly waitForServer: () => void }> {
  let passedMs = 0;
  const till = await restart(folder, undefined, () => Date.now() + passedMs);
  return { ...till, waitForServer: () => (passedMs += AT_WORK_MS) };
}

describe('a till killed after (1), before the module was asked', () => {
  const openAfterKill = async (
    kind: 'managed' | 'primitive',
  ): Promise<Till & { readonly module: ModuleRig; readonly waitForServer: () => void }> => {
    const module = await openModule(kind);
    const folder = newDataFolder(place, [module.settings]);
    await killedWhenAsked(module, { folder, pans: [PAN] }, 'lost-before');
    expect(module.made()).toEqual([]);
    return { ...(await restartBefore(folder)), module };
  };

  it('asks a primitive module for the same token time by itself', async () => {
    const till = await openAfterKill('primitive');
    const [sale] = await sales(till);
    expect(sale).toMatchObject({ state: 'recorded' });
    expect(till.module.made()).toHaveLength(1);
    expectOneToken(till.module, sale);
    const minute = till.station.ledger
      .prepare('SELECT sale.token_minute = token.token_minute AS same FROM sale JOIN token USING (sale_id)')
      .all<{ same: number }>();
    expect(minute).toEqual([{ same: 1 }]);
    expect(money(till)).toEqual({ cash: SALE_MINOR, held: 0 });
    expectSound(till);
  });

  it('leaves it to the cashier to go on where a managed module knows nothing of it', async () => {
    const { module, ...till } = await openAfterKill('managed');
    const [open] = await sales(till);
    expect(open).toMatchObject({ state: 'in-doubt', tokens: [] });
    expect(module.made()).toEqual([]);
    expect(money(till)).toEqual({ cash: SALE_MINOR, held: SALE_MINOR });
    const { saleId = '' } = open ?? {};
    const requestId = till.station.newId();
    till.waitForServer();
    const sale = valueOf(await till.station.handlers['sale.recover']({ requestId, saleId }, till.session));
    expect(sale).toMatchObject({ saleId, state: 'recorded' });
    expectOneToken(module, sale);
    expect(await sales(till)).toHaveLength(1);
    expect(money(till)).toEqual({ cash: SALE_MINOR, held: 0 });
    expectSound(till, 'managed');
  });

  it('or to give it up: the sale is void and the money goes back', async () => {
    const { module, ...till } = await openAfterKill('managed');
    const [open] = await sales(till);
    const { saleId = '' } = open ?? {};
    const requestId = till.station.newId();
    till.waitForServer();
    valueOf(await till.station.handlers['sale.giveUp']({ requestId, saleId }, till.session));
    expect(await sales(till)).toMatchObject([{ saleId, state: 'void', tokens: [] }]);
    expect(module.made()).toEqual([]);
    expect(money(till)).toEqual({ cash: 0, held: 0 });
    expect(await sell(till, PAN)).toMatchObject({ ok: true });
    expectSound(till, 'managed');
  });
});

describe('the slip of a till that was killed', () => {
  let module: ModuleRig;
  let printer: PaperRig;
  let folder: string;

  beforeEach(async () => {
    module = await openModule('primitive');
    printer = await paper();
    closing.push(() => printer.close());
    folder = newDataFolder(place, [module.settings]);
  });

  const onPaper = (): unknown => [...printer.roll];
  const number = 'T014-000001';

  /** By a person's key the slip comes out once more, as a copy that says so. */
  const expectMarkedCopy = async (till: Till, jobId: string): Promise<void> => {
    valueOf(
      await till.station.handlers['print.send']({ requestId: till.station.newId(), jobId }, till.session),
    );
    expect(await till.station.printing.settled(jobId)).toMatchObject({ state: 'printed', copyNumber: 1 });
    expect(printer.roll.get(number)?.copies).toBe(1);
  };

  it('after (3), before (4): the token is shown, and the original comes out at the next start', async () => {
    await killed({ folder, pans: [PAN], ends: 'dies-when-recorded', printer: printer.address });
    expect(onPaper()).toEqual([]);
    const till = await restart(folder, printer.address);
    const last = valueOf(await till.station.handlers['sale.last']({}, till.session)).sale;
    expect(last).toMatchObject({ state: 'recorded', receiptNumber: number });
    expect(digitsOf(last ?? undefined)).toEqual(module.made().map(({ digits }) => digits));
    const { jobId = '' } = last?.printJob ?? {};
    expect(await till.station.printing.settled(jobId)).toMatchObject({ state: 'printed', copyNumber: 0 });
    expect(onPaper()).toEqual([[number, { originals: 1, copies: 0 }]]);
    expectSound(till);
  });

  it('after (3), without a printer: the slip is named as not printed', async () => {
    await killed({ folder, pans: [PAN], ends: 'dies-when-recorded', printer: '127.0.0.1:9' });
    const till = await restart(folder, '127.0.0.1:9');
    const { jobId = '' } = (await sales(till))[0]?.printJob ?? {};
    await till.station.printing.settled(jobId);
    const { slips } = valueOf(await till.station.handlers['print.open']({}, till.session));
    expect(slips).toMatchObject([{ job: { jobId, state: 'failed-before-first-byte', copyNumber: 0 } }]);
  });

  /** What of the slip is on the paper when the till dies inside (4), and how the paper ends. */
  const sendings = [
    ['no byte of it has left', 'dies-before-first-byte', 0],
    ['half of it has come out', 'stands-when-handed-over', 1],
    ['all of it has come out', 'stands-when-handed-over', 1],
  ] as const;

  it.each(sendings)(
    'during (4), when %s: unknown, asked about, and sent again as a copy only',
    async (what, ends, begun) => {
      const till = startTill({ program: program.file, folder, pans: [PAN], ends, printer: printer.address });
      if (what.startsWith('half')) {
        printer.fault = { kind: 'stall', afterBytes: 600 };
        printer.onLine = (line) => {
          if (line === 5) till.kill();
        };
      } else printer.onCut = () => till.kill();
      await till.ended;
      printer.fault = { kind: 'none' };
      const next = await restart(folder, printer.address);
      const { slips } = valueOf(await next.station.handlers['print.open']({}, next.session));
      expect(slips).toMatchObject([{ job: { state: 'unknown', copyNumber: 0 } }]);
      const { jobId = '' } = slips[0]?.job ?? {};
      // Nothing of it comes out by itself, however often the queue is woken.
      next.station.printing.wake();
      expect(await next.station.printing.settled(jobId)).toMatchObject({ state: 'unknown' });
      expect(printer.roll.get(number)?.copies ?? 0).toBe(0);
      await expectMarkedCopy(next, jobId);
      expect(printer.roll.get(number)?.originals ?? 0).toBe(begun);
      expectSound(next);
    },
  );

  it('after print, before (5): it rests at sent, and another one is a copy', async () => {
    const till = startTill({
      program: program.file,
      folder,
      pans: [PAN],
      ends: 'stands-when-sent',
      printer: printer.address,
    });
    printer.onCut = () => till.kill();
    await till.ended;
    expect(onPaper()).toEqual([[number, { originals: 1, copies: 0 }]]);
    const next = await restart(folder, printer.address);
    const { jobId = '' } = (await sales(next))[0]?.printJob ?? {};
    next.station.printing.wake();
    expect(await next.station.printing.settled(jobId)).toMatchObject({ state: 'sent', copyNumber: 0 });
    const said = await next.station.handlers['print.answer'](
      { requestId: next.station.newId(), jobId, said: 'not-printed' },
      next.session,
    );
    expect(valueOf(said)).toMatchObject({ state: 'unknown' });
    await expectMarkedCopy(next, jobId);
    expect(onPaper()).toEqual([[number, { originals: 1, copies: 1 }]]);
    expectSound(next);
  });
});

describe('a till killed in the middle of a basket, between two of its sales', () => {
  const pans = [...PANS];
  const whole = SALE_MINOR * pans.length;

  it('has each sale finished by the next start where the module is primitive', async () => {
    const module = await openModule('primitive');
    const folder = newDataFolder(place, [module.settings]);
    await killedWhenAsked(module, { folder, pans }, 'lost-before', 2);
    expect(module.made()).toHaveLength(1);
    const till = await restart(folder);
    const sold = await sales(till);
    expect(sold.map(({ pan, state }) => [pan, state])).toEqual(pans.map((pan) => [pan, 'recorded']));
    expect(sold.map((sale) => sale.basket?.position)).toEqual([1, 2, 3]);
    expect(module.made().map(({ digits }) => digits)).toEqual(sold.flatMap((sale) => digitsOf(sale)));
    expect(money(till)).toEqual({ cash: whole, held: 0 });
    expectSound(till);
  });

  it('leaves what a managed module knows nothing of to the cashier, and the first sale as it was', async () => {
    const module = await openModule('managed');
    const folder = newDataFolder(place, [module.settings]);
    await killedWhenAsked(module, { folder, pans }, 'lost-before', 2);
    const till = await restartBefore(folder);
    const [first, second, third] = await sales(till);
    expect([first?.state, second?.state, third?.state]).toEqual(['recorded', 'in-doubt', 'in-doubt']);
    expect(digitsOf(first)).toEqual(module.made().map(({ digits }) => digits));
    expect(money(till)).toEqual({ cash: whole, held: whole - SALE_MINOR });
    const { handlers } = till.station;
    const ask = (sale: SaleView | undefined): { requestId: string; saleId: string } => ({
      requestId: till.station.newId(),
      saleId: sale?.saleId ?? '',
    });
    till.waitForServer();
    const gone = await handlers['sale.recover'](ask(second), till.session);
    expect(valueOf(gone)).toMatchObject({ state: 'recorded' });
    valueOf(await handlers['sale.giveUp'](ask(third), till.session));
    expect((await sales(till)).map(({ state }) => state)).toEqual(['recorded', 'recorded', 'void']);
    expect(module.made()).toHaveLength(2);
    expect(money(till)).toEqual({ cash: whole - SALE_MINOR, held: 0 });
    expectSound(till, 'managed');
  });

  it('takes the token that a sale of it got unheard, and asks for the rest', async () => {
    const module = await openModule('managed');
    const folder = newDataFolder(place, [module.settings]);
    await killedWhenAsked(module, { folder, pans }, 'made-and-not-answered', 2);
    const till = await restart(folder);
    const sold = await sales(till);
    expect(sold.map(({ state }) => state)).toEqual(['recorded', 'recorded', 'in-doubt']);
    expect(sold.flatMap((sale) => digitsOf(sale))).toEqual(module.made().map(({ digits }) => digits));
    expect(money(till)).toEqual({ cash: whole, held: SALE_MINOR });
    expectSound(till, 'managed');
  });
});
