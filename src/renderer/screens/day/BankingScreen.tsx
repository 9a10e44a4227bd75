import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { BankingView, DepositView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

/** Money on its way to the bank: deposits with their references, and the slip that ends a banking. */
export function BankingScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const state = useQuery({ queryKey: ['banking.state'], queryFn: () => need('banking.state', {}) }).data;
  if (!state) return null;
  return (
    <Office title={words('report.banking')} onClose={onClose}>
      <p className={styles.heading}>
        {words('account.safe')} {figures.money(state.safeMinor)} · {words('account.cheque')}{' '}
        {figures.money(state.chequesMinor)}
      </p>
      <DepositForm state={state} />
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Deposits deposits={state.deposits} />
      <Button
        onPress={() => void call.run('cycle.end', { requestId: newRequestId(), kind: 'banking' })}
        isDisabled={call.busy}
      >
        {words('banking.end')}
      </Button>
    </Office>
  );
}

function DepositForm({ state }: { readonly state: BankingView }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const { currency } = usePlace();
  const [account, setAccount] = useState<DepositView['account']>('safe');
  const [typed, setTyped] = useState<string | null>(null);
  const [reference, setReference] = useState('');
  const there = account === 'safe' ? state.safeMinor : state.chequesMinor;
  const text = typed ?? (there > 0 ? figures.typedMoney(there) : '');
  const amount = parseAmount(text, currency);
  const submit = async (): Promise<void> => {
    if (!amount.ok) return;
    const made = { requestId: newRequestId(), account, amountMinor: amount.value, reference };
    if (!(await call.run('banking.deposit', made))) return;
    setTyped(null);
    setReference('');
  };
  return (
    <Form
      label={words('banking.deposit')}
      submit={words('banking.deposit')}
      busy={call.busy}
      onSubmit={() => void submit()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('column.reference')} value={reference} onChange={setReference} first />
      <Field label={words('column.amount')} value={text} onChange={setTyped} />
      <Choice
        label={words('column.account')}
        value={account}
        onChange={setAccount}
        options={[
          { value: 'safe', text: words('account.safe') },
          { value: 'cheque', text: words('account.cheque') },
        ]}
      />
    </Form>
  );
}

function Deposits({ deposits }: { readonly deposits: readonly DepositView[] }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  return (
    <table className={styles.table}>
      <caption className={styles.heading}>{words('slip.deposits')}</caption>
      <tbody>
        {deposits.map((deposit) => (
          <tr key={deposit.depositId}>
            <th scope="row">{deposit.reference}</th>
            <td>{figures.day(deposit.madeUnixMs)}</td>
            <td>
              {deposit.matchedUnixMs === null
                ? words('account.deposited')
                : `${words('column.matched')} ${figures.day(deposit.matchedUnixMs)}`}
            </td>
            <td data-figure>{figures.money(deposit.amountMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
