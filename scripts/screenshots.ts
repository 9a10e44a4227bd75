// Takes the pictures of the README and the manual from the real counter: `node scripts/screenshots.ts` writes
// docs/manual/pictures/<screen>-<width>x<height>.png. Without a display it starts itself again under xvfb-run.

import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  AMINA,
  BLOCKED_METER,
  openFault,
  openTill,
  PROJECT,
  scan,
  sellYesterday,
  signIn,
  temporaryFolder,
  THANDI,
  typeByHand,
  type Till,
} from '../test/e2e/till.ts';
import { ensureBuilt } from './lib/build.mjs';
import { hasDisplay } from './lib/system.mjs';

type Size = { readonly width: number; readonly height: number };

const SIZES: readonly Size[] = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];
const PICTURES = join(PROJECT, 'docs/manual/pictures');
/** An address where nothing listens: what a printer without power looks like. */
const NO_PRINTER = '127.0.0.1:9';

type Studio = {
  readonly till: Till;
  readonly page: Page;
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Waits until a text stands on the counter. */
  readonly see: (text: string | RegExp) => Promise<void>;
  /** Takes the counter's picture in the light look, or in the one that is named. */
  readonly take: (name: string, look?: 'dark' | 'contrast') => Promise<void>;
};

function studioOf(till: Till, size: Size): Studio {
  const page = till.counter;
  const suffix = `${size.width}x${size.height}`;
  return {
    till,
    page,
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: async (text) => void (await typeByHand(page, text)),
    see: (text) => page.getByText(text).first().waitFor(),
    take: async (name, look) => {
      await page.evaluate(`document.documentElement.dataset.look = '${look ?? 'light'}'`);
      await page.screenshot({ path: join(PICTURES, `${name}-${suffix}.png`), animations: 'disabled' });
    },
  };
}

async function openAt(size: Size, dataFolder: string, printer?: string): Promise<Till> {
  const till = await openTill({ dataFolder, ...(printer === undefined ? {} : { printer }) });
  await till.app.evaluate(({ BrowserWindow }, { width, height }) => {
    const counter = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().endsWith('/counter.html'),
    );
    counter?.setMinimumSize(0, 0);
    counter?.setContentSize(width, height);
  }, size);
  await till.counter.emulateMedia({ reducedMotion: 'reduce' });
  await till.counter.mouse.move(0, 0);
  await till.counter.waitForFunction(`innerWidth === ${size.width} && innerHeight === ${size.height}`);
  return till;
}

async function takeSale({ till, page, press, type, see, take }: Studio): Promise<void> {
  await see(AMINA.name);
  await type('12');
  await take('sign-in');
  await press('Escape');
  await signIn(page);
  await see('Last sale');
  await take('ready');
  await type('nko');
  await page.getByRole('option').first().waitFor();
  await take('found');
  await press('F2');
  await scan(till, THANDI.meter);
  await see('as last time');
  await see('VAT');
  await take('repeat');
  await type('150');
  await see('63.9 kWh');
  await take('sale');
  await take('sale-dark', 'dark');
  await take('sale-contrast', 'contrast');
  await press('Enter');
  await see('Cash received');
  await type('200');
  await see('Change');
  await take('cash');
  await press('Enter');
  await see('The slip is printed.');
  await take('done');
  await take('done-dark', 'dark');
}

async function takeAround({ till, page, press, type, see, take }: Studio): Promise<void> {
  await press('F1');
  await page.getByRole('radiogroup').first().waitFor();
  await take('help');
  await press('Escape', 'Enter');
  await press('F4');
  await page.getByRole('heading', { name: 'Last token' }).waitFor();
  await take('last-token');
  await press('Escape');
  await type('0012345678');
  await press('Enter');
  await page.getByRole('alert').waitFor();
  await take('wrong-number');
  await press('F2');
  await scan(till, BLOCKED_METER);
  await see('blocked for sales');
  await take('refused');
}

async function takePaper(till: Till): Promise<void> {
  await till.paper.locator('pre').first().waitFor();
  // What lies below the window is not painted.
  await till.paper.setViewportSize({ width: 480, height: 1400 });
  await till.paper.locator('article').screenshot({ path: join(PICTURES, 'slip.png') });
}

async function takeTrouble({ till, page, press, type, see, take }: Studio): Promise<void> {
  await signIn(page);
  await scan(till, THANDI.meter);
  await see('as last time');
  await type('60');
  await see('VAT');
  await press('Enter');
  await see('Cash received');
  await press('Enter');
  await see('does not answer. Check');
  await take('printer-off');
}

async function takeSize(size: Size, withPaper: boolean): Promise<void> {
  const folder = await temporaryFolder();
  const dataFolder = join(folder.path, 'data');
  await sellYesterday(dataFolder);
  const till = await openAt(size, dataFolder);
  try {
    const studio = studioOf(till, size);
    await takeSale(studio);
    if (withPaper) await takePaper(till);
    await takeAround(studio);
  } finally {
    await till.close();
  }
  const silent = await openAt(size, dataFolder, NO_PRINTER);
  try {
    await takeTrouble(studioOf(silent, size));
  } finally {
    await silent.close();
    await folder.remove();
  }
}

/** The screen of a station that can't open. */
async function takeFault(): Promise<void> {
  const folder = await temporaryFolder();
  const { app, window } = await openFault({
    dataFolder: '/sys/kioskwatt',
    profileFolder: join(folder.path, 'profile'),
  });
  await window.screenshot({ path: join(PICTURES, 'fault.png') });
  await app.close();
  await folder.remove();
}

if (hasDisplay(process.env)) {
  await ensureBuilt();
  await mkdir(PICTURES, { recursive: true });
  for (const size of SIZES) {
    await takeSize(size, size.width === 1366);
    process.stdout.write(`${size.width}x${size.height} taken\n`);
  }
  await takeFault();
} else {
  const args = ['-a', '-s', '-screen 0 1920x1200x24', process.execPath, ...process.argv.slice(1)];
  process.exitCode = spawnSync('xvfb-run', args, { stdio: 'inherit' }).status ?? 1;
}
