import { useState, type ReactNode } from 'react';
import type { SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { useFigures, usePhrase, useWords } from '../../app/words.ts';
import { useOpenSales, useStatus } from '../../ipc/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { useKeyDown } from '../../ui/use-key-down.ts';
import { Card, Field, Form, Office } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { SaleTokens } from '../sale/DonePanel.tsx';
import { backTitle, GiveBack, isSold, SaleOf } from '../sale/GiveBack.tsx';

/** What only a supervisor can decide, each with a reason that the books keep. */
export function DecisionsScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const words = useWords();
  const sales = useOpenSales().data?.sales ?? [];
  const stopped = useStatus().data?.module.stopped ?? [];
  const [ended, setEnded] = useState<SaleView | null>(null);
  return (
    <Office title={words('decisions.title')} onClose={onClose}>
      {ended ? <Ended key={ended.saleId} sale={ended} /> : null}
      {sales.map((sale) => (
        <Card key={sale.saleId} title={words('doubt.title')}>
          <Doubt sale={sale} onEnded={setEnded} />
        </Card>
      ))}
      {stopped.map((moduleId) => (
        <Reasoned
          key={moduleId}
          title={words('module.clear.title', { module: moduleId })}
          why="module.clear.why"
          submit="module.clear"
          decide={(call, reason) => call.run('module.clear', { requestId: newRequestId(), moduleId, reason })}
        />
      ))}
      <Reasoned
        title={words('clock.title')}
        why="clock.why"
        submit="clock.accept"
        decide={(call, reason) => call.run('clock.accept', { requestId: newRequestId(), reason })}
      />
    </Office>
  );
}

/**
 * What ending a sale in doubt came to: a token to hand out, or money to give back. With `onNext` it waits to be left,
 * by Enter too.
 */
export function Ended(props: { readonly sale: SaleView; readonly onNext?: () => void }): ReactNode {
  const { sale, onNext } = props;
  const words = useWords();
  const keys = useKeyDown<HTMLDivElement>((event) => {
    const isElsewhere = event.target instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !event.repeat && !isElsewhere) onNext?.();
  });
  return (
    <div ref={keys}>
      <Card title={words(isSold(sale) ? 'settled.title' : backTitle(sale))} news>
        {isSold(sale) ? <SaleTokens sale={sale} /> : <CameToNothing sale={sale} />}
        {onNext ? (
          <Button kind="main" keyName={words('key.enter')} onPress={onNext}>
            {words('day.looked')}
          </Button>
        ) : null}
      </Card>
    </div>
  );
}

function CameToNothing({ sale }: { readonly sale: SaleView }): ReactNode {
  return (
    <>
      <GiveBack sales={[sale]} />
      <SaleOf sale={sale} />
      {sale.refusal ? <ProblemCard problem={sale.refusal} /> : null}
    </>
  );
}

/** One sale in doubt: what was paid, and the ways to end it when the module can't say any more. */
export function Doubt(props: {
  readonly sale: SaleView;
  readonly onEnded: (sale: SaleView) => void;
}): ReactNode {
  const { sale, onEnded } = props;
  const words = useWords();
  const figures = useFigures();
  const phrase = usePhrase();
  const call = useCall();
  const keepsResults = useStatus().data?.module.keepsResults === true;
  const [reason, setReason] = useState('');
  const [isKept, setKept] = useState(false);
  const { saleId, receiptNumber, customer } = sale;
  const show = (after: SaleView | null): void => {
    setKept(after?.state === 'in-doubt');
    if (after && after.state !== 'in-doubt') onEnded(after);
  };
  const end = (name: 'sale.closeUnissued' | 'sale.sellAgain'): void =>
    void call.run(name, { requestId: newRequestId(), saleId, reason }).then(show);
  return (
    <Form
      label={`${words('doubt.title')} ${receiptNumber}`}
      submit={words('doubt.unissued')}
      busy={call.busy}
      onSubmit={() => end('sale.closeUnissued')}
    >
      <p className={styles.lead}>
        {`${receiptNumber} · ${customer.name} · ${figures.money(sale.amountMinor)}`}
      </p>
      {sale.doubt ? <p className={styles.quiet}>{phrase(sale.doubt)}</p> : null}
      <p>{words('doubt.supervisor')}</p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {isKept ? <ProblemCard problem={{ code: 'sale-not-given-up', params: {} }} /> : null}
      <Field label={words('doubt.reason')} value={reason} onChange={setReason} />
      <div className={styles.row}>
        {keepsResults ? (
          <Button
            isDisabled={call.busy}
            onPress={() => void call.run('sale.giveUp', { requestId: newRequestId(), saleId }).then(show)}
          >
            {words('doubt.give-up')}
          </Button>
        ) : null}
        <Button isDisabled={call.busy} onPress={() => end('sale.sellAgain')}>
          {words('doubt.again')}
        </Button>
      </div>
    </Form>
  );
}

/** A decision that needs nothing but its reason. */
function Reasoned(props: {
  readonly title: string;
  readonly why: 'clock.why' | 'module.clear.why';
  readonly submit: 'clock.accept' | 'module.clear';
  /** Null when it was refused. */
  readonly decide: (call: ReturnType<typeof useCall>, reason: string) => Promise<unknown>;
}): ReactNode {
  const { title, why, submit } = props;
  const words = useWords();
  const call = useCall();
  const [reason, setReason] = useState('');
  const [done, setDone] = useState(false);
  const decide = async (): Promise<void> => {
    setDone((await props.decide(call, reason)) !== null);
  };
  return (
    <Card title={title}>
      <Form label={title} submit={words(submit)} busy={call.busy} onSubmit={() => void decide()}>
        <p>{words(why)}</p>
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        {done ? <output>{words('decisions.kept')}</output> : null}
        <Field label={words('doubt.reason')} value={reason} onChange={setReason} />
      </Form>
    </Card>
  );
}
