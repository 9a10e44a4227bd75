import { useSyncExternalStore } from 'react';

/** Something that is chosen on this computer and remembered: one of a few words. */
export type StoredChoice<Value extends string> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  /** The value now, followed by the component that asks. */
  readonly use: () => Value;
  /** Calls back now and after every change, in this window or another one. */
  readonly follow: (apply: (value: Value) => void) => void;
  /** Says that the fallback may have changed. */
  readonly refresh: () => void;
};

/** A choice kept under a name in the browser's storage; what stands there and is no value counts as the fallback. */
export function storedChoice<Value extends string>(
  name: string,
  isValue: (text: unknown) => text is Value,
  fallback: () => Value,
): StoredChoice<Value> {
  const listeners = new Set<() => void>();
  const get = (): Value => {
    const stored = window.localStorage.getItem(name);
    return isValue(stored) ? stored : fallback();
  };
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  window.addEventListener('storage', tell);
  return {
    get,
    set: (value) => {
      window.localStorage.setItem(name, value);
      tell();
    },
    use: () => useSyncExternalStore(subscribe, get),
    follow: (apply) => {
      listeners.add(() => apply(get()));
      apply(get());
    },
    refresh: tell,
  };
}
