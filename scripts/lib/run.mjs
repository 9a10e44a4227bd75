// Child processes for the scripts: run one to its end, find npm, find a command on PATH. Built-ins only, because the
// set-up uses it before anything is installed.

import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root folder. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] the project's root folder unless given
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [capture] keeps what the command prints as text instead of showing it
 * @property {boolean} [passOutput] shows standard output on standard output: for commands whose output is this script's
 *   own; otherwise both streams are shown on standard error
 * @property {boolean} [tee] shows what the command prints and keeps it as text as well
 * @property {number} [timeoutMs] ends the command after that time
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string, timedOut: boolean }>} code 127 when the command cannot be started,
 *   128 when a signal ended it; `output` stays empty unless kept
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? projectRoot,
      env: options.env ?? process.env,
      stdio: stdioFor(options),
    });
    let output = '';
    const keep = (/** @type {Buffer} */ part) => {
      output += part.toString();
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    if (options.tee) {
      child.stdout?.pipe(process.stdout, { end: false });
      child.stderr?.pipe(process.stderr, { end: false });
    }
    let timedOut = false;
    const expire = () => {
      timedOut = true;
      child.kill('SIGKILL');
    };
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(expire, options.timeoutMs);
    // Whoever ends this process means what it started as well.
    const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', passOn).on('SIGTERM', passOn);
    const end = (/** @type {number} */ code) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn);
      clearTimeout(timer);
      resolve({ code, output, timedOut });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      end(127);
    });
    child.on('close', (code) => end(code ?? 128));
  });
}

/** @param {RunOptions} options @returns {import('node:child_process').StdioOptions} */
function stdioFor(options) {
  if (options.capture || options.tee) {
    return ['ignore', 'pipe', 'pipe'];
  }
  return ['inherit', options.passOutput ? 1 : 2, 2];
}

/**
 * How to start npm: through its own script under this Node when npm started us, by name otherwise.
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(env) {
  const script = env.npm_execpath;
  if (script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)) {
    return { command: process.execPath, args: [script] };
  }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * The full path of a command on PATH, or undefined.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
export function which(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue;
    }
  }
  return undefined;
}

/**
 * The environment with the running Node first on PATH, so that what is started uses the same one.
 * @param {NodeJS.ProcessEnv} env
 */
export function withThisNode(env) {
  return { ...env, PATH: `${dirname(process.execPath)}${delimiter}${env.PATH ?? ''}` };
}
