import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import type { SaleView, StationStatus } from '../../../contract/index.ts';
import { FunctionKeys, type FunctionKeyButton } from '../../app/FunctionKeys.tsx';
import { HelpPanel } from '../../app/HelpPanel.tsx';
import { newRequestId } from '../../app/ids.ts';
import { useWords } from '../../app/words.ts';
import { useOpenSales } from '../../ipc/queries.ts';
import { need } from '../../ipc/station.ts';
import { CustomerPanel } from './CustomerPanel.tsx';
import { FindBox } from './FindBox.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';
import styles from './SaleScreen.module.css';
import { StepPanel } from './StepPanel.tsx';
import { useFieldFocus } from './use-field-focus.ts';
import { useFlow } from './use-flow.ts';
import { needsRetry, usePrinting } from './use-printing.ts';
import { useSaleKeys, type FunctionKey } from './use-sale-keys.ts';

/** What lies over the sale without touching it. */
type Cover = { readonly kind: 'help' } | { readonly kind: 'review'; readonly sale: SaleView };

const NO_SALES: readonly SaleView[] = [];

/** The counter: left who is served, right what is done, below the keys. */
export function SaleScreen(props: {
  readonly status: StationStatus;
  readonly onLock: () => void;
}): ReactNode {
  const { status, onLock } = props;
  const [flow, send] = useFlow();
  const [cover, setCover] = useState<Cover | null>(null);
  const openSales = useOpenSales().data?.sales ?? NO_SALES;
  const client = useQueryClient();
  const boxField = useRef<HTMLInputElement>(null);
  const moneyField = useRef<HTMLInputElement>(null);
  const focusField = useFieldFocus(flow.step, cover !== null, boxField, moneyField);
  const shownSale = cover?.kind === 'review' ? cover.sale : flow.step === 'done' ? flow.sale : null;
  const printing = usePrinting(shownSale);

  const showLast = async (): Promise<void> => {
    const { sale } = await client.fetchQuery({
      queryKey: ['sale.last'],
      queryFn: () => need('sale.last', {}),
    });
    if (sale) setCover({ kind: 'review', sale });
  };
  const next = (): void => {
    if (flow.step === 'done' && needsRetry(printing)) printing.again();
    else send({ type: 'enter', newId: newRequestId() });
  };
  const [firstOpen] = openSales;
  const keys = useFunctionKeys({
    help: () => setCover(cover?.kind === 'help' ? null : { kind: 'help' }),
    newSale: () => {
      setCover(null);
      send({ type: 'new-sale' });
    },
    last: () => void showLast(),
    print: shownSale && printing.offer ? printing.again : null,
    printsCopy: printing.offer === 'copy',
    settle: firstOpen && flow.step === 'find' ? () => send({ type: 'settle', sale: firstOpen }) : null,
    lock: flow.step === 'selling' ? null : onLock,
  });
  useSaleKeys(flow, {
    send,
    functions: Object.fromEntries(keys.map((key) => [key.keyName, key.run])) as Partial<
      Record<FunctionKey, () => void>
    >,
    enter: () => {
      if (flow.step === 'done') next();
      return flow.step === 'done';
    },
    escape: () => {
      setCover(null);
      return cover !== null;
    },
    covered: cover !== null,
    focusField,
  });

  return (
    <>
      <main className={styles.main} data-step={flow.step}>
        <div className={styles.left}>
          <FindBox flow={flow} send={send} field={boxField} />
          <Served flow={flow} />
        </div>
        <div className={styles.right}>
          {cover?.kind === 'help' ? <HelpPanel onClose={() => setCover(null)} /> : null}
          {cover?.kind === 'review' ? (
            <ReviewPanel sale={cover.sale} printing={printing} onClose={() => setCover(null)} />
          ) : null}
          {cover === null ? (
            <StepPanel
              {...{ flow, send, status, openSales, printing, moneyField }}
              onNext={next}
              onLast={() => void showLast()}
            />
          ) : null}
        </div>
      </main>
      <FunctionKeys keys={keys} />
    </>
  );
}

function Served({ flow }: { readonly flow: ReturnType<typeof useFlow>[0] }): ReactNode {
  const { panel, sale, step } = flow;
  if (step === 'find') return null;
  if ((step === 'done' || step === 'doubt') && sale) {
    return <CustomerPanel customer={sale.customer} meterNumber={sale.meterNumber} panel={null} />;
  }
  return panel && <CustomerPanel customer={panel.customer} meterNumber={panel.meterNumber} panel={panel} />;
}

type KeyUses = {
  readonly help: () => void;
  readonly newSale: () => void;
  readonly last: () => void;
  readonly print: (() => void) | null;
  readonly printsCopy: boolean;
  readonly settle: (() => void) | null;
  readonly lock: (() => void) | null;
};

/** Only keys that do something now. */
function useFunctionKeys(uses: KeyUses): readonly (FunctionKeyButton & { readonly keyName: FunctionKey })[] {
  const words = useWords();
  const key = (
    keyName: FunctionKey,
    text: string,
    run: (() => void) | null,
  ): readonly (FunctionKeyButton & { readonly keyName: FunctionKey })[] =>
    run ? [{ keyName, text, run }] : [];
  return [
    ...key('F1', words('keys.help'), uses.help),
    ...key('F2', words('keys.new'), uses.newSale),
    ...key('F4', words('keys.last'), uses.last),
    ...key('F5', words(uses.printsCopy ? 'keys.copy' : 'keys.print'), uses.print),
    ...key('F11', words('keys.settle'), uses.settle),
    ...key('F12', words('keys.lock'), uses.lock),
  ];
}
