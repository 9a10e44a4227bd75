import type { CallFault, Handlers, SaleView, Session, SignedInOperator } from '../../contract/index.ts';
import { ok, type Result, type SaleId } from '../../units/index.ts';
import {
  findSale,
  findSaleByRequest,
  OPEN_STEPS,
  openSales,
  type RecordedSale,
  type SaleStep,
} from '../ledger/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { openDrawerForCash } from './open-drawer.ts';
import { saleView } from './sale-view.ts';
import { signedIn } from './shift-handlers.ts';

/** Calls about sales whose outcome is not known, or was not. */
export type DoubtCall =
  'sale.open' | 'sale.seen' | 'sale.recover' | 'sale.giveUp' | 'sale.closeUnissued' | 'sale.sellAgain';

type Shown = Pick<HandlerDeps, 'ledger' | 'settings' | 'training' | 'unseen'>;

const view = ({ ledger, settings, training }: Shown, sale: RecordedSale, fault?: CallFault): SaleView =>
  saleView(ledger, settings, sale, training, fault);

/** A sale in doubt is no refusal: it is there, with its money, and the screen shows it as it stands. */
export function standing(
  deps: Shown,
  sale: Result<RecordedSale, CallFault>,
  kept: RecordedSale | undefined,
): Result<SaleView, CallFault> {
  if (sale.ok) {
    noteSeen(deps, [sale.value]);
    return ok(view(deps, sale.value));
  }
  return sale.error.code === 'sale-in-doubt' && kept ? ok(view(deps, kept, sale.error)) : sale;
}

/** A token that this answer shows need not be shown again by itself. */
export function noteSeen({ unseen }: Pick<HandlerDeps, 'unseen'>, sales: readonly RecordedSale[]): void {
  for (const { saleId, step } of sales) if (!OPEN_STEPS.includes(step)) unseen.delete(saleId);
}

export function doubtHandlers(deps: HandlerDeps): Pick<Handlers, DoubtCall> {
  const { ledger, vending, unseen } = deps;
  return {
    'sale.open': async () => {
      const settled = [...unseen]
        .flatMap((saleId) => findSale(ledger, saleId) ?? [])
        .filter(({ step, tokens }) => step === 'recorded' && tokens.length > 0);
      return ok({
        sales: openSales(ledger).map((sale) => view(deps, sale)),
        settled: settled.map((sale) => view(deps, sale)),
      });
    },
    'sale.seen': async ({ saleId }) => {
      unseen.delete(saleId as SaleId);
      deps.tell('status-changed');
      return ok({});
    },
    'sale.recover': async ({ saleId }, session) => settle(deps, saleId, session, vending.recover),
    'sale.giveUp': async ({ saleId }, session) => settle(deps, saleId, session, vending.giveUp),
    'sale.closeUnissued': async ({ saleId, reason }, session) =>
      settle(deps, saleId, session, async (id, operator) => vending.closeUnissued(id, operator, reason)),
    'sale.sellAgain': async ({ requestId, saleId, reason }, session) => {
      const operator = signedIn(session);
      const known = findSaleByRequest(ledger, requestId);
      const again = await vending.sellAgain(saleId as SaleId, operator, reason, requestId);
      return ended(deps, again, known ?? findSaleByRequest(ledger, requestId), {
        isNew: known === undefined,
        operator,
      });
    },
  };
}

async function settle(
  deps: HandlerDeps,
  saleId: string,
  session: Session,
  work: (saleId: SaleId, operator: SignedInOperator) => Promise<Result<RecordedSale, CallFault>>,
): Promise<Result<SaleView, CallFault>> {
  const operator = signedIn(session);
  const before = findSale(deps.ledger, saleId as SaleId);
  const sale = await work(saleId as SaleId, operator);
  const isNew = before !== undefined && OPEN_STEPS.includes(before.step);
  return ended(deps, sale, before && findSale(deps.ledger, before.saleId), { isNew, operator });
}

const WITHOUT_TOKEN: readonly SaleStep[] = ['void', 'unissued'];

/**
 * What settling came to. A sale that ended without a token is no refusal when it ended just now: its money goes back,
 * for which the drawer opens.
 */
function ended(
  deps: HandlerDeps,
  sale: Result<RecordedSale, CallFault>,
  kept: RecordedSale | undefined,
  { isNew, operator }: { readonly isNew: boolean; readonly operator: SignedInOperator },
): Result<SaleView, CallFault> {
  deps.printing.wake();
  if (kept) noteSeen(deps, [kept]);
  deps.tell('status-changed', 'sale-recorded');
  if (!isNew || !kept || !WITHOUT_TOKEN.includes(kept.step)) return standing(deps, sale, kept);
  openDrawerForCash(deps, [kept], operator.operatorId);
  return ok(view(deps, kept));
}
