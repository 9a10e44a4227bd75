import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { addOperator } from '../../src/main/operators/index.ts';
import { appendRecord } from '../../src/main/ledger/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { makeId } from '../../src/units/index.ts';
import { luhnCheckDigit } from '../../src/sts/index.ts';
import { startModule } from '../../test/e2e/module.ts';
import { startPrinter } from '../../test/e2e/printer.ts';
import { CASHIER } from '../../src/fleet/till.ts';
import { findRuntime, launch, windowWith } from '../../test/e2e/till.ts';
import { enrolledTill, openOffice } from '../../test/integration/headoffice/office.ts';
import { settleTown, townMeter } from '../lib/town.ts';
import { growLedger, openGrower, signAnchor } from './grow-ledger.ts';
import type { Emit } from '../run.ts';

/** KIOSKWATT_BENCH_SALES and KIOSKWATT_BENCH_STARTS make a quick try of it. */
const SALES = Number(process.env['KIOSKWATT_BENCH_SALES'] ?? 1_000_000);
const STARTS = Number(process.env['KIOSKWATT_BENCH_STARTS'] ?? 5);
const TIMED_SALES = 60;
/** Keys that have to meet each load, and when it is given up. */
const ECHO_KEYS = 200;
const MOST_ECHO_KEYS = 4_000;
const KEYS_BETWEEN_LOOKS = 5;
/** So slow that a slip takes a second or two, as paper does. */
const PRINTER_LINE_MS = 25;
const IMPORT_LINES = 200_000;
const MINUTE_MS = 60_000;
/** The grown sales are a minute apart for every sixty. */
const SALES_A_MINUTE = 60;
const SUPERVISOR = { name: 'Bench', role: 'supervisor', pin: '1357' } as const;
/** Of each meter few tokens in a minute: more would be ahead of the clock. */
const TOWN = { meters: 60, seed: 20_261_128 } as const;

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const percentile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Times of the real window: from Enter to the token, the start, a key's echo under load. */
export async function runInElectron(emit: Emit): Promise<void> {
  await ensureBuilt();
  const place = await prepare(SALES);
  try {
    emit({ metric: 'ui.sales', value: place.sales, unit: 'sales in the ledger' });
    // The echo first, while all of the sales are still to be sent. One that fails leaves the others their figure.
    const failures: unknown[] = [];
    for (const measure of [measureEcho, measureStart, measureSales]) {
      await measure(emit, place).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
  } finally {
    await place.remove();
  }
}

type Place = {
  readonly folder: string;
  /** The station's data folder. */
  readonly data: string;
  readonly sales: number;
  /** One whose slip can be copied: the others were written into the ledger without a customer. */
  readonly saleId: string;
  readonly printer: string;
  readonly remove: () => Promise<void>;
};

/** A private station with so many sales that were never sent, known to a head office that takes them by folder. */
async function prepare(sales: number): Promise<Place> {
  const office = await openOffice();
  const clock = { now: Date.now() - Math.ceil(sales / SALES_A_MINUTE) * MINUTE_MS - 60 * MINUTE_MS };
  const till = await enrolledTill(office, 'U1', clock);
  const sold = await till.sell('600727001234567821', 5_000);
  if (!sold.ok) throw new Error(sold.error.code);
  const operator = await addOperator(till.station.ledger, SUPERVISOR, {
    nowUnixMs: clock.now,
    zone: 'Africa/Johannesburg',
    operatorId: null,
  });
  if (!operator.ok) throw new Error(operator.error.code);
  const ledger = openGrower(path.join(office.folder, 'U1', 'ledger.db'));
  growLedger({ ledger, later: (ms) => (clock.now += ms) }, sales);
  ledger.transaction((tx) => signAnchor(tx, path.join(office.folder, 'U1'), clock.now));
  ledger.close();
  await till.station.close();
  await settleTown(path.join(office.folder, 'U1', 'directory.db'), TOWN.meters, TOWN.seed);
  const printer = await startPrinter({ lineMs: PRINTER_LINE_MS });
  const data = path.join(office.folder, 'U1');
  const remove = async (): Promise<void> => {
    await printer.stop();
    await office.close();
  };
  const { saleId } = sold.value;
  return { folder: office.folder, data, sales, saleId, printer: printer.address, remove };
}

type Window = { readonly app: ElectronApplication; readonly page: Page; readonly tookMs: number };

/** Starts the program and waits until somebody may sign in: everything behind that is ready to sell. */
async function start({ data, printer }: Place): Promise<Window> {
  const startedMs = performance.now();
  const app = await launch({
    dataFolder: data,
    printer,
    env: { KIOSKWATT_PROFILE: 'private', KIOSKWATT_PASSPHRASE: 'fleet' },
  });
  const page = await windowWith(app, 'counter');
  await page.getByRole('option').first().waitFor();
  return { app, page, tookMs: performance.now() - startedMs };
}

/** The same runtime with nothing in it but one window. */
async function startEmpty(folder: string): Promise<number> {
  const { executable, env } = await findRuntime();
  const app = path.join(folder, 'empty');
  const startedMs = performance.now();
  const running = await _electron.launch({
    executablePath: executable,
    args: [app, '--force-device-scale-factor=1', `--user-data-dir=${app}-profile`],
    env: { ...env },
  });
  const page = await running.firstWindow();
  await page.getByText('ready').waitFor();
  const tookMs = performance.now() - startedMs;
  await running.close();
  return tookMs;
}

function writeEmptyApp(folder: string): void {
  writeFolder(path.join(folder, 'empty'), {
    'package.json': JSON.stringify({ name: 'empty', main: 'main.js' }),
    'main.js': `const { app, BrowserWindow } = require('electron');
      app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile('index.html'));
      app.on('window-all-closed', () => app.quit());`,
    'index.html': '<!doctype html><title>empty</title><p>ready</p>',
  });
}

function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
}

