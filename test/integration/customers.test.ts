import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFromTerminal } from '../../src/cli/open.ts';
import type { CallInput, CustomerEntry, Session } from '../../src/contract/index.ts';
import { takeCustomer } from '../../src/main/directory/index.ts';
import { verifyChain } from '../../src/main/ledger/index.ts';
import { retain } from '../../src/main/station/index.ts';
import type { Station } from '../../src/main/station/index.ts';

let folder: string;
let data: string;
let station: Station;
let session: Session;

const open = async (): Promise<void> => {
  const opened = await openFromTerminal({ data, profile: 'training' });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = station.newSession();
  session.operator = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' };
};

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-customers-'));
  data = path.join(folder, 'data');
  await open();
});

afterEach(async () => {
  await station.close();
  rmSync(folder, { recursive: true });
});

const ID = 'training-100201';
const PAN = '600727001234567821';
const THANDI = {
  name: 'Thandi Nkosi',
  account: '100201',
  phone: '+27 82 555 0101',
  address: '12 Acacia St, Unit 4',
  language: '',
};
const METER = {
  meter_number: '01000000016',
  resource: 'electricity',
  sgc: '201457',
  krn: '1',
  ti: '1',
  ea: '7',
  dkga: '4',
  key_type: '2',
  base_date: '2014',
  ken: '255',
  tariff_id: 'home-flat',
  keypad_serial: '',
  keypad_model: '',
};

type Texts = CallInput<'customers.putCustomer'>['texts'];
const putCustomer = async (customerId: string | null, texts: Partial<Texts>, requestId = station.newId()) =>
  station.handlers['customers.putCustomer'](
    { requestId, customerId, texts: { ...THANDI, ...texts } },
    session,
  );
const putMeter = async (pan: string | null, texts: Partial<typeof METER>, customerId = ID) =>
  station.handlers['customers.putMeter'](
    { requestId: station.newId(), pan, customerId, texts: { ...METER, ...texts } },
    session,
  );
async function entry(): Promise<CustomerEntry> {
  const found = await station.handlers['customers.entry']({ by: 'customerId', key: ID }, session);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
}
const changesInJournal = (): readonly { kind: string; operator_id: string; detail: string }[] =>
  station.ledger
    .prepare(
      `SELECT kind, operator_id, detail FROM record WHERE record_id IN (SELECT record_id FROM directory_change)
       ORDER BY record_id`,
    )
    .all();

describe('a correction', () => {
  it('is in the journal with what was before and after, and says nobody’s name there', async () => {
    const saved = await putCustomer(ID, { name: 'Thandiwe Nkosi', phone: '0723', language: 'fr' });
    expect(saved).toMatchObject({
      ok: true,
      value: { customer: { name: 'Thandiwe Nkosi', phone: '0723', language: 'fr' } },
    });
    const [record, ...more] = changesInJournal();
    expect(more).toEqual([]);
    expect(record).toMatchObject({ kind: 'customer-changed', operator_id: 'joseph' });
    const { change } = JSON.parse(record?.detail ?? '');
    expect(Object.keys(change.before)).toEqual(['name', 'phone', 'language']);
    expect(Object.values({ ...change.before, ...change.after })).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^[0-9a-f]{64}$/u)),
    );
    expect(record?.detail).not.toMatch(/Thandi|0723|100201/u);
    expect(verifyChain(station.ledger)).toMatchObject({ ok: true });
  });

  it('of a meter has its key’s data in the chain as they are', async () => {
    const saved = await putMeter(PAN, { meter_number: '00123456782', sgc: '201458', krn: '2' });
    expect(saved.ok).toBe(true);
    const [record] = changesInJournal();
    expect(record?.kind).toBe('meter-changed');
    expect(JSON.parse(record?.detail ?? '').change).toMatchObject({
      key: PAN,
      before: { sgc: '201457', krn: 1 },
      after: { sgc: '201458', krn: 2 },
    });
    expect((await entry()).meters[0]?.texts).toMatchObject({ sgc: '201458', krn: '2' });
  });

  it('asked for twice under one request is made once', async () => {
    const requestId = station.newId();
    const first = await putCustomer(null, { name: 'Sindi Mabaso' }, requestId);
    expect(await putCustomer(null, { name: 'Sindi Mabaso' }, requestId)).toEqual(first);
    expect(changesInJournal()).toHaveLength(1);
  });

  it('that changes nothing leaves no record', async () => {
    expect((await putCustomer(ID, {})).ok).toBe(true);
    expect(changesInJournal()).toEqual([]);
  });

  it('adds a customer and a meter, moves the meter, and corrects its number while nothing was sold', async () => {
    const added = await putCustomer(null, { name: 'Sindi Mabaso', account: 'M-1' });
    if (!added.ok) throw new Error(added.error.code);
    const { customerId } = added.value.customer;
    expect(
      await putMeter(null, { keypad_serial: 'CIU 9', keypad_model: 'Itron EM512' }, customerId),
    ).toMatchObject({
      value: { meters: [{ texts: { keypad_serial: 'CIU 9', keypad_model: 'Itron EM512' } }] },
    });
    expect((await putMeter('600727010000000164', { keypad_serial: 'CIU 9' }, ID)).ok).toBe(true);
    expect((await entry()).meters).toHaveLength(2);
    const corrected = await putMeter('600727010000000164', {
      meter_number: '01000000024',
      keypad_serial: 'CIU 9',
    });
    expect(corrected).toMatchObject({ ok: true });
    expect((await entry()).meters.map(({ texts }) => texts.meter_number)).toContain('01000000024');
    expect(changesInJournal().map(({ kind }) => kind)).toEqual([
      'customer-added',
      'meter-added',
      'meter-moved',
      'meter-renumbered',
    ]);
  });

  it('with something wrong in it is refused by its field and reason, and leaves nothing', async () => {
    const wrong: readonly (readonly [Partial<typeof METER>, string, string | undefined])[] = [
      [{ meter_number: '01000000017' }, 'entry-field', 'meterNumberCheckDigit'],
      [{ meter_number: '' }, 'entry-field', 'empty'],
      [{ krn: '0' }, 'entry-field', 'outOfRange'],
      [{ sgc: '20145' }, 'entry-field', 'notSixDigits'],
      [{ keypad_serial: 'a\u202eb' }, 'entry-field', 'controlSigns'],
      [{ tariff_id: 'nowhere' }, 'entry-tariff', undefined],
      [{ meter_number: '00123456782' }, 'meter-exists', undefined],
    ];
    const refused = [];
    for (const [texts] of wrong) {
      const answer = await putMeter(null, texts);
      if (!answer.ok) refused.push([answer.error.code, answer.error.params['reason']]);
    }
    expect(refused).toEqual(wrong.map(([, code, reason]) => [code, reason]));
    expect(changesInJournal()).toEqual([]);
  });
});

