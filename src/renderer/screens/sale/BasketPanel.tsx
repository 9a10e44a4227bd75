import type { Dispatch, ReactNode } from 'react';
import { groupDigits, useFigures, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { WayKeys } from './WayKeys.tsx';
import { dueMinor, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';
import type { Ways } from './ways.ts';

/** The meters that are paid for together, between one and the next. */
export function BasketPanel(props: {
  readonly flow: Flow;
  readonly ways: Ways;
  readonly send: Dispatch<FlowEvent>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, ways, send, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  return (
    <section className={styles.panel} aria-label={words('basket.title')}>
      <h2 className={styles.heading}>{words('basket.title')}</h2>
      <p className={styles.lead}>{words('basket.hint')}</p>
      {flow.problem && flow.box === '' ? <ProblemCard problem={flow.problem} /> : null}
      <ul className={`${styles.scroll} ${styles.basket}`}>
        {flow.basket.map(({ panel, quote }) => (
          <li key={panel.pan}>
            <span className={styles.who}>
              <bdi className={styles.cardTitle}>{panel.customer.name}</bdi>
              <span className={styles.quiet}>{groupDigits(panel.meterNumber)}</span>
            </span>
            <span className={styles.digits}>{figures.units(quote.unitsTenths, quote.resource)}</span>
            <span className={styles.digits}>{figures.money(quote.dueMinor)}</span>
            <Button
              kind="quiet"
              label={words('basket.remove', { name: panel.customer.name })}
              onPress={() => send({ type: 'removed', pan: panel.pan })}
            >
              ✕
            </Button>
          </li>
        ))}
      </ul>
      <p className={styles.due}>
        <span className={styles.what}>{words('basket.meters', { count: flow.basket.length })}</span>
        <span className={`${styles.hero} ${styles.end}`}>{figures.money(dueMinor(flow, currency))}</span>
      </p>
      {ways.pay ? <WayKeys ways={{ ...ways, add: null }} /> : null}
      <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
        {words('basket.pay', { count: flow.basket.length })}
      </Button>
    </section>
  );
}
