// `npm run -s bench -- <name> [--full]`: runs the benchmark bench/<name>.ts and prints one JSON object per line. A line may
// state a goal such as ">=0.8"; the exit code is 1 when a goal is missed. A goal is held against the line's ratio, taken
// within one run so that the machine cancels out, or against its value where it has no ratio.

import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * What a benchmark hands out as soon as it is known: `value` with its `unit` and what else it likes to say. The runner
 * reads `value`, `ratio` (the value relative to a yardstick measured in the same run) and `goal`.
 */
export type Emit = (line: object) => void;

/** What a benchmark's file exports as `run`. `full` asks for the long version. */
export type Bench = (emit: Emit, args: { readonly full: boolean }) => Promise<void>;

const COMPARE: Readonly<Record<string, (figure: number, bound: number) => boolean>> = {
  '>=': (figure, bound) => figure >= bound,
  '<=': (figure, bound) => figure <= bound,
  '>': (figure, bound) => figure > bound,
  '<': (figure, bound) => figure < bound,
};

/** Whether a line keeps its goal; a line without one does. Throws when the goal or the figure cannot be read. */
export function keepsGoal(line: object): boolean {
  const { goal, ratio, value } = line as {
    readonly goal?: unknown;
    readonly ratio?: unknown;
    readonly value?: unknown;
  };
  if (goal === undefined) return true;
  const figure = ratio ?? value;
  const [, sign = '', bound = ''] = /^([<>]=?) *(-?\d+(?:\.\d+)?)$/.exec(String(goal)) ?? [];
  const compare = COMPARE[sign];
  if (compare === undefined || typeof figure !== 'number' || Number.isNaN(figure)) {
    throw new TypeError(`this line's goal cannot be held against a figure: ${JSON.stringify(line)}`);
  }
  return compare(figure, Number(bound));
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
    console.log(JSON.stringify('goal' in line ? { ...line, ok } : line));
  };
  await module.run(emit, { full: args.includes('--full') });
  return kept ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) process.exitCode = await main(process.argv.slice(2));
