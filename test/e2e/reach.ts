import type { Page } from '@playwright/test';

/**
 * Runs in the page: what a person can't get at. Everything to press, to type into or to read as a heading is brought
 * into view as the keyboard does; then it has to be inside the window, with nothing over it and no word cut.
 */
const OUT_OF_REACH = `(() => {
  const root = document.documentElement;
  const lost = root.scrollWidth > root.clientWidth + 1 ? ['the page is wider than the window'] : [];
  const within = document.querySelector('[role="dialog"]') ?? document.body;
  // Round and square buttons are drawn by their labels.
  const things = 'button, input:not([hidden], [type="radio"], [type="checkbox"], [type="file"]), select, [role="option"], h1, h2, h3, [data-token]';
  for (const thing of within.querySelectorAll(things)) {
    if (!thing.checkVisibility() || thing.closest('.unseen')) continue;
    thing.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, right, top, width, height } = thing.getBoundingClientRect();
    if (width === 0 || height === 0) continue;
    const name = (thing.getAttribute('aria-label') ?? thing.textContent ?? '').trim().slice(0, 40) || thing.tagName;
    if (left < -1 || right > innerWidth + 1) lost.push(name + ': beside the window');
    const shown = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
    const isShown = shown !== null && (thing.contains(shown) || shown.contains(thing));
    if (!isShown) lost.push(name + ': behind something');
    const isCut = thing.matches('button, h1, h2, h3') && thing.scrollWidth > thing.clientWidth + 2;
    if (isCut) lost.push(name + ': its words are cut');
  }
  return lost;
})()`;

/** What a person can't get at on a page with text at twice the size, in words; the size is put back. */
export async function outOfReach(page: Page): Promise<readonly string[]> {
  const size = (percent: number): Promise<unknown> =>
    page.evaluate(`document.documentElement.dataset.textSize = '${percent}'`);
  await size(200);
  const lost = await page.evaluate<readonly string[]>(OUT_OF_REACH);
  await size(100);
  return lost;
}
