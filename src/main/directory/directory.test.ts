import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_TYPE, luhnCheckDigit } from '../../sts/index.ts';
import { openWriter, type DirectoryWriter } from '../store/index.ts';
import {
  findMeter,
  loadSampleData,
  putTariffVersion,
  searchDirectory,
  tariffInForce,
  upsertCustomer,
  upsertMeter,
  type NewMeter,
} from './index.ts';

let folder: string;
let db: DirectoryWriter;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-directory-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  db.transaction(loadSampleData);
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const names = (text: string): unknown => {
  const found = searchDirectory(db, text);
  return found.ok ? found.value.map((hit) => hit.name) : found.error.code;
};
const fault = (code: string, params: object) => ({ ok: false, error: { code, params, retry: 'no' } });

describe('search by meter number', () => {
  it('finds the meter by 11, 13 and 18 digits, with spaces and dashes', () => {
    expect(names('00123456782')).toEqual(['Thandi Nkosi']);
    expect(names('0012 3456-782')).toEqual(['Thandi Nkosi']);
    expect(names(`600727 00123456782 ${luhnCheckDigit('60072700123456782')}`)).toEqual(['Thandi Nkosi']);
    expect(names('0100876543214')).toEqual(['Ayanda Zulu']);
    expect(names('\u000200123456782\r')).toEqual(['Thandi Nkosi']);
  });

  it('gives everything that a hit shows', () => {
    expect(searchDirectory(db, '00123456782')).toEqual({
      ok: true,
      value: [
        {
          customerId: 'training-100201',
          name: 'Thandi Nkosi',
          account: '100201',
          phone: '+27 82 555 0101',
          address: '12 Acacia St, Unit 4',
          pan: '600727001234567821',
          meterNumber: '00123456782',
          resource: 'electricity',
        },
      ],
    });
  });

  it('refuses by name', () => {
    expect(searchDirectory(db, '00123456783')).toEqual(fault('meter-check-digit', { digits: 11 }));
    // Two numbers that the compliance suite wants refused.
    expect(searchDirectory(db, '12345678904')).toEqual(fault('meter-check-digit', { digits: 11 }));
    expect(searchDirectory(db, '11111111113')).toEqual(fault('meter-check-digit', { digits: 11 }));
    expect(searchDirectory(db, '11111111115')).toEqual(fault('meter-unknown', { meter: '11111111115' }));
    expect(searchDirectory(db, '0012345678')).toEqual(fault('meter-length', { digits: 10 }));
    expect(searchDirectory(db, '001234567820')).toEqual(fault('meter-length', { digits: 12 }));
    const otherIssuer = `41111111111111111`;
    expect(searchDirectory(db, `${otherIssuer}${luhnCheckDigit(otherIssuer)}`)).toEqual(
      fault('meter-issuer', { digits: 18 }),
    );
  });

  it('never answers a near match: every single wrong digit is refused', () => {
    const right = '00763972502';
    for (let place = 0; place < right.length; place += 1) {
      for (let digit = 0; digit < 10; digit += 1) {
        const typed = right.slice(0, place) + digit.toString() + right.slice(place + 1);
        expect(names(typed)).toEqual(typed === right ? ['Lindiwe Dlamini'] : 'meter-check-digit');
      }
    }
  });
});

describe('search by anything else', () => {
  it('finds by account and by phone, however it is written', () => {
    expect(names('100203')).toEqual(['Lindiwe Dlamini']);
    expect(names('+27 82 555 0101')).toEqual(['Thandi Nkosi']);
    expect(names('082 555 0101')).toEqual(['Thandi Nkosi']);
    expect(names('825550101')).toEqual(['Thandi Nkosi']);
    expect(names('0101')).toEqual(['Thandi Nkosi']);
    expect(names('+225 07 55 50 01 04')).toEqual(['Élodie N’Guessan']);
  });

  it('finds by the beginnings of words of name and address, without marks', () => {
    expect(names('thandi')).toEqual(['Thandi Nkosi']);
    expect(names('nko')).toEqual(['Thandi Nkosi', 'Themba Nkosana']);
    expect(names('NKO tha')).toEqual(['Thandi Nkosi']);
    expect(names('elodie nguessan')).toEqual(['Élodie N’Guessan']);
    expect(names('wojcik')).toEqual(['Łukasz Wójcik']);
    expect(names('12 acacia')).toEqual(['Thandi Nkosi', 'Nomvula Khumalo', 'Acacia Court Water']);
    expect(names('hang nguyen')).toEqual(['Nguyễn Thị Hằng']);
  });

  it('answers an empty list when there is nothing, and nothing for no text', () => {
    for (const text of ['zzz', '', '   ', '?!', '4711', '0000000']) expect(names(text)).toEqual([]);
  });

  it('gives at most twenty, always in the same order', () => {
    const first = names('0');
    expect(names('0')).toEqual(first);
    const many = searchDirectory(db, '+27 5');
    expect(many.ok).toBe(true);
    const all = searchDirectory(db, 'a');
    expect(all.ok && all.value.length).toBeLessThanOrEqual(20);
    expect(searchDirectory(db, 'a')).toEqual(all);
  });

  it('takes any text that a person or a scanner may bring', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const found = searchDirectory(db, text);
        return !found.ok || found.value.length <= 20;
      }),
      { numRuns: 500 },
    );
    for (const text of [
      '"',
      '*',
      'name:thandi',
      'a OR b',
      'NEAR(a b)',
      '^a',
      "x'; --",
      'हिन्दी',
      '𝒯handi',
      '\0',
    ]) {
      expect(searchDirectory(db, text).ok).toBe(true);
    }
  });
});

