import { readFileSync } from 'node:fs';

/** A time in which the thread did not come back to its event loop. */
export type Block = {
  /** How long it ran, and waited in a watched piece of work for anything but a commit's disk. */
  readonly ms: number;
  /** How long the thread was on a processor in it. */
  readonly ranMs: number;
  /** How long by the clock. */
  readonly wallMs: number;
  /** The longest piece of work in it that was watched, and how long that took by the clock. */
  readonly longest: string;
};

export type Watched = {
  readonly beats: number;
  /** The longest of all. */
  readonly longest: Block;
  /** Blocks that ran longer than the limit, or waited for several times as long, in their order. */
  readonly over: readonly Block[];
  /** How long commits waited for the disk: the median, the longest, by what went on beside. */
  readonly commits: Readonly<
    Record<string, { readonly count: number; readonly p50: number; readonly max: number }>
  >;
};

export type LoopWatch = {
  /** Times a piece of work that waits for nothing, so that a block can be named after it. */
  readonly timed: <Value>(name: string, work: () => Value) => Value;
  /** The same for a commit, with what it waits for the disk. */
  readonly commit: <Value>(beside: string, work: () => Value) => Value;
  readonly stop: () => Watched;
};

type Schedule = {
  /** On a processor, and ready to run without one. */
  readonly ranMs: number;
  readonly readyMs: number;
  /** How often the thread gave its processor away to wait for something. */
  readonly sleeps: number;
};

/** What Linux counts for this thread. */
function schedule(): Schedule {
  const [ran = 0, ready = 0] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ').map(Number);
  const status = readFileSync('/proc/thread-self/status', 'latin1');
  return {
    ranMs: ran / 1e6,
    readyMs: ready / 1e6,
    sleeps: Number(/^voluntary_ctxt_switches:\s*(\d+)$/mu.exec(status)?.[1]),
  };
}

/** A page that has to come from a disk that others keep busy takes its time: waits are blocks from so many limits on. */
const WAITS = 5;

/**
 * Watches this thread's event loop by a timer that should come every millisecond. What counts is the thread's own time
 * on a processor, and what a watched piece of work waits for: a file, a lock, another thread. A machine that has
 * something else to do is no block of ours, and what commits waited for the disk is told apart. `onBlock` is told each
 * block longer than the limit as it happens.
 */
export function watchLoop(limitMs: number, onBlock: (block: Block) => void): LoopWatch {
  const over: Block[] = [];
  const waits = new Map<string, number[]>();
  let longest: Block = { ms: 0, ranMs: 0, wallMs: 0, longest: '' };
  let named = { name: '', ms: 0 };
  let [beats, stopped, depth] = [0, false, 0];
  // Since the last beat: of watched work, and of commits.
  let [waitedMs, committedMs] = [0, 0];
  let [at, before] = [performance.now(), schedule()];
  let resumed = false;
  const onResumed = (): void => void (resumed = true);
  process.on('SIGCONT', onResumed);
  const take = (block: Block): void => {
    if (block.ms > longest.ms) longest = block;
    over.push(block);
    onBlock(block);
  };
  const takeUnlessStopped = (block: Block): void => {
    if (!resumed) take(block);
    resumed = false;
  };
  const beat = (): void => {
    const [now, after] = [performance.now(), schedule()];
    const wallMs = now - at;
    const ranMs = after.ranMs - before.ranMs;
    const ms = ranMs + waitedMs;
    const block = { ms, ranMs, wallMs, longest: `${named.name} ${named.ms.toFixed(1)}` };
    // A process that was stopped from outside hears of it before this comes.
    if (ranMs > limitMs || ms > limitMs * WAITS) setImmediate(takeUnlessStopped, block);
    else {
      if (ms > longest.ms) longest = block;
      resumed = false;
    }
    [at, before, named, beats] = [now, after, { name: '', ms: 0 }, beats + 1];
    [waitedMs, committedMs] = [0, 0];
    if (!stopped) setTimeout(beat, 1);
  };
  setTimeout(beat, 1);
  const measured = <Value>(name: string, work: () => Value): Value => {
    const started = performance.now();
    try {
      return work();
    } finally {
      const ms = performance.now() - started;
      if (ms > named.ms) named = { name, ms };
    }
  };
  const timed = <Value>(name: string, work: () => Value): Value => {
    const [started, first, committed] = [performance.now(), schedule(), committedMs];
    depth += 1;
    try {
      return measured(name, work);
    } finally {
      depth -= 1;
      const last = schedule();
      const onProcessor = last.ranMs - first.ranMs + (last.readyMs - first.readyMs);
      const waited = performance.now() - started - onProcessor - (committedMs - committed);
      // A thread whose processor was taken away has not waited for anything.
      if (depth === 0 && last.sleeps > first.sleeps) waitedMs += Math.max(0, waited);
    }
  };
  const commit = <Value>(beside: string, work: () => Value): Value => {
    const [started, first] = [performance.now(), schedule()];
    try {
      return measured('transaction', work);
    } finally {
      const last = schedule();
      const onProcessor = last.ranMs - first.ranMs + (last.readyMs - first.readyMs);
      const waited = Math.max(0, performance.now() - started - onProcessor);
      committedMs += waited;
      waits.set(beside, [...(waits.get(beside) ?? []), waited]);
    }
  };
  const stop = (): Watched => {
    stopped = true;
    process.off('SIGCONT', onResumed);
    const commits = Object.fromEntries([...waits].map(([name, all]) => [name, summary(all)]));
    return { beats, longest, over, commits };
  };
  return { timed, commit, stop };
}

function summary(waits: readonly number[]): {
  readonly count: number;
  readonly p50: number;
  readonly max: number;
} {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    Math.round(100 * (sorted[Math.floor(part * (sorted.length - 1))] ?? 0)) / 100;
  return { count: sorted.length, p50: at(0.5), max: at(1) };
}
