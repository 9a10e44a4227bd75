import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printJobShape, type Session } from '../../src/contract/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';

/** A closed shift of one sale at a station, and what its calls can and can't do afterwards. */

let folder: string;
let station: Station;
let cashier: Session;
let chief: Session;
let shiftId: string;
let saleId: string;
let nowUnixMs = Date.UTC(2026, 10, 23, 6);

const cash = (quantity: number): { denominationMinor: number; quantity: number }[] => [
  { denominationMinor: 1_000, quantity },
];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-calls-'));
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    now: () => (nowUnixMs += 1_000),
    random: (bytes) => randomBytes(bytes),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  const { handlers } = station;
  cashier = station.newSession();
  chief = station.newSession();
  await handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, cashier);
  await handlers['operators.signIn']({ name: 'Joseph', pin: '4321' }, chief);
  const shift = await handlers['shift.open'](
    { requestId: station.newId(), drawer: '1', float: cash(5) },
    cashier,
  );
  if (!shift.ok) throw new Error(shift.error.code);
  ({ shiftId } = shift.value);
  // A customer who reads French, at a station that speaks English.
  const found = await handlers['directory.search']({ text: 'Guessan' }, cashier);
  const pan = found.ok ? (found.value.hits[0]?.pan ?? '') : '';
  const quote = await handlers['sale.quote']({ pan, amountMinor: 10_000 }, cashier);
  if (!quote.ok) throw new Error(quote.error.code);
  const sale = await handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor: 10_000,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: 10_000 },
    },
    cashier,
  );
  if (!sale.ok) throw new Error(sale.error.code);
  ({ saleId } = sale.value);
  const id = (): { requestId: string } => ({ requestId: station.newId() });
  await handlers['shift.end']({ ...id(), shiftId, reason: null }, cashier);
  await handlers['shift.count']({ ...id(), shiftId, count: { cash: cash(14), slips: [] } }, cashier);
  const closed = await handlers['shift.close']({ ...id(), shiftId }, cashier);
  if (!closed.ok) throw new Error(closed.error.code);
}, 120_000);

