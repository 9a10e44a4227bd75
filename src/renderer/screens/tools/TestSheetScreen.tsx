import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';

/** Prints the tokens that are the same for every meter. */
export function TestSheetScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [sent, setSent] = useState(false);
  const print = async (): Promise<void> =>
    setSent((await call.run('order.testSheet', { requestId: newRequestId() })) !== null);
  return (
    <Office title={words('sheet.title')} onClose={onClose}>
      <Form
        label={words('sheet.title')}
        submit={words('sheet.do')}
        busy={call.busy}
        autoFocus
        onSubmit={() => void print()}
      >
        <p>{words('sheet.about')}</p>
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        {sent ? <output>{words('sheet.sent')}</output> : null}
      </Form>
    </Office>
  );
}
