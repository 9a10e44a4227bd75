import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACK_FILES, ackShape, BATCH_FILES, batchName, sealAck } from '../../../src/batch/index.ts';
import { batchOfFile, findBatches, importFolder } from '../../../src/headoffice/index.ts';
import { verifyFiles } from '../../../src/headoffice/verify-files.ts';
import type { Till } from '../../../src/fleet/till.ts';
import { parseMeterNumber } from '../../../src/sts/index.ts';
import { countRows, enrolledTill, MORNING, openOffice, withRole, type Clock, type Office } from './office.ts';

function panOf(meterNumber: string): string {
  const parsed = parseMeterNumber(meterNumber);
  if (!parsed.ok) throw new Error(parsed.error.code);
  return parsed.value.pan;
}

const THANDI = '600727001234567821';
const LINDIWE = panOf('00763972502');

let office: Office;
let till: Till;
const clock: Clock = { now: MORNING };

beforeAll(async () => {
  office = await openOffice();
  till = await enrolledTill(office, 'T1', clock);
}, 120_000);

afterAll(async () => {
  await till.station.close();
  await office.close();
});

async function sellFor(amountMinor: number, pan = THANDI): Promise<void> {
  clock.now += 120_000;
  const sale = await till.sell(pan, amountMinor);
  if (!sale.ok) throw new Error(`${sale.error.code} ${JSON.stringify(sale.error.params)}`);
}

