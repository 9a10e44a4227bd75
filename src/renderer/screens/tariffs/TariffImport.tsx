import { useQueryClient } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import type { CallOutput, CallReply, Phrase, TariffVersionView } from '../../../contract/index.ts';
import { FileTrigger } from 'react-aria-components';
import { newRequestId } from '../../app/ids.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { ask } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './TariffsScreen.module.css';

type Answer = CallReply<CallOutput<'tariffs.import'>>;

/** On a small screen the answer lies below the fold. */
const intoView = (node: HTMLElement | null): void => node?.scrollIntoView({ block: 'end' });

/**
 * A price list from a file or the clipboard: kept when it is whole, each fault named with its line when not.
 * What it changes at once, or can't do here, is said first and wants a second key.
 */
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
  const check = async (confirmed: boolean): Promise<void> => {
    const reply = await ask('tariffs.import', { requestId: newRequestId(), text, confirmed });
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
      <Button kind="main" isDisabled={text.trim() === ''} onPress={() => void check(false)}>
        {words('tariffs.import.check')}
      </Button>
      {answer ? <Outcome answer={answer} onYes={() => void check(true)} /> : null}
    </section>
  );
}

function Outcome({ answer, onYes }: { readonly answer: Answer; readonly onYes: () => void }): ReactNode {
  const words = useWords();
  if (!answer.ok) return <ProblemCard kind="stop" problem={answer.error} />;
  const { kept, faults, questions } = answer.value;
  if (kept) {
    const { name, version, effectiveFrom: from } = kept;
    return (
      <output ref={intoView} className={styles.good}>
        {words('tariffs.import.good', { name, version, from })}
      </output>
    );
  }
  return questions.length > 0 ? (
    <div ref={intoView} role="alert" className={styles.questions}>
      <p>{words('tariffs.question.title')}</p>
      <Phrases phrases={questions} />
      <Button onPress={onYes}>{words('tariffs.question.yes')}</Button>
    </div>
  ) : (
    <div ref={intoView} role="alert" className={styles.faults}>
      <p>{words('tariffs.import.refused', { count: faults.length })}</p>
      <Phrases phrases={faults} />
    </div>
  );
}

function Phrases({ phrases }: { readonly phrases: readonly Phrase[] }): ReactNode {
  const phrase = usePhrase();
  return (
    <ol>
      {phrases.map((each, index) => (
        <li key={index}>{phrase(each)}</li>
      ))}
    </ol>
  );
}