afterAll(async () => {
  await station.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The newest slip with these words on it, as it was stored. */
const paperOf = (words: string): string =>
  station.ledger
    .prepare('SELECT document FROM receipt WHERE instr(document, ?) > 0 ORDER BY receipt_row DESC')
    .get<{ document: string }>(words)?.document ?? '';

const kept = (): unknown[] => station.ledger.prepare('SELECT * FROM cycle_end').all();

describe('the Z of a closed shift', () => {
  it('says what was expected, counted and short', async () => {
    const z = await station.handlers['shift.z']({ number: 1 }, chief);
    expect(z).toMatchObject({
      ok: true,
      // 50 float and 100 for the sale; 140 counted.
      value: { variances: [{ expectedMinor: 15_000, countedMinor: 14_000, varianceMinor: -1_000 }] },
    });
  });

  it('is changed by no call that could touch its shift', { timeout: 120_000 }, async () => {
    const { handlers } = station;
    const before = [kept(), await handlers['shift.z']({ number: 1 }, chief)];
    const id = (): { requestId: string } => ({ requestId: station.newId() });
    const count = { cash: cash(15), slips: [] };
    const to = { name: 'Joseph', pin: '4321' };
    const correction = {
      saleId,
      from: 'cash-drawer',
      to: 'card',
      amountMinor: 1_000,
      reason: 'by card',
    } as const;
    for (const session of [cashier, chief]) {
      const refused = [
        await handlers['shift.end']({ ...id(), shiftId, reason: 'once more' }, session),
        await handlers['shift.count']({ ...id(), shiftId, count }, session),
        await handlers['shift.close']({ ...id(), shiftId }, session),
        await handlers['shift.handOver']({ ...id(), shiftId, count, to }, session),
        await handlers['correction.tender']({ ...id(), ...correction }, session),
      ];
      expect(refused.map(({ ok }) => ok)).toEqual([false, false, false, false, false]);
    }
    // What may happen to the sale afterwards leaves the Z as it was.
    const words = 'the meter was another one';
    const disputed = await handlers['correction.dispute']({ ...id(), saleId, ground: 'meter', words }, chief);
    expect(disputed.ok).toBe(true);
    // The slip is the customer's, and so is its language.
    expect(paperOf('Le compteur serait erroné')).toContain(words);
    expect((await handlers['shift.print']({ ...id(), shiftId }, chief)).ok).toBe(true);
    expect((await handlers['cycle.end']({ ...id(), kind: 'sales' }, chief)).ok).toBe(true);
    expect([kept()[0], await handlers['shift.z']({ number: 1 }, chief)]).toEqual([
      (before[0] as unknown[])[0],
      before[1],
    ]);
  });

  it('is taken along as a PDF, and so are a banking and a report', { timeout: 120_000 }, async () => {
    const { handlers } = station;
    const id = (): { requestId: string } => ({ requestId: station.newId() });
    const text = (reply: { ok: true; value: { file: string } } | { ok: false }): string => {
      if (!reply.ok) throw new Error(JSON.stringify(reply));
      return execFileSync('pdftotext', ['-layout', reply.value.file, '-'], { encoding: 'utf8' });
    };
    expect(text(await handlers['shift.pdf']({ ...id(), shiftId }, chief))).toMatch(
      /Z report 1[^]*Over or short\s+ZAR\s-10\.00/u,
    );
    const deposit = { account: 'safe', amountMinor: 9_000, reference: 'BAG-7' } as const;
    expect((await handlers['banking.deposit']({ ...id(), ...deposit }, chief)).ok).toBe(true);
    expect((await handlers['cycle.end']({ ...id(), kind: 'banking' }, chief)).ok).toBe(true);
    const banking = await handlers['cycle.pdf']({ ...id(), kind: 'banking', number: 1 }, chief);
    expect(text(banking)).toMatch(/Banking 1[^]*BAG-7\s+ZAR\s90\.00/u);
    expect((await handlers['cycle.pdf']({ ...id(), kind: 'banking', number: 9 }, chief)).ok).toBe(false);
    const again = { ...id(), kind: 'banking', number: 1 } as const;
    const copy = await handlers['cycle.print'](again, chief);
    expect(copy).toMatchObject({ ok: true, value: { copyNumber: 1 } });
    expect(printJobShape.safeParse(copy.ok && copy.value).success).toBe(true);
    // The same request is the same copy.
    expect(await handlers['cycle.print'](again, chief)).toMatchObject({ ok: true, value: { copyNumber: 1 } });
    expect((await handlers['cycle.print']({ ...id(), kind: 'banking', number: 9 }, chief)).ok).toBe(false);

    const day = { from: '2026-11-23', to: '2026-11-23', text: '' };
    const started = await handlers['report.start']({ name: 'sales-by-tender', ...day }, chief);
    if (!started.ok) throw new Error(started.error.code);
    const { jobId } = started.value;
    await expect.poll(() => state(jobId), { timeout: 40_000 }).toBe('done');
    const saved = await handlers['report.save']({ ...id(), jobId, format: 'pdf' }, chief);
    expect(text(saved)).toMatch(/Sales by tender[^]*Cash\s+100\.00/u);
  });
});

describe('a folder that takes no file', () => {
  it('is named by the page that was to be saved', async () => {
    const { handlers } = station;
    const exports = path.join(folder, 'exports');
    rmSync(exports, { recursive: true, force: true });
    writeFileSync(exports, 'no folder');
    const request = { requestId: station.newId(), shiftId };
    const refused = { ok: false, error: { code: 'file-not-saved', params: { reason: 'EEXIST' } } };
    expect(await handlers['shift.pdf'](request, chief)).toMatchObject(refused);
    rmSync(exports);
    const saved = await handlers['shift.pdf'](request, chief);
    if (!saved.ok) throw new Error(saved.error.code);
    const written = saved.value.file;
    // A folder of that name, which the new file can't take the place of.
    rmSync(written);
    mkdirSync(path.join(written, 'inside'), { recursive: true });
    expect(await handlers['shift.pdf'](request, chief)).toMatchObject({
      error: { code: 'file-not-saved', params: { file: written, reason: 'EISDIR' } },
    });
    rmSync(exports, { recursive: true });
  });
});

async function state(jobId: string): Promise<string> {
  const job = await station.handlers['report.job']({ jobId }, chief);
  return job.ok ? job.value.state : 'unknown';
}

describe('drawers and denominations', () => {
  const grace = (): Session => {
    const session = station.newSession();
    session.operator = { operatorId: 'grace', name: 'Grace', role: 'administrator' };
    return session;
  };
  const wanted = {
    drawers: [' front ', 'back'],
    denominationsMinor: [5_000, 500, 1_000],
    closedByAnother: true,
    beneficiary: 'Acacia Power',
  };

  it('are set by the administrator, kept in the file and the journal, and count at once', async () => {
    const { handlers } = station;
    const request = { requestId: station.newId(), ...wanted };
    const now = { ...wanted, drawers: ['front', 'back'], denominationsMinor: [500, 1_000, 5_000] };
    expect(await handlers['drawers.change'](request, grace())).toEqual({ ok: true, value: now });
    expect(await handlers['drawers.read']({}, grace())).toEqual({ ok: true, value: now });
    expect(JSON.parse(readFileSync(path.join(folder, 'station.json'), 'utf8'))).toMatchObject({
      shifts: now,
    });
    const answer = await handlers['shift.state']({}, chief);
    expect(answer).toMatchObject({
      ok: true,
      value: {
        freeDrawers: ['front', 'back'],
        denominationsMinor: [500, 1_000, 5_000],
        closedByAnother: true,
      },
    });
    const written = (): { detail: string; operator_id: string }[] =>
      station.ledger.prepare("SELECT detail, operator_id FROM record WHERE kind = 'drawers-changed'").all();
    expect(written().map(({ operator_id: by }) => by)).toEqual(['grace']);
    expect(JSON.parse(written()[0]!.detail)).toMatchObject({ ...now, before: { drawers: ['1'] } });
    // The same request again is the same change.
    await handlers['drawers.change'](request, grace());
    expect(written()).toHaveLength(1);
  });

  it('stay as they are when their file can’t be written, and the journal says so', async () => {
    const { handlers } = station;
    const before = await handlers['drawers.read']({}, grace());
    const request = { requestId: station.newId(), ...wanted, beneficiary: 'Another' };
    // The file is written beside the old one and renamed: where a folder has that name, it can't be.
    const beside = path.join(folder, 'station.json.new');
    mkdirSync(beside);
    const words = (): string[] =>
      station.ledger
        .prepare("SELECT kind FROM record WHERE kind LIKE 'drawers-%' ORDER BY record_id")
        .all<{ kind: string }>()
        .map(({ kind }) => kind)
        .slice(1);
    expect(await handlers['drawers.change'](request, grace())).toMatchObject({
      ok: false,
      error: { code: 'settings-not-kept', params: { reason: 'EISDIR' } },
    });
    expect(words()).toEqual(['drawers-changed', 'drawers-not-kept']);
    expect(await handlers['drawers.read']({}, grace())).toEqual(before);
    // Asked for again once it can be: done, and on record as done.
    rmSync(beside, { recursive: true });
    expect(await handlers['drawers.change'](request, grace())).toMatchObject({
      value: { beneficiary: 'Another' },
    });
    expect(words()).toEqual(['drawers-changed', 'drawers-not-kept', 'drawers-changed']);
    expect((await handlers['drawers.change']({ requestId: station.newId(), ...wanted }, grace())).ok).toBe(
      true,
    );
  });

  it('are refused when they can’t be, or when a drawer that goes is in use', async () => {
    const { handlers } = station;
    const change = async (part: Partial<typeof wanted>): Promise<unknown> => {
      const answer = await handlers['drawers.change'](
        { requestId: station.newId(), ...wanted, ...part },
        grace(),
      );
      return answer.ok
        ? 'ok'
        : [answer.error.code, answer.error.params['reason'] ?? answer.error.params['drawer']];
    };
    expect(await change({ drawers: ['a', ' '] })).toEqual(['drawer-set-up', 'empty']);
    expect(await change({ drawers: ['a', 'a '] })).toEqual(['drawer-set-up', 'twice']);
    expect(await change({ denominationsMinor: [500, 500] })).toEqual(['drawer-set-up', 'coin']);
    // The smallest coin here is 10: nobody can pay 5.
    expect(await change({ denominationsMinor: [5] })).toEqual(['drawer-set-up', 'money']);
    const float = [{ denominationMinor: 500, quantity: 2 }];
    const opened = await handlers['shift.open'](
      { requestId: station.newId(), drawer: 'back', float },
      cashier,
    );
    expect(opened.ok).toBe(true);
    expect(await change({ drawers: ['front'] })).toEqual(['drawer-in-use', 'back']);
    expect(await change({ drawers: ['back'] })).toBe('ok');
  });

  it('stand in the audit trail by their name in any language', async () => {
    const { handlers } = station;
    const day = { from: '2026-11-23', to: '2026-11-23' };
    for (const text of ['money set up', 'espèces réglés', 'ضُبطت الأدراج']) {
      const started = await handlers['report.start']({ name: 'audit', ...day, text }, chief);
      if (!started.ok) throw new Error(started.error.code);
      const { jobId } = started.value;
      await expect.poll(() => state(jobId), { timeout: 40_000 }).toBe('done');
      const job = await handlers['report.job']({ jobId }, chief);
      const kinds = job.ok ? job.value.report?.rows.map(([, kind]) => kind) : [];
      expect(new Set(kinds)).toEqual(new Set(['drawers-changed']));
    }
  });
});
