import { connect, createServer } from 'node:net';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appendPrintEvent,
  insertCopyJob,
  insertPrintJob,
  PrintQueue,
  readReceipt,
  type PrinterSetup,
  type PrintJob,
  type PrinterLevel,
  latestJobOfSale,
  nextCopyNumber,
} from '../../src/main/printing/index.ts';
import type { LedgerTx, LedgerWriter, SqlValue } from '../../src/main/store/index.ts';
import {
  PrinterSimulator,
  type Fault,
  type PrinterEvent,
  type SimulatedSlip,
} from '../../src/simulators/printer/index.ts';
import { unixMs } from '../../src/units/index.ts';
import { QUICK, SALE_DOCUMENT, setup, testId, testLedger, type TestLedger } from './printing-fixtures.ts';

const PERSON = { operatorId: 'amina' };
const START = 1_790_000_000_000;

let store: TestLedger;
let printer: PrinterSimulator | undefined;
let queue: PrintQueue | undefined;
let faults: Fault[];
let events: PrinterEvent[];
let changes: string[];
let clock: number;

beforeEach(() => {
  store = testLedger();
  faults = [];
  events = [];
  changes = [];
  clock = START;
});

afterEach(async () => {
  await queue?.close();
  await printer?.close();
  queue = printer = undefined;
  store.remove();
});

async function simulate(level: PrinterLevel = 'process-id'): Promise<number> {
  printer = new PrinterSimulator({
    columns: 48,
    level,
    lineMs: 0,
    nextFault: () => faults.shift() ?? { kind: 'none' },
    onEvent: (event) => events.push(event),
  });
  return printer.listen(0);
}

function open(
  to: PrinterSetup | null,
  onFault = (error: unknown): void => {
    throw error;
  },
  deadlines = QUICK,
): PrintQueue {
  queue = new PrintQueue({
    ledger: store.ledger,
    printer: to,
    now: () => unixMs(clock),
    random: () => 0.5,
    onChange: (jobId) => changes.push(jobId),
    onFault,
    deadlines,
  });
  return queue;
}

function vend(n: number): string {
  return store.ledger.transaction((tx) => vendIn(tx, n));
}

function vendIn(tx: LedgerTx, n: number): string {
  const jobId = testId(n);
  insertPrintJob(tx, {
    jobId,
    saleId: testId(1000 + n),
    document: { ...SALE_DOCUMENT, number: String(n) },
    createdUnixMs: clock,
    autoUntilUnixMs: clock + 180_000,
  });
  return jobId;
}

/** As a printer leaves a slip that it took and said nothing about. */
function sentSlip(tx: LedgerTx, jobId: string): void {
  const event = { atUnixMs: clock, copyNumber: 0 };
  appendPrintEvent(tx, jobId, { ...event, state: 'sending', cause: 'auto' });
  appendPrintEvent(tx, jobId, { ...event, state: 'sent', cause: 'transport' });
}

/** Counts the rows that a ledger's queries answer from now on, inside transactions too. */
function countReads(ledger: LedgerWriter): { rows: number } {
  const read = { rows: 0 };
  const counted =
    (of: Pick<LedgerTx, 'prepare'>): LedgerTx['prepare'] =>
    (sql) => {
      const statement = of.prepare(sql);
      const all = <Row>(...parameters: readonly SqlValue[]): Row[] => {
        const rows = statement.all<Row>(...parameters);
        read.rows += rows.length;
        return rows;
      };
      return { ...statement, all };
    };
  const before = { ...ledger };
  Object.assign(ledger, {
    prepare: counted(before as unknown as LedgerTx),
    transaction: <Value>(work: (tx: LedgerTx) => Value): Value =>
      before.transaction((tx) => work({ ...tx, prepare: counted(tx) })),
  });
  return read;
}

const slips = (): SimulatedSlip[] => events.flatMap((event) => (event.event === 'slip' ? [event.slip] : []));
const statuses = (): (string | undefined)[] => slips().map((slip) => slip.lines[0]?.text);

async function automatic(target: PrintQueue, jobId: string): Promise<PrintJob | undefined> {
  target.wake();
  return target.settled(jobId);
}

