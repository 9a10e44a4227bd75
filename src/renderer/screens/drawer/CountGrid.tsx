import { useId, type ReactNode } from 'react';
import type { CountInput } from '../../../contract/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import styles from './office.module.css';

/** What was typed per denomination; an empty field is none of it. */
export type Typed = Readonly<Record<number, string>>;

export function countOf(typed: Typed): CountInput['cash'] {
  return Object.entries(typed)
    .map(([minor, text]) => ({ denominationMinor: Number(minor), quantity: Number(text || '0') }))
    .filter(({ quantity }) => quantity > 0);
}

/** How many there are of each note and coin, the largest first; the sum is only of what was typed. */
export function CountGrid(props: {
  readonly denominationsMinor: readonly number[];
  readonly typed: Typed;
  readonly onChange: (typed: Typed) => void;
}): ReactNode {
  const { denominationsMinor, typed, onChange } = props;
  const words = useWords();
  const figures = useFigures();
  const id = useId();
  const sum = countOf(typed).reduce((total, line) => total + line.denominationMinor * line.quantity, 0);
  return (
    <div className={styles.counts}>
      {denominationsMinor
        .toSorted((a, b) => b - a)
        .map((minor, at) => (
          <Row
            key={minor}
            id={`${id}-${minor}`}
            label={figures.money(minor)}
            text={typed[minor] ?? ''}
            first={at === 0}
            sum={figures.plainMoney(minor * Number(typed[minor] || '0'))}
            onChange={(text) => onChange({ ...typed, [minor]: text })}
          />
        ))}
      <strong>{words('count.sum')}</strong>
      <span />
      <strong>
        <output>{figures.money(sum)}</output>
      </strong>
    </div>
  );
}

function Row(props: {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly sum: string;
  readonly first: boolean;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { id, label, text, sum, first, onChange } = props;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        autoFocus={first}
        value={text}
        onChange={(event) => onChange(event.target.value.replace(/\D/gu, ''))}
      />
      <span>{text === '' ? '' : sum}</span>
    </>
  );
}
