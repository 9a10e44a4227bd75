import { createHash } from 'node:crypto';
import { z } from 'zod';

const valueShape = z.union([z.string().max(200), z.int(), z.null()]);
/** What is kept of a customer or a meter, by field. */
export const fieldsShape = z.record(z.string().max(40), valueShape);
export type Fields = z.infer<typeof fieldsShape>;

/** A change of a customer or a meter that a person made at a counter. */
export const directoryChangeShape = z.strictObject({
  subject: z.enum(['customer', 'meter']),
  /** The customer's id, or the meter's 18 digits. */
  key: z.string().min(1).max(100),
  /** The 18 digits that this meter was kept under before, when its number was wrong. */
  replaces: z.string().nullable(),
  /** The fields that change, as they were; null for something that is new. */
  before: fieldsShape.nullable(),
  /** The same fields as they are from now on; null where nothing changes. */
  after: fieldsShape.nullable(),
  /** The answer to head office, whose word was another one. */
  settles: z.strictObject({ choice: z.enum(['ours', 'theirs']), theirs: fieldsShape }).nullable(),
});
export type DirectoryChange = z.infer<typeof directoryChangeShape>;

/** What says nothing of a person: it stands in the chain as it is. All else stands there as a digest. */
const OPEN_FIELDS: ReadonlySet<string> = new Set([
  'resource',
  'sgc',
  'krn',
  'ti',
  'ea',
  'dkga',
  'keyType',
  'baseDate',
  'ken',
  'tariffId',
  'keypadSerial',
  'keypadModel',
  'meterNumber',
]);

/** SHA-256 over the salt and a field with its value, in hexadecimal: binds to a value and tells nobody which. */
export function fieldDigest(salt: Uint8Array, field: string, value: string | number | null): string {
  return createHash('sha256')
    .update(salt)
    .update(JSON.stringify([field, value]))
    .digest('hex');
}

function sealed(fields: Fields | null, salt: Uint8Array): Fields | null {
  if (fields === null) return null;
  const entries = Object.entries(fields).map(([field, value]) => [
    field,
    OPEN_FIELDS.has(field) ? value : fieldDigest(salt, field, value),
  ]);
  return Object.fromEntries(entries) as Fields;
}

/** The change as the chain holds it: what is personal as salted digests. `salt` has 16 bytes, another for each. */
export function chainedChange(change: DirectoryChange, salt: Uint8Array): DirectoryChange {
  const { subject, key, replaces, settles } = change;
  return {
    subject,
    key: subject === 'customer' ? fieldDigest(salt, 'customerId', key) : key,
    replaces,
    before: sealed(change.before, salt),
    after: sealed(change.after, salt),
    settles: settles && { choice: settles.choice, theirs: sealed(settles.theirs, salt) ?? {} },
  };
}