async function byKey(target: PrintQueue, jobId: string): Promise<PrintJob | undefined> {
  target.send(jobId, PERSON);
  return target.settled(jobId);
}

describe('a print queue with a printer that sends process ids back', () => {
  it('prints a queued slip by itself and calls it printed only then', async () => {
    const target = open(setup(await simulate()));
    const job = await automatic(target, vend(1));
    expect(job).toMatchObject({ state: 'printed', cause: 'echo', copyNumber: 0, problem: null });
    expect(slips()).toHaveLength(1);
    expect(slips()[0]?.errors).toEqual([]);
    expect(slips()[0]?.lines.map((line) => line.text)).toContain('1234 5678 9012 3456 7890');
    expect(target.open()).toEqual([]);
  });

  it('makes every sending after the first byte a numbered copy', async () => {
    const target = open(setup(await simulate()));
    const jobId = vend(1);
    await automatic(target, jobId);
    expect(await byKey(target, jobId)).toMatchObject({ state: 'printed', copyNumber: 1 });
    store.ledger.transaction((tx) =>
      insertCopyJob(tx, {
        jobId: testId(2),
        saleId: testId(1001),
        createdUnixMs: clock,
        operatorId: 'amina',
        reason: 'lost',
      }),
    );
    expect(await byKey(target, testId(2))).toMatchObject({ state: 'printed', copyNumber: 2 });
    expect(statuses()).toEqual(['Kiosk 014 1 ORIGINAL', 'Kiosk 014 1 COPY 1', 'Kiosk 014 1 COPY 2']);
  });

  it('does not send to a printer without paper, and sends the original once it has some', async () => {
    const target = open(setup(await simulate()));
    printer?.setPaper('out');
    const jobId = vend(1);
    expect(await automatic(target, jobId)).toMatchObject({
      state: 'failed-before-first-byte',
      problem: { code: 'printer-paper-out' },
    });
    printer?.mend();
    expect(await byKey(target, jobId)).toMatchObject({ state: 'printed', copyNumber: 0 });
  });

  it('waits while the roll is changed in the middle of a slip', async () => {
    faults = [{ kind: 'paper-out', afterLines: 8, mendMs: 120 }];
    const target = open(setup(await simulate()));
    const jobId = vend(1);
    target.wake();
    await expect.poll(() => target.job(jobId)?.problem?.code).toBe('printer-paper-out');
    expect(target.job(jobId)?.state).toBe('sent');
    const job = await target.settled(jobId);
    expect(job).toMatchObject({ state: 'printed', copyNumber: 0 });
    expect(slips()).toHaveLength(1);
    expect(changes.length).toBeGreaterThanOrEqual(4);
  });

  it('clears a held slip when the next sale begins, and asks', async () => {
    faults = [{ kind: 'paper-out', afterLines: 0, mendMs: null }];
    const port = await simulate();
    const target = open(setup(port));
    const jobId = vend(1);
    target.wake();
    await expect.poll(() => target.job(jobId)?.problem?.code).toBe('printer-paper-out');
    store.ledger.transaction((tx) => target.nextSale(tx));
    expect(await target.settled(jobId)).toMatchObject({
      state: 'unknown',
      problem: { code: 'printer-paper-out' },
    });
    printer?.mend();
    const next = await automatic(target, vend(2));
    expect(next?.state).toBe('printed');
    expect(statuses()).toEqual(['Kiosk 014 2 ORIGINAL']);
  });

  it.each<[Fault, string, string]>([
    [{ kind: 'never-reads' }, 'failed-before-first-byte', 'printer-unreachable'],
    [{ kind: 'reset', afterBytes: 6 }, 'failed-before-first-byte', 'printer-unreachable'],
    [{ kind: 'reset', afterBytes: 300 }, 'unknown', 'printer-cut-off'],
    [{ kind: 'half-close', afterBytes: 300 }, 'unknown', 'printer-cut-off'],
    [{ kind: 'stall', afterBytes: 300 }, 'unknown', 'printer-silent'],
    [{ kind: 'second-client', holdMs: 2_000 }, 'failed-before-first-byte', 'printer-unreachable'],
  ])('%o ends as %s', async (fault, state, code) => {
    faults = [fault];
    const target = open(setup(await simulate()));
    const jobId = vend(1);
    const job = await byKey(target, jobId);
    expect(job).toMatchObject({ state, problem: { code } });
    printer?.powerCycle();
    const again = await byKey(target, jobId);
    expect(again).toMatchObject({ state: 'printed', copyNumber: state === 'unknown' ? 1 : 0 });
  });

  it('prints after a slow printer took its time, and while another client waits', async () => {
    faults = [{ kind: 'slow', lineMs: 8 }];
    const port = await simulate();
    const target = open(setup(port));
    const jobId = vend(1);
    target.wake();
    const other = connect(port, '127.0.0.1');
    expect(await target.settled(jobId)).toMatchObject({ state: 'printed' });
    other.destroy();
  });
});

