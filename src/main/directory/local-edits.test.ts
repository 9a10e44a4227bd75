import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryChange } from '../../batch/index.ts';
import { openWriter, type DirectoryWriter } from '../store/index.ts';
import {
  applyChange,
  findConflict,
  findCustomer,
  findMeter,
  listConflicts,
  loadSampleData,
  putMeterAccount,
  PLAIN_ACCOUNT,
  searchDirectory,
  takeCustomer,
  takeMeter,
  type NewMeter,
} from './index.ts';

let folder: string;
let db: DirectoryWriter;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-edits-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  db.transaction(loadSampleData);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const THANDI = {
  customerId: 'training-100201',
  name: 'Thandi Nkosi',
  account: '100201',
  phone: '+27 82 555 0101',
  address: '12 Acacia St, Unit 4',
};
const PAN = '600727001234567821';
const METER: NewMeter = {
  meterNumber: '00123456782',
  customerId: THANDI.customerId,
  resource: 'electricity',
  sgc: '201457',
  krn: 1,
  ti: 1,
  ea: 7,
  dkga: 4,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  tariffId: 'home-flat',
  blockedReason: null,
};

const changed = (change: Partial<DirectoryChange>): DirectoryChange => ({
  subject: 'customer',
  key: THANDI.customerId,
  replaces: null,
  before: null,
  after: null,
  settles: null,
  ...change,
});
const apply = (id: string, change: Partial<DirectoryChange>): void =>
  db.transaction((tx) => applyChange(tx, id, changed(change)));
const phone = (): unknown => findCustomer(db, THANDI.customerId)?.customer.phone;
const toldPhone = (number: string, at = 7): void =>
  db.transaction((tx) => takeCustomer(tx, { ...THANDI, phone: number }, at));

describe('a change made at the counter', () => {
  it('is put in once: applied again after newer ones, it changes nothing', () => {
    apply('a', { after: { phone: '0721' } });
    apply('b', { after: { phone: '0722' } });
    apply('a', { after: { phone: '0721' } });
    expect(phone()).toBe('0722');
  });

  it('takes a language away again', () => {
    apply('a', { after: { language: 'fr' } });
    expect(findCustomer(db, THANDI.customerId)?.customer.language).toBe('fr');
    apply('b', { after: { language: null } });
    expect(findCustomer(db, THANDI.customerId)?.customer.language).toBeUndefined();
  });

  it('adds a customer and a meter, which the one box finds by name and by the keypad’s serial number', () => {
    apply('a', {
      key: 'new-1',
      after: { name: 'Sindisiwe Mabaso', account: 'M-1', phone: '', address: '', language: null },
    });
    const { meterNumber: _number, blockedReason: _blocked, ...fields } = METER;
    const after = { ...fields, customerId: 'new-1', keypadSerial: 'CIU-77 41', keypadModel: 'Waterwatch' };
    // 11 digits of maker 01: the last is the check digit over the ten before it (Luhn: 0100000001 → 6).
    apply('b', { subject: 'meter', key: '600727010000000164', after });
    expect(searchDirectory(db, 'sindisiwe')).toMatchObject({ value: [{ meterNumber: '01000000016' }] });
    expect(searchDirectory(db, 'ciu7741')).toMatchObject({ value: [{ customerId: 'new-1' }] });
    expect(findMeter(db, '600727010000000164')?.keypadModel).toBe('Waterwatch');
    // Words of head office that do not speak of the keypad leave it as it is.
    db.transaction((tx) =>
      takeMeter(tx, { ...METER, customerId: 'new-1', meterNumber: '01000000016' }, '600727010000000164', 1),
    );
    expect(findMeter(db, '600727010000000164')).toMatchObject({
      keypadModel: 'Waterwatch',
      keypadSerial: 'CIU-77 41',
    });
  });

  it('moves a meter to the right number with its account and its block', () => {
    db.transaction((tx) => {
      takeMeter(tx, { ...METER, blockedReason: 'tampered' }, PAN, 1);
      putMeterAccount(tx, PAN, { ...PLAIN_ACCOUNT, category: 'domestic' });
    });
    apply('a', { subject: 'meter', key: '600727010000000164', replaces: PAN, after: {} });
    expect(findMeter(db, PAN)).toBeUndefined();
    expect(findMeter(db, '600727010000000164')).toMatchObject({
      blockedReason: 'tampered',
      customer: { name: 'Thandi Nkosi' },
    });
    expect(db.prepare('SELECT pan, category FROM meter_account').all()).toEqual([
      { pan: '600727010000000164', category: 'domestic' },
    ]);
  });
});

