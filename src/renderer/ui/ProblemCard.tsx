import type { ReactNode } from 'react';
import type { MessageParams } from '../../i18n/index.ts';
import { useSentences, useWords } from '../app/words.ts';
import styles from './ProblemCard.module.css';
import { Sign } from './Sign.tsx';

/** Something that went wrong: what the cashier does, and what the customer may be told. */
export function ProblemCard(props: {
  readonly problem: { readonly code: string; readonly params: MessageParams; readonly ref?: string };
  readonly kind?: 'warn' | 'stop';
  /** Buttons for the way on. */
  readonly children?: ReactNode;
}): ReactNode {
  const { problem, kind = 'warn', children } = props;
  const words = useWords();
  const sentences = useSentences()(problem);
  return (
    <section className={styles.card} data-kind={kind} role="alert">
      <p className={styles.cashier}>
        <Sign standing={kind} />
        <span>{sentences.cashier}</span>
      </p>
      <p className={styles.customer}>
        <span className={styles.who}>{words('problem.customer')}</span>
        <q>{sentences.customer}</q>
      </p>
      {children}
    </section>
  );
}
