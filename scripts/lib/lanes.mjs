// The lanes of the test run: each runs one part of the tests, shows its output and says what it came to.

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findElectron } from '../electron-runtime.mjs';
import { ensureBuilt } from './build.mjs';
import { countClosingLine, countPlaywright, countVitest } from './counts.mjs';
import { onDisplay, runtimeEnvironment } from './launch.mjs';
import { projectRoot, run } from './run.mjs';
import { Refusal, say } from './say.mjs';
import { prepareGuest } from './usb-guest.mjs';

/** @typedef {import('./counts.mjs').LaneResult} LaneResult */
/** @typedef {{ name: string, run: (env: NodeJS.ProcessEnv) => Promise<LaneResult | undefined> }} Lane */

const bin = join(projectRoot, 'node_modules', '.bin');
const everyCore = [`--maxWorkers=${String(Math.min(availableParallelism(), 4))}`];

/** In the order they run: what fails fastest comes first. @type {readonly Lane[]} */
export const lanes = [
  { name: 'check', run: runCheck },
  { name: 'unit', run: (env) => runVitest('unit', env, everyCore) },
  { name: 'vectors', run: runVectors },
  { name: 'integration', run: runIntegration },
  { name: 'faults', run: runFaults },
  { name: 'usb', run: runUsb },
  { name: 'e2e', run: runEndToEnd },
  { name: 'package', run: runPackage },
];

/** Types, lint and format are no tests: they count only when they fail. @param {NodeJS.ProcessEnv} env */
async function runCheck(env) {
  const { code } = await run(process.execPath, ['scripts/check.mjs', '--no-tests'], {
    env,
    passOutput: true,
  });
  return { passed: 0, failed: code === 0 ? 0 : 1, note: 'types, lint, format' };
}

/**
 * Left alone, the runner keeps a core for itself, which on two cores is half of the machine: that suits tests that watch
 * the clock, and no others.
 * @param {string} project @param {NodeJS.ProcessEnv} env @param {readonly string[]} [more]
 */
async function runVitest(project, env, more = []) {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const args = ['run', '--project', project, ...more, ...reporters];
    const { code } = await run(join(bin, 'vitest'), args, { env, passOutput: true });
    return countVitest(await readFile(report, 'utf8'), code);
  });
}

/** Some of these run in the runtime itself: it is prepared here, which no test's time limit allows for. @param {NodeJS.ProcessEnv} env */
async function runIntegration(env) {
  const runtime = await findElectron(env);
  return runVitest('integration', { ...env, KIOSKWATT_ELECTRON: runtime.executable }, everyCore);
}

/** The fault tests: none is a fault of its own only while there are none. @param {NodeJS.ProcessEnv} env */
async function runFaults(env) {
  const files = await readdir(join(projectRoot, 'test', 'faults'), { recursive: true }).catch(() => []);
  return files.some((file) => file.endsWith('.test.ts')) ? runVitest('faults', env) : undefined;
}

/** A Linux guest with a USB stack: what it needs is looked for and made ready before any test's time begins. @param {NodeJS.ProcessEnv} env */
async function runUsb(env) {
  await prepareGuest(env);
  const runtime = await findElectron(env);
  return runVitest('usb', { ...env, KIOSKWATT_ELECTRON: runtime.executable });
}

/** @param {NodeJS.ProcessEnv} env */
async function runVectors(env) {
  const args = ['src/cli/station.ts', 'vectors', 'test/fixtures/vectors/sts-public.json'];
  const { code, output } = await run(process.execPath, args, { env, tee: true });
  return countClosingLine(output, code);
}

/** @param {NodeJS.ProcessEnv} env */
async function runEndToEnd(env) {
  await ensureBuilt(env);
  const runtime = await findElectron(env);
  say(runtime.sentence);
  return withReport(async (report) => {
    const args = [join(bin, 'playwright'), 'test', '--reporter=list,json'];
    const shown = onDisplay(process.execPath, args, env);
    const { code } = await run(shown.command, shown.args, {
      env: { ...runtimeEnvironment(env, runtime), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      passOutput: true,
    });
    return countPlaywright(await readFile(report, 'utf8'), code);
  });
}

/** Packages the app and tries the package out. @param {NodeJS.ProcessEnv} env */
async function runPackage(env) {
  const packaged = await run(process.execPath, ['scripts/package.mjs'], { env, passOutput: true });
  if (packaged.code !== 0) {
    return { passed: 0, failed: 1, note: 'the package could not be made' };
  }
  const { code, output } = await run(process.execPath, ['scripts/package-smoke.mjs'], { env, tee: true });
  return countClosingLine(output, code);
}

/**
 * Gives a test program a file for its report; a report that never came counts as one failure.
 * @param {(report: string) => Promise<LaneResult>} use
 * @returns {Promise<LaneResult>}
 */
async function withReport(use) {
  const folder = await mkdtemp(join(tmpdir(), 'kioskwatt-report-'));
  const report = join(folder, 'report.json');
  try {
    return await use(report);
  } catch (error) {
    if (error instanceof Refusal || existsSync(report)) {
      throw error;
    }
    return { passed: 0, failed: 1, note: 'the test program ended without a report' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Runs one lane; a refusal (a missing display, compiler or runtime) means that it could not run. Linux has no excuse.
 * @param {Lane} lane
 * @param {NodeJS.ProcessEnv} env
 */
export async function runLane(lane, env) {
  const startedMs = performance.now();
  /** @type {LaneResult | undefined} */
  let result;
  try {
    result = await lane.run(env);
  } catch (error) {
    if (!(error instanceof Refusal)) {
      throw error;
    }
    result = { passed: 0, failed: process.platform === 'linux' ? 1 : 0, unable: error.message };
  }
  return result === undefined ? undefined : { name: lane.name, ms: performance.now() - startedMs, result };
}
