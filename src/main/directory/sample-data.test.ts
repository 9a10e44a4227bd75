import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { emptyState, noQuantisation, parseTariff, quote } from '../../tariff/index.ts';
import { openWriter } from '../store/index.ts';
import { loadSampleData, SAMPLE_TARIFFS } from './sample-data.ts';

it('loads, and loads again without a difference', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-sample-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const all = () => [
    db.prepare('SELECT * FROM customer ORDER BY customer_row').all(),
    db.prepare('SELECT * FROM meter ORDER BY meter_row').all(),
    db.prepare('SELECT * FROM tariff_version').all(),
  ];
  db.transaction(loadSampleData);
  const before = all();
  db.transaction(loadSampleData);
  expect(all()).toEqual(before);
  expect(before.map((rows) => rows.length)).toEqual([32, 32, 2]);
  const of = (column: string, value: string) =>
    db.prepare(`SELECT count(*) AS n FROM meter WHERE ${column} = ?`).get<{ n: number }>(value)?.n;
  expect([of('ea', '11'), of('dkga', '2'), of('resource', 'water'), of('sgc', '201457')]).toEqual([
    1, 1, 1, 31,
  ]);
  expect(db.prepare('SELECT count(*) AS n FROM meter WHERE blocked_reason IS NOT NULL').get()).toEqual({
    n: 1,
  });
  db.close();
  rmSync(folder, { recursive: true });
});

it('prices a hundred: 42.6 units at 2.04 are 86.90, tax 13.04, and 0.06 is carried', () => {
  const parsed = parseTariff(SAMPLE_TARIFFS[0]?.document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const at = '2026-11-23T14:07';
  const request = { kind: 'money' as const, amountMinor: 10_000, cash: true, entitlements: [] };
  const quoted = quote(parsed.value, emptyState(at), request, at, noQuantisation);
  expect(quoted).toMatchObject({ ok: true, value: { boughtQuantity: 426, carriedMinor: 6 } });
  expect(parseTariff(SAMPLE_TARIFFS[1]?.document).ok).toBe(true);
});
