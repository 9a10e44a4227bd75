import type { CallFault, SignedInOperator, StationSettings } from '../../contract/index.ts';
import { tidOfMinute } from '../../sts/index.ts';
import {
  amountMinor,
  assert,
  civilFromMinutes,
  err,
  makeId,
  ok,
  type MessageId,
  type Resource,
  type Result,
  type SaleId,
} from '../../units/index.ts';
import { findMeter } from '../directory/index.ts';
import {
  businessDateOf,
  findSale,
  findSaleByRequest,
  lastRecordedSale,
  openSales,
  type Moment,
  type RecordedSale,
  type SaleFacts,
  type TokenFacts,
} from '../ledger/index.ts';
import {
  faultForCall,
  locksVending,
  type CreditRequest,
  type ModuleFault,
  type SecureModule,
} from '../secure-module/index.ts';
import {
  openShifts,
  openTrainingShift,
  sellingShift,
  shiftOfSale,
  shiftSettings,
  type Shift,
} from '../shifts/index.ts';
import { StorageError, type DirectoryReader, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import {
  customerDigest,
  isModuleStopped,
  writeClosed,
  writeInDoubt,
  writeIntent,
  writeModuleStopped,
  writeRecorded,
  writeUnissued,
  writeVoid,
} from './book.ts';
import { checkAllowance } from './check-allowance.ts';
import { checkTokens, type TokenMismatch } from './check-tokens.ts';
import { refuse } from './faults.ts';
import { warningsOf } from './guards.ts';
import { checkLimits } from './limits.ts';
import {
  checkMeter,
  checkTender,
  nextReceiptNumber,
  prepareSale,
  type StoredMeter,
  type VendRequest,
} from './prepare.ts';
import { priceSale, type StoredPricing } from './quote-sale.ts';

export type VendingDeps = {
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryReader;
  readonly settings: StationSettings;
  /** The module in use, or the reason why there is none. */
  readonly module: () => Result<SecureModule, CallFault>;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Why the disk takes no further sale, or null. */
  readonly diskFault: () => CallFault | null;
  /** The next customer is here: written with the intent. */
  readonly beginSale: (tx: LedgerTx) => void;
  /** Writes the slip's print job, in the transaction that records the outcome. */
  readonly queueSlip: (tx: LedgerTx, sale: RecordedSale, operatorName: string) => void;
  /** The name of an operator for paper and screen. */
  readonly operatorName: (operatorId: string) => string;
};

export type Vending = {
  /**
   * Sells: intent, token, check, record. The same request id gives the same outcome again. Refusals leave
   * nothing behind; `sale-in-doubt` and `token-mismatch` leave an open sale that `recover` settles.
   */
  readonly vend: (
    request: VendRequest,
    operator: SignedInOperator,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /** Asks the module again for an open sale, with its own message id and token time. */
  readonly recover: (
    saleId: SaleId,
    operator: SignedInOperator | null,
  ) => Promise<Result<RecordedSale, CallFault>>;
  /** A supervisor gives the money back for a sale in doubt whose token nobody has seen. */
  readonly closeUnissued: (
    saleId: SaleId,
    supervisor: SignedInOperator,
    reason: string,
  ) => Result<RecordedSale, CallFault>;
};

/** STS sub-class of class 0 per resource. */
const SUBCLASS: Readonly<Record<Resource, number>> = { electricity: 0, water: 1, gas: 2, time: 3 };

type Once = (
  key: string,
  work: () => Promise<Result<RecordedSale, CallFault>>,
) => Promise<Result<RecordedSale, CallFault>>;

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
  return {
    vend: (request, operator) => once(JSON.stringify(request), () => vend(deps, request, operator, once)),
    recover: (saleId, operator) => once(saleId, () => recover(deps, saleId, operator)),
    closeUnissued: (saleId, supervisor, reason) =>
      // The module may be answering for it at this moment.
      inFlight.has(saleId)
        ? refuse('sale-under-way', {}, 'safe')
        : closeUnissued(deps, saleId, supervisor, reason),
  };
}

async function vend(
  deps: VendingDeps,
  request: VendRequest,
  operator: SignedInOperator,
  once: Once,
): Promise<Result<RecordedSale, CallFault>> {
  const earlier = findSaleByRequest(deps.ledger, request.requestId);
  if (earlier)
    return isSameRequest(earlier, request)
      ? outcomeOf(earlier)
      : refuse('request-differs', { receiptNumber: earlier.receiptNumber });
  const module = await usableModule(deps);
  if (!module.ok) return module;
  const intended = await intend(deps, module.value, request, operator);
  if (!intended.ok) return intended;
  // From here on the sale can be asked for by its own id too: whoever does joins this run.
  const { saleId } = intended.value;
  return once(saleId, () => finish(deps, module.value, intended.value, { operator, firstTry: true }));
}

/** A request id belongs to what was asked with it: anything else under it is a mistake, never a sale. */
function isSameRequest(sale: RecordedSale, request: VendRequest): boolean {
  const { quote } = JSON.parse(sale.quote) as StoredPricing;
  const asked = [request.pan, request.amountMinor, request.tender.receivedMinor];
  return JSON.stringify(asked) === JSON.stringify([sale.meterPan, quote.amountMinor, sale.receivedMinor]);
}

async function recover(
  deps: VendingDeps,
  saleId: SaleId,
  operator: SignedInOperator | null,
): Promise<Result<RecordedSale, CallFault>> {
  const sale = findSale(deps.ledger, saleId);
  if (!sale) return refuse('sale-unknown');
  if (sale.step !== 'intended' && sale.step !== 'in-doubt') return outcomeOf(sale);
  const module = await usableModule(deps);
  if (!module.ok) return module;
  return finish(deps, module.value, sale, { operator, firstTry: false });
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
  if (sale.step !== 'intended' && sale.step !== 'in-doubt') {
    return refuse('sale-not-in-doubt', { receiptNumber: sale.receiptNumber });
  }
  const drawer = payingShift(deps, saleId, supervisor);
  if (!drawer.ok) return drawer;
  return written(deps, saleId, (tx) => {
    const moment = momentOf(deps, supervisor);
    if (sale.step === 'intended') writeInDoubt(tx, moment, sale, 'supervisor');
    writeUnissued(tx, moment, sale, reason, drawer.value);
  });
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

async function usableModule(deps: VendingDeps): Promise<Result<SecureModule, CallFault>> {
  const module = deps.module();
  if (!module.ok) return module;
  const identity = await module.value.identify();
  if (!identity.ok) return err(faultForCall(identity.error));
  return isModuleStopped(deps.ledger, identity.value.moduleId) ? refuse('module-stopped') : module;
}

/** Checks everything that can be checked beforehand, then makes the intent durable. */
async function intend(
  deps: VendingDeps,
  module: SecureModule,
  request: VendRequest,
  operator: SignedInOperator,
): Promise<Result<RecordedSale, CallFault>> {
  const { ledger, settings } = deps;
  const keys = await module.listKeys();
  if (!keys.ok) return err(faultForCall(keys.error));
  const shift = sellingShift(ledger, operator.operatorId);
  const training = settings.profile === 'training' && !shift.ok && shift.error.code === 'no-open-shift';
  if (!shift.ok && !training) return shift;
  // From here to the commit nothing waits: no other sale can come between the checks and the intent.
  const disk = deps.diskFault();
  if (disk) return err(disk);
  const nowUnixMs = deps.now();
  const meter = findMeter(deps.directory, request.pan);
  if (!meter) return refuse('meter-unknown', { meter: request.pan });
  const key = checkMeter(ledger, meter, keys.value);
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
  const salt = deps.random(16);
  const moment: Moment = { nowUnixMs, zone: settings.zone, operatorId: operator.operatorId };
  return written(deps, facts.value.saleId, (tx) => {
    const last = lastRecordedSale(tx);
    if (last?.step === 'recorded') writeClosed(tx, moment, last);
    deps.beginSale(tx);
    const receiptNumber = nextReceiptNumber(tx, settings.stationId);
    const sale: SaleFacts = {
      ...facts.value,
      receiptNumber,
      customerDigest: customerDigest(meter.customer, salt),
    };
    const { shiftId } = shift.ok ? shift.value : beginTraining(deps, tx, moment, operator);
    writeIntent(tx, moment, sale, { customer: meter.customer, salt, acknowledged: guarded.value, shiftId });
  });
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

/** The station's ceilings, then what is asked once: the warnings that were gone past are kept with the sale. */
function checkGuards(
  deps: VendingDeps,
  request: VendRequest,
  operator: SignedInOperator,
  nowUnixMs: number,
): Result<readonly string[], CallFault> {
  const { ledger, settings } = deps;
  const { pan } = request;
  const allowance = checkAllowance(ledger, settings, request.amountMinor, nowUnixMs);
  if (!allowance.ok) return allowance;
  const businessDate = businessDateOf(nowUnixMs, settings.zone);
  const limits = checkLimits(ledger, settings, {
    pan,
    amountMinor: request.amountMinor,
    businessDate,
    operatorId: operator.operatorId,
  });
  if (!limits.ok) return limits;
  const warnings = warningsOf(ledger, settings, { pan, amountMinor: request.amountMinor, nowUnixMs });
  const unasked = warnings.find((warning) => !request.acknowledged?.includes(warning.id));
  return unasked ? refuse(unasked.id, unasked.params, 'safe') : ok(warnings.map((warning) => warning.id));
}

type Attempt = { readonly operator: SignedInOperator | null; readonly firstTry: boolean };

/** From a durable intent to a recorded sale: the same way at the first try and in recovery. */
async function finish(
  deps: VendingDeps,
  module: SecureModule,
  sale: RecordedSale,
  attempt: Attempt,
): Promise<Result<RecordedSale, CallFault>> {
  const { operator } = attempt;
  const name = operator?.name ?? deps.operatorName(sale.operatorId);
  const record = (tokens: readonly TokenFacts[]): Result<RecordedSale, CallFault> =>
    written(deps, sale.saleId, (tx) => {
      writeRecorded(tx, momentOf(deps, operator), sale, tokens);
      deps.queueSlip(tx, findKnown(tx, sale.saleId), name);
    });
  // Money may buy no units at all (a debt takes everything): there is a sale and a slip, and no token.
  if (sale.unitsTenths === 0) return record([]);
  const request = creditRequest(sale);
  const issued = await module.issueCredit(request);
  if (!issued.ok) {
    lockVending(deps, sale, issued.error, operator);
    return notIssued(deps, sale, issued.error, attempt);
  }
  const checked = await checkTokens(module, issued.value, {
    meter: request.meter,
    subclass: SUBCLASS[sale.resource],
    unitsTenths: sale.unitsTenths,
    tokenMinute: sale.tokenMinute,
  });
  if (checked.ok) return record(checked.value);
  // The token exists and nobody has seen it: until it can be checked it is neither sold nor wrong.
  return checked.error.kind === 'not-checked'
    ? inDoubt(deps, sale, checked.error.fault.code, operator)
    : stopModule(deps, sale, issued.value.moduleId, checked.error.mismatch, operator);
}

function creditRequest(sale: RecordedSale): CreditRequest {
  const { keys } = JSON.parse(sale.meter) as StoredMeter;
  const tid = tidOfMinute(keys.baseDate, civilFromMinutes(sale.tokenMinute));
  assert(tid.ok, 'an assigned token time lies within its base date');
  return {
    messageId: sale.messageId as MessageId,
    meter: keys,
    resource: sale.resource,
    unitsTenths: sale.unitsTenths,
    tokenTime: { baseDate: keys.baseDate, tid: tid.value },
  };
}

function notIssued(
  deps: VendingDeps,
  sale: RecordedSale,
  fault: ModuleFault,
  attempt: Attempt,
): Result<RecordedSale, CallFault> {
  const outcome = faultForCall(fault);
  // A sale that is asked for again may have its token from the first time: a refusal then settles nothing.
  if (fault.outcome === 'not-issued' && attempt.firstTry) {
    const moment = momentOf(deps, attempt.operator);
    const shiftId = shiftOfSale(deps.ledger, sale.saleId)?.shiftId ?? null;
    const voided = written(deps, sale.saleId, (tx) => writeVoid(tx, moment, sale, outcome, shiftId));
    return voided.ok ? err(outcome) : voided;
  }
  return inDoubt(deps, sale, fault.code, attempt.operator);
}

/** Whether there is a token is not known, or not proven: the sale waits to be asked for again. */
function inDoubt(
  deps: VendingDeps,
  sale: RecordedSale,
  cause: string,
  operator: SignedInOperator | null,
): Result<RecordedSale, CallFault> {
  if (sale.step === 'intended') {
    const moment = momentOf(deps, operator);
    const doubted = written(deps, sale.saleId, (tx) => writeInDoubt(tx, moment, sale, cause));
    if (!doubted.ok) return doubted;
  }
  return refuse('sale-in-doubt', { receiptNumber: sale.receiptNumber }, 'after-recovery');
}

/** A module that was tampered with, or has a fault of its own, sells nothing more until a supervisor clears it. */
function lockVending(
  deps: VendingDeps,
  sale: RecordedSale,
  fault: ModuleFault,
  operator: SignedInOperator | null,
): void {
  const { moduleId } = fault.params;
  if (!locksVending(fault.code) || moduleId === undefined) return;
  const detail = { saleId: sale.saleId, code: fault.code };
  written(deps, sale.saleId, (tx) =>
    writeModuleStopped(tx, momentOf(deps, operator), String(moduleId), detail),
  );
}

function stopModule(
  deps: VendingDeps,
  sale: RecordedSale,
  moduleId: string,
  mismatch: TokenMismatch,
  operator: SignedInOperator | null,
): Result<RecordedSale, CallFault> {
  const moment = momentOf(deps, operator);
  const stopped = written(deps, sale.saleId, (tx) => {
    writeModuleStopped(tx, moment, moduleId, { saleId: sale.saleId, ...mismatch });
    if (sale.step === 'intended') writeInDoubt(tx, moment, sale, 'token-mismatch');
  });
  return stopped.ok ? refuse('token-mismatch', { field: mismatch.field }, 'after-recovery') : stopped;
}

/** What a sale that exists already answers to the request that made it. */
function outcomeOf(sale: RecordedSale): Result<RecordedSale, CallFault> {
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

function momentOf(deps: VendingDeps, operator: SignedInOperator | null): Moment {
  return { nowUnixMs: deps.now(), zone: deps.settings.zone, operatorId: operator?.operatorId ?? null };
}

/** Commits, then reads the sale back; a fault of the disk becomes a fault of the call. */
function written(
  deps: VendingDeps,
  saleId: SaleId,
  work: (tx: LedgerTx) => void,
): Result<RecordedSale, CallFault> {
  try {
    deps.ledger.transaction(work);
    return ok(findKnown(deps.ledger, saleId));
  } catch (error) {
    if (error instanceof StorageError)
      return refuse('storage-failed', { reason: error.sqliteCode }, 'after-recovery');
    throw error;
  }
}

function findKnown(reader: Parameters<typeof findSale>[0], saleId: SaleId): RecordedSale {
  const sale = findSale(reader, saleId);
  assert(sale, 'a sale that was just written is there');
  return sale;
}

/** Settles what a power cut or a lost reply left open, oldest first; returns what is still open afterwards. */
export async function recoverOpenSales(
  deps: VendingDeps,
  vending: Vending,
): Promise<readonly RecordedSale[]> {
  for (const sale of openSales(deps.ledger)) await vending.recover(sale.saleId, null);
  return openSales(deps.ledger);
}
