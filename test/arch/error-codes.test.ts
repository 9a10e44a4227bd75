import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { catalogues } from '../../src/i18n/index.ts';

const DOCUMENT = path.resolve(import.meta.dirname, '../../docs/formats/error-codes.md');
const CODES = [
  ...new Set(
    Object.keys(catalogues.en).flatMap((id) => /^error\.(.+)\.(?:cashier|customer)$/u.exec(id)?.[1] ?? []),
  ),
];

/** Each row of the document: the industry's fault, and the codes or their beginnings. */
const ROWS = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && line.includes('`'))
  .map((line) => {
    const [, fault = '', codes = ''] = line.split('|').map((cell) => cell.trim());
    return { fault, codes: [...codes.matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code) };
  });
const WRITTEN = ROWS.flatMap(({ codes }) => codes);

const covers = (written: string, code: string): boolean =>
  written.endsWith('*') ? code.startsWith(written.slice(0, -1)) : written === code;

it('every error code has its place in the vending industry’s fault list', () => {
  expect(CODES.length).toBeGreaterThan(200);
  expect(CODES.filter((code) => !WRITTEN.some((written) => covers(written, code)))).toEqual([]);
});

it('the list names no code twice in two rows, and none that there is not', () => {
  const rowsOf = (written: string): number => ROWS.filter(({ codes }) => codes.includes(written)).length;
  expect(WRITTEN.filter((written) => rowsOf(written) > 1)).toEqual([]);
  expect(WRITTEN.filter((written) => !CODES.some((code) => covers(written, code)))).toEqual([]);
});

it('every code has a message for the cashier and one for the customer', () => {
  const ids = new Set(Object.keys(catalogues.en));
  const lacking = CODES.filter(
    (code) => !ids.has(`error.${code}.cashier`) || !ids.has(`error.${code}.customer`),
  );
  expect(lacking).toEqual([]);
});
