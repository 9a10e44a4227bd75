import type { ReactNode } from 'react';
import type { OpenSlip } from '../../../contract/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { SlipAnswers } from './PrintLine.tsx';
import styles from './panels.module.css';
import { isMissed, type Printing } from './use-printing.ts';

/** How many slips are shown at once; the others come up as these are settled. */
const SHOWN = 2;

/** Slips that are not known to be on paper: the oldest has the keys. */
export function OpenSlips(props: {
  readonly slips: readonly OpenSlip[];
  readonly printing: Printing;
}): ReactNode {
  const { slips, printing } = props;
  return slips
    .slice(0, SHOWN)
    .map((slip, index) => <Card key={slip.job.jobId} slip={slip} printing={index === 0 ? printing : null} />);
}

function Card(props: { readonly slip: OpenSlip; readonly printing: Printing | null }): ReactNode {
  const { slip, printing } = props;
  const words = useWords();
  const phrase = usePhrase();
  const figures = useFigures();
  const job = printing?.job ?? slip.job;
  const asked = job.state === 'unknown' && !isMissed(job);
  return (
    <section className={styles.card} data-kind="doubt">
      <h3 className={styles.cardTitle}>
        <Sign standing="warn" />
        {words(asked ? 'slip.asked' : 'slip.waits')}
      </h3>
      <p className={styles.row}>
        <span>{slip.customer}</span>
        <span className={styles.digits}>{words('slip.receipt', { number: slip.receiptNumber })}</span>
        <span className={styles.digits}>{figures.time(slip.createdUnixMs)}</span>
        <span className={styles.digits}>{slip.total}</span>
      </p>
      {job.problem ? <p className={styles.quiet}>{phrase(job.problem)}</p> : null}
      {printing ? (
        <p className={styles.row}>
          {printing.offer ? (
            <Button keyName="F5" onPress={printing.again}>
              {words(job.state === 'unknown' ? 'print.copy' : 'print.retry')}
            </Button>
          ) : null}
          <SlipAnswers printing={printing} />
        </p>
      ) : null}
    </section>
  );
}
