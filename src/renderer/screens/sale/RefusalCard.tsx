import type { ReactNode } from 'react';
import type { Phrase } from '../../../contract/index.ts';
import { problemOfPhrase, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './panels.module.css';

/** Nothing may be sold to this meter: why, what to say, and the one key that leads on. */
export function RefusalCard(props: { readonly reason: Phrase; readonly onNext: () => void }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  const problem = problemOfPhrase(props.reason) ?? {
    code: 'meter-blocked',
    params: { reason: phrase(props.reason) },
  };
  return (
    <section className={styles.panel}>
      <ProblemCard kind="stop" problem={problem} />
      <div className={styles.scroll} />
      <Button kind="main" keyName={words('key.enter')} onPress={props.onNext}>
        {words('find.ready')}
      </Button>
    </section>
  );
}
