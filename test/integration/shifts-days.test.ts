import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedInOperator, StationSettings, TenderRequest } from '../../src/contract/index.ts';
import { findMeter, loadSampleData } from '../../src/main/directory/index.ts';
import { findSaleByRequest, openSales, verifyChain, type Moment } from '../../src/main/ledger/index.ts';
import { moduleFault, type SecureModule } from '../../src/main/secure-module/index.ts';
import {
  closeShift,
  correctTender,
  countShift,
  dropCash,
  endShift,
  expectedOf,
  findZ,
  handOver,
  openShift,
  payInOrOut,
  recordNoSale,
  shiftFigures,
  shiftHeldBy,
  shiftSettings,
  type CashCount,
} from '../../src/main/shifts/index.ts';
import { openWriter, type DirectoryWriter, type LedgerWriter } from '../../src/main/store/index.ts';
import { createVending, priceSale, type VendingDeps } from '../../src/main/vending/index.ts';
import { amountMinor, makeId, ok } from '../../src/units/index.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/**
 * Random days at two drawers against a model that is two numbers a drawer, and against a sum over the journal
 * that knows nothing of `shift_entry`: it goes by who held a drawer when. fast-check prints the seed.
 */

const DAYS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 10_000 : 60;
const SEED = Number(process.env['KIOSKWATT_SEED'] ?? Date.now() % 2_147_483_647);
const START = Date.UTC(2026, 10, 23, 6, 0);
const PEOPLE = [
  { operatorId: 'amina', name: 'Amina', role: 'cashier' },
  { operatorId: 'brian', name: 'Brian', role: 'cashier' },
  { operatorId: 'joseph', name: 'Joseph', role: 'supervisor' },
] as const satisfies readonly SignedInOperator[];
const JOSEPH = PEOPLE[2];
const SETTINGS: StationSettings = {
  version: 1,
  profile: 'private',
  stationId: 'D1',
  stationName: 'Days',
  receiptHeader: [],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
  shifts: { drawers: ['1', '2'], denominationsMinor: [10, 100, 1_000, 10_000] },
};
const DRAWERS = shiftSettings(SETTINGS);

/** How a sale is paid: cash alone, one other tender, or shares of several with the rest in cash. */
type Paid = readonly { readonly account: 'card' | 'mobile-money' | 'cheque'; readonly share: number }[];

type Step =
  | { do: 'open' | 'drop' | 'close' | 'hand-over'; who: number; hundreds: number; tens: number }
  | { do: 'pay'; who: number; direction: 'in' | 'out'; minor: number }
  | {
      do: 'sell';
      who: number;
      meter: number;
      amount: number;
      handed: number;
      paid: Paid;
      /** Another meter in the same basket, for the same amount. */
      basket: boolean;
      module: 'well' | 'lost' | 'refuses';
    }
  | { do: 'unissue' | 'recover' | 'crash' | 'reprint' | 'no-sale' | 'repeat'; who: number }
  | { do: 'correct'; who: number };

const anyPaid: fc.Arbitrary<Paid> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 2,
    arbitrary: fc.uniqueArray(
      fc.record({
        account: fc.constantFrom<'card' | 'mobile-money' | 'cheque'>('card', 'mobile-money', 'cheque'),
        share: fc.constantFrom(0.2, 0.3, 0.4),
      }),
      { minLength: 1, maxLength: 2, selector: ({ account }) => account },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<'card' | 'mobile-money' | 'cheque'>('card', 'mobile-money', 'cheque')
      .map((account) => [{ account, share: 1 }]),
  },
);
const who = fc.nat(1);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom<'open' | 'drop' | 'close' | 'hand-over'>(
        'open',
        'open',
        'drop',
        'close',
        'hand-over',
      ),
      who,
      hundreds: fc.nat(4),
      tens: fc.nat(9),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      who,
      direction: fc.constantFrom<'in' | 'out'>('in', 'out'),
      minor: fc.integer({ min: 1, max: 500 }).map((each) => each * 10),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      who,
      meter: fc.nat(2),
      amount: fc.constantFrom(1_000, 2_000, 3_330, 5_000, 20_000),
      handed: fc.nat(3),
      paid: anyPaid,
      basket: fc.integer({ min: 0, max: 4 }).map((each) => each === 0),
      module: fc.constantFrom<'well' | 'lost' | 'refuses'>('well', 'well', 'well', 'lost', 'refuses'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom<'unissue' | 'recover' | 'crash' | 'reprint' | 'no-sale' | 'repeat'>(
        'unissue',
        'recover',
        'crash',
        'reprint',
        'no-sale',
        'repeat',
      ),
      who,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), who }) },
);

