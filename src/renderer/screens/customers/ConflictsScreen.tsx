import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ConflictView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import office from '../drawer/office.module.css';
import styles from './CustomersScreen.module.css';
import { modelText } from './model-text.ts';

/** Where head office, or a file, says something else than a person here: one choice each. */
export function ConflictsScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const list = useQuery({
    queryKey: ['customers.conflicts'],
    queryFn: () => need('customers.conflicts', {}),
  }).data;
  return (
    <Office title={words('conflicts.title')} onClose={onClose}>
      {list?.total === 0 ? <p className={office.green}>{words('conflicts.none')}</p> : null}
      {list?.conflicts.map((conflict) => (
        <ConflictCard key={`${conflict.subject}/${conflict.key}`} conflict={conflict} />
      ))}
    </Office>
  );
}

function ConflictCard({ conflict }: { readonly conflict: ConflictView }): ReactNode {
  const { subject, key, name, meterNumber, packageNumber, fields } = conflict;
  const words = useWords();
  const call = useCall();
  const settle = (choice: 'ours' | 'theirs'): void =>
    void call.run('customers.settle', { requestId: newRequestId(), subject, key, choice });
  const said = (field: string, value: string): string =>
    field === 'keypad_model' ? modelText(words, value) : value;
  const title = name === '' ? words('conflicts.gone') : name;
  return (
    <section className={styles.meter} aria-label={title}>
      <strong>
        <bdi>{title}</bdi>
      </strong>
      {meterNumber === null ? null : <span className={styles.digits}>{groupDigits(meterNumber)}</span>}
      <span className={styles.quiet}>
        {packageNumber === null
          ? words('conflicts.file')
          : words('conflicts.package', { number: packageNumber })}
      </span>
      <table className={office.table}>
        <thead>
          <tr>
            <th scope="col">{words('customers.field', { field: 'other' })}</th>
            <th scope="col">{words('conflicts.ours')}</th>
            <th scope="col">{words('conflicts.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, ours, theirs }) => (
            <tr key={field}>
              <th scope="row">{words('customers.field', { field })}</th>
              <td>
                <bdi>{said(field, ours)}</bdi>
              </td>
              <td>
                <bdi>{said(field, theirs)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <div className={styles.row}>
        <Button onPress={() => settle('ours')} isDisabled={call.busy}>
          {words('conflicts.keep')}
        </Button>
        <Button onPress={() => settle('theirs')} isDisabled={call.busy}>
          {words('conflicts.take')}
        </Button>
      </div>
    </section>
  );
}
