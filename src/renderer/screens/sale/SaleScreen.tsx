import { useRef, type ComponentProps, type Dispatch, type ReactNode, type RefObject } from 'react';
import type { OpenSlip, SaleView, StationStatus } from '../../../contract/index.ts';
import { FunctionKeys } from '../../app/FunctionKeys.tsx';
import { HelpPanel } from '../../app/HelpPanel.tsx';
import { newRequestId } from '../../app/ids.ts';
import { useOpenSales, useOpenSlips } from '../../ipc/queries.ts';
import { ask } from '../../ipc/station.ts';
import { DeskScreen } from '../desk/DeskScreen.tsx';
import { pagesFor, type DeskPage } from '../desk/pages.ts';
import type { Served } from '../tools/served.ts';
import { ToolsScreen } from '../tools/ToolsScreen.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import { DigitPad } from './DigitPad.tsx';
import { FindBox } from './FindBox.tsx';
import { FreeUnits } from './FreeUnits.tsx';
import { isSold } from './GiveBack.tsx';
import { ReviewPanel } from './ReviewPanel.tsx';
import styles from './SaleScreen.module.css';
import { StepPanel } from './StepPanel.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import { isBasketReady, isLookingUp, type Flow, type FlowEvent } from './flow.ts';
import { useCover, type Cover, type CoverControl } from './use-cover.ts';
import { useFieldFocus } from './use-field-focus.ts';
import { useFlow } from './use-flow.ts';
import { useFreeUnits, useMeterInHand, type FreeUnitsControl } from './use-free-units.ts';
import { useFunctionKeys, type KeyUses } from './use-function-keys.ts';
import { needsRetry, usePrinting, type Printing, type SlipAnswer } from './use-printing.ts';
import { useSaleKeys, type KeyActions } from './use-sale-keys.ts';
import { signsOf, waysOf } from './ways.ts';

/** The largest note that is a key here. */
const largestNote = ({ cashKeysMinor }: StationStatus): number | null => cashKeysMinor.at(-1) ?? null;

const NO_SALES: readonly SaleView[] = [];
const NO_SLIPS: readonly OpenSlip[] = [];

/** The counter: left who is served, right what is done, below the keys. */
export function SaleScreen(props: {
  readonly status: StationStatus;
  readonly onLock: () => void;
}): ReactNode {
  const { status, onLock } = props;
  const [flow, send] = useFlow(largestNote(status));
  const ways = waysOf(flow, send);
  const covers = useCover();
  const { cover, showLast, showDesk, close, leave } = covers;
  const { doubt, ...unsettled } = useUnsettled(covers, flow, status, send);
  const boxField = useRef<HTMLInputElement>(null);
  const moneyField = useRef<HTMLInputElement>(null);
  const focusField = useFieldFocus(flow.step, cover !== null, boxField, moneyField);
  const { shownSale, printing } = useShownSlip(flow, cover, unsettled.openSlips);
  const pages = pagesFor(status.operator?.role);
  const drawer = drawerToOpen(status, pages);
  const openDrawer = drawer ? () => showDesk(drawer) : null;
  const next =
    insteadOfEnter(flow, printing, openDrawer) ?? (() => send({ type: 'enter', newId: newRequestId() }));
  const freeUnits = useFreeUnits(useMeterInHand(flow), covers.showSale);
  // What lies over the sale has the keys.
  const free = cover === null ? freeUnits : { ...freeUnits, issue: null };
  const keys = useFunctionKeys({
    ...coverKeys(covers, flow, pages.length > 0),
    newSale: () => {
      leave();
      send({ type: 'new-sale' });
    },
    ...slipKeys(printing),
    why: shownSale?.kind === 'credit' ? () => covers.showWhy(shownSale) : null,
    free: free.issue,
    pay: cover === null ? ways.pay : null,
    ...doubt,
    lock: flow.step === 'selling' ? null : onLock,
  });
  const reach = { covered: coveredBy(cover), scanner: status.scanner };
  const does = {
    functions: keys.byName,
    signs: signsOf(ways),
    next,
    close: () => printing.leave() || close(),
  };
  useSaleKeys(flow, { send, ...does, ...reach, focusField });

  if (cover?.kind === 'desk')
    return <DeskScreen pages={pages} page={cover.page} onOpen={showDesk} onClose={close} onCounter={leave} />;
  if (cover?.kind === 'tools')
    return <ToolsScreen {...{ status, covers }} page={cover.page} served={servedIn(flow)} />;
  return (
    <>
      <Sides
        {...{ flow, ways, send, status, printing, moneyField, openDrawer, cover, boxField, free }}
        {...unsettled}
        onNext={next}
        onLast={showLast}
        onClose={close}
      />
      <FunctionKeys keys={keys.buttons} />
    </>
  );
}

