import { useState, type ReactNode } from 'react';
import type { CallOutput } from '../../../contract/index.ts';
import { groupToken } from '../../../i18n/index.ts';
import { isolated, usePhrase, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { Field, Form, Office } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { ForMeter } from './ForMeter.tsx';
import type { Served } from './served.ts';

/** What a token that a customer brings is, and whether it is for this meter. */
export function CheckTokenScreen(props: {
  readonly onClose: () => void;
  readonly served: Served | null;
}): ReactNode {
  const words = useWords();
  return (
    <Office title={words('check.title')} onClose={props.onClose}>
      <ForMeter served={props.served}>{(meter) => <Check key={meter.pan} meter={meter} />}</ForMeter>
    </Office>
  );
}

function Check({ meter }: { readonly meter: Served }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [digits, setDigits] = useState('');
  const [found, setFound] = useState<CallOutput<'token.verify'> | null>(null);
  const check = async (): Promise<void> =>
    setFound(await call.run('token.verify', { pan: meter.pan, digits }));
  return (
    <>
      <Form
        label={words('check.do')}
        submit={words('check.do')}
        busy={call.busy}
        onSubmit={() => void check()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field label={words('check.token')} value={digits} onChange={setDigits} first />
      </Form>
      {found ? <Verdict found={found} /> : null}
    </>
  );
}

function Verdict({ found }: { readonly found: CallOutput<'token.verify'> }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  return (
    <section role="status" className={styles.outcome}>
      <h3 className={styles.heading}>
        <Sign standing={found.good ? 'good' : 'warn'} /> {words(found.good ? 'check.good' : 'check.bad')}
      </h3>
      <p className={styles.title}>{isolated(groupToken(found.digits))}</p>
      {found.lines.map((line) => (
        <p key={line.id}>{phrase(line)}</p>
      ))}
    </section>
  );
}
