import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  batchName,
  buildPayload,
  DOMAINS,
  isSignedAs,
  keyIdOf,
  openBatch,
  parseBatchName,
  rowsAsCsv,
  sealBatch,
  verifyPayload,
  type BatchHead,
  type BatchManifest,
  type JournalLine,
  type Signer,
} from './index.ts';

function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: bytes.toString('hex'), sign: (message) => sign(null, message, privateKey) };
}

const signer = newSigner();
const ZEROS = '0'.repeat(64);

/** The bytes of a row as docs/formats/ledger-export.md has them, written down here a second time. */
function rowText(table: string, values: readonly unknown[]): string {
  const part = (value: unknown): string => {
    if (value === null) return 'n';
    if (value instanceof Uint8Array) return `b${value.length}:${Buffer.from(value).toString('hex')}`;
    const text = String(value);
    return typeof value === 'string' ? `s${text.length}:${text}` : `i${text.length}:${text}`;
  };
  return [table, ...values.map(part)].join('|');
}

type Value = string | number | Uint8Array | null;
type Named = { table: JournalLine['table']; row: Record<string, Value> };

/** Records of a small journal: sales of 100.00 each (the third by card) with one transfer, one step and one token. */
function journal(count: number, firstId = 1, before: Uint8Array = Buffer.alloc(32)): Named[] {
  const lines: Named[] = [];
  let previous = before;
  for (let id = firstId; id < firstId + count; id += 1) {
    const children = childrenOf(id);
    const record = {
      record_id: id,
      epoch: 1,
      sequence: id,
      kind: 'sale-recorded',
      at_unix_ms: 1_795_000_000_000 + id,
      business_date: '2026-11-23',
      operator_id: null,
      subject_id: `sale-${id}`,
      detail: '{"say":"\\u00e9 \\"|\\" \u{1F4A1}"}',
      child_count: children.length,
      previous_hash: previous,
    };
    const hash = createHash('sha256').update(rowText('record', Object.values(record)));
    for (const { table, row } of children)
      hash.update(
        createHash('sha256')
          .update(rowText(table, Object.values(row)))
          .digest(),
      );
    previous = hash.digest();
    lines.push({ table: 'record', row: { ...record, hash: previous } }, ...children);
  }
  return lines;
}

/** Rows as the journal gives them: a record's place in the chain stands beside its line, bytes are digits. */
function asLines(rows: readonly Named[]): JournalLine[] {
  return rows.map(({ table, row }) => {
    const { previous_hash: previousHash, hash, ...own } = row;
    const values = Object.entries(own).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ]);
    const line = { table, row: { table, ...Object.fromEntries(values) } as JournalLine['row'] };
    return table === 'record'
      ? { ...line, previousHash: previousHash as Uint8Array, hash: hash as Uint8Array }
      : line;
  });
}

function childrenOf(id: number): Named[] {
  const sale = {
    row_id: id * 1000 + 2,
    sale_id: `sale-${id}`,
    request_id: `r-${id}`,
    message_id: `m-${id}`,
    receipt_number: `T1-${id}`,
    at_unix_ms: 1_795_000_000_000,
    operator_id: 'op',
    meter_pan: '600727001234567821',
    meter: '{}',
    customer_digest: Buffer.alloc(32, id),
    resource: 'electricity',
    currency: 'ZAR',
    amount_minor: 10_000,
    tender_account: 'cash-drawer',
    received_minor: 10_000,
    units_tenths: 426,
    token_minute: 29_000_000 + id,
    quote: '{"tariff":{"id":"home","version":3}}',
  };
  return [
    {
      table: 'transfer',
      row: {
        row_id: id * 1000 + 1,
        d: id === 3 ? 'card' : 'cash-drawer',
        c: 'tender-held',
        u: 'ZAR',
        a: 10_000,
      },
    },
    { table: 'sale', row: sale },
    {
      table: 'sale_step',
      row: { row_id: id * 1000 + 3, sale_id: `sale-${id}`, step: 'recorded', reason: null },
    },
    {
      table: 'token',
      row: {
        row_id: id * 1000 + 4,
        sale_id: `sale-${id}`,
        position: 1,
        digits: '12345678901234567890',
        token_class: 0,
        subclass: 0,
        token_minute: 29_000_000 + id,
        units_tenths: 426,
        module_id: 'SW-1',
        key_check: 'ABCDEF',
      },
    },
    ...(id === 2
      ? [
          { table: 'cycle_end', row: Z_REPORT },
          { table: 'deposit', row: DEPOSIT },
        ]
      : []),
  ].map(renamed) as Named[];
}