describe('a print queue with lesser printers', () => {
  it.each(['in-order', 'status', 'write-only'] as const)('rests at sent on one that is %s', async (level) => {
    const target = open(setup(await simulate(level), { level }));
    const job = await automatic(target, vend(1));
    expect(job).toMatchObject({ state: 'sent', problem: null });
    expect(target.open()).toHaveLength(1);
    store.ledger.transaction((tx) => target.nextSale(tx));
    expect(target.job(testId(1))).toMatchObject({ state: 'sent', cause: 'not-questioned' });
    expect(target.open()).toEqual([]);
    await expect.poll(() => slips().length).toBe(1);
  });

  it('says not printed by one key and marks what is printed then', async () => {
    const target = open(setup(await simulate('write-only'), { level: 'write-only' }));
    const jobId = vend(1);
    await automatic(target, jobId);
    expect(target.answer(jobId, 'not-printed', 'amina')).toMatchObject({
      state: 'unknown',
      problem: { code: 'print-not-printed' },
    });
    expect(await byKey(target, jobId)).toMatchObject({ state: 'sent', copyNumber: 1 });
  });

  it('takes not printed while the printer is still at it, and lets nothing more of it come out', async () => {
    faults = [{ kind: 'slow', lineMs: 60 }];
    const target = open(setup(await simulate('status'), { level: 'status' }));
    const jobId = vend(1);
    target.wake();
    await expect.poll(() => target.job(jobId)?.state).toBe('sent');
    expect(target.printing).toBe(true);
    target.answer(jobId, 'not-printed', 'amina');
    expect(await target.settled(jobId)).toMatchObject({
      state: 'unknown',
      cause: 'person-not-printed',
      problem: { code: 'print-not-printed' },
    });
    expect(slips()).toEqual([]);
    expect(await byKey(target, jobId)).toMatchObject({ state: 'sent', copyNumber: 1 });
    await expect.poll(() => slips().at(-1)?.lines[0]?.text).toBe('Kiosk 014 1 COPY 1');
    // What came out of the original before the key is a torn piece: its last line is not there.
    const originals = slips().filter(
      ({ lines }) => lines.length > 1 && lines.at(-1)?.text === 'Kiosk 014 1 ORIGINAL',
    );
    expect(originals).toEqual([]);
  });

  it('never calls a write-only printer printed, however it fails', async () => {
    faults = [
      { kind: 'never-reads' },
      { kind: 'reset', afterBytes: 100 },
      { kind: 'stall', afterBytes: 100 },
    ];
    const target = open(setup(await simulate('write-only'), { level: 'write-only' }));
    for (const n of [1, 2, 3]) {
      const job = await byKey(target, vend(n));
      expect(job?.state).toBe('unknown');
    }
  });
});

