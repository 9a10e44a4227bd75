import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import type { CallOutput, CallReply, TariffVersionView } from '../../../contract/index.ts';
import { FileTrigger } from 'react-aria-components';
import { newRequestId } from '../../app/ids.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './TariffsScreen.module.css';

type Answer = CallReply<CallOutput<'tariffs.import'>>;

/** A price list from a file or the clipboard: kept when it is whole, each fault named with its line when not. */
export function TariffImport({
  onKept,
}: {
  readonly onKept: (version: TariffVersionView) => void;
}): ReactNode {
  const words = useWords();
  const client = useQueryClient();
  const id = useId();
  const [text, setText] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const check = async (): Promise<void> => {
    const reply = await ask('tariffs.import', { requestId: newRequestId(), text });
    setAnswer(reply);
    if (!reply.ok || !reply.value.kept) return;
    await client.invalidateQueries({ queryKey: ['tariffs.list'] });
    onKept(reply.value.kept);
  };
  const change = (next: string): void => {
    setText(next);
    setAnswer(null);
  };
  return (
    <section className={styles.import} aria-label={words('tariffs.import')}>
      <label className={styles.heading} htmlFor={id}>
        {words('tariffs.import.paste')}
      </label>
      <FileTrigger
        acceptedFileTypes={['.json', 'application/json']}
        onSelect={(files) => void files?.[0]?.text().then(change)}
      >
        <Button>{words('tariffs.import.choose')}</Button>
      </FileTrigger>
      <textarea
        id={id}
        className={styles.text}
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.target.value)}
      />
      <Button kind="main" isDisabled={text.trim() === ''} onPress={() => void check()}>
        {words('tariffs.import.check')}
      </Button>
      {answer ? <Outcome answer={answer} /> : null}
    </section>
  );
}

function Outcome({ answer }: { readonly answer: Answer }): ReactNode {
  const words = useWords();
  const phrase = usePhrase();
  if (!answer.ok) return <ProblemCard kind="stop" problem={answer.error} />;
  const { kept, faults } = answer.value;
  if (kept) {
    const { name, version, effectiveFrom: from } = kept;
    return <output className={styles.good}>{words('tariffs.import.good', { name, version, from })}</output>;
  }
  return (
    <div role="alert" className={styles.faults}>
      <p>{words('tariffs.import.refused', { count: faults.length })}</p>
      <ol>
        {faults.map((fault, index) => (
          <li key={index}>{phrase(fault)}</li>
        ))}
      </ol>
    </div>
  );
}
