import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { luhnCheckDigit } from '../../../sts/index.ts';
import { openWriter, type DirectoryWriter } from '../../store/index.ts';
import { findMeter, searchDirectory } from '../index.ts';
import { importCsv, type ImportProgress, type RefusedLine } from './import-csv.ts';

let folder: string;
let db: DirectoryWriter;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-import-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const HEADER =
  'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason';

function meterNumber(index: number): string {
  const payload = `00${(10_000_000 + index).toString()}`;
  return `${payload}${luhnCheckDigit(payload)}`;
}

const line = (index: number, changes: Readonly<Record<string, string>> = {}): string => {
  const cells: Record<string, string> = {
    customer_id: `c-${index}`,
    name: `Ama Osei ${index}`,
    account: `A${index}`,
    phone: '+233 20 000 0000',
    address: '"12 Ring Road, Osu"',
    meter_number: meterNumber(index),
    resource: 'electricity',
    sgc: '201457',
    krn: '1',
    ti: '7',
    ea: '11',
    dkga: '4',
    key_type: '2',
    base_date: '2014',
    ken: '255',
    tariff_id: 'home-flat',
    blocked_reason: '',
    ...changes,
  };
  return HEADER.split(',')
    .map((name) => cells[name] ?? '')
    .join(',');
};

async function take(content: string | Uint8Array, stopAfter = Infinity) {
  const file = path.join(folder, 'customers.csv');
  writeFileSync(file, content);
  const refused: RefusedLine[] = [];
  const progress: ImportProgress[] = [];
  const outcome = await importCsv(db, file, {
    onRefused: (fault) => void refused.push(fault),
    onProgress: (step) => void progress.push(step),
    isStopped: () => progress.length >= stopAfter,
  });
  return { outcome, refused: refused.toSorted((a, b) => a.line - b.line), progress };
}

const count = (table: string): unknown =>
  db.prepare(`SELECT count(*) AS n FROM ${table}`).get<{ n: number }>()?.n;

