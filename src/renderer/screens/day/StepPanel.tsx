import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { DayEndStep, SaleView, ShiftView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, useWords } from '../../app/words.ts';
import { useOpenSales } from '../../ipc/queries.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Sign } from '../../ui/Sign.tsx';
import { Doubt } from '../decisions/DecisionsScreen.tsx';
import { CloseForm, CountForm, EndForm } from '../drawer/shift-forms.tsx';
import { Card, Form } from '../drawer/Office.tsx';
import { useCall } from '../drawer/use-call.ts';
import styles from '../drawer/office.module.css';
import { DepositForm, EndBanking } from './BankingScreen.tsx';

type Props = {
  readonly step: DayEndStep;
  /** The step is done: on to whatever waits now. */
  readonly onDone: () => void;
  /** On to the next one and leave this as it is; null where nothing else waits. */
  readonly onLater: (() => void) | null;
  /** A sale in doubt was ended: what that came to is shown in the panel's place, which may have gone by then. */
  readonly onEnded: (sale: SaleView) => void;
};

const PANELS: Readonly<Record<DayEndStep['id'], (props: Props) => ReactNode>> = {
  doubts: Doubts,
  count: Counting,
  variance: Variances,
  z: Closing,
  banking: Banking,
  batch: Batch,
  backup: Backup,
};

