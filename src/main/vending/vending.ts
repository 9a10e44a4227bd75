import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import { amountMinor, assert, ok, type Result, type SaleId } from '../../units/index.ts';
import { findMeter } from '../directory/index.ts';
import { findSale, openSales, type Moment, type RecordedSale } from '../ledger/index.ts';
import { payingShift, shiftOfSale, type Shift } from '../shifts/index.ts';
import type { LedgerTx } from '../store/index.ts';
import { vendBasket, type BasketRequest } from './basket.ts';
import { outcomeBefore, outcomeOf, readyModule, usableModule } from './begin-sale.ts';
import { moduleAskedOf, writeInDoubt, writeUnissued } from './book.ts';
import { acceptClock, agreeOnClock } from './clock.ts';
import { momentOf, written, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { finish, recordTokenless, type Attempt } from './finish.ts';
import { WARNINGS } from './guards.ts';
import { intend, type Order } from './intend.ts';
import { onceEach, replacing, type Once } from './once.ts';
import type { OrderRequest } from './orders.ts';
import { placeOrder } from './place-order.ts';
import { isSameItem, type VendRequest } from './prepare.ts';
import { bookingOf, priceSale } from './quote-sale.ts';
import { isPaidSo, resolveTender, tenderAgain } from './tender.ts';
import { tokensAsked } from './work.ts';

export type Vending = {
  /**
   * Sells: intent, token, check, record. The same request id gives the same outcome again. Refusals leave
   * nothing behind; `sale-in-doubt` and `token-mismatch` leave an open sale that `recover` settles.
   */
  readonly vend: (
    request: VendRequest,
    operator: SignedInOperator,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /**
   * Sells to several meters with one payment. Refusals leave nothing behind; afterwards every sale is there as it
   * stands, and the same request id gives the same sales again.
   */
  readonly vendBasket: (
    request: BasketRequest,
    operator: SignedInOperator,
  ) => Promise<Result<readonly RecordedSale[], CallFault>>;
  /**
   * Places an order that is no purchase: free units, engineering tokens, replacements, payments. The same way as a
   * sale, with the same outcomes.
   */
  readonly order: (
    request: OrderRequest,
    operator: SignedInOperator,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /** Asks the module again for an open sale, with its own message id and token time. */
  readonly recover: (
    saleId: SaleId,
    operator: SignedInOperator | null,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /**
   * The customer waits no longer: the sale is void and the money goes back, if a module that keeps its results is
   * certain that it made no token. Otherwise the sale is recorded or stays in doubt.
   */
  readonly giveUp: (saleId: SaleId, operator: SignedInOperator) => Promise<Result<RecordedSale, CallFault>>;
  /** A supervisor gives the money back for a sale in doubt whose token nobody has seen. */
  readonly closeUnissued: (
    saleId: SaleId,
    supervisor: SignedInOperator,
    reason: string,
  ) => Result<RecordedSale, CallFault>;
  /**
   * The supervisor's other way: the sale in doubt is closed as unissued, and the same is sold again, with a new
   * token time, under the request id given. Both are one commit: when the new sale is refused, nothing is closed.
   */
  readonly sellAgain: (
    saleId: SaleId,
    supervisor: SignedInOperator,
    reason: string,
    requestId: string,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /** Whether a sale is being sold, asked for or given up at this moment. */
  readonly isUnderWay: (saleId: SaleId) => boolean;
  /** Whether this station's clock is one to work by; asks the module, and notes that it agreed. */
  readonly agreeOnClock: () => Promise<Result<true, CallFault>>;
  /** A supervisor answers for a clock that jumped ahead, or is apart from the module's. */
  readonly acceptClock: (supervisor: SignedInOperator, reason: string) => Promise<Result<true, CallFault>>;
};

const UNDER_WAY = refuse('sale-under-way', {}, 'safe');

export function createVending(deps: VendingDeps): Vending {
  // A repeated key or a repeated request joins the run that is under way.
  const once = onceEach<RecordedSale>();
  const baskets = onceEach<readonly RecordedSale[]>();
  const asking = async (saleId: SaleId, attempt: Attempt): ReturnType<typeof ask> =>
    once.running(replacing(saleId)) ? UNDER_WAY : once(saleId, () => ask(deps, saleId, attempt));
  return {
    vend: (request, operator) => once(JSON.stringify(request), () => vend(deps, request, operator, once)),
    vendBasket: (request, operator) =>
      baskets(JSON.stringify(request), () => vendBasket(deps, request, operator, { once, baskets })),
    order: (request, operator) =>
      once(JSON.stringify(request), () => placeOrder(deps, request, operator, once)),
    recover: (saleId, operator) => asking(saleId, { operator, kind: 'again' }),
    giveUp: (saleId, operator) => asking(saleId, { operator, kind: 'give-up' }),
    sellAgain: async (saleId, supervisor, reason, requestId) => {
      const isSame = ({ meterPan }: RecordedSale): boolean =>
        meterPan === findSale(deps.ledger, saleId)?.meterPan;
      const before = await outcomeBefore(deps, once, requestId, isSame);
      if (before) return before;
      const key = `again ${requestId}`;
      if (once.running(saleId) && !once.running(key)) return UNDER_WAY;
      const again = (): ReturnType<typeof vend> =>
        sellAgain(deps, { saleId, supervisor, reason }, requestId, once);
      return once(key, () => once(replacing(saleId), () => once(saleId, again)));
    },
    isUnderWay: (saleId) => once.running(saleId) !== undefined,
    agreeOnClock: () => agreeOnClock(deps),
    acceptClock: (supervisor, reason) => acceptClock(deps, supervisor, reason),
    closeUnissued: (saleId, supervisor, reason) =>
      // The module may be answering for it at this moment.
      once.running(saleId) ? UNDER_WAY : closeUnissued(deps, saleId, supervisor, reason),
  };
}

/** A sale in doubt that is closed as unissued in the commit that makes the intent of the one in its place. */
type Replaced = { readonly saleId: SaleId; readonly supervisor: SignedInOperator; readonly reason: string };

async function vend(
  deps: VendingDeps,
  request: VendRequest,
  operator: SignedInOperator,
  once: Once<RecordedSale>,
  replaced?: Replaced,
): Promise<Result<RecordedSale, CallFault>> {
  const isSame = (sale: RecordedSale): boolean => isSameRequest(deps, sale, request);
  const before = await outcomeBefore(deps, once, request.requestId, isSame);
  if (before) return before;
  const module = await readyModule(deps);
  if (!module.ok) return module;
  const instead = replaced && replacedBy(deps, replaced);
  if (instead && !instead.ok) return instead;
  const { tender } = request;
  const order = { items: [request], tender, basketId: null, instead: instead?.value };
  const intended = await intend(deps, module.value, order, operator);
  // Another request may have made a sale under this id meanwhile.
  if (!intended.ok) return (await outcomeBefore(deps, once, request.requestId, isSame)) ?? intended;
  const [sale] = intended.value;
  assert(sale, 'an order of one sale makes one');
  // From here on the sale can be asked for by its own id too: whoever does joins this run.
  const attempt = { operator, kind: 'first' } as const;
  return once(sale.saleId, () => finish(deps, module.value, sale, attempt));
}

/** A request id belongs to what was asked with it: anything else under it is a mistake, never a sale. */
function isSameRequest(deps: VendingDeps, sale: RecordedSale, request: VendRequest): boolean {
  const paid = resolveTender(deps.settings, request.tender, sale.amountMinor);
  return isSameItem(sale, request) && sale.basket === null && paid.ok && isPaidSo(sale.tender, paid.value);
}

async function sellAgain(
  deps: VendingDeps,
  replaced: Replaced,
  requestId: string,
  once: Once<RecordedSale>,
): Promise<Result<RecordedSale, CallFault>> {
  const request = requestAgain(deps, replaced.saleId, requestId);
  if (!request) return refuse('sale-unknown');
  return request.ok ? vend(deps, request.value, replaced.supervisor, once, replaced) : request;
}

/** How the sale that is replaced is closed, once it is known that it may be. */
function replacedBy(
  deps: VendingDeps,
  { saleId, supervisor, reason }: Replaced,
): Result<NonNullable<Order['instead']>, CallFault> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  const drawer = checkUnissued(deps, sale, supervisor);
  if (!drawer.ok) return drawer;
  const by = { reason, drawer: drawer.value };
  // At the new sale's time: one that came behind it would be behind the books.
  const moment = (nowUnixMs: number): Moment => ({ ...momentOf(deps, supervisor), nowUnixMs });
  const close = (tx: LedgerTx, nowUnixMs: number): void => writeUnissuedSale(moment(nowUnixMs), tx, sale, by);
  return ok({ saleId, drawer: drawer.value, close });
}

/** What a sale in doubt asked for, priced by what holds now: what a supervisor sells again. */
function requestAgain(
  deps: VendingDeps,
  saleId: SaleId,
  requestId: string,
): Result<VendRequest, CallFault> | undefined {
  const sale = findSale(deps.ledger, saleId);
  const meter = sale && findMeter(deps.directory, sale.meterPan);
  if (!sale || !meter) return undefined;
  if (sale.order.kind !== 'credit')
    return refuse('sell-again-purchases', { receiptNumber: sale.receiptNumber });
  const quote = bookingOf(sale);
  const asked = amountMinor(quote.amountMinor);
  const priced = priceSale(deps, meter, asked, deps.now());
  if (!priced.ok) return priced;
  return ok({
    requestId,
    pan: sale.meterPan,
    amountMinor: asked,
    quotedUnitsTenths: priced.value.unitsTenths,
    quotedDueMinor: amountMinor(priced.value.quote.tenderMinor),
    tender: tenderAgain(sale.tender),
    acknowledged: WARNINGS,
  });
}

async function ask(
  deps: VendingDeps,
  saleId: SaleId,
  attempt: Attempt,
): Promise<Result<RecordedSale, CallFault>> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.step !== 'intended' && sale.step !== 'in-doubt') return outcomeOf(sale);
  if (!tokensAsked(sale)) return recordTokenless(deps, sale, attempt);
  const askedOf = moduleAskedOf(deps.ledger, saleId);
  // Nobody knows which module was asked: somebody may try the one in use, nothing does so by itself.
  if (askedOf === undefined && attempt.operator === null)
    return refuse('sale-in-doubt', { receiptNumber: sale.receiptNumber }, 'after-recovery');
  const module = await usableModule(deps, askedOf);
  if (!module.ok) return module;
  return finish(deps, module.value, sale, attempt);
}

function closeUnissued(
  deps: VendingDeps,
  saleId: SaleId,
  supervisor: SignedInOperator,
  reason: string,
): Result<RecordedSale, CallFault> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.step === 'unissued') return ok(sale);
  const drawer = checkUnissued(deps, sale, supervisor);
  if (!drawer.ok) return drawer;
  return written(deps, saleId, (tx) =>
    writeUnissuedSale(momentOf(deps, supervisor), tx, sale, { reason, drawer: drawer.value }),
  );
}

