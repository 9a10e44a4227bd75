import { useEffect, useRef, type ReactNode } from 'react';
import type { CustomerEntry, MeterFacts } from '../../../contract/index.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './CustomersScreen.module.css';
import { modelText } from './model-text.ts';

const CUSTOMER_FIELDS = ['account', 'phone', 'address'] as const;
const KEY_FIELDS = ['sgc', 'krn', 'ti', 'ea', 'dkga', 'keypad_serial', 'keypad_model'] as const;

/** A customer as the directory has it, with the meters and what can be done. */
export function EntryView(props: {
  readonly entry: CustomerEntry;
  /** A change was just kept. */
  readonly saved: boolean;
  readonly onEdit: () => void;
  /** A new meter (null), or one to correct. */
  readonly onMeter: (meter: MeterFacts | null) => void;
  readonly onMove: (meter: MeterFacts) => void;
}): ReactNode {
  const { entry, saved, onEdit, onMeter, onMove } = props;
  const { customer, meters } = entry;
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={styles.entry} aria-label={customer.name}>
      {saved ? (
        <p className={styles.saved} role="status">
          {words('customers.saved')}
        </p>
      ) : null}
      <h3 ref={heading} tabIndex={-1} className={styles.name}>
        <bdi>{customer.name}</bdi>
      </h3>
      <dl className={styles.facts}>
        {CUSTOMER_FIELDS.filter((field) => customer[field] !== '').map((field) => (
          <Fact key={field} field={field} value={customer[field]} />
        ))}
      </dl>
      <div className={styles.row}>
        <Button onPress={onEdit}>{words('customers.edit')}</Button>
        <Button onPress={() => onMeter(null)}>{words('customers.meter.add')}</Button>
      </div>
      <h3 className={styles.heading}>{words('customers.meters')}</h3>
      {meters.length === 0 ? <p className={styles.quiet}>{words('customers.meters.none')}</p> : null}
      <ul className={styles.meters}>
        {meters.map((meter) => (
          <Meter key={meter.pan} meter={meter} onEdit={() => onMeter(meter)} onMove={() => onMove(meter)} />
        ))}
      </ul>
    </section>
  );
}

function Fact({ field, value }: { readonly field: string; readonly value: string }): ReactNode {
  const words = useWords();
  return (
    <div>
      <dt>{words('customers.field', { field })}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

function Meter(props: {
  readonly meter: MeterFacts;
  readonly onEdit: () => void;
  readonly onMove: () => void;
}): ReactNode {
  const { meter, onEdit, onMove } = props;
  const { texts, blockedReason } = meter;
  const words = useWords();
  const number = groupDigits(texts.meter_number);
  return (
    <li className={styles.meter}>
      <strong className={styles.digits}>{number}</strong>
      <span>
        {words('customers.choice', { value: texts.resource })} · <bdi>{texts.tariff_id}</bdi>
      </span>
      {blockedReason === null ? null : (
        <span className={styles.warn}>{words('customers.blocked', { reason: blockedReason })}</span>
      )}
      <dl className={styles.facts}>
        {KEY_FIELDS.filter((field) => texts[field] !== '').map((field) => (
          <Fact
            key={field}
            field={field}
            value={field === 'keypad_model' ? modelText(words, texts[field]) : texts[field]}
          />
        ))}
      </dl>
      <div className={styles.row}>
        <Button onPress={onEdit}>{words('customers.meter.edit', { meter: number })}</Button>
        <Button kind="quiet" onPress={onMove}>
          {words('customers.move')}
        </Button>
      </div>
    </li>
  );
}
