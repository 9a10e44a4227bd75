import { cleanText } from './clean.ts';
import type { ReceiptDocument } from './document.ts';
import { columnsOf, layOut, type PaperColumns, type PaperLine } from './lay-out.ts';
import type { ArabicAs } from './visual.ts';

/** A code at the foot, in printable ASCII; the caption stands above it where there are several of a kind. */
export type PaperCode = { readonly caption: string | null; readonly text: string };

/** A slip as it leaves the printer: the lines, then the codes at the foot. */
export type Paper = {
  readonly columns: PaperColumns;
  readonly lines: readonly PaperLine[];
  /** A tax authority's code, the receipt's own, and one of each sale in a basket of several. */
  readonly codes: readonly PaperCode[];
};

/** The slip of a receipt: for the printer, the preview window and the terminal alike. */
export function paperOf(
  document: ReceiptDocument,
  columns: PaperColumns,
  copyNumber = 0,
  arabic: ArabicAs = 'pictures',
): Paper {
  return {
    columns,
    lines: layOut(document, columns, copyNumber, arabic),
    codes: codesOf(document),
  };
}

function codesOf(document: ReceiptDocument): readonly PaperCode[] {
  const whole = [document.fiscal?.qr ?? null, document.qr];
  return [
    ...whole.flatMap((text) => (text === null ? [] : [{ caption: null, text }])),
    ...document.items.flatMap(({ qr, meter }) =>
      qr === undefined ? [] : [{ caption: meter === null ? null : cleanText(meter.text), text: qr }],
    ),
  ];
}

/** A square of 57 modules of 5 dots at most, with its margin and its caption, in lines of 30 dots. */
const QR_LINES = 11;

/** How long a slip is on paper, in lines of normal height. */
export function paperLength(paper: Paper): number {
  const text = paper.lines.reduce((sum, { size }) => sum + (size === 'normal' ? 1 : 2), 0);
  return text + paper.codes.length * QR_LINES;
}

/** A slip as plain text: centred lines are centred by the width that their size takes on paper. */
export function paperText(lines: readonly PaperLine[], columns: PaperColumns): string {
  const texts = lines.map((line) => {
    const room = columnsOf(line.size, columns) - line.text.length;
    const scale = line.size === 'large' ? 2 : 1;
    const indent = line.align === 'center' ? Math.floor((room * scale) / 2) : 0;
    return `${' '.repeat(indent)}${line.text}`.trimEnd();
  });
  return `${texts.join('\n')}\n`;
}
