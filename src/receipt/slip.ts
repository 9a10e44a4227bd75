import { translator, type Locale } from '../i18n/index.ts';
import { civilToText, type CivilMinute } from '../units/index.ts';
import type { ReceiptDocument } from './document.ts';

/** A line of a report on paper: ready words, and what stands at the right edge. */
export type SlipLine = { readonly label: string; readonly text: string; readonly detail?: string };

/** A slip that belongs to no sale: an X, a Z, a deposit, a case, a report. Every word is ready. */
export type SlipFacts = {
  readonly locale: Locale;
  readonly mark: 'training' | 'private' | null;
  readonly title: string;
  readonly header: readonly string[];
  readonly stationName: string;
  readonly operatorName: string;
  readonly sections: readonly { readonly heading: string | null; readonly lines: readonly SlipLine[] }[];
  readonly ids: readonly { readonly label: string; readonly text: string }[];
  /** Stands on the first and the last line. */
  readonly number: string;
  readonly at: CivilMinute;
};

/** The document of such a slip: the same kind as a receipt's, so that it prints, shows and keeps like one. */
export function slipDocument(facts: SlipFacts): ReceiptDocument {
  const translate = translator(facts.locale);
  return {
    version: 1,
    locale: facts.locale,
    title: facts.title,
    header: facts.header,
    station: { label: translate('receipt.station'), text: facts.stationName },
    operator: { label: translate('receipt.operator'), text: facts.operatorName },
    words: {
      original: translate('receipt.original'),
      copy: translate('receipt.copy', { number: '#' }),
      total: translate('receipt.total'),
    },
    training: facts.mark === null ? null : translate(`receipt.${facts.mark}`),
    items: facts.sections.map(({ heading, lines }) => ({
      customer: null,
      meter: null,
      tokens: [],
      note: heading,
      lines: lines.map(({ label, text, detail }) => ({ label, detail: detail ?? null, amount: text })),
      debt: [],
      sts: null,
      help: null,
    })),
    total: null,
    tender: [],
    ids: [...facts.ids, { label: translate('receipt.time'), text: civilToText(facts.at) }],
    number: facts.number,
    qr: null,
    fiscal: null,
  };
}
