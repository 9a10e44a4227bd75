import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  CallInput,
  CallName,
  CallOutput,
  CallReply,
  DayEndStep,
  SaleView,
  Session,
} from '../../src/contract/index.ts';
import { CASHIER, makeTill, openTill, type Till } from '../../src/fleet/till.ts';
import { createDispatch, type Dispatch } from '../../src/main/ipc/dispatch.ts';
import { addOperator } from '../../src/main/operators/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/**
 * The desk of a station that is not for training, through the same door as its windows: what the counter's people
 * may do, and what the pages of the day are told.
 */

const ZONE = 'Africa/Johannesburg';
const IDLE_SECONDS = 90;
const JOSEPH = { name: 'Joseph', role: 'supervisor', pin: '4321' } as const;
const BRIAN = { name: 'Brian', role: 'cashier', pin: '5555' } as const;
const DAY = { from: '2026-11-23', to: '2026-11-23', text: '' };

let folder: string;
let till: Till;
let dispatch: Dispatch;
let software: SecureModule;
let nowUnixMs = Date.UTC(2026, 10, 23, 6);
let answers = true;
let fault: 'module-timeout' | 'module-no-key' = 'module-timeout';
const now = (): number => nowUnixMs;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-desk-'));
  software = await openTrainingModule(now);
  const module = moduleLike(() => software, {
    issueCredit: async (credit) =>
      answers ? software.issueCredit(credit) : { ok: false, error: moduleFault(fault) },
  });
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const options = { folder, stationId: 'D1', exchange: undefined, now, random, module };
  await makeTill(options);
  const file = path.join(folder, 'station.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  const shifts = { drawers: ['1', '2'], denominationsMinor: [100, 1_000, 10_000] };
  writeFileSync(file, JSON.stringify({ ...settings, shifts, idleLockSeconds: IDLE_SECONDS }));
  till = await openTill(options);
  for (const person of [JOSEPH, BRIAN])
    await addOperator(till.station.ledger, person, { nowUnixMs, zone: ZONE, operatorId: null });
  dispatch = createDispatch({
    handlers: till.station.handlers,
    makeRef: () => 'REF',
    report: () => undefined,
    now,
    idleLockMs: till.station.idleLockMs,
    operatorNow: till.station.operatorNow,
  });
}, 120_000);
afterAll(async () => {
  await till.station.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  nowUnixMs += 60_000;
  answers = true;
  fault = 'module-timeout';
});

function ask<Name extends CallName>(
  session: Session,
  name: Name,
  input: CallInput<Name>,
): Promise<CallReply<CallOutput<Name>>> {
  const request = { window: 'counter', session, name, payload: JSON.stringify(input) } as const;
  return dispatch(request) as Promise<CallReply<CallOutput<Name>>>;
}
const codeOf = (reply: CallReply<unknown>): string => (reply.ok ? 'ok' : reply.error.code);
function must<Value>(reply: CallReply<Value>): Value {
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}
const id = (): { requestId: string } => ({ requestId: till.station.newId() });

async function signIn(person: { readonly name: string; readonly pin: string }): Promise<Session> {
  const session = till.station.newSession();
  must(await ask(session, 'operators.signIn', { name: person.name, pin: person.pin }));
  return session;
}

async function sell(session: Session, amountMinor: number): Promise<string> {
  const { hits } = must(await ask(session, 'directory.search', { text: 'Thandi' }));
  const pan = hits[0]?.pan ?? '';
  const quote = await ask(session, 'sale.quote', { pan, amountMinor });
  if (!quote.ok) return quote.error.code;
  const sale = await ask(session, 'sale.vend', {
    ...id(),
    pan,
    amountMinor,
    quotedUnitsTenths: quote.value.unitsTenths,
    quotedDueMinor: quote.value.dueMinor,
    acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    tender: { kind: 'cash', receivedMinor: quote.value.dueMinor },
  });
  return sale.ok ? sale.value.state : sale.error.code;
}

const lastRecord = (): unknown =>
  till.station.ledger
    .prepare(
      'SELECT kind, operator_id AS by, subject_id AS subject, detail FROM record ORDER BY record_id DESC LIMIT 1',
    )
    .get();

describe('the counter', () => {
  it('sells nothing for somebody who has no drawer open', async () => {
    expect(await sell(await signIn(BRIAN), 5_000)).toBe('no-open-shift');
  });

  it('locks itself when nobody is there for as long as the settings say, and not before', async () => {
    const session = await signIn(CASHIER);
    nowUnixMs += IDLE_SECONDS * 1_000 - 1;
    expect(codeOf(await ask(session, 'sale.open', {}))).toBe('ok');
    // Looking is nobody's presence: a screen asks by itself.
    nowUnixMs += 1;
    expect(codeOf(await ask(session, 'sale.open', {}))).toBe('not-signed-in');
    expect(await sell(await signIn(CASHIER), 5_000)).toBe('recorded');
    await ask(session, 'operators.signIn', { name: CASHIER.name, pin: CASHIER.pin });
    nowUnixMs += IDLE_SECONDS * 1_000 - 1;
    await ask(session, 'operators.present', {});
    nowUnixMs += IDLE_SECONDS * 1_000 - 1;
    expect(codeOf(await ask(session, 'sale.open', {}))).toBe('ok');
  });

  it('is set up once', async () => {
    const first = { ...id(), name: 'Nobody', pin: '0000' };
    expect(codeOf(await ask(till.station.newSession(), 'operators.setUp', first))).toBe('set-up-done');
  });
});

