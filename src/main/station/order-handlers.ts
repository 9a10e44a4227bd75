import {
  ACTIONS_FOR_TWO,
  refuse,
  type CallFault,
  type CallInput,
  type CallOutput,
  type Handlers,
  type OrderOptions,
  type PrintJobView,
  type SaleView,
  type Session,
  type SignedInOperator,
} from '../../contract/index.ts';
import { unitsText } from '../../i18n/index.ts';
import { cleanTypedDigits, KEY_TYPE, keyTypeMoveAllowed } from '../../sts/index.ts';
import { amountMinor, err, ok, unitsTenths, type Result, type SaleId } from '../../units/index.ts';
import { findMeter, type MeterRecord } from '../directory/index.ts';
import { findSale, findSaleByRequest, saleOfToken, type RecordedSale } from '../ledger/index.ts';
import { askSecondPerson } from '../operators/index.ts';
import type { ReceiptDocument } from '../../receipt/index.ts';
import { faultForCall } from '../secure-module/index.ts';
import {
  meterAsKnown,
  meterPricing,
  OWN_AUTHORITY,
  type Authority,
  type Order,
  type StoredMeter,
} from '../vending/index.ts';
import { standing } from './doubt-handlers.ts';
import type { HandlerDeps } from './handlers.ts';
import { openDrawerForCash } from './open-drawer.ts';
import { adviceSlip, testSheet } from './order-slips.ts';
import { findPastSales } from './past-sales.ts';
import { stored } from './requests.ts';
import { printJobView } from './sale-view.ts';
import { queueSlip, signedIn, slipPlace } from './shift-handlers.ts';
import { actionPhrase } from './token-kind.ts';
import { readForMeter, type TokenReading } from './verify-token.ts';

type Part<Prefix extends string> = {
  [Name in keyof Handlers as Name extends `${Prefix}.${string}` ? Name : never]: Handlers[Name];
};

type Placed = {
  readonly requestId: string;
  readonly pan: string;
  readonly order: Order;
  readonly authority?: Authority;
  readonly acknowledged?: readonly string[] | undefined;
};

/** Orders that are no purchase. */
export function orderHandlers(deps: HandlerDeps): Part<'order'> {
  return { ...counterOrders(deps), ...supervisedOrders(deps) };
}

type CounterOrders = 'order.options' | 'order.free' | 'order.pay' | 'order.testSheet';

function counterOrders(deps: HandlerDeps): Pick<Handlers, CounterOrders> {
  return {
    'order.options': async ({ pan }) => optionsOf(deps, pan),
    'order.free': async ({ requestId, pan, entitlement, withSale, quotedUnitsTenths }, session) => {
      const units = unitsTenths(quotedUnitsTenths);
      const promise = withSale as SaleId | null;
      const order: Order = { kind: 'free', entitlement, withSale: promise, quotedUnitsTenths: units };
      return place(deps, session, { requestId, pan, order });
    },
    'order.pay': async ({ requestId, pan, debt, amountMinor: minor, tender, acknowledged }, session) => {
      const order: Order = { kind: 'account-payment', debt, amountMinor: amountMinor(minor), tender };
      return place(deps, session, { requestId, pan, order, acknowledged });
    },
    'order.testSheet': async ({ requestId }, session) =>
      printOnce(deps, requestId, () => testSheet(slipPlace(deps, session), requestId)),
  };
}

function supervisedOrders(deps: HandlerDeps): Omit<Part<'order'>, CounterOrders> {
  return {
    'order.freeIssue': async ({ requestId, pan, unitsTenths: units, reason, second }, session) => {
      const authority = await allowedBy(deps, session, reason, second);
      if (!authority.ok) return authority;
      const order: Order = { kind: 'free-issue', unitsTenths: unitsTenths(units) };
      return place(deps, session, { requestId, pan, order, authority: authority.value });
    },
    'order.manage': async ({ requestId, pan, action, reason, second }, session) => {
      if (second === null && ACTIONS_FOR_TWO.includes(action.kind)) return refuse('second-person-needed');
      const authority = await allowedBy(deps, session, reason, second);
      if (!authority.ok) return authority;
      const order: Order = { kind: 'management', action };
      return place(deps, session, { requestId, pan, order, authority: authority.value });
    },
    'order.keyChange': async ({ requestId, pan, to, withSupplyGroup, reason, second }, session) => {
      const authority = await allowedBy(deps, session, reason, second);
      if (!authority.ok) return authority;
      const order: Order = { kind: 'key-change', to, withSupplyGroup };
      return place(deps, session, { requestId, pan, order, authority: authority.value });
    },
    'order.replace': async ({ requestId, saleId, corrected, newTimeProof, reason }, session) => {
      const original = findSale(deps.ledger, saleId as SaleId);
      if (!original) return refuse('sale-unknown');
      const authority = await allowedBy(deps, session, reason, null);
      if (!authority.ok) return authority;
      const order: Order = {
        kind: 'replacement',
        originalSaleId: original.saleId,
        corrected: definedOf(corrected),
        newTimeProof,
      };
      return place(deps, session, { requestId, pan: original.meterPan, order, authority: authority.value });
    },
  };
}

