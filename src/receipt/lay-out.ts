import { groupToken } from '../i18n/index.ts';
import { cleanText } from './clean.ts';
import type { ReceiptDocument, ReceiptItem, ReceiptPair, ReceiptToken } from './document.ts';
import { leftAndRight, wrapWords } from './wrap.ts';

/** `tall` is twice as high, `large` twice as high and twice as wide: half the columns. */
export type PaperSize = 'normal' | 'tall' | 'large';

/** One line of paper: the text is exactly what the columns hold; a centred text carries no padding. */
export type PaperLine = {
  readonly text: string;
  readonly size: PaperSize;
  readonly bold: boolean;
  readonly align: 'left' | 'center';
};

/** 58 mm paper has 32 columns of font A, 80 mm paper 42 or 48, by printer. */
export const PAPER_COLUMNS = [32, 42, 48] as const;
export type PaperColumns = (typeof PAPER_COLUMNS)[number];

type Style = { readonly size?: PaperSize; readonly bold?: boolean; readonly align?: 'left' | 'center' };

function line(text: string, style: Style = {}): PaperLine {
  return { text, size: style.size ?? 'normal', bold: style.bold ?? false, align: style.align ?? 'left' };
}

const BLANK = line('');

/** How many characters of a size stand beside each other. */
export function columnsOf(size: PaperSize, columns: PaperColumns): number {
  return size === 'large' ? columns / 2 : columns;
}

function paragraph(text: string, columns: PaperColumns, style: Style = {}): readonly PaperLine[] {
  const width = columnsOf(style.size ?? 'normal', columns);
  return wrapWords(cleanText(text), width).map((each) => line(each, style));
}

/** The largest size in which the text stays on one line; text that fits in none is tall and wrapped. */
function prominent(text: string, columns: PaperColumns): readonly PaperLine[] {
  const fits = cleanText(text).length <= columnsOf('large', columns);
  return paragraph(text, columns, { size: fits ? 'large' : 'tall', bold: true });
}

function pairs(list: readonly ReceiptPair[], columns: PaperColumns, style: Style = {}): readonly PaperLine[] {
  return list.flatMap((each) =>
    leftAndRight(cleanText(each.label), cleanText(each.text), columns).map((text) => line(text, style)),
  );
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

function tokenBlock(token: ReceiptToken, columns: PaperColumns): readonly PaperLine[] {
  return [
    BLANK,
    ...paragraph(token.heading, columns, { bold: true, align: 'center' }),
    ...tokenDigits(token.digits, columns),
    ...(token.value ? pairs([token.value], columns) : []),
  ];
}

function whoAndMeter(item: ReceiptItem, columns: PaperColumns): readonly PaperLine[] {
  const { customer, meter } = item;
  return [
    ...(customer
      ? [
          ...prominent(customer.name, columns),
          ...paragraph(customer.address, columns),
          ...paragraph(customer.account, columns),
        ]
      : []),
    ...(meter ? [...paragraph(meter.label, columns), ...prominent(meter.text, columns)] : []),
  ];
}

function moneyLines(item: ReceiptItem, columns: PaperColumns): readonly PaperLine[] {
  return item.lines.flatMap((each) => [
    ...pairs([{ label: each.label, text: each.amount }], columns),
    ...(each.detail === null
      ? []
      : wrapWords(cleanText(each.detail), columns - 2).map((text) => line(`  ${text}`))),
  ]);
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

function itemLines(item: ReceiptItem, columns: PaperColumns): readonly PaperLine[] {
  const money = moneyLines(item, columns);
  return [
    BLANK,
    ...whoAndMeter(item, columns),
    ...(item.note === null ? [] : [BLANK, ...paragraph(item.note, columns, { align: 'center' })]),
    ...item.tokens.flatMap((token) => tokenBlock(token, columns)),
    ...(money.length === 0 ? [] : [rule(columns), ...money]),
    ...(item.debt.length === 0 ? [] : [rule(columns), ...pairs(item.debt, columns)]),
  ];
}

function footLines(document: ReceiptDocument, columns: PaperColumns): readonly PaperLine[] {
  const once = (texts: readonly (string | null)[]): readonly string[] =>
    Array.from(new Set(texts)).filter((text) => text !== null);
  return [
    rule(columns),
    ...once(document.items.map((item) => item.sts)).flatMap((text) => paragraph(text, columns)),
    ...pairs(document.ids, columns),
    ...pairs([document.station, document.operator], columns),
    ...pairs(document.fiscal?.pairs ?? [], columns),
    ...once(document.items.map((item) => item.help)).flatMap((text) => [BLANK, ...paragraph(text, columns)]),
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
): readonly PaperLine[] {
  const center = { align: 'center' } as const;
  const status = statusText(document, copyNumber);
  const training =
    document.training === null
      ? []
      : paragraph(document.training, columns, { ...center, size: 'tall', bold: true });
  return [
    ...paragraph(status, columns, center),
    ...training,
    ...document.header.flatMap((text) => paragraph(text, columns, center)),
    ...paragraph(document.title, columns, { ...center, size: 'tall', bold: true }),
    ...document.items.flatMap((item) => itemLines(item, columns)),
    ...(document.total === null && document.tender.length === 0 ? [] : [rule(columns)]),
    ...(document.total === null
      ? []
      : pairs([{ label: document.words.total, text: document.total }], columns, {
          size: 'tall',
          bold: true,
        })),
    ...pairs(document.tender, columns),
    ...footLines(document, columns),
    ...training,
    ...paragraph(status, columns, center),
  ];
}
