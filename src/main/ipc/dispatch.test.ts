import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CALL_NAMES,
  calls,
  ROLES,
  WINDOW_KINDS,
  type CallName,
  type Handlers,
  type Role,
  type Session,
  type SignedInOperator,
  type WindowKind,
} from '../../contract/index.ts';
import { err, ok } from '../../units/index.ts';
import { StorageError } from '../store/index.ts';
import { createDispatch, MAX_REQUEST_CHARS, type CallReport, type Dispatch } from './dispatch.ts';

const SECRET = 'a key that nobody may see';
const REF = 'K7M2QX';

type Answer = (name: CallName, input: unknown, session: Session) => Promise<unknown>;

/** A handler table that answers every call with the same function. */
function table(answer: Answer): Handlers {
  const entries = CALL_NAMES.map((name) => [
    name,
    (input: unknown, session: Session) => answer(name, input, session),
  ]);
  return Object.fromEntries(entries) as Handlers;
}

function setUp(answer: Answer): { dispatch: Dispatch; reports: CallReport[] } {
  const reports: CallReport[] = [];
  const dispatch = createDispatch({
    handlers: table(answer),
    makeRef: () => REF,
    report: (report) => reports.push(report),
    now: () => 0,
    idleLockMs: 300_000,
    operatorNow: (operatorId) => people.get(operatorId) ?? null,
  });
  return { dispatch, reports };
}

/** Whom the station knows. */
const people = new Map<string, SignedInOperator>();

function signedIn(role: Role): Session {
  const operator = { operatorId: role, name: 'Amina', role };
  people.set(operator.operatorId, operator);
  return { operator };
}
const nobody: Session = { operator: null };
const pan = '600727011234567893';
const hit = {
  customerId: '1',
  name: 'Thandi Nkosi',
  account: '1001',
  phone: '',
  address: '',
  pan,
  meterNumber: '01123456789',
  resource: 'electricity',
};