type Corrected = Extract<Order, { kind: 'replacement' }>['corrected'];

/** Without the fields that were left out. */
function definedOf(corrected: CallInput<'order.replace'>['corrected']): Corrected {
  const given = Object.entries(corrected).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** Who sits at the counter, whoever let the order happen there. */
function operatorAt(session: Session): SignedInOperator {
  return session.at ?? signedIn(session);
}

/** The supervisor behind an order, and the second person who proves who they are now, where one is asked for. */
async function allowedBy(
  deps: HandlerDeps,
  session: Session,
  reason: string,
  second: { readonly name: string; readonly pin: string } | null,
): Promise<Result<Authority, CallFault>> {
  const supervisor = signedIn(session);
  const authority = { authoriserId: supervisor.operatorId, secondId: null, reason };
  if (second === null) return ok(authority);
  const when = { nowUnixMs: deps.now(), zone: deps.settings.zone };
  const roles = ['supervisor', 'key-custodian', 'administrator'] as const;
  const person = await askSecondPerson(deps.ledger, when, supervisor, second, roles);
  return person.ok ? ok({ ...authority, secondId: person.value.operatorId }) : person;
}

async function place(
  deps: HandlerDeps,
  session: Session,
  placed: Placed,
): Promise<Result<SaleView, CallFault>> {
  const { requestId, pan, order, authority = OWN_AUTHORITY, acknowledged } = placed;
  deps.printing.nextCustomer(pan);
  const operator = operatorAt(session);
  const known = findSaleByRequest(deps.ledger, requestId);
  const sale = await deps.vending.order({ requestId, pan, order, authority, acknowledged }, operator);
  deps.printing.wake();
  openDrawerForCash(deps, known || !sale.ok ? [] : [sale.value], operator.operatorId);
  deps.tell('status-changed', 'sale-recorded');
  deps.tidy();
  return standing(deps, sale, findSaleByRequest(deps.ledger, requestId));
}

async function optionsOf(deps: HandlerDeps, pan: string): Promise<Result<OrderOptions, CallFault>> {
  const listed = findMeter(deps.directory, pan);
  if (!listed) return refuse('meter-unknown', { meter: pan });
  const meter = meterAsKnown(deps.ledger, listed);
  const module = deps.module();
  const keys = module.ok ? await module.value.listKeys() : ok([]);
  if (!keys.ok) return err(faultForCall(keys.error));
  const pricing = meterPricing(deps, meter, deps.now());
  const { management = false, keyChange = false } = module.ok ? module.value.capabilities : {};
  const { sgc, krn, ti, ea, dkga, keyType } = meter;
  const isPrimitive = module.ok && module.value.level === 'primitive';
  return ok({
    key: { sgc, krn, ti, ea, dkga, keyType },
    keys: keys.value.flatMap((key) => {
      if (key.keyType === KEY_TYPE.initialisation) return [];
      const isMove = key.keyType !== keyType;
      const reachable = isMove ? isPrimitive && keyTypeMoveAllowed(keyType, key.keyType) : true;
      return { sgc: key.sgc, krn: key.krn, dkga: key.dkga, keyType: key.keyType, reachable };
    }),
    can: { management, keyChange, sameTime: isPrimitive },
    debts: pricing.ok ? debtsOf(pricing.value) : [],
    balanceMinor: pricing.ok ? pricing.value.state.balanceMinor : 0,
  });
}

type Priced = Extract<ReturnType<typeof meterPricing>, { ok: true }>['value'];

function debtsOf({ tariff, state }: Priced): OrderOptions['debts'] {
  return Object.entries(state.debts)
    .filter(([, { balanceMinor }]) => balanceMinor > 0)
    .map(([debt, { balanceMinor }]) => ({
      debt,
      name: tariff.stages.find(({ id }) => id === debt)?.label ?? debt,
      owedMinor: balanceMinor,
    }));
}

/** Makes and queues a slip that belongs to no sale; the request's own id names the job, so that it is one. */
function printOnce(
  deps: HandlerDeps,
  requestId: string,
  document: () => ReceiptDocument,
): Result<PrintJobView, CallFault> {
  const made = stored(deps.ledger, requestId, 'order.slip', (tx) => {
    queueSlip(tx, deps, { jobId: requestId, subjectId: null, document: document() });
    return ok(null);
  });
  if (!made.ok) return made;
  deps.printing.wake();
  const job = deps.printing.job(requestId);
  return job ? ok(printJobView(job)) : refuse('print-job-unknown');
}

/** Tokens that customers bring, and past sales. */
export function tokenHandlers(deps: HandlerDeps): Part<'token'> & Pick<Handlers, 'sale.search'> {
  return {
    'token.verify': async ({ pan, digits }) => verifyBrought(deps, pan, digits),
    'token.advise': async ({ requestId, pan, saleId, advice }, session) => {
      const meter = findMeter(deps.directory, pan);
      if (!meter) return refuse('meter-unknown', { meter: pan });
      const sale = saleId === null ? undefined : findSale(deps.ledger, saleId as SaleId);
      return printOnce(deps, requestId, () => adviceSlip(slipPlace(deps, session), meter, sale, advice));
    },
    'sale.search': async ({ text, before }) =>
      findPastSales(deps.ledger, deps.settings, text, before as SaleId | null),
  };
}

async function verifyBrought(
  deps: HandlerDeps,
  pan: string,
  typed: string,
): Promise<Result<CallOutput<'token.verify'>, CallFault>> {
  const meter = findMeter(deps.directory, pan);
  if (!meter) return refuse('meter-unknown', { meter: pan });
  const clean = cleanTypedDigits(typed);
  if (!clean.ok || clean.value.length !== TOKEN_DIGITS) return refuse('token-digits');
  const digits = clean.value;
  const reading = await readForMeter(deps, meter, digits);
  if (!reading.ok) return reading;
  const sale = saleOfToken(deps.ledger, digits);
  return ok({
    good: reading.value.good,
    digits,
    lines: [...readingLines(reading.value), ...originLines(meter, sale)],
    saleId: sale?.saleId ?? null,
    receiptNumber: sale?.receiptNumber ?? null,
  });
}

const TOKEN_DIGITS = 20;
type Line = CallOutput<'token.verify'>['lines'][number];

/** What the token says, or why it is not for this meter, in sentences. */
function readingLines(reading: TokenReading): readonly Line[] {
  if (!reading.good) return [{ id: 'verify.refused', params: { reason: reading.reason } }];
  const { unitsTenths: units, resource, action, kind, madeAt } = reading;
  const what: Line =
    units !== null
      ? { id: 'verify.credit', params: { units: unitsText(unitsTenths(units), resource) } }
      : action
        ? actionPhrase(action)
        : { id: 'verify.kind', params: { kind: KIND_WORDS[kind] ?? 'part' } };
  return madeAt === '' ? [what] : [what, { id: 'verify.made-at', params: { at: madeAt } }];
}

/** What other tokens are called in the catalogue; all that are left are parts of a key change. */
const KIND_WORDS: Readonly<Partial<Record<string, string>>> = {
  'meter-test': 'test',
  'currency-credit': 'money',
};

/** Where it was sold, and whether that was for another meter. */
function originLines(meter: MeterRecord, sale: RecordedSale | undefined): readonly Line[] {
  if (!sale) return [{ id: 'verify.not-sold-here', params: {} }];
  const { receiptNumber } = sale;
  if (sale.meterPan === meter.pan) return [{ id: 'verify.sold-here', params: { receiptNumber } }];
  const { meterNumber } = JSON.parse(sale.meter) as StoredMeter;
  return [{ id: 'verify.other-meter', params: { receiptNumber, meterNumber } }];
}
