import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSale, openSales } from '../../src/main/ledger/index.ts';
import { ModuleManager, prismModule, type SecureModule } from '../../src/main/secure-module/index.ts';
import { createVending } from '../../src/main/vending/index.ts';
import type { CommandFault, IssuedEvent } from '../../src/simulators/prism-module/index.ts';
import { ok, unixMs, type SaleId } from '../../src/units/index.ts';
import { openRig, type Rig } from './prism-fixtures.ts';
import { CASHIER, codeOf, openSellingTill, SUPERVISOR, type SellingTill } from './selling-till.ts';
import { openTrainingModule } from './training-module.ts';

/** A till and a token server over its own wire: what the server's "not known" is worth, and when. */

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const CALL_MS = 1_000;
/** From then on a server must have done with what it was asked for. */
const DONE_MS = 2 * CALL_MS;

let software: SecureModule;
let till: SellingTill;
let rig: Rig;
/** What goes wrong with the next calls for credit, one each. */
let faults: CommandFault[];
let release: () => void;
let made: Promise<IssuedEvent>;

beforeAll(async () => {
  software = await openTrainingModule(() => till.now);
});
beforeEach(async () => {
  till = openSellingTill(NOON, software);
  faults = [];
  let tell: (event: IssuedEvent) => void;
  made = new Promise((resolve) => (tell = resolve));
  rig = await openRig({
    now: () => till.now,
    options: { callMs: CALL_MS },
    service: { now: () => till.now, onIssued: (event) => tell(event) },
    nextFault: (method) => (method === 'issueCreditToken' ? faults.shift() : undefined) ?? { kind: 'none' },
  });
  till.module = rig.module;
  // Open for long when the sale begins.
  till.now += DONE_MS;
});
afterEach(async () => {
  await rig.close();
  till.remove();
});

/** The server takes the next call up only when it is released. */
function held(): CommandFault {
  return { kind: 'done-later', until: new Promise<void>((resolve) => (release = resolve)) };
}

async function doubt(fault: CommandFault): Promise<SaleId> {
  faults = [fault];
  expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('sale-in-doubt');
  const [sale] = openSales(till.ledger);
  if (!sale) throw new Error('no sale is open');
  return sale.saleId;
}

const askings = (): number => rig.commands.filter((each) => each.startsWith('issueCreditToken')).length;
const money = (): readonly number[] => [till.balance('tender-held'), till.balance('cash-drawer')];

describe('a token server that is still at work when nobody waits any more', () => {
  it('gives nobody’s money back: its token is the sale’s once it is there', async () => {
    const saleId = await doubt(held());
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('module-at-work');
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('module-at-work');
    expect(findSale(till.ledger, saleId)?.step).toBe('in-doubt');
    expect(money()).toEqual([-10_000, 10_000]);
    expect(askings()).toBe(1);
    release();
    const { digits } = await made;
    const settled = await till.vending().giveUp(saleId, CASHIER);
    expect(settled).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(findSale(till.ledger, saleId)?.tokens.map((token) => token.digits)).toEqual(digits);
    expect(money()).toEqual([0, 10_000]);
  });

  it('counts from the last time that it was asked', async () => {
    const saleId = await doubt({ kind: 'drop-before' });
    till.now += 60_000;
    faults = [held()];
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('sale-in-doubt');
    expect(askings()).toBe(2);
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('module-at-work');
    release();
    await made;
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('ok');
  });

  it('may have been asked just before this program was started', async () => {
    const saleId = await doubt(held());
    await rig.module.close();
    till.now += 60_000;
    const restarted = prismModule(rig.options, rig.deps);
    till.module = restarted;
    expect(codeOf(await till.vending().giveUp(saleId, SUPERVISOR))).toBe('module-at-work');
    release();
    await made;
    expect(codeOf(await till.vending().giveUp(saleId, SUPERVISOR))).toBe('ok');
    await restarted.close();
  });
});

describe('a token server at work behind a manager', () => {
  it('stays the station’s module, and is asked again at the next look', async () => {
    const seen: string[] = [];
    let heard: () => void = () => undefined;
    const manager = new ModuleManager([{ driver: 'prism', place: '', module: ok(rig.module) }], {
      nowUnixMs: () => unixMs(till.now),
      onChange: ({ status }) => seen.push(status),
      onReturn: () => heard(),
      lookMs: { well: 3_600_000, ill: 1 },
    });
    const returned = (): Promise<void> => new Promise((resolve) => (heard = resolve));
    try {
      const first = returned();
      await manager.look();
      await first;
      const vending = createVending({ ...till.deps(), module: (askedOf) => manager.module(askedOf) });
      faults = [held()];
      const back = returned();
      expect(codeOf(await vending.vend(till.request('Thandi Nkosi', 10_000), CASHIER))).toBe('sale-in-doubt');
      await back;
      expect(seen).toEqual(['ready', 'missing', 'ready']);
      const [sale] = openSales(till.ledger);
      const again = returned();
      expect(codeOf(await vending.recover(sale!.saleId, null))).toBe('module-at-work');
      expect(manager.status.status).toBe('ready');
      await again;
      release();
      await made;
      expect(codeOf(await vending.recover(sale!.saleId, null))).toBe('ok');
      expect(seen).toEqual(['ready', 'missing', 'ready']);
    } finally {
      await manager.close();
    }
  });
});

describe('a token server that was never asked', () => {
  it('is believed when it must have done with everything, and the money goes back', async () => {
    const saleId = await doubt({ kind: 'drop-before' });
    till.now += DONE_MS - 1;
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('module-at-work');
    till.now += 1;
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect(findSale(till.ledger, saleId)?.step).toBe('void');
    expect(money()).toEqual([0, 0]);
  });

  it('ends no sale by refusing it the second time', async () => {
    const saleId = await doubt({ kind: 'drop-before' });
    till.now += DONE_MS;
    rig.service.setCredit(0);
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('module-credit-used-up');
    await rig.server.close();
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('module-missing');
    expect(findSale(till.ledger, saleId)?.step).toBe('in-doubt');
    expect(money()).toEqual([-10_000, 10_000]);
  });
});
