import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { watchLoop } from './loop-watch.ts';

const LIMIT_MS = 50;
const BLOCK_MS = 400;

const sleep = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function work(ms: number): void {
  const until = process.cpuUsage().user + ms * 1_000;
  while (process.cpuUsage().user < until);
}

/** The blocks that a watch names while this is done on its thread. */
async function blocksOf(what: (watch: ReturnType<typeof watchLoop>) => void): Promise<readonly string[]> {
  const watch = watchLoop(LIMIT_MS, () => undefined);
  const beat = async (): Promise<void> => {
    await wait(5);
    await nextTurn();
    await nextTurn();
  };
  await beat();
  what(watch);
  await beat();
  return watch.stop().over.map(({ longest }) => longest.replace(/ [\d.]+$/u, ''));
}

it('names what keeps the thread, whether it works or waits', async () => {
  expect(await blocksOf((watch) => watch.timed('work', () => work(BLOCK_MS)))).toEqual(['work']);
  expect(await blocksOf((watch) => watch.timed('wait', () => sleep(BLOCK_MS)))).toEqual(['wait']);
  expect(await blocksOf(() => undefined)).toEqual([]);
});

it('leaves out the one block in which the process was stopped, not the next', async () => {
  const watch = watchLoop(LIMIT_MS, () => undefined);
  await wait(5);
  process.kill(process.pid, 'SIGCONT');
  watch.timed('stopped', () => work(BLOCK_MS));
  // The watch looks first: its timer is the older one. No quiet beat comes between.
  await wait(0);
  await nextTurn();
  watch.timed('work', () => work(BLOCK_MS));
  await wait(5);
  await nextTurn();
  expect(watch.stop().over.map(({ longest }) => longest.split(' ')[0])).toEqual(['work']);
});

it('tells apart what a commit waits for the disk, not what it works', async () => {
  expect(await blocksOf((watch) => watch.commit('sales', () => sleep(BLOCK_MS)))).toEqual([]);
  expect(await blocksOf((watch) => watch.commit('sales', () => work(BLOCK_MS)))).toEqual(['transaction']);
});
