import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import styles from './panels.module.css';
import type { Flow } from './flow.ts';

/** A sale whose outcome is not known: it stays until the module has said what happened. */
export function DoubtPanel(props: {
  readonly flow: Flow;
  readonly sale: SaleView;
  readonly onAsk: () => void;
  readonly onLater: () => void;
}): ReactNode {
  const { flow, sale, onAsk, onLater } = props;
  const words = useWords();
  const figures = useFigures();
  return (
    <section className={styles.panel} aria-label={words('doubt.title')}>
      <div className={styles.card} data-kind="doubt">
        <h2 className={styles.cardTitle}>
          <Sign standing="warn" />
          {words('doubt.title')}
        </h2>
        <p className={styles.lead}>
          {words('doubt.body', { amount: figures.money(sale.amountMinor), name: sale.customer.name })}
        </p>
        <p className={styles.quiet}>{words('done.receipt', { number: sale.receiptNumber })}</p>
      </div>
      <ProblemCard problem={flow.problem ?? { code: 'sale-in-doubt', params: {} }} />
      <div className={styles.scroll} />
      <Button keyName={words('key.escape')} onPress={onLater} isDisabled={flow.recovering}>
        {words('doubt.later')}
      </Button>
      <Button kind="main" keyName={words('key.enter')} onPress={onAsk} isDisabled={flow.recovering}>
        {words(flow.recovering ? 'doubt.asking' : 'doubt.ask')}
      </Button>
    </section>
  );
}
