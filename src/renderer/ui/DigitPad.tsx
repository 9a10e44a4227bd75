import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../app/words.ts';
import styles from './DigitPad.module.css';

const ERASE = '⌫';
/** What fingers find, in rows; a blank leaves a place empty. `code` has the signs of base32, as one-time codes do. */
const PADS = {
  digits: ['1', '2', '3', '4', '5', '6', '7', '8', '9', ' ', '0', ERASE],
  amount: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '.', '0', ERASE],
  code: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', ERASE],
} as const;
export type PadKind = keyof typeof PADS;

/** Keys for fingers. They go to the field that has the caret; keyboards have digits of their own and pass by. */
export function DigitPad({ kind }: { readonly kind: PadKind }): ReactNode {
  const words = useWords();
  const pad = useRef<HTMLFieldSetElement>(null);
  const last = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLInputElement) last.current = target;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const press = (sign: string): void => {
    const form = pad.current?.form;
    const active = document.activeElement instanceof HTMLInputElement ? document.activeElement : last.current;
    const field = active && form?.contains(active) ? active : form?.querySelector('input');
    if (!field) return;
    field.focus();
    typeInto(field, sign);
  };
  const key = (sign: string, label?: string): ReactNode => (
    <button
      key={sign}
      type="button"
      className={styles.key}
      tabIndex={-1}
      {...(label === undefined ? {} : { 'aria-label': label })}
      // The caret stays where it is.
      onPointerDown={(event) => {
        event.preventDefault();
        press(sign);
      }}
      // A pointer that presses by a click of its own, as assistive programs do.
      onClick={(event) => {
        if (event.detail === 0) press(sign);
      }}
    >
      {sign}
    </button>
  );
  return (
    <fieldset ref={pad} className={styles.pad} data-kind={kind} aria-label={words('pad.label')}>
      {PADS[kind].map((sign) =>
        sign === ' ' ? <span key={sign} /> : key(sign, sign === ERASE ? words('signin.erase') : undefined),
      )}
    </fieldset>
  );
}

/** React keeps a setter of its own on each field, which would take the change for no change. */
const VALUE = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');

/** As a keyboard would: what is marked is replaced. */
function typeInto(field: HTMLInputElement, sign: string): void {
  const from = field.selectionStart ?? field.value.length;
  const to = field.selectionEnd ?? from;
  const erasing = sign === ERASE;
  const start = erasing && from === to ? Math.max(0, from - 1) : from;
  const typed = erasing ? '' : sign;
  VALUE?.set?.call(field, field.value.slice(0, start) + typed + field.value.slice(to));
  field.setSelectionRange(start + typed.length, start + typed.length);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
