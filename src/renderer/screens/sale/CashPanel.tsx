import { useEffect, type Dispatch, type ReactNode, type RefObject } from 'react';
import type { QuoteView } from '../../../contract/index.ts';
import { amountMinor } from '../../../units/index.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { MoneyField } from './MoneyField.tsx';
import { cashReceived, isUncertain, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';

/** What to pay, what was handed over, what goes back. */
export function CashPanel(props: {
  readonly flow: Flow;
  readonly quote: QuoteView;
  readonly cashKeysMinor: readonly number[];
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, quote, cashKeysMinor, send, field, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const fixed = flow.step === 'selling' || isUncertain(flow);
  const units = figures.units(quote.unitsTenths, quote.resource);
  // Too little was typed: the next figures are a new sum, not more digits of the old one.
  const refused = flow.problem?.code === 'cash-too-little';
  useEffect(() => {
    if (refused) field.current?.select();
  }, [refused, field]);
  return (
    <section className={styles.panel} aria-label={words('cash.received')}>
      <div className={styles.due}>
        <span className={styles.what}>{words('cash.due')}</span>
        <span className={styles.hero}>{figures.money(quote.dueMinor)}</span>
        <span className={styles.units}>{units}</span>
      </div>
      <MoneyField
        label={words('cash.received')}
        step="cash"
        text={flow.receivedText}
        proposal={figures.typedMoney(quote.dueMinor)}
        proposalNote={words('cash.exact')}
        isDisabled={fixed}
        field={field}
        onChange={(text) => send({ type: 'received-changed', text })}
      />
      <CashKeys {...{ quote, cashKeysMinor, fixed, send, figures }} />
      {flow.problem ? <ProblemCard problem={flow.problem} /> : null}
      <div className={styles.scroll} />
      <ChangeLine flow={flow} dueMinor={quote.dueMinor} />
      {flow.step === 'selling' ? (
        <SellingNote />
      ) : (
        <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
          {words('cash.sell', { units })}
        </Button>
      )}
    </section>
  );
}

function CashKeys(props: {
  readonly quote: QuoteView;
  readonly cashKeysMinor: readonly number[];
  readonly fixed: boolean;
  readonly send: Dispatch<FlowEvent>;
  readonly figures: ReturnType<typeof useFigures>;
}): ReactNode {
  const { quote, cashKeysMinor, fixed, send, figures } = props;
  const words = useWords();
  const enough = cashKeysMinor.filter((minor) => minor > quote.dueMinor);
  return (
    <fieldset className={styles.keys} aria-label={words('cash.keys')}>
      {enough.map((minor) => (
        <Button
          key={minor}
          isDisabled={fixed}
          onPress={() => send({ type: 'received-changed', text: figures.typedMoney(minor) })}
        >
          {figures.plainMoney(minor)}
        </Button>
      ))}
    </fieldset>
  );
}

function ChangeLine({ flow, dueMinor }: { readonly flow: Flow; readonly dueMinor: number }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const received = cashReceived(flow, amountMinor(dueMinor), usePlace().currency);
  if (!received.ok || received.value === dueMinor) return null;
  const change = received.value - dueMinor;
  return (
    <p className={styles.change} data-short={change < 0} aria-live="polite">
      <span className={styles.what}>{words(change < 0 ? 'cash.short' : 'cash.change')}</span>
      <span className={styles.hero}>{figures.money(Math.abs(change))}</span>
    </p>
  );
}

/** The module has its own time limit; this only says what is going on when it takes more than a blink. */
function SellingNote(): ReactNode {
  const words = useWords();
  return (
    <output className={styles.selling}>
      <span className={styles.soon}>{words('selling.now')}</span>
      <span className={styles.late}>{words('selling.slow')}</span>
    </output>
  );
}
