import type { ReactNode } from 'react';
import type { FindingView } from '../../../contract/index.ts';
import { usePhrase, useWords } from '../../app/words.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign, type Standing } from '../../ui/Sign.tsx';
import styles from './PrinterScreen.module.css';
import type { PrinterCare } from './use-printer-care.ts';

const STANDING: Readonly<Record<FindingView['standing'], Standing>> = {
  good: 'good',
  trouble: 'stop',
  unknown: 'warn',
};

/** What the last key came to: one sentence, or what the doctor found. */
export function Outcome({ care }: { readonly care: PrinterCare }): ReactNode {
  const words = useWords();
  const { outcome, busy } = care;
  if (busy) return <output className={styles.outcome}>{words('printer.busy')}</output>;
  if (!outcome) return null;
  if (outcome.kind === 'failed') return <ProblemCard kind="stop" problem={outcome.error} />;
  if (outcome.kind === 'examined') return <Findings findings={outcome.findings} />;
  const sentence =
    outcome.kind === 'tested'
      ? words(`printer.tested.${outcome.level}`)
      : outcome.kind === 'saved'
        ? words('printer.saved', { address: outcome.address })
        : words(`printer.${outcome.kind}`);
  return (
    <output className={styles.outcome}>
      <Sign standing="good" />
      {sentence}
    </output>
  );
}

function Findings({ findings }: { readonly findings: readonly FindingView[] }): ReactNode {
  const phrase = usePhrase();
  return (
    <ul className={styles.findings} role="status">
      {findings.map(({ standing, sentence }, index) => (
        <li key={index} data-standing={standing}>
          <Sign standing={STANDING[standing]} />
          <span>{phrase(sentence)}</span>
        </li>
      ))}
    </ul>
  );
}
