import type { CallFault, SignedInOperator, TenderRequest } from '../../contract/index.ts';
import { ok, type Result } from '../../units/index.ts';
import { findSaleByRequest, OPEN_STEPS, saleIdsOfBasket, type RecordedSale } from '../ledger/index.ts';
import { readyModule, usableModule } from './begin-sale.ts';
import { findKnown, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { finish, voidSale } from './finish.ts';
import { intend } from './intend.ts';
import type { Once } from './once.ts';
import { isSameItem, type VendItem } from './prepare.ts';
import { isPaidSo, resolveTender, splitTender } from './tender.ts';

export type BasketRequest = {
  /** The basket's own; each item has one too. */
  readonly requestId: string;
  readonly items: readonly VendItem[];
  readonly tender: TenderRequest;
};

/**
 * Sells to several meters with one payment: the intents in one commit, then each sale by itself. The same request
 * gets the sales of the first time, as they stand.
 */
export async function vendBasket(
  deps: VendingDeps,
  request: BasketRequest,
  operator: SignedInOperator,
  runs: Runs,
): Promise<Result<readonly RecordedSale[], CallFault>> {
  const before = await salesBefore(deps, request, runs);
  if (before) return before;
  const { requestId, items, tender } = request;
  const module = await readyModule(deps);
  if (!module.ok) return module;
  const intended = await intend(deps, module.value, { items, tender, basketId: requestId }, operator);
  // Another request may have made sales under these ids meanwhile.
  if (!intended.ok) return (await salesBefore(deps, request, runs)) ?? intended;
  // From here on the basket can be asked for by its own id too: whoever does waits for all of it.
  return runs.baskets(requestId, async () => {
    await finishEach(deps, intended.value, { operator, moduleId: module.value.moduleId }, runs.once);
    return ok(intended.value.map(({ saleId }) => findKnown(deps.ledger, saleId)));
  });
}

/** What is under way: sales by their ids, and baskets by theirs. */
type Runs = { readonly once: Once<RecordedSale>; readonly baskets: Once<readonly RecordedSale[]> };

/**
 * What an earlier request under the same ids has made, where it asked for the same; undefined where there is none. A
 * basket that is being sold at this moment is waited for.
 */
async function salesBefore(
  deps: VendingDeps,
  request: BasketRequest,
  { baskets }: Runs,
): Promise<Result<readonly RecordedSale[], CallFault> | undefined> {
  const { requestId, items } = request;
  const earlier = saleIdsOfBasket(deps.ledger, requestId).map((saleId) => findKnown(deps.ledger, saleId));
  const [first] = earlier;
  if (first)
    return isSameBasket(deps, earlier, request)
      ? (baskets.running(requestId) ?? ok(earlier))
      : refuse('request-differs', { receiptNumber: first.receiptNumber });
  const taken = items.map((item) => findSaleByRequest(deps.ledger, item.requestId)).find((sale) => sale);
  return taken && refuse('request-differs', { receiptNumber: taken.receiptNumber });
}

/**
 * One sale after the other. After one whose outcome is not known the module is asked for nothing more: what it was
 * not asked for has no token, which is certain, and its money goes back.
 */
async function finishEach(
  deps: VendingDeps,
  sales: readonly RecordedSale[],
  { operator, moduleId }: { readonly operator: SignedInOperator; readonly moduleId: string },
  once: Once<RecordedSale>,
): Promise<void> {
  let inDoubt = false;
  for (const { saleId } of sales) {
    const module = inDoubt ? refuse('basket-stopped') : await usableModule(deps, moduleId);
    await once(saleId, async () => {
      const sale = findKnown(deps.ledger, saleId);
      // Somebody may have asked for it meanwhile.
      if (sale.step !== 'intended') return ok(sale);
      return module.ok
        ? finish(deps, module.value, sale, { operator, kind: 'first' })
        : voidSale(deps, sale, module.error, operator);
    });
    inDoubt ||= OPEN_STEPS.includes(findKnown(deps.ledger, saleId).step);
  }
}

function isSameBasket(
  deps: VendingDeps,
  sales: readonly RecordedSale[],
  { items, tender }: BasketRequest,
): boolean {
  const dues = sales.map((sale) => sale.amountMinor);
  const due = dues.reduce((sum, minor) => sum + minor, 0);
  const paid = resolveTender(deps.settings, tender, due);
  if (!paid.ok || sales.length !== items.length) return false;
  const shares = splitTender(paid.value, dues);
  return sales.every(
    (sale, index) => isSameItem(sale, items[index]!) && isPaidSo(sale.tender, shares[index] ?? []),
  );
}
