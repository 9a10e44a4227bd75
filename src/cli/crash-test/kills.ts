import { rmSync } from 'node:fs';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bundle } from './bundle.ts';
import { endDevices, loseDevice, replaceDevice, startDevices, type Devices } from './devices.ts';
import {
  addFindings,
  checkLedger,
  isKept,
  NOTHING_FOUND,
  openForAPerson,
  type Findings,
} from './invariants.ts';
import { checkIssued, type Issued } from './issued.ts';
import { withLedger } from './ledger-file.ts';
import { startManaged, type ManagedModule } from './managed-module.ts';
import { checkPaper, printedSlips } from './paper.ts';
import type { Roll } from './printer-process.ts';
import { runTill, TILL, type TillOptions, type TillRun, type Told } from './till-process.ts';

export type KillOptions = {
  /** The data folder to sell from; it is made by the first round. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** A module of the primitive level when left out. */
  readonly level?: 'primitive' | 'managed';
  /** Told after each round, for a person who waits. */
  readonly onRound?: (round: number) => void;
};

export type KillResult = Findings & {
  readonly seed: number;
  readonly kills: number;
  /** By what ended the till: at a moment, at a system call, or soon after a device died. */
  readonly killedAt: Readonly<Record<string, number>>;
  /** Of the kills, those beside a module and a printer that lose what they should say. */
  readonly besideFaults: number;
  readonly acknowledged: number;
  /** Sales that still waited for a person after the last till had settled what it could. */
  readonly openForAPerson: number;
  /** Slips that the books call printed. */
  readonly printed: number;
  /** Tokens that the module made, the repeated ones of recovery among them. */
  readonly tokensMade: number;
};

type Device = 'module' | 'printer';

/** How one round's till dies. Calls are counted from the start of its program. */
type Death =
  | { readonly at: 'moment'; readonly afterSales: number; readonly ms: number }
  | { readonly at: 'start'; readonly ms: number }
  /** The device dies at that moment, and the till a little later; or it ends by itself, as nothing can be sold. */
  | { readonly at: Device; readonly afterSales: number; readonly ms: number; readonly thenMs: number }
  | { readonly at: 'pwrite64' | 'fsync' | 'write'; readonly call: number };

/** A till that outlives its system call ends after so many sales, and its round counts for no kill. */
const SALES_A_ROUND = 12;
/**
 * A module and a printer serve so many tills at most, and a quarter of a short run's; every second pair of them is slow
 * and loses what it should say.
 */
const MOST_ROUNDS_A_PAIR = 50;
const PAIRS = 4;
/** The whole ledger is read once in so many rounds, and at the end; what was told in a round, after each. */
const ROUNDS_A_CHECK = 50;
const MOST_TRIES = 3;
/** How long a till waits for a token where the module loses answers. */
const TOKEN_WITHIN_MS = 400;

/** System calls that a till may die at, with about how many of them there are in its life. */
const CALLS: readonly (readonly ['pwrite64' | 'fsync' | 'write', number])[] = [
  ['fsync', 40],
  ['pwrite64', 400],
  ['write', 60],
];

const DEVICES: readonly Device[] = ['module', 'printer'];

function isDevice(at: Death['at']): at is Device {
  return at === 'module' || at === 'printer';
}

/** Most die at a moment: a death at a system call costs four times the time, since every call is stopped at. */
function drawDeath(random: () => number): Death {
  const below = (most: number): number => Math.floor(random() * most);
  const lot = below(16);
  if (lot === 0) return { at: 'start', ms: below(600) };
  const [call, most] = CALLS[lot - 1] ?? [];
  if (call !== undefined && most !== undefined) return { at: call, call: 1 + below(most) };
  const moment = { afterSales: below(3), ms: random() * 30 };
  const device = DEVICES[lot - 1 - CALLS.length];
  return device ? { at: device, ...moment, thenMs: random() * 30 } : { at: 'moment', ...moment };
}

/**
 * strace delivers the signal as the call is entered, so the call itself is never carried out. It has to stop at
 * every call for that: where the kernel sorts the calls out (`--seccomp-bpf`) the signal gets lost.
 */
function straceToDeath(call: string, when: number): readonly string[] {
  const inject = `inject=${call}:signal=SIGKILL:when=${when}`;
  return ['strace', '-f', '-qq', '-e', `trace=${call}`, '-e', inject, '-o', '/dev/null'];
}

