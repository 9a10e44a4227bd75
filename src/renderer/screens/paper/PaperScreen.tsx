import type { ReactNode } from 'react';
import type { EventName, PaperLine, PaperView } from '../../../contract/index.ts';
import { useWords } from '../../app/words.ts';
import { usePaper, useStationEvents } from '../../ipc/queries.ts';
import styles from './PaperScreen.module.css';
import { QrCode } from './QrCode.tsx';

/** What scrolls has to be in reach of the keys that scroll it. */
const REACHED_BY_TAB = { tabIndex: 0 } as const;

const EVENTS: readonly EventName[] = ['paper-changed'];

/** What the printer would have printed, as a slip of paper. */
export function PaperScreen(): ReactNode {
  useStationEvents(EVENTS);
  const words = useWords();
  const paper = usePaper().data?.paper;
  return (
    <main className={styles.desk} {...REACHED_BY_TAB}>
      <p className={styles.note}>{words(paper ? 'paper.note' : 'paper.empty')}</p>
      {paper ? <Slip key={paper.jobId} paper={paper} /> : null}
    </main>
  );
}

/** A line with Arabic words: each stretch has its own columns, from left to right. */
function Parts({ parts }: { readonly parts: NonNullable<PaperLine['parts']> }): ReactNode {
  return parts.map(({ text, columns, words }, index) =>
    words ? (
      <bdi key={index} dir="rtl" className={styles.words} style={{ inlineSize: `${columns}ch` }}>
        {text}
      </bdi>
    ) : (
      <span key={index}>{text}</span>
    ),
  );
}

function Slip({ paper }: { readonly paper: PaperView }): ReactNode {
  const words = useWords();
  return (
    <article className={styles.slip} aria-label={words('paper.title')}>
      <div className={styles.columns} dir="ltr" data-columns={paper.columns}>
        {paper.lines.map((line, index) => (
          <pre
            key={index}
            className={styles.line}
            data-size={line.size}
            data-bold={line.bold}
            data-align={line.align}
          >
            {line.parts ? <Parts parts={line.parts} /> : line.text === '' ? ' ' : line.text}
          </pre>
        ))}
      </div>
      {paper.codes.map(({ caption, text }) => (
        <QrCode key={text} caption={caption} contents={text} label={words('paper.qr', { contents: text })} />
      ))}
    </article>
  );
}
