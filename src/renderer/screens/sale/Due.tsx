import type { ReactNode } from 'react';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { dueMinor, leftMinor, quotesToPay, type Flow } from './flow.ts';
import styles from './panels.module.css';

/** What all of it comes to, what is paid so far by other means, and what is left. */
export function Due({ flow }: { readonly flow: Flow }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  const [only, ...others] = quotesToPay(flow, currency);
  const due = dueMinor(flow, currency);
  return (
    <>
      <div className={styles.due}>
        <span className={styles.what}>{words('cash.due')}</span>
        <span className={styles.hero}>{figures.money(due)}</span>
        <span className={styles.units}>
          {others.length > 0
            ? words('basket.meters', { count: others.length + 1 })
            : only && figures.units(only.unitsTenths, only.resource)}
        </span>
      </div>
      {flow.parts.length > 0 ? (
        <ul className={styles.parts} aria-label={words('tender.paid')}>
          {flow.parts.map((part, index) => (
            <li key={`${part.account}-${index}`}>
              <span>{words(`account.${part.account}`)}</span>
              <bdi className={styles.quiet}>{part.reference ?? ''}</bdi>
              <span className={styles.digits}>{figures.money(part.amountMinor)}</span>
            </li>
          ))}
          <li data-left="true">
            <span>{words('tender.left')}</span>
            <span />
            <span className={styles.digits}>{figures.money(leftMinor(flow, currency))}</span>
          </li>
        </ul>
      ) : null}
    </>
  );
}
