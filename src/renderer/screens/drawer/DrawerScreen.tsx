import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ShiftStateView, ShiftView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { TileList } from '../desk/TileList.tsx';
import { CloseForm, CountForm, EndForm, HandOverForm, OpenForm } from './shift-forms.tsx';
import { DropForm, NoSaleForm, PayForm, XPanel } from './drawer-forms.tsx';
import { Card, Office } from './Office.tsx';
import styles from './office.module.css';

const ACTIONS = ['drop', 'x', 'pay', 'no-sale', 'end', 'hand-over'] as const;
type Action = (typeof ACTIONS)[number];

/** The drawer of whoever is signed in, from its float to its Z; others' that wait for a supervisor below. */
export function DrawerScreen(props: {
  readonly onClose: () => void;
  readonly onCounter: () => void;
}): ReactNode {
  const { onClose, onCounter } = props;
  const words = useWords();
  const state = useQuery({ queryKey: ['shift.state'], queryFn: () => need('shift.state', {}) }).data;
  const [action, setAction] = useState<Action | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  if (!state) return null;
  const others = state.open.filter(({ shiftId }) => shiftId !== state.mine?.shiftId);
  const other = others.find(({ shiftId }) => shiftId === chosen);
  const done = (text: string | null): void => {
    setAction(null);
    setNotice(text);
  };
  const back = action !== null ? () => done(null) : other ? () => setChosen(null) : null;
  return (
    <Office title={words('drawer.title')} onClose={onClose} back={back}>
      {notice === null ? null : <Notice text={notice} />}
      {other ? (
        <Held shift={other} state={state} onDone={done} forced />
      ) : state.mine ? (
        <Mine
          {...{ action, state, onCounter }}
          shift={state.mine}
          onDone={done}
          onAction={(next) => {
            setNotice(null);
            setAction(next);
          }}
        />
      ) : (
        <OpenForm state={state} onDone={onCounter} />
      )}
      {others.length === 0 || back ? null : <Others shifts={others} onChoose={setChosen} />}
    </Office>
  );
}

/** What was just done, until the next thing is. */
function Notice({ text }: { readonly text: string }): ReactNode {
  return (
    <p className={styles.row} role="status">
      <Sign standing="good" />
      <strong>{text}</strong>
    </p>
  );
}

function useShiftText(): (shift: ShiftView) => string {
  const words = useWords();
  return ({ number, drawer, operatorName: name, step }) =>
    words('drawer.shift', { number, drawer, name, step });
}

type Done = (text: string | null) => void;

/** One's own drawer: while it sells, a list of what can be done with it. */
function Mine(props: {
  readonly shift: ShiftView;
  readonly state: ShiftStateView;
  readonly action: Action | null;
  readonly onAction: (action: Action) => void;
  readonly onDone: Done;
  readonly onCounter: () => void;
}): ReactNode {
  const { shift, state, action, onAction, onDone } = props;
  const words = useWords();
  const text = useShiftText();
  if (shift.step !== 'opened') return <Held {...{ shift, state, onDone }} forced={false} />;
  if (action !== null) return <Doing {...{ shift, state, action, onDone }} />;
  return (
    <>
      <p className={styles.lead}>{text(shift)}</p>
      <TileList
        label={words('drawer.title')}
        tiles={ACTIONS.map((id) => ({
          id,
          title: words(`drawer.do.${id}`),
          about: words(`drawer.about.${id}`),
        }))}
        onChoose={onAction}
      />
    </>
  );
}

function Doing(props: {
  readonly shift: ShiftView;
  readonly state: ShiftStateView;
  readonly action: Action;
  readonly onDone: Done;
}): ReactNode {
  const { shift, state, action, onDone } = props;
  const words = useWords();
  if (action === 'x') return <XPanel shift={shift} />;
  const kept = (): void => onDone(words('drawer.kept', { what: words(`drawer.do.${action}`) }));
  return (
    <Card title={words(`drawer.do.${action}`)}>
      {action === 'drop' ? <DropForm state={state} onDone={kept} /> : null}
      {action === 'pay' ? <PayForm onDone={kept} /> : null}
      {action === 'no-sale' ? <NoSaleForm onDone={kept} /> : null}
      {action === 'end' ? <EndForm shift={shift} forced={false} onDone={() => onDone(null)} /> : null}
      {action === 'hand-over' ? <HandOverForm shift={shift} state={state} onDone={kept} /> : null}
    </Card>
  );
}

/** A shift on its way to its Z; somebody else's is ended with a reason. */
export function Held(props: {
  readonly shift: ShiftView;
  readonly state: ShiftStateView;
  readonly forced: boolean;
  readonly onDone: Done;
}): ReactNode {
  const { shift, state, forced, onDone } = props;
  const words = useWords();
  const text = useShiftText();
  const closed = (zNumber: number): void => onDone(words('drawer.closed', { number: zNumber }));
  return (
    <Card title={text(shift)}>
      {shift.step === 'opened' ? <EndForm shift={shift} forced={forced} onDone={() => onDone(null)} /> : null}
      {shift.step === 'ended' ? <CountForm shift={shift} state={state} /> : null}
      {shift.step === 'counted' ? (
        <CloseForm shift={shift} state={state} forced={forced} onClosed={closed} />
      ) : null}
    </Card>
  );
}

/** Shifts of other people: a supervisor ends, counts and closes what was left open. */
function Others(props: {
  readonly shifts: readonly ShiftView[];
  readonly onChoose: (shiftId: string) => void;
}): ReactNode {
  const words = useWords();
  const text = useShiftText();
  return (
    <Card title={words('drawer.others')}>
      <p className={styles.quiet}>{words('drawer.others.about')}</p>
      {props.shifts.map((shift) => (
        <Button key={shift.shiftId} onPress={() => props.onChoose(shift.shiftId)}>
          {text(shift)}
        </Button>
      ))}
    </Card>
  );
}
