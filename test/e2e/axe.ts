import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const AXE = createRequire(import.meta.url).resolve('axe-core');
const LOOKS = ['light', 'dark', 'contrast'] as const;

/** What a page says when the checker itself is put into it: its policy knows no scripts that are text. */
export const COMPLAINT_ABOUT_AXE = "This document requires 'TrustedScript' assignment.";

type Violation = { readonly id: string; readonly impact: string | null; readonly nodes: readonly unknown[] };

/**
 * Serious violations on a page in every look, and in high contrast everything below 7:1. Evaluated by the
 * debugger: the page's own policy stays as it is.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // A colour on its way from one look to another is no colour of either.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(await readFile(AXE, 'utf8'));
  for (const look of LOOKS) {
    const serious = await page.evaluate(async (wanted) => {
      const shown = Reflect.get(globalThis, 'document');
      shown.documentElement.dataset.look = wanted;
      const rules = { 'color-contrast-enhanced': { enabled: wanted === 'contrast' } };
      const { violations } = await Reflect.get(globalThis, 'axe').run(shown, { rules });
      return (violations as readonly Violation[]).filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
    }, look);
    expect(serious, `${screen}, ${look}`).toEqual([]);
  }
}
