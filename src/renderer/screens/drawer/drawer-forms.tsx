import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { ShiftFiguresView, ShiftStateView, ShiftView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePlace, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { CountGrid, countOf, type Typed } from './CountGrid.tsx';
import { Figures } from './FiguresTable.tsx';
import { Choice, Field, Form } from './Office.tsx';
import { OverrideForm } from './OverrideForm.tsx';
import { useCall } from './use-call.ts';

type Done = { readonly onDone: () => void };

/** Notes into the safe. */
export function DropForm({ state, onDone }: Done & { readonly state: ShiftStateView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [typed, setTyped] = useState<Typed>({});
  const submit = async (): Promise<void> => {
    if (await call.run('shift.drop', { requestId: newRequestId(), cash: countOf(typed) })) onDone();
  };
  return (
    <Form
      label={words('drawer.do.drop')}
      submit={words('drawer.do.drop')}
      busy={call.busy}
      pad="digits"
      onSubmit={() => void submit()}
    >
      <p>{words('drawer.drop.about')}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <CountGrid denominationsMinor={state.denominationsMinor} typed={typed} onChange={setTyped} />
    </Form>
  );
}

/** Money in or out for something that is no sale; a supervisor lets it happen. */
export function PayForm({ onDone }: Done): ReactNode {
  const words = useWords();
  const call = useCall();
  const { currency } = usePlace();
  const [direction, setDirection] = useState<'in' | 'out'>('out');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const amount = parseAmount(text, currency);
  const submit = async (): Promise<void> => {
    if (!amount.ok) return;
    const pay = { requestId: newRequestId(), direction, amountMinor: amount.value, reason };
    if (await call.run('shift.pay', pay)) onDone();
  };
  if (call.refused) return <OverrideForm call={call.refused} onGranted={() => void submit()} />;
  return (
    <Form
      label={words('drawer.do.pay')}
      submit={words('drawer.do.pay')}
      busy={call.busy}
      pad="amount"
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('column.amount')} value={text} onChange={setText} first />
      <Choice
        label={words('column.kind')}
        value={direction}
        onChange={setDirection}
        options={[
          { value: 'out', text: words('slip.kind.paid-out') },
          { value: 'in', text: words('slip.kind.paid-in') },
        ]}
      />
      <Field label={words('column.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}

export function NoSaleForm({ onDone }: Done): ReactNode {
  const words = useWords();
  const call = useCall();
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    if (await call.run('shift.noSale', { requestId: newRequestId(), reason })) onDone();
  };
  return (
    <Form
      label={words('drawer.do.no-sale')}
      submit={words('drawer.do.no-sale')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('column.reason')} value={reason} onChange={setReason} first />
    </Form>
  );
}

/** The X of a shift; at a cashier’s screen a supervisor lets it be seen. */
export function XPanel({ shift }: { readonly shift: ShiftView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const { shiftId } = shift;
  const [figures, setFigures] = useState<ShiftFiguresView | null>(null);
  const show = async (): Promise<void> => setFigures(await call.run('shift.x', { shiftId }));
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    void show();
  });
  if (call.refused) return <OverrideForm call={call.refused} onGranted={() => void show()} />;
  if (call.problem) return <ProblemCard problem={call.problem} />;
  if (!figures) return <p>{words('reports.running')}</p>;
  return <Figures figures={figures} />;
}
