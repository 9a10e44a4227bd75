import { groupToken, LANGUAGES } from '../i18n/index.ts';
import { cleanText, cleanWords } from './clean.ts';
import type { ReceiptDocument, ReceiptItem, ReceiptPair, ReceiptToken } from './document.ts';
import { hasArabic, isolate, visualParts, withoutIsolates, type ArabicAs, type PaperPart } from './visual.ts';
import { leftAndRight, wrapWords } from './wrap.ts';

/** `tall` is twice as high, `large` twice as high and twice as wide: half the columns. */
export type PaperSize = 'normal' | 'tall' | 'large';

/** One line of paper: the text is exactly what the columns hold; a centred text carries no padding. */
export type PaperLine = {
  readonly text: string;
  readonly size: PaperSize;
  readonly bold: boolean;
  readonly align: 'left' | 'center';
  /** The line's stretches from left to right, where it has Arabic words; together they are the text. */
  readonly parts?: readonly PaperPart[];
};

/** 58 mm paper has 32 columns of font A, 80 mm paper 42 or 48, by printer. */
export const PAPER_COLUMNS = [32, 42, 48] as const;
export type PaperColumns = (typeof PAPER_COLUMNS)[number];

/** Paper of a width, and where its lines begin. */
type Page = { readonly columns: PaperColumns; readonly rtl: boolean; readonly arabic: ArabicAs };

type Style = { readonly size?: PaperSize; readonly bold?: boolean; readonly align?: 'left' | 'center' };

function line(text: string, style: Style = {}): PaperLine {
  return { text, size: style.size ?? 'normal', bold: style.bold ?? false, align: style.align ?? 'left' };
}

const BLANK = line('');

/** How many characters of a size stand beside each other. */
export function columnsOf(size: PaperSize, columns: PaperColumns): number {
  return size === 'large' ? columns / 2 : columns;
}

/**
 * A line as it stands on paper. Where a page begins at the right, so does the line; a `row` is turned round whole,
 * its label to the right and its value to the left, and other text only where it has Arabic words.
 */
function placed(text: string, page: Page, style: Style = {}, isRow = false): PaperLine {
  const { size = 'normal', align = 'left' } = style;
  const arabic = hasArabic(text);
  if (!arabic && !page.rtl) return line(withoutIsolates(text), style);
  const stretches = visualParts(text, page.rtl && (arabic || isRow) ? 'rtl' : 'ltr', page.arabic);
  const room = columnsOf(size, page.columns) - stretches.reduce((sum, { columns }) => sum + columns, 0);
  const margin =
    page.rtl && align === 'left' && room > 0 ? [{ text: ' '.repeat(room), words: false, columns: room }] : [];
  const parts = [...margin, ...stretches];
  const whole = parts.map((part) => part.text).join('');
  if (!arabic) return line(whole, style);
  // Painted words have one height: without figures beside them there is nothing for a taller line to show.
  if (page.arabic === 'letters') return { ...line(whole, style), parts };
  const figures = parts.some((part) => !part.words && /[\dA-Z]/iu.test(part.text));
  return { ...line(whole, figures ? style : { ...style, size: 'normal' }), parts };
}

/** Painted words are not made wider, so a line with Arabic words is tall at most. */
function sizeFor(text: string, size: PaperSize = 'normal'): PaperSize {
  return size === 'large' && hasArabic(text) ? 'tall' : size;
}

function paragraph(text: string, page: Page, style: Style = {}): readonly PaperLine[] {
  const size = sizeFor(text, style.size);
  return wrapWords(text, columnsOf(size, page.columns), page.arabic).map((each) =>
    placed(each, page, { ...style, size }),
  );
}

/** The largest size in which the text stays on one line; text that fits in none is tall and wrapped. */
function prominent(text: string, page: Page): readonly PaperLine[] {
  const fits = text.length <= columnsOf('large', page.columns);
  return paragraph(text, page, { size: fits ? 'large' : 'tall', bold: true });
}

function pairs(list: readonly ReceiptPair[], page: Page, style: Style = {}): readonly PaperLine[] {
  return list.flatMap((each) => {
    const label = cleanWords(each.label);
    const value = cleanText(each.text);
    const apart = page.rtl || hasArabic(label) || hasArabic(value);
    const rows = leftAndRight(
      apart ? isolate(label) : label,
      apart ? isolate(value) : value,
      page.columns,
      page.arabic,
    );
    return rows.map((text) => placed(text, page, style, true));
  });
}

/** Amounts that end in one column also where they stand at the beginning of their line. */
function amounts(list: readonly ReceiptPair[], page: Page): readonly ReceiptPair[] {
  const longest = Math.max(0, ...list.map(({ text }) => text.length));
  return page.rtl ? list.map(({ label, text }) => ({ label, text: text.padStart(longest, '\u00a0') })) : list;
}

