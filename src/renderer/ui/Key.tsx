import type { ReactNode } from 'react';
import styles from './Key.module.css';

/** A key's cap, as it stands on the keyboard. */
export function Key({ name }: { readonly name: string }): ReactNode {
  return (
    <kbd className={styles.key} dir="auto">
      {name}
    </kbd>
  );
}