const RAM = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
/** Empty books and the sample meters: copied for each day. */
const TEMPLATE = mkdtempSync(path.join(RAM, 'kioskwatt-day-'));
let software: SecureModule;
let clock = START;

beforeAll(async () => {
  software = await openTrainingModule(() => clock);
  const directory = openWriter('directory', path.join(TEMPLATE, 'directory.db'));
  const ledger = openWriter('ledger', path.join(TEMPLATE, 'ledger.db'));
  if (!directory.ok || !ledger.ok) throw new Error('no template');
  directory.value.transaction((tx) => loadSampleData(tx));
  directory.value.close();
  ledger.value.close();
});
afterAll(() => rmSync(TEMPLATE, { recursive: true }));

const ACCOUNTS = ['cash-drawer', 'card', 'mobile-money', 'cheque'] as const;
type Handed = { receivedMinor: number; changeMinor: number };
type Held = Record<(typeof ACCOUNTS)[number], number>;
const nothing = (): Held => ({ 'cash-drawer': 0, card: 0, 'mobile-money': 0, cheque: 0 });
const inCash = (minor: number): Held => ({ ...nothing(), 'cash-drawer': minor });

function addTo(held: Held, parts: Held, sign: 1 | -1): void {
  for (const account of ACCOUNTS) held[account] += sign * parts[account];
}

/** What a drawer should hold, kept by nobody but this test. */
type Model = Map<string, Held>;

function copyOfTemplate(): string {
  const folder = mkdtempSync(path.join(RAM, 'kioskwatt-days-'));
  cpSync(TEMPLATE, folder, { recursive: true });
  return folder;
}

class Day {
  readonly folder = copyOfTemplate();
  ledger: LedgerWriter = this.#open('ledger');
  readonly directory: DirectoryWriter = this.#open('directory');
  readonly model: Model = new Map();
  /** Expected by the model of each shift when it was closed. */
  readonly closed = new Map<number, Held>();
  /** The cash over the counter for each sale, there and back, and in whose shift. */
  readonly overCounter: { saleId: string; shiftId: string; receivedMinor: number; changeMinor: number }[] =
    [];
  /** The same of each shift when it was closed. */
  readonly closedHanded = new Map<number, Handed>();
  /** What each sale in doubt was paid with. */
  readonly paid = new Map<string, Held>();
  references = 0;
  mood: 'well' | 'lost' | 'refuses' = 'well';
  lastRequest: Parameters<ReturnType<typeof createVending>['vend']>[0] | null = null;

  constructor() {
    clock = START;
  }

