import { useState, type ReactNode } from 'react';
import type { CountInput, ShiftStateView, ShiftView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePlace, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { CountGrid, countOf, type Typed } from './CountGrid.tsx';
import { Choice, Field, Form } from './Office.tsx';
import { useCall } from './use-call.ts';

type Props = { readonly shift: ShiftView; readonly state: ShiftStateView };

/** A counted float, and which drawer. */
export function OpenForm({ state }: { readonly state: ShiftStateView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [typed, setTyped] = useState<Typed>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const drawer = chosen ?? state.freeDrawers[0] ?? '';
  const submit = (): void =>
    void call.run('shift.open', { requestId: newRequestId(), drawer, float: countOf(typed) });
  return (
    <Form label={words('drawer.open')} submit={words('drawer.open')} busy={call.busy} onSubmit={submit}>
      <p>{words('drawer.open.about')}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <CountGrid denominationsMinor={state.denominationsMinor} typed={typed} onChange={setTyped} />
      {state.freeDrawers.length > 1 ? (
        <Choice
          label={words('slip.drawer')}
          value={drawer}
          onChange={setChosen}
          options={state.freeDrawers.map((value) => ({ value, text: value }))}
        />
      ) : null}
    </Form>
  );
}

/** Ends the selling; somebody else's only with a reason. */
export function EndForm(props: { readonly shift: ShiftView; readonly forced: boolean }): ReactNode {
  const { shift, forced } = props;
  const words = useWords();
  const call = useCall();
  const [reason, setReason] = useState('');
  const submit = (): void =>
    void call.run('shift.end', {
      requestId: newRequestId(),
      shiftId: shift.shiftId,
      reason: forced ? reason : null,
    });
  return (
    <Form label={words('drawer.do.end')} submit={words('drawer.do.end')} busy={call.busy} onSubmit={submit}>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {forced ? (
        <Field label={words('column.reason')} value={reason} onChange={setReason} first />
      ) : (
        <p>{words('drawer.end.about')}</p>
      )}
    </Form>
  );
}

const SLIPS = ['card', 'mobile-money', 'cheque'] as const;
type SlipText = Readonly<Partial<Record<(typeof SLIPS)[number], string>>>;

/** Cash by denomination, everything else as a sum. */
function CountFields(props: {
  readonly state: ShiftStateView;
  readonly typed: Typed;
  readonly slips: SlipText;
  readonly onTyped: (typed: Typed) => void;
  readonly onSlips: (slips: SlipText) => void;
}): ReactNode {
  const words = useWords();
  const { state, typed, slips, onTyped, onSlips } = props;
  return (
    <>
      <p>{words('count.blind')}</p>
      <CountGrid denominationsMinor={state.denominationsMinor} typed={typed} onChange={onTyped} />
      {SLIPS.map((account) => (
        <Field
          key={account}
          label={words(`account.${account}`)}
          value={slips[account] ?? ''}
          onChange={(text) => onSlips({ ...slips, [account]: text })}
        />
      ))}
    </>
  );
}

/** What the fields say as a count; sums that are no amounts are left out. */
function useCount(): {
  readonly typed: Typed;
  readonly slips: SlipText;
  readonly setTyped: (typed: Typed) => void;
  readonly setSlips: (slips: SlipText) => void;
  readonly count: CountInput;
} {
  const { currency } = usePlace();
  const [typed, setTyped] = useState<Typed>({});
  const [slips, setSlips] = useState<SlipText>({});
  const sums = SLIPS.flatMap((account) => {
    const amount = parseAmount(slips[account] ?? '', currency);
    return amount.ok ? [{ account, quantity: 1, amountMinor: amount.value }] : [];
  });
  return { typed, slips, setTyped, setSlips, count: { cash: countOf(typed), slips: sums } };
}

/** Blind: nothing here says what should be there. */
export function CountForm({ shift, state }: Props): ReactNode {
  const words = useWords();
  const call = useCall();
  const { typed, slips, setTyped, setSlips, count } = useCount();
  const submit = (): void =>
    void call.run('shift.count', { requestId: newRequestId(), shiftId: shift.shiftId, count });
  return (
    <Form label={words('count.title')} submit={words('count.do')} busy={call.busy} onSubmit={submit}>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <CountFields {...{ state, typed, slips }} onTyped={setTyped} onSlips={setSlips} />
    </Form>
  );
}

export function CloseForm({ shift, state }: Props): ReactNode {
  const words = useWords();
  const call = useCall();
  const submit = (): void =>
    void call.run('shift.close', { requestId: newRequestId(), shiftId: shift.shiftId });
  return (
    <Form label={words('drawer.close')} submit={words('drawer.close')} busy={call.busy} onSubmit={submit}>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <p>{state.closedByAnother ? words('drawer.close.another') : words('drawer.close.about')}</p>
    </Form>
  );
}

/** The drawer goes to the next cashier as it is; both have counted it. */
export function HandOverForm({ shift, state, onDone }: Props & { readonly onDone: () => void }): ReactNode {
  const words = useWords();
  const call = useCall();
  const { typed, slips, setTyped, setSlips, count } = useCount();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const submit = async (): Promise<void> => {
    const { shiftId } = shift;
    const to = { name, pin };
    setPin('');
    if (await call.run('shift.handOver', { requestId: newRequestId(), shiftId, count, to })) onDone();
  };
  return (
    <Form
      label={words('drawer.do.hand-over')}
      submit={words('drawer.do.hand-over')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <CountFields {...{ state, typed, slips }} onTyped={setTyped} onSlips={setSlips} />
      <Field label={words('drawer.next')} value={name} onChange={setName} />
      <Field label={words('people.pin')} value={pin} onChange={setPin} type="password" />
    </Form>
  );
}