const Z_REPORT = {
  row_id: 2005,
  kind: 'shift',
  number: 17,
  subject_id: null,
  from_record: 1,
  to_record: 2,
  head: '00',
  figures: '{}',
};
const DEPOSIT = {
  row_id: 2006,
  deposit_id: 'd',
  number: 1,
  reference: 'DEP-4',
  account: 'deposited',
  currency: 'ZAR',
  amount_minor: 500,
  beneficiary: 'bank',
};

/** A transfer's columns under their own names, in their own order. */
function renamed(child: { table: string; row: Record<string, unknown> }): { table: string; row: object } {
  if (child.table !== 'transfer') return child;
  const { row_id, d, c, u, a } = child.row;
  return { ...child, row: { row_id, debit_account: d, credit_account: c, currency: u, amount_minor: a } };
}

const head: BatchHead = {
  format: 'kioskwatt-batch',
  version: 1,
  station: 'T1',
  profile: 'private',
  keyId: keyIdOf(signer.publicKey),
  epoch: 1,
  number: 1,
  previousManifest: null,
  versions: { program: '0.1.0', ledger: 4, package: 0 },
  clock: { createdUnixMs: 1_795_000_100_000, previousUnixMs: null, boot: 'b', upMs: 5 },
};

async function made(rows: readonly Named[], also: Partial<BatchManifest> = {}) {
  const built = await buildPayload(asLines(rows));
  if (!built) throw new Error('no rows');
  return { ...sealBatch(head, { ...built.facts, ...also }, signer), payload: built.bytes };
}

function opened(file: Awaited<ReturnType<typeof made>>, keys = [signer.publicKey]) {
  const manifest = openBatch(file, keys);
  return manifest.ok ? verifyPayload(manifest.value.manifest, file.payload) : manifest;
}

const THREE = await made(journal(3));

/** The same rows under a manifest that says otherwise, signed as a thief with the key could. */
function stated(change: (manifest: BatchManifest) => object, payload?: Uint8Array) {
  const file = THREE;
  const manifest = JSON.parse(Buffer.from(file.manifest).toString()) as BatchManifest;
  const bytes = Buffer.from(JSON.stringify(change(manifest)));
  const signature = signer.sign(Buffer.concat([Buffer.from('kioskwatt-batch-v1\n'), bytes]));
  return { manifest: bytes, signature, payload: payload ?? file.payload };
}
const codeOf = (result: ReturnType<typeof opened>): string =>
  result.ok ? 'ok' : `${result.error.code} ${result.error.params.where}`;