/** The seed of everything that is drawn in one round: a round can be played again by itself. */
function roundSeed(seed: number, round: number): number {
  return (seed * 100_003 + round * 7_919) >>> 0;
}

/** The token server goes by the till's clock, which each till goes on with from the ledger. */
function followClock(line: string, managed: ManagedModule | undefined): void {
  const [word, nowUnixMs] = line.split(' ');
  if (word === 'clock') managed?.setClock(Number(nowUnixMs));
}

/** Kills the till at its moment, or a device before it; the deaths at a system call come from strace. */
function executioner(death: Death, devices: Devices): Pick<TillOptions, 'onStart' | 'onLine' | 'under'> {
  if (death.at === 'start') return { onStart: (till) => setTimeout(() => till.kill('SIGKILL'), death.ms) };
  if (!('afterSales' in death)) return { under: straceToDeath(death.at, death.call) };
  let tendered = 0;
  return {
    onLine: (line, till) => {
      followClock(line, devices.managed);
      if (!line.startsWith('tender')) return;
      tendered += 1;
      if (tendered !== death.afterSales + 1) return;
      const killTill = (): void => void till.kill('SIGKILL');
      const killDevice = (device: Device, thenMs: number): void => {
        loseDevice(devices, device);
        setTimeout(killTill, thenMs);
      };
      // The wait begins with a tender key, so that it lands anywhere in that sale's protocol or the next one's.
      setTimeout(() => (death.at === 'moment' ? killTill() : killDevice(death.at, death.thenMs)), death.ms);
    },
  };
}

/** One till's life. Whatever ails the printer is seen to before it opens; what the printer holds then comes out. */
function sell(
  { module, managed, printer, faultSeed }: Devices,
  options: Pick<TillOptions, 'folder' | 'program' | 'seed'> & Partial<TillOptions>,
): Promise<TillRun> {
  printer.mend();
  const devices = { printer: printer.address, module: module?.port, managed: managed?.address };
  const onLine = (line: string): void => followClock(line, managed);
  const tokenWithinMs = faultSeed === undefined ? undefined : TOKEN_WITHIN_MS;
  return runTill({ mixed: true, sales: SALES_A_ROUND, ...devices, tokenWithinMs, onLine, ...options });
}

/** Lets tills sell from one folder and die there, one after the other; then holds the books against everything. */
export async function runKills(options: KillOptions): Promise<KillResult> {
  const { folder, seed } = options;
  const [roll, issued]: [Roll, Issued] = [new Map(), new Map()];
  const told: Told[] = [];
  const killedAt: Record<string, number> = {};
  let findings = NOTHING_FOUND;
  let [kills, besideFaults] = [0, 0];
  const roundsAPair = Math.max(1, Math.min(MOST_ROUNDS_A_PAIR, Math.floor(options.kills / PAIRS)));
  let pair: Devices | undefined;
  const managed = options.level === 'managed' ? await startManaged(issued) : undefined;
  const program = bundle(TILL);
  const sellFrom = (around: Devices, round: number, more: Partial<TillOptions>): Promise<TillRun> =>
    sell(around, { folder, program: program.file, seed: roundSeed(seed, round), ...more });
  try {
    // One that ends well leaves its compiled program to all that will not.
    pair = await startDevices(issued, roll, undefined, managed);
    await sellFrom(pair, 0, { folder: `${folder}-first`, sales: 1, printer: undefined });
    issued.clear();
    for (let round = 1; kills < options.kills && round <= options.kills * MOST_TRIES; round += 1) {
      if (round % roundsAPair === 0) {
        await endDevices(pair);
        const isFaulty = (round / roundsAPair) % 2 === 1;
        pair = await startDevices(issued, roll, isFaulty ? roundSeed(seed, round) : undefined, managed);
      }
      const death = drawDeath(seededRandom(roundSeed(seed, round)));
      const run = await sellFrom(pair, round, executioner(death, pair));
      if (isDevice(death.at)) pair = await replaceDevice(pair, death.at);
      if (run.signal === 'SIGKILL') {
        kills += 1;
        killedAt[death.at] = (killedAt[death.at] ?? 0) + 1;
        if (pair.faultSeed !== undefined) besideFaults += 1;
      }
      told.push(...run.told);
      const checked = round % ROUNDS_A_CHECK === 0 ? told : run.told;
      const complaints = complaintsOf(run, passingBeside(pair, death.at));
      const found = addFindings(complaints, checkFolder(folder, checked, checked === told));
      const where = `round ${round} of seed ${seed} (${JSON.stringify(death)})`;
      findings = addFindings(findings, named(found, where));
      options.onRound?.(round);
    }
    await endDevices(pair);
    pair = await startDevices(issued, roll, undefined, managed);
    const last = await sellFrom(pair, 0, { sales: 1 });
    told.push(...last.told);
    const complaints = complaintsOf(last, passingBeside(pair));
    findings = addFindings(findings, named(complaints, `the last till of seed ${seed}`));
  } finally {
    await endDevices(pair);
    await managed?.close();
    program.remove();
    rmSync(`${folder}-first`, { recursive: true, force: true });
  }
  return {
    ...lastWord(folder, told, roll, issued, findings),
    seed,
    kills,
    killedAt,
    besideFaults,
    acknowledged: told.length,
  };
}

