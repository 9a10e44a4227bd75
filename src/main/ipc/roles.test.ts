import { beforeEach, describe, expect, it } from 'vitest';
import {
  CALL_NAMES,
  calls,
  ROLES,
  type CallDefinition,
  type CallName,
  type Handlers,
  type Role,
  type Session,
  type SignedInOperator,
} from '../../contract/index.ts';
import { err } from '../../units/index.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';

/**
 * Every call × every role × how the counter stands. Who may what is written down here a second time: a call that
 * is new, or gains a role in the contract alone, fails.
 */
const MAY: Readonly<Record<string, readonly string[]>> = {
  anyone: [
    'display.clear',
    'display.show',
    'operators.names',
    'operators.setUp',
    'operators.signIn',
    'operators.signOut',
    'paper.latest',
    'station.status',
    'virtual-meter.press',
    'virtual-meter.show',
    'window.show',
  ],
  'cashier supervisor': [
    'print.open',
    'print.answer',
    'basket.vend',
    'display.set',
    'meter.panel',
    'operators.override',
    'order.free',
    'order.options',
    'order.pay',
    'order.testSheet',
    'print.copy',
    'print.job',
    'print.send',
    'purchase.explain',
    'sale.get',
    'sale.giveUp',
    'sale.last',
    'sale.open',
    'sale.quote',
    'sale.recover',
    'sale.search',
    'sale.seen',
    'sale.vend',
    'shift.close',
    'shift.count',
    'shift.drop',
    'shift.end',
    'shift.handOver',
    'shift.noSale',
    'shift.open',
    'shift.state',
    'tender.check',
    'token.advise',
    'token.verify',
  ],
  'cashier supervisor administrator': ['directory.search'],
  'supervisor administrator': [
    'directory.import',
    'directory.importState',
    'directory.importStop',
    'tariffs.list',
    'tariffs.show',
    'tariffs.try',
    'tariffs.import',
    'printer.view',
    'printer.options',
    'printer.save',
    'printer.test',
    'printer.doctor',
    'printer.logo',
    'printer.drawer',
    'office.visit',
    'customers.conflicts',
    'customers.entry',
    'customers.putCustomer',
    'customers.putMeter',
    'customers.settle',
  ],
  supervisor: [
    'day.send',
    'day.backup',
    'banking.deposit',
    'banking.match',
    'correction.dispute',
    'correction.tender',
    'cycle.end',
    'day.state',
    'module.clear',
    'order.freeIssue',
    'order.keyChange',
    'order.manage',
    'order.replace',
    'sale.closeUnissued',
    'sale.sellAgain',
    'clock.accept',
    'shift.pay',
  ],
  'supervisor auditor administrator': [
    'shift.pdf',
    'cycle.print',
    'cycle.pdf',
    'banking.state',
    'office.view',
    'correction.find',
    'operators.list',
    'report.cancel',
    'report.job',
    'report.names',
    'report.print',
    'report.save',
    'report.start',
    'shift.print',
    'shift.x',
    'shift.z',
    'shift.zs',
  ],
  'supervisor key-custodian auditor administrator': ['modules.report'],
  'key-custodian': [
    'modules.saveRequest',
    'modules.enrolCertificate',
    'modules.inspectKeys',
    'modules.keyRequest',
    'modules.loadKeys',
  ],
  administrator: [
    'drawers.read',
    'drawers.change',
    'office.enrol',
    'office.place',
    'office.rotate',
    'operators.add',
    'operators.change',
    'operators.resetPin',
  ],
  'cashier supervisor key-custodian auditor administrator': ['operators.changePin', 'operators.present'],
};
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
/** What any call takes: fields that a call does not know are left out by its schema. */
const INPUT = {
  requestId: ID,
  code: 'ABCD-EFGH-IJKL-MNOP',
  saleId: ID,
  jobId: ID,
  shiftId: ID,
  depositId: ID,
  operatorId: ID,
  pan: '600727011234567893',
  by: 'customerId',
  customerId: 'c-1',
  subject: 'customer',
  choice: 'ours',
  texts: {
    name: '',
    account: '',
    phone: '',
    address: '',
    language: '',
    meter_number: '',
    resource: '',
    sgc: '',
    krn: '',
    ti: '',
    ea: '',
    dkga: '',
    key_type: '',
    base_date: '',
    ken: '',
    tariff_id: '',
    keypad_serial: '',
    keypad_model: '',
  },
  text: 'nkosi',
  name: 'Amina',
  pin: '1234',
  newPin: '4321',
  reason: 'because',
  words: 'wrong meter',
  ground: 'meter',
  drawer: '1',
  moduleId: 'VSM-1',
  sha256: '0'.repeat(64),
  second: { name: 'Peter', pin: '1234' },
  float: [],
  cash: [],
  count: { cash: [], slips: [] },
  direction: 'in',
  amountMinor: 1_000,
  quotedUnitsTenths: 10,
  tender: { kind: 'cash', receivedMinor: 1_000 },
  account: 'safe',
  reference: 'REF-1',
  kind: 'sales',
  number: 1,
  role: 'cashier',
  active: true,
  call: 'shift.x',
  format: 'csv',
  receiptNumber: 'R-1',
  tariffId: 'home',
  version: 1,
  window: 'counter',
  key: '1',
  file: 'list.csv',
  from: '2026-01-01',
  to: '2026-01-02',
  before: null,
  digits: '01234567890123456789',
  advice: 'tampered',
  entitlement: 'lifeline',
  debt: null,
  receivedMinor: 1_000,
  action: { kind: 'clear-tamper' },
  withSupplyGroup: false,
  corrected: {},
  newTimeProof: null,
};
const ITEM = {
  requestId: '00000000-0000-7000-8000-000000000000',
  pan: '600727000000000009',
  amountMinor: 1_000,
  quotedUnitsTenths: 10,
};
const PRINTER = {
  address: '127.0.0.1:9100',
  options: {
    columns: 48,
    codePage: 'WPC1252',
    arabicPage: null,
    cut: 'partial',
    cutFeedLines: 3,
    drawerPin: null,
    logo: null,
  },
};
const OWN: Readonly<Record<string, object>> = {
  'office.place': { folder: '/media/stick' },
  'print.answer': { said: 'printed' },
  'printer.options': PRINTER,
  'printer.save': PRINTER,
  'printer.test': PRINTER,
  'printer.doctor': PRINTER,
  'printer.logo': { png: 'iVBORw0=', columns: 48 },
  'modules.enrolCertificate': { place: 'vending.example:9010', fingerprint: 'ab'.repeat(32) },
  'drawers.change': {
    drawers: ['1'],
    denominationsMinor: [1_000],
    closedByAnother: false,
    beneficiary: '',
  },
  'shift.handOver': { to: { name: 'Brian', pin: '1234' } },
  'display.set': { kind: 'due', dueMinor: 0, receivedMinor: null, language: null },
  'order.free': { withSale: null },
  'order.freeIssue': { unitsTenths: 100 },
  'order.keyChange': { to: { sgc: '201457', krn: 2, ti: 1 } },
  'correction.tender': { from: 'cash-drawer', to: 'card' },
  'basket.vend': { items: [ITEM, ITEM] },
  'tender.check': { account: 'card', pans: ['600727000000000009'] },
};

