import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/index.ts';
import { detailText } from './record-words.ts';

const figures = { money: (minor: number) => `R ${minor / 100}`, moment: (ms: number) => `at ${ms}` };
const said = (detail: unknown, locale: 'en' | 'fr' = 'en'): string =>
  detailText(translator(locale), typeof detail === 'string' ? detail : JSON.stringify(detail), figures);

describe('the detail of a record', () => {
  it('is labelled values with words, money and moments', () => {
    expect(said({ from: 'cash-drawer', to: 'card', reason: 'paid by card' })).toBe(
      'From: Cash · To: Card · Reason: paid by card',
    );
    expect(said({ from: 'cashier', to: 'supervisor', clockUnixMs: 5 })).toBe(
      'From: Cashier · To: Supervisor · Clock: at 5',
    );
    expect(said({ call: 'shift.pay', reason: 'milk' }, 'fr')).toBe(
      'Action faite: Entrée ou sortie de caisse · Motif: milk',
    );
    expect(said({ totals: [{ account: 'cash-drawer', amountMinor: 14_000 }] })).toBe(
      'Counted: (Account: Cash, Amount: R 140)',
    );
    expect(said({ denominationsMinor: [100, 500], closedByAnother: true })).toBe(
      'Notes and coins: R 1, R 5 · Somebody else closes: yes',
    );
  });

  it('says who stood for a clock', () => {
    const clocks = { clockUnixMs: 9, lastUnixMs: 5 };
    expect(said({ ...clocks, by: 'training' })).toBe(
      'Clock: at 9 · Last record: at 5 · Confirmed by: nobody, this is training',
    );
    expect(said({ ...clocks, by: 'module', moduleUnixMs: 8 })).toBe(
      'Clock: at 9 · Last record: at 5 · Confirmed by: the module’s own clock · Module’s clock: at 8',
    );
    expect(said({ by: 'supervisor', reason: 'radio time', moduleApartMs: null })).toBe(
      'Confirmed by: a supervisor · Reason: radio time',
    );
    expect(said({ from: 'cashier', to: 'supervisor', package: 7 })).toBe(
      'From: Cashier · To: Supervisor · Package: 7',
    );
  });

  it('keeps what it has no word for, and leaves out what is for programs', () => {
    expect(said({ volume: 11, jobId: 'x', forHeadOffice: true, number: 3 })).toBe('volume: 11 · Number: 3');
    expect(said({})).toBe('');
    expect(said('no object')).toBe('no object');
    expect(said('[1]')).toBe('[1]');
  });

  it('names the fields of a change, not the digests of their values', () => {
    const change = {
      subject: 'meter',
      key: '600727',
      replaces: null,
      before: { ti: 'a1' },
      after: { ti: 'b2' },
    };
    expect(said({ change })).toBe('About: meter · Meter or customer: 600727 · Fields changed: ti');
    expect(said({ change: { ...change, subject: 'customer', key: 'digest' } })).not.toContain('digest');
  });
});
