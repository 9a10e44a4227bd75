import type { CallFault, TenderRequest } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { representableUnits } from '../../sts/index.ts';
import {
  entitlementsOf,
  quote,
  type AccountState,
  type EntitlementStanding,
  type QuoteLine,
  type Tariff,
} from '../../tariff/index.ts';
import {
  amountMinor,
  ok,
  type AmountMinor,
  type Result,
  type SaleId,
  type UnitsTenths,
} from '../../units/index.ts';
import type { MeterRecord } from '../directory/index.ts';
import {
  findSale,
  openSales,
  PURCHASE,
  type RecordedSale,
  type SaleKind,
  type SaleOrder,
  type TenderPart,
} from '../ledger/index.ts';
import {
  representableAction,
  type ManagementAction,
  type SecureModule,
  type VendingKeyAttributes,
} from '../secure-module/index.ts';
import type { LedgerReader } from '../store/index.ts';
import type { VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { checkMeter, servingKey, type StoredMeter } from './prepare.ts';
import {
  channelOf,
  meterPricing,
  type MeterPricing,
  NO_MONEY,
  quantiseUnits,
  type Booking,
  type StoredPricing,
} from './quote-sale.ts';
import { keyChangeTo, tellsGroup, type KeyPlace } from './key-due.ts';
import { promisedUnits, type PromisedUnits } from './promised.ts';
import { claimReferences, isPaidSo, resolveTender } from './tender.ts';
import { keysAfter, workOf, type Corrected, type OrderWork } from './work.ts';

/** Who allowed an order beside the person who gives it, and why. Ids are of operators. */
export type Authority = {
  readonly authoriserId: string | null;
  readonly secondId: string | null;
  readonly reason: string | null;
};

export const OWN_AUTHORITY: Authority = { authoriserId: null, secondId: null, reason: null };

/** What is asked for that is no purchase. Units in tenths. */
export type Order =
  | {
      readonly kind: 'free';
      readonly entitlement: string;
      /** The purchase that brought them; none where they are due by themselves. */
      readonly withSale: SaleId | null;
      /** What the cashier was shown: other units are refused, not issued. */
      readonly quotedUnitsTenths: UnitsTenths;
    }
  | { readonly kind: 'free-issue'; readonly unitsTenths: UnitsTenths }
  | { readonly kind: 'management'; readonly action: ManagementAction }
  | { readonly kind: 'key-change'; readonly to: KeyPlace; readonly withSupplyGroup: boolean }
  | {
      readonly kind: 'replacement';
      readonly originalSaleId: SaleId;
      /** What the meter really has, where its record was wrong. */
      readonly corrected: Corrected;
      /** How it is known that the meter did not take the first token; with it comes a new token time. */
      readonly newTimeProof: string | null;
    }
  | {
      readonly kind: 'account-payment';
      readonly amountMinor: AmountMinor;
      readonly tender: TenderRequest;
      /** The debt that it goes to, or null for the balance. */
      readonly debt: string | null;
    };

export type OrderRequest = {
  readonly requestId: string;
  readonly pan: string;
  readonly order: Order;
  readonly authority: Authority;
  /** Codes of the warnings that the cashier was shown and went past. */
  readonly acknowledged?: readonly string[] | undefined;
};

/** An order that passed its checks: everything of the sale that is particular to it. */
export type Draft = {
  /** The meter with the key that its tokens are made for. */
  readonly meter: MeterRecord;
  /** The vending key that the meter holds a key of, or null for a sale without a token. */
  readonly key: VendingKeyAttributes | null;
  /** Minutes from 1970; the next free one when left out. */
  readonly tokenMinute?: number;
  readonly amountMinor: AmountMinor;
  readonly tender: readonly TenderPart[];
  readonly unitsTenths: UnitsTenths;
  /** JSON for the `quote` column. */
  readonly quote: string;
  readonly order: SaleOrder;
};

export type OrderContext = {
  readonly deps: VendingDeps;
  readonly nowUnixMs: number;
  readonly meter: MeterRecord;
  readonly keys: readonly VendingKeyAttributes[];
  /** Null where no module is needed. */
  readonly module: Pick<SecureModule, 'level' | 'capabilities'> | null;
  readonly authority: Authority;
};

const NOTHING = amountMinor(0);
const NO_UNITS = 0 as UnitsTenths;

/** Whether an order makes a token; a payment on an account needs no module and takes blocked meters too. */
export const needsModule = (order: Order): boolean => order.kind !== 'account-payment';

/** Checks an order against meter, account, keys and module. */
export function draftOf(context: OrderContext, order: Order): Result<Draft, CallFault> {
  switch (order.kind) {
    case 'free':
      return freeUnits(context, order);
    case 'free-issue':
      return freeIssue(context, order);
    case 'management':
      return management(context, order);
    case 'key-change':
      return keyChange(context, order);
    case 'replacement':
      return replacement(context, order);
    default:
      return accountPayment(context, order);
  }
}

function orderOf(
  { authority }: OrderContext,
  kind: SaleKind,
  work: OrderWork,
  more: Partial<SaleOrder> = {},
): SaleOrder {
  return { ...PURCHASE, ...authority, kind, work: JSON.stringify(work), ...more };
}

/** A draft that moves no money, for the key that serves the meter as it is known. */
function withoutMoney(
  { deps, meter, keys }: OrderContext,
  order: SaleOrder,
  more: Partial<Draft> = {},
): Result<Draft, CallFault> {
  const key = checkMeter(deps.ledger, meter, keys);
  if (!key.ok) return key;
  return ok({
    meter,
    key: key.value,
    amountMinor: NOTHING,
    tender: [],
    unitsTenths: NO_UNITS,
    quote: JSON.stringify({ quote: NO_MONEY }),
    order,
    ...more,
  });
}

/** Why free units are not given, by the tariff's word for it. */
const FREE_UNITS_REFUSED: Readonly<Record<NonNullable<EntitlementStanding['refusal']>, string>> = {
  unknown: 'free-units-unknown',
  taken: 'free-units-taken',
  'not-home-station': 'free-units-not-home-station',
  'needs-purchase': 'free-units-needs-purchase',
  'not-for-category': 'free-units-not-for-category',
};

/** Free units of a price list as they stand with a meter; `refusal` says why none are due. */
export type FreeUnits = {
  readonly entitlement: string;
  /** The purchase that brought them, or null. */
  readonly withSale: SaleId | null;
  readonly name: string;
  /** What its token would carry. */
  readonly unitsTenths: UnitsTenths;
  readonly refusal: CallFault | null;
};

export function freeUnitsOf(
  ledger: LedgerReader,
  pan: string,
  { tariff, state, at }: Pick<MeterPricing, 'tariff' | 'state' | 'at'>,
): readonly FreeUnits[] {
  const promised = promisedTo(ledger, pan, tariff, state);
  const nameOf = (id: string): string => tariff.entitlements.find((rule) => rule.id === id)?.label ?? id;
  const waiting = promised.map(({ entitlement, saleId, unitsTenths }) => ({
    entitlement,
    withSale: saleId,
    name: nameOf(entitlement),
    unitsTenths,
    refusal: null,
  }));
  const others = entitlementsOf(tariff, state, at).filter(
    ({ id }) => !promised.some(({ entitlement }) => entitlement === id),
  );
  const listed = others.map((standing) => {
    const refused = freeUnitsRefusal(standing);
    return {
      entitlement: standing.id,
      withSale: null,
      name: standing.label,
      unitsTenths: refused.ok ? quantiseUnits(standing.quantity as UnitsTenths) : NO_UNITS,
      refusal: refused.ok ? null : refused.error,
    };
  });
  return [...waiting, ...listed].slice(0, MOST_FREE_UNITS);
}

/** As many as a price list has. */
const MOST_FREE_UNITS = 10;

/**
 * What waits for this meter. Earlier sales are read only where there can be something: a statement of head office
 * may leave out what the account has taken, so the price list is asked as well.
 */
function promisedTo(
  ledger: LedgerReader,
  pan: string,
  { entitlements }: Tariff,
  state: AccountState,
): readonly PromisedUnits[] {
  const canWait =
    entitlements.some(({ withPurchaseOnly }) => withPurchaseOnly) ||
    Object.keys(state.entitlements).length > 0;
  return canWait ? promisedUnits(ledger, pan) : [];
}

function freeUnitsRefusal({ refusal, label, nextOn }: EntitlementStanding): Result<true, CallFault> {
  if (refusal === null) return ok(true);
  return refuse(FREE_UNITS_REFUSED[refusal], { name: label, next: nextOn ?? 'none' });
}

/** Free units of the price list, once a period; the account remembers them, so that a second time is refused. */
function freeUnits(context: OrderContext, order: Extract<Order, { kind: 'free' }>): Result<Draft, CallFault> {
  const { deps, meter, nowUnixMs } = context;
  const pricing = meterPricing(deps, meter, nowUnixMs);
  if (!pricing.ok) return pricing;
  const { tariff, state, at, statementAsOfUnixMs } = pricing.value;
  const { entitlement, withSale } = order;
  const promise =
    withSale &&
    promisedTo(deps.ledger, meter.pan, tariff, state).find(
      (each) => each.saleId === withSale && each.entitlement === entitlement,
    );
  if (promise) return promisedToken(context, promise, order.quotedUnitsTenths, pricing.value);
  const standing = entitlementsOf(tariff, state, at).find(({ id }) => id === entitlement);
  if (!standing) return refuse('free-units-unknown');
  const due = freeUnitsRefusal(standing);
  if (!due.ok) return due;
  // What that purchase brought has its token: others, which may be due by now, are asked for as such.
  if (withSale) return refuse('free-units-taken', { name: standing.label, next: standing.nextOn ?? 'none' });
  const quoted = quote(
    tariff,
    state,
    { kind: 'entitlement', cash: false, channel: channelOf(deps.settings), entitlements: [entitlement] },
    at,
    quantiseUnits,
  );
  if (!quoted.ok) return refuse('tariff-refused', { reason: quoted.error.code });
  const units = (quoted.value.tokens[0]?.quantity ?? 0) as UnitsTenths;
  if (units !== order.quotedUnitsTenths || units === 0) return refuse('quote-changed', {}, 'safe');
  const stored: StoredPricing = {
    tariff: quoted.value.tariff,
    state,
    quote: quoted.value,
    statementAsOfUnixMs,
  };
  return withoutMoney(context, orderOf(context, 'free', { entitlement }), {
    unitsTenths: units,
    quote: JSON.stringify(stored),
  });
}

/** The token of free units that came with a purchase, which has counted them. */
function promisedToken(
  context: OrderContext,
  { entitlement, unitsTenths, saleId }: PromisedUnits,
  shown: UnitsTenths,
  { state, statementAsOfUnixMs }: MeterPricing,
): Result<Draft, CallFault> {
  if (unitsTenths !== shown) return refuse('quote-changed', {}, 'safe');
  const quoted = { ...NO_MONEY, tokens: [], provisional: [], after: state };
  return withoutMoney(context, orderOf(context, 'free', { entitlement, withSale: saleId }), {
    unitsTenths,
    quote: JSON.stringify({ state, statementAsOfUnixMs, quote: quoted }),
  });
}

/** Units that a supervisor gives: they count in no block and no debt is taken out of them. */
function freeIssue(
  context: OrderContext,
  order: Extract<Order, { kind: 'free-issue' }>,
): Result<Draft, CallFault> {
  const units = representableUnits(order.unitsTenths);
  if (!units.ok) return refuse('units-out-of-range');
  return withoutMoney(context, orderOf(context, 'free-issue', {}), { unitsTenths: units.value });
}

function management(
  context: OrderContext,
  { action }: Extract<Order, { kind: 'management' }>,
): Result<Draft, CallFault> {
  if (!context.module?.capabilities.management) return refuse('module-not-supported', { call: action.kind });
  const carried = representableAction(action);
  if (!carried.ok) return refuse('management-value', { action: action.kind });
  return withoutMoney(context, orderOf(context, 'management', { action: carried.value }));
}

function keyChange(
  context: OrderContext,
  { to, withSupplyGroup }: Extract<Order, { kind: 'key-change' }>,
): Result<Draft, CallFault> {
  const { meter, keys, module, deps } = context;
  if (!module?.capabilities.keyChange) return refuse('module-not-supported', { call: 'key-change' });
  const { sgc, krn, ti, keyType = meter.keyType } = to;
  const isMove = keyType !== meter.keyType;
  // A module that manages keys by itself is told no type.
  if (isMove && module.level !== 'primitive') return refuse('module-not-supported', { call: 'key-change' });
  if (!isMove && sgc === meter.sgc && krn === meter.krn && ti === meter.ti) return refuse('key-change-same');
  if (!deps.settings.supplyGroups[to.sgc]) return refuse('module-no-key', { sgc: to.sgc, krn: to.krn });
  const target = keyChangeTo(meter, to, withSupplyGroup, keys);
  if (!target.ok) return target;
  return withoutMoney(context, orderOf(context, 'key-change', { keyChange: target.value.target }));
}

/** The sale whose token a replacement is made of: the first of a row of replacements. */
function rootOf(deps: Pick<VendingDeps, 'ledger'>, saleId: SaleId): RecordedSale | undefined {
  const sale = findSale(deps.ledger, saleId);
  return sale?.order.originalSaleId ? rootOf(deps, sale.order.originalSaleId) : sale;
}

/**
 * The same sale's token once more: its amount and its own token time, of which the meter takes one only, for the
 * key that the meter really has. A new time needs proof that the first token was not taken. Never another meter.
 */
function replacement(
  context: OrderContext,
  order: Extract<Order, { kind: 'replacement' }>,
): Result<Draft, CallFault> {
  const { deps, keys, module } = context;
  const original = rootOf(deps, order.originalSaleId);
  if (!original) return refuse('sale-unknown');
  const { receiptNumber } = original;
  if (original.meterPan !== context.meter.pan) return refuse('replacement-other-meter', { receiptNumber });
  if (original.step !== 'recorded' && original.step !== 'closed')
    return refuse('replacement-no-token', { receiptNumber });
  const token = original.tokens.find(({ tokenMinute }) => tokenMinute !== null);
  if (!token || token.tokenMinute === null) return refuse('replacement-no-token', { receiptNumber });
  const { newTimeProof: proof } = order;
  // A module that chooses the token time itself can't be given the first token's.
  if (proof === null && module?.level !== 'primitive')
    return refuse('module-not-supported', { call: 'replacement' });
  const corrected = definedOf(order.corrected);
  const meter: MeterRecord = { ...context.meter, ...corrected };
  const key = servingKey(meter, keys);
  if (!key) return refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
  if (proof === null && isSameKey(meter, key, original)) return refuse('replacement-same', { receiptNumber });
  const { action } = workOf(original);
  const work: OrderWork = {
    ...(action ? { action } : {}),
    ...(proof === null ? {} : { proof }),
    ...(Object.keys(corrected).length > 0 ? { corrected } : {}),
  };
  const more = { originalSaleId: original.saleId, forHeadOffice: proof !== null };
  return withoutMoney({ ...context, meter }, orderOf(context, 'replacement', work, more), {
    unitsTenths: token.unitsTenths ?? NO_UNITS,
    ...(proof === null ? { tokenMinute: token.tokenMinute } : {}),
  });
}

function definedOf<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<Value>;
}

