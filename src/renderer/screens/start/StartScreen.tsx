import { useSyncExternalStore, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import styles from './StartScreen.module.css';

/** What is told of each thing that may take long before the counter opens. */
const TOLD = {
  read: { title: 'start.title', about: 'start.about', percent: 'start.percent' },
  copy: { title: 'start.copyTitle', about: 'start.copyAbout', percent: 'start.copyPercent' },
  // How long it takes shows only when it is over.
  update: { title: 'start.updateTitle', about: 'start.updateAbout', percent: null },
} as const;
type Stage = keyof typeof TOLD;

const isStage = (word: string): word is Stage => word in TOLD;

/** What is done before the counter opens, why, and how far it is. */
export function StartScreen(): ReactNode {
  const words = useWords();
  const [stage = '', figure = ''] = useAddress().split('-');
  const told = TOLD[isStage(stage) ? stage : 'read'];
  const percent = Math.min(100, Math.max(0, Math.trunc(Number(figure)) || 0));
  return (
    <main className={styles.main}>
      <h1 className={styles.title}>{words(told.title)}</h1>
      <p className={styles.about}>{words(told.about)}</p>
      {told.percent === null ? (
        <progress className={styles.bar} aria-label={words(told.title)} />
      ) : (
        <>
          <progress className={styles.bar} max={100} value={percent} aria-label={words(told.title)} />
          <p className={styles.percent}>{words(told.percent, { percent })}</p>
        </>
      )}
    </main>
  );
}

/** What the program writes behind the page's address as it goes on: there is no station to ask. */
function useAddress(): string {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash.slice(1),
  );
}
