import type { ReactNode } from 'react';
import type { Phrase, PrintState } from '../../../contract/index.ts';
import type { MessageId } from '../../../i18n/index.ts';
import { problemOfPhrase, usePhrase, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import styles from './panels.module.css';
import { needsRetry, type Printing, type SlipAnswer } from './use-printing.ts';

const STANDING: Readonly<Record<PrintState, Standing>> = {
  queued: 'idle',
  sending: 'idle',
  sent: 'good',
  printed: 'good',
  unknown: 'warn',
  'failed-before-first-byte': 'warn',
};

/** How the slip stands: one quiet line, or a card when a person has to do something about it. */
export function PrintLine({ printing }: { readonly printing: Printing }): ReactNode {
  const words = useWords();
  const { job, offer, again } = printing;
  if (!job) return <p className={styles.print}>{words('print.none')}</p>;
  const problem = job.problem ?? printing.failure;
  if (problem) return <PrintProblem problem={problem} printing={printing} />;
  if (printing.reasons.length > 0) return <CopyReasons printing={printing} />;
  return (
    <div className={styles.print}>
      <Sign standing={STANDING[job.state]} />
      <output>{words(`print.${job.state}`)}</output>
      {offer ? (
        <Button keyName="F5" onPress={again}>
          {words(offer === 'copy' ? 'print.copy' : 'print.again')}
        </Button>
      ) : null}
      <SlipAnswers printing={printing} />
    </div>
  );
}

/** The function key of a reason, by its place: F5 is the usual one, so that F5 twice prints a copy. */
export const reasonKey = (place: number): string => `F${5 + place}`;

/** Why a copy is wanted: one key each. */
function CopyReasons({ printing }: { readonly printing: Printing }): ReactNode {
  const words = useWords();
  return (
    <fieldset className={styles.reasons}>
      <legend>{words('print.why')}</legend>
      {printing.reasons.map((reason, place) => (
        <Button key={reason} keyName={reasonKey(place)} onPress={() => printing.copyFor(reason)}>
          {words(`print.why.${reason}`)}
        </Button>
      ))}
    </fieldset>
  );
}

/** What each answer is called and which key gives it. */
export const ANSWER_KEYS = {
  'not-printed': { keyName: 'F7', word: 'keys.not-printed' },
  printed: { keyName: 'F8', word: 'keys.came-out' },
  'set-aside': { keyName: 'F8', word: 'keys.not-needed' },
} as const satisfies Readonly<Record<SlipAnswer, { readonly keyName: string; readonly word: MessageId }>>;

/** What a person may say about the slip, each with its key. */
export function SlipAnswers({ printing }: { readonly printing: Printing }): ReactNode {
  const words = useWords();
  return printing.answers.map((said) => (
    <Button key={said} keyName={ANSWER_KEYS[said].keyName} onPress={() => printing.answer(said)}>
      {words(ANSWER_KEYS[said].word)}
    </Button>
  ));
}

function PrintProblem(props: {
  readonly problem: Phrase | NonNullable<Printing['failure']>;
  readonly printing: Printing;
}): ReactNode {
  const { problem, printing } = props;
  const retry = needsRetry(printing);
  const words = useWords();
  const phrase = usePhrase();
  const shown = 'id' in problem ? problemOfPhrase(problem) : problem;
  if (!shown) return 'id' in problem ? <p className={styles.print}>{phrase(problem)}</p> : null;
  return (
    <ProblemCard problem={shown}>
      {retry ? <p className={styles.quiet}>{words('print.later')}</p> : null}
      <p className={styles.ways}>
        {printing.offer ? (
          <Button keyName="F5" onPress={printing.again}>
            {words(
              printing.offer === 'copy' || printing.job?.state === 'unknown' ? 'print.copy' : 'print.retry',
            )}
          </Button>
        ) : null}
        <SlipAnswers printing={printing} />
      </p>
    </ProblemCard>
  );
}
