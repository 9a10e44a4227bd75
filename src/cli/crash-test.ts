import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runKills } from './crash-test/kills.ts';
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
  readonly openForAPerson: number;
  /** The same sales with weaker commits: these have to lose something, or the images prove nothing. */
  readonly negativeControls: Readonly<Record<'NORMAL' | 'OFF', Control>>;
  /** What else was wrong, in words; the first of it. */
  readonly broken: readonly string[];
  readonly seed: number;
  readonly seconds: number;
};

const WEAK_COMMITS = path.resolve(import.meta.dirname, '../../test/faults/weak-commits.ts');
const SALES_A_TRACE = 25;
const IMAGES_A_TRACE = 2_500;
const CONTROL_IMAGES = 200;
const MOST_BROKEN = 20;

/**
 * Kills selling tills and cuts their power at seeded moments, then holds their books against what their
 * cashiers were told. Returns 0 only when nothing was lost and the weakened controls did lose something.
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
    const say = options.json ? (): void => undefined : io.out;
    const summary = await run(folder, options, say, started);
    if (options.json) io.out(JSON.stringify(summary));
    else saySummary(io, summary);
    const { lost, tokensWithoutSale, salesWithTwoTokens, broken, negativeControls } = summary;
    const held = isClean({ lost, tokensWithoutSale, salesWithTwoTokens, broken });
    const bites = Object.values(negativeControls).every(({ lossy }) => lossy > 0);
    return held && bites ? EXIT.done : EXIT.failed;
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

async function run(
  folder: string,
  { kills, images, seed }: CrashTestOptions,
  say: (line: string) => void,
  started: number,
): Promise<CrashTestSummary> {
  const fresh = path.join(folder, 'fresh');
  const first = await runTill({ folder: fresh, seed, sales: 0 });
  if (!first.finished) throw new Error(`a first till did not open: ${first.complaints}`);
  say(`Killing ${kills} tills, seed ${seed}.`);
  const onRound = (round: number): void => (round % 100 === 0 ? say(`  ${round} rounds`) : undefined);
  const killed = await runKills({ folder: path.join(folder, 'kills'), kills, seed, onRound });
  say(`Cutting the power ${images} times.`);
  const cut: ImageResult[] = [];
  for (let left = images; left > 0; left -= IMAGES_A_TRACE) {
    cut.push(await cutPower(fresh, folder, Math.min(left, IMAGES_A_TRACE), seed + cut.length));
  }
  const control = async (weak: string): Promise<Control> => {
    const { images: all, lossy } = await cutPower(fresh, folder, CONTROL_IMAGES, seed, weak);
    return { images: all, lossy };
  };
  const parts = [killed, ...cut];
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    kills: killed.kills,
    images: cut.reduce((total, part) => total + part.images, 0),
    acknowledged: sum((part) => part.acknowledged),
    lost: sum((part) => part.lost),
    tokensWithoutSale: sum((part) => part.tokensWithoutSale),
    salesWithTwoTokens: sum((part) => part.salesWithTwoTokens),
    openForAPerson: killed.openForAPerson,
    negativeControls: { NORMAL: await control('NORMAL'), OFF: await control('OFF') },
    broken: parts.flatMap((part) => part.broken).slice(0, MOST_BROKEN),
    seed,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

/** Sells under strace from a copy of a fresh folder, then cuts the power; `weak` is a level of synchronous. */
export async function cutPower(
  fresh: string,
  workFolder: string,
  images: number,
  seed: number,
  weak?: string,
): Promise<ImageResult> {
  const folder = mkdtempSync(path.join(workFolder, 'traced-'));
  try {
    cpSync(fresh, folder, { recursive: true });
    const traced = await traceSales({
      folder,
      seed,
      sales: SALES_A_TRACE,
      ...(weak === undefined
        ? {}
        : { nodeOptions: ['--import', WEAK_COMMITS], env: { KIOSKWATT_WEAK: weak } }),
    });
    return checkImages(traced, images, seed, existsSync('/dev/shm') ? '/dev/shm' : workFolder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function saySummary(io: Io, summary: CrashTestSummary): void {
  const { negativeControls, broken, ...figures } = summary;
  for (const [name, figure] of Object.entries(figures)) io.out(`${name.padEnd(20)} ${figure}`);
  for (const [level, { images, lossy }] of Object.entries(negativeControls))
    io.out(`${`control ${level}`.padEnd(20)} ${lossy} of ${images} images lost a sale, as they should`);
  for (const line of broken) io.err(line);
}