describe('a batch', () => {
  it('says what is in it', async () => {
    const file = await made(journal(3));
    const checked = opened(file);
    expect(checked.ok).toBe(true);
    const manifest = JSON.parse(Buffer.from(file.manifest).toString()) as BatchManifest;
    expect(manifest.first).toEqual({ epoch: 1, sequence: 1 });
    expect(manifest.last).toEqual({ epoch: 1, sequence: 3 });
    expect(manifest.chain.before).toBe(ZEROS);
    expect(manifest.totals).toEqual({
      records: 3,
      rows: [
        { table: 'cycle_end', rows: 1 },
        { table: 'deposit', rows: 1 },
        ...['record', 'sale', 'sale_step', 'token', 'transfer'].map((table) => ({ table, rows: 3 })),
      ],
      kinds: [
        { kind: 'sale-recorded', records: 0, currency: 'ZAR', movedMinor: 30_000 },
        { kind: 'sale-recorded', records: 3, currency: null, movedMinor: 0 },
      ],
      accounts: [
        { account: 'card', currency: 'ZAR', netMinor: 10_000, transfers: 1 },
        { account: 'cash-drawer', currency: 'ZAR', netMinor: 20_000, transfers: 2 },
        { account: 'tender-held', currency: 'ZAR', netMinor: -30_000, transfers: 3 },
      ],
      tenders: [
        { tender: 'card', currency: 'ZAR', sales: 1, amountMinor: 10_000 },
        { tender: 'cash-drawer', currency: 'ZAR', sales: 2, amountMinor: 20_000 },
      ],
      resources: [
        { resource: 'electricity', currency: 'ZAR', sales: 3, amountMinor: 30_000, unitsTenths: 1_278 },
      ],
      tokens: { count: 3, unitsTenths: 1_278 },
      // 3 × 1234567821, last ten digits.
      entryHash: '3703703463',
      tariffs: [{ id: 'home', version: 3, sales: 3 }],
      zNumbers: [17],
      deposits: [{ reference: 'DEP-4', currency: 'ZAR', amountMinor: 500 }],
    });
    expect(checked.ok && checked.value.records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('has the same bytes again, and no trace of system or time in its packing', async () => {
    const [a, b] = [await made(journal(3)), await made(journal(3))];
    expect(Buffer.compare(a.payload, b.payload)).toBe(0);
    // As the format has it: gzip at level 6 of the lines, whether they were packed at once or as they came.
    const plain = gunzipSync((await made(journal(900))).payload);
    expect(plain.length).toBeGreaterThan(3 * (256 << 10));
    const once = gzipSync(plain, { level: 6 });
    once[9] = 255;
    expect(Buffer.compare((await made(journal(900))).payload, once)).toBe(0);
    expect(Buffer.compare(a.manifest, b.manifest)).toBe(0);
    expect(Buffer.compare(a.signature, b.signature)).toBe(0);
    expect([...a.payload.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  });

  it('continues from any place of a chain', async () => {
    const all = journal(5);
    const third = all.findIndex(({ row }) => row['record_id'] === 3);
    const file = await made(all.slice(third));
    expect(codeOf(opened(file))).toBe('ok');
  });

  it('gives the same rows as CSV', async () => {
    const checked = opened(await made(journal(2)));
    if (!checked.ok) throw new Error(checked.error.code);
    const files = rowsAsCsv(checked.value);
    expect([...files.keys()]).toEqual([
      'record.csv',
      'transfer.csv',
      'sale.csv',
      'sale_step.csv',
      'token.csv',
      'cycle_end.csv',
      'deposit.csv',
    ]);
    expect(files.get('transfer.csv')).toBe(
      'row_id,debit_account,credit_account,currency,amount_minor\r\n' +
        '1001,cash-drawer,tender-held,ZAR,10000\r\n2001,cash-drawer,tender-held,ZAR,10000\r\n',
    );
    expect(files.get('record.csv')).toContain('"{""say"":""\\u00e9 \\""|\\"" \u{1F4A1}""}"');
  });

  it('is named after station, epoch and number', () => {
    expect(batchName({ station: 'T014', epoch: 2, number: 7 })).toBe('T014-0002-00000007.v1');
    expect(parseBatchName('T014-0002-00000007.v1')).toEqual({
      station: 'T014',
      epoch: 2,
      number: 7,
      version: 1,
    });
    expect(parseBatchName('T014-2-7')).toBeUndefined();
  });
});

describe('a batch that is not what it was', () => {
  it('is refused after any one byte of the manifest or of the signature changed', async () => {
    const file = await made(journal(3));
    for (const part of ['manifest', 'signature'] as const) {
      for (let place = 0; place < file[part].length; place += 1) {
        const bytes = Uint8Array.from(file[part]);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << (place % 8));
        expect(codeOf(opened({ ...file, [part]: bytes }))).toBe('file-signature manifest');
      }
    }
  });

  it('is refused after any one of 10,000 bytes of the payload changed', async () => {
    const file = await made(journal(900));
    const { length } = file.payload;
    expect(length).toBeGreaterThan(10_000);
    const manifest = openBatch(file, [signer.publicKey]);
    if (!manifest.ok) throw new Error(manifest.error.code);
    for (let turn = 0; turn < 10_000; turn += 1) {
      const place = Math.floor((turn * length) / 10_000);
      const bytes = Uint8Array.from(file.payload);
      bytes[place] = (bytes[place] ?? 0) ^ (1 + (turn % 255));
      const checked = verifyPayload(manifest.value.manifest, bytes);
      expect(checked.ok ? 'ok' : checked.error.code).toBe('file-digest');
    }
  });

  it('is refused with another key, or as a file of another kind', async () => {
    const file = await made(journal(1));
    expect(codeOf(opened(file, [newSigner().publicKey]))).toBe('file-signature manifest');
    expect(isSignedAs('batch', file.manifest, file.signature, signer.publicKey)).toBe(true);
    for (const domain of ['ack', 'package'] as const)
      expect(isSignedAs(domain, file.manifest, file.signature, signer.publicKey)).toBe(false);
    expect(new Set(Object.values(DOMAINS)).size).toBe(Object.keys(DOMAINS).length);
  });
});

const pack = (plain: Buffer | string, lines: number) => {
  const bytes = gzipSync(plain);
  const digest = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
  const facts = {
    codec: 'gzip',
    bytes: bytes.length,
    sha256: digest(bytes),
    plainBytes: Buffer.byteLength(plain),
    plainSha256: digest(plain),
    lines,
  };
  return { bytes, facts };
};
const sealedWith = (plain: Buffer | string, lines: number, facts: object = {}) => {
  const packed = pack(plain, lines);
  return stated((manifest) => ({ ...manifest, payload: { ...packed.facts, ...facts } }), packed.bytes);
};

describe('a batch from somebody who holds the key', () => {
  it('is refused when a figure is not that of its rows, and the figure is named', () => {
    const totals = (change: Partial<BatchManifest['totals']>) =>
      stated((manifest) => ({ ...manifest, totals: { ...manifest.totals, ...change } }));
    expect(codeOf(opened(totals({ records: 4 })))).toBe('file-totals totals.records');
    expect(codeOf(opened(totals({ entryHash: '0000000000' })))).toBe('file-totals totals.entryHash');
    expect(codeOf(opened(totals({ zNumbers: [18] })))).toBe('file-totals totals.zNumbers.0');
    const card = { tender: 'card', currency: 'ZAR', sales: 1, amountMinor: 10_000 };
    const cash = { tender: 'cash-drawer', currency: 'ZAR', sales: 2, amountMinor: 20_001 };
    expect(codeOf(opened(totals({ tenders: [card, cash] })))).toBe(
      'file-totals totals.tenders.1.amountMinor',
    );
  });

  it('is refused when its chain or its range is not that of its rows', () => {
    const other = 'ab'.repeat(32);
    const chain = (change: object) =>
      stated((manifest) => ({ ...manifest, chain: { ...manifest.chain, ...change } }));
    expect(codeOf(opened(chain({ before: other })))).toBe('file-chain chain.after');
    expect(codeOf(opened(chain({ after: other })))).toBe('file-chain chain.after');
    const first = stated((manifest) => ({ ...manifest, first: { epoch: 1, sequence: 2 } }));
    expect(codeOf(opened(first))).toBe('file-order 1');
    const last = stated((manifest) => ({ ...manifest, last: { epoch: 1, sequence: 4 } }));
    expect(codeOf(opened(last))).toBe('file-order last');
  });

  it('is refused when a record is missing, moved or changed', async () => {
    const lines = journal(4);
    const without = lines.filter(
      ({ row }) => Math.floor(Number(row['row_id'] ?? 0) / 1000) !== 2 && row['record_id'] !== 2,
    );
    expect(codeOf(opened(await made(without)))).toBe('file-order 6');
    const changed = lines.map((line) =>
      line.table === 'transfer' ? { ...line, row: { ...line.row, amount_minor: 1 } } : line,
    );
    expect(codeOf(opened(await made(changed)))).toBe('file-chain chain.after');
    expect(codeOf(opened(await made(lines.filter(({ table }) => table !== 'token'))))).toBe('file-count 1/1');
  });

  it('is refused when its manifest is of the future, of another kind or incomplete', () => {
    expect(codeOf(opened(stated((manifest) => ({ ...manifest, version: 2, novelty: 1 }))))).toBe(
      'file-version version',
    );
    expect(codeOf(opened(stated((manifest) => ({ ...manifest, novelty: 1 }))))).toBe('file-manifest ');
    expect(codeOf(opened(stated((manifest) => ({ ...manifest, profile: 'training' }))))).toBe(
      'file-manifest profile',
    );
    expect(codeOf(opened(stated(({ chain: _chain, ...rest }) => rest)))).toBe('file-manifest chain');
  });

  it('is refused in bounded memory when it unpacks to more than it says', () => {
    const bomb = Buffer.alloc(300 << 20);
    expect(codeOf(opened(sealedWith(bomb, 1)))).toBe('file-manifest payload.plainBytes');
    expect(codeOf(opened(sealedWith(bomb, 1, { plainBytes: 1_000 })))).toBe('file-unpack payload');
    expect(codeOf(opened(sealedWith('', 0, { plainBytes: 5 })))).toBe('file-size payload.plainBytes');
  });

  it('is refused when its lines are too long, too many, not text or not rows', () => {
    expect(codeOf(opened(sealedWith(Buffer.alloc(2 << 20, 'x'), 1)))).toBe('file-line 1');
    expect(codeOf(opened(sealedWith(`${'x'.repeat((1 << 20) + 1)}\n`, 1)))).toBe('file-line 1');
    expect(codeOf(opened(sealedWith('{}\n{}\n', 1)))).toBe('file-count payload.lines');
    expect(codeOf(opened(sealedWith('{}\n', 2)))).toBe('file-count payload.lines');
    expect(codeOf(opened(sealedWith(Buffer.from('é\n', 'latin1'), 1)))).toBe('file-encoding payload');
    expect(codeOf(opened(sealedWith(Buffer.from('{}\n', 'utf16le'), 1)))).toMatch(
      /^file-(?:line|row|encoding)/u,
    );
    for (const line of ['', '7', 'null', '{"table":"sale"}', '{"table":"account"}', '{"table":"__proto__"}'])
      expect(codeOf(opened(sealedWith(`${line}\n`, 1)))).toBe('file-row 1');
  });

  it('is refused when a value is not of its column’s kind: no database would take it', () => {
    const record = { ...journal(1)[0]?.row };
    delete record['previous_hash'];
    delete record['hash'];
    const line = (change: object): string => JSON.stringify({ table: 'record', ...record, ...change });
    const reason = (text: string): string => {
      const checked = opened(sealedWith(`${text}\n`, 1));
      return checked.ok ? 'ok' : checked.error.params.reason;
    };
    // As it is, it is a row: what is missing is what belongs to it.
    expect(reason(line({}))).toBe('rows of the record');
    for (const [column, value] of [
      ['record_id', '1'],
      ['at_unix_ms', 1.5],
      ['at_unix_ms', 9_007_199_254_740_993n.toString()],
      ['kind', 7],
      ['detail', '{'],
      ['detail', '{"a":"\\u0000"}'],
      ['detail', '{"a":"\\ud83d"}'],
      ['business_date', null],
      ['business_date', '2026-02-30'],
      ['business_date', '1999-12-31'],
      ['business_date', "2026-11-23'; DROP TABLE record"],
      ['subject_id', { a: 1 }],
    ] as const)
      expect(reason(line({ [column]: value }))).toBe(`record.${column}: wrong type`);
    expect(reason(line({ at_unix_ms: 0 }).replace('"at_unix_ms":0', '"at_unix_ms":9007199254740993'))).toBe(
      'record.at_unix_ms: wrong type',
    );
    for (const text of ['a\u0000b', 'a\ud800b'])
      expect(reason(line({ subject_id: text }))).toBe('record: a sign that cannot be kept');
    expect(reason(line({ subject_id: 'a\\u0000b' }))).toBe('rows of the record');
    expect(reason(line({ another: 1 }))).toBe('record: other columns');
    expect(reason(line({}).replace('"epoch":1,"sequence":1', '"sequence":1,"epoch":1'))).toBe(
      'record.epoch: missing',
    );
  });
});
