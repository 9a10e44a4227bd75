import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Card, Field, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import type { OfficeView } from './OfficeScreen.tsx';

/** The one-time code that head office gave for this station: 16 signs, however they are grouped. */
export function EnrolForm(props: { readonly view: OfficeView; readonly onDone: () => void }): ReactNode {
  const { view, onDone } = props;
  const words = useWords();
  const call = useCall();
  const [code, setCode] = useState('');
  const enrol = async (): Promise<void> => {
    if (!(await call.run('office.enrol', { requestId: newRequestId(), code }))) return;
    setCode('');
    onDone();
  };
  return (
    <Card title={words('headoffice.enrol', { station: view.stationId })}>
      <Form
        label={words('headoffice.enrol', { station: view.stationId })}
        submit={words('headoffice.enrol.do')}
        busy={call.busy}
        pad="code"
        onSubmit={() => void enrol()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field
          label={words('headoffice.code')}
          value={code}
          onChange={(typed) => setCode(inFours(typed))}
          hint={words('headoffice.code.hint')}
          first
        />
      </Form>
    </Card>
  );
}

const CODE_SIGNS = 16;

/** As head office writes it. What is longer stays as it was typed, and is refused. */
function inFours(typed: string): string {
  const signs = typed.toUpperCase().replace(/[\s-]/gu, '');
  return signs.length > CODE_SIGNS ? typed : (signs.match(/.{1,4}/gu) ?? []).join('-');
}