  #open<Name extends 'ledger' | 'directory'>(
    name: Name,
  ): Name extends 'ledger' ? LedgerWriter : DirectoryWriter {
    const opened = openWriter(name, path.join(this.folder, `${name}.db`));
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value as never;
  }

  /** The process dies: nothing of it but the files is left. */
  crash(): void {
    this.ledger.close();
    this.ledger = this.#open('ledger');
  }

  close(): void {
    this.ledger.close();
    this.directory.close();
    rmSync(this.folder, { recursive: true });
  }

  id(): string {
    return makeId(clock, randomBytes(10));
  }

  moment(operator: SignedInOperator): Moment {
    return { nowUnixMs: clock, zone: SETTINGS.zone, operatorId: operator.operatorId };
  }

  deps(): VendingDeps {
    const module = moduleLike(() => software, {
      issueCredit: async (credit) => {
        if (this.mood === 'refuses')
          return { ok: false, error: moduleFault('module-key-expired', { sgc: '201457', krn: 1 }) };
        const issued = await software.issueCredit(credit);
        return this.mood === 'lost' ? { ok: false, error: moduleFault('module-timeout') } : issued;
      },
    });
    return {
      ledger: this.ledger,
      directory: this.directory,
      settings: SETTINGS,
      module: () => ok(module),
      now: () => clock,
      random: (bytes) => randomBytes(bytes),
      makeSlip: () => () => undefined,
      operatorName: (id) => id,
      diskFault: () => null,
      beginSale: () => undefined,
    };
  }

  /** What stands for cash over the counter in a shift now: sales that came to nothing have theirs back. */
  handed(shiftId: string): Handed {
    const undone = this.ledger.prepare(
      `SELECT 1 FROM record WHERE subject_id = ? AND kind IN ('sale-void', 'sale-unissued')`,
    );
    const sum = { receivedMinor: 0, changeMinor: 0 };
    for (const each of this.overCounter) {
      if (each.shiftId !== shiftId || undone.get(each.saleId) !== undefined) continue;
      sum.receivedMinor += each.receivedMinor;
      sum.changeMinor += each.changeMinor;
    }
    return sum;
  }

  held(operator: SignedInOperator): Held | undefined {
    const shift = shiftHeldBy(this.ledger, operator.operatorId);
    return shift && this.model.get(shift.shiftId);
  }
}

const cashOf = (hundreds: number, tens: number): CashCount => [
  { denominationMinor: 10_000, quantity: hundreds },
  { denominationMinor: 1_000, quantity: tens },
];
const sumOf = (hundreds: number, tens: number): number => hundreds * 10_000 + tens * 1_000;

