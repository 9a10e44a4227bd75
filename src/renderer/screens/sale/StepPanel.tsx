import type { Dispatch, ReactNode, RefObject } from 'react';
import type { OpenSlip, SaleView, StationStatus } from '../../../contract/index.ts';
import { usePlace } from '../../app/words.ts';
import { AmountPanel } from './AmountPanel.tsx';
import { BasketDonePanel } from './BasketDonePanel.tsx';
import { BasketPanel } from './BasketPanel.tsx';
import { CashPanel } from './CashPanel.tsx';
import { DonePanel } from './DonePanel.tsx';
import { DoubtPanel } from './DoubtPanel.tsx';
import { GiveBackPanel, isSold } from './GiveBack.tsx';
import { PartPanel } from './PartPanel.tsx';
import { ReadyPanel } from './ReadyPanel.tsx';
import { quotesToPay, type Flow, type FlowEvent } from './flow.ts';
import type { Printing } from './use-printing.ts';
import type { Ways } from './ways.ts';

/** The right side: the one thing to do at this step. */
export function StepPanel(props: {
  readonly flow: Flow;
  readonly ways: Ways;
  readonly send: Dispatch<FlowEvent>;
  readonly status: StationStatus;
  readonly openSales: readonly SaleView[];
  /** What got its token by itself and nobody has seen yet. */
  readonly settled: readonly SaleView[];
  readonly openSlips: readonly OpenSlip[];
  readonly printing: Printing;
  /** Where whoever sells has to open a shift first; else null. */
  readonly openDrawer: (() => void) | null;
  readonly moneyField: RefObject<HTMLInputElement | null>;
  readonly onNext: () => void;
  readonly onLast: () => void;
  /** Where the module can say that there is no token; else null. */
  readonly onGiveUp: (() => void) | null;
  readonly onSeen: (sale: SaleView) => void;
}): ReactNode {
  const { flow, ways, send, status, openSales, settled, openSlips, printing, openDrawer, moneyField } = props;
  const { onNext, onLast, onGiveUp, onSeen } = props;
  const pays = quotesToPay(flow, usePlace().currency).length > 0;
  const { step, panel, sale } = flow;
  if (step === 'amount' && panel) {
    return <AmountPanel {...{ flow, panel, ways, send, onNext }} field={moneyField} />;
  }
  if ((step === 'cash' || step === 'selling') && pays) {
    const { cashKeysMinor } = status;
    return <CashPanel {...{ flow, ways, cashKeysMinor, send, onNext }} field={moneyField} />;
  }
  if ((step === 'part-amount' || step === 'reference') && pays) {
    return <PartPanel {...{ flow, ways, send, onNext }} field={moneyField} />;
  }
  if (step === 'done' && flow.sales.length > 0) {
    return <BasketDonePanel {...{ flow, send, printing, onNext }} />;
  }
  if (step === 'done' && sale && !isSold(sale)) return <GiveBackPanel {...{ sale, onNext }} />;
  if (step === 'done' && sale) return <DonePanel key={sale.saleId} {...{ sale, printing }} onNext={onNext} />;
  if (step === 'doubt' && sale) {
    const onLater = (): void => send({ type: 'new-sale' });
    return <DoubtPanel {...{ flow, sale, onGiveUp, onLater }} onAsk={onNext} />;
  }
  if (flow.basket.length > 0) return <BasketPanel {...{ flow, ways, send }} onNext={onNext} />;
  return (
    <ReadyPanel
      {...{ openSales, settled, openSlips, printing, openDrawer, onSeen }}
      onSettle={(open) => send({ type: 'settle', sale: open })}
      onLast={onLast}
    />
  );
}
