import { useId, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useFigures, useWords } from '../../app/words.ts';
import { formedDay, isDay, stepDay, typedDay } from '../../ui/day.ts';
import { Sign } from '../../ui/Sign.tsx';
import { Calendar } from './Calendar.tsx';
import styles from './office.module.css';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

/**
 * A day as `YYYY-MM-DD`, which reads the same in every language and on every computer; beside it the day in words. The
 * arrows go a day on and back, and a finger finds a calendar.
 */
export function DayField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  /** It was taken for a day and is none: says so until it is changed. */
  readonly refused: boolean;
}): ReactNode {
  const { label, value, onChange, field, refused } = props;
  const id = useId();
  const words = useWords();
  const { businessDay } = useFigures();
  const step = (event: KeyboardEvent): void => {
    const days = STEPS[event.key];
    if (days === undefined) return;
    event.preventDefault();
    onChange(stepDay(formedDay(value), days));
  };
  return (
    <div className={styles.field}>
      <div>
        <label htmlFor={id}>{label}</label>
        {refused ? null : (
          <span id={`${id}-aside`} className={styles.quiet}>
            {` · ${isDay(value) ? businessDay(value) : words('day.form')}`}
          </span>
        )}
      </div>
      <div className={styles.day}>
        <input
          ref={field}
          id={id}
          value={value}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
          aria-describedby={`${id}-aside`}
          aria-invalid={!isDay(value)}
          onChange={(event) => onChange(typedInto(event.target))}
          onBlur={() => onChange(formedDay(value))}
          onKeyDown={step}
        />
        <Calendar label={label} value={value} onChange={onChange} />
      </div>
      {refused ? (
        <p id={`${id}-aside`} className={styles.refused} role="alert">
          <Sign standing="warn" />
          {words('day.none')}
        </p>
      ) : null}
    </div>
  );
}

/** What the field now says, formed; by hand, as a value that comes with the next picture moves the caret to its end. */
function typedInto(input: HTMLInputElement): string {
  const { text, caret } = typedDay(input.value, input.selectionStart ?? input.value.length);
  input.value = text;
  input.setSelectionRange(caret, caret);
  return text;
}
