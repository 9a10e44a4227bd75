import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { receiptPdf } from '../../src/main/printing/index.ts';
import {
  PAPER_COLUMNS,
  paperOf,
  receiptDocument,
  type Paper,
  type PaperLine,
} from '../../src/receipt/index.ts';
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

/** Words and figures of a text, in its order. */
const wordsOf = (text: string): readonly string[] =>
  text.match(/[\u0621-\u0652]+|[A-Za-z0-9.×,]*[A-Za-z0-9]/gu) ?? [];

/**
 * A line's words in the order in which they are read, Arabic from the right; what stands apart at the left and at the
 * right edge are two lists, from left to right.
 */
function readOrder({ text, parts }: PaperLine, direction: 'ltr' | 'rtl'): readonly (readonly string[])[] {
  const stretches = parts?.flatMap((part) => (part.words ? [part.text] : part.text.split(/( {3,})/u))) ?? [];
  const apart: string[][] = [[]];
  for (const stretch of stretches) {
    if (/^ {3,}$/u.test(stretch)) apart.push([]);
    else apart.at(-1)?.push(stretch);
  }
  if (parts === undefined) return [wordsOf(text)];
  return apart.map((list) => (direction === 'rtl' ? list.toReversed() : list).flatMap(wordsOf));
}

/** Readers of PDFs take what stands apart from left to right, or from right to left where they see Arabic. */
function checkReadOrder(read: readonly string[], paper: Paper, direction: 'ltr' | 'rtl'): void {
  const lines = paper.lines.filter(({ text }) => wordsOf(text).length > 0);
  const found = read.map(wordsOf).filter((words) => words.length > 0);
  expect(found).toHaveLength(lines.length);
  lines.forEach((line, at) => {
    const apart = readOrder(line, direction);
    const orders = [apart.flat(), apart.toReversed().flat()];
    expect(orders).toContainEqual(found[at]);
  });
}

describe('a receipt as PDF', () => {
  it.each(Object.keys(KINDS))('of kind %s reads as the paper does, in three widths', async (kind) => {
    const { facts, copyNumber } = KINDS[kind]!;
    for (const columns of PAPER_COLUMNS) {
      const file = path.join(folder, `${kind}-${columns}.pdf`);
      const paper = paperOf(receiptDocument(facts), columns, copyNumber);
      writeFileSync(file, await receiptPdf(paper, kind, AT));
      const text = await textOf(file);
      const { direction } = LANGUAGES[facts.locale];
      if (paper.lines.some(({ parts }) => parts !== undefined)) checkReadOrder(text, paper, direction);
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
