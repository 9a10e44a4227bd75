import type { CallFault, SignedInOperator } from '../../contract/index.ts';
import { tidOfMinute } from '../../sts/index.ts';
import { civilAtOffset, civilFromMinutes, err, makeId, ok, unixMs, type Result } from '../../units/index.ts';
import { findMeter, type MeterRecord } from '../directory/index.ts';
import { lastTokenMinute, type RecordedSale } from '../ledger/index.ts';
import { faultForCall, type VendingKeyAttributes } from '../secure-module/index.ts';
import {
  checkCeilings,
  outcomeBefore,
  shiftToSellIn,
  usableModule,
  writeNewSale,
  type NewSale,
  type UsableModule,
} from './begin-sale.ts';
import { sealCustomer } from './book.ts';
import { agreeOnClock } from './clock.ts';
import { written, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { finish, recordTokenless } from './finish.ts';
import { paymentWarning } from './guards.ts';
import type { Once } from './once.ts';
import { draftOf, isSameOrder, needsModule, type Draft, type OrderRequest } from './orders.ts';
import { keysOf, listedKey, meterAsKnown, nextTokenMinute, type StoredMeter } from './prepare.ts';
import { minuteNumber } from './token-time.ts';
import { keysAfter, workOf } from './work.ts';

/** The same way as a sale: checks, durable intent, tokens, their check, record. */
export async function placeOrder(
  deps: VendingDeps,
  request: OrderRequest,
  operator: SignedInOperator,
  once: Once<RecordedSale>,
): Promise<Result<RecordedSale, CallFault>> {
  const isSame = (sale: RecordedSale): boolean => isSameOrder(deps, sale, request);
  const before = await outcomeBefore(deps, once, request.requestId, isSame);
  if (before) return before;
  const clock = await agreeOnClock(deps);
  if (!clock.ok) return clock;
  const tools = needsModule(request.order) ? await moduleAndKeys(deps) : ok({ usable: null, keys: [] });
  if (!tools.ok) return tools;
  // From here to the commit nothing waits: no other sale can come between the checks and the intent.
  const disk = deps.diskFault();
  if (disk) return err(disk);
  const checked = checkOrder(deps, tools.value, request, operator);
  if (!checked.ok) return checked;
  const { saleId } = checked.value.facts;
  const intended = written(deps, saleId, (tx) => writeNewSale(deps, tx, checked.value));
  // Another request may have made a sale under this id meanwhile.
  if (!intended.ok) return (await outcomeBefore(deps, once, request.requestId, isSame)) ?? intended;
  const { usable } = tools.value;
  const attempt = { operator, kind: 'first' } as const;
  return once(saleId, async () =>
    usable ? finish(deps, usable, intended.value, attempt) : recordTokenless(deps, intended.value, attempt),
  );
}

type Tools = { readonly usable: UsableModule | null; readonly keys: readonly VendingKeyAttributes[] };

async function moduleAndKeys(deps: VendingDeps): Promise<Result<Tools, CallFault>> {
  const usable = await usableModule(deps);
  if (!usable.ok) return usable;
  const keys = await usable.value.module.listKeys();
  return keys.ok ? ok({ usable: usable.value, keys: keys.value }) : err(faultForCall(keys.error));
}

function checkOrder(
  deps: VendingDeps,
  { usable, keys }: Tools,
  request: OrderRequest,
  operator: SignedInOperator,
): Result<NewSale, CallFault> {
  const { requestId, pan, order, authority } = request;
  const nowUnixMs = deps.now();
  const listed = findMeter(deps.directory, pan);
  if (!listed) return refuse('meter-unknown', { meter: pan });
  const meter = meterAsKnown(deps.ledger, listed);
  const draft = draftOf({ deps, nowUnixMs, meter, keys, module: usable?.module ?? null, authority }, order);
  if (!draft.ok) return draft;
  const { amountMinor } = draft.value;
  const ceilings = checkCeilings(deps, { pan, amountMinor, nowUnixMs }, operator);
  if (!ceilings.ok) return ceilings;
  const acknowledged = checkWarning(deps, request, meter, nowUnixMs);
  if (!acknowledged.ok) return acknowledged;
  // Where no money moves no drawer is asked for: a supervisor has none.
  const shift = amountMinor > 0 ? shiftToSellIn(deps, operator) : ok(null);
  if (!shift.ok) return shift;
  const facts = factsOf(deps, requestId, operator, draft.value, nowUnixMs);
  if (!facts.ok) return facts;
  return ok({
    facts: facts.value,
    customer: sealCustomer(draft.value.meter.customer, deps.random(16)),
    operator,
    shift: shift.value,
    acknowledged: acknowledged.value,
    moduleId: usable?.moduleId ?? null,
  });
}

/** A payment that was probably made already is asked about once; the warning that was gone past is kept with it. */
function checkWarning(
  { ledger }: VendingDeps,
  { order, acknowledged }: OrderRequest,
  { pan, meterNumber }: MeterRecord,
  nowUnixMs: number,
): Result<readonly string[], CallFault> {
  const warning =
    order.kind === 'account-payment' ? paymentWarning(ledger, pan, { ...order, nowUnixMs }) : undefined;
  if (!warning) return ok([]);
  return acknowledged?.includes(warning.id)
    ? ok([warning.id])
    : refuse(warning.id, { ...warning.params, pan, meter: meterNumber }, 'safe');
}

function factsOf(
  deps: VendingDeps,
  requestId: string,
  { operatorId }: SignedInOperator,
  draft: Draft,
  nowUnixMs: number,
): Result<NewSale['facts'], CallFault> {
  const { settings } = deps;
  const { meter, amountMinor, tender, unitsTenths, quote, order } = draft;
  const place = placeOf(deps, draft, nowUnixMs);
  if (!place.ok) return place;
  return ok({
    saleId: makeId<'sale'>(nowUnixMs, deps.random(10)),
    messageId: makeId<'message'>(nowUnixMs, deps.random(10)),
    requestId,
    atUnixMs: nowUnixMs,
    operatorId,
    meterPan: meter.pan,
    meter: JSON.stringify(place.value.stored),
    resource: meter.resource,
    currency: settings.currency.code,
    amountMinor,
    tender,
    basket: null,
    unitsTenths,
    tokenMinute: place.value.minute,
    quote,
    order,
  });
}

type Place = { readonly stored: StoredMeter; readonly minute: number };

/**
 * What the meter is, kept with the sale, and the token time. Without a token it is the minute of the clock, unless
 * tokens were given ahead of it: a meter's sales stand in the order in which they were made.
 */
function placeOf(deps: VendingDeps, draft: Draft, nowUnixMs: number): Result<Place, CallFault> {
  const { meter, key, order } = draft;
  const group = deps.settings.supplyGroups[meter.sgc];
  const offsetMinutes = group?.offsetMinutes ?? 0;
  const keys = key ? keysOf(meter, key) : keysWithout(meter);
  const { meterNumber, tariffId, keypadModel } = meter;
  const listed = listedKey(deps.directory, meter.pan);
  const stored: StoredMeter = { keys, meterNumber, tariffId, offsetMinutes, keypadModel, listed };
  if (!key) {
    const clock = minuteNumber(civilAtOffset(unixMs(nowUnixMs), offsetMinutes));
    return ok({ stored, minute: Math.max(clock, lastTokenMinute(deps.ledger, meter.pan) ?? clock) });
  }
  if (!group) return refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
  if (draft.tokenMinute !== undefined) {
    // A key of another base date may not reach as far as the first token's time.
    return tidOfMinute(key.baseDate, civilFromMinutes(draft.tokenMinute)).ok
      ? ok({ stored, minute: draft.tokenMinute })
      : refuse('token-time-range', { baseDate: key.baseDate });
  }
  // Key-change tokens carry no time: whatever is next comes under the new key, so the minute is one of its base date.
  const { baseDate } = keysAfter(keys, workOf({ order }).keyChange ?? null);
  const minute = nextTokenMinute({ ...deps, nowUnixMs }, meter.pan, baseDate, offsetMinutes);
  return minute.ok ? ok({ stored, minute: minute.value }) : minute;
}

/** A meter's own word for its key, where no vending key is asked. */
function keysWithout({
  pan,
  ea,
  dkga,
  sgc,
  krn,
  keyType,
  ti,
  baseDate,
  ken,
}: MeterRecord): StoredMeter['keys'] {
  return { pan, ea, dkga, sgc, krn, keyType, ti, baseDate, ken };
}
