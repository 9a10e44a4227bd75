import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  ackShape,
  BATCH_COLUMNS,
  batchManifestShape,
  openBatch,
  packageLineShape,
  packageManifestShape,
  verifyPayload,
} from '../../src/batch/index.ts';
import { paperSlipsShape } from '../../src/contract/index.ts';

const FORMATS = join(import.meta.dirname, '../../docs/formats');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FORMATS, file), 'utf8'));

describe('the published schemas', () => {
  it.each([
    ['batch-manifest.schema.json', batchManifestShape],
    ['ack.schema.json', ackShape],
    ['package-manifest.schema.json', packageManifestShape],
    ['package-line.schema.json', packageLineShape],
    ['paper-slips.schema.json', paperSlipsShape],
  ] as const)('%s is the one that files are read with', (file, shape) => {
    expect(read(file)).toEqual(structuredClone(z.toJSONSchema(shape)));
  });

  it('batch-row.schema.json has every table that travels, with its columns in their order', () => {
    const { oneOf } = read('batch-row.schema.json') as {
      readonly oneOf: readonly {
        readonly properties: Readonly<Record<string, { readonly const?: string }>>;
        readonly required: readonly string[];
        readonly additionalProperties: boolean;
      }[];
    };
    const tables = oneOf.map(({ properties, required }) => [
      properties['table']?.const,
      Object.keys(properties).slice(1),
      required,
    ]);
    expect(tables).toEqual(
      Object.entries(BATCH_COLUMNS).map(([table, columns]) => [table, [...columns], ['table', ...columns]]),
    );
    expect(oneOf.every(({ additionalProperties }) => !additionalProperties)).toBe(true);
  });
});

/** The first test key of RFC 8032, section 7.1: whoever reads the example can check it. */
const KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

describe('the example of the batch’s page', () => {
  const part = (ending: string): Buffer =>
    readFileSync(join(FORMATS, 'example-batch', `B1-0001-00000001.v1${ending}`));
  const [manifest, signature, payload] = [part('.manifest.json'), part('.manifest.sig'), part('.ndjson.gz')];
  const told = batchManifestShape.parse(JSON.parse(manifest.toString()));

  it('is signed as the page says, checked without the program', () => {
    const der = Buffer.from(`302a300506032b6570032100${KEY}`, 'hex');
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const signed = Buffer.concat([Buffer.from('kioskwatt-batch-v1\n'), manifest]);
    expect(verify(null, signed, publicKey, signature)).toBe(true);
    const plain = gunzipSync(payload);
    const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
    expect([digest(payload), digest(plain)]).toEqual([told.payload.sha256, told.payload.plainSha256]);
    expect(plain.toString().split('\n')).toHaveLength(told.payload.lines + 1);
  });

  it('has one sale for 10.00 with its token, paid in cash, and totals that say so', () => {
    const rows = gunzipSync(payload)
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const of = (table: string) => rows.filter((row) => row['table'] === table);
    expect(of('sale')).toMatchObject([{ amount_minor: 1_000, currency: 'ZAR' }]);
    expect(of('token')).toHaveLength(1);
    expect(told.totals.tenders).toEqual([
      { tender: 'cash-drawer', currency: 'ZAR', sales: 1, amountMinor: 1_000 },
    ]);
    // The last ten digits of the meter's number, which is the only one.
    expect(told.totals.entryHash).toBe('1234567821');
  });

  it('is taken by whoever verifies it', () => {
    const opened = openBatch({ manifest, signature }, [KEY]);
    if (!opened.ok) throw new Error(opened.error.code);
    expect(verifyPayload(opened.value.manifest, payload).ok).toBe(true);
  });
});
