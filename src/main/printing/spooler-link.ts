import { execFile, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { err, ok } from '../../units/index.ts';
import type { Link, LinkEvents, OpenLink } from './link.ts';

const run = promisify(execFile);
const ASK_MS = 3_000;
const POLL_MS = 200;
/** How long a slip may lie in the spooler before it is taken back. */
const SPOOL_MS = 8_000;

/**
 * The way through CUPS (`lp`), for printers that the system gives no other way to. The spooler calls a slip
 * completed that no printer has read, so this line answers nothing and a slip is at best sent. One that the
 * spooler still holds after a while is cancelled: it would come out for another customer.
 */
export function spoolerLink(queue: string): OpenLink {
  return async (events, connectMs) => {
    try {
      await run('lpstat', ['-a', queue], { timeout: connectMs });
      return ok(linkOf(queue, events));
    } catch {
      return err({ code: 'printer-unreachable', params: { address: queue, reason: 'lpstat' } });
    }
  };
}

function linkOf(queue: string, events: LinkEvents): Link {
  const jobs: string[] = [];
  let done = false;
  const end = (clean: boolean): void => {
    if (done) return;
    done = true;
    events.onClosed(clean);
  };
  return {
    write: async (bytes) => {
      const job = await submit(queue, bytes);
      if (job) jobs.push(job);
      return job !== undefined;
    },
    finish: () => void leave(queue, jobs).then(end),
    reset: () => void cancel(jobs).then(() => end(false)),
  };
}

/** Gives the bytes to the spooler as they are; the spooler's name for the job, or undefined. */
async function submit(queue: string, bytes: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('lp', ['-d', queue, '-o', 'raw', '-t', 'receipt'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => {
      // The name is the one word of every translation of this line that has the queue's name and a number.
      const names = said.split(/\s+/u).filter((word) => word.startsWith(`${queue}-`));
      resolve(code === 0 ? names.find((word) => /-\d+$/u.test(word)) : undefined);
    });
    child.stdin.end(bytes);
  });
}

/** True once the spooler holds none of the jobs any more, false when they had to be cancelled. */
async function leave(queue: string, jobs: readonly string[]): Promise<boolean> {
  const until = performance.now() + SPOOL_MS;
  while (performance.now() < until) {
    const held = await heldJobs(queue);
    if (!jobs.some((job) => held.includes(job))) return true;
    await wait(POLL_MS);
  }
  await cancel(jobs);
  return false;
}

async function heldJobs(queue: string): Promise<readonly string[]> {
  const { stdout } = await run('lpstat', ['-o', queue], { timeout: ASK_MS }).catch(() => ({ stdout: '' }));
  return stdout.split('\n').flatMap((line) => line.split(/\s+/u)[0] ?? []);
}

async function cancel(jobs: readonly string[]): Promise<void> {
  if (jobs.length === 0) return;
  await run('cancel', [...jobs], { timeout: ASK_MS }).catch(() => undefined);
}
