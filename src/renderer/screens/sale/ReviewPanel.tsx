import { useEffect, useRef, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { SaleTokens } from './DonePanel.tsx';
import { PrintLine } from './PrintLine.tsx';
import styles from './panels.module.css';
import type { Printing } from './use-printing.ts';

/** A sale's token once more, over whatever is being typed; closing it leads back there. */
export function ReviewPanel(props: {
  readonly sale: SaleView;
  /** What it is, where it is not the last sale's token. */
  readonly title: MessageId | undefined;
  readonly printing: Printing;
  readonly onClose: () => void;
}): ReactNode {
  const { sale, title, printing, onClose } = props;
  const words = useWords();
  const figures = useFigures();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.panel} aria-label={words('review.title')}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {words(title ?? (sale.kind === 'credit' ? 'review.title' : `kind.${sale.kind}`))}
      </h2>
      <p className={styles.row}>
        <span className={styles.lead}>
          {figures.day(sale.soldAtUnixMs)} {figures.time(sale.soldAtUnixMs)}
        </span>
        {sale.amountMinor > 0 ? <span className={styles.hero}>{figures.money(sale.amountMinor)}</span> : null}
      </p>
      <SaleTokens sale={sale} />
      <div className={styles.scroll} />
      <PrintLine printing={printing} />
      <Button kind="main" keyName={words('key.escape')} onPress={onClose}>
        {words('review.close')}
      </Button>
    </section>
  );
}
