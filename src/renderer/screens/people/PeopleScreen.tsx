import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ROLES, type OperatorView, type Role } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

/** Who may use the station: added, given a role or a PIN, let go. */
export function PeopleScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const known = useQuery({ queryKey: ['operators.list'], queryFn: () => need('operators.list', {}) }).data;
  const [chosen, setChosen] = useState<string | null>(null);
  const operator = known?.operators.find(({ operatorId }) => operatorId === chosen);
  return (
    <Office title={words('people.title')} onClose={onClose}>
      {operator ? (
        <ChangeForm key={operator.operatorId} operator={operator} onDone={() => setChosen(null)} />
      ) : (
        <AddForm />
      )}
      {known?.operators.map((each) => (
        <Button key={each.operatorId} onPress={() => setChosen(each.operatorId)}>
          {`${each.name} · ${words(`role.${each.role}`)}${each.active ? '' : ` · ${words('people.off')}`}`}
        </Button>
      ))}
    </Office>
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
  const submit = async (): Promise<void> => {
    const added = await call.run('operators.add', { requestId: newRequestId(), name, pin, role });
    setPin('');
    if (added) setName('');
  };
  return (
    <Form
      label={words('people.add')}
      submit={words('people.add')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('people.name')} value={name} onChange={setName} first />
      <RoleChoice role={role} onChange={setRole} />
      <Field label={words('people.pin')} value={pin} onChange={setPin} type="password" />
    </Form>
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
    <Form label={operator.name} submit={words('people.save')} busy={call.busy} onSubmit={() => void submit()}>
      <h3 className={styles.heading}>{operator.name}</h3>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <RoleChoice role={role} onChange={setRole} />
      <Field label={words('people.newPin')} value={newPin} onChange={setNewPin} type="password" first />
      <Button onPress={() => void change(!operator.active)}>
        {operator.active ? words('people.letGo') : words('people.letIn')}
      </Button>
    </Form>
  );
}