/** What is to be done at one step of the day's end, said in words, with the one button that does it. */
export function StepPanel(props: Props): ReactNode {
  const { step, onLater } = props;
  const words = useWords();
  const Panel = PANELS[step.id];
  return (
    <Card title={words(`day.step.${step.id}`)}>
      <p className={styles.lead}>{words(`day.about.${step.id}`)}</p>
      {step.state === 'not-set-up' ? (
        <p>{words('day.not-set-up')}</p>
      ) : step.state === 'done' ? (
        <p>{words('day.nothing')}</p>
      ) : (
        <Panel {...props} />
      )}
      {onLater && step.state !== 'done' && step.id !== 'variance' ? (
        <div className={styles.row}>
          <Button kind="quiet" onPress={onLater}>
            {words('day.later')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function Doubts({ onEnded }: Props): ReactNode {
  const sales = useOpenSales().data?.sales ?? [];
  return sales.map((sale) => <Doubt key={sale.saleId} {...{ sale, onEnded }} />);
}

function useShifts() {
  return useQuery({ queryKey: ['shift.state'], queryFn: () => need('shift.state', {}) }).data;
}

function useShiftText(): (shift: ShiftView) => string {
  const words = useWords();
  return ({ number, drawer, operatorName: name, step }) =>
    words('drawer.shift', { number, drawer, name, step });
}

/** The first drawer that was not counted: its selling ends, then it is counted. */
function Counting({ onDone }: Props): ReactNode {
  const state = useShifts();
  const text = useShiftText();
  const shift = state?.open.find(({ step }) => step !== 'counted');
  if (!state || !shift) return null;
  const forced = shift.shiftId !== state.mine?.shiftId;
  return (
    <>
      <p>
        <strong>{text(shift)}</strong>
      </p>
      {shift.step === 'opened' ? (
        <EndForm key={shift.shiftId} {...{ shift, forced, onDone }} />
      ) : (
        <CountForm key={shift.shiftId} {...{ shift, state }} />
      )}
    </>
  );
}

function useCounted() {
  const state = useShifts();
  return { state, counted: state?.open.filter(({ step }) => step === 'counted') ?? [] };
}

/** What each counted drawer should hold and does. */
function Variances({ onLater }: Props): ReactNode {
  const words = useWords();
  const { state, counted } = useCounted();
  const text = useShiftText();
  const [again, setAgain] = useState<string | null>(null);
  if (!state) return null;
  const shift = counted.find(({ shiftId }) => shiftId === again);
  if (shift)
    return (
      <>
        <p>
          <strong>{text(shift)}</strong>
        </p>
        <CountForm {...{ shift, state }} onDone={() => setAgain(null)} />
      </>
    );
  return (
    <>
      {counted.map((each) => (
        <section key={each.shiftId} aria-label={text(each)}>
          <p>
            <strong>{text(each)}</strong>
          </p>
          <VarianceTable shiftId={each.shiftId} />
          <Button kind="quiet" onPress={() => setAgain(each.shiftId)}>
            {words('count.again')}
          </Button>
        </section>
      ))}
      {onLater ? (
        <Form label={words('day.looked')} submit={words('day.looked')} autoFocus onSubmit={onLater}>
          {null}
        </Form>
      ) : null}
    </>
  );
}

function VarianceTable({ shiftId }: { readonly shiftId: string }): ReactNode {
  const words = useWords();
  const { plainMoney } = useFigures();
  const figures = useQuery({
    queryKey: ['shift.x', shiftId],
    queryFn: () => need('shift.x', { shiftId }),
  }).data;
  if (!figures) return <p>{words('reports.running')}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{words('column.account')}</th>
          {(['expected', 'counted', 'variance'] as const).map((id) => (
            <th key={id} scope="col" data-figure>
              {words(`slip.${id}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.variances.map((each) => (
          <tr key={each.account}>
            <th scope="row">{words(`account.${each.account}`)}</th>
            <td data-figure>{plainMoney(each.expectedMinor)}</td>
            <td data-figure>{plainMoney(each.countedMinor)}</td>
            <td data-figure>
              <strong>{plainMoney(each.varianceMinor)}</strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Closes one counted shift after the other. */
function Closing({ onDone }: Props): ReactNode {
  const words = useWords();
  const { state, counted } = useCounted();
  const text = useShiftText();
  const [shift] = counted;
  if (!state) return null;
  if (!shift) return <p>{words(state.open.length > 0 ? 'day.count-first' : 'day.no-shift')}</p>;
  const forced = shift.shiftId !== state.mine?.shiftId;
  return (
    <>
      <p>
        <strong>{text(shift)}</strong>
      </p>
      <CloseForm key={shift.shiftId} {...{ shift, state, forced }} onClosed={onDone} />
    </>
  );
}

/** The takings go to the bank; what stays in the safe stays there by decision. */
function Banking({ onDone }: Props): ReactNode {
  const state = useQuery({ queryKey: ['banking.state'], queryFn: () => need('banking.state', {}) }).data;
  if (!state) return null;
  return (
    <>
      {state.safeMinor > 0 || state.chequesMinor > 0 ? <DepositForm state={state} /> : null}
      <EndBanking state={state} onDone={onDone} />
    </>
  );
}

function Batch({ step }: Props): ReactNode {
  const words = useWords();
  const call = useCall();
  const send = (): void => void call.run('day.send', { requestId: newRequestId() });
  return <Beside {...{ step, call }} text={words('day.send')} onPress={send} />;
}

function Backup({ step }: Props): ReactNode {
  const words = useWords();
  const call = useCall();
  const make = (): void => void call.run('day.backup', { requestId: newRequestId() });
  return <Beside {...{ step, call }} text={words('day.backup')} onPress={make} />;
}

/** Something that runs beside the counter once it was started. */
function Beside(props: {
  readonly step: DayEndStep;
  readonly call: ReturnType<typeof useCall>;
  readonly text: string;
  readonly onPress: () => void;
}): ReactNode {
  const { step, call, text, onPress } = props;
  const words = useWords();
  const busy = call.busy || step.state === 'busy';
  const { clear } = call;
  useEffect(() => {
    if (step.state === 'done') clear();
  }, [step.state, clear]);
  return (
    <>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {step.problem === null ? null : <StepProblem code={step.problem} />}
      {busy ? <p role="status">{words('day.state.busy', { count: step.count })}</p> : null}
      <Form label={text} submit={text} busy={busy} autoFocus={!busy} onSubmit={onPress}>
        {null}
      </Form>
    </>
  );
}

/** What keeps it from being done. What head office's line lacks nobody at the counter can mend: the batch is kept. */
function StepProblem({ code }: { readonly code: string }): ReactNode {
  const words = useWords();
  if (code !== 'head-office-unreachable') return <ProblemCard problem={{ code, params: {} }} />;
  return (
    <p role="alert">
      <Sign standing="warn" /> {words('day.unreachable')}
    </p>
  );
}
