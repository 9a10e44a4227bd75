import type { Dispatch, ReactNode, RefObject } from 'react';
import { NEEDS_REFERENCE } from '../../../contract/index.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Due } from './Due.tsx';
import { EntryField } from './EntryField.tsx';
import { WayKeys } from './WayKeys.tsx';
import { leftMinor, partAmount, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';
import type { Ways } from './ways.ts';

/** A part of the payment that is not cash: how much of it, and what tells it apart. */
export function PartPanel(props: {
  readonly flow: Flow;
  readonly ways: Ways;
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, ways, send, field, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  const way = words(`account.${flow.account}`);
  const amount = partAmount(flow, currency);
  const atAmount = flow.step === 'part-amount';
  return (
    <section className={styles.panel} aria-label={way}>
      <Due flow={flow} />
      <h2 className={styles.way}>
        <span>{way}</span>
        <span className={styles.digits}>{!atAmount && amount.ok ? figures.money(amount.value) : null}</span>
      </h2>
      <PartField {...{ flow, send, field }} />
      {flow.problem ? <ProblemCard problem={flow.problem} /> : null}
      <p className={styles.quiet}>{atAmount ? null : words('tender.reference.no-card')}</p>
      <div className={styles.scroll} />
      <WayKeys ways={ways} current={atAmount ? 'split' : flow.account} isDisabled={flow.checking !== null} />
      <Button kind="main" keyName={words('key.enter')} onPress={onNext} isDisabled={flow.checking !== null}>
        {atAmount || !amount.ok
          ? words('tender.next')
          : words('tender.take', { amount: figures.money(amount.value) })}
      </Button>
    </section>
  );
}

/** How much is paid so, or the payment's reference: one field at a time. */
function PartField(props: {
  readonly flow: Flow;
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const { flow, send, field } = props;
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  if (flow.step === 'part-amount')
    return (
      <EntryField
        key="amount"
        label={words('tender.amount', { way: words(`account.${flow.account}`) })}
        step="part-amount"
        text={flow.partAmountText}
        sign={currency.code}
        proposal={figures.typedMoney(leftMinor(flow, currency))}
        proposalNote={words('tender.all')}
        field={field}
        onChange={(text) => send({ type: 'part-amount-changed', text })}
      />
    );
  return (
    <EntryField
      key="reference"
      label={words(`tender.reference.${flow.account}`)}
      step="reference"
      text={flow.referenceText}
      sign=""
      proposal={null}
      proposalNote={NEEDS_REFERENCE.includes(flow.account) ? null : words('tender.reference.optional')}
      isText
      isDisabled={flow.checking !== null}
      field={field}
      onChange={(text) => send({ type: 'reference-changed', text })}
    />
  );
}
