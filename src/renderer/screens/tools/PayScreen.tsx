import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import {
  REFERRED_ACCOUNTS,
  type CallError,
  type CallInput,
  type OrderOptions,
  type SaleView,
} from '../../../contract/index.ts';
import { ok, parseAmount, type AmountError, type Currency, type Result } from '../../../units/index.ts';
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
const WAYS = ['cash-drawer', ...REFERRED_ACCOUNTS] as const;
type Way = (typeof WAYS)[number];

/** What was typed so far. */
type Typed = {
  readonly debt: string;
  readonly way: Way;
  readonly amountText: string;
  /** Cash handed over; nothing is the exact sum. */
  readonly receivedText: string;
  /** Of a payment that is not cash. */
  readonly reference: string;
};

type Payment = Pick<CallInput<'order.pay'>, 'amountMinor' | 'tender'>;

/** What was typed, as a payment. */
function paymentOf(typed: Typed, currency: Currency): Result<Payment, AmountError> {
  const { way, amountText, receivedText, reference } = typed;
  const amount = parseAmount(amountText, currency);
  if (!amount.ok) return amount;
  if (way !== 'cash-drawer') {
    const kept = reference.trim() === '' ? null : reference;
    const part = { account: way, amountMinor: amount.value, reference: kept };
    return ok({ amountMinor: amount.value, tender: { kind: 'parts', parts: [part] } });
  }
  const received = receivedText.trim() === '' ? amount : parseAmount(receivedText, currency);
  if (!received.ok) return received;
  return ok({ amountMinor: amount.value, tender: { kind: 'cash', receivedMinor: received.value } });
}

/** The same payment once more is the answer to a warning. */
const gonePast = (problem: CallError | null): string[] =>
  problem?.code.startsWith('warning-') === true ? [problem.code] : [];

const paramsOf = ({ code: _code, ...params }: AmountError) => params;

function PayForm(props: {
  readonly meter: Served;
  readonly options: OrderOptions;
  readonly onPaid: (sale: SaleView) => void;
}): ReactNode {
  const { meter, options, onPaid } = props;
  const words = useWords();
  const { currency } = usePlace();
  const call = useCall();
  const [typed, setTyped] = useState<Typed>({
    debt: options.debts[0]?.debt ?? BALANCE,
    way: 'cash-drawer',
    amountText: '',
    receivedText: '',
    reference: '',
  });
  // The same request as long as the same is asked: what was paid once is not paid twice.
  const [requestId] = useState(newRequestId);
  const [wrong, setWrong] = useState<AmountError | null>(null);
  const pay = async (): Promise<void> => {
    const payment = paymentOf(typed, currency);
    setWrong(payment.ok ? null : payment.error);
    if (!payment.ok) return;
    const debt = typed.debt === BALANCE ? null : typed.debt;
    const asked = { requestId, pan: meter.pan, debt, acknowledged: gonePast(call.problem) };
    const paid = await call.run('order.pay', { ...asked, ...payment.value });
    if (paid) onPaid(paid);
  };
  const set = (part: Partial<Typed>): void => {
    // What was asked is about what stood there.
    call.clear();
    setTyped({ ...typed, ...part });
  };
  return (
    <Form label={words('pay.title')} submit={words('pay.do')} busy={call.busy} onSubmit={() => void pay()}>
      {wrong ? <ProblemCard problem={{ code: wrong.code, params: paramsOf(wrong) }} /> : null}
      {call.problem && !wrong ? <ProblemCard problem={call.problem} /> : null}
      <PayFields typed={typed} options={options} set={set} />
    </Form>
  );
}

function PayFields(props: {
  readonly typed: Typed;
  readonly options: OrderOptions;
  readonly set: (part: Partial<Typed>) => void;
}): ReactNode {
  const { typed, options, set } = props;
  const { way } = typed;
  const words = useWords();
  const figures = useFigures();
  const balance = words('pay.balance', { balance: figures.money(options.balanceMinor) });
  const debts = options.debts.map(({ debt, name, owedMinor }) => ({
    value: debt,
    text: words('pay.owed', { name, owed: figures.money(owedMinor) }),
  }));
  return (
    <>
      <Choice
        label={words('pay.to')}
        value={typed.debt}
        onChange={(debt) => set({ debt })}
        options={[...debts, { value: BALANCE, text: balance }]}
      />
      <Choice
        label={words('pay.by')}
        value={way}
        onChange={(next) => set({ way: next })}
        options={WAYS.map((value) => ({ value, text: words(`account.${value}`) }))}
      />
      <Field
        label={words('column.amount')}
        value={typed.amountText}
        onChange={(amountText) => set({ amountText })}
        first
      />
      {way === 'cash-drawer' ? (
        <Field
          label={words('pay.received')}
          value={typed.receivedText}
          onChange={(receivedText) => set({ receivedText })}
        />
      ) : (
        <Field
          label={words(`tender.reference.${way}`)}
          value={typed.reference}
          onChange={(reference) => set({ reference })}
        />
      )}
    </>
  );
}