describe('an override at the cashier’s screen', () => {
  const grant = (
    session: Session,
    call: CallName,
    by: { readonly name: string; readonly pin: string } = JOSEPH,
  ): Promise<CallReply<unknown>> =>
    ask(session, 'operators.override', { ...id(), name: by.name, pin: by.pin, call, reason: 'float is low' });

  it('needs a supervisor who is somebody else, for a call that may be let happen', async () => {
    const cashier = await signIn(CASHIER);
    expect(codeOf(await grant(cashier, 'shift.pay', CASHIER))).toBe('second-person-same');
    expect(codeOf(await grant(cashier, 'shift.pay', BRIAN))).toBe('second-person-role');
    expect(codeOf(await grant(cashier, 'shift.pay', { ...JOSEPH, pin: '9999' }))).toBe('sign-in-refused');
    expect(codeOf(await grant(cashier, 'drawers.change'))).toBe('override-impossible');
    const pay = { ...id(), direction: 'in', amountMinor: 2_000, reason: 'change' } as const;
    expect(codeOf(await ask(cashier, 'shift.pay', pay))).toBe('not-allowed');
  });

  it('is on record with its reason before it is used, once, in both names', async () => {
    const cashier = await signIn(CASHIER);
    const joseph = (await signIn(JOSEPH)).operator?.operatorId;
    const own = cashier.operator?.operatorId;
    must(await grant(cashier, 'shift.pay'));
    expect(lastRecord()).toMatchObject({ kind: 'override-granted', by: joseph, subject: own });
    expect(lastRecord()).toMatchObject({
      detail: expect.stringContaining('"reason":"float is low"') as string,
    });
    const pay = { direction: 'in', amountMinor: 2_000, reason: 'change' } as const;
    must(await ask(cashier, 'shift.pay', { ...id(), ...pay }));
    // The supervisor's word, the cashier's drawer.
    expect(lastRecord()).toMatchObject({ kind: 'paid-in', by: joseph });
    const { mine } = must(await ask(cashier, 'shift.state', {}));
    expect(lastRecord()).toMatchObject({ subject: mine?.shiftId });
    expect(codeOf(await ask(cashier, 'shift.pay', { ...id(), ...pay }))).toBe('not-allowed');
    expect(cashier.operator?.operatorId).toBe(own);
    const { rows } = await reportOf('overrides');
    expect(rows.map((row) => row.join(' '))).toEqual([expect.stringContaining('float is low')]);
  });
});

async function finished(session: Session, jobId: string): Promise<CallOutput<'report.job'>> {
  const job = async (): Promise<CallOutput<'report.job'>> =>
    must(await ask(session, 'report.job', { jobId }));
  await expect.poll(async () => (await job()).state, { timeout: 60_000 }).not.toBe('running');
  return job();
}

async function reportOf(name: string): Promise<NonNullable<CallOutput<'report.job'>['report']>> {
  const chief = await signIn(JOSEPH);
  const { jobId } = must(await ask(chief, 'report.start', { name, ...DAY }));
  const { report } = await finished(chief, jobId);
  if (!report) throw new Error(`no report ${name}`);
  return report;
}

describe('a long report', () => {
  const YEARS = { from: '2017-01-01', to: '2026-12-31', text: '' };

  it('says how far it is, day by day', async () => {
    const chief = await signIn(JOSEPH);
    const { jobId, daysDone } = must(await ask(chief, 'report.start', { name: 'sales-by-day', ...YEARS }));
    expect(daysDone).toBe(0);
    expect(await finished(chief, jobId)).toMatchObject({ state: 'done', daysDone: 3_652, daysOf: 3_652 });
  });

  it('is given up when somebody says so, and leaves nothing to print', async () => {
    const chief = await signIn(JOSEPH);
    const { jobId } = must(await ask(chief, 'report.start', { name: 'sales-by-day', ...YEARS }));
    const cancelled = must(await ask(chief, 'report.cancel', { jobId }));
    expect(cancelled).toMatchObject({ state: 'cancelled', report: null });
    expect(cancelled.daysDone).toBeLessThan(3_652);
    expect(codeOf(await ask(chief, 'report.print', { ...id(), jobId }))).toBe('report-unknown');
    expect(codeOf(await ask(chief, 'report.save', { ...id(), jobId, format: 'csv' }))).toBe('report-unknown');
    // The next one is not held up by it.
    expect((await reportOf('sales-by-day')).rows).toHaveLength(1);
  });

  it('is of days that there are, and not of more than ten years', async () => {
    const chief = await signIn(JOSEPH);
    const start = async (from: string, to: string): Promise<string> =>
      codeOf(await ask(chief, 'report.start', { name: 'sales-by-day', from, to, text: '' }));
    expect(await start('2026-11-24', '2026-11-23')).toBe('report-days');
    expect(await start('2010-01-01', '2026-11-23')).toBe('report-days');
    expect(await start('2026-02-30', '2026-03-01')).toBe('request-invalid');
  });
});