/**
 * A till with a module of its own hardware, as one in production has, and one whose keys are in a file: for that one
 * the passphrase has to be worked through first, which is slow on purpose.
 */
async function measureStart(emit: Emit, place: Place): Promise<void> {
  writeEmptyApp(place.folder);
  const file = path.join(place.data, 'station.json');
  const settings = readFileSync(file, 'utf8');
  const module = await startModule();
  const modules = [{ driver: 'sts6', host: '127.0.0.1', port: module.port }];
  const tills = { hardware: JSON.stringify({ ...JSON.parse(settings), modules }), keyFile: settings };
  const took: Record<'hardware' | 'keyFile' | 'empty', number[]> = { hardware: [], keyFile: [], empty: [] };
  try {
    // In turn, so that a busy moment meets all; the first of each warms the disk and does not count.
    for (let turn = 0; turn <= STARTS; turn += 1) {
      const times = {
        empty: await startEmpty(place.folder),
        hardware: await timedStart(place, file, tills.hardware),
        keyFile: await timedStart(place, file, tills.keyFile),
      };
      if (turn > 0)
        for (const kind of ['empty', 'hardware', 'keyFile'] as const) took[kind].push(times[kind]);
    }
  } finally {
    writeFileSync(file, settings);
    await module.stop();
  }
  const yardstick = percentile(took.empty, 0.5);
  const figure = (times: readonly number[]) => ({
    value: round(percentile(times, 0.5), 0),
    unit: 'ms p50',
    yardstick: round(yardstick, 0),
    ratio: round(percentile(times, 0.5) / yardstick),
  });
  emit({ metric: 'ui.start', ...figure(took.hardware), goal: '<=2.5' });
  emit({ metric: 'ui.startKeyFile', ...figure(took.keyFile) });
}

/** One start with these settings; a till that is not ready to sell afterwards was not started. */
async function timedStart(place: Place, file: string, settings: string): Promise<number> {
  writeFileSync(file, settings);
  const { app, page, tookMs } = await start(place);
  const status = await page.evaluate<Answer>("kioskwatt.call('station.status', {})");
  await app.close();
  const state = status.value?.module?.status;
  if (state !== 'ready') throw new Error(`the module is ${state}`);
  return tookMs;
}

async function signIn(page: Page, person: { readonly name: string; readonly pin: string }): Promise<void> {
  await page.getByRole('option', { name: person.name }).click();
  await page.keyboard.type(person.pin, { delay: 70 });
  await page.keyboard.press('Enter');
  await page.getByRole('combobox').waitFor();
}

