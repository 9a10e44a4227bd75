import { useState, type ReactNode } from 'react';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field } from '../drawer/Office.tsx';
import office from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { SecondPersonForm } from './SecondPersonForm.tsx';

/** Two people enrol a token server's certificate: what its owner reads out has to be what it shows. */
export function EnrolForm(props: { readonly place: string; readonly onBack: () => void }): ReactNode {
  const { place, onBack } = props;
  const words = useWords();
  const call = useCall();
  const [fingerprint, setFingerprint] = useState('');
  const [done, setDone] = useState(false);
  return (
    <>
      <h3 className={office.heading}>{words('modules.enrol.at', { place })}</h3>
      {done ? (
        <output className={office.green}>{words('modules.enrolled')}</output>
      ) : (
        <SecondPersonForm
          label={words('modules.enrol')}
          submit={words('modules.enrol.do')}
          busy={call.busy}
          onSubmit={async (signed) => {
            const request = { requestId: newRequestId(), place, fingerprint, ...signed };
            setDone((await call.run('modules.enrolCertificate', request)) !== null);
          }}
        >
          <p>{words('modules.enrol.why')}</p>
          {call.problem ? <ProblemCard kind="stop" problem={call.problem} /> : null}
          <Field label={words('modules.enrol.print')} value={fingerprint} onChange={setFingerprint} first />
        </SecondPersonForm>
      )}
      <div className={office.row}>
        <Button kind="quiet" onPress={onBack}>
          {words('modules.back')}
        </Button>
      </div>
    </>
  );
}