async function play(day: Day, step: Step): Promise<void> {
  clock += 60_000;
  const operator = PEOPLE[step.who]!;
  const moment = day.moment(operator);
  const { ledger } = day;
  const held = day.held(operator);
  const shift = shiftHeldBy(ledger, operator.operatorId);
  switch (step.do) {
    case 'open': {
      const shiftId = day.id();
      const drawer = String(step.who + 1);
      const float = cashOf(step.hundreds, step.tens);
      const opened = ledger.transaction((tx) =>
        openShift(tx, moment, DRAWERS, {
          shiftId,
          drawer,
          operatorId: operator.operatorId,
          currency: 'ZAR',
          float,
        }),
      );
      if (opened.ok) day.model.set(shiftId, inCash(sumOf(step.hundreds, step.tens)));
      return;
    }
    case 'drop': {
      const cash = cashOf(step.hundreds, step.tens);
      const done = ledger.transaction((tx) => dropCash(tx, moment, DRAWERS, operator.operatorId, cash));
      if (done.ok && held) held['cash-drawer'] -= sumOf(step.hundreds, step.tens);
      return;
    }
    case 'pay': {
      const pay = { direction: step.direction, amountMinor: step.minor, reason: 'petty cash' };
      const done = ledger.transaction((tx) => payInOrOut(tx, moment, operator.operatorId, pay));
      if (done.ok && held) held['cash-drawer'] += step.direction === 'in' ? step.minor : -step.minor;
      return;
    }
    case 'no-sale':
      ledger.transaction((tx) => recordNoSale(tx, moment, operator.operatorId, 'change a note'));
      return;
    case 'sell':
      return sellOnce(day, step, operator);
    case 'repeat': {
      // The same request again: the same sale, and not one cent more.
      if (day.lastRequest && findSaleByRequest(ledger, day.lastRequest.requestId))
        await createVending(day.deps()).vend(day.lastRequest, operator);
      return;
    }
    case 'recover':
      day.mood = 'well';
      for (const sale of openSales(ledger)) await createVending(day.deps()).recover(sale.saleId, operator);
      return;
    case 'unissue': {
      const [sale] = openSales(ledger);
      if (!sale) return;
      const own = ledger
        .prepare(
          `SELECT shift_id AS shiftId FROM shift_entry WHERE row_id / 1000 =
             (SELECT row_id / 1000 FROM sale WHERE sale_id = ?)`,
        )
        .get<{ shiftId: string }>(sale.saleId);
      const closed = createVending(day.deps()).closeUnissued(sale.saleId, JOSEPH, 'nobody has seen it');
      if (!closed.ok) return;
      // Given back from the sale's own drawer while it sells, else from the first that does.
      const open = ledger
        .prepare(
          `SELECT shift_id AS shiftId FROM open_shift JOIN shift USING (shift_id) WHERE step = 'opened' ORDER BY number`,
        )
        .all<{ shiftId: string }>();
      const paying = open.find((each) => each.shiftId === own?.shiftId) ?? open[0];
      const drawer = paying && day.model.get(paying.shiftId);
      const paid = day.paid.get(sale.saleId);
      if (drawer && paid) addTo(drawer, paid, -1);
      return;
    }
    case 'correct': {
      const sale = ledger
        .prepare(
          "SELECT sale_id AS saleId FROM sale_step WHERE step = 'recorded' ORDER BY row_id DESC LIMIT 1",
        )
        .get<{ saleId: string }>();
      if (!sale) return;
      const amount = ledger
        .prepare('SELECT amount_minor AS minor FROM sale WHERE sale_id = ?')
        .get<{ minor: number }>(sale.saleId)!.minor;
      const shiftId = ledger
        .prepare(
          `SELECT shift_id AS shiftId FROM shift_entry WHERE row_id / 1000 =
             (SELECT row_id / 1000 FROM sale WHERE sale_id = ?)`,
        )
        .get<{ shiftId: string }>(sale.saleId)!.shiftId;
      const done = ledger.transaction((tx) =>
        correctTender(tx, day.moment(JOSEPH), {
          saleId: sale.saleId as never,
          from: 'cash-drawer',
          to: 'card',
          amountMinor: amount,
          reason: 'paid by card',
        }),
      );
      const drawer = day.model.get(shiftId);
      if (done.ok && drawer) {
        drawer['cash-drawer'] -= amount;
        drawer.card += amount;
      }
      return;
    }
    case 'crash':
    case 'reprint':
      day.crash();
      return;
    case 'close': {
      if (!shift || !held) return;
      const count = { cash: cashOf(step.hundreds, step.tens), slips: [] };
      const handed = day.handed(shift.shiftId);
      ledger.transaction((tx) => endShift(tx, moment, operator, shift.shiftId, null));
      ledger.transaction((tx) => countShift(tx, moment, DRAWERS, operator, shift.shiftId, count));
      const closed = ledger.transaction((tx) => closeShift(tx, moment, DRAWERS, JOSEPH, shift.shiftId));
      if (!closed.ok) throw new Error(closed.error.code);
      day.closed.set(closed.value.zNumber, { ...held });
      day.closedHanded.set(closed.value.zNumber, handed);
      day.model.delete(shift.shiftId);
      return;
    }
    case 'hand-over': {
      if (!shift || !held) return;
      const newShiftId = day.id();
      const count = { cash: cashOf(step.hundreds, step.tens), slips: [] };
      const to = PEOPLE[1 - step.who]!;
      const handed = day.handed(shift.shiftId);
      const handing = { shiftId: shift.shiftId, newShiftId, count };
      // As the station does it, with figures from before; or left to the transaction.
      const figures = step.tens % 2 === 0 ? shiftFigures(ledger, shift.shiftId) : undefined;
      // A refusal in the middle takes back what was written before it.
      let done: ReturnType<typeof handOver> | undefined;
      try {
        ledger.transaction((tx) => {
          done = handOver(tx, moment, DRAWERS, operator, to, handing, figures);
          if (!done.ok) throw new Error('refused');
        });
      } catch (error) {
        if (!(error instanceof Error && error.message === 'refused')) throw error;
        return;
      }
      if (!done?.ok) return;
      day.closed.set(done.value.zNumber, { ...held });
      day.closedHanded.set(done.value.zNumber, handed);
      day.model.delete(shift.shiftId);
      day.model.set(newShiftId, inCash(sumOf(step.hundreds, step.tens)));
    }
  }
}

