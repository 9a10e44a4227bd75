import type { ReactNode } from 'react';
import styles from './TrainingBand.module.css';
import { useWords } from './words.ts';

/** Stands across the top of every training screen, so that nobody takes it for selling. */
export function TrainingBand(): ReactNode {
  const words = useWords();
  return (
    <p className={styles.band}>
      <strong>{words('training.band')}</strong>
      <span>{words('training.note')}</span>
    </p>
  );
}
