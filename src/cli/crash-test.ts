import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { endDevices, startDevices } from './crash-test/devices.ts';
import { runKills, type KillResult } from './crash-test/kills.ts';
import { checkImages, traceSales, type ImageResult } from './crash-test/power-loss.ts';
import { isClean } from './crash-test/invariants.ts';
import { runTill } from './crash-test/till-process.ts';
import { EXIT, type Io } from './io.ts';

export type CrashTestOptions = {
  /** Tills that are killed. */
  readonly kills: number;
  /** Power cuts. */
  readonly images: number;
  readonly seed: number;
  /** Folders that are sold from and killed in at the same time. */
  readonly lanes: number;
  /** Tills are killed beside a token server in place of a module of the primitive level. */
  readonly managed: boolean;
  readonly json: boolean;
};

/** What a control lost: images that lack a told sale or cannot be read, out of how many. */
export type Control = { readonly images: number; readonly lossy: number };

export type CrashTestSummary = {
  readonly kills: number;
  readonly images: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly tokensWithoutSale: number;
  readonly salesWithTwoTokens: number;
  /** Images of moments at which something written was not yet durable. */
  readonly unsynced: number;
  /** How often the log was begun anew between two told sales of the traces. */
  readonly logRestarts: number;
  /** Images from which a station was started, and the open sales that it settled. */
  readonly started: number;
  readonly settled: number;
  readonly openForAPerson: number;
  /** The same sales with weaker commits: these have to lose something, or the images prove nothing. */
  readonly negativeControls: Readonly<Record<Weakness, Control>>;
  /** What else was wrong, in words; the first of it. */
  readonly broken: readonly string[];
  /** What ended the tills: a moment, their start, a system call, or one soon after a device's own death. */
  readonly killedAt: Readonly<Record<string, number>>;
  /** Of the kills, those beside a module and a printer that lose what they should say. */
  readonly besideFaults: number;
  /** Tokens that the module made, the repeated ones of recovery among them. */
  readonly tokensMade: number;
  /** One for each folder of tills and for each trace; each can be played again by itself. */
  readonly seeds: readonly number[];
  readonly seconds: number;
};

/** A level of `synchronous` for commits, or a log that is moved without waiting for the disk. */
type Weakness = 'NORMAL' | 'OFF' | 'CHECKPOINT';

const WEAK_COMMITS = path.resolve(import.meta.dirname, '../../test/faults/weak-commits.ts');
/** Tills that die in one folder before the next seed begins another. */
const KILLS_A_SEED = 250;
const SALES_A_TRACE = 40;
/** A counter that is never quiet may keep the log from being begun anew. */
const REST_EVERY = 14;
const IMAGES_A_TRACE = 2_500;
const CONTROL_IMAGES = 200;
const MOST_BROKEN = 20;

/** What a run has to show. Nothing found is worth nothing where nothing happened. */
const PROOF: readonly (readonly [
  proof: string,
  isMet: (summary: CrashTestSummary, asked: CrashTestOptions) => boolean,
])[] = [
  ['nothing was lost, made twice or broken', isClean],
  [
    'the weakened controls lost sales',
    ({ negativeControls }) => Object.values(negativeControls).every(bites),
  ],
  ['as many tills were killed as were asked for', ({ kills }, asked) => kills === asked.kills],
  ['as many disks were looked at as were asked for', ({ images }, asked) => images === asked.images],
  ['cashiers were told of sales', ({ acknowledged }) => acknowledged > 0],
  ['the module made tokens', ({ tokensMade }, { kills }) => kills === 0 || tokensMade > 0],
  ['no sale was left for a person', ({ openForAPerson }) => openForAPerson === 0],
  [
    'the power was cut before writes were durable',
    ({ unsynced }, { images }) => images === 0 || unsynced > 0,
  ],
  [
    'the log was begun anew while sales went on',
    ({ logRestarts }, { images }) => logRestarts >= Math.ceil(images / IMAGES_A_TRACE),
  ],
  ['stations settled what a power cut left open', ({ settled }, { images }) => images === 0 || settled > 0],
];

function bites({ lossy }: Control): boolean {
  return lossy > 0;
}

/**
 * Kills selling tills and cuts their power at seeded moments, then holds their books against what their
 * cashiers were told. Returns 0 only with every proof.
 */