const IDLE_MS = 300_000;
const REACHED = 'reached';

/** A door whose handlers say that they were reached, and with whose session. */
function door(): { readonly dispatch: Dispatch; readonly clock: { ms: number }; readonly seen: Session[] } {
  const clock = { ms: 1_000_000 };
  const seen: Session[] = [];
  const reached = async (_input: unknown, session: Session) => {
    seen.push(session);
    return err({ code: REACHED, params: {}, retry: 'no' as const });
  };
  const handlers = Object.fromEntries(CALL_NAMES.map((name) => [name, reached])) as unknown as Handlers;
  const dispatch = createDispatch({
    handlers,
    makeRef: () => 'REF',
    report: () => undefined,
    now: () => clock.ms,
    idleLockMs: IDLE_MS,
    operatorNow: (operatorId) => people.get(operatorId) ?? null,
  });
  return { dispatch, clock, seen };
}

async function ask(dispatch: Dispatch, name: CallName, session: Session): Promise<string> {
  const [window = 'counter'] = (calls[name] as CallDefinition).windows;
  const payload = JSON.stringify({ ...INPUT, ...OWN[name] });
  const reply = await dispatch({ window, session, name, payload });
  return reply.ok ? 'ok' : reply.error.code;
}

/** Whom the station knows. */
const people = new Map<string, SignedInOperator>();

function signedIn(role: Role): Session {
  const operator = { operatorId: '1', name: 'Amina', role };
  people.set(operator.operatorId, operator);
  return { operator };
}
const rolesOf = (name: CallName): string =>
  Object.entries(MAY).find(([, names]) => names.includes(name))?.[0] ?? 'nobody';
const takes = (name: CallName): boolean => calls[name].input.safeParse({ ...INPUT, ...OWN[name] }).success;

