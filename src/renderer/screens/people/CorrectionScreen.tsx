import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { TENDER_KINDS, type SaleView } from '../../../contract/index.ts';
import type { MessageParams } from '../../../i18n/index.ts';
import { parseAmount, type AmountError } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Card, Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

type Tender = (typeof TENDER_KINDS)[number];

/** A sale that was written down wrongly: its tender is corrected, or a numbered case is opened about it. */
export function CorrectionScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const [text, setText] = useState('');
  const [found, setFound] = useState<SaleView | null>(null);
  const last = useQuery({ queryKey: ['sale.last'], queryFn: () => need('sale.last', {}) }).data?.sale ?? null;
  const sale = found ?? last;
  const find = async (): Promise<void> => {
    setFound(await call.run('correction.find', { receiptNumber: text }));
  };
  return (
    <Office title={words('correction.title')} onClose={onClose}>
      <Form
        label={words('correction.find')}
        submit={words('correction.find')}
        busy={call.busy}
        onSubmit={() => void find()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field label={words('column.receipt')} value={text} onChange={setText} first />
      </Form>
      {sale ? (
        <>
          <p className={styles.lead}>
            <strong>{`${sale.receiptNumber} · ${sale.customer.name} · ${figures.money(sale.amountMinor)}`}</strong>{' '}
            {found ? '' : words('correction.last')}
          </p>
          <div className={styles.pair}>
            <Card title={words('correction.tender')}>
              <p>{words('correction.tender.about')}</p>
              <TenderForm key={`tender ${sale.saleId}`} sale={sale} />
            </Card>
            <Card title={words('correction.dispute')}>
              <p>{words('correction.dispute.about')}</p>
              <DisputeForm key={`dispute ${sale.saleId}`} sale={sale} />
            </Card>
          </div>
        </>
      ) : null}
    </Office>
  );
}

function TenderForm({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [from, setFrom] = useState<Tender>(sale.tender[0]?.account ?? 'cash-drawer');
  const [to, setTo] = useState<Tender>('card');
  const [reason, setReason] = useState('');
  const [done, setDone] = useState(false);
  const figures = useFigures();
  const { currency } = usePlace();
  const paid = (account: Tender): string =>
    figures.typedMoney(sale.tender.find((part) => part.account === account)?.amountMinor ?? sale.amountMinor);
  const [text, setText] = useState(() => paid(from));
  const amount = parseAmount(text, currency);
  const options = TENDER_KINDS.map((value) => ({ value, text: words(`account.${value}`) }));
  const submit = async (): Promise<void> => {
    if (!amount.ok) return;
    const { saleId } = sale;
    const correction = {
      requestId: newRequestId(),
      saleId,
      from,
      to,
      amountMinor: amount.value,
      reason,
    };
    setDone((await call.run('correction.tender', correction)) !== null);
  };
  return (
    <Form
      label={words('correction.tender')}
      submit={words('correction.tender')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {done ? <output>{words('correction.done')}</output> : null}
      <div className={styles.row}>
        <Choice
          label={words('column.from')}
          value={from}
          onChange={(next) => {
            setFrom(next);
            setText(paid(next));
          }}
          options={options}
        />
        <Choice label={words('column.to')} value={to} onChange={setTo} options={options} />
      </div>
      {/* Of a sale that was paid in parts only one may have been written down wrongly. */}
      <Field label={words('column.amount')} value={text} onChange={setText} />
      {amount.ok ? null : <ProblemCard problem={amountProblem(amount.error)} />}
      <Field label={words('column.reason')} value={reason} onChange={setReason} />
    </Form>
  );
}

function amountProblem({ code, ...params }: AmountError): {
  readonly code: string;
  readonly params: MessageParams;
} {
  return { code, params };
}

function DisputeForm({ sale }: { readonly sale: SaleView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [ground, setGround] = useState<'amount' | 'meter'>('meter');
  const [text, setText] = useState('');
  const [number, setNumber] = useState<number | null>(null);
  const submit = async (): Promise<void> => {
    const dispute = { requestId: newRequestId(), saleId: sale.saleId, ground, words: text };
    setNumber((await call.run('correction.dispute', dispute))?.number ?? null);
  };
  return (
    <Form
      label={words('correction.dispute')}
      submit={words('correction.dispute')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {number === null ? null : <output>{words('slip.dispute', { number })}</output>}
      <Choice
        label={words('column.why')}
        value={ground}
        onChange={setGround}
        options={[
          { value: 'meter', text: words('slip.dispute.meter') },
          { value: 'amount', text: words('slip.dispute.amount') },
        ]}
      />
      <Field label={words('slip.words')} value={text} onChange={setText} />
    </Form>
  );
}
