import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findSale, openSales } from '../../src/main/ledger/index.ts';
import { ModuleManager, type SecureModule } from '../../src/main/secure-module/index.ts';
import { createVending, isModuleStopped, writeModuleCleared } from '../../src/main/vending/index.ts';
import type { LedgerWriter } from '../../src/main/store/index.ts';
import type { CommandFault } from '../../src/simulators/prism-module/index.ts';
import { ok, unixMs, type SaleId } from '../../src/units/index.ts';
import { METER, openRig, type Rig } from './prism-fixtures.ts';
import { CASHIER, codeOf, openSellingTill, SUPERVISOR, type SellingTill } from './selling-till.ts';
import { openTrainingModule } from './training-module.ts';

/** Modules that were stopped: by which name, for how long, and what it means for the others. */

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const closing: (() => unknown)[] = [];
let software: SecureModule;
let till: SellingTill;

beforeAll(async () => {
  software = await openTrainingModule(() => till.now);
});
beforeEach(() => {
  till = openSellingTill(NOON, software);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  till.remove();
});

/** A token server whose first tokens go wrong in these ways. */
async function serverWith(
  service: NonNullable<Parameters<typeof openRig>[0]>['service'],
  ...faults: CommandFault[]
): Promise<Rig> {
  const rig = await openRig({
    now: () => till.now,
    service: { now: () => till.now, ...service },
    nextFault: (method) => (method === 'issueCreditToken' ? faults.shift() : undefined) ?? { kind: 'none' },
  });
  closing.push(() => rig.close());
  return rig;
}

const stops = (): readonly string[] =>
  till.ledger
    .prepare("SELECT subject_id AS moduleId FROM record WHERE kind = 'module-stopped'")
    .all<{ moduleId: string }>()
    .map(({ moduleId }) => moduleId);

function clear(moduleId: string): void {
  const moment = { nowUnixMs: till.now, zone: till.settings.zone, operatorId: SUPERVISOR.operatorId };
  till.ledger.transaction((tx) => writeModuleCleared(tx, moment, moduleId, 'looked into'));
}

function openSaleId(): SaleId {
  const [sale] = openSales(till.ledger);
  if (!sale) throw new Error('no sale is open');
  return sale.saleId;
}

describe('a token server whose tokens name another module than its status', () => {
  it.each([
    ['names its module otherwise', 'SERVER-1'],
    ['names no module', null],
  ])('%s: it is stopped by the name that it is asked by', async (_what, statusId) => {
    const rig = await serverWith(
      { moduleId: 'SM7', statusId },
      { kind: 'wrong-units' },
      { kind: 'wrong-units' },
    );
    till.module = rig.module;
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('token-mismatch');
    expect(codeOf(await till.sell('Sipho'))).toBe('module-stopped');
    expect(rig.issued).toHaveLength(1);
    const name =
      statusId ?? `prism-${rig.server.identity.fingerprint.toLowerCase().replaceAll(':', '').slice(0, 12)}`;
    expect(stops()).toEqual([name]);
  });

  it('keeps the module’s own name with the token of a good sale', async () => {
    till.module = (await serverWith({ moduleId: 'SM7', statusId: 'SERVER-1' })).module;
    expect(await till.sell('Thandi Nkosi')).toMatchObject({
      ok: true,
      value: { tokens: [{ moduleId: 'SM7' }] },
    });
  });

  it('is stopped when it says that it was tampered with', async () => {
    const rig = await serverWith({ moduleId: 'SM7', statusId: 'SERVER-1' });
    till.module = rig.module;
    rig.service.tamper();
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('module-tampered');
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('module-stopped');
    expect(stops()).toEqual(['SERVER-1']);
    expect([till.balance('tender-held'), till.balance('cash-drawer')]).toEqual([0, 0]);
  });
});

