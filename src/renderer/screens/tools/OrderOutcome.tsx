import { useEffect, useRef, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { Sign } from '../../ui/Sign.tsx';
import { SaleTokens } from '../sale/DonePanel.tsx';
import styles from '../drawer/office.module.css';

/** What an order came to: its tokens, or that it is not known. */
export function OrderOutcome({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  if (sale.state === 'in-doubt' || sale.state === 'intended')
    return (
      <>
        <p role="alert" className={styles.heading}>
          <Sign standing="warn" />
          {words('order.doubt')}
        </p>
        {sale.doubt ? <p>{phrase(sale.doubt)}</p> : null}
      </>
    );
  return (
    <section className={styles.outcome} aria-label={words('done.token')}>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {words('order.done', { number: sale.receiptNumber })}
      </h3>
      {sale.amountMinor > 0 ? (
        <p className={styles.title}>{words('done.paid', { amount: figures.money(sale.amountMinor) })}</p>
      ) : null}
      {sale.changeMinor > 0 ? (
        <p className={styles.title}>{words('pay.change', { amount: figures.money(sale.changeMinor) })}</p>
      ) : null}
      <SaleTokens sale={sale} />
    </section>
  );
}
