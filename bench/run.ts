// `npm run -s bench -- <name> [--full]`: runs the benchmark bench/<name>.ts and prints one JSON object per line. A line
// may state a goal; the exit code is 1 when a goal is missed. A goal is held against the line's ratio, taken within one
// run so that the machine cancels out, or against its value where it has no ratio.

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One figure of a benchmark. Times are in milliseconds, rates per second, as `unit` says. */
export type BenchLine = {
  /** What was measured, for example `sale commit p95`. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The figure relative to a yardstick measured in the same run. */
  readonly ratio?: number;
  /** The bounds that the ratio, or else the value, has to keep; both inclusive. */
  readonly goal?: { readonly atMost?: number; readonly atLeast?: number };
};

/** Hands out a line as soon as it is known. */
export type Emit = (line: BenchLine) => void;

/** What a benchmark's file exports as `run`. `full` asks for the long version. */
export type Bench = (emit: Emit, args: { readonly full: boolean }) => Promise<void>;

/** Whether a line keeps its goal; a line without one does. */
export function keepsGoal({ value, ratio, goal }: BenchLine): boolean {
  const figure = ratio ?? value;
  return figure <= (goal?.atMost ?? Infinity) && figure >= (goal?.atLeast ?? -Infinity);
}

async function namesThere(): Promise<string[]> {
  const own = basename(import.meta.filename);
  const files = await readdir(import.meta.dirname);
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== own)
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted();
}

function hasRun(module: unknown): module is { readonly run: Bench } {
  return typeof module === 'object' && module !== null && 'run' in module && typeof module.run === 'function';
}

async function main(args: readonly string[]): Promise<number> {
  const name = args.find((argument) => !argument.startsWith('-'));
  const names = await namesThere();
  if (name === undefined || !names.includes(name)) {
    const known = names.length === 0 ? 'there is none yet' : `there are: ${names.join(', ')}`;
    console.error(
      `${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}; ${known}.`,
    );
    return 2;
  }
  const module: unknown = await import(pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href);
  if (!hasRun(module)) throw new TypeError(`bench/${name}.ts exports no function "run"`);
  let kept = true;
  const emit: Emit = (line) => {
    const ok = keepsGoal(line);
    kept &&= ok;
    console.log(JSON.stringify(line.goal === undefined ? line : { ...line, ok }));
  };
  await module.run(emit, { full: args.includes('--full') });
  return kept ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
