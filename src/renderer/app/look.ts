import { storedChoice } from './stored-choice.ts';

/** What the cashier chose; `system` follows the computer's own setting. */
export const LOOKS = ['system', 'light', 'dark', 'contrast'] as const;
export type Look = (typeof LOOKS)[number];

/** How large the text is, in percent of the ordinary size. */
export const TEXT_SIZES = ['100', '125', '150', '175', '200'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export function isLook(value: unknown): value is Look {
  return LOOKS.some((look) => look === value);
}

export function isTextSize(value: unknown): value is TextSize {
  return TEXT_SIZES.some((size) => size === value);
}

export const look = storedChoice<Look>('kioskwatt.look', isLook, () => 'system');
export const textSize = storedChoice<TextSize>('kioskwatt.text-size', isTextSize, () => '100');

const moreContrast = window.matchMedia('(prefers-contrast: more)');

/** Puts the stored look on the page and keeps it in step with the computer's setting and with other windows. */
export function startLook(): void {
  const apply = (): void => {
    const chosen = look.get();
    document.documentElement.dataset.look = chosen === 'system' && moreContrast.matches ? 'contrast' : chosen;
  };
  look.follow(apply);
  moreContrast.addEventListener('change', apply);
  textSize.follow((size) => {
    document.documentElement.dataset.textSize = size;
  });
}
