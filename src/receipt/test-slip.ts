import { translator, type Locale } from '../i18n/index.ts';
import { cleanText } from './clean.ts';
import { columnsOf, type PaperColumns, type PaperLine, type PaperSize } from './lay-out.ts';
import type { Paper } from './paper.ts';
import { wrapWords } from './wrap.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 ÀÉÎÕÜ àéîõü ñ ç ß ø £ ³ ×';
const SAMPLE_GROUPS = '0123 4567 89';

/**
 * A slip that shows whether a printer is set up right: the ruler touches both edges and stays on one line,
 * the letters are the letters, and the three sizes are three sizes.
 */
export function testSlip(locale: Locale, station: string, address: string, columns: PaperColumns): Paper {
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
    ],
    codes: [],
  };
}