/** Whether a sale may be closed as unissued; gives the drawer that its money comes out of. */
function checkUnissued(
  deps: VendingDeps,
  sale: RecordedSale,
  supervisor: SignedInOperator,
): Result<Shift | null, CallFault> {
  if (sale.step !== 'intended' && sale.step !== 'in-doubt')
    return refuse('sale-not-in-doubt', { receiptNumber: sale.receiptNumber });
  const own = shiftOfSale(deps.ledger, sale.saleId);
  if (!own) return ok(null);
  const paying = payingShift(deps.ledger, own, supervisor.operatorId);
  return paying ? ok(paying) : refuse('no-open-shift', {}, 'safe');
}

function writeUnissuedSale(
  moment: Moment,
  tx: LedgerTx,
  sale: RecordedSale,
  by: { readonly reason: string; readonly drawer: Shift | null },
): void {
  if (sale.step === 'intended') writeInDoubt(tx, moment, sale, 'supervisor');
  writeUnissued(tx, moment, sale, by.reason, by.drawer?.shiftId ?? null);
}

/**
 * Settles what a power cut or a lost reply left open, oldest first; returns what is still open afterwards. A sale
 * that fails in a way that nobody foresaw stays open, in front of a person: `onUnexpected` is told, and the others
 * are settled all the same.
 */
export async function recoverOpenSales(
  deps: VendingDeps,
  vending: Pick<Vending, 'recover'>,
  onUnexpected: (error: unknown) => void,
): Promise<readonly RecordedSale[]> {
  for (const sale of openSales(deps.ledger)) await vending.recover(sale.saleId, null).catch(onUnexpected);
  return openSales(deps.ledger);
}