/** Runs in the page, once: for every token that shows, from the last Enter to the frame that has it painted. */
const WATCH_FOR_TOKENS = `(() => {
  globalThis.tokenTimes = [];
  let enteredMs = 0;
  let last = '';
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') enteredMs = event.timeStamp;
  }, { capture: true });
  new MutationObserver(() => {
    const shown = document.querySelector('[data-token]')?.dataset.token ?? '';
    if (shown === last) return;
    last = shown;
    if (shown === '') return;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => globalThis.tokenTimes.push(performance.now() - enteredMs);
      channel.port2.postMessage(null);
    });
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
})()`;

async function measureSales(emit: Emit, place: Place): Promise<void> {
  const { app, page } = await start(place);
  try {
    await signIn(page, CASHIER);
    await page.evaluate(WATCH_FOR_TOKENS);
    const times: number[] = [];
    for (let sale = 0; sale < TIMED_SALES; sale += 1) times.push(await timedSale(page, sale));
    const p95 = percentile(times.slice(5), 0.95);
    const note = 'the software module is in it';
    const p50 = round(percentile(times.slice(5), 0.5));
    emit({ metric: 'ui.enterToToken', value: round(p95), unit: 'ms p95', p50, note, goal: '<=100' });
    const commit = commitMs(place.folder);
    emit({
      metric: 'ui.enterToTokenRatio',
      value: round(p95 / commit),
      unit: 'commits',
      commitMs: round(commit),
    });
  } finally {
    await app.close();
  }
}

/** One sale by keys: another amount each time, so that nothing is asked about it. */
async function timedSale(page: Page, sale: number): Promise<number> {
  await page.keyboard.press('F2');
  const box = page.getByRole('combobox');
  await box.fill(townMeter(sale % TOWN.meters));
  await box.press('Enter');
  const amount = page.locator('input[data-step="amount"]');
  await amount.waitFor();
  await amount.fill(String(50 + sale));
  await page.keyboard.press('Enter');
  await page.locator('input[data-step="cash"]').waitFor();
  await page.keyboard.press('Enter');
  // The page's own policy lets no text be run as a script: it is asked from outside.
  await expect
    .poll(() => page.evaluate<number>('globalThis.tokenTimes.length'), { timeout: 30_000 })
    .toBe(sale + 1);
  return page.evaluate<number>(`globalThis.tokenTimes[${sale}]`);
}

const newId = (): string => makeId(Date.now(), randomBytes(10));

/** The median of small records committed to the same disk. */
function commitMs(folder: string): number {
  const file = path.join(folder, 'commits.db');
  const opened = openWriter('ledger', file);
  if (!opened.ok) throw new Error(opened.error.code);
  const times: number[] = [];
  for (let turn = 0; turn < 300; turn += 1) {
    const startedMs = performance.now();
    opened.value.transaction((tx) =>
      appendRecord(tx, {
        kind: 'bench',
        atUnixMs: Date.now(),
        businessDate: '2026-01-01',
        operatorId: null,
        subjectId: null,
        detail: { turn },
      }),
    );
    times.push(performance.now() - startedMs);
  }
  opened.value.close();
  return percentile(times, 0.5);
}

/** Runs in the page: for every key, from its time stamp to the frame that shows it. */
const WATCH_ECHO = `(() => {
  globalThis.echoes = [];
  document.addEventListener('keydown', (event) => {
    if (event.key.length !== 1) return;
    const pressedMs = event.timeStamp;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => globalThis.echoes.push(performance.now() - pressedMs);
      channel.port2.postMessage(null);
    });
  }, { capture: true });
})()`;

/** What goes on beside the keys. */
const LOADS = ['printing', 'import', 'upload'] as const;
type Load = (typeof LOADS)[number];

type Call = (name: string, input: object) => Promise<Answer>;

/** A printer that says when a slip is on paper: with any other a slip is done with as soon as it was handed over. */
async function setUpPrinter(call: Call, address: string): Promise<void> {
  const paper = { columns: 48, codePage: 'PC858', arabicPage: null, cut: 'partial', cutFeedLines: 3 };
  const printer = { address, options: { ...paper, drawerPin: null, logo: null } };
  for (const name of ['printer.test', 'printer.save']) {
    const answer = await call(name, { requestId: newId(), ...printer });
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  }
}

