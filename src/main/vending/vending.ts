import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import { amountMinor, err, ok, type Result, type SaleId } from '../../units/index.ts';
import { findMeter } from '../directory/index.ts';
import { findSale, findSaleByRequest, openSales, type RecordedSale } from '../ledger/index.ts';
import { faultForCall } from '../secure-module/index.ts';
import { openShifts, shiftOfSale } from '../shifts/index.ts';
import type { LedgerTx } from '../store/index.ts';
import {
  checkCeilings,
  outcomeOf,
  shiftToSellIn,
  usableModule,
  writeNewSale,
  type Once,
  type UsableModule,
} from './begin-sale.ts';
import { moduleAskedOf, writeInDoubt, writeUnissued } from './book.ts';
import { acceptClock, agreeOnClock } from './clock.ts';
import { decided, momentOf, written, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { finish, recordTokenless, type Attempt } from './finish.ts';
import { WARNINGS, warningsOf } from './guards.ts';
import type { OrderRequest } from './orders.ts';
import { placeOrder } from './place-order.ts';
import { checkMeter, checkTender, meterAsKnown, prepareSale, type VendRequest } from './prepare.ts';
import { bookingOf, priceSale } from './quote-sale.ts';
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
  /** Whether this station's clock is one to work by; asks the module, and notes that it agreed. */
  readonly agreeOnClock: () => Promise<Result<true, CallFault>>;
  /** A supervisor answers for a clock that jumped ahead, or is apart from the module's. */
  readonly acceptClock: (supervisor: SignedInOperator, reason: string) => Promise<Result<true, CallFault>>;
};

export function createVending(deps: VendingDeps): Vending {
  const inFlight = new Map<string, Promise<Result<RecordedSale, CallFault>>>();
  /** One run per sale at a time: a repeated key or a repeated request joins the one that is under way. */
  const once: Once = (key, work) => {
    const running = inFlight.get(key);
    if (running) return running;
    const started = work().finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };
  const sell: Vending['vend'] = (request, operator) =>
    once(JSON.stringify(request), () => vend(deps, request, operator, once));
  return {
    vend: sell,
    order: (request, operator) =>
      once(JSON.stringify(request), () => placeOrder(deps, request, operator, once)),
    recover: (saleId, operator) => once(saleId, () => ask(deps, saleId, { operator, kind: 'again' })),
    giveUp: (saleId, operator) => once(saleId, () => ask(deps, saleId, { operator, kind: 'give-up' })),
    sellAgain: async (saleId, supervisor, reason, requestId) => {
      const earlier = findSaleByRequest(deps.ledger, requestId);
      if (earlier) return outcomeOf(earlier);
      const key = `again ${requestId}`;
      if (inFlight.has(saleId) && !inFlight.has(key)) return refuse('sale-under-way', {}, 'safe');
      const again = (): ReturnType<typeof vend> =>
        sellAgain(deps, { saleId, supervisor, reason }, requestId, once);
      return once(key, () => once(saleId, again));
    },
    agreeOnClock: () => agreeOnClock(deps),
    acceptClock: (supervisor, reason) => acceptClock(deps, supervisor, reason),
    closeUnissued: (saleId, supervisor, reason) =>
      // The module may be answering for it at this moment.
      inFlight.has(saleId)
        ? refuse('sale-under-way', {}, 'safe')
        : closeUnissued(deps, saleId, supervisor, reason),
  };
}

/** A sale in doubt that is closed as unissued in the commit that makes the intent of the one in its place. */
type Replaced = { readonly saleId: SaleId; readonly supervisor: SignedInOperator; readonly reason: string };

