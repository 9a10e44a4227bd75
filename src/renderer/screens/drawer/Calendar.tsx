import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useIntl } from 'react-intl';
import { useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { dayOf, isDay, monthOf, stepDay, stepMonth, weeksOf } from '../../ui/day.ts';
import { useKeyDown } from '../../ui/use-key-down.ts';
import styles from './Calendar.module.css';

/** A button that opens a month to choose a day from: in the words of the screen, whatever the computer is set to. */
export function Calendar(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}): ReactNode {
  const { label, value, onChange } = props;
  const words = useWords();
  const name = words('day.calendar', { field: label });
  return (
    <DialogTrigger>
      <Button label={name}>{words('day.choose')}</Button>
      <Popover className={styles.popover ?? ''} placement="bottom end">
        <Dialog className={styles.dialog ?? ''} aria-label={name}>
          {({ close }) => (
            <Month
              value={value}
              onChoose={(day) => {
                onChange(day);
                close();
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** How far a key goes; sideways is with or against the lines of the page. */
const STEPS: Readonly<
  Record<string, { readonly days?: number; readonly months?: number; readonly along?: 1 | -1 }>
> = {
  ArrowUp: { days: -7 },
  ArrowDown: { days: 7 },
  ArrowLeft: { along: -1 },
  ArrowRight: { along: 1 },
  PageUp: { months: -1 },
  PageDown: { months: 1 },
};

/** The days of a month, a week in a row from Monday on; arrow keys go from one to the other. */
function Month(props: { readonly value: string; readonly onChoose: (day: string) => void }): ReactNode {
  const { value, onChoose } = props;
  const words = useWords();
  const written = useWrittenDay();
  const [at, setAt] = useState(() => ({ day: isDay(value) ? value : dayOf(Date.now()), isFocused: true }));
  const turn = (months: number) => (): void => setAt({ day: stepMonth(at.day, months), isFocused: false });
  const table = useKeyDown<HTMLTableElement>((event, inside) => {
    const { days = 0, months = 0, along = 0 } = STEPS[event.key] ?? {};
    if (days === 0 && months === 0 && along === 0) return;
    event.preventDefault();
    const isMirrored = getComputedStyle(inside).direction === 'rtl';
    const day = stepDay(at.day, days + (isMirrored ? 0 - along : along));
    setAt({ day: stepMonth(day, months), isFocused: true });
  });
  const weeks = weeksOf(monthOf(at.day));
  return (
    <>
      <div className={styles.head}>
        <Button label={words('day.month.before')} onPress={turn(-1)}>
          ‹
        </Button>
        <h3 className={styles.month}>{written(at.day, { month: 'long', year: 'numeric' })}</h3>
        <Button label={words('day.month.after')} onPress={turn(1)}>
          ›
        </Button>
      </div>
      <table ref={table} className={styles.days}>
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {written(day, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day}>
                  {monthOf(day) === monthOf(at.day) ? (
                    <Day day={day} value={value} at={at} onChoose={onChoose} />
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Day(props: {
  readonly day: string;
  readonly value: string;
  readonly at: { readonly day: string; readonly isFocused: boolean };
  readonly onChoose: (day: string) => void;
}): ReactNode {
  const { day, value, at, onChoose } = props;
  const { businessDay } = useFigures();
  const button = useRef<HTMLButtonElement>(null);
  const isAt = day === at.day;
  const isFocused = isAt && at.isFocused;
  useEffect(() => {
    if (isFocused) button.current?.focus();
  }, [isFocused]);
  return (
    <button
      type="button"
      ref={button}
      tabIndex={isAt ? 0 : -1}
      aria-label={businessDay(day)}
      aria-pressed={day === value}
      onClick={() => onChoose(day)}
    >
      {Number(day.slice(8))}
    </button>
  );
}

/** Parts of a day in the words of the screen. */
function useWrittenDay(): (day: string, parts: Intl.DateTimeFormatOptions) => string {
  const intl = useIntl();
  return (day, parts) => intl.formatDate(Date.parse(`${day}T00:00Z`), { timeZone: 'UTC', ...parts });
}
