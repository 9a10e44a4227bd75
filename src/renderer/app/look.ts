import { useSyncExternalStore } from 'react';

/** What the cashier chose; `system` follows the computer's own setting. */
export const LOOKS = ['system', 'light', 'dark', 'contrast'] as const;
export type Look = (typeof LOOKS)[number];

const STORED_AS = 'kioskwatt.look';
const moreContrast = window.matchMedia('(prefers-contrast: more)');
const listeners = new Set<() => void>();

export function isLook(value: unknown): value is Look {
  return LOOKS.some((look) => look === value);
}

function storedLook(): Look {
  const stored = window.localStorage.getItem(STORED_AS);
  return isLook(stored) ? stored : 'system';
}

function apply(): void {
  const look = storedLook();
  const shown = look === 'system' && moreContrast.matches ? 'contrast' : look;
  document.documentElement.dataset.look = shown;
  for (const listener of listeners) listener();
}

/** Puts the stored look on the page and keeps it in step with the computer's setting and with other windows. */
export function startLook(): void {
  apply();
  moreContrast.addEventListener('change', apply);
  window.addEventListener('storage', apply);
}

export function setLook(look: Look): void {
  window.localStorage.setItem(STORED_AS, look);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLook(): Look {
  return useSyncExternalStore(subscribe, storedLook);
}
