import { useId, type ReactNode, type RefObject } from 'react';
import { usePlace } from '../../app/words.ts';
import styles from './MoneyField.module.css';
import type { Step } from './flow.ts';

/** A field for money, as large as what it decides. */
export function MoneyField(props: {
  readonly label: string;
  readonly step: Step;
  readonly text: string;
  /** Stands in the empty field: what Enter would take. */
  readonly proposal: string | null;
  readonly proposalNote: string | null;
  readonly isDisabled?: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onChange: (text: string) => void;
}): ReactNode {
  const { label, step, text, proposal, proposalNote, isDisabled = false, field, onChange } = props;
  const { currency } = usePlace();
  const id = useId();
  const proposes = text === '' && proposal !== null;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.row} dir="ltr">
        <span className={styles.code}>{currency.code}</span>
        <input
          ref={field}
          id={id}
          className={styles.input}
          data-step={step}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
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
