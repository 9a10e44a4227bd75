import { translator, type Locale } from '../i18n/index.ts';
import { cleanText } from './clean.ts';
import { columnsOf, type PaperColumns, type PaperLine, type PaperSize } from './lay-out.ts';
import type { Paper } from './paper.ts';
import { visualParts, type ArabicAs, type PaperPart } from './visual.ts';
import { wrapWords } from './wrap.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 ÀÉÎÕÜ àéîõü ñ ç ß ø £ ³ ×';
const SAMPLE_GROUPS = '0123 4567 89';

/** Letters in every place of a word, and a lam before an alif. */
const ARABIC_SAMPLE = 'كهرباء الهلال 0123 عند الباعة';

function arabicSamples(): readonly PaperLine[] {
  const rest = { size: 'normal', bold: false, align: 'center' } as const;
  const lineOf = (parts: readonly PaperPart[]): PaperLine => ({
    text: parts.map((part) => part.text).join(''),
    ...rest,
    parts,
  });
  const painted = visualParts(ARABIC_SAMPLE, 'rtl', 'pictures');
  return [lineOf(painted), lineOf(visualParts(ARABIC_SAMPLE, 'rtl', 'letters'))];
}

/**
 * A slip that shows whether a printer is set up right: the ruler touches both edges and stays on one line,
 * the letters are the letters, and the three sizes are three sizes. Where Arabic words are to be the printer's own
 * letters, a line of them stands below the same line painted: they read the same, or the printer has another page.
 */
export function testSlip(
  locale: Locale,
  station: string,
  address: string,
  columns: PaperColumns,
  arabic: ArabicAs = 'pictures',
): Paper {
  const line = (text: string, size: PaperSize = 'normal', align: 'left' | 'center' = 'left'): PaperLine => ({
    text,
    size,
    bold: size !== 'normal',
    align,
  });
  const wrapped = (text: string): PaperLine[] =>
    wrapWords(cleanText(text), columns).map((each) => line(each));
  const ruler = (width: number): string => '1234567890'.repeat(5).slice(0, width);
  return {
    columns,
    lines: [
      line(translator(locale)('receipt.test-slip'), 'tall', 'center'),
      ...wrapped(station),
      ...wrapped(address),
      line(ruler(columns)),
      line(ruler(columnsOf('large', columns)), 'large'),
      ...wrapped(LETTERS),
      line(SAMPLE_GROUPS, 'tall'),
      line(SAMPLE_GROUPS, 'large', 'center'),
      ...(arabic === 'letters' ? arabicSamples() : []),
    ],
    codes: [],
  };
}
