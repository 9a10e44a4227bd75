import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput, CallName, CallOutput, Session } from '../../src/contract/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';

/** Two meters of the training town, and a clock that the test moves. */
const THANDI = { pan: '600727001234567821', meterNumber: '00123456782' } as const;
const THEMBA = { pan: '600727001803406302', meterNumber: '00180340630' } as const;
const DAY_MS = 86_400_000;

let folder: string;
let station: Station;
let session: Session;
let now = Date.UTC(2026, 10, 23, 8, 0);

async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
  const answer = await station.handlers[name](input as never, session);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

async function refusalOf<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<string> {
  const answer = await station.handlers[name](input as never, session);
  return answer.ok ? 'ok' : answer.error.code;
}

async function sell(pan: string, amountMinor: number): Promise<CallOutput<'sale.vend'>> {
  const quote = await call('sale.quote', { pan, amountMinor });
  return call('sale.vend', {
    requestId: station.newId(),
    pan,
    amountMinor,
    quotedUnitsTenths: quote.unitsTenths,
    acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    tender: { kind: 'cash', receivedMinor: amountMinor },
  });
}

const search = async (text: string, before: string | null = null): Promise<readonly string[]> =>
  (await call('sale.search', { text, before })).sales.map(({ receiptNumber }) => receiptNumber);

let first: CallOutput<'sale.vend'>;
let other: CallOutput<'sale.vend'>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-past-'));
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const opened = await openStation({ dataFolder: folder, profile: 'training', now: () => now, random });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = station.newSession();
  await call('operators.signIn', { name: 'Joseph', pin: '4321' });
  first = await sell(THANDI.pan, 10_000);
  other = await sell(THEMBA.pan, 5_000);
  now += DAY_MS;
  for (let n = 0; n < 22; n += 1) {
    now += 120_000;
    await sell(THANDI.pan, 2_000);
  }
}, 120_000);

afterAll(async () => {
  await station.close();
  rmSync(folder, { recursive: true });
});

describe('a search of past sales', () => {
  it('finds by receipt, day, meter, amount and token, and by several of these', async () => {
    expect(await search('t014-000001')).toEqual(['T014-000001']);
    expect(await search('2026-11-23')).toEqual(['T014-000002', 'T014-000001']);
    expect(await search(THEMBA.meterNumber)).toEqual(['T014-000002']);
    expect(await search('100.00')).toEqual(['T014-000001']);
    expect(await search('2026-11-23 50.00')).toEqual(['T014-000002']);
    expect(await search(`2026-11-24 ${THEMBA.meterNumber}`)).toEqual([]);
    const digits = first.tokens[0]?.digits ?? '';
    expect(await search(digits)).toEqual(['T014-000001']);
    expect(await search(digits.replace(/(\d{4})(?=\d)/gu, '$1 '))).toEqual(['T014-000001']);
  });

  it('gives twenty at a time, newest first, and goes on behind the last one', async () => {
    const page = await call('sale.search', { text: '20.00', before: null });
    expect(page.sales).toHaveLength(20);
    expect(page.sales[0]?.receiptNumber).toBe('T014-000024');
    expect(page.more).toBe(true);
    const rest = await call('sale.search', { text: '20.00', before: page.sales.at(-1)?.saleId ?? null });
    expect(rest.sales.map(({ receiptNumber }) => receiptNumber)).toEqual(['T014-000004', 'T014-000003']);
    expect(rest.more).toBe(false);
  });

  it('refuses what it does not understand rather than leaving it out', async () => {
    expect(await refusalOf('sale.search', { text: '2026-11-31', before: null })).toBe('sale-search-unclear');
    expect(await refusalOf('sale.search', { text: '100.00 nkosi', before: null })).toBe(
      'sale-search-unclear',
    );
    expect(await refusalOf('sale.search', { text: '00123456783', before: null })).toBe('meter-check-digit');
  });
});

describe('a token that a customer brings', () => {
  const verify = (pan: string, digits: string): Promise<CallOutput<'token.verify'>> =>
    call('token.verify', { pan, digits });

  it('is read with its meter’s key, and said to be sold here', async () => {
    const digits = first.tokens[0]?.digits ?? '';
    const found = await verify(THANDI.pan, digits.replace(/(\d{4})(?=\d)/gu, '$1-'));
    expect(found).toMatchObject({ good: true, digits, receiptNumber: 'T014-000001', saleId: first.saleId });
    expect(found.lines.map(({ id }) => id)).toEqual(['verify.credit', 'verify.made-at', 'verify.sold-here']);
    expect(found.lines[1]?.params).toEqual({ at: '2026-11-23 10:00' });
  });

  it('of another meter is not good for this one, and its own is named', async () => {
    const found = await verify(THANDI.pan, other.tokens[0]?.digits ?? '');
    expect(found.good).toBe(false);
    expect(found.lines).toEqual([
      { id: 'verify.refused', params: { reason: 'CRCError' } },
      {
        id: 'verify.other-meter',
        params: { receiptNumber: 'T014-000002', meterNumber: THEMBA.meterNumber },
      },
    ]);
  });

  it('that is a meter test is known as one: the published token that shows the key revision', async () => {
    const found = await verify(THANDI.pan, '18446744073843772416');
    expect(found).toMatchObject({ good: true, receiptNumber: null });
    expect(found.lines[0]).toEqual({ id: 'verify.kind', params: { kind: 'test' } });
  });

  it('without its twenty digits is asked for again', async () => {
    expect(await refusalOf('token.verify', { pan: THANDI.pan, digits: '1234' })).toBe('token-digits');
    expect(await refusalOf('token.verify', { pan: THANDI.pan, digits: 'no' })).toBe('token-digits');
  });
});

describe('orders at the door', () => {
  const second = { name: 'Amina', pin: '1234' };

  it('ask for a second person where something is taken, who is not a cashier', async () => {
    const clear = { kind: 'clear-credit', register: 0 } as const;
    const asked = { requestId: station.newId(), pan: THANDI.pan, action: clear, reason: 'meter test' };
    expect(await refusalOf('order.manage', { ...asked, second: null })).toBe('second-person-needed');
    expect(await refusalOf('order.manage', { ...asked, second })).toBe('second-person-role');
    expect(await refusalOf('order.manage', { ...asked, second: { name: 'Joseph', pin: '4321' } })).toBe(
      'second-person-same',
    );
  });

  it('explain no prices where there are none', async () => {
    const action = { kind: 'clear-tamper' } as const;
    const asked = { requestId: station.newId(), pan: THANDI.pan, action, reason: 'meter test', second: null };
    const sale = await call('order.manage', asked);
    expect(sale).toMatchObject({ kind: 'management', amountMinor: 0, state: 'recorded', replaces: null });
    expect(sale.tokens[0]).toMatchObject({ kind: 'management', does: { id: 'receipt.token.clear-tamper' } });
    expect(await refusalOf('purchase.explain', { saleId: sale.saleId })).toBe('not-a-purchase');
    const again = await call('order.manage', asked);
    expect(again.saleId).toBe(sale.saleId);
  });
});
