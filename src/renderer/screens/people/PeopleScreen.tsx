import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ROLES, type OperatorView, type Role } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { Card, Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

/** Who may use the station: added, given a role or a PIN, let go. */
export function PeopleScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const known = useQuery({ queryKey: ['operators.list'], queryFn: () => need('operators.list', {}) }).data;
  const [chosen, setChosen] = useState<string | null>(null);
  const operator = known?.operators.find(({ operatorId }) => operatorId === chosen);
  const done = (): void => setChosen(null);
  return (
    <Office title={words('people.title')} onClose={onClose} back={operator ? done : null}>
      <div className={styles.split}>
        <ul className={styles.steps} aria-label={words('people.title')}>
          {known?.operators.map((each) => (
            <li key={each.operatorId}>
              <Person
                person={each}
                isChosen={each.operatorId === chosen}
                onPress={() => setChosen(each.operatorId)}
              />
            </li>
          ))}
        </ul>
        {operator ? <ChangeForm key={operator.operatorId} operator={operator} onDone={done} /> : <AddForm />}
      </div>
    </Office>
  );
}

function Person(props: {
  readonly person: OperatorView;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}): ReactNode {
  const { person, isChosen, onPress } = props;
  const words = useWords();
  const { name, role, active, lockedSeconds } = person;
  const state = !active
    ? ` · ${words('people.off')}`
    : lockedSeconds > 0
      ? ` · ${words('people.locked', { seconds: lockedSeconds })}`
      : '';
  return (
    <button type="button" className={styles.step} aria-pressed={isChosen} onClick={onPress}>
      <Sign standing={!active ? 'idle' : lockedSeconds > 0 ? 'warn' : 'good'} />
      <span>
        <strong>{name}</strong>
        <span className={styles.quiet}>{words(`role.${role}`) + state}</span>
      </span>
    </button>
  );
}

function RoleChoice(props: { readonly role: Role; readonly onChange: (role: Role) => void }): ReactNode {
  const words = useWords();
  return (
    <Choice
      label={words('people.role')}
      value={props.role}
      onChange={props.onChange}
      options={ROLES.map((value) => ({ value, text: words(`role.${value}`) }))}
    />
  );
}

function AddForm(): ReactNode {
  const words = useWords();
  const call = useCall();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [role, setRole] = useState<Role>('cashier');
  // The next person begins with the name again.
  const [turn, setTurn] = useState(0);
  const submit = async (): Promise<void> => {
    const added = await call.run('operators.add', { requestId: newRequestId(), name, pin, role });
    setPin('');
    if (!added) return;
    setName('');
    setTurn(turn + 1);
  };
  return (
    <Card title={words('people.add.title')}>
      <Form
        label={words('people.add')}
        submit={words('people.add')}
        busy={call.busy}
        pad="digits"
        onSubmit={() => void submit()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field key={turn} label={words('people.name')} value={name} onChange={setName} first />
        <RoleChoice role={role} onChange={setRole} />
        <Field
          label={words('people.pin')}
          value={pin}
          onChange={setPin}
          type="password"
          hint={words('people.pin.hint')}
        />
      </Form>
    </Card>
  );
}

function ChangeForm(props: { readonly operator: OperatorView; readonly onDone: () => void }): ReactNode {
  const { operator, onDone } = props;
  const { operatorId } = operator;
  const words = useWords();
  const call = useCall();
  const [role, setRole] = useState(operator.role);
  const [newPin, setNewPin] = useState('');
  const change = async (active: boolean): Promise<void> => {
    const done = await call.run('operators.change', {
      requestId: newRequestId(),
      operatorId,
      role,
      active,
    });
    if (done) onDone();
  };
  const submit = async (): Promise<void> => {
    if (newPin !== '') {
      const reset = await call.run('operators.resetPin', { requestId: newRequestId(), operatorId, newPin });
      setNewPin('');
      if (!reset) return;
    }
    if (role === operator.role) onDone();
    else await change(operator.active);
  };
  return (
    <Card title={operator.name}>
      <Form
        label={operator.name}
        submit={words('people.save')}
        busy={call.busy}
        pad="digits"
        onSubmit={() => void submit()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <RoleChoice role={role} onChange={setRole} />
        <Field
          label={words('people.newPin')}
          value={newPin}
          onChange={setNewPin}
          type="password"
          hint={words('people.newPin.hint')}
          first
        />
        <Button onPress={() => void change(!operator.active)}>
          {operator.active ? words('people.letGo') : words('people.letIn')}
        </Button>
      </Form>
    </Card>
  );
}
