import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import {
  civilAtOffset,
  err,
  ok,
  unixMs,
  type MessageId,
  type Resource,
  type Result,
} from '../../units/index.ts';
import { lastIssuedMinute, type RecordedSale } from '../ledger/index.ts';
import {
  faultForCall,
  locksVending,
  type IssuedTokens,
  type ModuleFault,
  type SecureModule,
} from '../secure-module/index.ts';
import { payingShift, shiftOfSale } from '../shifts/index.ts';
import type { UsableModule } from './begin-sale.ts';
import {
  moduleAskedOf,
  wasStoppedFor,
  writeInDoubt,
  writeModuleStopped,
  writeRecorded,
  writeVoid,
} from './book.ts';
import { checkTokens, type CheckedTokens, type TokenMismatch } from './check-tokens.ts';
import { CLOCK_APART_MS } from './clock.ts';
import { attempted, momentOf, written, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { keyNotListed } from './key-in-doubt.ts';
import type { StoredMeter } from './prepare.ts';
import { minuteNumber, TOKEN_MINUTES_AHEAD } from './token-time.ts';
import { issueTokens, tokensAsked } from './work.ts';

/** The sub-class of a credit token (class 0), by what it carries. */
export const SUBCLASS: Readonly<Record<Resource, number>> = { electricity: 0, water: 1, gas: 2, time: 3 };

export type Attempt = {
  readonly operator: SignedInOperator | null;
  /** `give-up`: the customer waits no longer; the sale is void if the module is certain that there is no token. */
  readonly kind: 'first' | 'again' | 'give-up';
};

/** From a durable intent to a recorded sale: the same way at the first try and in recovery. */
export async function finish(
  deps: VendingDeps,
  usable: UsableModule,
  sale: RecordedSale,
  attempt: Attempt,
): Promise<Result<RecordedSale, CallFault>> {
  const { module } = usable;
  const order = tokensAsked(sale);
  if (!order) return recordTokenless(deps, sale, attempt);
  const { keys: meter, listed = meter } = JSON.parse(sale.meter) as StoredMeter;
  const issue: Issue = () => issueTokens(module, sale, meter, order);
  const asked = await askModule(deps, usable, sale, issue, attempt);
  if (!asked.ok) return notIssued(deps, sale, asked.error, attempt);
  const checked = await checkTokens(module, asked.value, {
    meter,
    listed,
    order,
    subclass: SUBCLASS[sale.resource],
    unitsTenths: sale.unitsTenths,
    ...allowedMinutes(deps, module, sale),
  });
  if (checked.ok) return record(deps, sale, attempt, checked.value);
  if (checked.error.kind === 'mismatch')
    return wrongToken(deps, usable, sale, checked.error.mismatch, attempt);
  // The token exists and nobody has seen it: until it can be checked it is neither sold nor wrong.
  lockVending(deps, usable, sale, checked.error.fault, attempt.operator);
  return inDoubt(deps, sale, checked.error.fault, attempt.operator);
}

/** A sale that makes no token (a debt takes everything, an account is paid): there is a sale and a slip. */
export function recordTokenless(
  deps: VendingDeps,
  sale: RecordedSale,
  attempt: Attempt,
): Result<RecordedSale, CallFault> {
  return record(deps, sale, attempt, { tokens: [], keyChange: null });
}

function record(
  deps: VendingDeps,
  sale: RecordedSale,
  { operator }: Attempt,
  checked: CheckedTokens,
): Result<RecordedSale, CallFault> {
  // Made before the transaction, to keep that short; both read the ledger, whose disk may fail.
  const made = attempted(() => {
    const name = operator?.name ?? deps.operatorName(sale.operatorId);
    const queueSlip = deps.makeSlip({ ...sale, step: 'recorded', tokens: checked.tokens }, name);
    return { moment: momentOf(deps, operator), queueSlip };
  });
  if (!made.ok) return made;
  const { moment, queueSlip } = made.value;
  return written(deps, sale.saleId, (tx) => {
    writeRecorded(tx, moment, sale, checked);
    queueSlip(tx);
  });
}

/** No token was made, which is certain, or nobody knows. */
type NoToken =
  | { readonly kind: 'none'; readonly outcome: CallFault }
  /** `tells`: what whoever asked hears instead of "in doubt": why asking again brought nothing. */
  | { readonly kind: 'unknown'; readonly cause: Cause; readonly tells?: CallFault };

/** Why it is not known: a module's fault, or the code of another reason. */
type Cause = { readonly code: string; readonly params: ModuleFault['params'] };
const causeOf = (code: string): Cause => ({ code, params: {} });

type Issue = () => Promise<Result<IssuedTokens, ModuleFault>>;

/** For so long after it was asked a module's word that it knows nothing of a message is believed. */
export const MISS_BELIEVED_MS = 5 * 60_000;

/**
 * Gets the sale's tokens. A module that keeps its results is asked for them whenever an answer was lost; where it
 * knows nothing of the message shortly afterwards, a person may go on with the same message, or give up. One that
 * keeps nothing is asked again with the same token time, of which the meter takes one token only. A refusal is
 * certain at the first asking alone: a sale that is in doubt ends by its token or by somebody's word.
 */
async function askModule(
  deps: VendingDeps,
  usable: UsableModule,
  sale: RecordedSale,
  issue: Issue,
  attempt: Attempt,
): Promise<Result<IssuedTokens, NoToken>> {
  const { module } = usable;
  const messageId = sale.messageId as MessageId;
  const unknown = (cause: Cause): Result<never, NoToken> => err({ kind: 'unknown', cause });
  const told = (cause: ModuleFault): Result<never, NoToken> =>
    err({ kind: 'unknown', cause, tells: faultForCall(cause) });
  const { fetchByMessageId } = module.capabilities;
  if (attempt.kind === 'give-up' && !fetchByMessageId) return unknown(causeOf('give-up'));
  if (attempt.kind !== 'first' && fetchByMessageId) {
    const fetched = await module.fetch(messageId);
    if (!fetched.ok) return told(fetched.error);
    if (fetched.value) return ok(fetched.value);
    // Another module knows nothing of it either.
    const isTheOne = moduleAskedOf(deps.ledger, sale.saleId) === usable.moduleId;
    const believed = isTheOne && deps.now() - sale.atUnixMs <= MISS_BELIEVED_MS;
    if (!believed || attempt.operator === null) return unknown(causeOf('not-known-to-module'));
    if (attempt.kind === 'give-up') return err({ kind: 'none', outcome: GIVEN_UP });
  }
  const issued = await issue();
  if (issued.ok) return issued;
  lockVending(deps, usable, sale, issued.error, attempt.operator);
  if (issued.error.outcome === 'not-issued') {
    if (attempt.kind === 'first') return err({ kind: 'none', outcome: faultForCall(issued.error) });
    return fetchByMessageId ? told(issued.error) : unknown(issued.error);
  }
  const fetched = fetchByMessageId ? await module.fetch(messageId) : undefined;
  return fetched?.ok && fetched.value ? ok(fetched.value) : unknown(issued.error);
}

const GIVEN_UP: CallFault = { code: 'sale-given-up', params: {}, retry: 'no' };

/** How far a module's clock may be from the computer's, in minutes. */
const CLOCK_APART_MINUTES = CLOCK_APART_MS / 60_000;

/** The assigned minute; or, where the module chooses, what the meter still takes and the clock allows. */
function allowedMinutes(
  deps: VendingDeps,
  module: SecureModule,
  sale: RecordedSale,
): { readonly fromMinute: number; readonly toMinute: number } {
  if (module.level === 'primitive') return { fromMinute: sale.tokenMinute, toMinute: sale.tokenMinute };
  const { offsetMinutes } = JSON.parse(sale.meter) as StoredMeter;
  const now = minuteNumber(civilAtOffset(unixMs(deps.now()), offsetMinutes));
  return {
    fromMinute: (lastIssuedMinute(deps.ledger, sale) ?? 0) + 1,
    toMinute: now + TOKEN_MINUTES_AHEAD + CLOCK_APART_MINUTES,
  };
}

function notIssued(
  deps: VendingDeps,
  sale: RecordedSale,
  found: NoToken,
  { operator }: Attempt,
): Result<RecordedSale, CallFault> {
  if (found.kind === 'none') return voidSale(deps, sale, found.outcome, operator);
  const doubt = inDoubt(deps, sale, found.cause, operator);
  if (doubt.ok || doubt.error.code !== 'sale-in-doubt' || !found.tells) return doubt;
  // A key that is not listed is named with the doubt itself.
  return found.cause.code === 'module-no-key' ? doubt : err(found.tells);
}

/** There is no token, which is certain: the money goes back, even where no drawer is open that could pay it. */
export function voidSale(
  deps: VendingDeps,
  sale: RecordedSale,
  fault: CallFault,
  operator: SignedInOperator | null,
): Result<RecordedSale, CallFault> {
  const voided = written(deps, sale.saleId, (tx) => {
    const own = shiftOfSale(tx, sale.saleId);
    const paying = own && (payingShift(tx, own, operator?.operatorId ?? null) ?? own);
    writeVoid(tx, momentOf(deps, operator), sale, fault, paying?.shiftId ?? null);
  });
  return voided.ok ? err(fault) : voided;
}

/** Whether there is a token is not known, or not proven: the sale waits to be asked for again. */
function inDoubt(
  deps: VendingDeps,
  sale: RecordedSale,
  cause: Cause,
  operator: SignedInOperator | null,
): Result<RecordedSale, CallFault> {
  if (sale.step === 'intended') {
    const doubted = written(deps, sale.saleId, (tx) =>
      writeInDoubt(tx, momentOf(deps, operator), sale, cause.code),
    );
    if (!doubted.ok) return doubted;
  }
  const params = { receiptNumber: sale.receiptNumber, ...keyNotListed(sale, cause) };
  return refuse('sale-in-doubt', params, 'after-recovery');
}

/** A module that was tampered with, or has a fault of its own, sells nothing more until a supervisor clears it. */
function lockVending(
  deps: VendingDeps,
  { moduleId }: UsableModule,
  sale: RecordedSale,
  fault: ModuleFault,
  operator: SignedInOperator | null,
): void {
  if (!locksVending(fault.code)) return;
  const detail = { saleId: sale.saleId, code: fault.code };
  written(deps, sale.saleId, (tx) => writeModuleStopped(tx, momentOf(deps, operator), moduleId, detail));
}

/**
 * The module is stopped by the name under which it is asked; what its tokens name may be another one, of a module
 * behind a server. One that keeps its results gives the same wrong token each time: it is stopped for it once.
 */
function wrongToken(
  deps: VendingDeps,
  { module, moduleId }: UsableModule,
  sale: RecordedSale,
  mismatch: TokenMismatch,
  { operator }: Attempt,
): Result<RecordedSale, CallFault> {
  const { saleId, receiptNumber } = sale;
  if (module.capabilities.fetchByMessageId && wasStoppedFor(deps.ledger, moduleId, saleId))
    return refuse('token-kept-wrong', { receiptNumber }, 'after-recovery');
  const stopped = written(deps, sale.saleId, (tx) => {
    const moment = momentOf(deps, operator);
    writeModuleStopped(tx, moment, moduleId, { saleId, ...mismatch });
    if (sale.step === 'intended') writeInDoubt(tx, moment, sale, 'token-mismatch');
  });
  return stopped.ok ? refuse('token-mismatch', { field: mismatch.field }, 'after-recovery') : stopped;
}
