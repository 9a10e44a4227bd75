import type { DirectoryChange, Fields } from '../../batch/index.ts';
import type { Locale } from '../../i18n/index.ts';
import { assert, ok, type Result } from '../../units/index.ts';
import type { DirectoryReader, DirectoryTx } from '../store/index.ts';
import { findCustomer, findMeter } from './lookup.ts';
import type { CustomerRecord, NewMeter } from './records.ts';
import { upsertCustomer, upsertMeter, type NewMeterError } from './write.ts';

type Subject = DirectoryChange['subject'];

/** A customer's fields as changes name them; null for a language that nobody chose. */
export function customerFields(customer: Omit<CustomerRecord, 'customerId'>): Fields {
  const { name, account, phone, address, language } = customer;
  return { name, account, phone, address, language: language ?? null };
}

/** A meter's fields as changes name them, without what blocks it: that is head office's to say. */
export function meterFields(meter: NewMeter): Fields {
  const { customerId, resource, sgc, krn, ti, ea, dkga, keyType, baseDate, ken, tariffId } = meter;
  const { keypadSerial = null, keypadModel = null } = meter;
  const key = { sgc, krn, ti, ea, dkga, keyType, baseDate, ken };
  return { customerId, resource, ...key, tariffId, keypadSerial, keypadModel };
}

/** What is kept of a customer or a meter now, or undefined. */
export function fieldsOf(
  db: DirectoryReader | DirectoryTx,
  subject: Subject,
  key: string,
): Fields | undefined {
  if (subject === 'customer') {
    const found = findCustomer(db, key);
    return found && customerFields(found.customer);
  }
  const meter = findMeter(db, key);
  return meter && meterFields({ ...meter, customerId: meter.customer.customerId });
}

/** The fields of `next` that differ from what was, as both were. */
export function changedFields(before: Fields | undefined, next: Fields): { before: Fields; after: Fields } {
  const changed = Object.keys(next).filter((field) => (before?.[field] ?? null) !== (next[field] ?? null));
  const pick = (from: Fields | undefined): Fields =>
    Object.fromEntries(changed.map((field) => [field, from?.[field] ?? null]));
  return { before: pick(before), after: pick(next) };
}

/**
 * Puts a change that is in the journal into the directory; one that is there already changes nothing. What a person
 * changed here is remembered by field, until head office says the same.
 */
export function applyChange(tx: DirectoryTx, changeId: string, change: DirectoryChange): void {
  const { changes } = tx.prepare('INSERT OR IGNORE INTO change_applied VALUES (?)').run(changeId);
  if (changes === 0) return;
  const { subject, key, after, settles } = change;
  if (change.replaces !== null) replaceNumber(tx, change.replaces, key);
  if (after) put(tx, subject, key, { ...fieldsOf(tx, subject, key), ...after });
  const name = `${subject}/${key}`;
  if (settles?.choice === 'theirs') {
    forget(tx, name, Object.keys(settles.theirs));
  } else if (settles) {
    const decline = tx.prepare('UPDATE local_edit SET declined = ? WHERE subject = ? AND field = ?');
    for (const [field, value] of Object.entries(settles.theirs))
      decline.run(JSON.stringify(value), name, field);
  } else if (after) {
    remember(tx, name, Object.keys(after));
  }
  if (settles) tx.prepare('DELETE FROM conflict WHERE subject = ?').run(name);
}

function remember(tx: DirectoryTx, subject: string, fields: readonly string[]): void {
  const insert = tx.prepare(
    `INSERT INTO local_edit (subject, field) VALUES (?, ?)
     ON CONFLICT (subject, field) DO UPDATE SET declined = NULL`,
  );
  for (const field of fields) insert.run(subject, field);
}

function forget(tx: DirectoryTx, subject: string, fields: readonly string[]): void {
  const drop = tx.prepare('DELETE FROM local_edit WHERE subject = ? AND field = ?');
  for (const field of fields) drop.run(subject, field);
}

function put(tx: DirectoryTx, subject: Subject, key: string, fields: Fields): void {
  if (subject === 'customer') {
    const { language, ...rest } = fields as Omit<CustomerRecord, 'language' | 'customerId'> & {
      language: Locale | null;
    };
    upsertCustomer(tx, { customerId: key, ...rest, ...(language === null ? {} : { language }) });
    tx.prepare('UPDATE customer SET language = ? WHERE customer_id = ?').run(language, key);
    return;
  }
  const meter = fields as unknown as Omit<NewMeter, 'meterNumber' | 'blockedReason'>;
  const blockedReason = findMeter(tx, key)?.blockedReason ?? null;
  const done = upsertMeter(tx, { ...meter, meterNumber: key, blockedReason });
  assert(done.ok, 'a change was checked before it was written');
}

/** A meter that was kept under a wrong number is kept under the right one, its account and block with it. */
function replaceNumber(tx: DirectoryTx, wrong: string, right: string): void {
  const meter = findMeter(tx, wrong);
  if (!meter) return;
  const done = upsertMeter(tx, { ...meter, customerId: meter.customer.customerId, meterNumber: right });
  assert(done.ok, 'a change was checked before it was written');
  tx.prepare('UPDATE OR REPLACE meter_account SET pan = ? WHERE pan = ?').run(right, wrong);
  tx.prepare('DELETE FROM meter WHERE pan = ?').run(wrong);
  remember(tx, `meter/${wrong}`, ['meterNumber']);
}