describe('one slip in the printer at a time', () => {
  it('is sent only once a slow printer has come to its end, when it answers in order', async () => {
    faults = [{ kind: 'slow', lineMs: 6 }];
    const target = open(setup(await simulate('in-order'), { level: 'in-order' }));
    expect(await automatic(target, vend(1))).toMatchObject({ state: 'sent', problem: null });
    expect(slips()).toHaveLength(1);
  });

  it('waits as long as a slip takes at most, when nothing is answered in order', async () => {
    faults = [{ kind: 'slow', lineMs: 6 }];
    const target = open(setup(await simulate('status'), { level: 'status' }), undefined, {
      ...QUICK,
      lineMs: 12,
    });
    expect(await automatic(target, vend(1))).toMatchObject({ state: 'sent', problem: null });
    expect(slips()).toHaveLength(1);
  });

  it('takes back what did not come to its end in time', async () => {
    faults = [{ kind: 'slow', lineMs: 50 }];
    const target = open(setup(await simulate('in-order'), { level: 'in-order' }));
    const job = await automatic(target, vend(1));
    expect(job).toMatchObject({ state: 'unknown', problem: { code: 'printer-silent' } });
    expect(events).toContainEqual({ event: 'cleared' });
    printer?.powerCycle();
    expect(await automatic(target, vend(2))).toMatchObject({ state: 'sent' });
    expect(slips().at(-1)?.lines.at(-1)?.text).toContain('2 ORIGINAL');
  });
});

describe('somebody else who is served', () => {
  it('ends that an earlier slip begins by itself', async () => {
    const target = open(setup(await simulate()));
    printer?.setCover(true);
    const jobId = vend(1);
    expect(await automatic(target, jobId)).toMatchObject({ state: 'failed-before-first-byte' });
    target.nextCustomer(() => false);
    expect(target.job(jobId)).toMatchObject({ state: 'failed-before-first-byte', cause: 'next-sale' });
    printer?.mend();
    target.wake();
    expect(await byKey(target, vend(2))).toMatchObject({ state: 'printed' });
    expect(statuses()).toEqual([expect.stringContaining('2 ORIGINAL')]);
  });

  it('leaves the slip of the same customer alone', async () => {
    const target = open(setup(await simulate()));
    printer?.setCover(true);
    const jobId = vend(1);
    await automatic(target, jobId);
    target.nextCustomer((saleId) => saleId === testId(1001));
    expect(target.job(jobId)).toMatchObject({ cause: 'transport', byItselfOnly: true });
    printer?.mend();
    expect(await automatic(target, jobId)).toMatchObject({ state: 'printed' });
  });

  it('stops one whose line is only being opened', async () => {
    faults = [{ kind: 'second-client', holdMs: 200 }];
    const target = open(setup(await simulate()));
    const jobId = vend(1);
    target.wake();
    expect(target.printing).toBe(true);
    target.nextCustomer(() => false);
    expect(await target.settled(jobId)).toMatchObject({ state: 'failed-before-first-byte' });
    expect(slips()).toEqual([]);
  });
});

