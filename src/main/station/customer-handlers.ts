import { randomBytes } from 'node:crypto';
import {
  refuse,
  type CallFault,
  type ConflictView,
  type CustomerEntry,
  type Handlers,
  type Session,
} from '../../contract/index.ts';
import type { DirectoryChange, Fields } from '../../batch/index.ts';
import { ok, type Result } from '../../units/index.ts';
import {
  changedFields,
  countConflicts,
  customerFields,
  fieldsOf,
  findConflict,
  findCustomer,
  findMeter,
  listConflicts,
  listTariffVersions,
  meterFields,
  meterTextsOf,
  readCustomerTexts,
  readMeterTexts,
  type Conflict,
} from '../directory/index.ts';
import { isMeterSold, writeDirectoryChange, type DirectoryChangeKind } from '../ledger/index.ts';
import { StorageError } from '../store/index.ts';
import { applyOpenChanges } from './apply-changes.ts';
import type { HandlerDeps } from './handlers.ts';
import { stored } from './requests.ts';
import { momentOf } from './shift-handlers.ts';

type Part = { [Name in keyof Handlers as Name extends `customers.${string}` ? Name : never]: Handlers[Name] };
type Wanted = Result<
  { readonly kind: DirectoryChangeKind; readonly change: DirectoryChange } | null,
  CallFault
>;

/** How many differences are shown at once. */
const MOST_CONFLICTS = 100;

/** Customers and meters corrected at the counter: the journal first, then the directory. */
export function customerHandlers(deps: HandlerDeps): Part {
  const { directory } = deps;
  return {
    'customers.entry': async ({ by, key }) => {
      const customerId = by === 'pan' ? findMeter(directory, key)?.customer.customerId : key;
      return entryOf(deps, customerId ?? '');
    },
    'customers.putCustomer': async ({ requestId, customerId, texts }, session) => {
      const read = readCustomerTexts(texts);
      if (!read.ok) return fieldFault(read.error);
      // A repeated request finds the customer that it made under its own id.
      const key = customerId ?? requestId;
      const done = change(deps, session, requestId, () =>
        customerChange(deps, key, customerId === null, customerFields(read.value)),
      );
      return done.ok ? entryOf(deps, key) : done;
    },
    'customers.putMeter': async ({ requestId, pan, customerId, texts }, session) => {
      const read = readMeterTexts(texts);
      if (!read.ok) return fieldFault(read.error);
      const { meterNumber } = read.value;
      const fields = meterFields({ ...read.value, customerId, blockedReason: null });
      const done = change(deps, session, requestId, () => meterChange(deps, pan, meterNumber, fields));
      return done.ok ? entryOf(deps, customerId) : done;
    },
    'customers.conflicts': async () =>
      ok({
        conflicts: listConflicts(directory, MOST_CONFLICTS).map((each) => conflictView(deps, each)),
        total: countConflicts(directory),
      }),
    'customers.settle': async ({ requestId, subject, key, choice }, session) => {
      const done = change(deps, session, requestId, () => settling(deps, subject, key, choice));
      return done.ok ? ok({}) : done;
    },
  };
}

/** The form's field and the reason, as words of the catalogue: `meter_number`, `meterNumberCheckDigit`. */
function fieldFault({ column, reason }: { readonly column: string; readonly reason: string }) {
  const word = reason.replace(/-(.)/gu, (_dash, letter: string) => letter.toUpperCase());
  return refuse('entry-field', { field: column, reason: word });
}

function entryOf({ directory }: HandlerDeps, customerId: string): Result<CustomerEntry, CallFault> {
  const found = findCustomer(directory, customerId);
  if (!found) return refuse('customer-unknown');
  const meters = found.pans.flatMap((pan) => {
    const meter = findMeter(directory, pan);
    return meter ? [{ pan, texts: meterTextsOf(meter), blockedReason: meter.blockedReason }] : [];
  });
  return ok({ customer: found.customer, meters });
}

