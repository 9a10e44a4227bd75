// One day at a station that has sold for years, as a process of its own: its main thread is the one that is watched.
// Prints one line of JSON. With --grow it makes the station first, in another run of its own.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type {
  CallFault,
  CallInput,
  CallName,
  CallOutput,
  Handler,
  Session,
} from '../../../src/contract/index.ts';
import { openTill, type Till } from '../../../src/fleet/till.ts';
import { chainHead } from '../../../src/main/ledger/index.ts';
import { REPORTS } from '../../../src/main/reports/index.ts';
import { blankPersonal } from '../../../src/main/shifts/index.ts';
import type { Station } from '../../../src/main/station/index.ts';
import { openReader } from '../../../src/main/store/index.ts';
import type { Result } from '../../../src/units/index.ts';
import { luhnCheckDigit } from '../../../src/sts/index.ts';
import { grownTill, makeGrown, settleGrown, type GrownTill } from './grown-till.ts';
import { watchLoop, type LoopWatch } from './loop-watch.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    grow: { type: 'string' },
    import: { type: 'string', default: '20000' },
    limit: { type: 'string', default: '50' },
    // Parts of the day that are left out, by their names with commas between.
    without: { type: 'string', default: '' },
    // Settles a station whose growth was cut short.
    settle: { type: 'boolean', default: false },
  },
});

const FIRST_UNIX_MS = Date.UTC(2024, 0, 8, 6, 0);
/** What a cashier takes from one customer to the next, made short. */
const BETWEEN_SALES_MS = 50;

/** Everything that a day has beside its sales, with how often it was done. */
type Done = Record<string, number>;

class Day {
  readonly done: Done = {};
  /** What goes on beside the sales. */
  beside = 'start';
  readonly #till: Till;
  readonly #grown: GrownTill;
  readonly #watch: LoopWatch;
  readonly #supervisor: Session;
  readonly #pans: readonly string[];
  #turn = 0;

  constructor(till: Till, grown: GrownTill, watch: LoopWatch) {
    this.#till = till;
    this.#grown = grown;
    this.#watch = watch;
    this.#supervisor = till.station.newSession();
    this.#supervisor.operator = { operatorId: 'zodwa', name: 'Zodwa', role: 'supervisor' };
    this.#pans = till.station.directory
      .prepare('SELECT pan FROM meter WHERE blocked_reason IS NULL ORDER BY meter_row LIMIT 40')
      .all<{ pan: string }>()
      .map(({ pan }) => pan);
  }

