import type { BrowserWindow } from 'electron';
import { loadPage, makeFaultWindow } from './windows.ts';

/** Why the program cannot go on, as a code of the catalogue. */
export type ShownFault = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly ref: string;
};

/** Shows the two sentences of a fault in a window of its own. Resolves when the person has closed it. */
export async function showFault(fault: ShownFault): Promise<void> {
  const window = makeFaultWindow();
  const closed = whenClosed(window);
  window.once('ready-to-show', () => window.show());
  await loadPage(window, 'fault', {
    code: fault.code,
    ref: fault.ref,
    params: JSON.stringify(fault.params),
  });
  await closed;
}

function whenClosed(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => window.once('closed', () => resolve()));
}