async function vend(
  deps: VendingDeps,
  request: VendRequest,
  operator: SignedInOperator,
  once: Once,
  replaced?: Replaced,
): Promise<Result<RecordedSale, CallFault>> {
  const earlier = findSaleByRequest(deps.ledger, request.requestId);
  if (earlier)
    return isSameRequest(earlier, request)
      ? outcomeOf(earlier)
      : refuse('request-differs', { receiptNumber: earlier.receiptNumber });
  const clock = await agreeOnClock(deps);
  if (!clock.ok) return clock;
  const module = await usableModule(deps);
  if (!module.ok) return module;
  const intended = await intend(deps, module.value, request, operator, replaced);
  if (!intended.ok) return intended;
  // From here on the sale can be asked for by its own id too: whoever does joins this run.
  const { saleId } = intended.value;
  const attempt = { operator, kind: 'first' } as const;
  return once(saleId, () => finish(deps, module.value.module, intended.value, attempt));
}

/** A request id belongs to what was asked with it: anything else under it is a mistake, never a sale. */
function isSameRequest(sale: RecordedSale, request: VendRequest): boolean {
  const quote = bookingOf(sale);
  const asked = [request.pan, request.amountMinor, request.tender.receivedMinor];
  const had = [sale.meterPan, quote.amountMinor, sale.receivedMinor];
  return sale.order.kind === 'credit' && JSON.stringify(asked) === JSON.stringify(had);
}

async function sellAgain(
  deps: VendingDeps,
  replaced: Replaced,
  requestId: string,
  once: Once,
): Promise<Result<RecordedSale, CallFault>> {
  const request = requestAgain(deps, replaced.saleId, requestId);
  if (!request) return refuse('sale-unknown');
  return request.ok ? vend(deps, request.value, replaced.supervisor, once, replaced) : request;
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
    tender: { kind: 'cash', receivedMinor: sale.receivedMinor },
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
  const module = await usableModule(deps, moduleAskedOf(deps.ledger, saleId));
  if (!module.ok) return module;
  return finish(deps, module.value.module, sale, attempt);
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
    writeUnissuedSale(deps, tx, sale, { supervisor, reason, drawer: drawer.value }),
  );
}

/** Whether a sale may be closed as unissued; gives the drawer that its money comes out of. */
function checkUnissued(
  deps: VendingDeps,
  sale: RecordedSale,
  supervisor: SignedInOperator,
): Result<string | null, CallFault> {
  if (sale.step === 'intended' || sale.step === 'in-doubt') return payingShift(deps, sale.saleId, supervisor);
  return refuse('sale-not-in-doubt', { receiptNumber: sale.receiptNumber });
}

function writeUnissuedSale(
  deps: VendingDeps,
  tx: LedgerTx,
  sale: RecordedSale,
  by: { readonly supervisor: SignedInOperator; readonly reason: string; readonly drawer: string | null },
): void {
  const moment = momentOf(deps, by.supervisor);
  if (sale.step === 'intended') writeInDoubt(tx, moment, sale, 'supervisor');
  writeUnissued(tx, moment, sale, by.reason, by.drawer);
}

/** The drawer that money is given back from: the sale's own while it sells, else one that is open now. */
function payingShift(
  deps: VendingDeps,
  saleId: SaleId,
  supervisor: SignedInOperator,
): Result<string | null, CallFault> {
  const own = shiftOfSale(deps.ledger, saleId);
  if (!own) return ok(null);
  const open = openShifts(deps.ledger).filter(({ step }) => step === 'opened');
  const paying =
    open.find(({ shiftId }) => shiftId === own.shiftId) ??
    open.find(({ operatorId }) => operatorId === supervisor.operatorId) ??
    open[0];
  return paying ? ok(paying.shiftId) : refuse('no-open-shift', {}, 'safe');
}

/** Checks everything that can be checked beforehand, then makes the intent durable. */
async function intend(
  deps: VendingDeps,
  { module, moduleId }: UsableModule,
  request: VendRequest,
  operator: SignedInOperator,
  replaced?: Replaced,
): Promise<Result<RecordedSale, CallFault>> {
  const keys = await module.listKeys();
  if (!keys.ok) return err(faultForCall(keys.error));
  // From here to the commit nothing waits: no other sale can come between the checks and the intent.
  const disk = deps.diskFault();
  if (disk) return err(disk);
  const check = (): Result<Intent, CallFault> =>
    checkIntent(deps, { keys: keys.value, moduleId }, request, operator);
  if (replaced) return replace(deps, replaced, check);
  const intent = check();
  if (!intent.ok) return intent;
  return written(deps, intent.value.saleId, (tx) => intent.value.write(tx));
}

