import { readFileSync } from 'node:fs';
import { nodeStsCrypto } from '../main/secure-module/software/node-sts-crypto.ts';
import { runVectors, type VectorProblem } from '../sts/index.ts';
import { describeError, type CliCommand, type CommandIo } from './sts-options.ts';

const LONGEST_LIST = 5;

/** What is wrong with one vector, in one line; the missing piece is named. */
function problemText(problem: VectorProblem): string {
  switch (problem.code) {
    case 'unknown-kind':
      return `missing: a check for the kind ${problem.kind}`;
    case 'not-computed':
      return `missing: ${problem.key} is not computed`;
    case 'input':
      return `input ${problem.key} cannot be used: ${JSON.stringify(problem.value)}`;
    case 'differs': {
      const { key, expected, actual } = problem;
      return `${key} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
    }
    case 'refused': {
      const { error } = problem;
      const detail = typeof error === 'object' && error !== null ? describeError(error) : String(error);
      return `${problem.step} refused: ${detail}`;
    }
    default:
      return 'no id, kind, inputs and expected';
  }
}

function readList(file: string): readonly unknown[] | string {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Array.isArray(content) ? content : 'the file holds no list of vectors';
  } catch (error) {
    return error instanceof Error ? error.message : 'the file cannot be read';
  }
}

function run(args: readonly string[], io: CommandIo): number {
  const [file, ...rest] = args.filter((arg) => arg !== '--json');
  if (file === undefined || rest.length > 0) {
    io.err('station vectors: the name of one file is needed');
    return 2;
  }
  const list = readList(file);
  if (typeof list === 'string') {
    io.err(`station vectors: ${file}: ${list}`);
    return 2;
  }
  if (list.length === 0) {
    io.err(`station vectors: ${file}: the file holds no vector`);
    return 1;
  }
  const report = runVectors(list, nodeStsCrypto);
  if (args.includes('--json')) {
    io.out(JSON.stringify(report));
    return report.failed === 0 ? 0 : 1;
  }
  for (const { kind, passed, failures } of report.kinds) {
    io.out(`${kind.padEnd(14)} ${passed} passed, ${failures.length} failed`);
    for (const { id, problem } of failures.slice(0, LONGEST_LIST)) io.err(`  ${id}: ${problemText(problem)}`);
    if (failures.length > LONGEST_LIST) io.err(`  and ${failures.length - LONGEST_LIST} more of this kind`);
  }
  io.out(`${report.passed} passed, ${report.failed} failed`);
  return report.failed === 0 ? 0 : 1;
}

/** `station vectors FILE`: exit code 0 only when every vector passes. */
export const vectorsCommand: CliCommand = {
  name: 'vectors',
  summary: 'check a file of token vectors, in both directions',
  usage: ['FILE                     a JSON list of vectors (docs/formats/vectors.md)', '--json'],
  run: async (args, io) => run(args, io),
};