/** Whether a token for this meter and key would be made by the very key that made the original's. */
function isSameKey(meter: MeterRecord, key: VendingKeyAttributes, original: RecordedSale): boolean {
  const { keys } = JSON.parse(original.meter) as StoredMeter;
  const then = keysAfter(keys, workOf(original).keyChange ?? null);
  const parts = ['sgc', 'krn', 'ti', 'ea', 'dkga', 'keyType'] as const;
  return parts.every((part) => then[part] === meter[part]) && then.baseDate === key.baseDate;
}

/** Money for a debt or for the balance, without units: no module is asked, and a blocked meter's account takes it. */
function accountPayment(
  context: OrderContext,
  order: Extract<Order, { kind: 'account-payment' }>,
): Result<Draft, CallFault> {
  const { deps, meter, nowUnixMs } = context;
  const { settings } = deps;
  const parts = resolveTender(settings, order.tender, order.amountMinor);
  if (!parts.ok) return parts;
  const paid = claimReferences(deps.ledger, settings, parts.value, { pans: [meter.pan] });
  if (!paid.ok) return paid;
  const [open] = openSales(deps.ledger, meter.pan);
  if (open) return refuse('meter-has-open-sale', { receiptNumber: open.receiptNumber }, 'after-recovery');
  const pricing = meterPricing(deps, meter, nowUnixMs);
  if (!pricing.ok) return pricing;
  const { tariff, state, statementAsOfUnixMs } = pricing.value;
  const minor = order.amountMinor;
  const shared = { amountMinor: minor, tenderMinor: minor, changeMinor: 0, provisional: [] };
  const entry = (booked: Pick<Booking, 'lines' | 'carriedMinor'>, after: typeof state): string =>
    JSON.stringify({ state, statementAsOfUnixMs, quote: { ...shared, ...booked, after } });
  const draft = (quoteText: string): Result<Draft, CallFault> =>
    ok({
      meter,
      key: null,
      amountMinor: minor,
      tender: paid.value,
      unitsTenths: NO_UNITS,
      quote: quoteText,
      order: orderOf(context, 'account-payment', order.debt === null ? {} : { debt: order.debt }),
    });
  if (order.debt === null) {
    const after = { ...state, balanceMinor: state.balanceMinor + minor };
    return draft(entry({ lines: [], carriedMinor: minor }, after));
  }
  const debt = state.debts[order.debt];
  if (!debt || debt.balanceMinor === 0) return refuse('debt-unknown');
  if (minor > debt.balanceMinor)
    return refuse('payment-above-debt', {
      owed: moneyText(amountMinor(debt.balanceMinor), settings.currency),
    });
  const balanceMinor = debt.balanceMinor - minor;
  const label = tariff.stages.find(({ id }) => id === order.debt)?.label ?? '';
  const after = { ...state, debts: { ...state.debts, [order.debt]: { ...debt, balanceMinor } } };
  return draft(entry({ lines: [debtLine(order.debt, label, minor, balanceMinor)], carriedMinor: 0 }, after));
}

