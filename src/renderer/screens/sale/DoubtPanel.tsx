import type { ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import type { Flow } from './flow.ts';
import styles from './panels.module.css';
import { GIVE_UP_KEY } from './use-function-keys.ts';

/** A sale whose outcome is not known: it stays until the module has said what happened. */
export function DoubtPanel(props: {
  readonly flow: Flow;
  readonly sale: SaleView;
  readonly onAsk: () => void;
  /** Where the module can say that there is no token; else null. */
  readonly onGiveUp: (() => void) | null;
  readonly onLater: () => void;
}): ReactNode {
  const { flow, sale, onAsk, onGiveUp, onLater } = props;
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  return (
    <section className={styles.panel} aria-label={words('doubt.title')}>
      <h2 className={styles.heading}>{words('doubt.title')}</h2>
      <p className={styles.due}>
        <span className={styles.what}>{words('doubt.paid')}</span>
        <span className={styles.hero}>{figures.money(sale.amountMinor)}</span>
        <span className={styles.units}>{figures.units(sale.unitsTenths, sale.resource)}</span>
      </p>
      <p className={styles.quiet}>
        {words('done.receipt', { number: sale.receiptNumber })}, {figures.time(sale.soldAtUnixMs)}
      </p>
      {sale.doubt?.id === 'doubt.no-key' ? (
        <div className={styles.nothing}>
          <Sign standing="warn" />
          <p>{phrase(sale.doubt)}</p>
        </div>
      ) : null}
      <ProblemCard problem={flow.problem ?? { code: 'sale-in-doubt', params: {} }} />
      <div className={styles.scroll} />
      <Button keyName={words('key.escape')} onPress={onLater} isDisabled={flow.recovering}>
        {words('doubt.later')}
      </Button>
      {onGiveUp ? (
        <Button keyName={GIVE_UP_KEY} onPress={onGiveUp} isDisabled={flow.recovering}>
          {words('doubt.give-up')}
        </Button>
      ) : null}
      <Button kind="main" keyName={words('key.enter')} onPress={onAsk} isDisabled={flow.recovering}>
        {words(flow.recovering ? 'doubt.asking' : 'doubt.ask')}
      </Button>
    </section>
  );
}
