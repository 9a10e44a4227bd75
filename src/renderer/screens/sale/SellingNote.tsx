import type { ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import styles from './panels.module.css';

/** The module has its own time limit; this only says what is going on when it takes more than a blink. */
export function SellingNote(): ReactNode {
  const words = useWords();
  return (
    <output className={styles.selling}>
      <span className={styles.soon}>{words('selling.now')}</span>
      <span className={styles.late}>{words('selling.slow')}</span>
    </output>
  );
}
