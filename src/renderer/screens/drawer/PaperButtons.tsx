import { useState, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { OverrideForm } from './OverrideForm.tsx';
import { useCall, type CallRunner } from './use-call.ts';
import styles from './office.module.css';

/** What a button does: whether it went well, and the file that it wrote. */
export type PaperWay = {
  readonly id: string;
  readonly text: string;
  readonly run: (call: CallRunner) => Promise<{ readonly file?: string } | null>;
};

/** Ways of taking a page along: on paper, or as a file. Says what became of it. */
export function PaperButtons({ ways }: { readonly ways: readonly PaperWay[] }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [said, setSaid] = useState<string | null>(null);
  const [last, setLast] = useState<PaperWay | null>(null);
  const take = async (way: PaperWay): Promise<void> => {
    setLast(way);
    setSaid(null);
    const done = await way.run(call);
    if (!done) return;
    setSaid(done.file === undefined ? words('office.printing') : words('reports.saved', { file: done.file }));
  };
  if (call.refused && last) return <OverrideForm call={call.refused} onGranted={() => void take(last)} />;
  return (
    <>
      <div className={styles.row}>
        {ways.map((way) => (
          <Button key={way.id} isDisabled={call.busy} onPress={() => void take(way)}>
            {way.text}
          </Button>
        ))}
        {said === null ? null : <output>{said}</output>}
      </div>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
    </>
  );
}
