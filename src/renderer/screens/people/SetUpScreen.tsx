import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Card, Field, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

/** The first start: nobody may sign in yet, so the first person is the administrator. */
export function SetUpScreen(props: {
  /** Without a head office: it sells under its own limits, and says so. */
  readonly standsAlone: boolean;
  /** Told before the station is: whoever is signed in then is the first. */
  readonly onSetUp: () => void;
}): ReactNode {
  const words = useWords();
  const call = useCall();
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== pin;
  const submit = (): void => {
    if (pin !== again) return;
    props.onSetUp();
    void call.run('operators.setUp', { requestId: newRequestId(), name, pin });
  };
  return (
    <main className={styles.main}>
      <h1 className={styles.title}>{words('setup.title')}</h1>
      <div className={styles.body}>
        <p className={styles.lead}>{words('setup.about')}</p>
        {props.standsAlone ? <p>{words('headoffice.state', { state: 'standAlone' })}</p> : null}
        <Card title={words('role.administrator')}>
          <Form
            label={words('setup.title')}
            submit={words('setup.do')}
            busy={call.busy}
            pad="digits"
            onSubmit={submit}
          >
            {call.problem ? <ProblemCard problem={call.problem} /> : null}
            <Field label={words('people.name')} value={name} onChange={setName} first />
            <Field
              label={words('people.pin')}
              value={pin}
              onChange={setPin}
              type="password"
              hint={words('people.pin.hint')}
            />
            <Field label={words('setup.again')} value={again} onChange={setAgain} type="password" />
            {differs ? <p role="alert">{words('setup.differs')}</p> : null}
          </Form>
        </Card>
      </div>
    </main>
  );
}
