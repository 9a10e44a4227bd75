import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tariffQuote, tariffShow, tariffVectors, type Command } from './tariff-commands.ts';

const TARIFF = {
  format: 'kioskwatt-tariff',
  formatVersion: 1,
  id: 'flat',
  version: 1,
  name: 'Flat',
  effectiveFrom: '2026-01-01T00:00',
  resource: 'electricity',
  meter: 'units',
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  cashRounding: 'down',
  lineRounding: { mode: 'half-up', to: '0.01' },
  units: {
    rounding: [{ mode: 'down', to: '0.1' }],
    linesFrom: 'rounded',
    remainder: 'carry',
    preset: 'part',
  },
  stateMaxAgeHours: 24,
  windows: {},
  stages: [
    { id: 'energy', kind: 'per-unit', label: 'Energy', role: 'energy', rate: '2.00' },
    { id: 'vat', kind: 'percent', label: 'VAT', role: 'tax', rate: '15', method: 'added', of: ['energy'] },
  ],
  entitlements: [],
  limits: {},
};

const vectors = (quantity: number): object => ({
  format: 'kioskwatt-tariff-vectors',
  formatVersion: 1,
  name: 'Flat',
  country: 'Any',
  rates: 'Illustrative.',
  tariffs: { flat: TARIFF },
  vectors: [
    {
      id: 'hundred',
      origin: { kind: 'worked', arithmetic: ['[units] = down(100 / 2.30, 1) = 43.4'] },
      tariff: 'flat',
      at: '2026-05-01T10:00',
      request: { kind: 'money', amountMinor: 10_000 },
      expect: { quantity },
    },
  ],
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tariff-commands-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return path;
}

async function run(
  command: Command,
  ...args: readonly string[]
): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await command.run(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
}

test('vectors: the count is the last line, failures are named', async () => {
  const [good, bad] = [await fileOf('good.json', vectors(434)), await fileOf('bad.json', vectors(435))];
  expect(await run(tariffVectors, good)).toEqual({ code: 0, out: ['1 passed, 0 failed'], err: [] });
  expect(await run(tariffVectors, good, bad)).toEqual({
    code: 1,
    out: ['1 passed, 1 failed'],
    err: [`${bad}: hundred: quantity: expected 435, got 434`],
  });
});

test('vectors: a file that is missing, not JSON, or something else counts as failed', async () => {
  const [text, other] = [await fileOf('text.json', '{'), await fileOf('other.json', {})];
  const { code, out, err } = await run(tariffVectors, join(folder, 'none.json'), text, other);
  expect({ code, out }).toEqual({ code: 1, out: ['0 passed, 3 failed'] });
  expect(err).toEqual([
    `${join(folder, 'none.json')}: ENOENT`,
    `${text}: not JSON`,
    `${other}: not a vector file: format`,
  ]);
  expect(await run(tariffVectors)).toMatchObject({ code: 2, out: [] });
});

test('show: plain words, or faults with their lines', async () => {
  const good = await fileOf('tariff.json', TARIFF);
  expect(await run(tariffShow, good)).toEqual({
    code: 0,
    out: [
      'Flat (flat version 1), from 2026-01-01T00:00, electricity, ZAR',
      'Energy: 2.00 a unit',
      'VAT: 15 % added to Energy',
      'Units are rounded down 0.1; what is left of the money: carry',
    ],
    err: [],
  });
  const bad = await fileOf('fault.json', { ...TARIFF, version: 0, colour: 'red' });
  expect(await run(tariffShow, bad)).toMatchObject({
    code: 1,
    err: [`${bad}:5: version: field-invalid`, `${bad}:55: colour: field-unknown`],
  });
  expect(await run(tariffShow)).toMatchObject({ code: 2 });
});

test('quote: the lines of a first purchase', async () => {
  const good = await fileOf('tariff.json', TARIFF);
  expect(await run(tariffQuote, good, '--amount', '100', '--at', '2026-05-01T10:00')).toEqual({
    code: 0,
    out: [
      'tender 100.00 ZAR',
      '  Energy  43.4 x 2.00  86.80 ZAR',
      '  VAT  86.8 x 15  13.02 ZAR',
      'carried over 0.18 ZAR',
      'credit token 43.4',
    ],
    err: [],
  });
  expect(await run(tariffQuote, '--amount', '0.10', good)).toMatchObject({
    code: 0,
    out: ['tender 0.10 ZAR', 'carried over 0.10 ZAR', 'no-units'],
  });
  expect(await run(tariffQuote, good, '--amount', 'ten')).toMatchObject({
    code: 2,
    err: ['--amount: amount-not-a-number'],
  });
  expect(await run(tariffQuote, good, '--amount', '5', '--at', '2020-01-01T00:00')).toMatchObject({
    code: 1,
  });
  expect(await run(tariffQuote, good)).toMatchObject({ code: 2 });
});
