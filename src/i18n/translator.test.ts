import { describe, expect, it } from 'vitest';
import { LANGUAGES, LOCALES, translator } from './index.ts';

describe('a translator', () => {
  it('counts in Arabic by its six forms', () => {
    const meters = (count: number): string => translator('ar')('tariffs.meters', { meters: count });
    expect([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map(meters)).toEqual([
      'لا عدادات',
      'عداد واحد',
      'عدادان',
      '3 عدادات',
      '10 عدادات',
      '11 عدادا',
      '99 عدادا',
      '100 عداد',
      '102 عداد',
      '103 عدادات',
    ]);
  });

  it('counts nothing in French as one thing, in Portuguese as many', () => {
    expect(translator('fr')('tariffs.meters', { meters: 0 })).toBe('0 compteur');
    expect(translator('pt')('tariffs.meters', { meters: 0 })).toBe('0 contadores');
  });

  it('isolates each parameter from Arabic words, in a choice too, and from no others', () => {
    expect(translator('ar')('done.receipt', { number: 'K014-7' })).toBe('الإيصال \u2068K014-7\u2069');
    const refused = translator('ar')('error.profile-refused.cashier', { reason: 'x 1' });
    expect(refused).toContain('\u2068x 1\u2069');
    expect(translator('fr')('done.receipt', { number: 'K014-7' })).toBe('Reçu K014-7');
  });

  it('writes dates and counts with the digits 0 to 9 in every language', () => {
    for (const locale of LOCALES) {
      const { tag } = LANGUAGES[locale];
      const date = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short' });
      expect(
        date
          .format(new Date(2026, 10, 24))
          .match(/\p{Nd}/gu)
          ?.join(''),
        locale,
      ).toMatch(/^24(?:11)?$/u);
      expect(new Intl.NumberFormat(tag).format(987)).toBe('987');
    }
  });
});
