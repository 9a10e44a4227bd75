import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { KEYPADS, type CustomerEntry, type MeterFacts, type MeterTexts } from '../../../contract/index.ts';
import { RESOURCES } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from './CustomersScreen.module.css';
import { modelText } from './model-text.ts';

/** What most meters have; everything can be changed. */
const USUAL: MeterTexts = {
  meter_number: '',
  resource: 'electricity',
  sgc: '',
  krn: '1',
  ti: '1',
  ea: '7',
  dkga: '2',
  key_type: '2',
  base_date: '2014',
  ken: '255',
  tariff_id: '',
  keypad_serial: '',
  keypad_model: '',
};

type Named = keyof MeterTexts;
const NUMBERS: readonly Named[] = ['sgc', 'krn', 'ti', 'ken'];
const CHOICES: readonly (readonly [Named, readonly string[]])[] = [
  ['ea', ['7', '9', '11']],
  ['dkga', ['1', '2', '3', '4']],
  ['key_type', ['0', '1', '2', '3']],
  ['base_date', ['1993', '2014', '2035']],
];

/** A meter's number, price list and key: of a new one, or corrected. */
export function MeterForm(props: {
  readonly customerId: string;
  readonly meter: MeterFacts | null;
  readonly onSaved: (entry: CustomerEntry) => void;
}): ReactNode {
  const { customerId, meter, onSaved } = props;
  const words = useWords();
  const call = useCall();
  const tariffs = useTariffIds();
  // One id for one form: pressed twice, it is saved once.
  const [requestId, setRequestId] = useState(newRequestId);
  const [typed, setTyped] = useState<Partial<MeterTexts>>({});
  const texts = { ...USUAL, tariff_id: tariffs[0] ?? '', ...meter?.texts, ...typed };
  const set = (field: Named, value: string): void => setTyped({ ...typed, [field]: value });
  const save = async (): Promise<void> => {
    const input = { requestId, pan: meter?.pan ?? null, customerId, texts };
    const saved = await call.run('customers.putMeter', input);
    if (saved) onSaved(saved);
    else setRequestId(newRequestId());
  };
  const title = meter
    ? words('customers.meter.edit', { meter: groupDigits(meter.texts.meter_number) })
    : words('customers.meter.add');
  const inputs = { texts, set };
  return (
    <Form label={title} submit={words('customers.save')} busy={call.busy} onSubmit={() => void save()}>
      <h3>{title}</h3>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <OneField {...inputs} name="meter_number" first />
      <div className={styles.grid}>
        <OneChoice {...inputs} name="resource" values={RESOURCES} />
        <OneChoice {...inputs} name="tariff_id" values={[...new Set([texts.tariff_id, ...tariffs])]} />
      </div>
      <div className={styles.grid}>
        <OneField {...inputs} name="keypad_serial" />
        <OneChoice {...inputs} name="keypad_model" values={modelsWith(texts.keypad_model)} />
      </div>
      <fieldset className={styles.key}>
        <legend>{words('customers.key')}</legend>
        {NUMBERS.map((name) => (
          <OneField key={name} {...inputs} name={name} />
        ))}
        {CHOICES.map(([name, values]) => (
          <OneChoice key={name} {...inputs} name={name} values={values} />
        ))}
      </fieldset>
    </Form>
  );
}

type Inputs = { readonly texts: MeterTexts; readonly set: (field: Named, value: string) => void };

function OneField(props: Inputs & { readonly name: Named; readonly first?: boolean }): ReactNode {
  const { texts, set, name, first = false } = props;
  const words = useWords();
  return (
    <Field
      label={words('customers.field', { field: name })}
      value={texts[name]}
      onChange={(value) => set(name, value)}
      first={first}
    />
  );
}

function OneChoice(props: Inputs & { readonly name: Named; readonly values: readonly string[] }): ReactNode {
  const { texts, set, name, values } = props;
  const words = useWords();
  return (
    <Choice
      label={words('customers.field', { field: name })}
      value={texts[name]}
      options={values.map((value) => ({
        value,
        text:
          name === 'keypad_model'
            ? modelText(words, value)
            : words('customers.choice', { value: named(name, value) }),
      }))}
      onChange={(value) => set(name, value)}
    />
  );
}

/** Every model that the station knows, and what stands there already, whatever it is. */
const modelsWith = (current: string): readonly string[] => [
  ...new Set(['', ...KEYPADS.map(({ model }) => model), current]),
];

const named = (field: Named, value: string): string => (field === 'key_type' ? `type${value}` : value);

function useTariffIds(): readonly string[] {
  const list = useQuery({ queryKey: ['tariffs.list'], queryFn: () => need('tariffs.list', {}) }).data;
  return [...new Set(list?.versions.map(({ tariffId }) => tariffId) ?? [])];
}