describe('a file of customers', () => {
  it('is taken, with marks, quotes and a byte order mark', async () => {
    const text = `\uFEFF${HEADER}\r\n${line(1, { name: '"Élodie ""Ellie"" N’Guessan"' })}\r\n\r\n${line(2)}\r\n`;
    const { outcome, refused, progress } = await take(text);
    expect({ outcome, refused }).toEqual({
      outcome: { ok: true, value: { taken: 2, refused: 0, stopped: false } },
      refused: [],
    });
    expect(progress.at(-1)).toMatchObject({
      doneBytes: Buffer.byteLength(text),
      totalBytes: Buffer.byteLength(text),
      taken: 2,
    });
    const hits = searchDirectory(db, 'elodie');
    expect(hits.ok && hits.value[0]).toMatchObject({
      name: 'Élodie "Ellie" N’Guessan',
      address: '12 Ring Road, Osu',
      meterNumber: meterNumber(1),
    });
    expect(findMeter(db, hits.ok ? (hits.value[0]?.pan ?? '') : '')).toMatchObject({
      sgc: '201457',
      krn: 1,
      ti: 7,
      ea: 11,
      dkga: 4,
      keyType: 2,
      baseDate: 2014,
      ken: 255,
      tariffId: 'home-flat',
      blockedReason: null,
    });
  });

  it('may have its columns in any order, and semicolons', async () => {
    const names = HEADER.split(',').toReversed();
    const cells = line(3, { address: '1 High Street' }).split(',').toReversed();
    const { outcome } = await take(`${names.join(';')}\n${cells.join(';')}\n`);
    expect(outcome).toEqual({ ok: true, value: { taken: 1, refused: 0, stopped: false } });
  });

  it('can be taken again without doubling anybody', async () => {
    const lines = Array.from({ length: 450 }, (_, index) => line(index));
    const text = `${HEADER}\n${lines.join('\n')}\n`;
    await take(text);
    expect([count('customer'), count('meter'), count('customer_text')]).toEqual([450, 450, 450]);
    await take(text.replace('Ama Osei 7,', 'Kofi Mensah,'));
    expect([count('customer'), count('meter'), count('customer_text')]).toEqual([450, 450, 450]);
    const hits = searchDirectory(db, 'kofi mensah');
    expect(hits.ok && hits.value.map(({ customerId }) => customerId)).toEqual(['c-7']);
  });

  it('leaves out lines with a fault, and names line, column and reason', async () => {
    const wrongDigit = `${meterNumber(9).slice(0, -1)}${(Number(meterNumber(9).at(-1)) + 1) % 10}`;
    const { outcome, refused } = await take(
      [
        HEADER,
        line(1),
        line(2, { krn: '10' }),
        line(3, { sgc: '20145' }),
        line(4, { meter_number: wrongDigit }),
        line(5, { name: '' }),
        line(6, { resource: 'steam' }),
        line(7, { name: 'Ama\u202eiesO' }),
        line(8, { name: 'x'.repeat(201) }),
        'just,three,cells',
        line(1, { name: 'Somebody Else' }),
        line(10, { name: '"open' }).replace(/"12 Ring Road, Osu"/u, 'x'),
      ].join('\n'),
    );
    expect(outcome).toMatchObject({ ok: true, value: { taken: 1 } });
    expect(refused.slice(0, 9)).toEqual([
      { line: 3, column: 'krn', reason: 'out-of-range' },
      { line: 4, column: 'sgc', reason: 'not-six-digits' },
      { line: 5, column: 'meter_number', reason: 'meter-number-check-digit' },
      { line: 6, column: 'name', reason: 'empty' },
      { line: 7, column: 'resource', reason: 'unknown-word' },
      { line: 8, column: 'name', reason: 'control-signs' },
      { line: 9, column: 'name', reason: 'too-long' },
      { line: 10, column: '', reason: 'cells' },
      { line: 11, column: 'meter_number', reason: 'twice' },
    ]);
    expect(refused).toHaveLength(10);
    expect(refused[9]).toMatchObject({ column: '', reason: 'quotes' });
  });

  it('takes the language of the receipts where a file has it', async () => {
    const lines = ['sw', '', 'xx'].map((language, index) => `${line(index)},${language}`);
    const { outcome } = await take(`${HEADER},language\n${lines.join('\n')}\n`);
    expect(outcome).toEqual({ ok: true, value: { taken: 2, refused: 1, stopped: false } });
    const kept = db.prepare('SELECT language FROM customer ORDER BY customer_id').all();
    expect(kept).toEqual([{ language: 'sw' }, { language: null }]);
  });

  it('changes nothing that a refused line names', async () => {
    await take(`${HEADER}\n${line(1)}\n`);
    await take(`${HEADER}\n${line(1, { name: 'Kofi Mensah', krn: '0' })}\n`);
    const hits = searchDirectory(db, 'kofi');
    expect(hits).toEqual({ ok: true, value: [] });
  });

  it('stops when it is told to, and says what is taken', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => line(index));
    const { outcome } = await take(`${HEADER}\n${lines.join('\n')}`, 2);
    expect(outcome).toEqual({ ok: true, value: { taken: 400, refused: 0, stopped: true } });
    expect(count('meter')).toBe(400);
  });
});

describe('a file that is none of ours', () => {
  const fault = (reason: string, place: unknown) => ({
    ok: false,
    error: { code: 'directory-file', params: { reason, place } },
  });

  it('is refused by name', async () => {
    expect((await take(HEADER.replace('krn', 'revision'))).outcome).toEqual(
      fault('unknownColumn', 'revision'),
    );
    expect((await take(HEADER.replace(',krn', ''))).outcome).toEqual(fault('missingColumn', 'krn'));
    expect((await take(`${HEADER},krn\n`)).outcome).toEqual(fault('columnTwice', expect.any(String)));
    expect((await take(`${HEADER},language,language\n`)).outcome).toMatchObject({ ok: false });
    expect((await take('')).outcome).toEqual(fault('empty', ''));
    expect((await take(Buffer.from(`${HEADER}\n${line(1)}`, 'utf16le'))).outcome).toMatchObject({
      ok: false,
    });
    const latin = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from(line(1, { name: 'Bâ' }), 'latin1')]);
    expect((await take(latin)).outcome).toEqual(fault('notUtf8', '0'));
    const missing = await importCsv(db, path.join(folder, 'nowhere.csv'), {
      onRefused: () => undefined,
      onProgress: () => undefined,
      isStopped: () => false,
    });
    expect(missing).toEqual(fault('unreadable', 'ENOENT'));
  });

  it('cannot fill the memory with one endless line', async () => {
    const { outcome } = await take(`${HEADER}\n${line(1)}\n${'x'.repeat(50_000_000)}\n`);
    expect(outcome).toEqual(fault('endlessLine', '3'));
  });
});
