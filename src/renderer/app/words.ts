import { createContext, useContext, useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { Phrase, StationStatus } from '../../contract/index.ts';
import {
  errorSentences,
  phraseText,
  moneyText,
  unitsText,
  type MessageId,
  type MessageParams,
  type Translator,
} from '../../i18n/index.ts';
import { amountMinor, amountToText, unitsTenths, type Currency, type Resource } from '../../units/index.ts';

/** The station's money and clock, known once its status has come. */
export type Place = { readonly currency: Currency; readonly zone: string };

const PlaceContext = createContext<Place | null>(null);
export const PlaceProvider = PlaceContext.Provider;

export function placeOf(status: StationStatus): Place {
  return { currency: status.currency, zone: status.zone };
}

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('a screen with money stands inside a PlaceProvider');
  return place;
}

/** A function from message id and parameters to text in the language of the screen. */
export function useWords(): Translator {
  const intl = useIntl();
  return useMemo(
    () => (id: MessageId, params?: MessageParams) => intl.formatMessage({ id }, { ...params }),
    [intl],
  );
}

/** Text of a sentence that the station sent as data. */
export function usePhrase(): (phrase: Phrase) => string {
  const words = useWords();
  return (phrase) => phraseText(words, phrase);
}

/** A phrase `error.<code>.cashier` is the first of two sentences: the problem that has both. */
export function problemOfPhrase(
  phrase: Phrase,
): { readonly code: string; readonly params: MessageParams } | null {
  const code = /^error\.(.+)\.cashier$/u.exec(phrase.id)?.[1];
  return code === undefined ? null : { code, params: phrase.params };
}

export function useSentences(): (problem: {
  readonly code: string;
  readonly params: MessageParams;
  readonly ref?: string;
}) => { readonly cashier: string; readonly customer: string } {
  const words = useWords();
  return ({ code, params, ref }) => errorSentences(words, { code, params, ref: ref ?? '' });
}

export type Figures = {
  readonly money: (minor: number) => string;
  /** Without the currency's code, for columns. */
  readonly plainMoney: (minor: number) => string;
  /** As it is typed into a field. */
  readonly typedMoney: (minor: number) => string;
  readonly units: (tenths: number, resource: Resource) => string;
  readonly day: (atUnixMs: number) => string;
  /** A day with its year. */
  readonly date: (atUnixMs: number) => string;
  /** A day with its year, and the time. */
  readonly moment: (atUnixMs: number) => string;
  readonly time: (atUnixMs: number) => string;
  /** A business day, `YYYY-MM-DD`; empty for anything else. */
  readonly businessDay: (day: string) => string;
};

/** Everything with digits, written for this station's money and clock. */
export function useFigures(): Figures {
  const intl = useIntl();
  const { currency, zone } = usePlace();
  return useMemo(() => {
    const time = (at: number): string =>
      intl.formatTime(at, { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
    const date = (at: number): string =>
      intl.formatDate(at, { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' });
    const money = (minor: number): string => isolated(moneyText(amountMinor(minor), currency));
    return {
      money,
      plainMoney: (minor) => isolated(amountToText(amountMinor(minor), currency)),
      typedMoney: (minor) => amountToText(amountMinor(minor), currency),
      units: (tenths, resource) => isolated(unitsText(unitsTenths(tenths), resource)),
      day: (at) => intl.formatDate(at, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' }),
      date,
      moment: (at) => `${date(at)}, ${time(at)}`,
      time,
      businessDay: (day) => {
        const at = Date.parse(`${day}T00:00Z`);
        if (Number.isNaN(at)) return '';
        const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
        return intl.formatDate(at, { timeZone: 'UTC', ...parts });
      },
    };
  }, [intl, currency, zone]);
}

/** Digits in groups, to be read aloud and compared: `0112 3456 789`. */
export function groupDigits(digits: string): string {
  return isolated(digits.replace(/(\d{4})(?=\d)/gu, '$1 '));
}

/**
 * Digits, and what stands with them, keep their order on a page that runs from right to left: groups of a
 * number would change places there.
 */
export function isolated(text: string): string {
  return document.documentElement.dir === 'rtl' ? `\u2066${text}\u2069` : text;
}
