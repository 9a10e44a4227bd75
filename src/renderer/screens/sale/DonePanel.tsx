import { useEffect, useRef, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { SaleOf } from './GiveBack.tsx';
import { PrintLine } from './PrintLine.tsx';
import { KeypadHelp } from './KeypadHelp.tsx';
import { TokenCard } from './TokenCard.tsx';
import styles from './panels.module.css';
import { needsRetry, type Printing } from './use-printing.ts';

/** After the sale: the change, the token, the slip. Held until the next key. */
export function DonePanel(props: {
  readonly sale: SaleView;
  readonly printing: Printing;
  readonly onNext: () => void;
}): ReactNode {
  const { sale, printing, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const retry = needsRetry(printing);
  return (
    <section className={styles.panel} aria-label={words('done.token')}>
      <h2 ref={heading} tabIndex={-1} className={styles.bigChange} data-none={sale.changeMinor === 0}>
        <span className={styles.word}>
          {words(sale.changeMinor === 0 ? 'done.change.none' : 'done.change')}
        </span>
        <span className={styles.sum}>
          {sale.changeMinor === 0
            ? words('done.paid', { amount: figures.money(sale.amountMinor) })
            : figures.money(sale.changeMinor)}
        </span>
      </h2>
      <SaleTokens sale={sale} brief={printing.reasons.length > 0} />
      <div className={styles.scroll} />
      <PrintLine printing={printing} />
      <Button kind="main" keyName={words('key.enter')} onPress={retry ? printing.again : onNext}>
        {words(retry ? 'print.retry' : 'done.next')}
      </Button>
    </section>
  );
}

/** A sale's tokens in the order to key them in; `brief` without how that is done, where the room is needed. */
export function SaleTokens(props: { readonly sale: SaleView; readonly brief?: boolean }): ReactNode {
  const { sale, brief = false } = props;
  const words = useWords();
  return (
    <>
      {sale.replaces === null ? null : <p>{words('done.token.replaces', { number: sale.replaces })}</p>}
      {sale.kind === 'account-payment' ? <p>{words('done.token.none')}</p> : null}
      {sale.tokens.map((token) => (
        <TokenCard key={token.digits} token={token} sale={sale} />
      ))}
      {sale.tokens.length > 0 && !brief ? <KeypadHelp sale={sale} /> : null}
      <SaleOf sale={sale} />
    </>
  );
}