export async function crashTest(io: Io, options: CrashTestOptions): Promise<number> {
  const lacking = whatIsLacking();
  if (lacking !== undefined) {
    io.err(lacking);
    return EXIT.failed;
  }
  const started = performance.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-crash-'));
  try {
    const say = options.json ? io.err : io.out;
    const summary = await run(folder, options, say, started);
    if (options.json) io.out(JSON.stringify(summary));
    else saySummary(io, summary);
    const missing = PROOF.filter(([, isMet]) => !isMet(summary, options)).map(([proof]) => proof);
    for (const proof of missing) io.err(`not shown: ${proof}`);
    return missing.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The test runs the program's own source as processes under strace; a packaged program has neither. */
function whatIsLacking(): string | undefined {
  if (!existsSync(WEAK_COMMITS)) return 'The crash test runs from the source folder only.';
  try {
    execFileSync('strace', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'The crash test needs strace: apt-get install strace.';
  }
}

/** The seeds of a run's parts: the first is the run's own, each of the others one more. */
function seedsFor(seed: number, amount: number, each: number): readonly { seed: number; amount: number }[] {
  return Array.from({ length: Math.ceil(amount / each) }, (_, index) => ({
    seed: seed + index,
    amount: Math.min(each, amount - index * each),
  }));
}

/** Does all the work, so many pieces of it at a time. */
async function inLanes<Item, Value>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Value>,
): Promise<readonly Value[]> {
  const left = items.values();
  const done: Value[] = [];
  const lane = async (): Promise<void> => {
    for (const item of left) done.push(await work(item));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

async function killTills(
  folder: string,
  { kills, seed, lanes, managed }: CrashTestOptions,
  say: (line: string) => void,
): Promise<readonly KillResult[]> {
  const level = managed ? 'managed' : 'primitive';
  say(`Killing ${kills} tills beside a ${level} module, seed ${seed}.`);
  return inLanes(seedsFor(seed, kills, KILLS_A_SEED), lanes, async (part) => {
    const place = path.join(folder, `kills-${part.seed}`);
    const killed = await runKills({ folder: place, kills: part.amount, seed: part.seed, level });
    rmSync(place, { recursive: true, force: true });
    const { acknowledged, lost, tokensWithoutSale, salesWithTwoTokens, broken } = killed;
    const figures = { acknowledged, lost, tokensWithoutSale, salesWithTwoTokens, broken: broken.length };
    say(`seed ${part.seed}: ${killed.kills} killed, ${JSON.stringify(figures)}`);
    for (const line of broken.slice(0, MOST_BROKEN)) say(line);
    return killed;
  });
}

async function run(
  folder: string,
  options: CrashTestOptions,
  say: (line: string) => void,
  started: number,
): Promise<CrashTestSummary> {
  const fresh = path.join(folder, 'fresh');
  const first = await runTill({ folder: fresh, seed: options.seed, sales: 0 });
  if (!first.finished) throw new Error(`a first till did not open: ${first.complaints}`);
  const { images, seed } = options;
  const killed = await killTills(folder, options, say);
  say(`Cutting the power ${images} times.`);
  const traces = seedsFor(seed, images, IMAGES_A_TRACE);
  const cut: ImageResult[] = [];
  for (const trace of traces) cut.push(await cutPower(fresh, folder, trace.amount, trace.seed));
  const control = async (weak: Weakness): Promise<Control> => {
    const { images: all, lossy } = await cutPower(fresh, folder, CONTROL_IMAGES, seed, weak);
    return { images: all, lossy };
  };
  const parts = [...killed, ...cut];
  return {
    kills: sumOf(killed, ({ kills }) => kills),
    killedAt: addUp(killed.map(({ killedAt }) => killedAt)),
    images: sumOf(cut, (part) => part.images),
    acknowledged: sumOf(parts, (part) => part.acknowledged),
    besideFaults: sumOf(killed, (part) => part.besideFaults),
    tokensMade: sumOf(killed, ({ tokensMade }) => tokensMade),
    lost: sumOf(parts, (part) => part.lost),
    tokensWithoutSale: sumOf(parts, (part) => part.tokensWithoutSale),
    salesWithTwoTokens: sumOf(parts, (part) => part.salesWithTwoTokens),
    unsynced: sumOf(cut, ({ unsynced }) => unsynced),
    logRestarts: sumOf(cut, ({ logRestarts }) => logRestarts),
    started: sumOf(cut, (part) => part.started),
    settled: sumOf(cut, ({ settled }) => settled),
    openForAPerson: sumOf(parts, ({ openForAPerson }) => openForAPerson),
    negativeControls: {
      NORMAL: await control('NORMAL'),
      OFF: await control('OFF'),
      CHECKPOINT: await control('CHECKPOINT'),
    },
    broken: parts.flatMap((part) => part.broken).slice(0, MOST_BROKEN),
    seeds: [...new Set([...killed, ...traces].map((part) => part.seed))],
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function addUp(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((each) => Object.entries(each)))
    sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** Sells under strace from a copy of a fresh folder, then cuts the power. */
export async function cutPower(
  fresh: string,
  workFolder: string,
  images: number,
  seed: number,
  weak?: Weakness,
): Promise<ImageResult> {
  const folder = mkdtempSync(path.join(workFolder, 'traced-'));
  const devices = await startDevices(new Map(), new Map());
  try {
    cpSync(fresh, folder, { recursive: true });
    const traced = await traceSales({
      folder,
      seed,
      sales: SALES_A_TRACE,
      mixed: true,
      devices,
      restEvery: REST_EVERY,
      ...(weak === undefined
        ? {}
        : { nodeOptions: ['--import', WEAK_COMMITS], env: { KIOSKWATT_WEAK: weak } }),
    });
    const place = existsSync('/dev/shm') ? '/dev/shm' : workFolder;
    return await checkImages(traced, images, seed, place, devices.module);
  } finally {
    await endDevices(devices);
    rmSync(folder, { recursive: true, force: true });
  }
}

function saySummary(io: Io, summary: CrashTestSummary): void {
  const { negativeControls, broken, ...figures } = summary;
  for (const [name, figure] of Object.entries(figures)) {
    io.out(`${name.padEnd(20)} ${typeof figure === 'number' ? figure : JSON.stringify(figure)}`);
  }
  for (const [level, { images, lossy }] of Object.entries(negativeControls))
    io.out(`${`control ${level}`.padEnd(20)} ${lossy} of ${images} images lost a sale, as they should`);
  for (const line of broken) io.err(line);
}
