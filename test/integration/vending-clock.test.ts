import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chainHead, verifyChain } from '../../src/main/ledger/index.ts';
import { ModuleManager, moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import { createVending } from '../../src/main/vending/index.ts';
import { err, ok, unixMs } from '../../src/units/index.ts';
import { codeOf, CASHIER, openSellingTill, SUPERVISOR, type SellingTill } from './selling-till.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

const NOON = Date.UTC(2026, 10, 23, 12, 0);
const HOUR = 3_600_000;

let till: SellingTill;
let software: SecureModule;

beforeAll(async () => {
  software = await openTrainingModule(() => till.now);
});
/** A till of a real station: its shift was opened while it trained, and its clock is nobody's toy. */
beforeEach(async () => {
  till = openSellingTill(NOON, software);
  expect(codeOf(await till.sell('Thandi Nkosi'))).toBe('ok');
  till.settings = { ...till.settings, profile: 'private' };
});
afterEach(() => till.remove());

const kinds = (): readonly string[] =>
  till.ledger
    .prepare('SELECT kind FROM record ORDER BY record_id')
    .all<{ kind: string }>()
    .map(({ kind }) => kind);

function lastDetail(): Record<string, unknown> {
  const row = till.ledger
    .prepare('SELECT detail FROM record ORDER BY record_id DESC LIMIT 1')
    .get<{ detail: string }>();
  return JSON.parse(row?.detail ?? '{}') as Record<string, unknown>;
}

/** A module with a clock of its own, so far from the computer's. */
function withClock(apartMs: number): SecureModule {
  return moduleLike(() => software, {
    capabilities: { ...software.capabilities, ownClock: true },
    clock: async () => ok({ unixMs: unixMs(till.now + apartMs), source: 'module' }),
  });
}

describe('a clock more than a day ahead of the newest record', () => {
  it('sells nothing and names both times', async () => {
    till.now = Date.UTC(2031, 0, 1, 12, 0);
    expect(await till.sell('Sipho')).toMatchObject({
      ok: false,
      error: { code: 'clock-jumped', params: { clock: '2031-01-01 14:00', last: '2026-11-23 14:00' } },
    });
    expect(kinds().at(-1)).toBe('sale-recorded');
  });

  it('sells after a day to the millisecond', async () => {
    till.now = NOON + 24 * HOUR;
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
    till.now += 24 * HOUR + 1;
    expect(codeOf(await till.sell('Sipho'))).toBe('clock-jumped');
  });

  it('sells again once the clock is set right, as if nothing had been', async () => {
    till.now = Date.UTC(2031, 0, 1);
    expect(codeOf(await till.sell('Sipho'))).toBe('clock-jumped');
    till.now = NOON + HOUR;
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
  });

  it('sells once a supervisor answers for it, which the chain keeps', async () => {
    till.now = NOON + 72 * HOUR;
    expect(await till.vending().acceptClock(SUPERVISOR, 'closed over the holidays')).toEqual(ok(true));
    expect(kinds().at(-1)).toBe('clock-accepted');
    expect(lastDetail()).toMatchObject({
      by: 'supervisor',
      reason: 'closed over the holidays',
      lastUnixMs: NOON,
      clockUnixMs: till.now,
    });
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
    expect(verifyChain(till.ledger).ok).toBe(true);
  });

  it('sells when the module’s own clock agrees, and not when it does not', async () => {
    till.now = NOON + 72 * HOUR;
    till.module = withClock(11 * 60_000);
    expect(codeOf(await till.sell('Sipho'))).toBe('clock-jumped');
    till.module = withClock(9 * 60_000);
    expect(await till.vending().agreeOnClock()).toEqual(ok(true));
    expect(lastDetail()).toMatchObject({ by: 'module', moduleUnixMs: till.now + 9 * 60_000 });
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
  });

  it('is never believed for an outcome: that is written at the newest record’s time', async () => {
    till.module = moduleLike(() => software, {
      issueCredit: async () => {
        till.now = Date.UTC(2031, 0, 1);
        return err(moduleFault('module-timeout'));
      },
    });
    expect(codeOf(await till.sell('Sipho'))).toBe('sale-in-doubt');
    expect(chainHead(till.ledger)?.atUnixMs).toBe(NOON);
  });

  it('is taken by a training till by itself, and recorded', async () => {
    till.settings = { ...till.settings, profile: 'training' };
    till.now = NOON + 72 * HOUR;
    expect(await till.vending().agreeOnClock()).toEqual(ok(true));
    expect(lastDetail()).toMatchObject({ by: 'training' });
  });
});

describe('a clock behind the newest record', () => {
  it('is nobody’s to accept', async () => {
    till.now = NOON - HOUR;
    expect(codeOf(await till.vending().acceptClock(SUPERVISOR, 'it is right'))).toBe('clock-behind');
    expect(codeOf(await till.vending().vend(till.request('Sipho', 10_000), CASHIER))).toBe('clock-behind');
  });
});

describe('a clock apart from the module’s', () => {
  it('sells nothing, names both, and sells for the day once a supervisor has compared them', async () => {
    till.module = withClock(-15 * 60_000);
    expect(await till.sell('Sipho')).toMatchObject({
      ok: false,
      error: { code: 'clock-apart', params: { clock: '2026-11-23 14:00', module: '2026-11-23 13:45' } },
    });
    expect(await till.vending().acceptClock(SUPERVISOR, 'compared with the radio')).toEqual(ok(true));
    expect(codeOf(await till.sell('Sipho'))).toBe('ok');
    till.module = withClock(11 * 60_000);
    expect(codeOf(await till.sell('Sipho'))).toBe('clock-apart');
    till.module = withClock(-15 * 60_000);
    till.now += 23 * HOUR;
    expect(codeOf(await till.sell('Sipho'))).toBe('clock-apart');
  });

  it('beyond a quarter of an hour is nobody’s to accept, and keeps nothing from the books but sales', async () => {
    const module = withClock(-16 * 60_000);
    const source = { driver: 'sts6', place: 'here', module: ok(module) };
    const deps = { nowUnixMs: () => unixMs(till.now), onChange: () => undefined };
    const manager = new ModuleManager([source], deps);
    await manager.look();
    const vending = createVending({ ...till.deps(), module: (askedOf) => manager.module(askedOf) });
    const sale = await vending.vend(till.request('Sipho', 10_000), CASHIER);
    expect(codeOf(sale)).toBe('module-clock-window');
    const before = kinds().length;
    expect(await vending.acceptClock(SUPERVISOR, 'compared with the radio')).toMatchObject({
      ok: false,
      error: {
        code: 'module-clock-window',
        params: { moduleTime: '2026-11-23 13:44', computerTime: '2026-11-23 14:00' },
      },
    });
    expect(kinds()).toHaveLength(before);
    expect(await vending.agreeOnClock()).toEqual(ok(true));
    // A weekend later the computer's clock wants somebody's word, and that module is no witness of it.
    till.now += 25 * HOUR;
    expect(codeOf(await vending.agreeOnClock())).toBe('clock-jumped');
    expect(await vending.acceptClock(SUPERVISOR, 'compared with the radio')).toEqual(ok(true));
    expect(lastDetail()).toMatchObject({ by: 'supervisor', moduleApartMs: null });
    expect(await vending.agreeOnClock()).toEqual(ok(true));
    await manager.close();
  });
});
