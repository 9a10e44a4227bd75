import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startPrinter, type PrinterProcess } from './printer.ts';
import { openCounter, PROJECT, station, type Till } from './till.ts';

/** A station of its own that nobody has used yet, with a printer, a head office in a folder, and a place for backups. */
export type DayStation = {
  readonly till: Omit<Till, 'paper'>;
  readonly printer: PrinterProcess;
  readonly backups: string;
  /** The program of head office, with its own books beside the station's. */
  readonly headOffice: (...words: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
};

const PASSPHRASE = 'private';

function runScript(script: string, words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(PROJECT, script), ...words], {
    cwd: PROJECT,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done(out) : fail(new Error(`${script} ${words.join(' ')}: ${code} ${out}${err}`)),
    );
  });
}

/**
 * Makes the station in a folder that is empty, lets head office know it unless it is to enrol by itself, and opens its
 * counter in Electron.
 */
export async function openDayStation(folder: string, enrolled = true): Promise<DayStation> {
  const data = join(folder, 'data');
  // Another disk, where the system has one in memory: a backup beside the books ends no day.
  const backups =
    process.platform === 'linux' ? mkdtempSync('/dev/shm/kioskwatt-backups-') : join(folder, 'backups');
  // They are read after the station was closed.
  process.once('exit', () => rmSync(backups, { recursive: true, force: true }));
  const home = join(folder, 'office');
  const headOffice = (...words: readonly string[]): Promise<string> =>
    runScript('src/headoffice/main.ts', [...words, '--home', home]);
  await runScript('test/e2e/make-private.ts', [data, backups, join(home, 'exchange')]);
  await headOffice('init');
  if (enrolled) {
    const { code } = JSON.parse(await headOffice('station', 'add', 'K014', '--json')) as { code: string };
    const asked = await station('enrol', '--code', code, '--data', data);
    if (asked.code !== 0) throw new Error(asked.err);
    await headOffice('import');
  }
  const printer = await startPrinter();
  const till = await openCounter({
    dataFolder: data,
    printer: printer.address,
    env: { KIOSKWATT_PROFILE: 'private', KIOSKWATT_PASSPHRASE: PASSPHRASE },
  });
  return {
    till,
    printer,
    backups,
    headOffice,
    close: async () => {
      await till.close();
      await printer.stop();
    },
  };
}
