import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { ShiftStateView, ShiftView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseForm, CountForm, EndForm, HandOverForm, OpenForm } from './shift-forms.tsx';
import { DropForm, NoSaleForm, PayForm, XPanel } from './drawer-forms.tsx';
import { Office } from './Office.tsx';
import styles from './office.module.css';

const ACTIONS = ['drop', 'pay', 'no-sale', 'x', 'end', 'hand-over'] as const;
type Action = (typeof ACTIONS)[number];

/** The drawer of whoever is signed in, from its float to its Z; others' that wait for a supervisor below. */
export function DrawerScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const state = useQuery({ queryKey: ['shift.state'], queryFn: () => need('shift.state', {}) }).data;
  if (!state) return null;
  const others = state.open.filter(({ shiftId }) => shiftId !== state.mine?.shiftId);
  return (
    <Office title={words('drawer.title')} onClose={onClose}>
      {state.mine ? <Held shift={state.mine} state={state} /> : <OpenForm state={state} />}
      {others.length === 0 ? null : <Others shifts={others} state={state} />}
    </Office>
  );
}

/** What can be done with a shift at the step it is at. */
function Held(props: { readonly shift: ShiftView; readonly state: ShiftStateView }): ReactNode {
  const { shift, state } = props;
  const words = useWords();
  return (
    <section aria-label={words('slip.shift')}>
      <p className={styles.heading}>
        {words('drawer.shift', {
          number: shift.number,
          drawer: shift.drawer,
          name: shift.operatorName,
          step: shift.step,
        })}
      </p>
      {shift.step === 'opened' ? <Selling shift={shift} state={state} /> : null}
      {shift.step === 'ended' ? <CountForm shift={shift} state={state} /> : null}
      {shift.step === 'counted' ? <CloseForm shift={shift} state={state} /> : null}
    </section>
  );
}

function Selling(props: { readonly shift: ShiftView; readonly state: ShiftStateView }): ReactNode {
  const { shift, state } = props;
  const words = useWords();
  const [action, setAction] = useState<Action | null>(null);
  const done = (): void => setAction(null);
  if (action === null)
    return (
      <div className={styles.row}>
        {ACTIONS.map((each) => (
          <Button key={each} onPress={() => setAction(each)}>
            {words(`drawer.do.${each}`)}
          </Button>
        ))}
      </div>
    );
  return (
    <>
      {action === 'drop' ? <DropForm state={state} onDone={done} /> : null}
      {action === 'pay' ? <PayForm onDone={done} /> : null}
      {action === 'no-sale' ? <NoSaleForm onDone={done} /> : null}
      {action === 'x' ? <XPanel shift={shift} /> : null}
      {action === 'end' ? <EndForm shift={shift} forced={false} /> : null}
      {action === 'hand-over' ? <HandOverForm shift={shift} state={state} onDone={done} /> : null}
      <Button kind="quiet" onPress={done}>
        {words('drawer.cancel')}
      </Button>
    </>
  );
}

/** Shifts of other people: a supervisor ends, counts and closes what was left open. */
function Others(props: { readonly shifts: readonly ShiftView[]; readonly state: ShiftStateView }): ReactNode {
  const words = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <section aria-label={words('drawer.others')}>
      <h3 className={styles.heading}>{words('drawer.others')}</h3>
      {props.shifts.map((shift) =>
        shift.shiftId === chosen ? (
          <div key={shift.shiftId}>
            {shift.step === 'opened' ? (
              <>
                <XPanel shift={shift} />
                <EndForm shift={shift} forced />
              </>
            ) : (
              <Held shift={shift} state={props.state} />
            )}
          </div>
        ) : (
          <Button key={shift.shiftId} onPress={() => setChosen(shift.shiftId)}>
            {words('drawer.shift', {
              number: shift.number,
              drawer: shift.drawer,
              name: shift.operatorName,
              step: shift.step,
            })}
          </Button>
        ),
      )}
    </section>
  );
}
