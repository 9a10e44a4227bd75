import { useState, type ReactNode } from 'react';
import type { CountInput, ShiftStateView, ShiftView } from '../../../contract/index.ts';
import type { MessageParams } from '../../../i18n/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { usePlace, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { CountGrid, countOf, type Typed } from './CountGrid.tsx';
import { Card, Choice, Field, Form } from './Office.tsx';
import { useCall } from './use-call.ts';
import styles from './office.module.css';

type Props = { readonly shift: ShiftView; readonly state: ShiftStateView };
type Done = { readonly onDone: () => void };

/** A counted float, and which drawer. */
export function OpenForm({ state, onDone }: Done & { readonly state: ShiftStateView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [typed, setTyped] = useState<Typed>({});
  const [chosen, setChosen] = useState<string | null>(null);
  const drawer = chosen ?? state.freeDrawers[0] ?? '';
  const submit = async (): Promise<void> => {
    const opened = await call.run('shift.open', {
      requestId: newRequestId(),
      drawer,
      float: countOf(typed),
    });
    if (opened) onDone();
  };
  return (
    <Card title={words('drawer.open')}>
      <Form
        label={words('drawer.open')}
        submit={words('drawer.open')}
        busy={call.busy}
        pad="digits"
        onSubmit={() => void submit()}
      >
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
    </Card>
  );
}

/** Ends the selling; somebody else's only with a reason. */
export function EndForm(props: Done & { readonly shift: ShiftView; readonly forced: boolean }): ReactNode {
  const { shift, forced, onDone } = props;
  const words = useWords();
  const call = useCall();
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const ended = await call.run('shift.end', {
      requestId: newRequestId(),
      shiftId: shift.shiftId,
      reason: forced ? reason : null,
    });
    if (ended) onDone();
  };
  return (
    <Form
      label={words('drawer.do.end')}
      submit={words('drawer.do.end')}
      busy={call.busy}
      autoFocus={!forced}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <p>{words(forced ? 'drawer.end.forced' : 'drawer.end.about', { name: shift.operatorName })}</p>
      {forced ? <Field label={words('column.reason')} value={reason} onChange={setReason} first /> : null}
    </Form>
  );
}

const SLIPS = ['card', 'mobile-money', 'cheque'] as const;
type SlipText = Readonly<Partial<Record<(typeof SLIPS)[number], { quantity: string; sum: string }>>>;

/** Cash by denomination, everything else by its slips and their sum. */
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
      {SLIPS.map((account) => {
        const { quantity = '', sum = '' } = slips[account] ?? {};
        return (
          <fieldset key={account} className={styles.row}>
            <legend>{words(`account.${account}`)}</legend>
            <Field
              label={words('count.slips')}
              value={quantity}
              onChange={(text) =>
                onSlips({ ...slips, [account]: { quantity: text.replace(/\D/gu, ''), sum } })
              }
            />
            <Field
              label={words('count.sum')}
              value={sum}
              onChange={(text) => onSlips({ ...slips, [account]: { quantity, sum: text } })}
            />
          </fieldset>
        );
      })}
    </>
  );
}

type Counting = {
  readonly typed: Typed;
  readonly slips: SlipText;
  readonly setTyped: (typed: Typed) => void;
  readonly setSlips: (slips: SlipText) => void;
  /** Null while a sum is no amount: then there is a problem. */
  readonly count: CountInput | null;
  readonly problem: { readonly code: string; readonly params: MessageParams } | null;
};

/** What the fields say as a count. */
function useCount(): Counting {
  const { currency } = usePlace();
  const [typed, setTyped] = useState<Typed>({});
  const [slips, setSlips] = useState<SlipText>({});
  const read: CountInput['slips'][number][] = [];
  let problem: Counting['problem'] = null;
  for (const account of SLIPS) {
    const { quantity = '', sum = '' } = slips[account] ?? {};
    const amount = parseAmount(sum, currency);
    if (amount.ok) read.push({ account, quantity: Number(quantity || '0'), amountMinor: amount.value });
    else if (amount.error.code !== 'amount-empty' && amount.error.code !== 'amount-zero') {
      const { code, ...params } = amount.error;
      problem = { code, params };
    }
  }
  const count = problem ? null : { cash: countOf(typed), slips: read };
  return { typed, slips, setTyped, setSlips, count, problem };
}

/** Blind: nothing here says what should be there. */
export function CountForm({ shift, state, onDone }: Props & Partial<Done>): ReactNode {
  const words = useWords();
  const call = useCall();
  const { typed, slips, setTyped, setSlips, count, problem } = useCount();
  const submit = async (): Promise<void> => {
    if (!count) return;
    const { shiftId } = shift;
    if (await call.run('shift.count', { requestId: newRequestId(), shiftId, count })) onDone?.();
  };
  return (
    <Form
      label={words('count.title')}
      submit={words('count.do')}
      busy={call.busy || count === null}
      pad="amount"
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {problem ? <ProblemCard problem={problem} /> : null}
      <CountFields {...{ state, typed, slips }} onTyped={setTyped} onSlips={setSlips} />
    </Form>
  );
}

export function CloseForm(
  props: Props & { readonly forced: boolean; readonly onClosed: (zNumber: number) => void },
): ReactNode {
  const { shift, state, forced, onClosed } = props;
  const words = useWords();
  const call = useCall();
  const submit = async (): Promise<void> => {
    const closed = await call.run('shift.close', { requestId: newRequestId(), shiftId: shift.shiftId });
    if (closed) onClosed(closed.zNumber);
  };
  if (state.closedByAnother && !forced) return <p>{words('drawer.close.another')}</p>;
  return (
    <Form
      label={words('drawer.close')}
      submit={words('drawer.close')}
      busy={call.busy}
      autoFocus
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <p>{words('drawer.close.about')}</p>
    </Form>
  );
}

/** The drawer goes to the next cashier as it is; both have counted it. */
export function HandOverForm({ shift, state, onDone }: Props & Done): ReactNode {
  const words = useWords();
  const call = useCall();
  const { typed, slips, setTyped, setSlips, count, problem } = useCount();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const submit = async (): Promise<void> => {
    if (!count) return;
    const { shiftId } = shift;
    const to = { name, pin };
    setPin('');
    if (await call.run('shift.handOver', { requestId: newRequestId(), shiftId, count, to })) onDone();
  };
  return (
    <Form
      label={words('drawer.do.hand-over')}
      submit={words('drawer.do.hand-over')}
      busy={call.busy || count === null}
      pad="amount"
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {problem ? <ProblemCard problem={problem} /> : null}
      <CountFields {...{ state, typed, slips }} onTyped={setTyped} onSlips={setSlips} />
      <div className={styles.row}>
        <Field label={words('drawer.next')} value={name} onChange={setName} />
        <Field label={words('people.pin')} value={pin} onChange={setPin} type="password" />
      </div>
    </Form>
  );
}