const home: NewMeter = {
  meterNumber: '11111111115',
  customerId: 'c-1',
  resource: 'electricity',
  sgc: '201457',
  krn: 1,
  ti: 7,
  ea: 7,
  dkga: 4,
  keyType: KEY_TYPE.unique,
  baseDate: 2014,
  ken: 255,
  tariffId: 'home-flat',
  blockedReason: null,
};
const customer = { customerId: 'c-1', name: 'Ada First', account: 'X-9', phone: '', address: '1 Old Lane' };

/** Runs some writes and takes them back again. */
function tried(work: Parameters<DirectoryWriter['transaction']>[0]): void {
  const undo = new Error('undo');
  expect(() =>
    db.transaction((tx) => {
      work(tx);
      throw undo;
    }),
  ).toThrow(undo);
}

describe('writing', () => {
  it('finds a meter with everything that was put in', () => {
    tried((tx) => {
      upsertCustomer(tx, customer);
      expect(upsertMeter(tx, { ...home, blockedReason: 'moved' })).toEqual({
        ok: true,
        value: '600727111111111153',
      });
      const { customerId: _customerId, ...details } = home;
      expect(findMeter(db, '600727111111111153')).toEqual({
        ...details,
        blockedReason: 'moved',
        pan: '600727111111111153',
        customer,
      });
    });
    expect(findMeter(db, '600727111111111153')).toBeUndefined();
  });

  it('keeps the language of a customer whom a later list says nothing of', () => {
    tried((tx) => {
      upsertCustomer(tx, { ...customer, language: 'fr' });
      upsertMeter(tx, home);
      upsertCustomer(tx, customer);
      expect(findMeter(db, '600727111111111153')?.customer.language).toBe('fr');
      upsertCustomer(tx, { ...customer, language: 'ar' });
      expect(findMeter(db, '600727111111111153')?.customer.language).toBe('ar');
    });
  });

  it('replaces a customer and forgets the old words', () => {
    tried((tx) => {
      upsertCustomer(tx, customer);
      upsertMeter(tx, home);
      upsertCustomer(tx, { ...customer, name: 'Ada Second', address: '2 New Lane' });
      expect(names('ada first')).toEqual([]);
      expect(names('old lane')).toEqual([]);
      expect(names('ada new')).toEqual(['Ada Second']);
      expect(names('x9')).toEqual([]);
      expect(names('x-9 ')).toEqual([]);
      upsertCustomer(tx, { ...customer, account: 'X-900' });
      expect(names('x9 00')).toEqual(['Ada First']);
    });
  });

  it('finds a number kept without the country’s code, and gives a meter once however it was found', () => {
    tried((tx) => {
      upsertCustomer(tx, { ...customer, account: 'Ada-1', name: 'Ada1 First', phone: '082 777 0199' });
      upsertMeter(tx, home);
      expect(names('+27 82 777 0199')).toEqual(['Ada1 First']);
      expect(names('ada1')).toEqual(['Ada1 First']);
    });
  });

  it('refuses a wrong number, an unknown customer and attributes out of range', () => {
    tried((tx) => {
      upsertCustomer(tx, customer);
      expect(upsertMeter(tx, { ...home, meterNumber: '11111111113' })).toMatchObject({
        error: { code: 'meter-number-check-digit' },
      });
      expect(upsertMeter(tx, { ...home, customerId: 'c-2' })).toEqual({
        ok: false,
        error: { code: 'customer-unknown', customerId: 'c-2' },
      });
      expect(() => upsertMeter(tx, { ...home, krn: 10 })).toThrow(/CHECK/u);
      expect(() => upsertMeter(tx, { ...home, sgc: '20145x' })).toThrow(/CHECK/u);
    });
  });
});

describe('tariffInForce', () => {
  const version = (number: number, effectiveFromUnixMs: number, name = 'n') => ({
    tariffId: 'lane',
    version: number,
    effectiveFromUnixMs,
    document: { name },
  });

  it('gives the version that came into force last', () => {
    tried((tx) => {
      for (const put of [version(1, 1000), version(2, 3000), version(3, 2000), version(4, 2000)]) {
        expect(putTariffVersion(tx, put).ok).toBe(true);
      }
      const at = (unixMs: number) => tariffInForce(db, 'lane', unixMs)?.version;
      expect([999, 1000, 1999, 2000, 2999, 3000, 9e15].map(at)).toEqual([undefined, 1, 1, 4, 4, 2, 2]);
      expect(tariffInForce(db, 'road', 5000)).toBeUndefined();
    });
  });

  it('takes the same version again, and refuses another content under its number', () => {
    tried((tx) => {
      expect(putTariffVersion(tx, version(1, 1000)).ok).toBe(true);
      expect(putTariffVersion(tx, version(1, 1000)).ok).toBe(true);
      const differs = { ok: false, error: { code: 'tariff-version-differs', tariffId: 'lane', version: 1 } };
      expect(putTariffVersion(tx, version(1, 1000, 'other'))).toEqual(differs);
      expect(putTariffVersion(tx, version(1, 1001))).toEqual(differs);
    });
  });
});
