import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { CallInput, OrderOptions, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form } from '../drawer/Office.tsx';
import { OverrideForm } from '../drawer/OverrideForm.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { placeOf, placesOf, placeText } from './engineering.ts';
import { placeWords } from './EngineeringScreen.tsx';
import { OrderOutcome } from './OrderOutcome.tsx';

/** A sale's token once more, for the key that the meter really has. */
export function ReplaceForm({ sale }: { readonly sale: SaleView }): ReactNode {
  const options = useQuery({
    queryKey: ['order.options', sale.pan],
    queryFn: () => need('order.options', { pan: sale.pan }),
  });
  const [made, setMade] = useState<SaleView | null>(null);
  if (made) return <OrderOutcome sale={made} />;
  return options.data ? <Fields sale={sale} options={options.data} onMade={setMade} /> : null;
}

/** What the meter is found to be, and why the token is made once more. */
type Found = {
  readonly place: string;
  readonly ti: string;
  readonly ea: '7' | '11';
  readonly dkga: '2' | '4';
  readonly isNew: 'no' | 'yes';
  readonly proof: string;
  readonly reason: string;
};

function asRecorded({ key, can }: OrderOptions): Found {
  return {
    place: placeText(key),
    ti: String(key.ti),
    ea: key.ea === 11 ? '11' : '7',
    dkga: key.dkga === 2 ? '2' : '4',
    isNew: can.sameTime ? 'no' : 'yes',
    proof: '',
    reason: '',
  };
}

function correctedOf({ place, ti, ea, dkga }: Found): CallInput<'order.replace'>['corrected'] {
  return { ...placeOf(place), ti: Number(ti), ea: ea === '11' ? 11 : 7, dkga: dkga === '2' ? 2 : 4 };
}

function Fields(props: {
  readonly sale: SaleView;
  readonly options: OrderOptions;
  readonly onMade: (sale: SaleView) => void;
}): ReactNode {
  const { sale, options, onMade } = props;
  const words = useWords();
  const call = useCall();
  const [found, setFound] = useState(() => asRecorded(options));
  const [requestId] = useState(newRequestId);
  const set = (part: Partial<Found>): void => setFound({ ...found, ...part });
  const make = async (): Promise<void> => {
    const made = await call.run('order.replace', {
      requestId,
      saleId: sale.saleId,
      corrected: correctedOf(found),
      newTimeProof: found.isNew === 'yes' ? found.proof : null,
      reason: found.reason,
    });
    if (made) onMade(made);
  };
  if (call.refused) return <OverrideForm call={call.refused} onGranted={() => void make()} />;
  return (
    <Form
      label={words('replace.title')}
      submit={words('replace.do')}
      busy={call.busy}
      onSubmit={() => void make()}
    >
      <h3 className={styles.heading}>{`${words('replace.title')} · ${sale.receiptNumber}`}</h3>
      <p>{words('replace.about')}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <MeterKey {...{ found, set, options }} />
      <TokenTime {...{ found, set, options }} />
      <Field
        label={words('column.reason')}
        value={found.reason}
        onChange={(reason) => set({ reason })}
        first
      />
    </Form>
  );
}

type Part = {
  readonly found: Found;
  readonly set: (part: Partial<Found>) => void;
  readonly options: OrderOptions;
};

/** The key that the meter really has. */
function MeterKey({ found, set, options }: Part): ReactNode {
  const words = useWords();
  const places = placesOf(options, Number(found.dkga), 'any');
  return (
    <>
      <div className={styles.row}>
        <Choice
          label={words('customers.field', { field: 'ea' })}
          value={found.ea}
          onChange={(ea) => set({ ea })}
          options={(['7', '11'] as const).map((ea) => ({ value: ea, text: `EA ${ea}` }))}
        />
        <Choice
          label={words('customers.field', { field: 'dkga' })}
          value={found.dkga}
          onChange={(dkga) => {
            const fitting = placesOf(options, Number(dkga), 'any');
            const [first = ''] = fitting;
            set({ dkga, place: fitting.includes(found.place) ? found.place : first });
          }}
          options={(['2', '4'] as const).map((dkga) => ({ value: dkga, text: `DKGA ${dkga}` }))}
        />
      </div>
      <div className={styles.row}>
        <Choice
          label={words('replace.place')}
          value={found.place}
          onChange={(place) => set({ place })}
          options={places.map((value) => ({ value, text: placeWords(words, value) }))}
        />
        <Field label={words('engineering.ti')} value={found.ti} onChange={(ti) => set({ ti })} />
      </div>
    </>
  );
}

/** The sale's own token time, or a new one with its proof. */
function TokenTime({ found, set, options }: Part): ReactNode {
  const words = useWords();
  const own = options.can.sameTime ? [{ value: 'no' as const, text: words('engineering.no') }] : [];
  return (
    <>
      <Choice
        label={words('replace.new-time')}
        value={found.isNew}
        onChange={(isNew) => set({ isNew })}
        options={[...own, { value: 'yes', text: words('engineering.yes') }]}
      />
      {found.isNew === 'yes' ? (
        <>
          <p>{words('replace.head-office')}</p>
          <Field label={words('replace.proof')} value={found.proof} onChange={(proof) => set({ proof })} />
        </>
      ) : null}
    </>
  );
}
