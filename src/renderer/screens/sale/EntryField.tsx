import { useId, type ReactNode, type RefObject } from 'react';
import styles from './EntryField.module.css';
import type { Step } from './flow.ts';

/** The one field of a step, as large as what it decides: money, units, or a payment's reference. */
export function EntryField(props: {
  readonly label: string;
  readonly step: Step;
  readonly text: string;
  /** What stands before the figures: the currency, the unit; nothing before a reference. */
  readonly sign: string;
  /** Stands in the empty field: what Enter would take. */
  readonly proposal: string | null;
  readonly proposalNote: string | null;
  readonly isDisabled?: boolean;
  /** A reference: letters too, and longer. */
  readonly isText?: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { label, step, text, sign, proposal, proposalNote, isDisabled = false, isText = false } = props;
  const { field, onChange } = props;
  const id = useId();
  const proposes = text === '' && proposalNote !== null;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row} dir="ltr">
        <span className={styles.code}>{sign}</span>
        <input
          ref={field}
          id={id}
          className={styles.input}
          data-step={step}
          data-kind={isText ? 'text' : 'figures'}
          type="text"
          inputMode={isText ? 'text' : 'decimal'}
          autoComplete="off"
          spellCheck={false}
          maxLength={isText ? 60 : 20}
          readOnly={isDisabled}
          value={text}
          placeholder={proposal ?? ''}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
        />
        <span id={`${id}-note`} className={styles.note} dir="auto">
          {proposes ? proposalNote : null}
        </span>
      </div>
    </div>
  );
}