async function sellOnce(
  day: Day,
  step: Extract<Step, { do: 'sell' }>,
  operator: SignedInOperator,
): Promise<void> {
  const pans = day.directory
    .prepare('SELECT pan FROM meter ORDER BY meter_row LIMIT 3')
    .all<{ pan: string }>();
  const count = step.basket ? 2 : 1;
  const chosen = Array.from({ length: count }, (_, at) => pans[(step.meter + at) % pans.length]!.pan);
  day.mood = 'well';
  const items = [];
  let due = 0;
  for (const pan of chosen) {
    const priced = priceSale(day.deps(), findMeter(day.directory, pan)!, amountMinor(step.amount), clock);
    if (!priced.ok) return;
    due += priced.value.quote.tenderMinor;
    items.push({
      requestId: day.id(),
      pan,
      amountMinor: amountMinor(step.amount),
      quotedUnitsTenths: priced.value.unitsTenths,
      quotedDueMinor: amountMinor(priced.value.quote.tenderMinor),
      acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    });
  }
  // How a payment is shared out over sales of which some come to nothing is not this test's matter.
  day.mood = step.basket ? 'well' : step.module;
  const { tender, parts, changeMinor } = payment(day, step, due);
  const receivedMinor = parts['cash-drawer'] + changeMinor;
  const shiftId = shiftHeldBy(day.ledger, operator.operatorId)?.shiftId ?? '';
  const held = day.held(operator);
  const [first] = items;
  if (step.basket) {
    const sold = await createVending(day.deps()).vendBasket({ requestId: day.id(), items, tender }, operator);
    if (!sold.ok || !held) return;
    addTo(held, parts, 1);
    const saleId = sold.value.at(-1)?.saleId ?? '';
    day.overCounter.push({ saleId, shiftId, receivedMinor, changeMinor });
    return;
  }
  const request = { ...first!, tender };
  await createVending(day.deps()).vend(request, operator);
  day.lastRequest = request;
  const sale = findSaleByRequest(day.ledger, request.requestId);
  // Change, if any, went back over the counter: what stays is the amount, unless the sale came to nothing.
  if (sale && sale.step !== 'void' && held) addTo(held, parts, 1);
  if (!sale) return;
  day.paid.set(sale.saleId, parts);
  day.overCounter.push({ saleId: sale.saleId, shiftId, receivedMinor, changeMinor });
}

/** A payment as a cashier would take it, and what of it stays with the drawer. */
function payment(
  day: Day,
  { paid, handed }: Extract<Step, { do: 'sell' }>,
  due: number,
): { readonly tender: TenderRequest; readonly parts: Held; readonly changeMinor: number } {
  const parts = nothing();
  const referred = paid.map(({ account, share }) => {
    const minor = share === 1 ? due : Math.floor((due * share) / 100) * 100;
    parts[account] = minor;
    day.references += 1;
    return { account, amountMinor: minor, reference: `REF-${day.references}` };
  });
  const cash = due - referred.reduce((sum, { amountMinor: minor }) => sum + minor, 0);
  parts['cash-drawer'] = cash;
  const changeMinor = cash === 0 ? 0 : handed * 1_000;
  const receivedMinor = cash + changeMinor;
  if (referred.length === 0) return { tender: { kind: 'cash', receivedMinor }, parts, changeMinor };
  const money = cash === 0 ? [] : [{ account: 'cash-drawer' as const, receivedMinor }];
  return { tender: { kind: 'parts', parts: [...referred, ...money] }, parts, changeMinor };
}

