import { useSyncExternalStore, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import styles from './StartScreen.module.css';

/** The books are read before the counter opens: what is done, why, and how far it is. */
export function StartScreen(): ReactNode {
  const words = useWords();
  const percent = usePercent();
  return (
    <main className={styles.main}>
      <h1 className={styles.title}>{words('start.title')}</h1>
      <p className={styles.about}>{words('start.about')}</p>
      <progress className={styles.bar} max={100} value={percent} aria-label={words('start.title')} />
      <p className={styles.percent}>{words('start.percent', { percent })}</p>
    </main>
  );
}

/** Whole per cents out of the page's address, which the program changes: there is no station to ask. */
function usePercent(): number {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => {
      const percent = Number(window.location.hash.slice(1));
      return Number.isInteger(percent) ? Math.min(100, Math.max(0, percent)) : 0;
    },
  );
}
