import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PrinterLevel } from './conversation.ts';
import { printerLink } from './open-printer.ts';
import { parsePrinterAddress, type PrinterAddress } from './printer-address.ts';
import { lookAtPrinter } from './probe.ts';
import type { PrinterProblem } from './printer-problem.ts';
import { blockingCode, type PrinterStatus } from './status.ts';
import type { Deadlines } from './talk.ts';

const run = promisify(execFile);
const ASK_MS = 3_000;

/** One thing that was looked at, as a message of the catalogues. */
export type Finding = {
  /** `trouble` is a reason why nothing prints; `unknown` could not be seen from here. */
  readonly standing: 'good' | 'trouble' | 'unknown';
  readonly id: string;
  readonly params: Readonly<Record<string, string | number>>;
};

export type Patient = {
  readonly address: string;
  /** What its test slip showed; undefined when it never had one. */
  readonly level: PrinterLevel | undefined;
  /** Slips that wait for a printer, and how many of them wait for a person's key. */
  readonly waiting: number;
  readonly waitingForKey: number;
};

const finding = (standing: Finding['standing'], id: string, params: Finding['params'] = {}): Finding => ({
  standing,
  id,
  params,
});

/**
 * Looks for the reason why nothing prints, from the address to the paper, and stops at the first thing that makes
 * the rest impossible. Prints nothing. Every answer but the last trouble says what was found to be well.
 */
export async function examinePrinter(patient: Patient, deadlines: Deadlines): Promise<readonly Finding[]> {
  const { address } = patient;
  const parsed = parsePrinterAddress(address);
  if (!parsed.ok) return [finding('trouble', 'doctor.address.wrong', { address })];
  const spooler = parsed.value.kind === 'spooler' ? await examineQueue(parsed.value.queue) : [];
  if (spooler.some(({ standing }) => standing === 'trouble')) return spooler;
  const seen = await lookAtPrinter(printerLink(parsed.value), address, deadlines);
  if (!seen.ok) return [...spooler, unreachable(parsed.value, seen.error)];
  return [
    ...spooler,
    ...(parsed.value.kind === 'spooler' ? [] : [finding('good', 'doctor.reached', { address })]),
    statusFinding(parsed.value, seen.value),
    ...paperFinding(seen.value),
    testFinding(patient.level),
    ...waitingFindings(patient),
  ];
}

/** What the system's own word for a refused line means to a person. */
const WHY_NOT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'doctor.reach.refused',
  ETIMEDOUT: 'doctor.reach.no-answer',
  EHOSTUNREACH: 'doctor.reach.no-answer',
  ENETUNREACH: 'doctor.reach.no-network',
  ENOTFOUND: 'doctor.reach.no-name',
  EAI_AGAIN: 'doctor.reach.no-name',
  ENOENT: 'doctor.reach.no-file',
  ENXIO: 'doctor.reach.no-device',
  ENODEV: 'doctor.reach.no-device',
  EIO: 'doctor.reach.no-device',
  EACCES: 'doctor.reach.not-allowed',
  EPERM: 'doctor.reach.not-allowed',
  EBUSY: 'doctor.reach.busy',
};

function unreachable(address: PrinterAddress, problem: PrinterProblem): Finding {
  const reason = String(problem.params['reason'] ?? problem.code);
  const where = String(problem.params['address'] ?? '');
  const port = address.kind === 'tcp' ? address.to.port : 0;
  return finding('trouble', WHY_NOT[reason] ?? 'doctor.reach.other', { address: where, reason, port });
}

function statusFinding(address: PrinterAddress, status: PrinterStatus | undefined): Finding {
  if (!status)
    return finding('unknown', address.kind === 'spooler' ? 'doctor.status.spooler' : 'doctor.status.silent');
  const code = blockingCode(status);
  return code
    ? finding('trouble', `doctor.status.${code.slice('printer-'.length)}`)
    : finding('good', 'doctor.status.ready');
}

function paperFinding(status: PrinterStatus | undefined): readonly Finding[] {
  if (!status || status.paper === 'out') return [];
  return [
    status.paper === 'near-end'
      ? finding('unknown', 'doctor.paper.near-end')
      : finding('good', 'doctor.paper.enough'),
  ];
}

function testFinding(level: PrinterLevel | undefined): Finding {
  return level === undefined
    ? finding('unknown', 'doctor.test.never')
    : finding('good', `doctor.test.${level}`);
}

function waitingFindings({ waiting, waitingForKey }: Patient): readonly Finding[] {
  if (waiting === 0) return [];
  return [
    waitingForKey > 0
      ? finding('unknown', 'doctor.waiting.key', { count: waitingForKey })
      : finding('good', 'doctor.waiting', { count: waiting }),
  ];
}

type Said = { readonly ok: boolean; readonly text: string };

/** What a command of the spooler says, in English whatever the system speaks. */
async function ask(program: string, words: readonly string[]): Promise<Said | undefined> {
  const env = { ...process.env, LC_ALL: 'C' };
  try {
    const { stdout, stderr } = await run(program, [...words], { timeout: ASK_MS, env });
    return { ok: true, text: `${stdout}${stderr}` };
  } catch (error) {
    const failed = error as { code?: unknown; stdout?: string; stderr?: string };
    if (failed.code === 'ENOENT') return undefined;
    return { ok: false, text: `${failed.stdout ?? ''}${failed.stderr ?? ''}` };
  }
}

/** The spooler, then its queue: is it there, does it take jobs, does it give them on. */
async function examineQueue(queue: string): Promise<readonly Finding[]> {
  const scheduler = await ask('lpstat', ['-r']);
  if (!scheduler) return [finding('trouble', 'doctor.cups.none')];
  if (!scheduler.ok || !scheduler.text.includes('is running'))
    return [finding('trouble', 'doctor.cups.stopped')];
  const accepts = await ask('lpstat', ['-a', queue]);
  if (!accepts?.ok) return [finding('trouble', 'doctor.cups.no-queue', { queue })];
  if (accepts.text.includes('not accepting')) return [finding('trouble', 'doctor.cups.rejecting', { queue })];
  const state = await ask('lpstat', ['-p', queue]);
  if (state?.text.includes('disabled') === true) return [finding('trouble', 'doctor.cups.paused', { queue })];
  const jobs = await ask('lpstat', ['-o', queue]);
  const held = (jobs?.text ?? '').split('\n').filter((line) => line.startsWith(`${queue}-`)).length;
  const stuck = held > 0 ? [finding('unknown', 'doctor.cups.jobs', { queue, count: held })] : [];
  return [finding('good', 'doctor.cups.ready', { queue }), ...stuck];
}