/** Each shift's tenders by the journal alone: transfers of records, given to whoever held the drawer then. */
function journalSums(ledger: LedgerWriter): Map<string, Held> {
  const sums = new Map<string, Held>();
  const holder = new Map<string, string>();
  const shiftOfSale = new Map<string, string>();
  const records = ledger
    .prepare('SELECT record_id, kind, operator_id, subject_id FROM record ORDER BY record_id')
    .all<{ record_id: number; kind: string; operator_id: string; subject_id: string }>();
  const moves = ledger
    .prepare(
      'SELECT row_id, debit_account AS debit, credit_account AS credit, amount_minor AS minor FROM transfer',
    )
    .all<{ row_id: number; debit: string; credit: string; minor: number }>();
  const byRecord = new Map<number, typeof moves>();
  for (const move of moves) {
    const recordId = Math.floor(move.row_id / 1000);
    byRecord.set(recordId, [...(byRecord.get(recordId) ?? []), move]);
  }
  const ended = new Set<string>();
  for (const record of records) {
    const { kind, subject_id: subject, operator_id: by } = record;
    if (kind === 'shift-opened') {
      holder.set(by, subject);
      sums.set(subject, nothing());
    }
    if (kind === 'shift-ended' || kind === 'shift-force-ended') ended.add(subject);
    if (kind === 'sale-intended') shiftOfSale.set(subject, holder.get(by)!);
    const selling = [...sums.keys()].filter((each) => !ended.has(each));
    const own = shiftOfSale.get(subject) ?? '';
    const shiftId =
      kind.startsWith('shift-') || kind === 'safe-drop' || kind.startsWith('paid-')
        ? subject
        : kind === 'sale-unissued' && ended.has(own)
          ? selling[0]
          : own;
    const sum = shiftId === undefined ? undefined : sums.get(shiftId);
    if (!sum || kind === 'shift-closed') continue;
    for (const { debit, credit, minor } of byRecord.get(record.record_id) ?? []) {
      for (const account of ACCOUNTS) {
        if (debit === account) sum[account] += minor;
        if (credit === account) sum[account] -= minor;
      }
    }
  }
  return sums;
}

const plain = (sums: readonly { account: string; amountMinor: number }[]): Held => ({
  ...nothing(),
  ...Object.fromEntries(sums.map(({ account, amountMinor: minor }) => [account, minor])),
});

function countKinds(ledger: LedgerWriter, seen: Record<string, number>): void {
  const counts = {
    sales: "SELECT count(*) AS n FROM sale_step WHERE step = 'recorded'",
    splits: 'SELECT count(*) AS n FROM tender_part WHERE position = 2',
    baskets: 'SELECT count(*) AS n FROM basket_sale WHERE position = 1',
    doubts: "SELECT count(*) AS n FROM sale_step WHERE step = 'in-doubt'",
    voids: "SELECT count(*) AS n FROM sale_step WHERE step = 'void'",
  };
  for (const [kind, sql] of Object.entries(counts))
    seen[kind] = (seen[kind] ?? 0) + (ledger.prepare(sql).get<{ n: number }>()?.n ?? 0);
}

describe('any day at two drawers', () => {
  it(`expects what is there, to the cent (${DAYS} days, seed ${SEED})`, { timeout: 7_200_000 }, async () => {
    const seen = { sales: 0, splits: 0, baskets: 0, doubts: 0, voids: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 6, maxLength: 24 }), async (steps) => {
        const day = new Day();
        try {
          await play(day, { do: 'open', who: 0, hundreds: 1, tens: 5 });
          for (const each of steps) await play(day, each);
          const sums = journalSums(day.ledger);
          for (const [shiftId, expected] of day.model) {
            const figures = shiftFigures(day.ledger, shiftId);
            expect(plain(figures?.expected ?? [])).toEqual(expected);
            expect(sums.get(shiftId)).toEqual(expected);
            expect(figures?.handed).toEqual(day.handed(shiftId));
          }
          for (const [zNumber, expected] of day.closed) {
            const z = findZ(day.ledger, zNumber);
            expect(plain(expectedOf(z?.figures.movements ?? []))).toEqual(expected);
            expect(sums.get(z?.subjectId ?? '')).toEqual(expected);
            expect(z?.figures.handed).toEqual(day.closedHanded.get(zNumber));
          }
          expect(verifyChain(day.ledger).ok).toBe(true);
          countKinds(day.ledger, seen);
        } finally {
          day.close();
        }
      }),
      { numRuns: DAYS, seed: SEED },
    );
    // Days on which nothing of a kind happened would prove nothing about it.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(DAYS / 10);
    console.log(`${DAYS} days, seed ${SEED}: ${JSON.stringify(seen)}`);
  });
});
