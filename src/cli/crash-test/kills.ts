import path from 'node:path';
import { openReader, type LedgerReader } from '../../main/store/index.ts';
import { seededRandom } from '../../simulators/printer/index.ts';
import { bindingFromEnvironment } from '../open.ts';
import {
  addFindings,
  checkLedger,
  isKept,
  NOTHING_FOUND,
  openForAPerson,
  type Findings,
} from './invariants.ts';
import { checkPaper, printedSlips } from './paper.ts';
import { startPrinter, type PrinterProcess, type Roll } from './printer-process.ts';
import { PASSING, runTill, type TillOptions, type TillRun, type Told } from './till-process.ts';

export type KillOptions = {
  /** The data folder to sell from; it is made by the first round. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** Told after each round, for a person who waits. */
  readonly onRound?: (round: number) => void;
};

export type KillResult = Findings & {
  readonly kills: number;
  /** By what ended the till: at a moment, or at a system call. */
  readonly killedAt: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  /** Sales that still waited for a person after the last till had settled what it could. */
  readonly openForAPerson: number;
  /** Slips that the books call printed. */
  readonly printed: number;
};

/** How one round's till dies. Calls are counted from the start of its program. */
type Death =
  | { readonly at: 'moment'; readonly afterSales: number; readonly ms: number }
  | { readonly at: 'start'; readonly ms: number }
  | { readonly at: 'pwrite64' | 'fsync' | 'write'; readonly call: number };

/** A till that outlives its system call ends after so many sales, and its round counts for no kill. */
const SALES_A_ROUND = 12;
const ROUNDS_A_PRINTER = 20;
/** The whole ledger is read once in so many rounds, and at the end; what was told in a round, after each. */
const ROUNDS_A_CHECK = 50;
const MOST_TRIES = 3;

function drawDeath(random: () => number): Death {
  const below = (most: number): number => Math.floor(random() * most);
  switch (below(8)) {
    case 0:
      return { at: 'start', ms: below(600) };
    case 1:
    case 2:
      return { at: 'fsync', call: 1 + below(40) };
    case 3:
    case 4:
      return { at: 'pwrite64', call: 1 + below(400) };
    case 5:
      return { at: 'write', call: 1 + below(60) };
    default:
      return { at: 'moment', afterSales: 1 + below(8), ms: random() * 15 };
  }
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
  let told = 0;
  return {
    onLine: (line, till) => {
      if (!line.startsWith('told')) return;
      told += 1;
      if (told !== death.afterSales) return;
      const until = performance.now() + death.ms;
      // A timer is too coarse: the wait has to land anywhere in the next sale's protocol.
      while (performance.now() < until);
      till.kill('SIGKILL');
    },
  };
}

/** Lets tills sell from one folder and die there, one after the other; then holds the books against everything. */
export async function runKills(options: KillOptions): Promise<KillResult> {
  const { folder, seed } = options;
  const roll: Roll = new Map();
  const told: Told[] = [];
  const killedAt: Record<string, number> = {};
  let findings = NOTHING_FOUND;
  let kills = 0;
  let printer: PrinterProcess | undefined;
  try {
    for (let round = 1; kills < options.kills && round <= options.kills * MOST_TRIES; round += 1) {
      if (!printer || round % ROUNDS_A_PRINTER === 0) {
        await printer?.kill();
        const faulty = Math.floor(round / ROUNDS_A_PRINTER) % 2 === 1;
        printer = await startPrinter(roll, faulty ? roundSeed(seed, round) : undefined);
      }
      const death = drawDeath(seededRandom(roundSeed(seed, round)));
      const run = await runTill({
        folder,
        seed: roundSeed(seed, round),
        sales: SALES_A_ROUND,
        printer: printer.address,
        ...executioner(death),
      });
      if (run.signal === 'SIGKILL') {
        kills += 1;
        killedAt[death.at] = (killedAt[death.at] ?? 0) + 1;
      }
      told.push(...run.told);
      const checked = round % ROUNDS_A_CHECK === 0 ? told : run.told;
      const found = addFindings(complaintsOf(run), checkFolder(folder, checked, checked === told));
      findings = addFindings(
        findings,
        named(found, `round ${round} of seed ${seed} (${JSON.stringify(death)})`),
      );
      options.onRound?.(round);
    }
    const last = await runTill({ folder, seed: roundSeed(seed, 0), sales: 1, printer: printer?.address });
    told.push(...last.told);
    findings = addFindings(findings, complaintsOf(last));
  } finally {
    // Only then everything is read that it printed.
    await printer?.kill();
  }
  return { ...lastWord(folder, told, roll, findings), kills, killedAt, acknowledged: told.length };
}

function lastWord(
  folder: string,
  told: readonly Told[],
  roll: Roll,
  before: Findings,
): Findings & Pick<KillResult, 'openForAPerson' | 'printed'> {
  return withLedger(folder, (ledger) => {
    const printed = printedSlips(ledger);
    const found = named(
      addFindings(checkLedger(ledger, told), { ...NOTHING_FOUND, broken: checkPaper(printed, roll) }),
      'at the end',
    );
    return { ...addFindings(before, found), openForAPerson: openForAPerson(ledger), printed: printed.length };
  });
}

function withLedger<Value>(folder: string, use: (ledger: LedgerReader) => Value): Value {
  const ledger = openReader('ledger', path.join(folder, 'ledger.db'), bindingFromEnvironment());
  if (!ledger.ok) throw new Error(JSON.stringify(ledger.error));
  try {
    return use(ledger.value);
  } finally {
    ledger.value.close();
  }
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

/** A till is there to sell: whatever else it says or dies of is a finding. */
function complaintsOf(run: TillRun): Findings {
  const stopped = run.refused.filter((code) => !PASSING.includes(code));
  const broken = [
    ...run.differing.map((saleId) => `a repeated request was answered otherwise: ${saleId}`),
    ...stopped.map((code) => `the till was refused: ${code}`),
    ...(run.signal !== 'SIGKILL' && !run.finished ? [`the till ended by itself: ${run.complaints}`] : []),
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
