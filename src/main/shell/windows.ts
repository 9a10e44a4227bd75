import { app, BrowserWindow, screen, type BrowserWindowConstructorOptions, type Rectangle } from 'electron';
import { pageAddress, type PageName } from './pages.ts';

/** Every window is made here, so that none is made with less protection. */
function makeWindow(options: BrowserWindowConstructorOptions, preload?: string): BrowserWindow {
  return new BrowserWindow({
    show: false,
    autoHideMenuBar: true,
    ...options,
    webPreferences: {
      ...(preload === undefined ? {} : { preload }),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
      devTools: !app.isPackaged,
    },
  });
}

const COUNTER_SIZE = { width: 1366, height: 768 };
const PAPER_WIDTH = 480;

/** The cashier's window, which fills the screen once it is shown; training leaves room for the paper beside it. */
export function makeCounterWindow(preload: string, training: boolean): BrowserWindow {
  const area = screen.getPrimaryDisplay().workArea;
  const beside = training && area.width >= COUNTER_SIZE.width + PAPER_WIDTH;
  return makeWindow(
    {
      title: 'Kioskwatt',
      ...COUNTER_SIZE,
      ...(beside ? { x: area.x, y: area.y } : {}),
      minWidth: 1024,
      minHeight: 700,
      backgroundColor: '#eef1f4',
    },
    preload,
  );
}

/** What a printer would have printed, beside the counter where the screen is wide enough. */
export function makePaperWindow(preload: string): BrowserWindow {
  const area = screen.getPrimaryDisplay().workArea;
  const beside = area.width >= COUNTER_SIZE.width + PAPER_WIDTH;
  return makeWindow(
    {
      title: 'Kioskwatt - paper',
      width: PAPER_WIDTH,
      height: COUNTER_SIZE.height,
      ...(beside ? { x: area.x + COUNTER_SIZE.width, y: area.y } : {}),
      minWidth: 360,
      minHeight: 400,
      backgroundColor: '#d5dae0',
    },
    preload,
  );
}

/** The training meter on the wall: below the paper, or behind the counter on a small screen. */
export function makeMeterWindow(preload: string): BrowserWindow {
  return makeWindow(
    {
      title: 'Kioskwatt - practice meter',
      width: PAPER_WIDTH,
      height: COUNTER_SIZE.height,
      minWidth: 360,
      minHeight: 560,
      backgroundColor: '#d5dae0',
    },
    preload,
  );
}

/** What the customer sees. It takes no keys: those are the cashier's, whatever screen is touched. */
export function makeDisplayWindow(preload: string, area: Rectangle, whole: boolean): BrowserWindow {
  return makeWindow(
    {
      title: 'Kioskwatt - customer',
      ...(whole ? area : { width: 960, height: 600 }),
      frame: !whole,
      focusable: false,
      minWidth: 480,
      minHeight: 360,
      backgroundColor: '#ffffff',
    },
    preload,
  );
}

/** A window without any way to the station: there is none, or it can't be opened. */
export function makeFaultWindow(): BrowserWindow {
  return makeWindow({ title: 'Kioskwatt', width: 960, height: 600, backgroundColor: '#eef1f4' });
}

/** Says what is done to the books before the counter opens, and how far it is; without any way to the station, which is not open yet. */
export function makeStartWindow(): BrowserWindow {
  return makeWindow({ title: 'Kioskwatt', width: 960, height: 420, backgroundColor: '#eef1f4' });
}

/** Loads one of our pages; resolves when it is loaded. */
export async function loadPage(
  window: BrowserWindow,
  page: PageName,
  query: Readonly<Record<string, string>> = {},
): Promise<void> {
  const search = new URLSearchParams(query).toString();
  await window.loadURL(`${pageAddress(page)}${search === '' ? '' : `?${search}`}`);
}