describe('the end of the day', () => {
  type States = Partial<Record<DayEndStep['id'], readonly [DayEndStep['state'], number]>>;
  async function day(session: Session): Promise<States & { readonly green: boolean }> {
    const { steps, green } = must(await ask(session, 'day.state', {}));
    return {
      green,
      ...Object.fromEntries(steps.map(({ id: step, state, count }) => [step, [state, count]])),
    };
  }

  it('leads from an open sale to green, one step after the other', async () => {
    const chief = await signIn(JOSEPH);
    const cashier = await signIn(CASHIER);
    answers = false;
    expect(await sell(cashier, 7_000)).toBe('in-doubt');
    const { mine } = must(await ask(cashier, 'shift.state', {}));
    const shiftId = mine?.shiftId ?? '';
    expect(await day(chief)).toMatchObject({
      doubts: ['problem', 1],
      count: ['waiting', 1],
      variance: ['waiting', 0],
      z: ['waiting', 1],
      green: false,
    });
    // A shift may close over it: its money is in the drawer, and X and Z name it.
    must(await ask(cashier, 'shift.end', { ...id(), shiftId, reason: null }));
    // 50 for the sale of before, 20 paid in, 70 in doubt; 10 too little.
    const count = { cash: [{ denominationMinor: 1_000, quantity: 13 }], slips: [] };
    const counted = must(await ask(cashier, 'shift.count', { ...id(), shiftId, count }));
    // Blind: the answer to a count is the shift, without a sum of what should be there.
    expect(Object.keys(counted).toSorted()).toEqual(
      ['drawer', 'number', 'openedUnixMs', 'operatorName', 'shiftId', 'step'].toSorted(),
    );
    expect(codeOf(await ask(cashier, 'shift.x', { shiftId }))).toBe('not-allowed');
    const x = must(await ask(chief, 'shift.x', { shiftId }));
    expect(x).toMatchObject({
      doubts: [{ amountMinor: 7_000 }],
      variances: [
        { account: 'cash-drawer', expectedMinor: 14_000, countedMinor: 13_000, varianceMinor: -1_000 },
      ],
    });
    expect(await day(chief)).toMatchObject({
      count: ['done', 0],
      variance: ['waiting', 1],
      z: ['waiting', 1],
    });
    const { zNumber } = must(await ask(cashier, 'shift.close', { ...id(), shiftId }));
    expect(must(await ask(chief, 'shift.z', { number: zNumber })).doubts).toEqual(x.doubts);
    expect(await day(chief)).toMatchObject({
      doubts: ['problem', 1],
      count: ['done', 0],
      variance: ['done', 0],
      z: ['done', 1],
      banking: ['waiting', 0],
      batch: ['not-set-up', 0],
      backup: ['not-set-up', 0],
      green: false,
    });
    await settle(chief);
    // 130 counted, 70 given back out of the safe: 60 to the bank.
    const { safeMinor } = must(await ask(chief, 'banking.state', {}));
    const deposit = { account: 'safe', amountMinor: safeMinor, reference: 'BAG-1' } as const;
    must(await ask(chief, 'banking.deposit', { ...id(), ...deposit }));
    expect(await day(chief)).toMatchObject({ banking: ['waiting', 1], green: false });
    must(await ask(chief, 'cycle.end', { ...id(), kind: 'banking' }));
    expect(await day(chief)).toMatchObject({ doubts: ['done', 0], banking: ['done', 0], green: true });
    // It stays ended after midnight, and until somebody sells again.
    nowUnixMs += 20 * 3_600_000;
    expect(await day(await signIn(JOSEPH))).toMatchObject({ z: ['done', 1], green: true });
    const float = [{ denominationMinor: 1_000, quantity: 5 }];
    must(await ask(await signIn(CASHIER), 'shift.open', { ...id(), drawer: '1', float }));
    expect(await day(await signIn(JOSEPH))).toMatchObject({
      count: ['waiting', 1],
      z: ['waiting', 1],
      green: false,
    });
  });

  /** The module answers again: what it was asked for is asked for once more. */
  async function settle(chief: Session): Promise<void> {
    const { sales } = must(await ask(chief, 'sale.open', {}));
    const key = { sgc: '201457', krn: 1, ti: 1 };
    expect(sales.map(({ doubt }) => doubt)).toEqual(sales.map(() => ({ id: 'doubt.key', params: key })));
    fault = 'module-no-key';
    const [{ saleId: asked }] = sales as [SaleView];
    expect(must(await ask(chief, 'sale.recover', { ...id(), saleId: asked }))).toMatchObject({
      state: 'in-doubt',
      doubt: { id: 'doubt.no-key', params: key },
    });
    answers = true;
    for (const { saleId } of sales) must(await ask(chief, 'sale.recover', { ...id(), saleId }));
    expect(must(await ask(chief, 'sale.open', {})).sales).toEqual([]);
  }
});
