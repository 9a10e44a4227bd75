import { hash } from 'node:crypto';

/** What a column may hold. */
export type ChainValue = string | number | bigint | Uint8Array | null;

/**
 * The tables of the chain and every one of their columns, in hashing order. A column that is not named here
 * is not protected, so a test compares this with the schema.
 */
export const CHILD_COLUMNS = {
  transfer: ['row_id', 'debit_account', 'credit_account', 'currency', 'amount_minor'],
  sale: [
    'row_id',
    'sale_id',
    'request_id',
    'message_id',
    'receipt_number',
    'at_unix_ms',
    'operator_id',
    'meter_pan',
    'meter',
    'customer_digest',
    'resource',
    'currency',
    'amount_minor',
    'tender_account',
    'received_minor',
    'units_tenths',
    'token_minute',
    'quote',
  ],
  sale_step: ['row_id', 'sale_id', 'step', 'reason'],
  token: [
    'row_id',
    'sale_id',
    'position',
    'digits',
    'token_class',
    'subclass',
    'token_minute',
    'units_tenths',
    'module_id',
    'key_check',
  ],
  tender_part: [
    'row_id',
    'sale_id',
    'position',
    'account',
    'amount_minor',
    'received_minor',
    'reference',
    'carried_from',
  ],
  basket_sale: ['row_id', 'basket_id', 'sale_id', 'position', 'size'],
  shift: ['row_id', 'shift_id', 'number', 'drawer', 'operator_id', 'currency'],
  shift_step: ['row_id', 'shift_id', 'step', 'reason'],
  shift_entry: ['row_id', 'shift_id'],
  count_line: ['row_id', 'subject_id', 'account', 'denomination_minor', 'quantity', 'amount_minor'],
  cycle_end: ['row_id', 'kind', 'number', 'subject_id', 'from_record', 'to_record', 'head', 'figures'],
  deposit: [
    'row_id',
    'deposit_id',
    'number',
    'reference',
    'account',
    'currency',
    'amount_minor',
    'beneficiary',
  ],
  dispute: ['row_id', 'dispute_id', 'number', 'sale_id', 'ground', 'words'],
  operator_state: ['row_id', 'operator_id', 'role', 'active'],
  sale_kind: [
    'row_id',
    'sale_id',
    'kind',
    'work',
    'original_sale_id',
    'authoriser_id',
    'second_id',
    'reason',
    'for_head_office',
  ],
} as const;

export type ChildTable = keyof typeof CHILD_COLUMNS;
export const CHILD_TABLES = Object.keys(CHILD_COLUMNS) as readonly ChildTable[];

/** A child's key is its record's times this, plus its place in the record from 1: so a row names its record. */
export const CHILDREN_LIMIT = 1000;

/** A record's own columns, all but its hash. */
export const RECORD_COLUMNS = [
  'record_id',
  'epoch',
  'sequence',
  'kind',
  'at_unix_ms',
  'business_date',
  'operator_id',
  'subject_id',
  'detail',
  'child_count',
  'previous_hash',
] as const;

/**
 * Bytes that stand for a row: each value with its type and length before it, so that no two different rows
 * have the same bytes.
 */
function rowBytes(name: string, values: readonly ChainValue[]): string {
  let bytes = name;
  for (const value of values) {
    if (typeof value === 'string') bytes += `|s${value.length}:${value}`;
    else if (value === null) bytes += '|n';
    else if (value instanceof Uint8Array) bytes += `|b${value.length}:${Buffer.from(value).toString('hex')}`;
    else {
      const digits = String(value);
      bytes += `|i${digits.length}:${digits}`;
    }
  }
  return bytes;
}

/**
 * SHA-256 over a child's table name and all its columns, as a text of one sign for each byte: it costs half of what
 * bytes do, and a batch has a hundred thousand of them.
 */
export function childDigestText(table: ChildTable, values: readonly ChainValue[]): string {
  return hash('sha256', rowBytes(table, values), 'binary');
}

/** The same as bytes. */
export function childDigest(table: ChildTable, values: readonly ChainValue[]): Uint8Array {
  return Buffer.from(childDigestText(table, values), 'latin1');
}

/** Bytes of UTF-8 for a unit of a text at most. */
const UNIT_BYTES = 3;

/**
 * SHA-256 over a record's columns (the previous hash among them) and its children's digests as texts, in order: 64
 * hexadecimal digits.
 */
export function recordHashHex(values: readonly ChainValue[], childDigests: string): string {
  const row = rowBytes('record', values);
  const bytes = Buffer.allocUnsafe(row.length * UNIT_BYTES + childDigests.length);
  const length = bytes.write(row, 'utf8');
  bytes.write(childDigests, length, 'latin1');
  return hash('sha256', bytes.subarray(0, length + childDigests.length), 'hex');
}

/** The same from bytes to bytes. */
export function recordHash(values: readonly ChainValue[], childDigests: readonly Uint8Array[]): Uint8Array {
  const digests = childDigests.map((digest) => Buffer.from(digest).toString('latin1')).join('');
  return Buffer.from(recordHashHex(values, digests), 'hex');
}
