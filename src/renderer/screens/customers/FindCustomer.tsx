import { useState, type ReactNode } from 'react';
import type { CallError, SearchHit } from '../../../contract/index.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field, Form } from '../drawer/Office.tsx';
import styles from './CustomersScreen.module.css';

/** A customer looked up as at the till; each that is found is a button. */
export function FindCustomer(props: {
  readonly label?: string;
  readonly onFound: (hit: SearchHit) => void;
  /** Offered where a new customer may be added. */
  readonly onAdd?: () => void;
}): ReactNode {
  const { label, onFound, onAdd } = props;
  const words = useWords();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  const [problem, setProblem] = useState<CallError | null>(null);
  const find = async (): Promise<void> => {
    if (text.trim() === '') return;
    const found = await ask('directory.search', { text: text.trim() });
    setProblem(found.ok ? null : found.error);
    setHits(found.ok ? found.value.hits : []);
  };
  return (
    <>
      <Form
        label={label ?? words('customers.find')}
        submit={words('customers.find.go')}
        onSubmit={() => void find()}
      >
        <Field label={label ?? words('customers.find')} value={text} onChange={setText} first />
      </Form>
      {problem ? <ProblemCard problem={problem} /> : null}
      <ul className={styles.hits}>
        {hits.map((hit) => (
          <li key={hit.pan}>
            <button type="button" className={styles.hit} onClick={() => onFound(hit)}>
              <strong>
                <bdi>{hit.name}</bdi>
              </strong>
              <span className={styles.digits}>{groupDigits(hit.meterNumber)}</span>
              <span className={styles.quiet}>
                <bdi>{hit.address}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {onAdd ? (
        <div>
          <Button onPress={onAdd}>{words('customers.add')}</Button>
        </div>
      ) : null}
    </>
  );
}
