import { useState, type ReactNode } from 'react';
import type { FoundSale, SaleView } from '../../../contract/index.ts';
import { newRequestId } from '../../app/ids.ts';
import { groupDigits, useFigures, useWords } from '../../app/words.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemCard } from '../../ui/ProblemCard.tsx';
import { Field, Form, Office } from '../drawer/Office.tsx';
import styles from '../drawer/office.module.css';
import { useCall } from '../drawer/use-call.ts';
import { TileList } from '../desk/TileList.tsx';
import { SaleTokens } from '../sale/DonePanel.tsx';
import { ReplaceForm } from './ReplaceForm.tsx';
import type { Served } from './served.ts';

/** Past sales by day, meter, receipt, amount or token; each can be printed again or have its token replaced. */
export function PastSalesScreen(props: {
  readonly onClose: () => void;
  readonly served: Served | null;
}): ReactNode {
  const words = useWords();
  const [sale, setSale] = useState<SaleView | null>(null);
  const [replacing, setReplacing] = useState(false);
  const [text, setText] = useState(props.served?.meterNumber ?? '');
  const [found, setFound] = useState<FoundSales | null>(null);
  const back = replacing ? () => setReplacing(false) : sale ? () => setSale(null) : null;
  return (
    <Office title={words('past.title')} onClose={props.onClose} back={back}>
      {!sale ? <Search {...{ text, setText, found, setFound }} onChosen={setSale} /> : null}
      {sale && !replacing ? <OneSale sale={sale} onReplace={() => setReplacing(true)} /> : null}
      {sale && replacing ? <ReplaceForm sale={sale} /> : null}
    </Office>
  );
}

type FoundSales = { readonly sales: readonly FoundSale[]; readonly more: boolean };

function Search(props: {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly found: FoundSales | null;
  readonly setFound: (found: FoundSales) => void;
  readonly onChosen: (sale: SaleView) => void;
}): ReactNode {
  const { text, setText, found, setFound } = props;
  const words = useWords();
  const call = useCall();
  const search = async (before: string | null): Promise<void> => {
    const answer = await call.run('sale.search', { text, before });
    if (answer)
      setFound({ sales: [...(before ? (found?.sales ?? []) : []), ...answer.sales], more: answer.more });
  };
  const open = async (saleId: string): Promise<void> => {
    const sale = await call.run('sale.get', { saleId });
    if (sale) props.onChosen(sale);
  };
  const last = found?.sales.at(-1);
  return (
    <>
      <Form
        label={words('past.do')}
        submit={words('past.do')}
        busy={call.busy}
        onSubmit={() => void search(null)}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        <Field label={words('past.search')} value={text} onChange={setText} first />
      </Form>
      {found?.sales.length === 0 ? <p role="status">{words('past.none')}</p> : null}
      {found && found.sales.length > 0 ? (
        <Found key={found.sales[0]?.saleId} sales={found.sales} onOpen={(saleId) => void open(saleId)} />
      ) : null}
      {found?.more && last ? (
        <Button isDisabled={call.busy} onPress={() => void search(last.saleId)}>
          {words('past.more')}
        </Button>
      ) : null}
    </>
  );
}

function Found(props: {
  readonly sales: readonly FoundSale[];
  readonly onOpen: (saleId: string) => void;
}): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const line = (sale: FoundSale): string =>
    [
      `${figures.day(sale.soldAtUnixMs)} ${figures.time(sale.soldAtUnixMs)}`,
      ...(sale.name === '' ? [] : [sale.name]),
      groupDigits(sale.meterNumber),
      ...(sale.amountMinor > 0 ? [figures.money(sale.amountMinor)] : []),
      ...(sale.unitsTenths > 0 ? [figures.units(sale.unitsTenths, sale.resource)] : []),
      words(`state.${sale.state}`),
    ].join(' · ');
  const title = (sale: FoundSale): string => [sale.receiptNumber, words(`kind.${sale.kind}`)].join(' · ');
  return (
    <TileList
      label={words('past.list')}
      tiles={props.sales.map((sale) => ({ id: sale.saleId, title: title(sale), about: line(sale) }))}
      onChoose={props.onOpen}
    />
  );
}

function OneSale({
  sale,
  onReplace,
}: {
  readonly sale: SaleView;
  readonly onReplace: () => void;
}): ReactNode {
  const words = useWords();
  const figures = useFigures();
  const call = useCall();
  const [copy, setCopy] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const print = async (): Promise<void> => {
    const job = await call.run('print.copy', { requestId: newRequestId(), saleId: sale.saleId, reason });
    if (job) setCopy(job.copyNumber);
  };
  const canReplace = sale.state === 'recorded' && sale.tokens.some(({ kind }) => kind !== 'key-change');
  return (
    <>
      <h3 className={styles.heading}>
        {`${words(`kind.${sale.kind}`)} · ${words(`state.${sale.state}`)} · ${figures.day(sale.soldAtUnixMs)} ${figures.time(sale.soldAtUnixMs)}`}
        {sale.amountMinor > 0 ? ` · ${figures.money(sale.amountMinor)}` : null}
      </h3>
      <SaleTokens sale={sale} />
      <Form
        label={words('past.copy')}
        submit={words('past.copy')}
        busy={call.busy}
        onSubmit={() => void print()}
      >
        {call.problem ? <ProblemCard problem={call.problem} /> : null}
        {copy === null ? null : <output>{words('past.copied', { number: copy })}</output>}
        <Field label={words('column.reason')} value={reason} onChange={setReason} first />
      </Form>
      {canReplace ? (
        <p className={styles.row}>
          <Button onPress={onReplace}>{words('replace.title')}</Button>
        </p>
      ) : null}
    </>
  );
}