/** What head office says of a customer: taken, but for fields that were changed here, which wait for a person. */
export function takeCustomer(tx: DirectoryTx, customer: CustomerRecord, packageNumber: number | null): void {
  const { customerId, language, ...rest } = customer;
  const theirs: Fields = language === undefined ? rest : { ...rest, language };
  const kept = weigh(tx, `customer/${customerId}`, theirs, packageNumber, () =>
    fieldsOf(tx, 'customer', customerId),
  );
  if (kept) put(tx, 'customer', customerId, { ...fieldsOf(tx, 'customer', customerId), ...theirs, ...kept });
  else upsertCustomer(tx, customer);
}

/** What head office says of a meter, in the same way. Refuses what `upsertMeter` refuses. */
export function takeMeter(
  tx: DirectoryTx,
  meter: NewMeter,
  pan: string,
  packageNumber: number | null,
): Result<string, NewMeterError> {
  const { keypadSerial: _serial, keypadModel: _model, ...told } = meterFields(meter);
  const { keypadSerial, keypadModel } = meter;
  const theirs: Fields = {
    ...told,
    ...(keypadSerial === undefined ? {} : { keypadSerial }),
    ...(keypadModel === undefined ? {} : { keypadModel }),
  };
  const renumbered = isEdited(tx, `meter/${pan}`, 'meterNumber');
  if (renumbered) {
    weigh(tx, `meter/${pan}`, { ...theirs, meterNumber: pan }, packageNumber, () => ({}));
    return ok(pan);
  }
  const kept = weigh(tx, `meter/${pan}`, theirs, packageNumber, () => fieldsOf(tx, 'meter', pan));
  return upsertMeter(tx, { ...meter, ...(kept as Partial<NewMeter> | undefined) });
}

function isEdited(tx: DirectoryTx, subject: string, field: string): boolean {
  return (
    tx.prepare('SELECT 1 FROM local_edit WHERE subject = ? AND field = ?').get(subject, field) !== undefined
  );
}

/**
 * Holds head office's word against what was changed here. The same is agreed on; another one that was declined
 * before stays declined; the rest is a conflict. Returns the fields that stay as they are here, undefined where
 * nothing was changed here.
 */
function weigh(
  tx: DirectoryTx,
  subject: string,
  theirs: Fields,
  packageNumber: number | null,
  ours: () => Fields | undefined,
): Fields | undefined {
  const edits = tx
    .prepare('SELECT field, declined FROM local_edit WHERE subject = ?')
    .all<{ field: string; declined: string | null }>(subject);
  if (edits.length === 0) return undefined;
  const here = ours() ?? {};
  const kept: Fields = {};
  const disputed: Fields = {};
  for (const { field, declined } of edits) {
    const told = theirs[field];
    if (told === undefined) continue;
    if (told === here[field]) forget(tx, subject, [field]);
    else {
      if (field in here) kept[field] = here[field] ?? null;
      if (declined !== JSON.stringify(told)) disputed[field] = told;
    }
  }
  // A meter that comes back under its wrong number brings all that is said of it.
  const asked = 'meterNumber' in disputed ? theirs : disputed;
  if (Object.keys(disputed).length === 0) {
    tx.prepare('DELETE FROM conflict WHERE subject = ?').run(subject);
  } else {
    tx.prepare(
      `INSERT INTO conflict (subject, package_number, theirs) VALUES (?, ?, ?)
       ON CONFLICT (subject) DO UPDATE SET package_number = excluded.package_number, theirs = excluded.theirs`,
    ).run(subject, packageNumber, JSON.stringify(asked));
  }
  return kept;
}

/** Head office's word against ours about one customer or meter. */
export type Conflict = {
  readonly subject: Subject;
  /** The customer's id, or the meter's 18 digits. */
  readonly key: string;
  /** The package that brought it; null for a file of customers. */
  readonly packageNumber: number | null;
  readonly theirs: Fields;
};

type ConflictRow = { subject: string; package_number: number | null; theirs: string };

function conflictOf(row: ConflictRow): Conflict {
  const [subject = '', ...key] = row.subject.split('/');
  return {
    subject: subject === 'customer' ? 'customer' : 'meter',
    key: key.join('/'),
    packageNumber: row.package_number,
    theirs: JSON.parse(row.theirs) as Fields,
  };
}

/** What waits for a person, oldest first; at most `most`. */
export function listConflicts(db: DirectoryReader, most: number): readonly Conflict[] {
  return db
    .prepare('SELECT subject, package_number, theirs FROM conflict ORDER BY conflict_row LIMIT ?')
    .all<ConflictRow>(most)
    .map(conflictOf);
}

/** The conflict about one customer or meter, or undefined. */
export function findConflict(db: DirectoryReader, subject: Subject, key: string): Conflict | undefined {
  const row = db
    .prepare('SELECT subject, package_number, theirs FROM conflict WHERE subject = ?')
    .get<ConflictRow>(`${subject}/${key}`);
  return row && conflictOf(row);
}

/** How many conflicts wait. */
export function countConflicts(db: DirectoryReader): number {
  return db.prepare('SELECT count(*) AS n FROM conflict').get<{ n: number }>()?.n ?? 0;
}
