import { useId, type ReactNode } from 'react';
import type { CountInput } from '../../../contract/index.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { useKeyDown } from '../../ui/use-key-down.ts';
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
  const keys = useKeyDown<HTMLDivElement>(moveByArrow);
  const sum = countOf(typed).reduce((total, line) => total + line.denominationMinor * line.quantity, 0);
  const falling = denominationsMinor.toSorted((a, b) => b - a);
  const half = Math.ceil(falling.length / 2);
  return (
    <>
      <div className={styles.counts} ref={keys} role="group" aria-label={words('count.cash')}>
        <div className={styles.columns}>
          {[falling.slice(0, half), falling.slice(half)].map((column, side) => (
            <div key={side} className={styles.column}>
              {column.map((minor, at) => (
                <Row
                  key={minor}
                  label={figures.plainMoney(minor)}
                  text={typed[minor] ?? ''}
                  first={side === 0 && at === 0}
                  sum={figures.plainMoney(minor * Number(typed[minor] || '0'))}
                  onChange={(text) => onChange({ ...typed, [minor]: text })}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
      <p className={styles.sum}>
        <span>{words('count.sum')}</span>
        <output>{figures.money(sum)}</output>
      </p>
    </>
  );
}

/** Up and down go from one denomination to the next, as on paper. */
function moveByArrow(event: KeyboardEvent, grid: HTMLElement): void {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (way === undefined) return;
  const fields = [...grid.querySelectorAll('input')];
  const next = fields[fields.findIndex((field) => field === event.target) + way];
  event.preventDefault();
  next?.focus();
  next?.select();
}

function Row(props: {
  readonly label: string;
  readonly text: string;
  readonly sum: string;
  readonly first: boolean;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { label, text, sum, first, onChange } = props;
  const id = useId();
  return (
    <div className={styles.denomination}>
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
    </div>
  );
}
