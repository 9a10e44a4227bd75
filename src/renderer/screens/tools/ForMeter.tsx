import { useState, type ReactNode } from 'react';
import type { SearchHit } from '../../../contract/index.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field, Form } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import type { Served } from './served.ts';

/** A tool with the meter that it is for: the one that is being served, else one that is asked for first. */
export function ForMeter(props: {
  readonly served: Served | null;
  readonly children: (meter: Served) => ReactNode;
}): ReactNode {
  const words = useWords();
  const [meter, setMeter] = useState(props.served);
  if (!meter) return <FindMeter onFound={setMeter} />;
  return (
    <>
      <p className={styles.row}>
        <strong>{words('tools.for', { name: meter.name, meter: groupDigits(meter.meterNumber) })}</strong>
        <Button kind="quiet" onPress={() => setMeter(null)}>
          {words('tools.other')}
        </Button>
      </p>
      {props.children(meter)}
    </>
  );
}

const servedOf = ({ pan, meterNumber, name }: SearchHit): Served => ({ pan, meterNumber, name });

function FindMeter({ onFound }: { readonly onFound: (meter: Served) => void }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [text, setText] = useState('');
  const [hits, setHits] = useState<readonly SearchHit[]>([]);
  const find = async (): Promise<void> => {
    const found = (await call.run('directory.search', { text }))?.hits ?? [];
    const [first, second] = found;
    if (first && !second) onFound(servedOf(first));
    else setHits(found);
  };
  return (
    <Form
      label={words('tools.find')}
      submit={words('tools.find')}
      busy={call.busy}
      onSubmit={() => void find()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('tools.which')} value={text} onChange={setText} first />
      {hits.map((hit) => (
        <Button key={hit.pan} onPress={() => onFound(servedOf(hit))}>
          {`${hit.name} · ${groupDigits(hit.meterNumber)}`}
        </Button>
      ))}
    </Form>
  );
}