/** Closes one sale and makes the intent of the next in one commit; a refusal of the next undoes both. */
function replace(
  deps: VendingDeps,
  { saleId, supervisor, reason }: Replaced,
  check: () => Result<Intent, CallFault>,
): Result<RecordedSale, CallFault> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  const drawer = checkUnissued(deps, sale, supervisor);
  if (!drawer.ok) return drawer;
  return decided(deps, (tx) => {
    writeUnissuedSale(deps, tx, sale, { supervisor, reason, drawer: drawer.value });
    // The checks see the books as they are without the sale that is replaced.
    const intent = check();
    if (intent.ok) intent.value.write(tx);
    return intent;
  });
}

/** A sale that passed every check, and the one thing that is left to do: writing it down. */
type Intent = { readonly saleId: SaleId; readonly write: (tx: LedgerTx) => void };

/** Every check of a sale that needs the module's keys and nothing else that would have to be waited for. */
function checkIntent(
  deps: VendingDeps,
  { keys, moduleId }: { readonly keys: Parameters<typeof checkMeter>[2]; readonly moduleId: string },
  request: VendRequest,
  operator: SignedInOperator,
): Result<Intent, CallFault> {
  const { ledger, settings } = deps;
  const shift = shiftToSellIn(deps, operator);
  if (!shift.ok) return shift;
  const nowUnixMs = deps.now();
  const listed = findMeter(deps.directory, request.pan);
  if (!listed) return refuse('meter-unknown', { meter: request.pan });
  const meter = meterAsKnown(ledger, listed);
  const key = checkMeter(ledger, meter, keys);
  if (!key.ok) return key;
  const priced = priceSale(deps, meter, request.amountMinor, nowUnixMs);
  if (!priced.ok) return priced;
  const tender = checkTender(settings, request, priced.value);
  if (!tender.ok) return tender;
  const dueMinor = amountMinor(priced.value.quote.tenderMinor);
  const guarded = checkGuards(deps, { ...request, amountMinor: dueMinor }, operator, nowUnixMs);
  if (!guarded.ok) return guarded;
  const facts = prepareSale({ ...deps, nowUnixMs }, request, operator, meter, key.value, priced.value);
  if (!facts.ok) return facts;
  const write = (tx: LedgerTx): void =>
    writeNewSale(deps, tx, {
      facts: facts.value,
      meter,
      operator,
      shift: shift.value,
      acknowledged: guarded.value,
      moduleId,
    });
  return ok({ saleId: facts.value.saleId, write });
}

/** The station's ceilings, then what is asked once: the warnings that were gone past are kept with the sale. */
function checkGuards(
  deps: VendingDeps,
  request: VendRequest,
  operator: SignedInOperator,
  nowUnixMs: number,
): Result<readonly string[], CallFault> {
  const { ledger, settings } = deps;
  const { pan } = request;
  const ceilings = checkCeilings(deps, { pan, amountMinor: request.amountMinor, nowUnixMs }, operator);
  if (!ceilings.ok) return ceilings;
  const warnings = warningsOf(ledger, settings, { pan, amountMinor: request.amountMinor, nowUnixMs });
  const unasked = warnings.find((warning) => !request.acknowledged?.includes(warning.id));
  return unasked ? refuse(unasked.id, unasked.params, 'safe') : ok(warnings.map((warning) => warning.id));
}

/** Settles what a power cut or a lost reply left open, oldest first; returns what is still open afterwards. */
export async function recoverOpenSales(
  deps: VendingDeps,
  vending: Vending,
): Promise<readonly RecordedSale[]> {
  for (const sale of openSales(deps.ledger)) await vending.recover(sale.saleId, null);
  return openSales(deps.ledger);
}