describe('a print queue without a printer', () => {
  it('names the address of a port that nobody listens on', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    const target = open(setup(port));
    const job = await byKey(target, vend(1));
    expect(job).toMatchObject({
      state: 'failed-before-first-byte',
      problem: { code: 'printer-unreachable', params: { address: `127.0.0.1:${port}` } },
    });
  });

  it('names a row that could not be written, in a wake and in a retry, and throws at nobody', async () => {
    const faulted: unknown[] = [];
    const port = await simulate();
    await printer?.close();
    const target = open(setup(port), (error) => faulted.push(error));
    expect(await automatic(target, vend(1))).toMatchObject({ state: 'failed-before-first-byte' });
    const beside = new Database(store.file);
    beside.exec(
      `CREATE TRIGGER no_more BEFORE INSERT ON print_event WHEN new.state = 'sending'
       BEGIN SELECT RAISE(ABORT, 'no room'); END`,
    );
    beside.close();
    await expect.poll(() => faulted.length, { timeout: 5_000 }).toBe(1);
    expect(String(faulted[0])).toContain('no room');
    target.wake();
    expect(faulted).toHaveLength(2);
    expect(target.job(testId(1))).toMatchObject({ state: 'failed-before-first-byte' });
  });

  it.each(['sending', 'sent', 'printed'])(
    'tells whoever waits for a slip that could not be called %s, and takes the next one',
    async (state) => {
      const faulted: unknown[] = [];
      const target = open(setup(await simulate()), (error) => faulted.push(error));
      vend(1);
      vend(2);
      const beside = new Database(store.file);
      beside.exec(
        `CREATE TRIGGER no_more BEFORE INSERT ON print_event
         WHEN new.state = '${state}' AND new.job_row = (SELECT job_row FROM print_job WHERE job_id = '${testId(1)}')
         BEGIN SELECT RAISE(ABORT, 'no room'); END`,
      );
      beside.close();
      target.wake();
      const ended = await target.settled(testId(1));
      expect(ended?.state).not.toBe(state);
      expect(String(faulted[0])).toContain('no room');
      target.send(testId(2), { operatorId: 'amina' });
      expect(await target.settled(testId(2))).toMatchObject({ state: 'printed' });
    },
  );

  it('keeps jobs while no printer is set up', async () => {
    const target = open(null);
    const jobId = vend(1);
    target.wake();
    expect(await target.settled(jobId)).toMatchObject({ state: 'queued' });
    expect(await byKey(target, jobId)).toMatchObject({ problem: { code: 'printer-not-set-up' } });
  });

  it('no longer prints by itself after its time, nor after the next sale', async () => {
    const target = open(setup(await simulate()));
    const late = vend(1);
    clock += 180_001;
    expect(await automatic(target, late)).toMatchObject({ state: 'queued' });
    const superseded = vend(2);
    store.ledger.transaction((tx) => target.nextSale(tx));
    expect(await automatic(target, superseded)).toMatchObject({ state: 'queued', cause: 'next-sale' });
    expect(slips()).toEqual([]);
    expect(await byKey(target, superseded)).toMatchObject({ state: 'printed', copyNumber: 0 });
  });

  it('reads the newest few slips at a sale, however many wait for somebody', async () => {
    const target = open(null);
    for (let n = 1; n <= 200; n += 1) vend(n);
    clock += 180_001;
    store.ledger.transaction((tx) => {
      for (let n = 201; n <= 400; n += 1) sentSlip(tx, vendIn(tx, n));
      target.nextSale(tx);
    });
    const [waits, sent] = [vend(401), vend(402)];
    store.ledger.transaction((tx) => sentSlip(tx, sent));
    const read = countReads(store.ledger);
    target.nextCustomer((saleId) => saleId === testId(1401));
    target.wake();
    store.ledger.transaction((tx) => target.nextSale(tx));
    expect(read.rows).toBeGreaterThan(0);
    expect(read.rows).toBeLessThan(10);
    expect(target.job(waits)).toMatchObject({ state: 'queued', cause: 'next-sale' });
    expect(target.job(sent)).toMatchObject({ state: 'sent', cause: 'not-questioned' });
    expect(target.open()).toHaveLength(201);
  });

  it('asks about what was being sent when the program stopped, and never sends it by itself', async () => {
    const port = await simulate();
    faults = [{ kind: 'stall', afterBytes: 200 }];
    const first = open(setup(port));
    const jobId = vend(1);
    first.wake();
    expect(first.job(jobId)?.state).toBe('sending');
    // The state on disk as a killed program leaves it, read by a second queue before the first has ended.
    const second = open(setup(port));
    expect(second.recover()).toMatchObject([
      { jobId, state: 'unknown', problem: { code: 'print-interrupted' } },
    ]);
    second.wake();
    expect(second.printing).toBe(false);
    await first.close();
  });
});

