// `npm run package`: builds the app and packages it with the runtime that is found, into dist/: unpacked and as a tar.gz
// on Linux. Further arguments go to electron-builder in place of the targets (`npm run package -- --win nsis`). A package
// from the runtime of the npm registry is named -dev and says so inside: it refuses the production profile.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findElectron } from './electron-runtime.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { assertNode24 } from './lib/node24.mjs';
import { projectRoot, run } from './lib/run.mjs';
import { Refusal, runMain, say, sayWhileWaiting } from './lib/say.mjs';

/** @typedef {'dev' | 'release'} Flavour */

const distFolder = join(projectRoot, 'dist');

await runMain(async () => {
  assertNode24();
  await ensureBuilt();
  const runtime = await findElectron();
  say(runtime.sentence);
  const flavour = runtime.kind === 'registry' || runtime.nativeBinding !== undefined ? 'dev' : 'release';
  await rm(distFolder, { recursive: true, force: true });
  const others = process.argv.slice(2);
  await pack(others.length > 0 ? others : ['--linux', 'dir'], flavour, runtime);
  if (others.length === 0) {
    await archive(flavour);
  }
  say(
    flavour === 'dev'
      ? 'Packaged into dist/ for trying out (-dev), not for selling.'
      : 'Packaged into dist/.',
  );
});

/** @param {readonly string[]} targets @param {Flavour} flavour @param {import('./electron-runtime.mjs').Runtime} runtime */
async function pack(targets, flavour, runtime) {
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`-c.electronDist=${runtime.dir}`, `-c.electronVersion=${runtime.version}`];
  const stop = sayWhileWaiting('Packaging');
  const packed = await run(process.execPath, [builder, ...targets, '--publish', 'never', ...settings], {
    capture: true,
    env: {
      ...process.env,
      KIOSKWATT_FLAVOUR: flavour,
      KIOSKWATT_FLAVOUR_SUFFIX: suffix(flavour),
      KIOSKWATT_PACKAGE_BINDING: runtime.nativeBinding ?? '',
    },
  });
  stop();
  if (packed.code !== 0) {
    throw new Refusal(`${packed.output}\nThe package could not be made; the lines above say why.`);
  }
}

/** By tar itself: electron-builder would fetch a packer of its own from GitHub for it. @param {Flavour} flavour */
async function archive(flavour) {
  const { name, version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const folder = `${name}-${version}${suffix(flavour)}-linux-${process.arch}`;
  const file = join(distFolder, `${folder}.tar.gz`);
  const unpacked = (await readdir(distFolder)).find((entry) => /^linux-.*unpacked$/.test(entry));
  if (unpacked === undefined) {
    throw new Refusal('electron-builder left no unpacked build in dist/.');
  }
  const owned = ['--owner=0', '--group=0', `--transform=s,^${unpacked},${folder},`];
  const packed = await run('tar', ['-czf', file, ...owned, '-C', distFolder, unpacked], { capture: true });
  if (packed.code !== 0) {
    throw new Refusal(`The archive could not be written: ${packed.output}`);
  }
}

/** @param {Flavour} flavour */
function suffix(flavour) {
  return flavour === 'dev' ? '-dev' : '';
}
