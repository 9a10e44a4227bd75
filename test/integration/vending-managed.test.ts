import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallFault, SignedInOperator } from '../../src/contract/index.ts';
import { findMeter } from '../../src/main/directory/index.ts';
import { findSale, openSales, verifyChain, type Moment } from '../../src/main/ledger/index.ts';
import {
  moduleFault,
  type Answer,
  type CreditRequest,
  type IssuedTokens,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import {
  closeShift,
  countShift,
  endShift,
  findZ,
  openShift,
  shiftFigures,
  shiftHeldBy,
  shiftSettings,
  type CashCount,
  type CycleEnd,
  type ZFigures,
} from '../../src/main/shifts/index.ts';
import { issueTid, KEY_TYPE, type KeyType } from '../../src/sts/index.ts';
import { createVending, meterAsKnown } from '../../src/main/vending/index.ts';
import {
  amountMinor,
  civilAtOffset,
  err,
  ok,
  unixMs,
  type Result,
  type SaleId,
} from '../../src/units/index.ts';
import { CASHIER, codeOf, openSellingTill, SUPERVISOR, type SellingTill } from './selling-till.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const MINUTE = 60_000;

type Z = CycleEnd<ZFigures>;

let till: SellingTill;
let software: SecureModule;

/** What a managed module does beside making tokens: it keeps results and chooses the token time. */
type Behaviour = {
  /** The answer to the first asking is lost, after the token was made or before. */
  lose?: 'answer' | 'request';
  /** Minutes that its clock is ahead of the computer's. */
  aheadMinutes?: number;
  /** It brings meters up to this key revision, unasked. */
  toKrn?: number;
  /** What it says of the type of the key that it brings them to; the truth when left out. */
  saysType?: KeyType | null;
  /** It has forgotten what it made. */
  forgets?: boolean;
  /** It can't be asked for results at the moment. */
  deaf?: boolean;
  /** It makes no token, and says so. */
  refuses?: boolean;
};

let behaviour: Behaviour;
let asked: string[];
let kept: Map<string, IssuedTokens>;

async function makeTokens(request: CreditRequest): Answer<IssuedTokens> {
  const clock = civilAtOffset(unixMs(till.now + (behaviour.aheadMinutes ?? 0) * MINUTE), 120);
  const { meter, messageId } = request;
  const changed = behaviour.toKrn === undefined ? meter : { ...meter, krn: behaviour.toKrn };
  const tid = issueTid(meter.baseDate, clock, undefined);
  if (!tid.ok) return err(moduleFault('module-request'));
  const credit = await software.issueCredit({
    ...request,
    meter: changed,
    tokenTime: { baseDate: meter.baseDate, tid: tid.value },
  });
  if (!credit.ok || behaviour.toKrn === undefined) return credit;
  const { sgc, ti, baseDate } = meter;
  const change = await software.issueKeyChange({
    messageId,
    meter,
    to: { sgc, krn: behaviour.toKrn, keyType: 2, ti, baseDate },
    withSupplyGroup: false,
  });
  if (!change.ok) return change;
  const sections = change.value.tokens.map((token) => ({
    ...token,
    keyChange: token.keyChange && { ...token.keyChange, ...told() },
  }));
  return ok({ ...credit.value, tokens: [...sections, ...credit.value.tokens] });
}

const told = (): { keyType?: KeyType | null } =>
  behaviour.saysType === undefined ? {} : { keyType: behaviour.saysType };

function managed(): SecureModule {
  return moduleLike(() => software, {
    level: 'managed',
    capabilities: { ...software.capabilities, fetchByMessageId: true },
    issueCredit: async (request) => {
      asked.push(`issue ${request.messageId}`);
      const { lose } = behaviour;
      delete behaviour.lose;
      if (behaviour.refuses) return err(moduleFault('module-key-expired', { sgc: '201457', krn: 1 }));
      if (lose === 'request') return err(moduleFault('module-timeout'));
      const made = await makeTokens(request);
      if (made.ok) kept.set(request.messageId, made.value);
      return lose === 'answer' ? err(moduleFault('module-timeout')) : made;
    },
    fetch: async (messageId) => {
      asked.push(`fetch ${messageId}`);
      if (behaviour.deaf) return err(moduleFault('module-timeout'));
      return ok(behaviour.forgets ? null : (kept.get(messageId) ?? null));
    },
  });
}

beforeAll(async () => {
  software = await openTrainingModule(() => till.now);
});
beforeEach(() => {
  behaviour = {};
  asked = [];
  kept = new Map();
  till = openSellingTill(NOON, software);
  till.module = managed();
});
afterEach(() => till.remove());

/** The till's module, which waits at this call once it is held, until it is released. */
function heldAt(call: 'listKeys' | 'issueCredit') {
  let isHeld = false;
  let [tell, release] = [(): void => undefined, (): void => undefined];
  const reached = new Promise<void>((resolve) => (tell = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const at = async <Value>(name: string, answer: () => Promise<Value>): Promise<Value> => {
    if (isHeld && name === call) {
      tell();
      await released;
    }
    return answer();
  };
  const module = managed();
  till.module = moduleLike(managed, {
    level: 'managed',
    listKeys: () => at('listKeys', () => module.listKeys()),
    issueCredit: (request) => at('issueCredit', () => module.issueCredit(request)),
  });
  return { reached, hold: () => void (isHeld = true), release: () => release() };
}

function openSaleId(): SaleId {
  const [sale] = openSales(till.ledger);
  if (!sale) throw new Error('no sale is open');
  return sale.saleId;
}

/** As an older program's journal has it, which did not say which module it asked. */
function forgetModule(): void {
  till.ledger.transaction((tx) => {
    tx.prepare('DROP TRIGGER record_no_update').run();
    tx.prepare("UPDATE record SET detail = json_remove(detail, '$.moduleId')").run();
  });
}

const tokenMinute = (saleId: SaleId): number | null | undefined =>
  findSale(till.ledger, saleId)?.tokens.at(-1)?.tokenMinute;

describe('an answer of a managed module that is lost', () => {
  it('is fetched by its message: one token, one sale', async () => {
    behaviour.lose = 'answer';
    const sale = await till.sell('Thandi Nkosi');
    expect(sale).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['issue', 'fetch']);
    expect(new Set(asked.map((line) => line.split(' ')[1])).size).toBe(1);
  });

  it('stays in doubt while the module can’t be asked, and is fetched afterwards', async () => {
    Object.assign(behaviour, { lose: 'answer', deaf: true });
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('sale-in-doubt');
    expect(till.balance('tender-held')).toBe(-10_000);
    behaviour.deaf = false;
    const settled = await till.vending().recover(openSaleId(), null);
    expect(settled).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(kept.size).toBe(1);
    expect(till.balance('tender-held')).toBe(0);
  });
});

describe('a message that a managed module does not know', () => {
  const lost = async (): Promise<SaleId> => {
    behaviour.lose = 'request';
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('sale-in-doubt');
    return openSaleId();
  };

  it('is not sent again by itself', async () => {
    const saleId = await lost();
    expect(codeOf(await till.vending().recover(saleId, null))).toBe('sale-in-doubt');
    expect(asked.filter((line) => line.startsWith('issue'))).toHaveLength(1);
  });

  it('goes on with the same message when the cashier says so within minutes', async () => {
    const saleId = await lost();
    till.now += 4 * MINUTE;
    const settled = await till.vending().recover(saleId, CASHIER);
    expect(settled).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(new Set(asked.map((line) => line.split(' ')[1])).size).toBe(1);
  });

  it('is void when the cashier gives up within minutes', async () => {
    const saleId = await lost();
    till.now += 4 * MINUTE;
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect(findSale(till.ledger, saleId)?.step).toBe('void');
    expect([till.balance('tender-held'), till.balance('cash-drawer')]).toEqual([0, 0]);
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('ok');
  });

  it('is not void by a refusal when it is asked for again: that takes somebody’s word', async () => {
    const saleId = await lost();
    behaviour.refuses = true;
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('module-key-expired');
    expect(findSale(till.ledger, saleId)?.step).toBe('in-doubt');
    expect(till.balance('tender-held')).toBe(-10_000);
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect([till.balance('tender-held'), till.balance('cash-drawer')]).toEqual([0, 0]);
  });

  it('is asked of nobody by itself, and proves nothing, where nobody knows which module was asked', async () => {
    const saleId = await lost();
    forgetModule();
    asked = [];
    expect(codeOf(await till.vending().recover(saleId, null))).toBe('sale-in-doubt');
    expect(asked).toEqual([]);
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-in-doubt');
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('sale-in-doubt');
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['fetch', 'fetch']);
    expect(till.balance('tender-held')).toBe(-10_000);
  });

  it('proves nothing later: the sale stays in doubt until a supervisor decides', async () => {
    const saleId = await lost();
    behaviour.forgets = true;
    till.now += 5 * MINUTE + 1;
    expect(codeOf(await till.vending().recover(saleId, CASHIER))).toBe('sale-in-doubt');
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-in-doubt');
    expect(asked.filter((line) => line.startsWith('issue'))).toHaveLength(1);
    expect(codeOf(till.vending().closeUnissued(saleId, SUPERVISOR, 'the server forgot it'))).toBe('ok');
  });

  it('that was made after all is recorded, not given up', async () => {
    Object.assign(behaviour, { lose: 'answer', deaf: true });
    await till.sell('Thandi Nkosi');
    behaviour.deaf = false;
    expect(await till.vending().giveUp(openSaleId(), CASHIER)).toMatchObject({
      ok: true,
      value: { step: 'recorded' },
    });
  });
});

describe('the money of a sale that is void after its shift was counted', () => {
  const BRIAN: SignedInOperator = { operatorId: 'brian', name: 'Brian', role: 'cashier' };
  const hundreds = (quantity: number): CashCount => [{ denominationMinor: 10_000, quantity }];
  const drawers = (): ReturnType<typeof shiftSettings> =>
    shiftSettings({ ...till.settings, shifts: { drawers: ['1', '2'], denominationsMinor: [10_000] } });
  const moment = (by: SignedInOperator): Moment => ({
    nowUnixMs: till.now,
    zone: till.settings.zone,
    operatorId: by.operatorId,
  });
  const done = <Value>(result: Result<Value, CallFault>): Value => {
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };

  /** Opens a drawer with a float of this many hundreds; returns its shift. */
  const open = (by: SignedInOperator, drawer: string, float: number): string => {
    const shiftId = `${by.operatorId}-${drawer}`;
    const { operatorId } = by;
    const opening = { shiftId, drawer, operatorId, currency: 'ZAR', float: hundreds(float) };
    done(till.ledger.transaction((tx) => openShift(tx, moment(by), drawers(), opening)));
    return shiftId;
  };
  const end = (by: SignedInOperator, shiftId: string): void => {
    done(till.ledger.transaction((tx) => endShift(tx, moment(by), by, shiftId, null)));
  };
  const count = (by: SignedInOperator, shiftId: string, quantity: number): void => {
    const counted = { cash: hundreds(quantity), slips: [] };
    done(till.ledger.transaction((tx) => countShift(tx, moment(by), drawers(), by, shiftId, counted)));
  };
  const close = (by: SignedInOperator, shiftId: string): Z => {
    const closed = till.ledger.transaction((tx) => closeShift(tx, moment(by), drawers(), by, shiftId));
    return zOf(done(closed).zNumber);
  };
  const zOf = (number: number): Z => {
    const z = findZ(till.ledger, number);
    if (!z) throw new Error('the Z is kept');
    return z;
  };
  const cashIn = (shiftId: string): number | undefined =>
    shiftFigures(till.ledger, shiftId)?.expected.find(({ account }) => account === 'cash-drawer')
      ?.amountMinor;

  /** Amina takes 100.00 for a sale whose answer is lost; returns it and her shift. */
  const doubt = async (): Promise<{ readonly saleId: SaleId; readonly shiftId: string }> => {
    behaviour.lose = 'request';
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('sale-in-doubt');
    const shift = shiftHeldBy(till.ledger, CASHIER.operatorId);
    if (!shift) throw new Error('a training till opens a shift by itself');
    return { saleId: openSaleId(), shiftId: shift.shiftId };
  };
  /** The same, with her shift closed on it. */
  const closeOnDoubt = async (): Promise<{ saleId: SaleId; shiftId: string; z: Z }> => {
    const { saleId, shiftId } = await doubt();
    end(CASHIER, shiftId);
    count(CASHIER, shiftId, 1);
    return { saleId, shiftId, z: close(CASHIER, shiftId) };
  };

  it('pays in the same drawer for the sale that a supervisor sells again, with a drawer of his own or without', async () => {
    const { saleId, shiftId } = await doubt();
    till.settings = { ...till.settings, profile: 'private' };
    behaviour.forgets = true;
    till.now += 30 * MINUTE;
    const { requestId } = till.request('Sipho', 10_000);
    const again = await till.vending().sellAgain(saleId, SUPERVISOR, 'module replaced', requestId);
    expect(again).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(cashIn(shiftId)).toBe(10_000);

    behaviour.lose = 'request';
    behaviour.forgets = false;
    expect(codeOf(await till.sell('Thandi Nkosi', 20_000))).toBe('sale-in-doubt');
    const second = openSaleId();
    behaviour.forgets = true;
    till.now += 30 * MINUTE;
    const supervisors = open(SUPERVISOR, '2', 5);
    const next = till.request('Sipho', 10_000).requestId;
    expect(await till.vending().sellAgain(second, SUPERVISOR, 'again', next)).toMatchObject({ ok: true });
    expect([cashIn(shiftId), cashIn(supervisors)]).toEqual([30_000, 50_000]);
  });

  it('comes out of the drawer that is open now, whose count then finds nothing short', async () => {
    const { saleId, shiftId, z } = await closeOnDoubt();
    expect(z.figures.variances).toMatchObject([{ expectedMinor: 10_000, varianceMinor: 0 }]);
    const now = open(BRIAN, '1', 2);
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect(findSale(till.ledger, saleId)?.step).toBe('void');
    expect(cashIn(now)).toBe(10_000);
    end(BRIAN, now);
    count(BRIAN, now, 1);
    const { variances } = close(BRIAN, now).figures;
    expect(variances).toMatchObject([{ expectedMinor: 10_000, countedMinor: 10_000, varianceMinor: 0 }]);
    // What was closed stays as it was, and no cash is left in an account of an empty drawer.
    expect(zOf(1)).toEqual(z);
    expect(cashIn(shiftId)).toBe(10_000);
    expect([till.balance('tender-held'), till.balance('cash-drawer')]).toEqual([0, 0]);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('comes out of the own drawer of whoever gives it back, before another’s', async () => {
    const { saleId } = await closeOnDoubt();
    const [brians, aminas] = [open(BRIAN, '1', 2), open(CASHIER, '2', 2)];
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect([cashIn(brians), cashIn(aminas)]).toEqual([20_000, 10_000]);
  });

  it('is written to its own shift where no drawer is open', async () => {
    const { saleId, shiftId } = await closeOnDoubt();
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    const tied = till.ledger
      .prepare(
        `SELECT shift_id AS shiftId FROM shift_entry JOIN record ON record_id = shift_entry.row_id / 1000
         WHERE kind = 'sale-void'`,
      )
      .all<{ shiftId: string }>();
    expect(tied).toEqual([{ shiftId }]);
    expect(zOf(1).figures.undone.count).toBe(0);
  });

  it.each([
    ['comes out of its own drawer while that is still to be counted', false],
    ['comes out of another drawer once its own was counted', true],
  ])('%s', async (_rule, isCounted) => {
    const { saleId, shiftId } = await doubt();
    const brians = open(BRIAN, '2', 2);
    end(CASHIER, shiftId);
    if (isCounted) count(CASHIER, shiftId, 1);
    expect(codeOf(await till.vending().giveUp(saleId, CASHIER))).toBe('sale-given-up');
    expect([cashIn(shiftId), cashIn(brians)]).toEqual(isCounted ? [10_000, 10_000] : [0, 20_000]);
  });
});

describe('the token time of a managed module', () => {
  it('is the module’s own, and the next one lies after it', async () => {
    behaviour.aheadMinutes = 3;
    const first = await till.sell('Thandi Nkosi');
    if (!first.ok) throw new Error(first.error.code);
    expect(tokenMinute(first.value.saleId)).toBe(first.value.tokenMinute + 3);
    till.now += 2 * MINUTE;
    behaviour.aheadMinutes = 2;
    const second = await till.sell('Thandi Nkosi');
    if (!second.ok) throw new Error(second.error.code);
    expect(second.value.tokenMinute).toBe((tokenMinute(first.value.saleId) ?? 0) + 1);
  });

  it('is refused when it does not lie after the meter’s last', async () => {
    behaviour.aheadMinutes = 3;
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('ok');
    behaviour.aheadMinutes = 2;
    till.now += MINUTE;
    expect(await till.sell('Thandi Nkosi')).toMatchObject({
      error: { code: 'token-mismatch', params: { field: 'token time' } },
    });
    expect(codeOf(await till.sell('Sipho'))).toBe('module-stopped');
  });

  it('is refused beyond what the clock allows', async () => {
    behaviour.aheadMinutes = 21;
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('token-mismatch');
    expect(openSales(till.ledger)).toHaveLength(1);
  });
});

describe('key-change tokens that a managed module puts in front', () => {
  it('are kept in order before the credit, and change the meter’s key in the ledger', async () => {
    behaviour.toKrn = 2;
    const sale = await till.sell('Thandi Nkosi');
    if (!sale.ok) throw new Error(sale.error.code);
    const { tokens } = findSale(till.ledger, sale.value.saleId) ?? { tokens: [] };
    expect(tokens.map(({ tokenClass }) => tokenClass)).toEqual([2, 2, 0]);
    expect(tokens.map(({ position }) => position)).toEqual([1, 2, 3]);
    const meter = findMeter(till.directory, sale.value.meterPan);
    if (!meter) throw new Error('the meter is listed');
    expect(meter.krn).toBe(1);
    expect(meterAsKnown(till.ledger, meter).krn).toBe(2);
    delete behaviour.toKrn;
    till.now += 2 * MINUTE;
    const next = await till.sell('Thandi Nkosi');
    if (!next.ok) throw new Error(next.error.code);
    expect((JSON.parse(next.value.meter) as { keys: { krn: number } }).keys.krn).toBe(2);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('that lead to a key of no known type leave the sale in doubt until the key is listed', async () => {
    Object.assign(behaviour, { toKrn: 2, saysType: null });
    expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('sale-in-doubt');
    const saleId = openSaleId();
    // Nobody saw the tokens, and the module is not at fault: others are served.
    expect(findSale(till.ledger, saleId)?.tokens).toEqual([]);
    delete behaviour.toKrn;
    expect(codeOf(await till.sell('Sipho Mahlangu'))).toBe('ok');
    const made = kept.get(findSale(till.ledger, saleId)?.messageId ?? '');
    if (!made) throw new Error('the module kept what it made');
    const listed = made.tokens.map((token) => ({
      ...token,
      keyChange: token.keyChange && { ...token.keyChange, keyType: KEY_TYPE.unique },
    }));
    kept.set(made.messageId, { ...made, tokens: listed });
    expect(codeOf(await till.vending().recover(saleId, SUPERVISOR))).toBe('ok');
    const meter = findMeter(till.directory, till.panOf('Thandi Nkosi'))!;
    expect(meterAsKnown(till.ledger, meter)).toMatchObject({ krn: 2, keyType: KEY_TYPE.unique });
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('that lead to a type which may not follow the meter’s stop the module', async () => {
    Object.assign(behaviour, { toKrn: 2, saysType: KEY_TYPE.common });
    expect(await till.sell('Thandi Nkosi')).toMatchObject({
      error: { code: 'token-mismatch', params: { field: 'key type' } },
    });
    expect(codeOf(await till.sell('Sipho Mahlangu'))).toBe('module-stopped');
  });

  it('give way to newer words of the directory', async () => {
    behaviour.toKrn = 2;
    const sale = await till.sell('Thandi Nkosi');
    if (!sale.ok) throw new Error(sale.error.code);
    const meter = findMeter(till.directory, sale.value.meterPan);
    if (!meter) throw new Error('the meter is listed');
    expect(meterAsKnown(till.ledger, { ...meter, krn: 4 }).krn).toBe(4);
  });
});

describe('a sale in doubt beyond the module’s word', () => {
  it('is sold again by a supervisor: a new sale, a later token time, money taken once', async () => {
    Object.assign(behaviour, { lose: 'request' });
    await till.sell('Thandi Nkosi');
    const saleId = openSaleId();
    behaviour.forgets = true;
    till.now += 30 * MINUTE;
    const { requestId } = till.request('Sipho', 10_000);
    const again = await till.vending().sellAgain(saleId, SUPERVISOR, 'module replaced', requestId);
    if (!again.ok) throw new Error(again.error.code);
    expect(findSale(till.ledger, saleId)?.step).toBe('unissued');
    expect(again.value).toMatchObject({ step: 'recorded', requestId, amountMinor: 10_000 });
    expect(again.value.tokenMinute).toBeGreaterThan(findSale(till.ledger, saleId)?.tokenMinute ?? 0);
    expect(till.balance('cash-drawer')).toBe(10_000);
    const repeated = await till.vending().sellAgain(saleId, SUPERVISOR, 'module replaced', requestId);
    expect(repeated).toMatchObject({ ok: true, value: { saleId: again.value.saleId } });
  });

  /** A sale that stays in doubt, with the module forgetful and half an hour gone. */
  const leaveInDoubt = async (): Promise<SaleId> => {
    behaviour.lose = 'request';
    await till.sell('Thandi Nkosi');
    behaviour.forgets = true;
    till.now += 30 * MINUTE;
    return openSaleId();
  };
  const newRequestId = (): string => till.request('Sipho', 10_000).requestId;
  const records = (): number =>
    till.ledger.prepare('SELECT count(*) AS n FROM record').get<{ n: number }>()?.n ?? 0;

  it.each([
    ['listKeys', 'sale-in-doubt'],
    ['issueCredit', 'sale-unissued'],
  ] as const)(
    'answers for itself alone while the one in its place waits for %s: %s',
    async (call, itself) => {
      behaviour.lose = 'request';
      const request = till.request('Thandi Nkosi', 10_000);
      const waiting = heldAt(call);
      const vending = till.vending();
      expect(codeOf(await vending.vend(request, CASHIER))).toBe('sale-in-doubt');
      const saleId = openSaleId();
      behaviour.forgets = true;
      till.now += 30 * MINUTE;
      const requestId = newRequestId();
      const sellAgain = () => vending.sellAgain(saleId, SUPERVISOR, 'module replaced', requestId);
      waiting.hold();
      const again = sellAgain();
      await waiting.reached;
      const repeated = sellAgain();
      expect(codeOf(await vending.vend(request, CASHIER))).toBe(itself);
      expect(codeOf(await vending.recover(saleId, CASHIER))).toBe('sale-under-way');
      expect(codeOf(await vending.giveUp(saleId, CASHIER))).toBe('sale-under-way');
      waiting.release();
      const sold = await again;
      expect(sold).toMatchObject({ ok: true, value: { step: 'recorded', requestId } });
      expect(await repeated).toEqual(sold);
      const other = { ...till.request('Sipho', 10_000), requestId };
      expect(codeOf(await vending.vend(other, CASHIER))).toBe('request-differs');
    },
  );

  it('stays as it is when the new sale is refused, to the last row', async () => {
    const saleId = await leaveInDoubt();
    const before = records();
    till.settings = { ...till.settings, limits: { perSaleMinor: amountMinor(9_999) } };
    const again = await till.vending().sellAgain(saleId, SUPERVISOR, 'module replaced', newRequestId());
    expect(codeOf(again)).toBe('limit-per-sale');
    expect(findSale(till.ledger, saleId)?.step).toBe('in-doubt');
    expect(records()).toBe(before);
    expect([till.balance('cash-drawer'), till.balance('tender-held')]).toEqual([10_000, -10_000]);
  });

  it('does not count against the limits of the sale in its place', async () => {
    const saleId = await leaveInDoubt();
    till.settings = { ...till.settings, limits: { perMeterDayMinor: amountMinor(10_000) } };
    const again = await till.vending().sellAgain(saleId, SUPERVISOR, 'module replaced', newRequestId());
    expect(again).toMatchObject({ ok: true, value: { step: 'recorded' } });
  });

  it('is sold again while the clock goes on', async () => {
    const saleId = await leaveInDoubt();
    const ticking = createVending({ ...till.deps(), now: () => (till.now += 1) });
    const again = await ticking.sellAgain(saleId, SUPERVISOR, 'module replaced', newRequestId());
    expect(again).toMatchObject({ ok: true, value: { step: 'recorded' } });
  });

  it('is closed and sold again in one commit', async () => {
    const saleId = await leaveInDoubt();
    let commits = 0;
    const { ledger } = till;
    const counting: typeof ledger = {
      ...ledger,
      transaction: (work) => {
        commits += 1;
        return ledger.transaction(work);
      },
    };
    behaviour.lose = 'request';
    const again = await createVending({ ...till.deps(), ledger: counting }).sellAgain(
      saleId,
      SUPERVISOR,
      'module replaced',
      newRequestId(),
    );
    expect(codeOf(again)).toBe('sale-in-doubt');
    // The module lost the new one too: its intent and the end of the old one, then the new one's doubt.
    expect(commits).toBe(2);
    const steps = till.ledger
      .prepare('SELECT sale_id AS saleId, step, row_id AS row FROM sale_step ORDER BY row_id DESC LIMIT 3')
      .all<{ saleId: string; step: string; row: number }>();
    expect(steps.map(({ step }) => step)).toEqual(['in-doubt', 'intended', 'unissued']);
    expect([till.balance('cash-drawer'), till.balance('tender-held')]).toEqual([10_000, -10_000]);
  });

  it('is sold once however often the key is pressed, and nobody else settles it meanwhile', async () => {
    const saleId = await leaveInDoubt();
    const vending = till.vending();
    const requestId = newRequestId();
    const [first, second, other] = await Promise.all([
      vending.sellAgain(saleId, SUPERVISOR, 'module replaced', requestId),
      vending.sellAgain(saleId, SUPERVISOR, 'module replaced', requestId),
      vending.sellAgain(saleId, SUPERVISOR, 'module replaced', newRequestId()),
    ]);
    expect(first).toMatchObject({ ok: true, value: { step: 'recorded' } });
    expect(second).toEqual(first);
    expect(codeOf(other)).toBe('sale-under-way');
    expect(codeOf(await vending.sellAgain(saleId, SUPERVISOR, 'twice', newRequestId()))).toBe(
      'sale-not-in-doubt',
    );
    expect(till.balance('cash-drawer')).toBe(10_000);
    expect(verifyChain(till.ledger).ok).toBe(true);
  });
});
