import type { Dispatch, ReactNode, RefObject } from 'react';
import type { MeterPanel, Phrase } from '../../../contract/index.ts';
import { useFigures, usePhrase, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { MoneyField } from './MoneyField.tsx';
import { QuoteLines } from './QuoteLines.tsx';
import { RefusalCard } from './RefusalCard.tsx';
import { currentQuote, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';

/** How much the customer buys, and what it becomes while the figures are typed. */
export function AmountPanel(props: {
  readonly flow: Flow;
  readonly panel: MeterPanel;
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, panel, send, field, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const quote = currentQuote(flow, usePlace().currency);
  const last = panel.lastPurchases[0]?.amountMinor;
  if (panel.refusal) return <RefusalCard reason={panel.refusal} onNext={onNext} />;
  return (
    <section className={styles.panel} aria-label={words('amount.label')}>
      <MoneyField
        label={words('amount.label')}
        step="amount"
        text={flow.amountText}
        proposal={last === undefined ? null : figures.typedMoney(last)}
        proposalNote={words('amount.same')}
        field={field}
        onChange={(text) => send({ type: 'amount-changed', text })}
      />
      {flow.problem ? <ProblemCard problem={flow.problem} /> : null}
      <p className={styles.gives} aria-live="polite">
        <span className={styles.what}>{words('amount.gives')}</span>
        <span className={styles.hero}>{quote ? figures.units(quote.unitsTenths, quote.resource) : '–'}</span>
      </p>
      <div className={styles.scroll}>
        {quote ? <QuoteLines lines={quote.lines} /> : null}
        {quote ? <Notices notices={quote.notices} /> : null}
      </div>
      <p className={styles.quiet}>
        {words('amount.range', {
          minimum: figures.money(panel.minimum.amountMinor),
          maximum: figures.money(panel.maximum.amountMinor),
        })}
      </p>
      <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
        {words('amount.next')}
      </Button>
    </section>
  );
}

/** What is said before payment: a dearer block ahead, a figure that may still be settled. */
function Notices({ notices }: { readonly notices: readonly Phrase[] }): ReactNode {
  const phrase = usePhrase();
  return (
    <ul className={styles.notices}>
      {notices.map((notice) => (
        <li key={notice.id}>{phrase(notice)}</li>
      ))}
    </ul>
  );
}
