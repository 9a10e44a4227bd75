import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../src/main/printing/index.ts';
import { PAPER_COLUMNS, paperOf, receiptDocument, type Paper } from '../../src/receipt/index.ts';
import { Interpreter } from '../../src/simulators/printer/index.ts';
import { KINDS } from '../fixtures/receipts/kinds.ts';

/** Another library's bytes for the same slip. */
function secondEncoder(paper: Paper): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: paper.columns,
    codepageMapping: 'epson',
  });
  encoder.initialize().codepage('windows1252');
  for (const line of paper.lines) {
    const [width, height] = line.size === 'large' ? [2, 2] : line.size === 'tall' ? [1, 2] : [1, 1];
    encoder.align(line.align).size(width, height).bold(line.bold).line(line.text).bold(false).size(1, 1);
  }
  for (const { caption, text } of paper.codes) {
    encoder.align('center');
    if (caption !== null) encoder.line(caption);
    encoder.qrcode(text);
  }
  return encoder.align('left').cut('partial').encode();
}

type Shown = {
  readonly texts: readonly string[];
  readonly codes: readonly string[];
  readonly errors: readonly string[];
};

/** Inked lines with their sizes, and codes, in order. */
function shown(bytes: Uint8Array, columns: number): Shown {
  const interpreter = new Interpreter(columns);
  interpreter.push(bytes);
  const texts: string[] = [];
  const codes: string[] = [];
  const errors: string[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next()) {
    if (action.kind === 'qr') codes.push(action.text);
    if (action.kind === 'error') errors.push(action.message);
    if (action.kind !== 'line' || action.line.text.trim() === '') continue;
    const { text, width, height, bold } = action.line;
    texts.push(`${width}x${height}${bold ? ' bold' : ''} ${text.trim()}`);
  }
  return { texts, codes, errors };
}

/** The second encoder has no Arabic words to paint; pictures show those. */
const LATIN = Object.entries(KINDS).flatMap(([name, { facts, copyNumber }]) => {
  const { lines } = paperOf(receiptDocument(facts), 48, copyNumber);
  return lines.every(({ parts }) => parts === undefined) ? [name] : [];
});

describe.each(LATIN)('the receipt %s by two encoders', (name) => {
  it.each(PAPER_COLUMNS)('shows the same on %i columns', (columns) => {
    const { facts, copyNumber } = KINDS[name]!;
    const paper = paperOf(receiptDocument(facts), columns, copyNumber);
    const options = {
      codePage: 'WPC1252',
      cut: 'partial',
      cutFeedLines: 3,
      processId: null,
      afterBreak: false,
    } as const;
    const ours = shown(encodeSlip(paper, options), columns);
    expect(ours.errors).toEqual([]);
    expect(shown(secondEncoder(paper), columns)).toEqual(ours);
  });
});
