import type { ReactNode } from 'react';
import type { PrintJobView, PrintState } from '../../../contract/index.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import styles from './panels.module.css';
import type { Printing } from './use-printing.ts';

const STANDING: Readonly<Record<PrintState, Standing>> = {
  queued: 'idle',
  sending: 'idle',
  sent: 'good',
  printed: 'good',
  unknown: 'warn',
  'failed-before-first-byte': 'warn',
};

/** How the slip stands, in one quiet line, and the key that prints it again. */
export function PrintLine({ printing }: { readonly printing: Printing }): ReactNode {
  const words = useWords();
  const { job, offer, again } = printing;
  if (!job) return <p className={styles.print}>{words('print.none')}</p>;
  return (
    <div className={styles.print}>
      <Sign standing={STANDING[job.state]} />
      <p role="status">
        <PrintSentence job={job} />
      </p>
      {offer ? (
        <Button keyName="F5" onPress={again}>
          {words(offer === 'copy' ? 'print.copy' : 'print.again')}
        </Button>
      ) : null}
    </div>
  );
}

function PrintSentence({ job }: { readonly job: PrintJobView }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  return job.problem ? phrase(job.problem) : words(`print.${job.state}`);
}