/** Writes what is wanted into the journal, once for each request, then puts it into the directory. */
function change(
  deps: HandlerDeps,
  session: Session,
  requestId: string,
  wanted: () => Wanted,
): Result<null, CallFault> {
  const { ledger, directory } = deps;
  const moment = momentOf(deps, session);
  const written = stored(ledger, requestId, 'customers', (tx): Result<null, CallFault> => {
    const due = wanted();
    if (!due.ok) return due;
    if (!due.value) return ok(null);
    const kept = { changeId: requestId, kind: due.value.kind, salt: randomBytes(16) };
    writeDirectoryChange(tx, moment, kept, due.value.change);
    return ok(null);
  });
  if (!written.ok) return written;
  try {
    applyOpenChanges(ledger, directory);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return refuse('storage-failed', { reason: error.sqliteCode }, 'after-recovery');
  }
  deps.tell('status-changed');
  return ok(null);
}

function customerChange({ directory }: HandlerDeps, key: string, isNew: boolean, fields: Fields): Wanted {
  const known = fieldsOf(directory, 'customer', key);
  if (!known && !isNew) return refuse('customer-unknown');
  const { before, after } = changedFields(known, fields);
  if (Object.keys(after).length === 0) return ok(null);
  const common = { subject: 'customer', key, replaces: null, after, settles: null } as const;
  return ok(
    known
      ? { kind: 'customer-changed', change: { ...common, before } }
      : { kind: 'customer-added', change: { ...common, before: null } },
  );
}

function meterChange(deps: HandlerDeps, pan: string | null, number: string, fields: Fields): Wanted {
  const { directory, ledger } = deps;
  const { customerId, tariffId } = fields;
  if (!findCustomer(directory, String(customerId))) return refuse('customer-unknown');
  if (!listTariffVersions(directory).some((version) => version.tariffId === tariffId))
    return refuse('entry-tariff', { tariff: String(tariffId) });
  const known = pan === null ? undefined : fieldsOf(directory, 'meter', pan);
  if (pan !== null && !known) return refuse('meter-unknown', { meter: pan });
  const renumbered = pan !== null && pan !== number;
  const taken = (pan === null || renumbered) && findMeter(directory, number);
  if (taken) return refuse('meter-exists', { meter: taken.meterNumber });
  if (renumbered && isMeterSold(ledger, pan)) return refuse('meter-has-sales');
  const { before, after } = changedFields(known, fields);
  if (Object.keys(after).length === 0 && !renumbered) return ok(null);
  const replaces = renumbered ? pan : null;
  const common = { subject: 'meter', key: number, replaces, after, settles: null } as const;
  if (!known) return ok({ kind: 'meter-added', change: { ...common, before: null } });
  const moved = 'customerId' in after ? 'meter-moved' : 'meter-changed';
  return ok({ kind: renumbered ? 'meter-renumbered' : moved, change: { ...common, before } });
}

/** A person's answer to a difference: ours stays, or theirs is taken like any other change. */
function settling(
  { directory }: HandlerDeps,
  subject: DirectoryChange['subject'],
  key: string,
  choice: 'ours' | 'theirs',
): Wanted {
  const conflict = findConflict(directory, subject, key);
  if (!conflict) return refuse('conflict-gone');
  const { meterNumber: _number, ...theirs } = conflict.theirs;
  const settles = { choice, theirs: conflict.theirs };
  const common = { subject, key, replaces: null, settles } as const;
  if (choice === 'ours')
    return ok({ kind: 'conflict-settled', change: { ...common, before: null, after: null } });
  const { customerId } = theirs;
  if (typeof customerId === 'string' && !findCustomer(directory, customerId))
    return refuse('customer-unknown');
  const { before, after } = changedFields(fieldsOf(directory, subject, key), theirs);
  return ok({ kind: 'conflict-settled', change: { ...common, before, after } });
}

function conflictView({ directory }: HandlerDeps, conflict: Conflict): ConflictView {
  const { subject, key, packageNumber, theirs } = conflict;
  const meter = subject === 'meter' ? findMeter(directory, key) : undefined;
  const customer = meter?.customer ?? findCustomer(directory, key)?.customer;
  const here = fieldsOf(directory, subject, key) ?? {};
  return {
    subject,
    key,
    name: customer?.name ?? '',
    meterNumber: subject === 'meter' ? (meter?.meterNumber ?? key) : null,
    packageNumber,
    fields: Object.entries(theirs).map(([field, value]) => ({
      // As the columns of a file are called.
      field: field.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`),
      ours: String(here[field] ?? ''),
      theirs: String(value ?? ''),
    })),
  };
}
