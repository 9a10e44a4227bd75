import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintText } from '../../../src/batch/index.ts';
import { buildBatch } from '../../../src/cli/exchange-commands.ts';
import type { CallOutput, Session } from '../../../src/contract/index.ts';
import { makeTill, openTill, type Till } from '../../../src/fleet/till.ts';
import { addStation, keysOf } from '../../../src/headoffice/index.ts';
import { ENROLMENT_FILE } from '../../../src/main/exchange/index.ts';
import { MORNING, openOffice, withRole, type Office } from './office.ts';

/** A station from its first code to a lost key and a restored copy, as an administrator does it at the counter. */

const THANDI = '600727001234567821';
const clock = { now: MORNING };
const ADMIN: Session = { operator: { operatorId: 'a', name: 'Ada', role: 'administrator' } };

let office: Office;
let till: Till;
let folder: string;

const open = async (): Promise<Till> =>
  openTill({
    folder,
    stationId: 'E1',
    exchange: { transport: { kind: 'folder', folder: office.exchange } },
    now: () => clock.now,
    random: (bytes) => randomBytes(bytes),
  });

beforeAll(async () => {
  office = await openOffice();
  folder = path.join(office.folder, 'E1');
  await makeTill({
    folder,
    stationId: 'E1',
    exchange: { transport: { kind: 'folder', folder: office.exchange } },
    now: () => clock.now,
    random: (bytes) => randomBytes(bytes),
  });
  till = await open();
}, 180_000);

afterAll(async () => {
  await till.station.close();
  await office.close();
});

type View = CallOutput<'office.view'>;

async function view(): Promise<View> {
  const seen = await till.station.handlers['office.view']({}, ADMIN);
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value;
}

async function newCode(): Promise<string> {
  const code = await withRole(office, (database) =>
    addStation(database, 'E1', (bytes) => randomBytes(bytes)),
  );
  if (!code.ok) throw new Error(code.error.code);
  return code.value;
}

const ask = (code: string) =>
  till.station.handlers['office.enrol']({ requestId: till.station.newId(), code }, ADMIN);

