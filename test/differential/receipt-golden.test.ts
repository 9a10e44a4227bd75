import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '../../src/main/printing/index.ts';
import {
  PAPER_COLUMNS,
  paperOf,
  paperText,
  receiptDocument,
  type PaperLine,
} from '../../src/receipt/index.ts';
import {
  IMAGE_SIGN,
  Interpreter,
  rollText,
  type RollCode,
  type RollLine,
} from '../../src/simulators/printer/index.ts';
import { slipPainter } from '../../src/simulators/printer/paint.ts';
import { KINDS } from '../fixtures/receipts/kinds.ts';

const FOLDER = path.resolve(import.meta.dirname, '../fixtures/receipts');
const OPTIONS = {
  codePage: 'WPC1252',
  cut: 'partial',
  cutFeedLines: 3,
  processId: '0001',
  afterBreak: false,
} as const;

const paint = slipPainter(48);

function hexDump(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 32)
    rows.push(Buffer.from(bytes.subarray(at, at + 32)).toString('hex'));
  return `${rows.join('\n')}\n`;
}

/** The picture of the roll, which people have looked at. Made anew where there is none. */
async function checkPicture(name: string, bytes: Uint8Array): Promise<void> {
  const interpreter = new Interpreter(48);
  interpreter.push(bytes);
  const lines: RollLine[] = [];
  const codes: RollCode[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next()) {
    if (action.kind === 'line') lines.push(action.line);
    if (action.kind === 'qr') codes.push({ text: action.text, line: lines.length });
  }
  const file = path.join(FOLDER, `${name}-48.png`);
  const png = Buffer.from(paint(lines, codes));
  if (!existsSync(file)) writeFileSync(file, png);
  expect(readFileSync(file).equals(png)).toBe(true);
}

/** A line as a reader of bytes knows it: Arabic words are pictures there. */
function asRead(line: PaperLine): PaperLine {
  const text = line.parts?.map((part) => (part.words ? IMAGE_SIGN.repeat(part.columns) : part.text)).join('');
  return text === undefined ? line : { ...line, text };
}

/** What the roll shows, by the printer that shares nothing with the encoder. */
function roll(bytes: Uint8Array, columns: number): string {
  const interpreter = new Interpreter(columns);
  interpreter.push(bytes);
  const lines: RollLine[] = [];
  const codes: string[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next()) {
    if (action.kind === 'line') lines.push(action.line);
    if (action.kind === 'qr') codes.push(action.text);
    expect(action.kind).not.toBe('error');
  }
  return `${rollText(lines, columns).trimEnd()}\n${codes.map((code) => `[QR ${code}]\n`).join('')}`;
}

describe.each(['arabic', 'arabic-name'])('the golden receipt %s by the printer’s own letters', (kind) => {
  it.each(PAPER_COLUMNS)('is the same on %i columns', async (columns) => {
    const { facts, copyNumber } = KINDS[kind]!;
    const paper = paperOf(receiptDocument(facts), columns, copyNumber, 'letters');
    const bytes = encodeSlip(paper, { ...OPTIONS, arabicPage: 37 });
    const name = `${kind}-letters`;
    await expect(roll(bytes, columns)).toMatchFileSnapshot(path.join(FOLDER, `${name}-${columns}.txt`));
    if (columns === 48) await checkPicture(name, bytes);
    if (columns === 48) await expect(hexDump(bytes)).toMatchFileSnapshot(path.join(FOLDER, `${name}-48.hex`));
  });
});

describe.each(Object.entries(KINDS))('the golden receipt %s', (name, { facts, copyNumber }) => {
  it.each(PAPER_COLUMNS)('is the same on %i columns', async (columns) => {
    const paper = paperOf(receiptDocument(facts), columns, copyNumber);
    const bytes = encodeSlip(paper, OPTIONS);
    const shown = roll(bytes, columns);
    await expect(shown).toMatchFileSnapshot(path.join(FOLDER, `${name}-${columns}.txt`));
    expect(shown.startsWith(paperText(paper.lines.map(asRead), columns).trimEnd())).toBe(true);
    if (columns === 48) await checkPicture(name, bytes);
    if (columns === 48) await expect(hexDump(bytes)).toMatchFileSnapshot(path.join(FOLDER, `${name}-48.hex`));
  });
});
