import { readFileSync } from 'node:fs';

/** A time in which the thread did not come back to its event loop. */
export type Block = {
  /** How long the thread was on a processor in it: what it waited for one, or for the disk, is the machine's. */
  readonly ms: number;
  /** How long by the clock. */
  readonly wallMs: number;
  /** The longest piece of work in it that was watched, and how long that took by the clock. */
  readonly longest: string;
};

export type Watched = {
  readonly beats: number;
  /** The longest of all. */
  readonly longest: Block;
  /** Blocks longer than the limit, in their order. */
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

/** What Linux counts for a thread, in milliseconds: on a processor, and ready to run without one. */
function schedule(): { readonly ranMs: number; readonly readyMs: number } {
  const [ran = 0, ready = 0] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ').map(Number);
  return { ranMs: ran / 1e6, readyMs: ready / 1e6 };
}

/**
 * Watches this thread's event loop by a timer that should come every millisecond. A machine that has something else
 * to do is no block of ours: only the thread's own time on a processor counts. What commits waited for the disk is
 * told apart. `onBlock` is told each block longer than the limit as it happens.
 */
export function watchLoop(limitMs: number, onBlock: (block: Block) => void): LoopWatch {
  const over: Block[] = [];
  const waits = new Map<string, number[]>();
  let longest: Block = { ms: 0, wallMs: 0, longest: '' };
  let named = { name: '', ms: 0 };
  let [beats, stopped] = [0, false];
  let [at, before] = [performance.now(), schedule()];
  const beat = (): void => {
    const [now, after] = [performance.now(), schedule()];
    const wallMs = now - at;
    const ms = after.ranMs - before.ranMs;
    const block = { ms, wallMs, longest: `${named.name} ${named.ms.toFixed(1)}` };
    if (ms > longest.ms) longest = block;
    if (ms > limitMs) {
      over.push(block);
      onBlock(block);
    }
    [at, before, named, beats] = [now, after, { name: '', ms: 0 }, beats + 1];
    if (!stopped) setTimeout(beat, 1);
  };
  setTimeout(beat, 1);
  const timed = <Value>(name: string, work: () => Value): Value => {
    const started = performance.now();
    try {
      return work();
    } finally {
      const ms = performance.now() - started;
      if (ms > named.ms) named = { name, ms };
    }
  };
  const commit = <Value>(beside: string, work: () => Value): Value => {
    const [started, first] = [performance.now(), schedule()];
    try {
      return timed('transaction', work);
    } finally {
      const last = schedule();
      const onProcessor = last.ranMs - first.ranMs + (last.readyMs - first.readyMs);
      const waited = Math.max(0, performance.now() - started - onProcessor);
      waits.set(beside, [...(waits.get(beside) ?? []), waited]);
    }
  };
  const stop = (): Watched => {
    stopped = true;
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
