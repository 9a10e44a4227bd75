// Tries the packaged app out: unpacks dist/*.tar.gz into a folder with a space in its name, lets the app make a training
// sale in its own window (KIOSKWATT_SMOKE=1, a data folder of its own), then reads that ledger back with the packaged
// command line, without a display. Ends with the plain `N passed, N failed` line.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { launcherSwitches, onDisplay } from './lib/launch.mjs';
import { assertNode24 } from './lib/node24.mjs';
import { projectRoot, run } from './lib/run.mjs';
import { Refusal, runMain, say } from './lib/say.mjs';

const saleMs = 120_000;

/** @typedef {{ name: string, ok: boolean, why?: string }} Check */

await runMain(async () => {
  assertNode24();
  const archive = await findArchive();
  const root = await mkdtemp(join(tmpdir(), 'Kioskwatt smoke '));
  try {
    const folder = await unpack(archive, root);
    const data = join(root, 'data');
    await mkdir(data);
    const checks = [
      ...(await checkContents(folder)),
      ...(await checkSale(folder, data)),
      ...(await checkLedger(folder, data)),
      ...(await checkProfile(folder, join(root, 'production'))),
      await checkFuse(folder),
    ];
    return report(checks);
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
});

async function findArchive() {
  const dist = join(projectRoot, 'dist');
  const name = existsSync(dist) ? (await readdir(dist)).find((file) => file.endsWith('.tar.gz')) : undefined;
  if (name === undefined) {
    throw new Refusal('There is no archive in dist/ to try out: run npm run package first.');
  }
  return join(dist, name);
}

/** @param {string} archive @param {string} root */
async function unpack(archive, root) {
  const unpacked = await run('tar', ['-xzf', archive, '-C', root], { capture: true });
  const [folder] = await readdir(root);
  if (unpacked.code !== 0 || folder === undefined) {
    throw new Refusal(`The archive cannot be unpacked: ${unpacked.output}`);
  }
  return join(root, folder);
}

/** @param {string} folder @returns {Promise<Check[]>} */
async function checkContents(folder) {
  const resources = join(folder, 'resources');
  const { flavour } = JSON.parse(await readFile(join(resources, 'build-flavour.json'), 'utf8'));
  return [
    {
      name: 'the package says whether it is for trying out',
      ok: basename(folder).includes('-dev-') === (flavour === 'dev'),
    },
    { name: 'no app but its own is inside', ok: !existsSync(join(resources, 'default_app.asar')) },
  ];
}

/** @param {string} folder @param {string} data @returns {Promise<Check[]>} */
async function checkSale(folder, data) {
  const shown = onDisplay(join(folder, 'kioskwatt'), launcherSwitches(), process.env);
  const env = { ...process.env, KIOSKWATT_SMOKE: '1', KIOSKWATT_DATA: data, KIOSKWATT_PROFILE: 'training' };
  const sold = await run(shown.command, shown.args, { capture: true, env, timeoutMs: saleMs });
  const answer = lastJson(sold.output);
  return [
    { name: 'the packaged app makes a training sale and ends with 0', ok: sold.code === 0, why: sold.output },
    {
      name: 'it prints one JSON line with a token of 20 digits',
      ok: answer?.ok === true && /^\d{20}$/.test(answer.token),
      why: sold.output,
    },
  ];
}

/** The same executable as a command line, with no display at all. @param {string} folder @param {string} data */
async function checkLedger(folder, data) {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const args = [...launcherSwitches(), 'station', 'ledger', 'verify', '--json', '--data', data];
  const verified = await run(join(folder, 'kioskwatt'), args, { capture: true, env, timeoutMs: saleMs });
  const answer = lastJson(verified.output);
  return [
    {
      name: 'kioskwatt station ledger verify ends with 0 without a display',
      ok: verified.code === 0,
      why: verified.output,
    },
    {
      name: 'it finds the sale in an intact ledger',
      ok: answer?.ok === true && answer.records > 0,
      why: verified.output,
    },
  ];
}

/**
 * A package for trying out must not sell in earnest, and must not leave a trace of having been asked to.
 * @param {string} folder
 * @param {string} data
 * @returns {Promise<Check[]>}
 */
async function checkProfile(folder, data) {
  if (!basename(folder).includes('-dev-')) {
    return [];
  }
  const shown = onDisplay(join(folder, 'kioskwatt'), launcherSwitches(), process.env);
  const env = { ...process.env, KIOSKWATT_SMOKE: '1', KIOSKWATT_DATA: data, KIOSKWATT_PROFILE: 'production' };
  const refused = await run(shown.command, shown.args, { capture: true, env, timeoutMs: saleMs });
  const code = lastJson(refused.output)?.code;
  const ok = refused.code !== 0 && code === 'profile-refused' && !existsSync(data);
  return [{ name: 'a package for trying out refuses the production profile', ok, why: refused.output }];
}

/** The packaged runtime is no Node for other people's scripts. @param {string} folder @returns {Promise<Check>} */
async function checkFuse(folder) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', DISPLAY: '', WAYLAND_DISPLAY: '' };
  const args = ['-e', 'process.stdout.write("runs as Node")'];
  const tried = await run(join(folder, 'kioskwatt-bin'), args, { capture: true, env, timeoutMs: 20_000 });
  return { name: 'it cannot be used as Node', ok: !tried.output.includes('runs as Node'), why: tried.output };
}

/** The last line that is a JSON object; Chromium's own lines may stand around it. @param {string} output */
export function lastJson(output) {
  for (const line of output.split('\n').toReversed()) {
    if (line.startsWith('{')) {
      try {
        return JSON.parse(line);
      } catch {
        continue;
      }
    }
  }
  return undefined;
}

/** @param {readonly Check[]} checks */
function report(checks) {
  for (const { name, ok, why } of checks) {
    say(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
    if (!ok && why !== undefined) {
      say(why);
    }
  }
  const failed = checks.filter(({ ok }) => !ok).length;
  process.stdout.write(`${checks.length - failed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
