import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import { err, makeId, ok, type AmountMinor, type Result } from '../../units/index.ts';
import {
  businessDateOf,
  findSale,
  findSaleByRequest,
  mainTender,
  receivedOf,
  saleIdsOfBasket,
  salesToClose,
  type Moment,
  type RecordedSale,
  type SaleFacts,
} from '../ledger/index.ts';
import { faultForCall, type SecureModule } from '../secure-module/index.ts';
import { openTrainingShift, sellingShift, shiftSettings, type Shift } from '../shifts/index.ts';
import type { LedgerTx } from '../store/index.ts';
import { isModuleStopped, writeIntent, type SealedCustomer } from './book.ts';
import { checkAllowance } from './check-allowance.ts';
import { agreeOnClock } from './clock.ts';
import { need, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { checkLimits } from './limits.ts';
import { replacing, type Once } from './once.ts';
import { nextReceiptNumber } from './prepare.ts';

/** A module that may be asked, by a clock that may be sold by. */
export async function readyModule(deps: VendingDeps): Promise<Result<UsableModule, CallFault>> {
  const clock = await agreeOnClock(deps);
  return clock.ok ? usableModule(deps) : clock;
}

/** A module that has said who it is. */
export type UsableModule = { readonly module: SecureModule; readonly moduleId: string };

/** The module in use, or the one that was asked before and no other; unless it may not be used any more. */
export async function usableModule(
  deps: VendingDeps,
  askedOf?: string,
): Promise<Result<UsableModule, CallFault>> {
  const module = deps.module(askedOf);
  if (!module.ok) return module;
  const identity = await module.value.identify();
  if (!identity.ok) return err(faultForCall(identity.error));
  const { moduleId } = identity.value;
  return isModuleStopped(deps.ledger, moduleId)
    ? refuse('module-stopped')
    : ok({ module: module.value, moduleId });
}

/** The drawer that takes a sale's money, or `to-open`: a training till opens one with its first sale. */
export type ShiftToSellIn = Shift | 'to-open';

export function shiftToSellIn(
  { ledger, settings }: VendingDeps,
  { operatorId }: SignedInOperator,
): Result<ShiftToSellIn, CallFault> {
  const shift = sellingShift(ledger, operatorId);
  if (shift.ok) return shift;
  const opens = settings.profile === 'training' && shift.error.code === 'no-open-shift';
  return opens ? ok('to-open') : shift;
}

/** A training till sells at once: its shift opens with the first sale. */
function beginTraining(
  deps: VendingDeps,
  tx: LedgerTx,
  moment: Moment,
  { operatorId }: SignedInOperator,
): Shift {
  const { settings, random } = deps;
  return openTrainingShift(tx, moment, shiftSettings(settings), {
    shiftId: makeId<'shift'>(moment.nowUnixMs, random(10)),
    operatorId,
    currency: settings.currency.code,
  });
}

/** A sale that passed every check: what is left is to write it down. */
export type NewSale = {
  readonly facts: Omit<SaleFacts, 'customerDigest' | 'receiptNumber' | 'tenderAccount' | 'receivedMinor'>;
  readonly customer: SealedCustomer;
  readonly operator: SignedInOperator;
  /** Null for a sale that moves no money. */
  readonly shift: ShiftToSellIn | null;
  readonly acknowledged: readonly string[];
  /** Which module is asked for its tokens; null for a sale without any. */
  readonly moduleId: string | null;
};

/** The intent, with the last step of what was sold before it where the next customer begins with it. */
export function writeNewSale(deps: VendingDeps, tx: LedgerTx, sale: NewSale): void {
  const { settings } = deps;
  const { facts, customer, operator, shift, acknowledged, moduleId } = sale;
  const { atUnixMs: nowUnixMs } = facts;
  const moment: Moment = { nowUnixMs, zone: settings.zone, operatorId: operator.operatorId };
  // It was free before; another request may have made a sale under this id meanwhile.
  const taken = saleUnder(tx, facts);
  if (taken) need(refuse('request-differs', { receiptNumber: taken.receiptNumber }));
  const closes = (facts.basket?.position ?? 1) === 1 ? nextCustomer(deps, tx) : [];
  const receiptNumber = nextReceiptNumber(tx, settings.stationId);
  const opened = shift === 'to-open' ? beginTraining(deps, tx, moment, operator) : shift;
  const written: SaleFacts = {
    ...facts,
    receiptNumber,
    customerDigest: customer.digest,
    tenderAccount: mainTender(facts.tender),
    receivedMinor: receivedOf(facts.tender),
  };
  const shiftId = opened?.shiftId ?? null;
  writeIntent(tx, moment, written, { customer, closes, acknowledged, shiftId, moduleId });
}

/** A sale that the request, or the first of its basket, has made already. */
function saleUnder(tx: LedgerTx, { requestId, basket }: NewSale['facts']): RecordedSale | undefined {
  const [first] = basket?.position === 1 ? saleIdsOfBasket(tx, basket.basketId) : [];
  return findSaleByRequest(tx, requestId) ?? (first && findSale(tx, first));
}

/** What was shown to the last customer is done with. */
function nextCustomer(deps: VendingDeps, tx: LedgerTx): ReturnType<typeof salesToClose> {
  deps.beginSale(tx);
  return salesToClose(tx);
}

/** What head office lets the station sell, and the station's own ceilings. */
export function checkCeilings(
  { ledger, settings }: VendingDeps,
  sale: { readonly pan: string; readonly amountMinor: AmountMinor; readonly nowUnixMs: number },
  { operatorId }: SignedInOperator,
): Result<true, CallFault> {
  const { pan, amountMinor, nowUnixMs } = sale;
  const allowance = checkAllowance(ledger, settings, amountMinor, nowUnixMs);
  if (!allowance.ok) return allowance;
  const businessDate = businessDateOf(nowUnixMs, settings.zone);
  return checkLimits(ledger, settings, { pan, amountMinor, businessDate, operatorId });
}

/**
 * What an earlier request under the same id has come to, where it asked for the same; undefined where there is none.
 * A sale that is being made at this moment is waited for; one in whose place another is being made answers as it stands.
 */
export async function outcomeBefore(
  { ledger }: Pick<VendingDeps, 'ledger'>,
  once: Once<RecordedSale>,
  requestId: string,
  isSame: (sale: RecordedSale) => boolean,
): Promise<Result<RecordedSale, CallFault> | undefined> {
  const earlier = findSaleByRequest(ledger, requestId);
  if (!earlier) return undefined;
  if (!isSame(earlier)) return refuse('request-differs', { receiptNumber: earlier.receiptNumber });
  const isReplaced = once.running(replacing(earlier.saleId)) !== undefined;
  return (isReplaced ? undefined : once.running(earlier.saleId)) ?? outcomeOf(earlier);
}

/** What a sale that exists already answers to the request that made it. */
export function outcomeOf(sale: RecordedSale): Result<RecordedSale, CallFault> {
  switch (sale.step) {
    case 'intended':
    case 'in-doubt':
      return refuse('sale-in-doubt', { receiptNumber: sale.receiptNumber }, 'after-recovery');
    case 'void':
      return refuse('sale-void', { receiptNumber: sale.receiptNumber });
    case 'unissued':
      return refuse('sale-unissued', { receiptNumber: sale.receiptNumber });
    default:
      return ok(sale);
  }
}