describe('who may what', () => {
  it('is written down for every call, and tried with it', () => {
    expect(Object.values(MAY).flat().toSorted()).toEqual(CALL_NAMES.toSorted());
    expect(CALL_NAMES.filter((name) => !takes(name))).toEqual([]);
  });

  it.each(ROLES)('lets a %s do that and nothing else', async (role) => {
    for (const name of CALL_NAMES) {
      const may = rolesOf(name) === 'anyone' || rolesOf(name).split(' ').includes(role);
      expect(await ask(door().dispatch, name, signedIn(role)), name).toBe(may ? REACHED : 'not-allowed');
    }
  });

  it.each(ROLES)('lets a %s do nothing once the counter has locked itself', async (role) => {
    for (const name of CALL_NAMES) {
      const { dispatch, clock } = door();
      const session = { ...signedIn(role), activeUnixMs: clock.ms };
      clock.ms += IDLE_MS;
      expect(await ask(dispatch, name, session), name).toBe(
        rolesOf(name) === 'anyone' ? REACHED : 'not-signed-in',
      );
      expect(session.operator).toBeNull();
    }
  });

  it('lets nobody do anything before they have signed in, or after they locked the counter', async () => {
    for (const name of CALL_NAMES) {
      const expected = rolesOf(name) === 'anyone' ? REACHED : 'not-signed-in';
      expect(await ask(door().dispatch, name, { operator: null }), name).toBe(expected);
      const left: Session = { operator: null, override: { call: name, by: chief, untilUnixMs: Infinity } };
      expect(await ask(door().dispatch, name, left), name).toBe(expected);
    }
  });

  it('stays open as long as somebody is there', async () => {
    const { dispatch, clock } = door();
    const session = signedIn('cashier');
    for (let times = 0; times < 3; times += 1) {
      await ask(dispatch, 'operators.present', session);
      clock.ms += IDLE_MS - 1;
      expect(await ask(dispatch, 'sale.open', session)).toBe(REACHED);
    }
    clock.ms += 1;
    expect(await ask(dispatch, 'sale.open', session)).toBe('not-signed-in');
  });

  it('goes by the role that somebody has now, whoever they signed in as', async () => {
    const { dispatch } = door();
    const session = signedIn('administrator');
    expect(await ask(dispatch, 'operators.add', session)).toBe(REACHED);
    people.set('1', { operatorId: '1', name: 'Amina', role: 'cashier' });
    expect(await ask(dispatch, 'operators.add', session)).toBe('not-allowed');
    expect(await ask(dispatch, 'sale.open', session)).toBe(REACHED);
    expect(session.operator?.role).toBe('cashier');
    people.delete('1');
    expect(await ask(dispatch, 'sale.open', session)).toBe('not-signed-in');
    expect(session.operator).toBeNull();
  });
});

const chief = { operatorId: '2', name: 'Joseph', role: 'supervisor' } as const;
beforeEach(() => people.set('2', chief));

describe('an override', () => {
  const granted = (call: string, untilUnixMs = Infinity): Session => ({
    ...signedIn('cashier'),
    override: { call, by: chief, untilUnixMs },
  });

  it('lets exactly the calls happen that may be let happen, once, in the name of who allowed it', async () => {
    for (const name of CALL_NAMES) {
      const { dispatch, seen } = door();
      const session = granted(name);
      const own = rolesOf(name).split(' ');
      if (own.includes('anyone') || own.includes('cashier')) continue;
      const may = (calls[name] as CallDefinition).override === true && own.includes('supervisor');
      expect(await ask(dispatch, name, session), name).toBe(may ? REACHED : 'not-allowed');
      expect(await ask(dispatch, name, session), name).toBe('not-allowed');
      if (may) expect(seen[0]).toEqual({ operator: chief, at: session.operator });
      expect(session.operator?.name).toBe('Amina');
    }
  });

  it('is worth nothing once whoever gave it may not do so any more', async () => {
    for (const now of [{ ...chief, role: 'cashier' as const }, undefined]) {
      if (now) people.set('2', now);
      else people.delete('2');
      expect(await ask(door().dispatch, 'shift.x', granted('shift.x'))).toBe('not-allowed');
    }
  });

  it('is good for its own call only, and not for long', async () => {
    const { dispatch, clock } = door();
    expect(await ask(dispatch, 'shift.pay', granted('shift.x'))).toBe('not-allowed');
    expect(await ask(dispatch, 'shift.x', granted('shift.x', clock.ms))).toBe('not-allowed');
    expect(await ask(dispatch, 'shift.x', granted('shift.x', clock.ms + 1))).toBe(REACHED);
  });
});
