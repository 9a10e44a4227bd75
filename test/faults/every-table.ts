import {
  appendRecord,
  findSale,
  grantAllowance,
  privateDigest,
  projectKeyChange,
  projectOpenSale,
  PROJECTIONS,
  saleChildren,
  stepChildren,
  type ChildDraft,
} from '../../src/main/ledger/index.ts';
import type { LedgerReader, LedgerTx } from '../../src/main/store/index.ts';
import { assert, type SaleId } from '../../src/units/index.ts';

/**
 * Tables whose rows no hash of the chain stands for, each with what stands for them instead. A table that is
 * neither here nor in the chain nor a projection of it makes the test of tables fail: somebody has to say.
 */
export const OUTSIDE_THE_CHAIN: Readonly<Record<string, string>> = {
  account: 'held against the migrations',
  sale_private: 'its digest is in the sale',
  verified_to: 'an anchor: one that is changed is not met, or later ones are',
  receipt: 'held against its sale: number, meter, money, tokens; the rest is words for paper',
  print_job: 'paper is no money',
  print_event: 'paper is no money',
  open_print_job: 'paper is no money',
  printer_event: 'paper is no money',
  operator: 'names and hashes of PINs; what a person may do is in operator_state',
  operator_pin: 'hashes of PINs',
  operator_event: 'sign-ins from before they were records',
  upload_batch: 'signed, with the heads of the chain',
  upload_event: 'answers that head office signed',
  head_office_package: 'signed by head office',
  head_office_word: 'repeats what head office signed',
  allowance: 'repeats what head office signed',
  time_seen: 'a clock',
  directory_change: 'its digests are in its record',
  request: 'answers to repeated requests',
};

/** Every table of the chain by the schema's own word: a row of it has a digest, or is a record. */
export function chainedTables(reader: LedgerReader): readonly string[] {
  return allTables(reader).filter((table) => {
    const columns = reader.prepare('SELECT name FROM pragma_table_info(?)').all<{ name: string }>(table);
    return table === 'record' || columns.some(({ name }) => name === 'digest');
  });
}

export function allTables(reader: LedgerReader): readonly string[] {
  return reader
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all<{ name: string }>()
    .map(({ name }) => name);
}

/** Tables of which every changed cell has to be named. */
export function guardedTables(reader: LedgerReader): readonly string[] {
  return [...chainedTables(reader), ...PROJECTIONS.map(({ table }) => table), 'sale_private'];
}

/** Rows for the tables that an ordinary sale leaves empty. */
function rareRows(saleId: SaleId, operatorId: string): readonly ChildDraft[] {
  const head = 'ab'.repeat(32);
  const cycle = {
    kind: 'sales',
    number: 1,
    subject_id: null,
    from_record: 1,
    to_record: 2,
    head,
    figures: '{}',
  };
  const money = { account: 'cash-drawer', amount_minor: 500 };
  const kind = {
    kind: 'free-issue',
    work: '{}',
    original_sale_id: null,
    authoriser_id: 'zodwa',
    second_id: null,
  };
  return [
    { table: 'count_line', values: { subject_id: 'count', denomination_minor: 100, quantity: 5, ...money } },
    { table: 'cycle_end', values: cycle },
    {
      table: 'deposit',
      values: {
        deposit_id: 'd-1',
        number: 1,
        reference: 'R-1',
        currency: 'ZAR',
        beneficiary: 'Utility',
        ...money,
      },
    },
    {
      table: 'dispute',
      values: { dispute_id: 'x-1', number: 1, sale_id: saleId, ground: 'amount', words: 'too little' },
    },
    { table: 'operator_state', values: { operator_id: operatorId, role: 'cashier', active: 1 } },
    { table: 'sale_kind', values: { sale_id: saleId, ...kind, reason: 'storm', for_head_office: 1 } },
  ];
}

/** Adds to a till's ledger what its sales left out, so that no guarded table is empty; by the journal's own means. */
export function fillEveryTable(tx: LedgerTx): void {
  const purchase = tx
    .prepare(
      `SELECT sale_id AS saleId FROM sale_step WHERE step = 'recorded'
         AND sale_id NOT IN (SELECT sale_id FROM sale_kind) ORDER BY row_id DESC LIMIT 1`,
    )
    .get<{ saleId: SaleId }>();
  const sale = purchase && findSale(tx, purchase.saleId);
  const operator = tx.prepare('SELECT operator_id AS id FROM operator LIMIT 1').get<{ id: string }>();
  assert(sale && operator, 'a till that has sold');
  const record = { atUnixMs: sale.atUnixMs, businessDate: '2026-11-23', operatorId: null };
  tx.prepare("INSERT INTO head_office_package VALUES (1, ?, x'7b7d', x'00')").run(sale.atUnixMs);
  grantAllowance(tx, 1, { valueMinor: 9e6, tokens: 90, minutes: null, perSaleMinor: null }, sale.atUnixMs);
  appendRecord(tx, {
    ...record,
    kind: 'rare',
    subjectId: null,
    detail: {},
    transfers: [
      { debit: 'safe', credit: 'cash-drawer', currency: sale.currency, amountMinor: sale.amountMinor },
    ],
    children: rareRows(sale.saleId, operator.id),
  });
  const saleId = '00000000-0000-7000-8000-00000000000d' as SaleId;
  const salt = new Uint8Array(16).fill(7);
  const open = {
    ...sale,
    saleId,
    requestId: 'request-d',
    messageId: 'message-d',
    receiptNumber: 'T014-000999',
    tokenMinute: sale.tokenMinute + 5,
    tender: sale.tender.map((part) => ({ ...part, reference: part.reference && `${part.reference}Z` })),
    basket: { basketId: '00000000-0000-7000-8000-00000000000b', position: 1, size: 2 },
    customerDigest: privateDigest('{"name":"Thandi"}', salt),
  };
  appendRecord(tx, {
    ...record,
    kind: 'sale-intended',
    subjectId: saleId,
    detail: {},
    children: [...saleChildren(open), ...stepChildren(tx, open, [{ step: 'intended', reason: null }])],
  });
  projectOpenSale(tx, open);
  const keep = 'INSERT INTO sale_private (sale_id, customer, salt) VALUES (?, ?, ?)';
  tx.prepare(keep).run(saleId, '{"name":"Thandi"}', salt);
  const keyChange = {
    was: { sgc: '201457', krn: 1, ti: 1 },
    now: { sgc: '201457', krn: 2, ti: 1, ken: 255 },
  };
  appendRecord(tx, { ...record, kind: 'sale-recorded', subjectId: sale.saleId, detail: { keyChange } });
  projectKeyChange(tx, sale.meterPan, keyChange);
  assert(findSale(tx, saleId)?.step === 'intended', 'an open sale');
}