/** What is under way now; what has ended is begun again. */
async function keepBusy(call: Call, saleId: string, job: { id: string | null }): Promise<ReadonlySet<Load>> {
  const slip = job.id === null ? null : await call('print.job', { jobId: job.id });
  const isPrinting = ['queued', 'sending'].includes(slip?.value?.state ?? '');
  const imported = await call('directory.importState', {});
  const isSending = (await call('station.status', {})).value?.headOffice?.busy === true;
  if (!isPrinting) {
    const copy = await call('print.copy', { requestId: newId(), saleId, reason: 'office' });
    job.id = copy.value?.jobId ?? null;
  }
  if (!isSending) await call('day.send', { requestId: newId() });
  const on: Readonly<Record<Load, boolean>> = {
    printing: isPrinting,
    import: imported.value?.state === 'running',
    upload: isSending,
  };
  return new Set(LOADS.filter((load) => on[load]));
}

/** Keys are pressed until so many have met each of the loads; the worst of the three is the figure. */
async function measureEcho(emit: Emit, place: Place): Promise<void> {
  const file = await writeTown(place.folder);
  const { app, page } = await start(place);
  const met: Record<Load, number[]> = { printing: [], import: [], upload: [] };
  try {
    await signIn(page, SUPERVISOR);
    const call: Call = (name, input) =>
      page.evaluate(([wanted, given]) => Reflect.get(globalThis, 'kioskwatt').call(wanted, given), [
        name,
        input,
      ] as const);
    await setUpPrinter(call, place.printer);
    await call('directory.import', { requestId: newId(), file });
    await page.evaluate(WATCH_ECHO);
    const job = { id: null };
    const fewest = (): number => Math.min(...LOADS.map((load) => met[load].length));
    let on = await keepBusy(call, place.saleId, job);
    for (let key = 0; fewest() < ECHO_KEYS && key < MOST_ECHO_KEYS; key += KEYS_BETWEEN_LOOKS) {
      const times = await echoes(page, KEYS_BETWEEN_LOOKS);
      const still = await keepBusy(call, place.saleId, job);
      // Only what was under way before and after these keys was beside all of them.
      for (const load of LOADS) if (on.has(load) && still.has(load)) met[load].push(...times);
      on = still;
    }
  } finally {
    await app.close();
  }
  const counts = Object.fromEntries(LOADS.map((load) => [load, met[load].length]));
  const missed = LOADS.filter((load) => met[load].length < ECHO_KEYS);
  if (missed.length > 0)
    throw new Error(`too few keys were pressed during ${missed.join(', ')}: ${JSON.stringify(counts)}`);
  const p95s = LOADS.map((load) => [load, round(percentile(met[load], 0.95))] as const);
  const value = Math.max(...p95s.map(([, p95]) => p95));
  emit({
    metric: 'ui.keyEcho',
    value,
    unit: 'ms p95',
    during: Object.fromEntries(p95s),
    keys: counts,
    goal: '<=50',
  });
}

/** How long each of so many keys took to be painted, typed into an empty box. */
async function echoes(page: Page, count: number): Promise<number[]> {
  await page.keyboard.press('F2');
  const from = await page.evaluate<number>('globalThis.echoes.length');
  for (let key = 0; key < count; key += 1) {
    await page.keyboard.press('abcdefghij'.charAt(key % 10));
    await page.waitForTimeout(60);
  }
  await expect.poll(() => page.evaluate<number>('globalThis.echoes.length')).toBe(from + count);
  return page.evaluate<number[]>(`globalThis.echoes.slice(${from})`);
}

type Answer = {
  readonly ok: boolean;
  readonly value?: {
    readonly state?: string;
    readonly jobId?: string;
    readonly headOffice?: { readonly busy: boolean };
    readonly module?: { readonly status: string };
  };
};

async function writeTown(folder: string): Promise<string> {
  const file = path.join(folder, 'town.csv');
  const out = createWriteStream(file);
  out.write(
    'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason\n',
  );
  for (let index = 0; index < IMPORT_LINES; index += 1) {
    const payload = `00${20_000_000 + index}`;
    const meter = `${payload}${luhnCheckDigit(payload)}`;
    const line = `b-${index},Kwabena Asante ${index},B${index},,${index} Mill Lane,${meter},electricity,201457,1,1,7,4,2,2014,255,home-flat,\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return file;
}
