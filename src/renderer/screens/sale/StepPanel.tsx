import type { Dispatch, ReactNode, RefObject } from 'react';
import type { OpenSlip, SaleView, StationStatus } from '../../../contract/index.ts';
import { usePlace } from '../../app/words.ts';
import { AmountPanel } from './AmountPanel.tsx';
import { CashPanel } from './CashPanel.tsx';
import { DonePanel } from './DonePanel.tsx';
import { DoubtPanel } from './DoubtPanel.tsx';
import { ReadyPanel } from './ReadyPanel.tsx';
import { currentQuote, type Flow, type FlowEvent } from './flow.ts';
import type { Printing } from './use-printing.ts';

/** The right side: the one thing to do at this step. */
export function StepPanel(props: {
  readonly flow: Flow;
  readonly send: Dispatch<FlowEvent>;
  readonly status: StationStatus;
  readonly openSales: readonly SaleView[];
  readonly openSlips: readonly OpenSlip[];
  readonly printing: Printing;
  /** Where whoever sells has to open a shift first; else null. */
  readonly openDrawer: (() => void) | null;
  readonly moneyField: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
  readonly onLast: () => void;
}): ReactNode {
  const { flow, send, status, openSales, openSlips, printing, openDrawer, moneyField } = props;
  const { onNext, onLast } = props;
  const quote = currentQuote(flow, usePlace().currency);
  const { step, panel, sale } = flow;
  if (step === 'amount' && panel) {
    return <AmountPanel {...{ flow, panel, send, onNext }} field={moneyField} />;
  }
  if ((step === 'cash' || step === 'selling') && quote) {
    const { cashKeysMinor } = status;
    return <CashPanel {...{ flow, quote, cashKeysMinor, send, onNext }} field={moneyField} />;
  }
  if (step === 'done' && sale) return <DonePanel key={sale.saleId} {...{ sale, printing }} onNext={onNext} />;
  if (step === 'doubt' && sale) {
    return <DoubtPanel {...{ flow, sale }} onAsk={onNext} onLater={() => send({ type: 'new-sale' })} />;
  }
  return (
    <ReadyPanel
      {...{ openSales, openSlips, printing, openDrawer }}
      onSettle={(open) => send({ type: 'settle', sale: open })}
      onLast={onLast}
    />
  );
}
