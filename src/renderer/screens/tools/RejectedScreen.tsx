import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Advice, FoundSale, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, useWords } from '../../app/words.ts';
import { need } from '../../ipc/station.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field, Form, Office } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { TileList } from '../desk/TileList.tsx';
import { ForMeter } from './ForMeter.tsx';
import { isQuestion, nextStep, REJECTED, type QuestionId } from './rejected-tree.ts';
import type { Served } from './served.ts';

/** "My token was rejected": question by question to what is to be done, which is printed. */
export function RejectedScreen(props: {
  readonly onClose: () => void;
  readonly served: Served | null;
}): ReactNode {
  const words = useWords();
  return (
    <Office title={words('rejected.title')} onClose={props.onClose}>
      <ForMeter served={props.served}>{(meter) => <Begin key={meter.pan} meter={meter} />}</ForMeter>
    </Office>
  );
}

/** The receipt that the token is on, if there is one; the meter's newest sale is proposed. */
function Begin({ meter }: { readonly meter: Served }): ReactNode {
  const words = useWords();
  const call = useCall();
  const [receipt, setReceipt] = useState('');
  const [sale, setSale] = useState<SaleView | null | undefined>(undefined);
  const begin = async (): Promise<void> => {
    const text = receipt.trim() === '' ? meter.meterNumber : receipt;
    const found = await call.run('sale.search', { text, before: null });
    if (!found) return;
    const match = found.sales.find((each: FoundSale) => each.pan === meter.pan);
    setSale(match ? await call.run('sale.get', { saleId: match.saleId }) : null);
  };
  if (sale !== undefined) return <Guide meter={meter} sale={sale} />;
  return (
    <Form
      label={words('rejected.title')}
      submit={words('rejected.begin')}
      busy={call.busy}
      onSubmit={() => void begin()}
    >
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      <Field label={words('rejected.receipt')} value={receipt} onChange={setReceipt} first />
    </Form>
  );
}

type Step = QuestionId | Advice;

function Guide({ meter, sale }: { readonly meter: Served; readonly sale: SaleView | null }): ReactNode {
  const words = useWords();
  const [path, setPath] = useState<readonly Step[]>(['meter?']);
  const step = path.at(-1) ?? 'meter?';
  const go = (leads: Step): void => setPath([...path, nextStep(leads, sale?.tokens.length ?? 0)]);
  return (
    <>
      {isQuestion(step) ? (
        <Ask key={step} question={step} meter={meter} onAnswer={go} />
      ) : (
        <Answer advice={step} meter={meter} sale={sale} />
      )}
      {path.length > 1 ? (
        <p className={styles.row}>
          <Button kind="quiet" onPress={() => setPath(path.slice(0, -1))}>
            {words('rejected.back')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

function Ask(props: {
  readonly question: QuestionId;
  readonly meter: Served;
  readonly onAnswer: (leads: Step) => void;
}): ReactNode {
  const { question, meter, onAnswer } = props;
  const words = useWords();
  const options = useQuery({
    queryKey: ['order.options', meter.pan],
    queryFn: () => need('order.options', { pan: meter.pan }),
  });
  const key = options.data?.key;
  if (!key) return null;
  const { asks, answers } = REJECTED[question];
  const facts = { meter: groupDigits(meter.meterNumber), krn: key.krn, sgc: key.sgc, ti: key.ti };
  return (
    <>
      <h3 className={styles.heading}>{words(asks, facts)}</h3>
      <TileList
        label={words(asks, facts)}
        tiles={answers.map(({ says }) => ({ id: says, title: words(says), about: '' }))}
        onChoose={(chosen) => {
          const answer = answers.find(({ says }) => says === chosen);
          if (answer) onAnswer(answer.leads);
        }}
      />
    </>
  );
}

function Answer(props: {
  readonly advice: Advice;
  readonly meter: Served;
  readonly sale: SaleView | null;
}): ReactNode {
  const { advice, meter, sale } = props;
  const words = useWords();
  const call = useCall();
  const [requestId] = useState(newRequestId);
  const [sent, setSent] = useState(false);
  const print = async (): Promise<void> => {
    const asked = { requestId, pan: meter.pan, saleId: sale?.saleId ?? null, advice };
    setSent((await call.run('token.advise', asked)) !== null);
  };
  return (
    <Form
      label={words('rejected.answer')}
      submit={words('rejected.print')}
      busy={call.busy}
      autoFocus
      onSubmit={() => void print()}
    >
      <h3 className={styles.heading}>{words('rejected.answer')}</h3>
      <p>{words(`advice.cashier.${advice}`)}</p>
      <p>
        <q>{words(`advice.customer.${advice}`)}</q>
      </p>
      {call.problem ? <ProblemCard problem={call.problem} /> : null}
      {sent ? <output>{words('rejected.printed')}</output> : null}
    </Form>
  );
}
