import { rmSync } from 'node:fs';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bundle } from './bundle.ts';
import { endDevices, startDevices, type Devices } from './devices.ts';
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
import { checkPaper, printedSlips } from './paper.ts';
import type { Roll } from './printer-process.ts';
import { PASSING, runTill, TILL, type TillOptions, type TillRun, type Told } from './till-process.ts';

export type KillOptions = {
  /** The data folder to sell from; it is made by the first round. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Told after each round, for a person who waits. */
  readonly onRound?: (round: number) => void;
};

export type KillResult = Findings & {
  readonly seed: number;
  readonly kills: number;
  /** By what ended the till: at a moment, or at a system call. */
  readonly killedAt: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  /** Sales that still waited for a person after the last till had settled what it could. */
  readonly openForAPerson: number;
  /** Slips that the books call printed. */
  readonly printed: number;
  /** Tokens that the module made, the repeated ones of recovery among them. */
  readonly tokensMade: number;
};

/** How one round's till dies. Calls are counted from the start of its program. */
type Death =
  | { readonly at: 'moment'; readonly afterSales: number; readonly ms: number }
  | { readonly at: 'start'; readonly ms: number }
  | { readonly at: 'pwrite64' | 'fsync' | 'write'; readonly call: number };

/** A till that outlives its system call ends after so many sales, and its round counts for no kill. */
const SALES_A_ROUND = 12;
/** A module and a printer serve so many tills; every second pair of them is slow and loses what it should say. */
const ROUNDS_A_PAIR = 50;
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

/** Most die at a moment: a death at a system call costs four times the time, since every call is stopped at. */
function drawDeath(random: () => number): Death {
  const below = (most: number): number => Math.floor(random() * most);
  const lot = below(16);
  if (lot === 0) return { at: 'start', ms: below(600) };
  const [call, most] = CALLS[lot - 1] ?? [];
  if (call !== undefined && most !== undefined) return { at: call, call: 1 + below(most) };
  return { at: 'moment', afterSales: below(3), ms: random() * 30 };
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

/** Kills the till at its moment; the deaths at a system call come from strace. */
function executioner(death: Death): Pick<TillOptions, 'onStart' | 'onLine' | 'under'> {
  if (death.at === 'start') return { onStart: (till) => setTimeout(() => till.kill('SIGKILL'), death.ms) };
  if (death.at !== 'moment') return { under: straceToDeath(death.at, death.call) };
  let tendered = 0;
  return {
    onLine: (line, till) => {
      if (!line.startsWith('tender')) return;
      tendered += 1;
      // The wait begins with a tender key, so that it lands anywhere in that sale's protocol or the next one's.
      if (tendered === death.afterSales + 1) setTimeout(() => till.kill('SIGKILL'), death.ms);
    },
  };
}

/** One till's life. Whatever ails the printer is seen to before it opens; what the printer holds then comes out. */
function sell(
  { module, printer, faulty }: Devices,
  options: Pick<TillOptions, 'folder' | 'program' | 'seed'> & Partial<TillOptions>,
): Promise<TillRun> {
  printer.mend();
  const devices = { printer: printer.address, module: module.port };
  const tokenWithinMs = faulty ? TOKEN_WITHIN_MS : undefined;
  return runTill({ mixed: true, sales: SALES_A_ROUND, ...devices, tokenWithinMs, ...options });
}

/** Lets tills sell from one folder and die there, one after the other; then holds the books against everything. */
export async function runKills(options: KillOptions): Promise<KillResult> {
  const { folder, seed } = options;
  const [roll, issued]: [Roll, Issued] = [new Map(), new Map()];
  const told: Told[] = [];
  const killedAt: Record<string, number> = {};
  let findings = NOTHING_FOUND;
  let kills = 0;
  let pair: Devices | undefined;
  const program = bundle(TILL);
  const sellFrom = (around: Devices, round: number, more: Partial<TillOptions>): Promise<TillRun> =>
    sell(around, { folder, program: program.file, seed: roundSeed(seed, round), ...more });
  try {
    // One that ends well leaves its compiled program to all that will not.
    pair = await startDevices(issued, roll);
    await sellFrom(pair, 0, { folder: `${folder}-first`, sales: 1, printer: undefined });
    issued.clear();
    for (let round = 1; kills < options.kills && round <= options.kills * MOST_TRIES; round += 1) {
      if (round % ROUNDS_A_PAIR === 0) {
        await endDevices(pair);
        pair = await startDevices(issued, roll, deviceFaults(seed, round));
      }
      const death = drawDeath(seededRandom(roundSeed(seed, round)));
      const run = await sellFrom(pair, round, executioner(death));
      if (run.signal === 'SIGKILL') {
        kills += 1;
        killedAt[death.at] = (killedAt[death.at] ?? 0) + 1;
      }
      told.push(...run.told);
      const checked = round % ROUNDS_A_CHECK === 0 ? told : run.told;
      const found = addFindings(complaintsOf(run, pair), checkFolder(folder, checked, checked === told));
      const where = `round ${round} of seed ${seed} (${JSON.stringify(death)})`;
      findings = addFindings(findings, named(found, where));
      options.onRound?.(round);
    }
    await endDevices(pair);
    pair = await startDevices(issued, roll);
    const last = await sellFrom(pair, 0, { sales: 1 });
    told.push(...last.told);
    findings = addFindings(findings, named(complaintsOf(last, pair), `the last till of seed ${seed}`));
  } finally {
    await endDevices(pair);
    program.remove();
    rmSync(`${folder}-first`, { recursive: true, force: true });
  }
  return {
    ...lastWord(folder, told, roll, issued, findings),
    seed,
    kills,
    killedAt,
    acknowledged: told.length,
  };
}

/** Every other pair of devices is a faulty one. */
function deviceFaults(seed: number, round: number): number | undefined {
  return Math.floor(round / ROUNDS_A_PAIR) % 2 === 1 ? roundSeed(seed, round) : undefined;
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

/** Where no answer gets lost, what the till before left open is settled before anybody sells. */
const NEVER_WITH_SOUND_DEVICES = 'meter-has-open-sale';

/** A till is there to sell: whatever else it says or dies of is a finding. */
function complaintsOf(run: TillRun, { faulty }: Devices): Findings {
  const passing = PASSING.filter((code) => faulty || code !== NEVER_WITH_SOUND_DEVICES);
  const stopped = run.refused.filter((code) => !passing.includes(code));
  const { leftOpen = 0, finished, signal } = run;
  const broken = [
    ...run.differing.map((saleId) => `a repeated request was answered otherwise: ${saleId}`),
    ...stopped.map((code) => `the till was refused: ${code}`),
    ...(!faulty && leftOpen > 0 ? [`the till opened and left ${leftOpen} sales unsettled`] : []),
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
