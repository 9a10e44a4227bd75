import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { receiptPdf } from '../../src/main/printing/index.ts';
import { PAPER_COLUMNS, paperOf, receiptDocument, type Paper } from '../../src/receipt/index.ts';
import { KINDS } from '../fixtures/receipts/kinds.ts';

const run = promisify(execFile);
const AT = new Date(Date.UTC(2026, 10, 23, 12, 7));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-pdf-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a reader of PDFs finds, line by line, with single spaces. */
async function textOf(file: string): Promise<string[]> {
  const { stdout } = await run('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-']);
  return plain(stdout.replaceAll('\f', ''));
}

const plain = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replaceAll('\u00a0', ' ').replace(/ +/gu, ' ').trim())
    .filter((line) => line !== '');

/** The golden slip's text: what was looked at on paper. */
const golden = (kind: string, columns: number): string[] =>
  plain(readFileSync(path.join(import.meta.dirname, `../fixtures/receipts/${kind}-${columns}.txt`), 'utf8'));

/** The paper's lines; of Arabic words, each in the order of its letters. */
const readOrder = (paper: Paper): string[] =>
  paper.lines.map((line) => (line.parts ?? [line]).map(({ text }) => text).join(' '));

/** Letters of one shape, whose dots the font sets apart: the text of a PDF does not tell these from each other. */
const SHAPES = ['بتثني', 'جحخ', 'دذ', 'رز', 'سش', 'صض', 'طظ', 'عغ', 'فق'];
const shapeOf = (letter: string): string => SHAPES.find((shape) => shape.includes(letter))?.[0] ?? letter;

/** Figures, and the shapes of words, whatever order a reader of PDFs gives to a line with two directions. */
const wordsOf = (lines: readonly string[]): string[] =>
  lines
    .flatMap((line) => line.normalize('NFKC').match(/[\u0621-\u0652]+|[A-Za-z0-9.×]*[A-Za-z0-9]/gu) ?? [])
    .map((word) => Array.from(word, shapeOf).join(''))
    .toSorted();

describe('a receipt as PDF', () => {
  it.each(Object.keys(KINDS))('of kind %s reads as the paper does, in three widths', async (kind) => {
    const { facts, copyNumber } = KINDS[kind]!;
    for (const columns of PAPER_COLUMNS) {
      const file = path.join(folder, `${kind}-${columns}.pdf`);
      const paper = paperOf(receiptDocument(facts), columns, copyNumber);
      writeFileSync(file, await receiptPdf(paper, kind, AT));
      const text = await textOf(file);
      if (kind.startsWith('arabic')) expect(wordsOf(text)).toEqual(wordsOf(readOrder(paper)));
      else expect(text).toEqual(golden(kind, columns).filter((line) => !line.startsWith('[QR')));
    }
  });

  it('embeds its letters and has one page', async () => {
    const file = path.join(folder, 'credit-48.pdf');
    const fonts = (await run('pdffonts', [file])).stdout.split('\n').slice(2).filter(Boolean);
    expect(fonts).toHaveLength(2);
    for (const font of fonts) expect(font).toMatch(/Atkinson.*\byes yes yes\b/u);
    expect((await run('pdfinfo', [file])).stdout).toMatch(/^Pages:\s+1$/mu);
  });

  it('is the same each time', async () => {
    const paper = paperOf(receiptDocument(KINDS['credit']!.facts), 48);
    expect(await receiptPdf(paper, 'credit', AT)).toEqual(await receiptPdf(paper, 'credit', AT));
  });

  it('is written for a sale, as a marked copy', async () => {
    const data = path.join(folder, 'data');
    const said: string[] = [];
    const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
    expect(await runStationCommand(['training-sale', '--data', data, '--json'], io)).toBe(0);
    const [, number = ''] = /"receiptNumber":"([^"]+)"/u.exec(said.join('\n')) ?? [];
    const out = path.join(folder, 'sale.pdf');
    expect(await runStationCommand(['receipt', 'pdf', number, '--data', data, '--out', out], io)).toBe(0);
    const text = (await textOf(out)).join('\n');
    expect(text).toContain(`${number} COPY 1`);
    expect(text).not.toContain('ORIGINAL');
    expect(await runStationCommand(['receipt', 'pdf', 'T014-999999', '--data', data, '--out', out], io)).toBe(
      1,
    );
  });
});
