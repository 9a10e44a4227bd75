// `npm run check`: everything that judges the sources without running them (types, lint, format) and the unit tests.
// Every step runs even after one has failed; each that failed is named at the end. With --no-tests the unit tests stay
// out: the test runner counts them itself.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assertNode24 } from './lib/node24.mjs';
import { projectRoot, run } from './lib/run.mjs';
import { runMain, say } from './lib/say.mjs';

const bin = join(projectRoot, 'node_modules', '.bin');

/** What did not change since the last check is not checked again. @param {string} project */
function tscArgs(project) {
  const info = join(
    projectRoot,
    'node_modules',
    '.cache',
    'kioskwatt-types',
    `${project.replace('/', '-')}.tsbuildinfo`,
  );
  return ['-p', project, '--incremental', '--tsBuildInfoFile', info];
}

/** @type {readonly { name: string, when?: string, command: string, args: readonly string[] }[]} */
const steps = [
  { name: 'types', command: 'tsc', args: tscArgs('tsconfig.json') },
  { name: 'types of the pure rooms', command: 'tsc', args: tscArgs('tsconfig.pure.json') },
  {
    name: 'types of the renderer',
    when: 'src/renderer',
    command: 'tsc',
    args: tscArgs('tsconfig.renderer.json'),
  },
  {
    name: 'types of the preload',
    when: 'src/preload',
    command: 'tsc',
    args: tscArgs('tsconfig.preload.json'),
  },
  { name: 'types of the scripts', command: 'tsc', args: tscArgs('scripts/tsconfig.json') },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
];

await runMain(async () => {
  assertNode24();
  const wanted = steps.filter(({ when }) => when === undefined || existsSync(join(projectRoot, when)));
  const failed = [];
  for (const { name, command, args } of wanted) {
    const startedMs = performance.now();
    const { code } = await run(join(bin, command), args, { passOutput: true });
    say(
      `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`,
    );
    if (code !== 0) {
      failed.push(name);
    }
  }
  if (!process.argv.includes('--no-tests')) {
    const { code } = await run(join(bin, 'vitest'), ['run', '--project', 'unit'], { passOutput: true });
    if (code !== 0) {
      failed.push('unit tests');
    }
  }
  say(failed.length === 0 ? 'All checks pass.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
});
