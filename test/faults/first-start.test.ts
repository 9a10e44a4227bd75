import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStation } from '../../src/main/station/index.ts';
import { newFolder } from './sizes.ts';

const root = newFolder('first-start');
const unused = `${root}/unused`;
const opener = path.join(import.meta.dirname, 'open-private.ts');

beforeAll(() => {
  const program = path.join(import.meta.dirname, '../e2e/make-private.ts');
  const made = spawnSync(process.execPath, [program, unused, `${root}/backups`, `${root}/exchange`]);
  expect(made.status, String(made.stderr)).toBe(0);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Whether a start that is killed at its nth write through to the disk got as far as that. */
function killedAt(data: string, sync: number): boolean {
  const at = ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'];
  const kill = ['-e', `inject=fsync,fdatasync:signal=KILL:when=${sync}`];
  const run = spawnSync('strace', [...at, ...kill, process.execPath, opener, data], { encoding: 'utf8' });
  if (run.signal === null) expect(run.stdout, run.stderr).toContain('open');
  return run.signal === 'SIGKILL';
}

it('a first start that is killed at any of its writes through to the disk is begun again', async () => {
  const withKey: boolean[] = [];
  for (let sync = 1; ; sync += 1) {
    const data = `${root}/killed-${sync}`;
    cpSync(unused, data, { recursive: true });
    if (!killedAt(data, sync)) break;
    withKey.push(existsSync(`${data}/station-key.pem`));
    const opened = await openStation({
      dataFolder: data,
      profile: 'private',
      passphrase: 'private',
      now: Date.now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    });
    expect(opened.ok, `killed at write ${sync}: ${JSON.stringify(opened.ok || opened.error)}`).toBe(true);
    if (opened.ok) await opened.value.close();
    rmSync(data, { recursive: true });
  }
  // Before the key and after it: both sides were tried.
  expect(new Set(withKey)).toEqual(new Set([false, true]));
});
