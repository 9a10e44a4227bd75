import { useEffect, useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { DigitPad, type PadKind } from '../../ui/DigitPad.tsx';
import { useKeyDown } from '../../ui/use-key-down.ts';
import styles from './office.module.css';

/** A page of the desk: its title, what is done on it, and the way back, which `back` makes one step shorter. */
export function Office(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly back?: (() => void) | null;
  /** There is nothing on it to press: the page itself takes the focus, so that keys reach its end. */
  readonly reading?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const words = useWords();
  const { title, onClose, back = null, reading = false, children } = props;
  useEscape(back);
  return (
    <main className={styles.main}>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.body} {...(reading ? { role: 'region', 'aria-label': title, tabIndex: 0 } : {})}>
        {children}
      </div>
      <div className={styles.row}>
        <Button kind="quiet" keyName={words('key.escape')} onPress={back ?? onClose}>
          {words('office.back')}
        </Button>
      </div>
    </main>
  );
}

/** While there is a step to go back, Escape takes it rather than leaving the page. */
function useEscape(back: (() => void) | null): void {
  useLayoutEffect(() => {
    if (!back) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      back();
    };
    // Before the counter's own keys, which listen at the document.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [back]);
}

/** Something that belongs together on a page, with a heading of its own; `news` takes the focus when it comes up. */
export function Card(props: {
  readonly title: string;
  readonly news?: boolean;
  readonly children: ReactNode;
}): ReactNode {
  const { news = false } = props;
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (news) heading.current?.focus();
  }, [news]);
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h3 id={id} ref={heading} className={styles.heading} {...(news ? { tabIndex: -1 } : {})}>
        {props.title}
      </h3>
      {props.children}
    </section>
  );
}

const FIELDS = 'input:not([hidden], [aria-hidden]), select';

/** Enter goes to the next field, and from the last one on to what the button does. */
function moveOn(event: KeyboardEvent, form: HTMLFormElement, ready: boolean): void {
  const { target, key } = event;
  if (key !== 'Enter' || event.isComposing || event.repeat) return;
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>(FIELDS)];
  const next = ready ? undefined : fields[fields.indexOf(target) + 1];
  event.preventDefault();
  if (!next) {
    form.requestSubmit();
    return;
  }
  next.focus();
  if (next instanceof HTMLInputElement) next.select();
}

/** Fields over a button: Enter goes through the fields and ends at the button. `pad` puts keys for fingers beside them. */
export function Form(props: {
  readonly label: string;
  readonly submit: string;
  readonly busy?: boolean;
  readonly pad?: PadKind;
  /** The button has the focus: for forms with nothing to type. */
  readonly autoFocus?: boolean;
  /** Enter in any field is the button: for forms that stand filled in. */
  readonly ready?: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { label, submit, busy = false, pad, autoFocus = false, ready = false } = props;
  const { onSubmit, children } = props;
  const words = useWords();
  const keys = useKeyDown<HTMLFormElement>((event, form) => moveOn(event, form, ready));
  return (
    <form
      ref={keys}
      className={styles.form}
      data-pad={pad !== undefined}
      data-ready={ready}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit();
      }}
    >
      <div className={styles.fields}>
        {children}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </div>
      {/* Beside the fields where there is a pad: a long count would push the button out of sight. */}
      <div className={pad === undefined ? styles.fields : styles.side} data-pad={pad}>
        {pad === undefined ? null : <DigitPad kind={pad} />}
        <Button
          kind="main"
          keyName={words('key.enter')}
          onPress={onSubmit}
          isDisabled={busy}
          autoFocus={autoFocus}
        >
          {submit}
        </Button>
      </div>
    </form>
  );
}

export function Field(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password';
  readonly first?: boolean;
  /** What stands under the field: what to type, or what it makes. */
  readonly hint?: string;
  /** A path or an address: from left to right in every language, and longer than a name. */
  readonly path?: boolean;
}): ReactNode {
  const { label, value, onChange, type = 'text', first = false, hint, path = false } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        maxLength={path ? 1_000 : 200}
        dir={path ? 'ltr' : undefined}
        spellCheck={path ? false : undefined}
        autoComplete="off"
        autoFocus={first}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint === undefined ? null : (
        <span id={`${id}-hint`} className={styles.quiet}>
          {hint}
        </span>
      )}
    </div>
  );
}

export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
  readonly first?: boolean;
}): ReactNode {
  const { label, value, options, onChange, first = false } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        autoFocus={first}
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
