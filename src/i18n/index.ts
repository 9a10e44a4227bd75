import { createIntl, type IntlShape } from '@formatjs/intl';
import {
  amountToText,
  unitsToText,
  type AmountMinor,
  type Currency,
  type UnitsTenths,
} from '../units/index.ts';
import { ar } from './ar/index.ts';
import { en } from './en/index.ts';
import { fr } from './fr/index.ts';
import { isolateParameters } from './isolate.ts';
import { LANGUAGES, type Locale } from './languages.ts';
import { pt } from './pt/index.ts';
import { sw } from './sw/index.ts';

export { isLocale, LANGUAGES, LOCALES, type Language, type Locale } from './languages.ts';

export type MessageId = keyof typeof en;
export type MessageParams = Readonly<Record<string, string | number>>;

/** Every catalogue has exactly the ids of the English one. */
export const catalogues: Readonly<Record<Locale, Readonly<Record<MessageId, string>>>> = {
  en,
  fr,
  pt,
  sw,
  ar,
};

export type Translator = (id: MessageId, params?: MessageParams) => string;

type Messages = NonNullable<Parameters<typeof createIntl>[0]['messages']>;

const prepared = new Map<Locale, Messages>();

/** A catalogue as the formatters take it. From right to left, each parameter is isolated from the words. */
export function messagesOf(locale: Locale): Messages {
  const known = prepared.get(locale);
  if (known) return known;
  const catalogue = catalogues[locale];
  const messages: Messages =
    LANGUAGES[locale].direction === 'ltr'
      ? catalogue
      : Object.fromEntries(Object.entries(catalogue).map(([id, text]) => [id, isolateParameters(text)]));
  prepared.set(locale, messages);
  return messages;
}

const translators = new Map<Locale, Translator>();

/** A function from message id and parameters to text in one language (ICU message syntax). */
export function translator(locale: Locale): Translator {
  const known = translators.get(locale);
  if (known) return known;
  const intl: IntlShape = createIntl({
    locale: LANGUAGES[locale].tag,
    messages: messagesOf(locale),
    onError: (error) => {
      throw error;
    },
  });
  const translate: Translator = (id, params) => intl.formatMessage({ id }, { ...params });
  translators.set(locale, translate);
  return translate;
}

export function isMessageId(text: string): text is MessageId {
  return Object.hasOwn(en, text);
}

/** A parameter that is itself a message id, such as the reason for a limit, is put into words first. */
function translatedParams(translate: Translator, params: MessageParams): MessageParams {
  const entries = Object.entries(params).map(([name, value]) =>
    typeof value === 'string' && isMessageId(value) ? [name, translate(value, params)] : [name, value],
  );
  return Object.fromEntries(entries) as MessageParams;
}

/** Text of a sentence that came as data; an id that no catalogue has is shown as it is. */
export function phraseText(
  translate: Translator,
  phrase: { readonly id: string; readonly params: MessageParams },
): string {
  return isMessageId(phrase.id)
    ? translate(phrase.id, translatedParams(translate, phrase.params))
    : phrase.id;
}

/** Two sentences for an error code: what the cashier does, what the customer may be told. */
export function errorSentences(
  translate: Translator,
  error: { readonly code: string; readonly params: MessageParams; readonly ref: string },
): { readonly cashier: string; readonly customer: string } {
  const sentence = (who: 'cashier' | 'customer'): string => {
    const id = `error.${error.code}.${who}`;
    return isMessageId(id)
      ? translate(id, { ref: error.ref, ...translatedParams(translate, error.params) })
      : translate(`error.internal.${who}`, { ref: `${error.code} ${error.ref}` });
  };
  return { cashier: sentence('cashier'), customer: sentence('customer') };
}

/** Money for people: the currency's code and grouped digits, `ZAR 1 234.50` (a no-break space groups). */
export function moneyText(amount: AmountMinor, currency: Currency): string {
  const [whole = '', fraction] = amountToText(amount, currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/gu, '\u00a0');
  return `${currency.code}\u00a0${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

export const UNIT_SIGNS = { electricity: 'kWh', water: 'm³', gas: 'm³', time: 'min' } as const;

/** Units for people: `42.6 kWh`. */
export function unitsText(units: UnitsTenths, resource: keyof typeof UNIT_SIGNS): string {
  return `${unitsToText(units)}\u00a0${UNIT_SIGNS[resource]}`;
}

/** A token, or another row of digits and letters, in groups of four: `1234 5678 9012 3456 7890`. */
export function groupToken(digits: string): string {
  return digits.replace(/(\w{4})(?=\w)/gu, '$1 ');
}