/** Left who is served, right the step, or what lies over it. */
function Sides({
  cover,
  boxField,
  free,
  onClose,
  ...step
}: ComponentProps<typeof StepPanel> & {
  readonly cover: Exclude<Cover, { readonly kind: 'desk' | 'tools' }> | null;
  readonly free: ReturnType<typeof useFreeUnits>;
  readonly boxField: RefObject<HTMLInputElement | null>;
  readonly onClose: () => void;
}): ReactNode {
  const { flow, send, printing, onNext } = step;
  return (
    <main className={styles.main} data-step={flow.step}>
      <div className={styles.left}>
        <FindBox flow={flow} send={send} field={boxField} />
        <ServedNow flow={flow} free={free} />
        {cover === null ? <DigitPad {...{ flow, send, onNext }} /> : null}
      </div>
      <div className={styles.right}>
        {cover ? <Covered {...{ cover, printing, onClose }} /> : <StepPanel {...step} />}
      </div>
    </main>
  );
}

function coveredBy(cover: Cover | null): KeyActions['covered'] {
  if (cover === null) return 'no';
  return (cover.kind === 'desk' || cover.kind === 'tools') && cover.page ? 'page' : 'panel';
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

/** While a meter is looked up or a basket waits to be paid, the keys of what was left open pay. */
function isBetweenSales(flow: Flow): boolean {
  return flow.step === 'find' && !isLookingUp(flow) && !isBasketReady(flow);
}

/** The sale that is on the screen and its slip; between two sales, the oldest slip that was left open. */
function useShownSlip(
  flow: Flow,
  cover: Cover | null,
  openSlips: readonly OpenSlip[],
): { readonly shownSale: SaleView | null; readonly printing: Printing } {
  const done = flow.step === 'done' && flow.sale && isSold(flow.sale) ? flow.sale : null;
  const shownSale = cover?.kind === 'review' ? cover.sale : done;
  const left = isBetweenSales(flow) && cover === null ? (openSlips[0] ?? null) : null;
  return { shownSale, printing: usePrinting(shownSale, left) };
}

/** What the function keys do about the slip that is shown. */
function slipKeys(printing: Printing): Pick<KeyUses, 'print' | 'printsCopy' | 'reasons' | SlipAnswerKey> {
  const answer = (said: SlipAnswer): (() => void) | null =>
    printing.answers.includes(said) ? () => printing.answer(said) : null;
  return {
    print: printing.offer ? printing.again : null,
    printsCopy: printing.offer === 'copy',
    reasons: printing.reasons.map((reason) => ({ run: () => printing.copyFor(reason) })),
    notPrinted: answer('not-printed'),
    cameOut: answer('printed'),
    notNeeded: answer('set-aside'),
  };
}

type SlipAnswerKey = 'notPrinted' | 'cameOut' | 'notNeeded';

/** What lies over the right side for a while. */
function Covered(props: {
  readonly cover: Exclude<Cover, { readonly kind: 'desk' | 'tools' }>;
  readonly printing: Printing;
  readonly onClose: () => void;
}): ReactNode {
  const { cover, printing, onClose } = props;
  if (cover.kind === 'help') return <HelpPanel onClose={onClose} />;
  if (cover.kind === 'why') return <WhyPanel sale={cover.sale} onClose={onClose} />;
  return <ReviewPanel sale={cover.sale} title={cover.title} {...{ printing, onClose }} />;
}

/** What earlier customers left behind (sales in doubt, tokens that came since, slips not seen), and its keys. */
function useUnsettled(
  { showSale }: CoverControl,
  flow: Flow,
  status: StationStatus,
  send: Dispatch<FlowEvent>,
): Unsettled & { readonly doubt: ReturnType<typeof doubtKeys> } {
  const { sales: openSales = NO_SALES, settled = NO_SALES } = useOpenSales().data ?? {};
  const openSlips = useOpenSlips().data?.slips ?? NO_SLIPS;
  const onSeen = (sale: SaleView): void => {
    showSale(sale, 'settled.title');
    void ask('sale.seen', { requestId: newRequestId(), saleId: sale.saleId });
  };
  const doubt = doubtKeys(flow, { openSales, settled, onSeen }, status, send);
  return { openSales, settled, openSlips, onSeen, onGiveUp: doubt.giveUp, doubt };
}

type Unsettled = Pick<
  ComponentProps<typeof StepPanel>,
  'openSales' | 'settled' | 'openSlips' | 'onSeen' | 'onGiveUp'
>;

/** What opens something over the sale. */
function coverKeys(
  covers: CoverControl,
  { step }: Flow,
  hasDesk: boolean,
): Pick<KeyUses, 'help' | 'last' | 'desk' | 'tools'> {
  const isFree = step !== 'selling';
  return {
    help: covers.toggleHelp,
    last: covers.showLast,
    desk: hasDesk && isFree ? () => covers.showDesk(null) : null,
    tools: isFree ? () => covers.showTools(null) : null,
  };
}

/**
 * Between two customers: the oldest sale in doubt is settled, else the oldest token that came by itself is shown. A
 * customer may stop waiting where the module can say that there is no token.
 */
function doubtKeys(
  flow: Flow,
  { openSales: [open], settled: [settled], onSeen }: Pick<Unsettled, 'openSales' | 'settled' | 'onSeen'>,
  { module }: StationStatus,
  send: Dispatch<FlowEvent>,
): Pick<KeyUses, 'settle' | 'seen' | 'giveUp'> {
  const isBetween = isBetweenSales(flow);
  const mayEnd = flow.step === 'doubt' && module.keepsResults;
  return {
    settle: open && isBetween ? () => send({ type: 'settle', sale: open }) : null,
    seen: settled && isBetween ? () => onSeen(settled) : null,
    giveUp: mayEnd ? () => send({ type: 'give-up' }) : null,
  };
}

/** The meter that a tool begins with: the one that is served, or whose sale is still on the screen. */
function servedIn({ panel, sale }: Flow): Served | null {
  if (sale) return { pan: sale.pan, meterNumber: sale.meterNumber, name: sale.customer.name };
  return panel && { pan: panel.pan, meterNumber: panel.meterNumber, name: panel.customer.name };
}

function ServedNow({ flow, free }: { readonly flow: Flow; readonly free: FreeUnitsControl }): ReactNode {
  const { panel, sale, step } = flow;
  if (step === 'find') return null;
  if ((step === 'done' || step === 'doubt') && sale) {
    return (
      <>
        <CustomerPanel customer={sale.customer} meterNumber={sale.meterNumber} panel={null} />
        {free.issue ? <FreeUnits free={free} /> : null}
      </>
    );
  }
  if (!panel) return null;
  return (
    <>
      <CustomerPanel customer={panel.customer} meterNumber={panel.meterNumber} panel={panel} />
      {step === 'amount' ? <FreeUnits free={free} /> : null}
    </>
  );
}