function debtLine(debt: string, label: string, minor: number, remainingMinor: number): QuoteLine {
  return {
    key: debt,
    rule: debt,
    kind: 'debt',
    role: 'debt',
    label,
    place: 'inside',
    base: { of: 'none', value: '' },
    rate: '',
    exact: String(minor),
    amountMinor: minor,
    remainingMinor,
  };
}

const CORRECTABLE = ['sgc', 'krn', 'ti', 'keyType', 'ea', 'dkga'] as const;

const isSameCorrection = (one: Corrected, other: Corrected): boolean =>
  CORRECTABLE.every((part) => one[part] === other[part]);

/** A repeated request is the same order; anything else under its id is a mistake. */
export function isSameOrder(
  deps: Pick<VendingDeps, 'ledger' | 'settings'>,
  sale: RecordedSale,
  { pan, order }: OrderRequest,
): boolean {
  if (sale.meterPan !== pan || sale.order.kind !== order.kind) return false;
  const work = workOf(sale);
  switch (order.kind) {
    case 'free':
      return work.entitlement === order.entitlement && (work.withSale ?? null) === order.withSale;
    case 'free-issue': {
      const units = representableUnits(order.unitsTenths);
      return units.ok && units.value === sale.unitsTenths;
    }
    case 'management': {
      const carried = representableAction(order.action);
      return carried.ok && JSON.stringify(carried.value) === JSON.stringify(work.action);
    }
    case 'key-change': {
      const { sgc, krn, ti, keyType, withSupplyGroup } = work.keyChange ?? {};
      const { to } = order;
      const { keys } = JSON.parse(sale.meter) as StoredMeter;
      const isType = to.keyType === undefined || to.keyType === keyType;
      const tells = tellsGroup(keys, to, order.withSupplyGroup) === withSupplyGroup;
      return to.sgc === sgc && to.krn === krn && to.ti === ti && isType && tells;
    }
    case 'replacement':
      return (
        (work.proof ?? null) === order.newTimeProof &&
        rootOf(deps, order.originalSaleId)?.saleId === sale.order.originalSaleId &&
        isSameCorrection(work.corrected ?? {}, order.corrected)
      );
    default: {
      const paid = resolveTender(deps.settings, order.tender, sale.amountMinor);
      const isSame = sale.amountMinor === order.amountMinor && (work.debt ?? null) === order.debt;
      return isSame && paid.ok && isPaidSo(sale.tender, paid.value);
    }
  }
}