describe('sales on their way to head office', () => {
  it('arrive to the cent and the token, and are acknowledged', async () => {
    await sellFor(10_000);
    await sellFor(2_550);
    const visited = await till.station.exchange.visitNow();
    expect(visited).toMatchObject({ ok: true, value: { sent: 1 } });
    expect(till.station.exchange.status()).toMatchObject({
      state: 'sent',
      waitingBatches: 1,
      unsentRecords: 0,
    });
    const [outcome] = await office.import();
    expect(outcome).toMatchObject({ verdict: 'accepted', reasons: [] });
    const second = await till.station.exchange.visitNow();
    expect(second).toMatchObject({
      ok: true,
      value: { sent: 0, answers: [{ verdict: 'accepted', number: 1 }] },
    });
    expect(till.station.exchange.status()).toMatchObject({
      state: 'enrolled',
      waitingBatches: 0,
      problem: null,
    });
    const [sums] = await office.database.use((session) =>
      session.query(
        `SELECT (SELECT sum(amount_minor)::bigint FROM sale) AS sold, (SELECT count(*)::integer FROM token) AS tokens,
           (SELECT sum(CASE WHEN debit_account = 'cash-drawer' THEN amount_minor ELSE 0 END)::bigint FROM transfer) AS cash`,
      ),
    );
    expect(sums).toEqual({ sold: 12_550, tokens: 2, cash: 12_550 });
    const held = till.station.ledger.prepare('SELECT count(*) AS count FROM record').get<{ count: number }>();
    expect(await countRows(office, 'record')).toBe(held?.count);
  });

  it('arrive once when they are sent again, and the answer comes again', async () => {
    await sellFor(5_000);
    await till.station.exchange.visitNow();
    await office.import();
    const before = await countRows(office, 'record');
    const resent = await till.station.exchange.visitNow(true);
    expect(resent.ok).toBe(true);
    await office.import();
    expect(await countRows(office, 'record')).toBe(before);
  });

  it('wait where a batch before them is missing, and go on when it has come', async () => {
    await till.station.exchange.visitNow();
    await sellFor(1_000, LINDIWE);
    await till.station.exchange.visitNow();
    const up = path.join(office.exchange, 'T1', 'up');
    const aside = path.join(office.folder, 'aside');
    mkdirSync(aside);
    for (const name of readdirSync(up)) renameSync(path.join(up, name), path.join(aside, name));
    await sellFor(2_000, LINDIWE);
    await till.station.exchange.visitNow();
    expect(await office.import()).toMatchObject([{ verdict: 'gap', batch: { number: 4 } }]);
    const told = await till.station.exchange.visitNow();
    expect(told).toMatchObject({
      value: { answers: [{ verdict: 'gap', number: 4, expected: { number: 3 } }] },
    });
    expect(till.station.exchange.status().problem).toBe('ack-gap');
    const session = { operator: { operatorId: 'a', name: 'Ada', role: 'administrator' } } as const;
    const seen = await till.station.handlers['office.view']({}, { ...session });
    expect(seen.ok && seen.value.refused).toEqual([
      {
        batch: '1/4',
        code: 'ack-gap',
        reasons: [{ where: 'number', code: 'number-gap', reason: 'expected 3' }],
      },
    ]);
    for (const name of readdirSync(aside)) renameSync(path.join(aside, name), path.join(up, name));
    // The parked one goes in behind the missing one; that the station had sent it once more changes nothing.
    const taken = (await office.import()).map(({ verdict, batch }) => `${batch.number} ${verdict}`);
    expect(taken).toEqual(['3 accepted', '4 accepted', '4 duplicate']);
    await till.station.exchange.visitNow();
    expect(till.station.exchange.status()).toMatchObject({ waitingBatches: 0, problem: null });
  });

  it('are settled by no answer to another batch, however it is named', async () => {
    const down = path.join(office.exchange, 'T1', 'down');
    const kept = path.join(office.folder, 'kept');
    await sellFor(3_000, LINDIWE);
    await till.station.exchange.visitNow();
    await office.import();
    cpSync(down, kept, { recursive: true });
    await till.station.exchange.visitNow();
    await sellFor(4_000, LINDIWE);
    await till.station.exchange.visitNow();
    expect(till.station.exchange.status()).toMatchObject({ state: 'sent', waitingBatches: 1 });
    const answers = (): unknown =>
      till.station.ledger.prepare("SELECT * FROM upload_event WHERE event = 'answered'").all();
    const before = answers();
    const open = till.station.ledger
      .prepare(
        'SELECT epoch, number, manifest_sha256 AS digest FROM upload_batch ORDER BY batch_id DESC LIMIT 1',
      )
      .get<{ epoch: number; number: number; digest: string }>();
    if (!open) throw new Error('no batch is open');
    const name = (number: number): string => batchName({ station: 'T1', epoch: open.epoch, number });
    for (const ending of Object.values(ACK_FILES)) {
      const old = readFileSync(path.join(kept, name(open.number - 1) + ending));
      for (const number of [open.number - 1, open.number])
        writeFileSync(path.join(down, name(number) + ending), old);
    }
    expect(await till.station.exchange.visitNow()).toMatchObject({ ok: true, value: { answers: [] } });
    // Signed by head office as well, but for other bytes under this batch's number, or for another station.
    const first = ackShape.parse(
      JSON.parse(readFileSync(path.join(kept, name(open.number - 1) + ACK_FILES.manifest), 'utf8')),
    );
    for (const change of [{}, { manifest: open.digest, station: 'T2' }]) {
      const sealed = sealAck({ ...first, number: open.number, ...change }, office.options.office);
      writeFileSync(path.join(down, name(open.number) + ACK_FILES.signature), sealed.signature);
      writeFileSync(path.join(down, name(open.number) + ACK_FILES.manifest), sealed.manifest);
      expect(await till.station.exchange.visitNow()).toMatchObject({ ok: true, value: { answers: [] } });
    }
    expect(answers()).toEqual(before);
    expect(till.station.exchange.status()).toMatchObject({ state: 'sent', waitingBatches: 1 });
    await office.import();
    await till.station.exchange.visitNow();
    expect(till.station.exchange.status()).toMatchObject({ waitingBatches: 0, problem: null });
  });

  it('are not sent again because an old answer is played back', async () => {
    const { exchange, ledger } = till.station;
    const down = path.join(office.exchange, 'T1', 'down');
    const [up, held] = [path.join(office.exchange, 'T1', 'up'), path.join(office.folder, 'held')];
    const answersIn = (folder: string): string[] =>
      readdirSync(folder).filter((name) => Object.values(ACK_FILES).some((ending) => name.endsWith(ending)));
    await sellFor(1_500, LINDIWE);
    await exchange.visitNow();
    mkdirSync(held);
    for (const name of readdirSync(up)) renameSync(path.join(up, name), path.join(held, name));
    await sellFor(1_600, LINDIWE);
    await exchange.visitNow();
    expect((await office.import()).map(({ verdict }) => verdict)).toEqual(['gap']);
    const old = path.join(office.folder, 'old-gap');
    cpSync(down, old, { recursive: true });
    // The refusal is taken once, and both batches go out again because of it.
    expect(await exchange.visitNow()).toMatchObject({ value: { answers: [{ verdict: 'gap' }], sent: 1 } });
    const events = (): unknown => ledger.prepare('SELECT count(*) AS n FROM upload_event').get();
    const before = events();
    for (let time = 0; time < 3; time += 1) {
      expect(answersIn(old).length).toBe(2);
      cpSync(old, down, { recursive: true });
      expect(await exchange.visitNow()).toMatchObject({ value: { answers: [], sent: 0 } });
      expect(answersIn(down)).toEqual([]);
    }
    expect(events()).toEqual(before);
    expect(exchange.status()).toMatchObject({ state: 'sent', waitingBatches: 2 });
    for (const name of readdirSync(held)) renameSync(path.join(held, name), path.join(up, name));
    await office.import();
    await exchange.visitNow();
    expect(exchange.status()).toMatchObject({ waitingBatches: 0, problem: null });
  });

  it('can be looked at before they are taken, as CSV too', async () => {
    await sellFor(2_300);
    await till.station.exchange.visitNow();
    const [batch] = findBatches(path.join(office.exchange, 'T1', 'up'));
    const to = path.join(office.folder, 'csv');
    const look = () =>
      withRole(
        office,
        (database) => verifyFiles({ database }, [`${batch?.base}${BATCH_FILES.manifest}`], to),
        'headoffice_read',
      );
    const rows = await countRows(office, 'record');
    const name = path.basename(batch?.base ?? '');
    expect(await look()).toMatchObject({ good: true, lines: [expect.stringContaining(`${name}  good`)] });
    expect(await countRows(office, 'record')).toBe(rows);
    const own = till.station.ledger.prepare('SELECT digits FROM token ORDER BY row_id DESC LIMIT 1').get();
    const [head, ...lines] = readFileSync(path.join(to, name, 'token.csv'), 'utf8')
      .trim()
      .split('\r\n');
    const at = head?.split(',').indexOf('digits') ?? -1;
    expect(lines.at(-1)?.split(',')[at]).toBe((own as { digits: string }).digits);
    rmSync(`${batch?.base}${BATCH_FILES.payload}`);
    expect(await look()).toEqual({ good: false, lines: [`${name}  incomplete`] });
    await till.station.exchange.visitNow(true);
    await office.import();
    await till.station.exchange.visitNow();
  });

  it('are taken by the names of their files too, wherever they lie', async () => {
    const { exchange } = till.station;
    await sellFor(2_100, LINDIWE);
    await exchange.visitNow();
    const [up, stick] = [path.join(office.exchange, 'T1', 'up'), path.join(office.folder, 'stick')];
    mkdirSync(stick);
    for (const name of readdirSync(up)) renameSync(path.join(up, name), path.join(stick, name));
    expect(await office.import()).toEqual([]);
    const batches = readdirSync(stick).flatMap((name) => batchOfFile(path.join(stick, name)) ?? []);
    // Each of its three files names the batch.
    expect(new Set(batches.map(({ base }) => base)).size).toBe(1);
    const outcomes = await importFolder({ ...office.options, batches: batches.slice(0, 1) });
    expect(outcomes).toMatchObject([{ verdict: 'accepted', batch: { station: 'T1' } }]);
    await exchange.visitNow();
    expect(exchange.status()).toMatchObject({ waitingBatches: 0, problem: null });
    expect(batchOfFile(path.join(stick, 'notes.txt'))).toBeUndefined();
  });
});
