// Takes the pictures of every screen from the real counter: `node scripts/gallery.ts` writes
// docs/manual/gallery/<screen>-<width>x<height>.png and the page that shows them. Without a display it starts itself
// again under xvfb-run. The list of screens is the tests' tour, which finds the desk's pages by itself.

import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openTill, PROJECT, temporaryFolder, type Till } from '../test/e2e/till.ts';
import { prepareTour, prepareTrouble, tour, trouble } from '../test/e2e/tour.ts';
import { ensureBuilt } from './lib/build.mjs';
import { hasDisplay } from './lib/system.mjs';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;
type Size = (typeof SIZES)[number];

const GALLERY = join(PROJECT, 'docs/manual/gallery');

/** Makes a window of the till this large, whatever it was made for. */
async function resize(till: Till, page: Page, { width, height }: Size): Promise<void> {
  const name = new URL(page.url()).pathname;
  await till.app.evaluate(
    ({ BrowserWindow }, wanted) => {
      const found = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().includes(wanted.name),
      );
      found?.setMinimumSize(0, 0);
      found?.setContentSize(wanted.width, wanted.height);
    },
    { name, width, height },
  );
  await page.waitForFunction(`innerWidth === ${width} && innerHeight === ${height}`);
}

type Tour = { readonly prepare: typeof prepareTour; readonly go: typeof tour };
const TOURS: readonly Tour[] = [
  { prepare: prepareTour, go: tour },
  { prepare: prepareTrouble, go: trouble },
];

async function takeTour({ prepare, go }: Tour, size: Size): Promise<readonly string[]> {
  const folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  await prepare(dataFolder);
  const till = await openTill({ dataFolder });
  const screens: string[] = [];
  try {
    await resize(till, till.counter, size);
    await till.counter.mouse.move(0, 0);
    await go(till, async (screen, page) => {
      if (page.url().endsWith('/display.html')) await resize(till, page, size);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.evaluate("document.documentElement.dataset.look = 'light'");
      const file = join(GALLERY, `${screen}-${size.width}x${size.height}.png`);
      await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      screens.push(screen);
    });
  } finally {
    await till.close();
    await folder.remove();
  }
  return screens;
}

function pageOf(screens: readonly string[]): string {
  const entries = screens.map((screen) => {
    const links = SIZES.map(
      ({ width, height }) => `[${width} × ${height}](${screen}-${width}x${height}.png)`,
    );
    return `## ${screen}\n\n${links.join(' · ')}\n\n![${screen}](${screen}-1366x768.png)\n`;
  });
  return `# Every screen\n\nAt three sizes, from the real counter in training; made by \`node scripts/gallery.ts\`.\n\n${entries.join('\n')}`;
}

if (hasDisplay(process.env)) {
  await ensureBuilt();
  await mkdir(GALLERY, { recursive: true });
  for (const old of await readdir(GALLERY)) await rm(join(GALLERY, old));
  let screens: readonly string[] = [];
  for (const size of SIZES) {
    const taken: string[] = [];
    for (const each of TOURS) taken.push(...(await takeTour(each, size)));
    screens = taken;
    process.stdout.write(`${size.width}x${size.height}: ${screens.length} screens\n`);
  }
  await writeFile(join(GALLERY, 'README.md'), pageOf(screens));
} else {
  const args = ['-a', '-s', '-screen 0 1920x1200x24', process.execPath, ...process.argv.slice(1)];
  process.exitCode = spawnSync('xvfb-run', args, { stdio: 'inherit' }).status ?? 1;
}
