import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { OrderOptions, SaleView } from '../../../contract/index.ts';
import type { Translator } from '../../../i18n/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { OverrideForm } from '../drawer/OverrideForm.tsx';
import styles from '../drawer/office.module.css';
import { useCall, type CallRunner } from '../drawer/use-call.ts';
import {
  FUNCTIONS,
  needsSecond,
  orderOf,
  placeOf,
  placesOf,
  REGISTERS,
  type EngineeringCall,
  type EngineeringFunction,
  type Typed,
} from './engineering.ts';
import { ForMeter } from './ForMeter.tsx';
import { OrderOutcome } from './OrderOutcome.tsx';
import type { Served } from './served.ts';

/** Tokens that do something else to a meter than give it what was paid for. */
export function EngineeringScreen(props: {
  readonly onClose: () => void;
  readonly served: Served | null;
}): ReactNode {
  const words = useWords();
  return (
    <Office title={words('engineering.title')} onClose={props.onClose}>
      <ForMeter served={props.served}>{(meter) => <Order key={meter.pan} meter={meter} />}</ForMeter>
    </Office>
  );
}

function Order({ meter }: { readonly meter: Served }): ReactNode {
  const options = useQuery({
    queryKey: ['order.options', meter.pan],
    queryFn: () => need('order.options', { pan: meter.pan }),
  });
  const [sale, setSale] = useState<SaleView | null>(null);
  if (sale) return <OrderOutcome sale={sale} />;
  return options.data ? <OrderForm meter={meter} options={options.data} onMade={setSale} /> : null;
}

/** What was typed so far, and how a part of it is changed. */
type FieldsOf = {
  readonly typed: Typed;
  readonly set: (part: Partial<Typed>) => void;
  readonly options: OrderOptions;
};

const NOTHING_TYPED = {
  value: '',
  register: 'all',
  withGroup: 'no',
  reason: '',
  name: '',
  pin: '',
} as const satisfies Partial<Typed>;

function OrderForm(props: {
  readonly meter: Served;
  readonly options: OrderOptions;
  readonly onMade: (sale: SaleView) => void;
}): ReactNode {
  const { meter, options, onMade } = props;
  const words = useWords();
  const call = useCall();
  const [what, setWhat] = useState<EngineeringFunction>('clear-tamper');
  const [typed, setTyped] = useState<Typed>(() => ({
    ...NOTHING_TYPED,
    to: placesOf(options, options.key.dkga, 'reachable')[0] ?? '',
    ti: String(options.key.ti),
  }));
  const [requestId] = useState(newRequestId);
  const set = (part: Partial<Typed>): void => setTyped({ ...typed, ...part });
  const asked = orderOf(what, typed, meter.pan, requestId);
  const make = async (): Promise<void> => {
    const made = asked && (await runOrder(call, asked));
    set({ pin: '' });
    if (made) onMade(made);
  };
  const isPossible =
    what === 'key-change' ? options.can.keyChange : what === 'free-issue' || options.can.management;
  if (call.refused) return <OverrideForm call={call.refused} onGranted={() => void make()} />;
  return (
    <Form
      label={words('engineering.title')}
      submit={words('engineering.do')}
      busy={call.busy || !isPossible}
      onSubmit={() => void make()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Choice
        label={words('engineering.what')}
        first
        value={what}
        onChange={(value) => {
          call.clear();
          setWhat(value);
        }}
        options={FUNCTIONS.map((value) => ({ value, text: words(`engineering.${value}`) }))}
      />
      {isPossible ? null : <p role="alert">{words('engineering.module-cannot')}</p>}
      <Particulars what={what} typed={typed} set={set} options={options} />
      <Field label={words('column.reason')} value={typed.reason} onChange={(reason) => set({ reason })} />
      {needsSecond(what) ? <SecondPerson typed={typed} set={set} /> : null}
    </Form>
  );
}

function SecondPerson({ typed, set }: Pick<FieldsOf, 'typed' | 'set'>): ReactNode {
  const words = useWords();
  return (
    <fieldset className={styles.form}>
      <legend>{words('engineering.second')}</legend>
      <div className={styles.row}>
        <Field label={words('people.name')} value={typed.name} onChange={(name) => set({ name })} />
        <Field
          label={words('people.pin')}
          value={typed.pin}
          onChange={(pin) => set({ pin })}
          type="password"
        />
      </div>
    </fieldset>
  );
}

function runOrder(call: CallRunner, asked: EngineeringCall): Promise<SaleView | null> {
  switch (asked.call) {
    case 'order.manage':
      return call.run(asked.call, asked.input);
    case 'order.keyChange':
      return call.run(asked.call, asked.input);
    default:
      return call.run(asked.call, asked.input);
  }
}

/** What only this kind of token has to be told. */
function Particulars(props: FieldsOf & { readonly what: EngineeringFunction }): ReactNode {
  const { what, typed, set, options } = props;
  const words = useWords();
  const value = (label: string): ReactNode => (
    <Field label={label} value={typed.value} onChange={(text) => set({ value: text })} />
  );
  switch (what) {
    case 'power-limit':
    case 'phase-unbalance-limit':
      return value(words('engineering.watts'));
    case 'tariff-rate':
    case 'water-meter-factor':
      return value(words('engineering.value'));
    case 'free-issue':
      return value(words('engineering.units'));
    case 'clear-credit':
      return (
        <Choice
          label={words('engineering.register')}
          value={typed.register}
          onChange={(register) => set({ register })}
          options={REGISTERS.map((register) => ({
            value: register,
            text: words('engineering.register.name', { register }),
          }))}
        />
      );
    case 'key-change':
      return <NewKey typed={typed} set={set} options={options} />;
    default:
      return null;
  }
}

/** A place in words; the ordinary type of key goes without saying. */
export function placeWords(words: Translator, text: string): string {
  const place = placeOf(text);
  if (!place) return text;
  const { sgc, krn, keyType } = place;
  return words('engineering.place', { sgc, krn, type: `type${keyType}` });
}

function NewKey(props: FieldsOf): ReactNode {
  const { typed, set, options } = props;
  const words = useWords();
  const { sgc, krn, ti, keyType } = options.key;
  return (
    <>
      <p>{words('engineering.now', { sgc, krn, ti, type: `type${keyType}` })}</p>
      <div className={styles.row}>
        <Choice
          label={words('engineering.to')}
          value={typed.to}
          onChange={(to) => set({ to })}
          options={placesOf(options, options.key.dkga, 'reachable').map((value) => ({
            value,
            text: placeWords(words, value),
          }))}
        />
        <Field label={words('engineering.ti')} value={typed.ti} onChange={(text) => set({ ti: text })} />
      </div>
      <Choice
        label={words('engineering.with-group')}
        value={typed.withGroup}
        onChange={(withGroup) => set({ withGroup })}
        options={[
          { value: 'no', text: words('engineering.no') },
          { value: 'yes', text: words('engineering.yes') },
        ]}
      />
    </>
  );
}
