import { useState, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Field, Form } from '../drawer/Office.tsx';
import office from '../drawer/office.module.css';

export type Signed = {
  readonly reason: string;
  readonly second: { readonly name: string; readonly pin: string };
};

/** Why it is done, and the second person who proves who they are: the PIN is gone from the screen with each try. */
export function SecondPersonForm(props: {
  readonly label: string;
  readonly submit: string;
  readonly busy: boolean;
  readonly onSubmit: (signed: Signed) => Promise<void>;
  readonly children?: ReactNode;
}): ReactNode {
  const { label, submit, busy, onSubmit, children } = props;
  const words = useWords();
  const [reason, setReason] = useState('');
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const sign = async (): Promise<void> => {
    await onSubmit({ reason, second: { name, pin } });
    setPin('');
  };
  return (
    <Form label={label} submit={submit} busy={busy} onSubmit={() => void sign()}>
      {children}
      <Field
        label={words('doubt.reason')}
        value={reason}
        onChange={setReason}
        first={children === undefined}
      />
      <div className={office.row}>
        <Field label={words('modules.second')} value={name} onChange={setName} />
        <Field label={words('modules.second.pin')} value={pin} onChange={setPin} type="password" />
      </div>
    </Form>
  );
}
