import { useState, type ReactNode } from 'react';
import type { CallName } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field, Form } from './Office.tsx';
import { useCall } from './use-call.ts';
import styles from './office.module.css';

/** A supervisor lets one action happen here, which is named, without signing the cashier out. */
export function OverrideForm(props: { readonly call: CallName; readonly onGranted: () => void }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const granted = await call.run('operators.override', {
      requestId: newRequestId(),
      name,
      pin,
      call: props.call,
      reason,
    });
    setPin('');
    if (granted) props.onGranted();
  };
  return (
    <Form
      label={words('override.title')}
      submit={words('override.do')}
      busy={call.busy}
      pad="digits"
      onSubmit={() => void submit()}
    >
      <h3 className={styles.heading}>{words(`call.${props.call}` as MessageId)}</h3>
      <p>{words('override.title')}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('people.name')} value={name} onChange={setName} first />
      <Field label={words('people.pin')} value={pin} onChange={setPin} type="password" />
      <Field label={words('column.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}
