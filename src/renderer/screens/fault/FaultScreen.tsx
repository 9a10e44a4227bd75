import { useLayoutEffect, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './FaultScreen.module.css';
import type { ShownFault } from './read-fault.ts';

/** The program could not open, or had to stop: why, what to do, what to say. */
export function FaultScreen({ fault }: { readonly fault: ShownFault }): ReactNode {
  const words = useWords();
  // Listens before anyone can see the screen: an Enter pressed at first sight is not lost.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' || event.key === 'Escape') window.close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const stopped = fault.code === 'internal';
  return (
    <main className={styles.main}>
      <h1 className={styles.title}>{words(stopped ? 'fault.unexpected' : 'fault.title')}</h1>
      <ProblemCard kind="stop" problem={fault} />
      <p className={styles.note}>{words('fault.nothing')}</p>
      {fault.ref === '' ? null : (
        <p className={styles.note}>{words('problem.reference', { ref: fault.ref })}</p>
      )}
      <div className={styles.rest} />
      <Button kind="main" keyName={words('key.enter')} onPress={() => window.close()}>
        {words('fault.close')}
      </Button>
    </main>
  );
}
