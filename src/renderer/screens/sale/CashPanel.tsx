import { useEffect, type Dispatch, type ReactNode, type RefObject } from 'react';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Due } from './Due.tsx';
import { EntryField } from './EntryField.tsx';
import { SellingNote } from './SellingNote.tsx';
import { WayKeys } from './WayKeys.tsx';
import { cashReceived, isUncertain, leftMinor, quotesToPay, type Flow, type FlowEvent } from './flow.ts';
import styles from './panels.module.css';
import type { Ways } from './ways.ts';

/** What to pay, what was handed over, what goes back. */
export function CashPanel(props: {
  readonly flow: Flow;
  readonly ways: Ways;
  readonly cashKeysMinor: readonly number[];
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
}): ReactNode {
  const { flow, ways, cashKeysMinor, send, field, onNext } = props;
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  const fixed = flow.step === 'selling' || isUncertain(flow);
  const left = leftMinor(flow, currency);
  // Too little was typed, or far too much: the next figures are a new sum, not more digits of the old one.
  const refused = flow.problem?.code === 'cash-too-little' || flow.problem?.code === 'warning-big-change';
  useEffect(() => {
    if (refused) field.current?.select();
  }, [refused, field]);
  return (
    <section className={styles.panel} aria-label={words('cash.received')}>
      <Due flow={flow} />
      {left > 0 ? (
        <>
          <EntryField
            label={words('cash.received')}
            step="cash"
            text={flow.receivedText}
            sign={currency.code}
            proposal={figures.typedMoney(left)}
            proposalNote={words('cash.exact')}
            isDisabled={fixed}
            field={field}
            onChange={(text) => send({ type: 'received-changed', text })}
          />
          <CashKeys {...{ left, cashKeysMinor, fixed, send }} />
        </>
      ) : null}
      {flow.problem ? <ProblemCard problem={flow.problem} /> : null}
      <div className={styles.scroll} />
      <ChangeLine flow={flow} />
      {flow.step === 'selling' ? (
        <SellingNote />
      ) : (
        <>
          {left > 0 ? <WayKeys ways={ways} isDisabled={fixed} /> : null}
          <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
            <SellWords flow={flow} />
          </Button>
        </>
      )}
    </section>
  );
}

function SellWords({ flow }: { readonly flow: Flow }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const [only, ...others] = quotesToPay(flow, usePlace().currency);
  if (!only) return null;
  return others.length > 0
    ? words('basket.sell', { count: others.length + 1 })
    : words('cash.sell', { units: figures.units(only.unitsTenths, only.resource) });
}

function CashKeys(props: {
  readonly left: number;
  readonly cashKeysMinor: readonly number[];
  readonly fixed: boolean;
  readonly send: Dispatch<FlowEvent>;
}): ReactNode {
  const { left, cashKeysMinor, fixed, send } = props;
  const words = useWords();
  const figures = useFigures();
  const enough = cashKeysMinor.filter((minor) => minor > left);
  return (
    <fieldset className={styles.keys} aria-label={words('cash.keys')}>
      {enough.map((minor) => (
        <Button
          key={minor}
          isPadKey
          isDisabled={fixed}
          onPress={() => send({ type: 'received-changed', text: figures.typedMoney(minor) })}
        >
          {figures.plainMoney(minor)}
        </Button>
      ))}
    </fieldset>
  );
}

function ChangeLine({ flow }: { readonly flow: Flow }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  const left = leftMinor(flow, currency);
  const received = cashReceived(flow, left, currency);
  if (left === 0 || !received.ok || received.value === left) return null;
  const change = received.value - left;
  return (
    <p className={styles.change} data-short={change < 0} aria-live="polite">
      <span className={styles.what}>{words(change < 0 ? 'cash.short' : 'cash.change')}</span>
      <span className={styles.hero}>{figures.money(Math.abs(change))}</span>
    </p>
  );
}