function lastWord(
  folder: string,
  told: readonly Told[],
  roll: Roll,
  issued: Issued,
  before: Findings,
): Findings & Pick<KillResult, 'openForAPerson' | 'printed' | 'tokensMade'> {
  return withLedger(folder, (ledger) => {
    const printed = printedSlips(ledger);
    const paper = { ...NOTHING_FOUND, broken: checkPaper(printed, roll) };
    const found = [checkLedger(ledger, told), paper, checkIssued(ledger, issued)].reduce(addFindings);
    return {
      ...addFindings(before, named(found, 'at the end')),
      openForAPerson: openForAPerson(ledger),
      printed: printed.length,
      tokensMade: [...issued.values()].reduce((sum, tokens) => sum + tokens.length, 0),
    };
  });
}

/** A till that died while making its ledger leaves one that cannot be read yet: nobody was told anything then. */
function checkFolder(folder: string, told: readonly Told[], whole: boolean): Findings {
  if (told.length === 0) return NOTHING_FOUND;
  return withLedger(folder, (ledger) =>
    whole
      ? checkLedger(ledger, told)
      : { ...NOTHING_FOUND, lost: told.filter((each) => !isKept(ledger, each)).length },
  );
}

/** What a till may meet in passing, and whether it settles at once all that the one before left open. */
type Passing = { readonly refusals: RegExp; readonly settles: boolean };

/** Where no answer gets lost, what the till before left open is settled before anybody sells. */
function passingBeside({ faultSeed, managed }: Devices, died?: Death['at']): Passing {
  const settles = faultSeed === undefined;
  // A faulty token server also refuses: its clock is off, or its credit has run out.
  if (died === 'module' || (managed && !settles))
    return { refusals: /^(?:token-time-full|meter-has-open-sale|module-.*)$/u, settles };
  if (settles) return { refusals: /^token-time-full$/u, settles };
  return { refusals: /^(?:token-time-full|meter-has-open-sale)$/u, settles };
}

/** A till is there to sell: whatever else it says or dies of is a finding. */
function complaintsOf(run: TillRun, { refusals, settles }: Passing): Findings {
  const stopped = run.refused.filter((code) => !refusals.test(code));
  const { leftOpen = 0, finished, signal } = run;
  const broken = [
    ...run.differing.map((saleId) => `a repeated request was answered otherwise: ${saleId}`),
    ...stopped.map((code) => `the till was refused: ${code}`),
    ...(settles && leftOpen > 0 ? [`the till opened and left ${leftOpen} sales unsettled`] : []),
    ...(signal !== 'SIGKILL' && !finished ? [`the till ended by itself: ${run.complaints}`] : []),
  ];
  return { ...NOTHING_FOUND, broken };
}

function named(findings: Findings, where: string): Findings {
  const { lost, tokensWithoutSale, salesWithTwoTokens, broken } = findings;
  const counted = { lost, tokensWithoutSale, salesWithTwoTokens };
  const wrong = Object.entries(counted).filter(([, count]) => count > 0);
  const lines = [...broken, ...wrong.map(([what, count]) => `${what}: ${count}`)];
  return { ...findings, broken: lines.map((line) => `${where}: ${line}`) };
}
