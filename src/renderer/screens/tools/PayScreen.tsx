import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { OrderOptions, SaleView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import { ForMeter } from './ForMeter.tsx';
import { OrderOutcome } from './OrderOutcome.tsx';
import type { Served } from './served.ts';

/** Money for a debt or the balance, without units. */
export function PayScreen(props: {
  readonly onClose: () => void;
  readonly served: Served | null;
}): ReactNode {
  const words = useWords();
  return (
    <Office title={words('pay.title')} onClose={props.onClose}>
      <ForMeter served={props.served}>{(meter) => <Pay key={meter.pan} meter={meter} />}</ForMeter>
    </Office>
  );
}

function Pay({ meter }: { readonly meter: Served }): ReactNode {
  const options = useQuery({
    queryKey: ['order.options', meter.pan],
    queryFn: () => need('order.options', { pan: meter.pan }),
  });
  const [sale, setSale] = useState<SaleView | null>(null);
  if (sale) return <OrderOutcome sale={sale} />;
  return options.data ? <PayForm meter={meter} options={options.data} onPaid={setSale} /> : null;
}

const BALANCE = '';

function PayForm(props: {
  readonly meter: Served;
  readonly options: OrderOptions;
  readonly onPaid: (sale: SaleView) => void;
}): ReactNode {
  const { meter, options, onPaid } = props;
  const words = useWords();
  const figures = useFigures();
  const { currency } = usePlace();
  const call = useCall();
  const [debt, setDebt] = useState(options.debts[0]?.debt ?? BALANCE);
  const [amountText, setAmountText] = useState('');
  const [receivedText, setReceivedText] = useState('');
  // The same request as long as the same is asked: what was paid once is not paid twice.
  const [requestId] = useState(newRequestId);
  const amount = parseAmount(amountText, currency);
  const received = receivedText.trim() === '' ? amount : parseAmount(receivedText, currency);
  const pay = async (): Promise<void> => {
    if (!amount.ok || !received.ok) return;
    const paid = await call.run('order.pay', {
      requestId,
      pan: meter.pan,
      debt: debt === BALANCE ? null : debt,
      amountMinor: amount.value,
      receivedMinor: received.value,
    });
    if (paid) onPaid(paid);
  };
  const balance = words('pay.balance', { balance: figures.money(options.balanceMinor) });
  return (
    <Form label={words('pay.title')} submit={words('pay.do')} busy={call.busy} onSubmit={() => void pay()}>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Choice
        label={words('pay.to')}
        value={debt}
        onChange={setDebt}
        options={[
          ...options.debts.map(({ debt: id, name, owedMinor }) => ({
            value: id,
            text: words('pay.owed', { name, owed: figures.money(owedMinor) }),
          })),
          { value: BALANCE, text: balance },
        ]}
      />
      <Field label={words('column.amount')} value={amountText} onChange={setAmountText} first />
      <Field label={words('pay.received')} value={receivedText} onChange={setReceivedText} />
    </Form>
  );
}
