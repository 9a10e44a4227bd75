import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Card, Field, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import type { OfficeView } from './OfficeScreen.tsx';

/** The folder through which files go to head office and come back. */
export function PlaceForm(props: { readonly view: OfficeView; readonly onDone: () => void }): ReactNode {
  const { view, onDone } = props;
  const words = useWords();
  const call = useCall();
  const [folder, setFolder] = useState(view.place ?? '');
  const keep = async (): Promise<void> => {
    if (await call.run('office.place', { requestId: newRequestId(), folder: folder.trim() })) onDone();
  };
  return (
    <Card title={words('headoffice.place')}>
      <Form
        label={words('headoffice.place')}
        submit={words('headoffice.place.do')}
        busy={call.busy}
        onSubmit={() => void keep()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field
          label={words('headoffice.place.folder')}
          value={folder}
          onChange={setFolder}
          hint={words('headoffice.place.hint', { station: view.stationId })}
          path
          first
        />
      </Form>
    </Card>
  );
}
