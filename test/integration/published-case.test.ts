import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  findPublishedCredit,
  sellPublishedCase,
  type PublishedCredit,
} from '../../src/cli/published-case.ts';

const file = path.resolve(import.meta.dirname, '../fixtures/vectors/sts-public.json');
const vectors = JSON.parse(readFileSync(file, 'utf8')) as { id: string; kind: string }[];

/** Cases of the compliance suites for both key derivations and both ciphers, one resource each where there is one. */
const CASES = [
  'credit/ed22-ea07-CTSA01-1',
  'credit/ed22-ea07-CTSA01-2',
  'credit/ed22-ea07-CTSA01-4',
  'credit/ed22-ea07-CTSA01-10',
  'credit/ed22-ea07-CTSA10-6',
  'credit/ed22-ea11-CTSA01-1',
];

function published(id: string): PublishedCredit {
  const vector = findPublishedCredit(vectors, id);
  if (!vector) throw new Error(`${id} is not in ${file}`);
  return vector;
}

function dkga02(): PublishedCredit {
  for (const { id } of vectors) {
    const vector = findPublishedCredit(vectors, id);
    if (vector?.inputs.dkga === 2 && vector.inputs.subclass === 0) return vector;
  }
  throw new Error(`no DKGA02 credit token in ${file}`);
}

describe('a published case sold through the whole station', () => {
  it.each([...CASES.map((id) => [id, published(id)] as const), ['DKGA02', dkga02()] as const])(
    '%s gives the published token on paper and in the ledger',
    async (_id, vector) => {
      const sold = await sellPublishedCase(vector);
      expect(sold.token).toBe(vector.expected.token);
      expect(sold.slip.errors).toEqual([]);
      const text = sold.slip.lines.map((line) => line.text).join('\n');
      expect(text.replaceAll(/\s/gu, '')).toContain(vector.expected.token);
      const units = `${Math.floor(vector.inputs.amountTenths / 10)}.${vector.inputs.amountTenths % 10}`;
      expect(text).toMatch(new RegExp(`Units\\s+${units.replace('.', '\\.')}\\s`, 'u'));
    },
  );
});
