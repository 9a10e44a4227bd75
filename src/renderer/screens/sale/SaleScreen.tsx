import { useRef, type ReactNode } from 'react';
import type { OpenSlip, SaleView, StationStatus } from '../../../contract/index.ts';
import { FunctionKeys } from '../../app/FunctionKeys.tsx';
import { HelpPanel } from '../../app/HelpPanel.tsx';
import { newRequestId } from '../../app/ids.ts';
import { useOpenSales, useOpenSlips } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { DeskScreen } from '../desk/DeskScreen.tsx';
import { pagesFor, type DeskPage } from '../desk/pages.ts';
import { CustomerPanel } from './CustomerPanel.tsx';
import { FindBox } from './FindBox.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';
import styles from './SaleScreen.module.css';
import { StepPanel } from './StepPanel.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import type { Flow } from './flow.ts';
import { useCover, type Cover } from './use-cover.ts';
import { useFieldFocus } from './use-field-focus.ts';
import { useFlow } from './use-flow.ts';
import { useFunctionKeys, type KeyUses } from './use-function-keys.ts';
import { needsRetry, usePrinting, type Printing, type SlipAnswer } from './use-printing.ts';
import { useSaleKeys, type KeyActions } from './use-sale-keys.ts';

const NO_SALES: readonly SaleView[] = [];
const NO_SLIPS: readonly OpenSlip[] = [];
const showMeter = (): void => void ask('window.show', { window: 'virtual-meter' });

/** The counter: left who is served, right what is done, below the keys. */
export function SaleScreen(props: {
  readonly status: StationStatus;
  readonly onLock: () => void;
}): ReactNode {
  const { status, onLock } = props;
  const [flow, send] = useFlow();
  const { cover, toggleHelp, showLast, showDesk, showWhy, close, leave } = useCover();
  const openSales = useOpenSales().data?.sales ?? NO_SALES;
  const openSlips = useOpenSlips().data?.slips ?? NO_SLIPS;
  const boxField = useRef<HTMLInputElement>(null);
  const moneyField = useRef<HTMLInputElement>(null);
  const focusField = useFieldFocus(flow.step, cover !== null, boxField, moneyField);
  const { shownSale, printing } = useShownSlip(flow, cover, openSlips);
  const pages = pagesFor(status.operator?.role);
  const drawer = drawerToOpen(status, pages);
  const openDrawer = drawer ? () => showDesk(drawer) : null;
  const next =
    insteadOfEnter(flow, printing, openDrawer) ?? (() => send({ type: 'enter', newId: newRequestId() }));
  const newSale = (): void => {
    leave();
    send({ type: 'new-sale' });
  };
  const [firstOpen] = openSales;
  const keys = useFunctionKeys({
    help: toggleHelp,
    newSale,
    last: showLast,
    ...slipKeys(printing),
    why: shownSale ? () => showWhy(shownSale) : null,
    desk: pages.length > 0 && flow.step !== 'selling' ? () => showDesk(null) : null,
    meter: status.profile === 'training' ? showMeter : null,
    settle: firstOpen && flow.step === 'find' ? () => send({ type: 'settle', sale: firstOpen }) : null,
    lock: flow.step === 'selling' ? null : onLock,
  });
  const reach = { covered: coveredBy(cover), scanner: status.scanner };
  useSaleKeys(flow, { send, functions: keys.byName, next, close, ...reach, focusField });

  if (cover?.kind === 'desk')
    return <DeskScreen pages={pages} page={cover.page} onOpen={showDesk} onClose={close} onCounter={leave} />;
  return (
    <>
      <main className={styles.main} data-step={flow.step}>
        <div className={styles.left}>
          <FindBox flow={flow} send={send} field={boxField} />
          <Served flow={flow} />
        </div>
        <div className={styles.right}>
          {cover ? <Covered {...{ cover, printing }} onClose={close} /> : null}
          {cover === null ? (
            <StepPanel
              {...{ flow, send, status, openSales, openSlips, printing, moneyField, openDrawer }}
              onNext={next}
              onLast={showLast}
            />
          ) : null}
        </div>
      </main>
      <FunctionKeys keys={keys.buttons} />
    </>
  );
}

function coveredBy(cover: Cover | null): KeyActions['covered'] {
  if (cover === null) return 'no';
  return cover.kind === 'desk' && cover.page ? 'page' : 'panel';
}

/** What Enter does where it does not lead to the sale's next step. */
function insteadOfEnter(
  flow: Flow,
  printing: Printing,
  openDrawer: (() => void) | null,
): (() => void) | null {
  if (flow.step === 'find' && flow.box.trim() === '') return openDrawer;
  return flow.step === 'done' && needsRetry(printing) ? printing.again : null;
}

/** The page of the drawer, where whoever sells has to open a shift first. Training opens one by itself. */
function drawerToOpen(status: StationStatus, pages: readonly DeskPage[]): DeskPage | undefined {
  if (status.profile === 'training' || status.shift?.step === 'opened') return undefined;
  return pages.find(({ id }) => id === 'drawer');
}

/** The sale that is on the screen and its slip; between two sales, the oldest slip that was left open. */
function useShownSlip(
  flow: Flow,
  cover: Cover | null,
  openSlips: readonly OpenSlip[],
): { readonly shownSale: SaleView | null; readonly printing: Printing } {
  const shownSale = cover?.kind === 'review' ? cover.sale : flow.step === 'done' ? flow.sale : null;
  const left = flow.step === 'find' && cover === null ? (openSlips[0] ?? null) : null;
  return { shownSale, printing: usePrinting(shownSale, left) };
}

/** What the function keys do about the slip that is shown. */
function slipKeys(printing: Printing): Pick<KeyUses, 'print' | 'printsCopy' | SlipAnswerKey> {
  const answer = (said: SlipAnswer): (() => void) | null =>
    printing.answers.includes(said) ? () => printing.answer(said) : null;
  return {
    print: printing.offer ? printing.again : null,
    printsCopy: printing.offer === 'copy',
    notPrinted: answer('not-printed'),
    cameOut: answer('printed'),
    notNeeded: answer('set-aside'),
  };
}

type SlipAnswerKey = 'notPrinted' | 'cameOut' | 'notNeeded';

/** What lies over the right side for a while. */
function Covered(props: {
  readonly cover: Exclude<Cover, { readonly kind: 'desk' }>;
  readonly printing: Printing;
  readonly onClose: () => void;
}): ReactNode {
  const { cover, printing, onClose } = props;
  if (cover.kind === 'help') return <HelpPanel onClose={onClose} />;
  if (cover.kind === 'why') return <WhyPanel sale={cover.sale} onClose={onClose} />;
  return <ReviewPanel sale={cover.sale} printing={printing} onClose={onClose} />;
}

function Served({ flow }: { readonly flow: Flow }): ReactNode {
  const { panel, sale, step } = flow;
  if (step === 'find') return null;
  if ((step === 'done' || step === 'doubt') && sale) {
    return <CustomerPanel customer={sale.customer} meterNumber={sale.meterNumber} panel={null} />;
  }
  return panel && <CustomerPanel customer={panel.customer} meterNumber={panel.meterNumber} panel={panel} />;
}
