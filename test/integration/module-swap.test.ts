import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordedSale } from '../../src/main/ledger/index.ts';
import {
  ModuleManager,
  Sts6Line,
  sts6Module,
  tcpTransport,
  type CreditRequest,
  type MeterKeys,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import { createVending, type Vending } from '../../src/main/vending/index.ts';
import { Sts6Server, Sts6Simulator, type SimulatedKey } from '../../src/simulators/sts6-module/index.ts';
import { makeId, ok, unitsTenths, unixMs } from '../../src/units/index.ts';
import { CASHIER, codeOf, openSellingTill, type SellingTill } from './selling-till.ts';
import { SIMULATED_TRAINING_KEYS } from './sts6-fixtures.ts';
import { openTrainingModule } from './training-module.ts';

/** Modules that change behind a line: taken out, keyed elsewhere and put back, or another one in their place. */

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const closing: (() => unknown)[] = [];
let till: SellingTill;
/** Stands for the meters: it knows their keys by the published ones, and nothing of any line. */
let meters: SecureModule;

beforeAll(async () => {
  meters = await openTrainingModule(() => till.now);
});
beforeEach(() => {
  till = openSellingTill(NOON, meters);
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  till.remove();
});

function simulator(moduleId: string): Sts6Simulator {
  return new Sts6Simulator({
    moduleId,
    keys: SIMULATED_TRAINING_KEYS,
    capacity: SIMULATED_TRAINING_KEYS.length,
    nowUnixMs: () => till.now,
    windowMs: 86_400_000,
    transactions: null,
  });
}

/** The same keys with the registers of the training group's and of another group's key changed over. */
function changedOver(): readonly SimulatedKey[] {
  const keys = [...SIMULATED_TRAINING_KEYS];
  const at = (sgc: string): number => keys.findIndex((key) => key.sgc === sgc && key.krn === 1);
  const [one, other] = [at('201457'), at('201462')];
  [keys[one], keys[other]] = [keys[other]!, keys[one]!];
  return keys;
}

async function plug(module: Sts6Simulator, port = 0) {
  const server = new Sts6Server(module, {
    serviceMs: { token: 0, other: 0 },
    lateMs: 0,
    nextFault: () => 'none',
  });
  closing.push(() => server.close());
  return { server, port: await server.listen(port) };
}

function manage(port: number) {
  const nowUnixMs = () => unixMs(till.now);
  const transport = tcpTransport('127.0.0.1', port);
  let heard = (): void => undefined;
  /** The program has noticed that the line is gone. */
  const gone = new Promise<void>((resolve) => (heard = resolve));
  const onChange = (isOpen: boolean): void => (isOpen ? undefined : heard());
  const line = new Sts6Line(transport, { timeoutMs: 1_000, onChange });
  const module = ok(sts6Module(line, { profile: 'training', nowUnixMs }));
  const manager = new ModuleManager([{ driver: 'sts6', place: transport.place, module, sleeper: line }], {
    nowUnixMs,
    onChange: () => undefined,
  });
  closing.push(() => manager.close());
  const vending = createVending({ ...till.deps(), module: (askedOf) => manager.module(askedOf) });
  return { manager, vending, gone };
}

async function sell(vending: Vending): Promise<RecordedSale> {
  const sale = await vending.vend(till.request('Thandi Nkosi', 10_000), CASHIER);
  if (!sale.ok) throw new Error(sale.error.code);
  return sale.value;
}

/** What the customer's meter says to the token of a sale. */
async function takenByTheMeter(sale: RecordedSale): Promise<boolean> {
  const { keys } = JSON.parse(sale.meter) as { readonly keys: MeterKeys };
  const verdict = await meters.verify(sale.tokens.at(-1)?.digits ?? '', keys);
  return verdict.ok && verdict.value.good;
}

const credit = (meter: Partial<MeterKeys> = {}): CreditRequest => ({
  messageId: makeId(NOON, randomBytes(10)),
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
    ...meter,
  },
  resource: 'electricity',
  unitsTenths: unitsTenths(100),
  tokenTime: { baseDate: 2014, tid: 6_780_600 },
});

describe('a module that was keyed elsewhere while its plug was out', () => {
  it('makes the next token by its new registers, for a meter that takes it', async () => {
    const module = simulator('VSM-A');
    const { server, port } = await plug(module);
    const { manager, vending } = manage(port);
    await manager.look();
    expect(await takenByTheMeter(await sell(vending))).toBe(true);
    await server.close();
    await manager.look();
    module.rekey(changedOver());
    await plug(module, port);
    await manager.look();
    till.now += 60_000;
    expect(await takenByTheMeter(await sell(vending))).toBe(true);
  });

  it('does so without a look in between, and with a plug that was out for the blink of an eye', async () => {
    const module = simulator('VSM-A');
    const { server, port } = await plug(module);
    const { vending } = manage(port);
    await sell(vending);
    server.unplug();
    module.rekey(changedOver());
    till.now += 60_000;
    expect(await takenByTheMeter(await sell(vending))).toBe(true);
  });

  it('between the question who it is and the token too', async () => {
    const module = simulator('VSM-A');
    const { server, port } = await plug(module);
    const { manager, gone } = manage(port);
    await manager.look();
    const picked = manager.module();
    if (!picked.ok) throw new Error(picked.error.code);
    expect((await picked.value.identify()).ok).toBe(true);
    server.unplug();
    await gone;
    module.rekey(changedOver());
    const request = credit();
    const made = await picked.value.issueCredit(request);
    if (!made.ok) throw new Error(made.error.code);
    expect(await meters.verify(made.value.tokens[0]!.digits, request.meter)).toMatchObject({
      value: { good: true },
    });
  });

  it('is shown with the keys that it has now, also when they came by another way than a plug', async () => {
    const module = simulator('VSM-A');
    const { manager } = manage((await plug(module)).port);
    const groupOf = (register: number): string | undefined =>
      manager.reports[0]?.keys.find((key) => key.register === register)?.sgc;
    const register = 1 + SIMULATED_TRAINING_KEYS.findIndex(({ sgc, krn }) => sgc === '201457' && krn === 1);
    await manager.look();
    expect(groupOf(register)).toBe('201457');
    module.rekey(changedOver());
    await manager.look();
    expect(groupOf(register)).toBe('201462');
  });
});

describe('another module in the place of the one that was picked', () => {
  it('makes nothing of what was meant for that one', async () => {
    const a = await plug(simulator('VSM-A'));
    const { manager } = manage(a.port);
    await manager.look();
    const picked = manager.module();
    if (!picked.ok) throw new Error(picked.error.code);
    expect((await picked.value.identify()).ok).toBe(true);
    await a.server.close();
    const other = simulator('VSM-B');
    await plug(other, a.port);
    // Whoever looks meanwhile meets the other one, and that changes nothing.
    await manager.look();
    expect(codeOf(manager.module())).toBe('ok');
    const made = await picked.value.issueCredit(credit());
    expect(made.ok ? 'issued' : `${made.error.code} ${made.error.outcome}`).toBe('module-missing not-issued');
    expect(other.made).toEqual([]);
  });

  it('is never asked by the registers of that one', async () => {
    const a = await plug(simulator('VSM-A'));
    const { manager, vending } = manage(a.port);
    await manager.look();
    await sell(vending);
    await a.server.close();
    const other = simulator('VSM-B');
    other.rekey(changedOver());
    await plug(other, a.port);
    till.now += 60_000;
    const sale = await sell(vending);
    expect(sale.tokens.at(-1)?.moduleId).toBe('VSM-B');
    expect(await takenByTheMeter(sale)).toBe(true);
  });
});
