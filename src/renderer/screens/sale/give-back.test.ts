import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { IntlProvider } from 'react-intl';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { SaleView } from '../../../contract/index.ts';
import { catalogues, LANGUAGES, LOCALES, messagesOf, type Locale } from '../../../i18n/index.ts';
import { PlaceProvider, type Place } from '../../app/words.ts';
import { GiveBackPanel } from './GiveBack.tsx';

type Paid = Pick<SaleView, 'amountMinor' | 'tender'>;

const CASH = { account: 'cash-drawer', amountMinor: 10_000, receivedMinor: 10_000, reference: null } as const;

beforeEach(() => vi.stubGlobal('document', { documentElement: { dir: 'ltr' } }));
afterAll(() => vi.unstubAllGlobals());

/** What the panel says, word by word, without its marks. */
function said(paid: Paid, locale: Locale): string {
  const customer = { name: 'Thandi Nkosi' };
  const sale = { ...paid, customer, meterNumber: '00123456782', receiptNumber: 'T014-000007', refusal: null };
  const panel = createElement(GiveBackPanel, { sale: sale as unknown as SaleView, onNext: () => undefined });
  const value: Place = {
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'Africa/Johannesburg',
  };
  const placed = createElement(PlaceProvider, { value }, panel);
  const language = { locale: LANGUAGES[locale].tag, messages: messagesOf(locale) };
  return renderToStaticMarkup(createElement(IntlProvider, language, placed)).replaceAll(/<[^>]*>/gu, '\n');
}

it('names what was paid, and by what', () => {
  const paid = said({ amountMinor: 10_000, tender: [CASH] }, 'en');
  expect(paid).toContain('Give back');
  expect(paid).toMatch(/Cash\s+ZAR\s100\.00/u);
});

it.each(LOCALES)('asks for nothing back where nothing was paid: %s', (locale) => {
  const nothing = said({ amountMinor: 0, tender: [] }, locale);
  expect(nothing).toContain(catalogues[locale]['back.nothing']);
  expect(nothing).not.toContain('0.00');
  expect(nothing).not.toContain(catalogues[locale]['back.title']);
  expect(nothing).toContain('T014-000007');
});
