import type { ReactNode } from 'react';
import type { OpenSlip, SaleView } from '../../../contract/index.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { useLastSale, useStatus } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { isSameDay } from '../../ui/day.ts';
import { Sign } from '../../ui/Sign.tsx';
import { OpenSlips } from './OpenSlips.tsx';
import styles from './panels.module.css';
import type { Printing } from './use-printing.ts';

/** Between two customers: what to do next, what is not settled, what was sold last. */
export function ReadyPanel(props: {
  readonly openSales: readonly SaleView[];
  readonly settled: readonly SaleView[];
  readonly openSlips: readonly OpenSlip[];
  readonly printing: Printing;
  readonly openDrawer: (() => void) | null;
  readonly onSettle: (sale: SaleView) => void;
  readonly onSeen: (sale: SaleView) => void;
  readonly onLast: () => void;
}): ReactNode {
  const words = useWords();
  return (
    <section className={styles.panel} aria-label={words('find.ready')}>
      <h2 className={styles.heading}>{words(props.openDrawer ? 'find.shift.title' : 'find.ready')}</h2>
      <p className={styles.lead}>{words(props.openDrawer ? 'find.shift.about' : 'find.hint')}</p>
      {props.openDrawer ? (
        <Button kind="main" keyName={words('key.enter')} onPress={props.openDrawer}>
          {words('drawer.open')}
        </Button>
      ) : null}
      <div className={styles.scroll} />
      {props.openSales.map((sale, index) => (
        <EarlierSale
          key={sale.saleId}
          {...{ sale }}
          title="doubt.title"
          action="keys.settle"
          hasKey={index === 0}
          onPress={props.onSettle}
        />
      ))}
      {props.settled.map((sale, index) => (
        <EarlierSale
          key={sale.saleId}
          {...{ sale }}
          title="settled.title"
          action="keys.seen"
          hasKey={index === 0 && props.openSales.length === 0}
          onPress={props.onSeen}
        />
      ))}
      <OpenSlips slips={props.openSlips} printing={props.printing} />
      <LastSale onLast={props.onLast} />
    </section>
  );
}

/** A sale of an earlier customer that somebody has to see to: one in doubt, or one that got its token since. */
function EarlierSale(props: {
  readonly sale: SaleView;
  readonly title: 'doubt.title' | 'settled.title';
  readonly action: 'keys.settle' | 'keys.seen';
  readonly hasKey: boolean;
  readonly onPress: (sale: SaleView) => void;
}): ReactNode {
  const { sale, title, action, hasKey, onPress } = props;
  const words = useWords();
  const figures = useFigures();
  const { zone } = usePlace();
  const now = useStatus().data?.nowUnixMs;
  const isToday = now !== undefined && isSameDay(sale.soldAtUnixMs, now, zone);
  return (
    <div className={styles.card} data-kind={title === 'doubt.title' ? 'doubt' : 'settled'}>
      <h3 className={styles.cardTitle}>
        <Sign standing={title === 'doubt.title' ? 'warn' : 'good'} />
        {words(title)}
      </h3>
      <p className={styles.row}>
        <bdi>{sale.customer.name}</bdi>
        <span className={styles.digits}>{words('slip.receipt', { number: sale.receiptNumber })}</span>
        <span className={styles.digits}>{(isToday ? figures.time : figures.moment)(sale.soldAtUnixMs)}</span>
        <span className={styles.digits}>{figures.money(sale.amountMinor)}</span>
      </p>
      <Button {...(hasKey ? { keyName: 'F11' } : {})} onPress={() => onPress(sale)}>
        {words(action)}
      </Button>
    </div>
  );
}

function LastSale({ onLast }: { readonly onLast: () => void }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const answer = useLastSale();
  const sale = answer.data?.sale;
  if (!answer.isSuccess) return null;
  if (!sale) return <p className={styles.quiet}>{words('find.last.none')}</p>;
  return (
    <div className={styles.card}>
      <h3 className={styles.quiet}>{words('find.last')}</h3>
      <p className={styles.row}>
        <bdi className={styles.cardTitle}>{sale.customer.name}</bdi>
        <span className={styles.digits}>{figures.time(sale.soldAtUnixMs)}</span>
        <span className={styles.digits}>{figures.money(sale.amountMinor)}</span>
        <span className={styles.digits}>{figures.units(sale.unitsTenths, sale.resource)}</span>
        <Button keyName="F4" onPress={onLast}>
          {words('keys.last')}
        </Button>
      </p>
    </div>
  );
}
