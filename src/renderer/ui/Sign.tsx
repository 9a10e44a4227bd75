import type { ReactNode } from 'react';
import styles from './Sign.module.css';

/** How a thing stands, told by shape and by colour: disc, ring, triangle, square. */
export type Standing = 'good' | 'idle' | 'warn' | 'stop';

const SHAPES: Readonly<Record<Standing, ReactNode>> = {
  good: <circle cx="8" cy="8" r="6" />,
  idle: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2.5" />,
  warn: <path d="M8 1.5 15 14.5H1Z" />,
  stop: <rect x="2" y="2" width="12" height="12" rx="1.5" />,
};

/** A shape beside a word; the word says it, so the shape is silent. */
export function Sign({ standing }: { readonly standing: Standing }): ReactNode {
  return (
    <svg className={styles.sign} data-standing={standing} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[standing]}
    </svg>
  );
}
