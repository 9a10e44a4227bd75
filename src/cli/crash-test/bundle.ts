import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

const MODULES = path.resolve(import.meta.dirname, '../../../node_modules');
const BUNDLER = path.join(MODULES, 'rolldown/bin/cli.mjs');
/** Native, or what a till that sells never loads. */
const EXTERNAL = ['better-sqlite3', 'cpu-features', '@serialport/bindings-cpp', 'usb', 'pdfkit'];

export type Bundle = {
  /** One file in place of the program's hundred: a process that soon dies has no time to look for them. */
  readonly file: string;
  readonly remove: () => void;
};

/** Makes one file of a program of this folder. It lies beside the packages, so that it finds the native ones. */
export function bundle(program: string): Bundle {
  const folder = mkdtempSync(path.join(MODULES, '.kioskwatt-'));
  const file = path.join(folder, 'program.mjs');
  const external = EXTERNAL.flatMap((name) => ['--external', name]);
  const words = ['--platform', 'node', '--format', 'esm', '--no-codeSplitting', ...external];
  execFileSync(process.execPath, [BUNDLER, program, ...words, '--file', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