  async call<Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
    session: Session = this.#till.session,
  ): Promise<CallOutput<Name>> {
    // Each call of a window is an event of its own.
    await nextTurn();
    const handler = this.#till.station.handlers[name] as Handler<CallName> as (
      given: unknown,
      by: Session,
    ) => Promise<Result<unknown, CallFault>>;
    const answer = await this.#watch.timed(name, () => handler(input, session));
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    this.done[name] = (this.done[name] ?? 0) + 1;
    return answer.value as CallOutput<Name>;
  }

  id(): string {
    return this.#till.station.newId();
  }

  /** A customer: found, asked about, sold to, and everything that the screen asks for by itself. */
  async serve(): Promise<void> {
    this.#turn += 1;
    this.#grown.clock.now += 90_000;
    const pan = this.#pans[this.#turn % this.#pans.length] ?? '';
    await this.call('directory.search', {
      text: ['nkosi', pan, 'mill lane', '082'][this.#turn % 4] ?? '',
    }).catch(nothingFound);
    await this.call('meter.panel', { pan });
    const { saleId } = await this.sell(pan, 1_000 + 10 * (this.#turn % 400));
    await this.call('station.status', {});
    await this.call('sale.last', {});
    await this.call('sale.get', { saleId });
    await this.call('sale.open', {});
    if (this.#turn % 10 === 0)
      await this.call('print.copy', { requestId: this.id(), saleId, reason: 'lost' });
    await this.call('print.open', {});
    await this.call('paper.latest', {});
  }

  /** The amount, then the tender key: two events, as at the counter. */
  async sell(pan: string, amountMinor: number): Promise<CallOutput<'sale.vend'>> {
    const { unitsTenths, dueMinor } = await this.call('sale.quote', { pan, amountMinor });
    return this.call('sale.vend', {
      requestId: this.id(),
      pan,
      amountMinor,
      quotedUnitsTenths: unitsTenths,
      quotedDueMinor: dueMinor,
      acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
      tender: { kind: 'cash', receivedMinor: dueMinor },
    });
  }

  /** Everything else that a day brings, one after the other, while customers are served. */
  async everythingElse(): Promise<void> {
    const { keeper } = this.#till.station;
    const shiftId = (await this.call('shift.state', {})).mine?.shiftId ?? '';
    const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['sales alone', () => wait(2_000)],
      ['retention', () => this.retention()],
      ['drawer', () => this.drawer(shiftId)],
      ['reports', () => this.reports()],
      ['import', () => this.imports()],
      ['banking', () => this.banking()],
      ['visit', () => this.visit()],
      ['backup', () => this.healthy('backup', keeper.backupNow())],
      ['check', () => this.healthy('check', keeper.checkNow())],
      ['day end', () => this.dayEnd(shiftId)],
    ];
    const without = values.without.split(',');
    for (const [name, work] of parts) {
      if (without.includes(name)) continue;
      this.beside = name;
      await work();
    }
  }

  async drawer(shiftId: string): Promise<void> {
    await this.call('shift.x', { shiftId });
    await this.call('shift.print', { requestId: this.id(), shiftId });
    await this.call('shift.noSale', { requestId: this.id(), reason: 'change' });
    await this.call('shift.drop', { requestId: this.id(), cash: [{ denominationMinor: 100, quantity: 5 }] });
  }

  /** Both when nothing is due and when something is. */
  async retention(): Promise<void> {
    const { ledger } = this.#till.station;
    for (const days of [7_300, 1, 1, 1, 1]) {
      await nextTurn();
      const before = this.#grown.clock.now - days * 86_400_000;
      this.#watch.timed('retention', () => ledger.transaction((tx) => blankPersonal(tx, before)));
      this.done['retention'] = (this.done['retention'] ?? 0) + 1;
    }
  }

  async banking(): Promise<void> {
    await this.call('banking.state', {}, this.#supervisor);
    const [requestId, reference] = [this.id(), `R${this.id()}`];
    const deposit = { requestId, account: 'safe', amountMinor: 100, reference } as const;
    await this.call('banking.deposit', deposit, this.#supervisor);
    await this.call('day.state', {}, this.#supervisor);
  }

  /** A backup, or a check without a finding. */
  async healthy(name: string, work: Promise<{ readonly ok: boolean } | object | null>): Promise<void> {
    const outcome = await this.counted(name, work);
    if (outcome !== null && !('ok' in outcome && outcome.ok))
      throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  }

  async dayEnd(shiftId: string): Promise<void> {
    await this.closeShift(shiftId);
    for (const kind of ['sales', 'banking'] as const)
      await this.call('cycle.end', { requestId: this.id(), kind }, this.#supervisor);
    const { zs } = await this.call('shift.zs', {}, this.#supervisor);
    await this.call('shift.z', { number: zs[0]?.number ?? 0 }, this.#supervisor);
    await this.call('shift.pdf', { requestId: this.id(), shiftId }, this.#supervisor);
    await this.visit();
    await this.call('day.state', {}, this.#supervisor);
  }

  async counted<Value>(name: string, work: Promise<Value>): Promise<Value> {
    const value = await work;
    this.done[name] = (this.done[name] ?? 0) + 1;
    return value;
  }

  async reports(): Promise<void> {
    const { today } = await this.call('report.names', {}, this.#supervisor);
    const from = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
    for (const { name } of REPORTS) {
      let job = await this.call('report.start', { name, from, to: today, text: '' }, this.#supervisor);
      while (job.state === 'running') {
        await wait(100);
        job = await this.call('report.job', { jobId: job.jobId }, this.#supervisor);
      }
      if (job.state !== 'done') throw new Error(`report ${name}: ${job.state}`);
      await this.call(
        'report.save',
        { requestId: this.id(), jobId: job.jobId, format: 'csv' },
        this.#supervisor,
      );
      this.done[`report ${name}`] = 1;
    }
  }

  async imports(): Promise<void> {
    const file = townFile(this.#grown.folder);
    await this.call('directory.import', { requestId: this.id(), file }, this.#supervisor);
    await this.#till.station.directoryImport.ended();
    const { taken, fault } = await this.call('directory.importState', {}, this.#supervisor);
    if (fault !== null || taken === 0) throw new Error(`import: ${JSON.stringify(fault)}`);
  }

  async visit(): Promise<void> {
    const visited = await this.counted('visit', this.#till.station.exchange.visitNow());
    if (!visited.ok || visited.value.sent === 0) throw new Error(`visit: ${JSON.stringify(visited)}`);
  }

  /** The shift's end, with sales stopped by it: the next shift begins at once. */
  async closeShift(shiftId: string): Promise<void> {
    const mine = { shiftId };
    await this.call('shift.end', { requestId: this.id(), ...mine, reason: null });
    const count = { cash: [{ denominationMinor: 10, quantity: 1 }], slips: [] };
    await this.call('shift.count', { requestId: this.id(), ...mine, count });
    await this.call('shift.close', { requestId: this.id(), ...mine });
    await this.call('shift.open', { requestId: this.id(), drawer: '1', float: [] });
  }
}

function nothingFound(error: unknown): void {
  if (!(error instanceof Error && error.message.includes('nothing-found'))) throw error;
}

const HEADER =
  'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason';

const townFile = (folder: string): string => path.join(folder, 'town.csv');

function town(people: number): string {
  const lines = Array.from({ length: people }, (_, index) => {
    const payload = `00${(20_000_000 + index).toString()}`;
    const meter = `${payload}${luhnCheckDigit(payload)}`;
    return `t-${index},Kwabena Asante ${index},T${index},,${index} Mill Lane,${meter},electricity,201457,1,1,7,4,2,2014,255,home-flat,`;
  });
  return [HEADER, ...lines].join('\n');
}

/** Tells the watch of each commit of the ledger. */
function watchLedger(station: Station, watch: LoopWatch, beside: () => string): void {
  const { ledger } = station;
  const transaction = ledger.transaction.bind(ledger);
  const commit: typeof ledger.transaction = (work) => watch.commit(beside(), () => transaction(work));
  Object.defineProperty(ledger, 'transaction', { value: commit });
}

function newestUnixMs(folder: string): number {
  const ledger = openReader('ledger', path.join(folder, 'ledger.db'));
  if (!ledger.ok) throw new Error(ledger.error.code);
  try {
    return chainHead(ledger.value)?.atUnixMs ?? 0;
  } finally {
    ledger.value.close();
  }
}

async function live(grown: GrownTill): Promise<void> {
  grown.clock.now = newestUnixMs(grown.options.folder) + 60_000;
  mkdirSync(path.join(grown.folder, 'exchange', 'T1', 'up'), { recursive: true });
  mkdirSync(path.join(grown.folder, 'exchange', 'T1', 'down'), { recursive: true });
  // Before the watch: writing so many lines would be a block of its own.
  writeFileSync(townFile(grown.folder), town(Number(values.import)));
  const till = await openTill(grown.options);
  const watch = watchLoop(Number(values.limit), (block) =>
    process.stderr.write(`beside ${day.beside}: ${JSON.stringify(block)}\n`),
  );
  const day: Day = new Day(till, grown, watch);
  watchLedger(till.station, watch, () => day.beside);
  const state = { over: false };
  // A day that is ended early says what it has seen so far.
  process.once('SIGTERM', () => {
    console.log(JSON.stringify({ cutShort: true, ...watch.stop(), done: day.done }));
    process.exit(1);
  });
  const rest = day.everythingElse().finally(() => (state.over = true));
  while (!state.over) {
    await day.serve().catch(closedShift);
    await wait(BETWEEN_SALES_MS);
  }
  await rest;
  const watched = watch.stop();
  await till.station.close();
  const sales = newestSales(grown.options.folder);
  console.log(JSON.stringify({ ...watched, done: day.done, sales }));
}

/** Between two shifts nobody sells. */
function closedShift(error: unknown): void {
  if (!(error instanceof Error && /shift-ended|no-open-shift/u.test(error.message))) throw error;
}

function newestSales(folder: string): number {
  const ledger = openReader('ledger', path.join(folder, 'ledger.db'));
  if (!ledger.ok) throw new Error(ledger.error.code);
  const sales = ledger.value.prepare('SELECT count(*) AS n FROM sale').get<{ n: number }>()?.n ?? 0;
  ledger.value.close();
  return sales;
}

const grown = grownTill(values.folder, FIRST_UNIX_MS);
if (values.grow !== undefined) await makeGrown(grown, Number(values.grow));
else if (values.settle) settleGrown(grown);
else await live(grown);
process.exit();
