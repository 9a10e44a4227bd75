import { createRequire } from 'node:module';
import bwip from 'bwip-js/node';
import Pdf from 'pdfkit';
import { columnsOf, type Paper, type PaperLine } from '../../receipt/index.ts';
import { assert } from '../../units/index.ts';

const { resolve } = createRequire(import.meta.url);
const FONT = '@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin';
const POINTS_A_MM = 72 / 25.4;
/** The roll: what its columns stand on, and the blank edge on each side. */
const ROLL_MM = { 32: 58, 42: 80, 48: 80 } as const;
const EDGE_MM = 5;
/** From one line to the next, as a multiple of the size of the letters; and where the letters stand in it. */
const LEADING = 1.3;
const QR_MM = 30;

/**
 * A slip as a PDF of one page as long as the slip, with the same lines as on paper, its letters embedded. The same
 * slip and time give the same bytes.
 */
export async function receiptPdf(paper: Paper, title: string, at: Date): Promise<Uint8Array> {
  const width = ROLL_MM[paper.columns] * POINTS_A_MM;
  const edge = EDGE_MM * POINTS_A_MM;
  const codes = [paper.fiscalQr, paper.qr].filter((code) => code !== null);
  const draft = new Pdf({ autoFirstPage: false, info: { Title: title, CreationDate: at } });
  draft.registerFont('plain', resolve(`${FONT}-400-normal.woff`));
  draft.registerFont('bold', resolve(`${FONT}-700-normal.woff`));
  // Every letter of the font is as wide as the others, so one says how large they may be.
  const size =
    (width - 2 * edge) / paper.columns / (draft.font('plain').fontSize(100).widthOfString('0') / 100);
  const lineHeight = size * LEADING;
  const rows = paper.lines.reduce((sum, line) => sum + (line.size === 'normal' ? 1 : 2), 0);
  const code = QR_MM * POINTS_A_MM + lineHeight;
  const height = 2 * edge + rows * lineHeight + codes.length * code;
  draft.addPage({ size: [width, height], margin: 0 });
  let y = edge;
  for (const line of paper.lines) {
    drawLine(draft, line, { x: edge, y, size, columns: paper.columns });
    y += (line.size === 'normal' ? 1 : 2) * lineHeight;
  }
  for (const text of codes) {
    drawCode(draft, text, width / 2, y + lineHeight);
    y += code;
  }
  return bytesOf(draft);
}

type Spot = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly columns: Paper['columns'];
};

/** `large` is twice as wide and high, `tall` as high only: the page is stretched for it, as the printer does. */
function drawLine(page: PDFKit.PDFDocument, line: PaperLine, { x, y, size, columns }: Spot): void {
  if (line.text.trim() === '') return;
  const letters = page.font(line.bold ? 'bold' : 'plain').fontSize(line.size === 'large' ? size * 2 : size);
  const letterWidth = letters.widthOfString('0');
  const room = columnsOf(line.size, columns) - line.text.length;
  const indent = line.align === 'center' ? (room / 2) * letterWidth : 0;
  const options = { lineBreak: false, features: [] };
  if (line.size !== 'tall') {
    letters.text(line.text, x + indent, y, options);
    return;
  }
  page.save();
  page.scale(1, 2, { origin: [x, y] });
  letters.text(line.text, x + indent, y, options);
  page.restore();
}

function drawCode(page: PDFKit.PDFDocument, text: string, middle: number, y: number): void {
  const [symbol] = bwip.raw('qrcode', text, 'eclevel=M');
  assert(symbol && 'pixs' in symbol, 'a QR symbol is a matrix');
  const across = symbol.pixx;
  const dot = (QR_MM * POINTS_A_MM) / across;
  const left = middle - (across * dot) / 2;
  symbol.pixs.forEach((dark: number, index: number) => {
    if (dark === 0) return;
    page.rect(left + (index % across) * dot, y + Math.floor(index / across) * dot, dot, dot);
  });
  page.fill('black');
}

async function bytesOf(page: PDFKit.PDFDocument): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  const whole = new Promise<Uint8Array>((done, failed) => {
    page.on('data', (piece: Buffer) => pieces.push(piece));
    page.on('end', () => done(new Uint8Array(Buffer.concat(pieces))));
    page.on('error', failed);
  });
  page.end();
  return whole;
}
