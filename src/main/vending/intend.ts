import type { CallFault, SignedInOperator, TenderRequest } from '../../contract/index.ts';
import { amountMinor, err, ok, type Result, type SaleId } from '../../units/index.ts';
import { findMeter, type MeterRecord } from '../directory/index.ts';
import type { RecordedSale, TenderPart } from '../ledger/index.ts';
import { faultForCall, type VendingKeyAttributes } from '../secure-module/index.ts';
import type { Shift } from '../shifts/index.ts';
import type { LedgerTx } from '../store/index.ts';
import {
  checkCeilings,
  shiftToSellIn,
  writeNewSale,
  type ShiftToSellIn,
  type UsableModule,
} from './begin-sale.ts';
import { sealCustomer, type SealedCustomer } from './book.ts';
import { attempted, findKnown, need, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { warningsOf } from './guards.ts';
import { keyChangeDue } from './key-due.ts';
import {
  checkMeter,
  checkQuoted,
  meterAsKnown,
  prepareSale,
  type PreparedSale,
  type VendItem,
} from './prepare.ts';
import { priceSale, type PricedSale } from './quote-sale.ts';
import { claimReferences, resolveTender, splitTender } from './tender.ts';

/** What is paid for together: one sale, or a basket of them. */
export type Order = {
  readonly items: readonly VendItem[];
  readonly tender: TenderRequest;
  /** Null for a sale by itself. */
  readonly basketId: string | null;
  /** The sale that this one is sold instead of, by a supervisor's word. */
  readonly instead?:
    | {
        readonly saleId: SaleId;
        /** Where its money lies, which pays for this one; null for a sale from before there were shifts. */
        readonly drawer: Shift | null;
        /** How it is closed in the same commit. */
        readonly close: (tx: LedgerTx, nowUnixMs: number) => void;
      }
    | undefined;
};

type Counter = {
  readonly deps: VendingDeps;
  readonly operator: SignedInOperator;
  /** The drawer that takes the money. */
  readonly shift: ShiftToSellIn | null;
  readonly keys: readonly VendingKeyAttributes[];
  readonly moduleId: string;
  /** Whether key-change tokens are this side's to ask for: a managed module puts them in front by itself. */
  readonly changesKeys: boolean;
  readonly nowUnixMs: number;
};

/**
 * Checks everything that can be checked beforehand, then makes the intents durable, all in one commit: with one
 * refused none is kept. Returns the sales in the order's order.
 */
export async function intend(
  deps: VendingDeps,
  { module, moduleId }: UsableModule,
  order: Order,
  operator: SignedInOperator,
): Promise<Result<readonly RecordedSale[], CallFault>> {
  const keys = await module.listKeys();
  if (!keys.ok) return err(faultForCall(keys.error));
  // No money moves where a sale is sold again: it lies in a drawer already.
  const shift = order.instead ? ok(order.instead.drawer) : shiftToSellIn(deps, operator);
  if (!shift.ok) return shift;
  // From here to the commit nothing waits: no other sale can come between the checks and the intents.
  const disk = deps.diskFault();
  if (disk) return err(disk);
  const changesKeys = module.level === 'primitive' && module.capabilities.keyChange;
  const nowUnixMs = deps.now();
  const sold = { operator, shift: shift.value, keys: keys.value, moduleId, changesKeys, nowUnixMs };
  const counter: Counter = { deps, ...sold };
  const made = attempted(() => {
    // The books as they are without the sale that is replaced can be seen only behind its end; all others are priced
    // before the books are held.
    const before = order.instead ? undefined : prepareAll(counter, order);
    return deps.ledger.transaction((tx) => {
      order.instead?.close(tx, nowUnixMs);
      return writeAll(counter, tx, order, before ?? prepareAll(counter, order));
    });
  });
  return made.ok ? ok(made.value.map((saleId) => findKnown(deps.ledger, saleId))) : made;
}

/** A sale with all that has to be known of it before the first of its order is written. */
type ReadySale = {
  readonly prepared: PreparedSale;
  readonly customer: SealedCustomer;
  readonly parts: readonly TenderPart[];
  /** The warnings that were gone past. */
  readonly acknowledged: readonly string[];
};

function prepareAll(counter: Counter, order: Order): readonly ReadySale[] {
  const priced = priceAll(counter, order.items);
  const shares = payAll(counter, order, priced);
  return priced.map((each, index) => ({
    customer: sealCustomer(each.meter.customer, counter.deps.random(16)),
    parts: shares[index] ?? [],
    acknowledged: need(checkGuards(counter, each)),
    prepared: need(prepare(counter, each)),
  }));
}

type Priced = {
  readonly item: VendItem;
  readonly meter: MeterRecord;
  readonly key: VendingKeyAttributes;
  readonly priced: PricedSale;
};

function priceAll({ deps, keys, nowUnixMs }: Counter, items: readonly VendItem[]): readonly Priced[] {
  if (new Set(items.map(({ pan }) => pan)).size < items.length) need(refuse('basket-meter-twice'));
  return items.map((item) => {
    const listed = findMeter(deps.directory, item.pan);
    const meter = meterAsKnown(
      deps.ledger,
      need(listed ? ok(listed) : refuse('meter-unknown', { meter: item.pan })),
    );
    const key = need(checkMeter(deps.ledger, meter, keys));
    const priced = need(priceSale(deps, meter, item.amountMinor, nowUnixMs));
    need(checkQuoted(item, priced));
    return { item, meter, key, priced };
  });
}

/** Each sale's parts of the payment. */
function payAll(
  { deps }: Counter,
  { tender, items, instead }: Order,
  priced: readonly Priced[],
): readonly (readonly TenderPart[])[] {
  const { ledger, settings } = deps;
  const dues = priced.map((each) => each.priced.quote.tenderMinor);
  const due = dues.reduce((sum, minor) => sum + minor, 0);
  const parts = need(resolveTender(settings, tender, due));
  const claim = { pans: items.map(({ pan }) => pan), instead: instead?.saleId };
  return splitTender(need(claimReferences(ledger, settings, parts, claim)), dues);
}

/** Ceilings count what the order's earlier sales took, since those are written by then. */
function writeAll(
  { deps, operator, shift, moduleId, nowUnixMs }: Counter,
  tx: LedgerTx,
  { basketId }: Order,
  sales: readonly ReadySale[],
): readonly SaleId[] {
  const firstWith = new Map<string, SaleId>();
  let open = shift;
  return sales.map(({ prepared, customer, parts, acknowledged }, index) => {
    const limited = { pan: prepared.meterPan, amountMinor: prepared.amountMinor, nowUnixMs };
    if (index > 0) need(checkCeilings(deps, limited, operator));
    const tender = carriedOn(firstWith, prepared.saleId, parts);
    const basket = basketId === null ? null : { basketId, position: index + 1, size: sales.length };
    const facts = { ...prepared, tender, basket };
    writeNewSale(deps, tx, { facts, customer, operator, shift: open, acknowledged, moduleId });
    if (open === 'to-open') open = need(shiftToSellIn(deps, operator));
    return facts.saleId;
  });
}

/** A payment that pays several sales stands with the first of them, and is carried on to the others. */
function carriedOn(
  firstWith: Map<string, SaleId>,
  saleId: SaleId,
  parts: readonly TenderPart[],
): readonly TenderPart[] {
  return parts.map((part) => {
    if (part.reference === null) return part;
    const key = `${part.account} ${part.reference}`;
    const first = firstWith.get(key);
    if (first === undefined) firstWith.set(key, saleId);
    return first === undefined ? part : { ...part, carriedFrom: first };
  });
}

function prepare(
  { deps, operator, keys, changesKeys, nowUnixMs }: Counter,
  { item, meter, key, priced }: Priced,
): Result<PreparedSale, CallFault> {
  const change = changesKeys && priced.unitsTenths > 0 ? keyChangeDue(deps.settings, meter, keys) : null;
  return prepareSale({ ...deps, nowUnixMs }, item, operator, meter, key, priced, change);
}

/** The station's ceilings, then what is asked once: the warnings that were gone past are kept with the sale. */
function checkGuards(
  { deps, operator, nowUnixMs }: Counter,
  { item, meter, priced }: Priced,
): Result<readonly string[], CallFault> {
  const sale = { pan: item.pan, amountMinor: amountMinor(priced.quote.tenderMinor), nowUnixMs };
  const ceilings = checkCeilings(deps, sale, operator);
  if (!ceilings.ok) return ceilings;
  const warnings = warningsOf(deps, meter, sale);
  const unasked = warnings.find((warning) => !item.acknowledged?.includes(warning.id));
  if (!unasked) return ok(warnings.map((warning) => warning.id));
  // In a basket the answer is about this meter and no other.
  const { pan, meterNumber } = meter;
  return refuse(unasked.id, { ...unasked.params, pan, meter: meterNumber }, 'safe');
}
