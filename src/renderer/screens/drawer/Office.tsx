import { useId, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './office.module.css';

/** A page of the desk: its title, what is done on it, and the way back. */
export function Office(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const words = useWords();
  return (
    <main className={styles.main}>
      <h2 className={styles.title}>{props.title}</h2>
      <div className={styles.body}>{props.children}</div>
      <div className={styles.row}>
        <Button kind="quiet" keyName={words('key.escape')} onPress={props.onClose}>
          {words('office.back')}
        </Button>
      </div>
    </main>
  );
}

/** Fields over a button; Enter in any of them is the button. */
export function Form(props: {
  readonly label: string;
  readonly submit: string;
  readonly busy?: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { label, submit, busy = false, onSubmit, children } = props;
  const words = useWords();
  return (
    <form
      className={styles.form}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      {children}
      <button type="submit" hidden aria-hidden tabIndex={-1} />
      <Button kind="main" keyName={words('key.enter')} onPress={onSubmit} isDisabled={busy}>
        {submit}
      </Button>
    </form>
  );
}

export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password' | 'date';
  readonly first?: boolean;
}): ReactNode {
  const { label, value, onChange, type = 'text', first = false } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        maxLength={200}
        autoComplete="off"
        autoFocus={first}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}): ReactNode {
  const { label, value, options, onChange } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
