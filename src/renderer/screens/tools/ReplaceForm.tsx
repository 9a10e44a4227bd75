import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { OrderOptions, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form } from '../drawer/Office.tsx';
import { OverrideForm } from '../drawer/OverrideForm.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { placeText } from './engineering.ts';
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

function Fields(props: {
  readonly sale: SaleView;
  readonly options: OrderOptions;
  readonly onMade: (sale: SaleView) => void;
}): ReactNode {
  const { sale, options, onMade } = props;
  const words = useWords();
  const call = useCall();
  const { sgc, krn, ti } = options.key;
  const [place, setPlace] = useState(placeText({ sgc, krn }));
  const [tiText, setTiText] = useState(String(ti));
  const [isNew, setIsNew] = useState<'no' | 'yes'>(options.can.sameTime ? 'no' : 'yes');
  const [proof, setProof] = useState('');
  const [reason, setReason] = useState('');
  const [requestId] = useState(newRequestId);
  const make = async (): Promise<void> => {
    const [group = sgc, revision = ''] = place.split(' KRN ');
    const made = await call.run('order.replace', {
      requestId,
      saleId: sale.saleId,
      corrected: { sgc: group, krn: Number(revision), ti: Number(tiText) },
      newTimeProof: isNew === 'yes' ? proof : null,
      reason,
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
      <Choice
        label={words('engineering.to')}
        value={place}
        onChange={setPlace}
        options={options.keys.map((each) => ({ value: placeText(each), text: placeText(each) }))}
      />
      <Field label={words('engineering.ti')} value={tiText} onChange={setTiText} />
      <Choice
        label={words('replace.new-time')}
        value={isNew}
        onChange={setIsNew}
        options={[
          ...(options.can.sameTime ? [{ value: 'no' as const, text: words('engineering.no') }] : []),
          { value: 'yes', text: words('engineering.yes') },
        ]}
      />
      {isNew === 'yes' ? <p>{words('replace.head-office')}</p> : null}
      {isNew === 'yes' ? <Field label={words('replace.proof')} value={proof} onChange={setProof} /> : null}
      <Field label={words('column.reason')} value={reason} onChange={setReason} first />
    </Form>
  );
}
