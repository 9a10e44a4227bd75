import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { BankingView, DepositView } from '../../../contract/index.ts';
import { parseAmount } from '../../../units/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePlace, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { Card, Choice, Field, Form, Office } from '../drawer/Office.tsx';
import { PaperButtons } from '../drawer/PaperButtons.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';

/** Money on its way to the bank: deposits with their references, and the slip that ends a banking. */
export function BankingScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const state = useQuery({ queryKey: ['banking.state'], queryFn: () => need('banking.state', {}) }).data;
  const [matching, setMatching] = useState<DepositView | null>(null);
  if (!state) return null;
  const back = matching ? () => setMatching(null) : null;
  return (
    <Office title={words('report.banking')} onClose={onClose} back={back}>
      {matching ? (
        <MatchForm deposit={matching} onDone={() => setMatching(null)} />
      ) : (
        <div className={styles.pair}>
          <Card title={words('banking.deposit')}>
            {state.safeMinor > 0 || state.chequesMinor > 0 ? (
              <DepositForm state={state} />
            ) : (
              <p>{words('banking.nothing')}</p>
            )}
          </Card>
          <div className={styles.stack}>
            <Card title={words('banking.end.title')}>
              <EndBanking state={state} onDone={() => undefined} />
            </Card>
            <Card title={words('day.end-sales')}>
              <EndSales state={state} />
            </Card>
          </div>
        </div>
      )}
      <Card title={words('slip.deposits')}>
        <Deposits deposits={state.deposits} onMatch={setMatching} />
      </Card>
    </Office>
  );
}

/** A deposit: how much of what lies in the safe goes, and under which reference. */
export function DepositForm({ state }: { readonly state: BankingView }): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const { currency } = usePlace();
  const [account, setAccount] = useState<DepositView['account']>(state.safeMinor > 0 ? 'safe' : 'cheque');
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
      <Choice
        label={words('banking.from')}
        value={account}
        onChange={(next) => {
          setAccount(next);
          setTyped(null);
        }}
        options={[
          { value: 'safe', text: `${words('account.safe')}: ${figures.money(state.safeMinor)}` },
          { value: 'cheque', text: `${words('account.cheque')}: ${figures.money(state.chequesMinor)}` },
        ]}
      />
      <Field
        label={words('column.reference')}
        value={reference}
        onChange={setReference}
        hint={words('banking.reference.hint')}
        first
      />
      <Field label={words('column.amount')} value={text} onChange={setTyped} />
    </Form>
  );
}

/** Ends the banking with its slip, which names every deposit since the last one and what stays in the safe. */
export function EndBanking(props: { readonly state: BankingView; readonly onDone: () => void }): ReactNode {
  const { state, onDone } = props;
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const end = async (): Promise<void> => {
    if (await call.run('cycle.end', { requestId: newRequestId(), kind: 'banking' })) onDone();
  };
  const { lastBankingEnd: number } = state;
  return (
    <>
      <p>
        {words('banking.end.about', {
          count: state.sinceLastEnd,
          safe: figures.money(state.safeMinor),
        })}
      </p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Button onPress={() => void end()} isDisabled={call.busy}>
        {words('banking.end')}
      </Button>
      {number === 0 ? null : <CyclePaper kind="banking" number={number} />}
    </>
  );
}

/** Ends a run of sales, whatever shifts and bankings are open: some utilities settle by them. */
function EndSales({ state }: { readonly state: BankingView }): ReactNode {
  const words = useWords();
  const call = useCall();
  const { lastSalesEnd: number } = state;
  return (
    <>
      <p>{words('day.end-sales.about', { number })}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Button
        onPress={() => void call.run('cycle.end', { requestId: newRequestId(), kind: 'sales' })}
        isDisabled={call.busy}
      >
        {words('day.end-sales')}
      </Button>
      {number === 0 ? null : <CyclePaper kind="sales" number={number} />}
    </>
  );
}

function CyclePaper(props: { readonly kind: 'sales' | 'banking'; readonly number: number }): ReactNode {
  const { kind, number } = props;
  const words = useWords();
  return (
    <PaperButtons
      ways={[
        {
          id: 'copy',
          text: words('banking.copy', { number }),
          run: (runner) =>
            runner.run('cycle.print', { requestId: newRequestId(), kind, number }).then((job) => job && {}),
        },
        {
          id: 'pdf',
          text: words('banking.pdf', { number }),
          run: (runner) => runner.run('cycle.pdf', { requestId: newRequestId(), kind, number }),
        },
      ]}
    />
  );
}

function Deposits(props: {
  readonly deposits: readonly DepositView[];
  readonly onMatch: (deposit: DepositView) => void;
}): ReactNode {
  const words = useWords();
  const figures = useFigures();
  if (props.deposits.length === 0) return <p>{words('banking.none')}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words('column.reference')}</th>
          <th scope="col">{words('column.day')}</th>
          <th scope="col">{words('column.step')}</th>
          <th scope="col" data-figure>
            {words('column.amount')}
          </th>
          <th scope="col">
            <span className="unseen">{words('banking.match')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.deposits.map((deposit) => (
          <tr key={deposit.depositId}>
            <th scope="row">{deposit.reference}</th>
            <td>{figures.day(deposit.madeUnixMs)}</td>
            <td>
              <Sign standing={deposit.matchedUnixMs === null ? 'idle' : 'good'} />{' '}
              {deposit.matchedUnixMs === null
                ? words('account.deposited')
                : `${words('column.matched')} ${figures.day(deposit.matchedUnixMs)}`}
            </td>
            <td data-figure>{figures.money(deposit.amountMinor)}</td>
            <td>
              {deposit.matchedUnixMs === null ? (
                <Button onPress={() => props.onMatch(deposit)}>{words('banking.match')}</Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A supervisor has seen the deposit on the bank's statement; head office says it by itself where there is one. */
function MatchForm(props: { readonly deposit: DepositView; readonly onDone: () => void }): ReactNode {
  const { deposit, onDone } = props;
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const [reason, setReason] = useState('');
  const submit = async (): Promise<void> => {
    const { depositId } = deposit;
    if (await call.run('banking.match', { requestId: newRequestId(), depositId, reason })) onDone();
  };
  return (
    <Card title={`${deposit.reference} · ${figures.money(deposit.amountMinor)}`}>
      <Form
        label={words('banking.match')}
        submit={words('banking.match')}
        busy={call.busy}
        onSubmit={() => void submit()}
      >
        <p>{words('banking.match.about')}</p>
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field label={words('banking.match.where')} value={reason} onChange={setReason} first />
      </Form>
    </Card>
  );
}