describe('dispatch', () => {
  const found = async () => ok({ hits: [hit] });

  it('answers a good request', async () => {
    const { dispatch } = setUp(found);
    const reply = await dispatch({
      window: 'counter',
      session: signedIn('cashier'),
      name: 'directory.search',
      payload: '{"text":"nkosi"}',
    });
    expect(reply).toEqual({ ok: true, value: { hits: [hit] } });
  });

  const search = { name: 'directory.search', payload: '{"text":"nkosi"}' };
  it.each([
    ['a window of another kind', { ...search, window: 'paper-preview' }, signedIn('cashier'), 'not-allowed'],
    [
      'a call that does not exist',
      { ...search, name: 'constructor' },
      signedIn('cashier'),
      'request-invalid',
    ],
    [
      'a name that is no text',
      { ...search, name: ['directory.search'] },
      signedIn('cashier'),
      'request-invalid',
    ],
    [
      'an input of another shape',
      { ...search, payload: '{"text":7}' },
      signedIn('cashier'),
      'request-invalid',
    ],
    ['an input that is no JSON', { ...search, payload: '{text' }, signedIn('cashier'), 'request-invalid'],
    [
      'an input that is no text',
      { ...search, payload: { text: 'x' } },
      signedIn('cashier'),
      'request-invalid',
    ],
    ['nobody signed in', search, nobody, 'not-signed-in'],
    ['a role that may not', search, signedIn('auditor'), 'not-allowed'],
  ])('refuses %s', async (_what, request, session, code) => {
    const { dispatch, reports } = setUp(() => {
      throw new Error('must not be reached');
    });
    const reply = await dispatch({ window: 'counter', session, ...request } as Parameters<Dispatch>[0]);
    expect(reply).toEqual({ ok: false, error: { code, params: {}, retry: 'no', ref: REF } });
    expect(reports).toHaveLength(1);
  });

  it('refuses a request that is too long before it reads it', async () => {
    const { dispatch } = setUp(found);
    const payload = JSON.stringify({ text: 'x'.repeat(MAX_REQUEST_CHARS) });
    const reply = await dispatch({
      window: 'counter',
      session: signedIn('cashier'),
      name: 'directory.search',
      payload,
    });
    expect(reply).toMatchObject({ ok: false, error: { code: 'request-invalid' } });
  });

  it('checks the window before the schema, and the schema before the sign-in', async () => {
    const { dispatch } = setUp(found);
    const bad = { name: 'directory.search', payload: 'nonsense', session: nobody };
    expect(await dispatch({ ...bad, window: 'paper-preview' })).toMatchObject({
      error: { code: 'not-allowed' },
    });
    expect(await dispatch({ ...bad, window: 'counter' })).toMatchObject({
      error: { code: 'request-invalid' },
    });
  });

  it('hands a named error on with a reference, and nothing but its named fields', async () => {
    const fault = { code: 'meter-unknown', params: { meter: '01' }, retry: 'no', stack: SECRET };
    const { dispatch } = setUp(async () => err(fault));
    const reply = await dispatch({ window: 'counter', session: signedIn('cashier'), ...search });
    expect(reply).toEqual({
      ok: false,
      error: { code: 'meter-unknown', params: { meter: '01' }, retry: 'no', ref: REF },
    });
  });

  it.each([
    ['throws', () => Promise.reject(new Error(SECRET))],
    ['answers outside its schema', async () => ok({ hits: SECRET })],
  ])('says internal when the handler %s, and tells only the log why', async (_what, answer) => {
    const { dispatch, reports } = setUp(answer);
    const reply = await dispatch({ window: 'counter', session: signedIn('cashier'), ...search });
    expect(reply).toEqual({ ok: false, error: { code: 'internal', params: {}, retry: 'no', ref: REF } });
    expect(reports[0]?.cause).toBeDefined();
  });

  it('lets a disk that fails say so, in the handler and where it is asked who somebody is', async () => {
    const broken = new StorageError('SQLITE_IOERR_READ', SECRET);
    const { dispatch, reports } = setUp(() => Promise.reject(broken));
    const params = { reason: 'SQLITE_IOERR_READ' };
    const error = { code: 'storage-failed', params, retry: 'after-recovery', ref: REF };
    const session = signedIn('cashier');
    expect(await dispatch({ window: 'counter', session, ...search })).toEqual({ ok: false, error });
    expect(reports[0]?.cause).toBe(broken);
  });

  it('takes fields that the schema does not name out of an answer', async () => {
    const { dispatch } = setUp(async () => ok({ hits: [{ ...hit, vendingKey: SECRET }] }));
    const reply = await dispatch({ window: 'counter', session: signedIn('cashier'), ...search });
    expect(JSON.stringify(reply)).not.toContain(SECRET);
  });
});

describe('dispatch under any input', () => {
  const sessions = fc.constantFrom<Session>(nobody, ...ROLES.map(signedIn));
  const names = fc.oneof(fc.constantFrom<unknown>(...CALL_NAMES), fc.string(), fc.anything());
  const payloads = fc.oneof(
    fc.json(),
    fc.string(),
    fc.anything(),
    fc
      .record(
        {
          pan: fc.oneof(fc.constant(pan), fc.string()),
          text: fc.string(),
          name: fc.string(),
          pin: fc.string(),
          amountMinor: fc.oneof(fc.integer(), fc.double(), fc.string()),
          quotedUnitsTenths: fc.integer(),
          requestId: fc.oneof(fc.uuid({ version: 7 }), fc.string()),
          saleId: fc.oneof(fc.uuid({ version: 7 }), fc.string()),
          jobId: fc.oneof(fc.uuid({ version: 7 }), fc.string()),
          tender: fc.record({ kind: fc.constantFrom('cash', 'card'), receivedMinor: fc.integer() }),
          __proto__: fc.anything(),
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  );

  it('always answers, and lets only what the contract allows reach a handler', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<WindowKind>(...WINDOW_KINDS),
        sessions,
        names,
        payloads,
        async (window, session, name, payload) => {
          const reached: { name: CallName; input: unknown }[] = [];
          const { dispatch } = setUp(async (call, input) => {
            reached.push({ name: call, input });
            throw new Error(SECRET);
          });
          const reply = await dispatch({ window, session, name, payload });
          expect(reply.ok).toBe(false);
          expect(JSON.stringify(reply)).not.toContain(SECRET);
          for (const visit of reached) {
            const call = calls[visit.name];
            expect(call.windows).toContain(window);
            expect(call.input.safeParse(visit.input).success).toBe(true);
            if (call.roles !== 'anyone') expect(call.roles).toContain(session.operator?.role);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
