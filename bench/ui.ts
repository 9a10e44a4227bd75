import { spawnSync } from 'node:child_process';
import { hasDisplay } from '../scripts/lib/system.mjs';
import type { Emit } from './run.ts';
import { runInElectron } from './support/ui-electron.ts';
import { searchAmongMany } from './support/ui-search.ts';

/** The counter's own times: searching among a million (seed printed), then the real window. */
export async function run(emit: Emit): Promise<void> {
  if (!hasDisplay(process.env)) {
    // All of it again, on a display that is made for it.
    const screen = ['-a', '-s', '-screen 0 1920x1080x24', process.execPath, ...process.argv.slice(1)];
    const { status } = spawnSync('xvfb-run', screen, { stdio: 'inherit' });
    process.exit(status ?? 1);
  }
  await searchAmongMany(emit);
  await runInElectron(emit);
}
