import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PERSONAL_FILES, type PackageLine } from '../../../src/batch/index.ts';
import type { Session } from '../../../src/contract/index.ts';
import type { Till } from '../../../src/fleet/till.ts';
import {
  findBatches,
  forgetPersonal,
  importFolder,
  publish,
  takePersonal,
} from '../../../src/headoffice/index.ts';
import { countRows, enrolledTill, MORNING, openOffice, withRole, type Clock, type Office } from './office.ts';

let office: Office;
let till: Till;
let session: Session;
const clock: Clock = { now: MORNING };
const ID = 'training-100201';
const THANDI = {
  name: 'Thandi Nkosi',
  account: '100201',
  phone: '0723',
  address: '12 Acacia St',
  language: '',
};

beforeAll(async () => {
  office = await openOffice();
  till = await enrolledTill(office, 'P9', clock);
  session = till.station.newSession();
  session.operator = { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' };
}, 180_000);

afterAll(async () => {
  await till.station.close();
  await office.close();
});

const up = (): string => path.join(office.exchange, 'P9', 'up');
const personalFiles = (): string[] =>
  readdirSync(up()).filter((name) => name.endsWith(PERSONAL_FILES.values));
async function correct(phone: string): Promise<void> {
  clock.now += 60_000;
  const done = await till.station.handlers['customers.putCustomer'](
    { requestId: till.station.newId(), customerId: ID, texts: { ...THANDI, phone } },
    session,
  );
  expect(done.ok).toBe(true);
}

it('sends a correction’s values beside the batch, in a signed file of their own', async () => {
  await correct('0723');
  await till.station.exchange.visitNow();
  const [name = ''] = personalFiles();
  const file = path.join(up(), name);
  const told = readFileSync(file);
  const batch = name.replace(PERSONAL_FILES.values, '.ndjson.gz');
  expect(existsSync(path.join(up(), batch))).toBe(true);
  // A value that the chain’s digest does not fit, and one that nobody signed, stay where they lie.
  writeFileSync(file, told.toString().replace('0723', '0724'));
  await office.import();
  expect(await countRows(office, 'personal_change')).toBe(0);
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, told);
  await takePersonal(office.options);
  const rows = await office.database.use((db) => db.query('SELECT change FROM personal_change'));
  expect(rows).toMatchObject([{ change: { key: ID, after: { phone: '0723' } } }]);
  expect(personalFiles()).toEqual([]);
  const records = await office.database.use((db) =>
    db.query<{ detail: string }>("SELECT detail FROM record WHERE kind = 'customer-changed'"),
  );
  expect(records).toHaveLength(1);
  expect(records[0]?.detail).not.toContain('0723');
});

it('forgets them by a rule of its own, and keeps the records', async () => {
  expect(await forgetPersonal(office.database, 1)).toBe(0);
  await office.database.use((db) => db.query('RESET ROLE'));
  await office.database.use((db) =>
    db.query("UPDATE personal_change SET received_at = received_at - interval '2 months'"),
  );
  await office.database.use((db) => db.query('SET ROLE headoffice_import'));
  expect(await forgetPersonal(office.database, 1)).toBe(1);
  expect(await countRows(office, 'personal_change')).toBe(0);
  expect(await countRows(office, "record WHERE kind = 'customer-changed'")).toBe(1);
});

it('asks a person when head office says something else than was corrected here', async () => {
  const line: PackageLine = {
    kind: 'customer',
    customerId: ID,
    name: 'Thandi Nkosi',
    account: '100201',
    phone: '0790',
    address: '12 Acacia St',
  };
  const request = { full: false, tokenTimes: false, lost: false, effectiveFromUnixMs: clock.now };
  const sent = await withRole(office, (database) =>
    publish(database, office.options.office, office.exchange, {
      station: 'P9',
      lines: [line],
      nowUnixMs: clock.now,
      ...request,
    }),
  );
  expect(sent.ok).toBe(true);
  await till.station.exchange.visitNow();
  const { handlers } = till.station;
  expect(await handlers['customers.conflicts']({}, session)).toMatchObject({
    value: { total: 1, conflicts: [{ packageNumber: 1, fields: [{ ours: '0723', theirs: '0790' }] }] },
  });
  const entry = await handlers['customers.entry']({ by: 'customerId', key: ID }, session);
  expect(entry).toMatchObject({ value: { customer: { phone: '0723' } } });
});

it('takes them from a stick too, where batches are imported by their names', async () => {
  await correct('0755');
  await till.station.exchange.visitNow();
  const stick = path.join(office.folder, 'stick');
  mkdirSync(stick);
  for (const name of readdirSync(up())) renameSync(path.join(up(), name), path.join(stick, name));
  const before = await countRows(office, 'personal_change');
  const outcomes = await importFolder({ ...office.options, batches: findBatches(stick) });
  expect(new Set(outcomes.map(({ verdict }) => verdict))).toEqual(new Set(['accepted']));
  expect(await countRows(office, 'personal_change')).toBe(before + 1);
  expect(readdirSync(stick).filter((name) => name.endsWith(PERSONAL_FILES.values))).toEqual([]);
});