describe('head office’s word', () => {
  it('is taken where nothing was changed here', () => {
    toldPhone('0790');
    expect(phone()).toBe('0790');
    expect(listConflicts(db, 10)).toEqual([]);
  });

  it('waits for a person where it disagrees, and is taken in all other fields', () => {
    apply('a', { after: { phone: '0721' } });
    db.transaction((tx) => takeCustomer(tx, { ...THANDI, phone: '0790', name: 'Thandiwe Nkosi' }, 7));
    expect(findCustomer(db, THANDI.customerId)?.customer).toMatchObject({
      phone: '0721',
      name: 'Thandiwe Nkosi',
    });
    expect(listConflicts(db, 10)).toEqual([
      { subject: 'customer', key: THANDI.customerId, packageNumber: 7, theirs: { phone: '0790' } },
    ]);
  });

  it('that says the same ends the matter: the next word is taken', () => {
    apply('a', { after: { phone: '0721' } });
    toldPhone('0790', 7);
    toldPhone('0721', 8);
    expect(listConflicts(db, 10)).toEqual([]);
    toldPhone('0733', 9);
    expect(phone()).toBe('0733');
  });

  it('that was declined is not asked about again, another one is', () => {
    apply('a', { after: { phone: '0721' } });
    toldPhone('0790', 7);
    apply('b', { settles: { choice: 'ours', theirs: { phone: '0790' } } });
    toldPhone('0790', 8);
    expect(listConflicts(db, 10)).toEqual([]);
    expect(phone()).toBe('0721');
    toldPhone('0791', 9);
    expect(findConflict(db, 'customer', THANDI.customerId)?.theirs).toEqual({ phone: '0791' });
  });

  it('that a person takes is in, and counts as head office’s from then on', () => {
    apply('a', { after: { phone: '0721' } });
    toldPhone('0790', 7);
    apply('b', { after: { phone: '0790' }, settles: { choice: 'theirs', theirs: { phone: '0790' } } });
    expect(phone()).toBe('0790');
    toldPhone('0791', 8);
    expect(phone()).toBe('0791');
  });

  it('keeps a meter’s key as it was corrected here, and takes the block at once', () => {
    apply('a', { subject: 'meter', key: PAN, after: { sgc: '201458' } });
    db.transaction((tx) => takeMeter(tx, { ...METER, blockedReason: 'unpaid', tariffId: 'x' }, PAN, 7));
    expect(findMeter(db, PAN)).toMatchObject({ sgc: '201458', blockedReason: 'unpaid', tariffId: 'x' });
    expect(findConflict(db, 'meter', PAN)?.theirs).toEqual({ sgc: '201457' });
  });

  it('brings no meter back under a number that was found to be wrong', () => {
    apply('a', { subject: 'meter', key: '600727010000000164', replaces: PAN, after: {} });
    db.transaction((tx) => takeMeter(tx, METER, PAN, 7));
    expect(findMeter(db, PAN)).toBeUndefined();
    const theirs = findConflict(db, 'meter', PAN)?.theirs;
    expect(theirs).toMatchObject({ meterNumber: PAN, sgc: '201457', customerId: THANDI.customerId });
    const { meterNumber: _wrong, ...after } = theirs ?? {};
    apply('b', { subject: 'meter', key: PAN, after, settles: { choice: 'theirs', theirs: theirs ?? {} } });
    expect(findMeter(db, PAN)?.sgc).toBe('201457');
    expect(listConflicts(db, 10)).toEqual([]);
  });
});
