import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseTariff, tariffSchema } from '../../src/tariff/index.ts';

const FORMATS = join(import.meta.dirname, '../../docs/formats');

test('the published schema is the one that files are read with', () => {
  const published: unknown = JSON.parse(readFileSync(join(FORMATS, 'tariff.schema.json'), 'utf8'));
  expect(published).toEqual(structuredClone(z.toJSONSchema(tariffSchema)));
});

test('every example of the format page is a tariff that is accepted', () => {
  const page = readFileSync(join(FORMATS, 'tariff.md'), 'utf8');
  const examples = [...page.matchAll(/```json tariff\n(.+?)```/gsu)].map(
    ([, text]) => JSON.parse(text!) as unknown,
  );
  expect(examples.length).toBeGreaterThanOrEqual(8);
  for (const example of examples) expect(parseTariff(example)).toMatchObject({ ok: true });
});
