import { useEffect, useRef, type RefObject } from 'react';

/** Listens to the keys of whatever stands inside an element that is no control itself. */
export function useKeyDown<Inside extends HTMLElement>(
  onKey: (event: KeyboardEvent, inside: Inside) => void,
): RefObject<Inside | null> {
  const element = useRef<Inside>(null);
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  useEffect(() => {
    const inside = element.current;
    if (!inside) return undefined;
    const listen = (event: KeyboardEvent): void => latest.current(event, inside);
    inside.addEventListener('keydown', listen);
    return () => inside.removeEventListener('keydown', listen);
  }, []);
  return element;
}