describe('killed', () => {
  it.each(['directory', 'settled'])(
    'at the commit before “%s”, a correction is there after the start',
    async (at) => {
      await station.close();
      const program = path.join(import.meta.dirname, 'edit-to-death.ts');
      const killed = spawnSync(process.execPath, [program, data, at], { encoding: 'utf8' });
      expect(killed.signal, killed.stderr).toBe('SIGKILL');
      await open();
      expect((await entry()).customer.phone).toBe('0723');
      expect(changesInJournal().map(({ kind }) => kind)).toEqual(['customer-changed']);
      expect(station.ledger.prepare('SELECT applied FROM directory_change').all()).toEqual([{ applied: 1 }]);
      // The same request after the restart is the same change.
      const again = await putCustomer(ID, { phone: '0723' }, '01890a5d-ac96-774b-bcce-b302099a8057');
      expect(again.ok).toBe(true);
      expect(changesInJournal()).toHaveLength(1);
    },
  );
});

describe('a difference', () => {
  it('is settled by a person, in the journal', async () => {
    await putCustomer(ID, { phone: '0723' });
    const { customer } = await entry();
    const told = { ...customer, phone: '0790' };
    station.directory.transaction((tx) => takeCustomer(tx, told, 4));
    const list = await station.handlers['customers.conflicts']({}, session);
    expect(list).toMatchObject({
      value: {
        total: 1,
        conflicts: [
          {
            name: 'Thandi Nkosi',
            packageNumber: 4,
            fields: [{ field: 'phone', ours: '0723', theirs: '0790' }],
          },
        ],
      },
    });
    const input = { subject: 'customer', key: ID, choice: 'theirs' } as const;
    const settled = await station.handlers['customers.settle'](
      { requestId: station.newId(), ...input },
      session,
    );
    expect(settled.ok).toBe(true);
    expect((await entry()).customer.phone).toBe('0790');
    expect(changesInJournal().map(({ kind }) => kind)).toEqual(['customer-changed', 'conflict-settled']);
    const again = await station.handlers['customers.settle'](
      { requestId: station.newId(), ...input },
      session,
    );
    expect(again).toMatchObject({ ok: false, error: { code: 'conflict-gone' } });
  });
});

it('forgets the values of old changes, and the books are whole', async () => {
  await putCustomer(ID, { phone: '0723' });
  retain(station.ledger, 1, Date.now() + 60 * 86_400_000);
  expect(station.ledger.prepare('SELECT change FROM directory_change').all()).toEqual([{ change: null }]);
  expect(verifyChain(station.ledger)).toMatchObject({ ok: true });
});