/** Visits until what lies on either side has gone over: the request, the reply, a batch and its answer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await till.station.exchange.visitNow();
    await office.import();
  }
  await till.station.exchange.visitNow();
}

async function sell(): Promise<void> {
  clock.now += 120_000;
  const sale = await till.sell(THANDI, 1_000);
  if (!sale.ok) throw new Error(sale.error.code);
}

const officeKeys = () =>
  office.database.use(async (session) =>
    (await keysOf(session, 'E1')).map((key) => fingerprintText(key.public_key)),
  );

const verdicts = async (): Promise<readonly string[]> =>
  (
    await office.database.use((session) =>
      session.query<{ epoch: number; number: number }>(
        `SELECT epoch, number FROM batch WHERE station = 'E1' ORDER BY epoch, number`,
      ),
    )
  ).map(({ epoch, number }) => `${epoch}/${number}`);

describe('a station and its head office', () => {
  it('know each other by a one-time code, and show the same fingerprints', async () => {
    expect(await view()).toMatchObject({
      status: { state: 'not-enrolled', again: null },
      officeFingerprint: null,
    });
    for (const wrong of ['', 'ABCD-EFGH-IJKL', 'ABCD-EFGH-IJKL-MNO1', 'ABCD-EFGH-IJKL-MNOP-A'])
      expect(await ask(wrong)).toMatchObject({ error: { code: 'enrolment-code' } });
    expect((await view()).status.state).toBe('not-enrolled');
    // However it was typed.
    const code = (await newCode()).toLowerCase().replaceAll('-', ' '.repeat(12));
    expect(await ask(code)).toMatchObject({ ok: true, value: { status: { state: 'asked' } } });
    await settle();
    const seen = await view();
    expect(seen).toMatchObject({ status: { state: 'enrolled', problem: null }, epoch: 1 });
    expect(await officeKeys()).toEqual([seen.fingerprint]);
    expect(seen.officeFingerprint).toBe(fingerprintText(office.options.office.publicKey));
    await sell();
    await settle();
    expect(await verdicts()).toContain('1/1');
  });

  it('go over to the next key by a batch that the old one signed', async () => {
    const before = (await view()).fingerprint;
    const rotated = await till.station.handlers['office.rotate']({ requestId: till.station.newId() }, ADMIN);
    expect(rotated).toMatchObject({ ok: true, value: { fingerprint: before } });
    const next = rotated.ok ? rotated.value.nextFingerprint : null;
    expect(next).toMatch(/^(?:[0-9a-f]{4} ?){4}$/u);
    await sell();
    await settle();
    expect(await view()).toMatchObject({
      fingerprint: next,
      nextFingerprint: null,
      status: { state: 'enrolled' },
    });
    expect(await officeKeys()).toEqual([next, before]);
    await sell();
    await settle();
    expect((await view()).status).toMatchObject({ waitingBatches: 0, unsentRecords: 0, problem: null });
  });

  it('need no new epoch to enrol once more with the key that took over', async () => {
    expect(await ask(await newCode())).toMatchObject({ ok: true });
    await settle();
    expect(await view()).toMatchObject({ epoch: 1, status: { state: 'enrolled', problem: null } });
  });

  it('go on as they were until head office has answered a new code', async () => {
    const before = await view();
    const held = (await verdicts()).length;
    expect(await ask('ABCD-EFGH-IJKL-MNOP')).toMatchObject({ ok: true });
    await sell();
    await settle();
    expect(await view()).toMatchObject({
      officeFingerprint: before.officeFingerprint,
      status: { state: 'enrolled', asking: true, waitingBatches: 0, unsentRecords: 0 },
    });
    expect((await verdicts()).length).toBe(held + 1);
    expect(await ask(await newCode())).toMatchObject({ value: { status: { asking: true } } });
    await settle();
    expect((await view()).status).toMatchObject({ state: 'enrolled', asking: false, waitingBatches: 0 });
  });

  it('are told apart in the books by who asked for what', async () => {
    const noted = (): readonly { kind: string; operator_id: string | null; detail: string }[] =>
      till.station.ledger
        .prepare(
          `SELECT kind, operator_id, detail FROM record
           WHERE kind IN ('enrolment-asked', 'enrolment-answered', 'next-key-made') ORDER BY record_id`,
        )
        .all();
    const { fingerprint, officeFingerprint } = await view();
    expect(noted().filter(({ kind }) => kind === 'next-key-made')).toMatchObject([
      { operator_id: 'a', detail: JSON.stringify({ fingerprint }) },
    ]);
    expect(noted().slice(-3)).toEqual([
      { kind: 'enrolment-asked', operator_id: 'a', detail: JSON.stringify({ fingerprint }) },
      { kind: 'enrolment-asked', operator_id: 'a', detail: JSON.stringify({ fingerprint }) },
      {
        kind: 'enrolment-answered',
        operator_id: null,
        detail: JSON.stringify({ fingerprint: officeFingerprint }),
      },
    ]);
    // Twice is once.
    const times = noted().length;
    const code = await newCode();
    await ask(code);
    await ask(code);
    expect(noted()).toHaveLength(times + 1);
    await settle();
  });

  it('sign nothing with a key that head office does not know, and go on in a new epoch after a lost one', async () => {
    const lost = (await view()).fingerprint;
    await till.station.close();
    rmSync(path.join(folder, 'station-key.pem'));
    till = await open();
    expect(await view()).toMatchObject({ status: { state: 'not-enrolled', again: 'new-key' } });
    expect((await view()).fingerprint).not.toBe(lost);
    const batches = (): unknown =>
      till.station.ledger.prepare('SELECT count(*) AS n FROM upload_batch').get();
    const before = batches();
    await sell();
    await settle();
    expect(batches()).toEqual(before);
    await till.station.close();
    const said: string[] = [];
    const io = { out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
    expect(await buildBatch(io, { data: folder, profile: 'private', json: true })).toBe(1);
    expect(said.join('\n')).toContain('"code":"not-enrolled"');
    till = await open();
    expect(batches()).toEqual(before);
    expect(await ask(await newCode())).toMatchObject({ ok: true, value: { epoch: 2 } });
    await settle();
    expect(await view()).toMatchObject({
      epoch: 2,
      status: { state: 'enrolled', again: null, problem: null },
    });
    expect((await view()).status).toMatchObject({ waitingBatches: 0, unsentRecords: 0 });
    const own = till.station.ledger.prepare('SELECT count(*) AS n FROM sale').get<{ n: number }>()?.n;
    const [held] = await office.database.use((session) =>
      session.query('SELECT count(*)::integer AS n FROM sale'),
    );
    expect(held).toEqual({ n: own });
  });

  it('say so when the folder is a copy that was restored', async () => {
    await till.station.close();
    // What is in no backup: a restored copy has neither enrolment nor a place in the old epoch.
    rmSync(path.join(folder, ENROLMENT_FILE));
    till = await open();
    expect(await view()).toMatchObject({ status: { state: 'not-enrolled', again: 'restored' } });
    expect(await ask(await newCode())).toMatchObject({ ok: true, value: { epoch: 3 } });
    await sell();
    await settle();
    expect((await view()).status).toMatchObject({ state: 'enrolled', waitingBatches: 0, problem: null });
  });

  it('stand alone without one, and say so', async () => {
    const alone = path.join(office.folder, 'A1');
    const options = {
      folder: alone,
      stationId: 'A1',
      exchange: undefined,
      now: () => clock.now,
      random: (bytes: number) => randomBytes(bytes),
    };
    await makeTill(options);
    const kiosk = await openTill(options);
    const { handlers } = kiosk.station;
    expect(await handlers['office.view']({}, ADMIN)).toMatchObject({
      ok: true,
      value: { status: { state: 'stand-alone' }, place: null },
    });
    const request = { requestId: kiosk.station.newId() };
    const code = 'ABCD-EFGH-IJKL-MNOP';
    for (const done of [
      await handlers['office.enrol']({ ...request, code }, ADMIN),
      await handlers['office.rotate'](request, ADMIN),
      await handlers['office.visit'](request, ADMIN),
    ])
      expect(done).toMatchObject({ ok: false, error: { code: 'stand-alone' } });
    expect((await kiosk.sell(THANDI, 1_000)).ok).toBe(true);
    await kiosk.station.close();
  });

  it('find each other through a folder that is named at the desk', async () => {
    const alone = path.join(office.folder, 'A1');
    const options = { folder: alone, stationId: 'A1', exchange: undefined, now: () => clock.now };
    let kiosk = await openTill({ ...options, random: (bytes) => randomBytes(bytes) });
    const place = (to: string, requestId = kiosk.station.newId()) =>
      kiosk.station.handlers['office.place']({ requestId, folder: to }, ADMIN);
    const noted = (): readonly { kind: string; operator_id: string; detail: string }[] =>
      kiosk.station.ledger
        .prepare("SELECT kind, operator_id, detail FROM record WHERE kind LIKE 'office-place-%'")
        .all();
    const file = path.join(alone, 'station.json');
    const untouched = readFileSync(file, 'utf8');
    for (const [to, reason] of [
      ['exchange', 'relative'],
      [path.join(office.folder, 'no-stick'), 'missing'],
      [file, 'missing'],
      [path.join(file, 'below'), 'missing'],
      // What the system says neither "there" nor "not there" to.
      [path.join(office.folder, 'x'.repeat(300)), 'read-only'],
      [path.join(office.folder, 'a\0b'), 'read-only'],
    ])
      expect(await place(to ?? '')).toMatchObject({ error: { code: 'folder-exchange', params: { reason } } });
    expect(noted()).toEqual([]);
    // A settings file that can't be written leaves all as it was, and the journal says so.
    mkdirSync(`${file}.new`);
    const first = kiosk.station.newId();
    expect(await place(office.exchange, first)).toMatchObject({ error: { code: 'settings-not-kept' } });
    rmdirSync(`${file}.new`);
    expect(readFileSync(file, 'utf8')).toBe(untouched);
    expect(kiosk.station.exchange.status().state).toBe('stand-alone');
    expect(noted().map(({ kind }) => kind)).toEqual(['office-place-changed', 'office-place-not-kept']);

    expect(await place(office.exchange, first)).toMatchObject({
      ok: true,
      value: { place: office.exchange, status: { state: 'not-enrolled' } },
    });
    expect(noted()).toHaveLength(3);
    expect(noted().at(-1)).toMatchObject({
      kind: 'office-place-changed',
      operator_id: 'a',
      detail: JSON.stringify({ to: office.exchange, from: null }),
    });
    const code = await withRole(office, (database) =>
      addStation(database, 'A1', (bytes) => randomBytes(bytes)),
    );
    if (!code.ok) throw new Error(code.error.code);
    await kiosk.station.handlers['office.enrol'](
      { requestId: kiosk.station.newId(), code: code.value },
      ADMIN,
    );
    for (let turn = 0; turn < 3; turn += 1) {
      await kiosk.station.exchange.visitNow();
      await office.import();
    }
    await kiosk.station.exchange.visitNow();
    expect(kiosk.station.exchange.status()).toMatchObject({ state: 'enrolled', waitingBatches: 0 });
    // What head office has not answered goes to another folder at once.
    expect((await kiosk.sell(THANDI, 1_000)).ok).toBe(true);
    await kiosk.station.exchange.visitNow();
    const unanswered = readdirSync(path.join(office.exchange, 'A1', 'up')).filter((name) =>
      name.startsWith('A1-'),
    );
    expect(unanswered).toHaveLength(3);
    // Another folder, then the first request again: it does not undo the newer one.
    const other = path.join(office.folder, 'other-stick');
    mkdirSync(other);
    expect(await place(other)).toMatchObject({ ok: true, value: { place: other } });
    await expect
      .poll(() => readdirSync(path.join(other, 'A1', 'up')), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(unanswered));
    expect(await place(office.exchange, first)).toMatchObject({ ok: true, value: { place: other } });
    await kiosk.station.close();
    kiosk = await openTill({ ...options, random: (bytes) => randomBytes(bytes) });
    expect(await kiosk.station.handlers['office.view']({}, ADMIN)).toMatchObject({ value: { place: other } });
    await kiosk.station.close();
    // No folder that is typed replaces a server with its keys.
    const transport = {
      kind: 'sftp',
      host: '127.0.0.1',
      port: 9,
      user: 'a1',
      keyFile: path.join(alone, 'no-key'),
      hostKey: 'A'.repeat(43),
      folder: '/a1',
    };
    const kept: object = JSON.parse(readFileSync(file, 'utf8'));
    const withServer = JSON.stringify({ ...kept, headOffice: { transport } });
    writeFileSync(file, withServer);
    kiosk = await openTill({ ...options, random: (bytes) => randomBytes(bytes) });
    expect(await place(office.exchange)).toMatchObject({
      error: { code: 'folder-exchange', params: { reason: 'server' } },
    });
    expect(await place(other, first)).toMatchObject({ ok: true });
    expect(readFileSync(file, 'utf8')).toBe(withServer);
    await kiosk.station.close();
  });
});