/** Groups of four in the largest size: on one line where they fit, else shared out evenly, the first line first. */
function tokenDigits(digits: string, columns: PaperColumns): readonly PaperLine[] {
  const groups = groupToken(digits).split(' ');
  const fitting = Math.floor((columnsOf('large', columns) + 1) / 5);
  const perLine = Math.ceil(groups.length / Math.ceil(groups.length / fitting));
  const lines: PaperLine[] = [];
  for (let at = 0; at < groups.length; at += perLine) {
    const text = groups.slice(at, at + perLine).join(' ');
    lines.push(line(text, { size: 'large', bold: true, align: 'center' }));
  }
  return lines;
}

function tokenBlock(token: ReceiptToken, page: Page): readonly PaperLine[] {
  return [
    BLANK,
    ...paragraph(cleanWords(token.heading), page, { bold: true, align: 'center' }),
    ...tokenDigits(token.digits, page.columns),
    ...(token.value ? pairs([token.value], page) : []),
  ];
}

function whoAndMeter(item: ReceiptItem, page: Page): readonly PaperLine[] {
  const { customer, meter } = item;
  return [
    ...(customer
      ? [
          ...prominent(cleanText(customer.name), page),
          ...paragraph(cleanText(customer.address), page),
          ...paragraph(cleanText(customer.account), page),
        ]
      : []),
    ...(meter
      ? [...paragraph(cleanWords(meter.label), page), ...prominent(cleanText(meter.text), page)]
      : []),
  ];
}

function moneyLines(item: ReceiptItem, page: Page): readonly PaperLine[] {
  const rows = amounts(
    [
      ...item.lines.map(({ label, amount }) => ({ label, text: amount })),
      ...(item.total === undefined ? [] : [item.total]),
    ],
    page,
  );
  return rows.flatMap((row, index) => {
    const detail = item.lines[index]?.detail ?? null;
    const isTotal = index === item.lines.length;
    return [
      ...pairs([row], page, { bold: isTotal }),
      ...(detail === null
        ? []
        : wrapWords(cleanWords(detail), page.columns - 2, page.arabic).map((text) =>
            placed(`  ${text}`, page),
          )),
    ];
  });
}

function rule(columns: PaperColumns): PaperLine {
  return line('-'.repeat(columns));
}

/** Which slip this is; on the first and the last line, so that slips of two stations can't be mixed up. */
function statusText(document: ReceiptDocument, copyNumber: number): string {
  const status =
    copyNumber === 0 ? document.words.original : document.words.copy.replace('#', String(copyNumber));
  return `${document.station.text} ${document.number} ${status}`;
}

function itemLines(item: ReceiptItem, page: Page): readonly PaperLine[] {
  const money = moneyLines(item, page);
  return [
    BLANK,
    ...whoAndMeter(item, page),
    ...(item.note === null ? [] : [BLANK, ...paragraph(cleanWords(item.note), page, { align: 'center' })]),
    ...item.tokens.flatMap((token) => tokenBlock(token, page)),
    ...(money.length === 0 ? [] : [rule(page.columns), ...money]),
    ...(item.debt.length === 0 ? [] : [rule(page.columns), ...pairs(amounts(item.debt, page), page)]),
    ...pairs(item.ids ?? [], page),
  ];
}

function footLines(document: ReceiptDocument, page: Page): readonly PaperLine[] {
  const once = (texts: readonly (string | null)[]): readonly string[] =>
    Array.from(new Set(texts)).filter((text) => text !== null);
  return [
    rule(page.columns),
    ...once(document.items.map((item) => item.sts)).flatMap((text) => paragraph(cleanWords(text), page)),
    ...pairs(document.ids, page),
    ...pairs([document.station, document.operator], page),
    ...pairs(document.fiscal?.pairs ?? [], page),
    ...once(document.items.map((item) => item.help)).flatMap((text) => [
      BLANK,
      ...paragraph(cleanWords(text), page),
    ]),
  ];
}

/**
 * Lays a receipt out for paper of a width. `copyNumber` 0 is the original, 1 the first copy. Every line fits
 * its columns, amounts end at the right edge, no digit of a token's group is parted from the others.
 */
export function layOut(
  document: ReceiptDocument,
  columns: PaperColumns,
  copyNumber = 0,
  arabic: ArabicAs = 'pictures',
): readonly PaperLine[] {
  const page: Page = { columns, rtl: LANGUAGES[document.locale].direction === 'rtl', arabic };
  const center = { align: 'center' } as const;
  const status = statusText(document, copyNumber);
  const training =
    document.training === null
      ? []
      : paragraph(cleanWords(document.training), page, { ...center, size: 'tall', bold: true });
  return [
    ...paragraph(cleanWords(status), page, center),
    ...training,
    ...document.header.flatMap((text) => paragraph(cleanWords(text), page, center)),
    ...paragraph(cleanWords(document.title), page, { ...center, size: 'tall', bold: true }),
    ...document.items.flatMap((item) => itemLines(item, page)),
    ...(document.total === null && document.tender.length === 0 ? [] : [rule(page.columns)]),
    ...(document.total === null
      ? []
      : pairs([{ label: document.words.total, text: document.total }], page, {
          size: 'tall',
          bold: true,
        })),
    ...pairs(amounts(document.tender, page), page),
    ...footLines(document, page),
    ...training,
    ...paragraph(cleanWords(status), page, center),
  ];
}
