import type { ReactNode } from 'react';
import type { Phrase, PrintState } from '../../../contract/index.ts';
import { problemOfPhrase, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import styles from './panels.module.css';
import { needsRetry, type Printing } from './use-printing.ts';

const STANDING: Readonly<Record<PrintState, Standing>> = {
  queued: 'idle',
  sending: 'idle',
  sent: 'good',
  printed: 'good',
  unknown: 'warn',
  'failed-before-first-byte': 'warn',
};

/** How the slip stands: one quiet line, or a card when a person has to do something about it. */
export function PrintLine({ printing }: { readonly printing: Printing }): ReactNode {
  const words = useWords();
  const { job, offer, again } = printing;
  if (!job) return <p className={styles.print}>{words('print.none')}</p>;
  const problem = job.problem ?? printing.failure;
  if (problem && offer !== 'copy') return <PrintProblem problem={problem} retry={needsRetry(printing)} />;
  return (
    <div className={styles.print}>
      <Sign standing={STANDING[job.state]} />
      <output>{words(`print.${job.state}`)}</output>
      {offer ? (
        <Button keyName="F5" onPress={again}>
          {words(offer === 'copy' ? 'print.copy' : 'print.again')}
        </Button>
      ) : null}
    </div>
  );
}

function PrintProblem(props: {
  readonly problem: Phrase | NonNullable<Printing['failure']>;
  readonly retry: boolean;
}): ReactNode {
  const { problem, retry } = props;
  const words = useWords();
  const phrase = usePhrase();
  const shown = 'id' in problem ? problemOfPhrase(problem) : problem;
  if (!shown) return 'id' in problem ? <p className={styles.print}>{phrase(problem)}</p> : null;
  return (
    <ProblemCard problem={shown}>
      {retry ? <p className={styles.quiet}>{words('print.later')}</p> : null}
    </ProblemCard>
  );
}