describe('what a print job leaves behind', () => {
  it('cannot be changed or removed, but for the personal part', async () => {
    const jobId = vend(1);
    await automatic(open(setup(await simulate())), jobId);
    const tables = ['receipt', 'print_job', 'print_event'];
    for (const table of tables) {
      expect(() => store.ledger.transaction((tx) => tx.prepare(`DELETE FROM ${table}`).run())).toThrow(
        'append-only',
      );
    }
    for (const change of [
      "receipt SET document = '{}'",
      "receipt SET personal = '[]'",
      'receipt SET sale_id = NULL',
    ]) {
      expect(() => store.ledger.transaction((tx) => tx.prepare(`UPDATE ${change}`).run())).toThrow('blanked');
    }
    expect(() =>
      store.ledger.transaction((tx) => tx.prepare("UPDATE print_event SET state = 'printed'").run()),
    ).toThrow('append-only');
    const saleId = testId(1001);
    expect(readReceipt(store.ledger, saleId)).toEqual({ ...SALE_DOCUMENT, number: '1' });
    store.ledger.transaction((tx) => tx.prepare('UPDATE receipt SET personal = NULL').run());
    const blanked = readReceipt(store.ledger, saleId);
    expect(blanked?.items[0]?.customer).toBeNull();
    expect({ ...blanked, items: [] }).toEqual({ ...SALE_DOCUMENT, number: '1', items: [] });
    expect(JSON.stringify(store.ledger.prepare('SELECT * FROM receipt').all())).not.toContain('Thandi');
    expect(jobId).toBe(testId(1));
  });

  it('prints the same years later, but for the customer that retention has blanked', async () => {
    const target = open(setup(await simulate()));
    await automatic(target, vend(1));
    store.ledger.transaction((tx) => tx.prepare('UPDATE receipt SET personal = NULL').run());
    clock += 7 * 365 * 86_400_000;
    const draft = { saleId: testId(1001), createdUnixMs: clock, operatorId: 'sofia', reason: 'asked for' };
    store.ledger.transaction((tx) => insertCopyJob(tx, { jobId: testId(2), ...draft }));
    expect(await byKey(target, testId(2))).toMatchObject({ state: 'printed', copyNumber: 1 });
    const [original = [], copy] = slips().map((slip) => slip.lines.map(({ text }) => text));
    const personal = /Thandi Nkosi|12 Acacia St|AC-7781/u;
    expect(original.filter((text) => personal.test(text))).not.toEqual([]);
    expect(copy).toEqual(
      original.filter((text) => !personal.test(text)).map((text) => text.replace('ORIGINAL', 'COPY 1')),
    );
  });

  it('is found by its sale where receipts and slips were numbered apart', () => {
    // As it was before both had one number: the copy of the first sale took the second number.
    store.ledger.transaction((tx) => {
      const job = tx.prepare('INSERT INTO print_job VALUES (?, ?, ?, 0, NULL, ?, ?)');
      const event = tx.prepare(
        "INSERT INTO print_event (job_row, at_unix_ms, state, cause, copy_number) VALUES (?, 0, 'queued', ?, ?)",
      );
      for (const row of [1, 2]) {
        tx.prepare("INSERT INTO receipt VALUES (?, ?, '{}', NULL)").run(row, testId(1000 + row));
      }
      for (const [row, receipt, copy] of [
        [1, 1, 0],
        [2, 1, 1],
        [3, 2, 0],
      ] as const) {
        job.run(row, testId(row), receipt, copy ? 'sofia' : null, copy ? 'asked for' : null);
        event.run(row, copy ? 'copy' : 'vend', copy);
      }
    });
    vend(4);
    const jobs = [1001, 1002, 1004].map((sale) => latestJobOfSale(store.ledger, testId(sale)));
    expect(jobs).toMatchObject([
      { jobId: testId(2), saleId: testId(1001), cause: 'copy', copyNumber: 1 },
      { jobId: testId(3), saleId: testId(1002), state: 'queued', cause: 'vend', copyNumber: 0 },
      { jobId: testId(4), saleId: testId(1004), state: 'queued', cause: 'vend', copyNumber: 0 },
    ]);
    const copies = [1, 2, 3, 4].map((job) => nextCopyNumber(store.ledger, testId(job)));
    expect(copies).toEqual([2, 2, 1, 1]);
  });

  it('can be called printed by an echo or a person alone', () => {
    vend(1);
    const insert = (cause: string): unknown =>
      store.ledger.transaction((tx) =>
        tx
          .prepare(
            `INSERT INTO print_event (job_row, at_unix_ms, state, cause, copy_number) VALUES (1, 0, 'printed', ?, 0)`,
          )
          .run(cause),
      );
    for (const cause of ['transport', 'auto', 'person', 'echo', 'person-printed', 'restart']) {
      expect(() => insert(cause)).toThrow('CHECK');
    }
  });
});
