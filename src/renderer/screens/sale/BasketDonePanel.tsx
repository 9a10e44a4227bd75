import { useEffect, useRef, type Dispatch, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { groupToken } from '../../../i18n/index.ts';
import { groupDigits, useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { KeypadHelp } from './KeypadHelp.tsx';
import { GiveBack, isSold } from './GiveBack.tsx';
import { PrintLine } from './PrintLine.tsx';
import type { Flow, FlowEvent } from './flow.ts';
import styles from './panels.module.css';
import { needsRetry, type Printing } from './use-printing.ts';

const isHeld = ({ state }: SaleView): boolean => state === 'in-doubt' || state === 'intended';

/** After a basket: what goes back, then every sale as it stands: its tokens, or what became of its money. */
export function BasketDonePanel(props: {
  readonly flow: Flow;
  readonly send: Dispatch<FlowEvent>;
  readonly printing: Printing;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, send, printing, onNext } = props;
  const { sales } = flow;
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const retry = needsRetry(printing);
  const back = sales.filter((sale) => !isSold(sale) && !isHeld(sale));
  return (
    <section className={styles.panel} aria-label={words('basket.done')}>
      <BasketChange sales={sales} heading={heading} />
      {back.length > 0 ? <GiveBack sales={back} /> : null}
      <ul className={`${styles.scroll} ${styles.outcomes}`}>
        {sales.map((sale, index) => (
          <li key={sale.saleId} data-marked={sale.saleId === flow.sale?.saleId}>
            <BasketSale sale={sale} onChoose={() => send({ type: 'marked', index })} />
          </li>
        ))}
      </ul>
      {flow.sale && flow.sale.tokens.length > 0 && printing.reasons.length === 0 ? (
        <KeypadHelp sale={flow.sale} />
      ) : null}
      <p className={styles.quiet}>{words('basket.choose')}</p>
      <PrintLine printing={printing} />
      <Button kind="main" keyName={words('key.enter')} onPress={retry ? printing.again : onNext}>
        {words(retry ? 'print.retry' : 'done.next')}
      </Button>
    </section>
  );
}

function BasketChange(props: {
  readonly sales: readonly SaleView[];
  readonly heading: React.RefObject<HTMLHeadingElement | null>;
}): ReactNode {
  const { sales, heading } = props;
  const words = useWords();
  const figures = useFigures();
  const sum = (of: (sale: SaleView) => number): number => sales.reduce((all, sale) => all + of(sale), 0);
  const change = sum(({ changeMinor }) => changeMinor);
  return (
    <h2 ref={heading} tabIndex={-1} className={styles.bigChange} data-none={change === 0}>
      <span className={styles.word}>{words(change === 0 ? 'done.change.none' : 'done.change')}</span>
      <span className={styles.sum}>
        {change === 0
          ? words('done.paid', { amount: figures.money(sum(({ amountMinor }) => amountMinor)) })
          : figures.money(change)}
      </span>
    </h2>
  );
}

function BasketSale(props: { readonly sale: SaleView; readonly onChoose: () => void }): ReactNode {
  const { sale, onChoose } = props;
  const words = useWords();
  const figures = useFigures();
  return (
    <button type="button" tabIndex={-1} className={styles.outcome} onClick={onChoose}>
      <span className={styles.row}>
        <bdi className={styles.cardTitle}>{sale.customer.name}</bdi>
        <span className={styles.quiet}>{groupDigits(sale.meterNumber)}</span>
        <span className={styles.digits}>{figures.units(sale.unitsTenths, sale.resource)}</span>
        <span className={styles.digits}>{figures.money(sale.amountMinor)}</span>
      </span>
      {isSold(sale) ? (
        sale.tokens.map((token) => (
          <span key={token.digits} className={styles.smallToken} data-token={token.digits} dir="ltr">
            {groupToken(token.digits)}
          </span>
        ))
      ) : (
        <span className={styles.cardTitle}>
          <Sign standing="warn" />
          {words(isHeld(sale) ? 'basket.held' : 'basket.not-sold')}
        </span>
      )}
    </button>
  );
}