describe('a wrong token that a token server keeps', () => {
  it('stops it once; asked again, the sale says what is the matter and waits for a supervisor', async () => {
    const rig = await serverWith({}, { kind: 'wrong-units' });
    till.module = rig.module;
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('token-mismatch');
    const saleId = openSaleId();
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('module-stopped');
    clear('SIM-PRISM-1');
    expect(codeOf(await till.vending().recover(saleId, null))).toBe('token-kept-wrong');
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('token-kept-wrong');
    expect(findSale(till.ledger, saleId)?.step).toBe('in-doubt');
    expect(stops()).toHaveLength(1);
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
    expect(codeOf(till.vending().closeUnissued(saleId, SUPERVISOR, 'its token is wrong'))).toBe('ok');
  });

  it('stops it all the same where only recovery finds it', async () => {
    const rig = await serverWith({}, { kind: 'wrong-units' });
    till.module = rig.module;
    // The program was ended between the answer and what it comes to: the intent is all that the books know.
    const { ledger } = till;
    const dying = { ...till.deps(), ledger: onlyOnce(ledger) };
    await createVending(dying)
      .vend(till.request('Thandi Nkosi', 10_000), CASHIER)
      .catch(() => undefined);
    const saleId = openSaleId();
    expect(findSale(ledger, saleId)?.step).toBe('intended');
    expect(codeOf(await till.vending().recover(saleId, null))).toBe('token-mismatch');
    expect(isModuleStopped(ledger, 'SIM-PRISM-1')).toBe(true);
    expect(stops()).toHaveLength(1);
  });
});

describe('one of two modules that was stopped', () => {
  /** A till that sells through these, in their order. */
  function manage(...rigs: readonly Rig[]) {
    const manager = new ModuleManager(
      rigs.map(({ module, options }) => ({
        driver: 'prism',
        place: String(options.port),
        module: ok(module),
      })),
      {
        nowUnixMs: () => unixMs(till.now),
        onChange: () => undefined,
        isStopped: (moduleId) => isModuleStopped(till.ledger, moduleId),
      },
    );
    closing.push(() => manager.close());
    const vending = createVending({ ...till.deps(), module: (askedOf) => manager.module(askedOf) });
    const sell = (text: string) => vending.vend(till.request(text, 10_000), CASHIER);
    return { manager, vending, sell };
  }
  const by = (moduleId: string) => ({ ok: true, value: { tokens: [{ moduleId }] } });

  it('leaves the sales to the other one, and is asked again once it was cleared', async () => {
    const a = await serverWith({ moduleId: 'A' }, { kind: 'wrong-units' });
    const { manager, sell, vending } = manage(a, await serverWith({ moduleId: 'B' }));
    await manager.look();
    expect(codeOf(await sell('Thandi Nkosi'))).toBe('token-mismatch');
    expect(await sell('Sipho')).toMatchObject(by('B'));
    expect(manager.status).toMatchObject({ status: 'ready', moduleId: 'B' });
    // What was once asked of it stays its own.
    expect(codeOf(await vending.recover(openSaleId(), CASHIER))).toBe('module-stopped');
    clear('A');
    expect(await sell('Themba Nkosana')).toMatchObject(by('A'));
  });

  it('is passed over by questions too, and stops everything where it alone is left', async () => {
    const a = await serverWith({ moduleId: 'A' }, { kind: 'wrong-units' });
    const b = await serverWith({ moduleId: 'B' });
    const { manager, sell } = manage(a, b);
    await manager.look();
    await sell('Thandi Nkosi');
    const before = b.service.served.get('verifyToken') ?? 0;
    const picked = manager.module();
    if (picked.ok) await picked.value.verify('70630503470028726114', METER);
    expect(b.service.served.get('verifyToken')).toBe(before + 1);
    await b.server.close();
    expect(codeOf(await sell('Sipho'))).toBe('module-stopped');
    await manager.lookAfresh();
    expect(manager.status).toMatchObject({ status: 'stopped', moduleId: 'A' });
  });
});

/** Commits once; from then on the disk is gone. */
function onlyOnce(ledger: LedgerWriter): LedgerWriter {
  let commits = 0;
  const transaction: LedgerWriter['transaction'] = (work) => {
    commits += 1;
    if (commits > 1) throw new Error('the power is gone');
    return ledger.transaction(work);
  };
  return { ...ledger, transaction };
}
