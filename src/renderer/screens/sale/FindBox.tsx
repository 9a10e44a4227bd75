import { useId, type Dispatch, type ReactNode, type RefObject } from 'react';
import type { SearchHit } from '../../../contract/index.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { Key } from '../../ui/Key.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import styles from './FindBox.module.css';
import { isBeside, visibleHits, type Flow, type FlowEvent } from './flow.ts';

/** The one box, and under it who was found. */
export function FindBox(props: {
  readonly flow: Flow;
  readonly send: Dispatch<FlowEvent>;
  readonly field: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const { flow, send, field } = props;
  const words = useWords();
  const id = useId();
  const active = flow.step === 'find';
  const hits = active ? visibleHits(flow) : [];
  return (
    <div className={styles.find}>
      <label className={styles.label} htmlFor={`${id}-box`}>
        {words('find.label')}
      </label>
      <input
        ref={field}
        id={`${id}-box`}
        className={styles.box}
        dir="auto"
        data-step="find"
        data-active={active}
        type="text"
        autoComplete="off"
        spellCheck={false}
        maxLength={250}
        value={flow.box}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-hits`}
        aria-autocomplete="list"
        {...(hits.length > 0 ? { 'aria-activedescendant': `${id}-hit-${flow.marked}` } : {})}
        readOnly={flow.step === 'selling'}
        onFocus={() => {
          if (isBeside(flow)) send({ type: 'back-to-box' });
        }}
        onChange={(event) => send({ type: 'box-changed', text: event.target.value })}
      />
      <div id={`${id}-hits`} className={styles.hits} role="listbox" aria-label={words('find.hits')}>
        {hits.map((hit, index) => (
          <Hit
            key={hit.pan}
            id={`${id}-hit-${index}`}
            hit={hit}
            isMarked={index === flow.marked}
            onChoose={() => send({ type: 'chosen', pan: hit.pan })}
          />
        ))}
      </div>
      {active ? <Outcome flow={flow} found={hits.length} /> : null}
    </div>
  );
}

function Hit(props: {
  readonly id: string;
  readonly hit: SearchHit;
  readonly isMarked: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { id, hit, isMarked, onChoose } = props;
  const words = useWords();
  return (
    <button
      type="button"
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isMarked}
      className={styles.hit}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={styles.name}>
        <bdi>{hit.name}</bdi>
      </span>
      <span className={styles.meter}>{groupDigits(hit.meterNumber)}</span>
      <span className={styles.address}>
        <bdi>{hit.address}</bdi>
      </span>
      {isMarked ? <Key name={words('key.enter')} /> : null}
    </button>
  );
}

function Outcome({ flow, found }: { readonly flow: Flow; readonly found: number }): ReactNode {
  const words = useWords();
  if (flow.problem) return <ProblemCard problem={flow.problem} />;
  const text = flow.box.trim();
  if (text === '' || found > 0) return null;
  const waiting = flow.awaiting === 'hits';
  return (
    <p className={styles.note} data-late={waiting}>
      {words(waiting ? 'find.looking' : 'find.none.yet', { text })}
    </p>
  );
}
