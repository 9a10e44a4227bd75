import { useEffect, useRef, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { groupDigits, useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import styles from './panels.module.css';

export const isSold = ({ state }: SaleView): boolean => state === 'recorded';

/** What stands over a sale that ended without a token: free units and engineering tokens cost nothing. */
export const backTitle = ({ amountMinor }: SaleView): 'back.title' | 'back.nothing' =>
  amountMinor === 0 ? 'back.nothing' : 'back.title';

/** A sale in doubt that ended without a token: how much goes back, by what it was paid with, and why. */
export function GiveBackPanel(props: { readonly sale: SaleView; readonly onNext: () => void }): ReactNode {
  const { sale, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.panel} aria-label={words(backTitle(sale))}>
      <h2 ref={heading} tabIndex={-1} className={styles.bigChange} data-back="true">
        <span className={styles.word}>{words(backTitle(sale))}</span>
        {sale.amountMinor === 0 ? null : (
          <span className={styles.sum}>{figures.money(sale.amountMinor)}</span>
        )}
      </h2>
      <GiveBack sales={[sale]} />
      {sale.refusal ? <ProblemCard problem={sale.refusal} /> : null}
      <SaleOf sale={sale} />
      <div className={styles.scroll} />
      <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
        {words('done.next')}
      </Button>
    </section>
  );
}

/** The money of sales that came to nothing, by what it was paid with; nothing where nothing was paid. */
export function GiveBack({ sales }: { readonly sales: readonly SaleView[] }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const sums = new Map<SaleView['tender'][number]['account'], number>();
  for (const { account, amountMinor } of sales.flatMap(({ tender }) => tender))
    sums.set(account, (sums.get(account) ?? 0) + amountMinor);
  if (sums.size === 0) return null;
  return (
    <div className={styles.card} data-kind="doubt" role="alert">
      <h3 className={styles.cardTitle}>
        <Sign standing="warn" />
        {words('basket.back', { count: sales.length })}
      </h3>
      {[...sums].map(([account, minor]) => (
        <p key={account} className={styles.row}>
          <span>{words(`account.${account}`)}</span>
          <span className={styles.digits}>{figures.money(minor)}</span>
        </p>
      ))}
    </div>
  );
}

/** Whose sale it is, and its number. */
export function SaleOf({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  return (
    <p className={styles.row}>
      <span>{words('done.for', { name: sale.customer.name, meter: groupDigits(sale.meterNumber) })}</span>
      <span className={styles.quiet}>{words('done.receipt', { number: sale.receiptNumber })}</span>
    </p>
  );
}
