import { emptyState, settle, type AccountState, type Adjustment } from '../../tariff/index.ts';
import { assert, civilInZone, civilToText, unixMs } from '../../units/index.ts';
import { findMeterAccount, findTariffVersion, type MeterAccount } from '../directory/index.ts';
import { ACCOUNT_KINDS, earlierSales, type EarlierSale } from '../ledger/index.ts';
import type { DirectoryReader, LedgerReader } from '../store/index.ts';
import { parsedTariff } from './parsed-tariff.ts';
import type { StoredPricing } from './quote-sale.ts';

/** An account as a quote needs it, and which statement of head office is in it. */
export type KnownAccount = { readonly state: AccountState; readonly statementAsOfUnixMs: number | null };

type Deps = { readonly ledger: LedgerReader; readonly directory: DirectoryReader };

/** More sales than one meter has between two statements of head office. */
const SALES_SINCE = 500;

const pricingOf = (sale: EarlierSale): StoredPricing => JSON.parse(sale.quote) as StoredPricing;

/**
 * The account before the next sale: what the last sale here left behind, or, when head office has told more
 * since, its statement with this station's later sales counted in. A provisional one among these is settled:
 * what it should have cost is owed, or given back, with the next purchase.
 */
export function accountBefore(deps: Deps, pan: string, at: string, zone: string): KnownAccount {
  const account = findMeterAccount(deps.directory, pan);
  const [last] = earlierSales(deps.ledger, pan, ACCOUNT_KINDS, 1);
  const own = last && pricingOf(last);
  const { statement } = account;
  if (!statement) {
    const state = { ...(own?.quote.after ?? emptyState(at)), asOf: at };
    return { state: withMasterData(state, account), statementAsOfUnixMs: null };
  }
  const { asOfUnixMs } = statement;
  const asOf = civilToText(civilInZone(unixMs(asOfUnixMs), zone)).replace(' ', 'T');
  const isTakenIn = own !== undefined && (own.statementAsOfUnixMs ?? -1) >= asOfUnixMs;
  const state = isTakenIn
    ? own.quote.after
    : rebased(deps, pan, statement, own?.quote.after ?? emptyState(at));
  return { state: withMasterData({ ...state, asOf }, account), statementAsOfUnixMs: asOfUnixMs };
}

function withMasterData(state: AccountState, account: MeterAccount): AccountState {
  const { category: _, ...rest } = state;
  const { category, quantities, soldElsewhere, homeStation } = account;
  return { ...rest, quantities, soldElsewhere, homeStation, ...(category === null ? {} : { category }) };
}

/** A statement with what was sold here after it; balance and sums still owed are this station's own. */
function rebased(
  deps: Deps,
  pan: string,
  statement: NonNullable<MeterAccount['statement']>,
  own: AccountState,
): AccountState {
  const { figures, asOfUnixMs } = statement;
  const { windows = {}, charges = {}, entitlements = {}, debts = {} } = figures;
  const told = new Set(
    [...(figures.adjustments ?? []), ...(figures.unitAdjustments ?? [])].map(({ id }) => id),
  );
  const start: AccountState = {
    ...own,
    windows,
    charges,
    entitlements,
    debts,
    adjustments: [...own.adjustments.filter(({ id }) => !told.has(id)), ...(figures.adjustments ?? [])],
    unitAdjustments: [
      ...own.unitAdjustments.filter(({ id }) => !told.has(id)),
      ...(figures.unitAdjustments ?? []),
    ],
  };
  return earlierSales(deps.ledger, pan, ACCOUNT_KINDS, SALES_SINCE)
    .filter((sale) => sale.atUnixMs > asOfUnixMs)
    .toReversed()
    .reduce((state, sale) => counted(state, sale, settlementsOf(deps, state, sale)), start);
}

/** What a provisional sale should have cost more or less, seen from the account as it truly was. */
function settlementsOf(deps: Deps, state: AccountState, sale: EarlierSale): readonly Adjustment[] {
  const { tariff, state: before, quote } = pricingOf(sale);
  if (quote.provisional.length === 0) return [];
  const version = findTariffVersion(deps.directory, tariff.id, tariff.version);
  const parsed = version && parsedTariff(version.document);
  assert(parsed?.ok, 'the version of a price list that a sale was made by is kept');
  const recorded = { state: before, request: quote.request, at: quote.at, quote };
  const settled = settle(parsed.value, recorded, withOwnWords(state, before), sale.receiptNumber);
  assert(settled.ok, 'what was sold once can be worked out again');
  return settled.value;
}

/** What master data said of the meter when it was sold to, which a settlement leaves alone. */
function withOwnWords(state: AccountState, before: AccountState): AccountState {
  const { category: _, ...rest } = state;
  const { category, quantities } = before;
  return { ...rest, quantities, ...(category === undefined ? {} : { category }) };
}

/** A true account after a sale that was made from another one: only what the sale itself changed is counted. */
function counted(state: AccountState, sale: EarlierSale, settled: readonly Adjustment[]): AccountState {
  const { state: before, quote } = pricingOf(sale);
  const { after } = quote;
  return {
    ...state,
    windows: { ...state.windows, ...windowsWith(state, before, after) },
    charges: { ...state.charges, ...changed(before.charges, after.charges) },
    entitlements: { ...state.entitlements, ...changed(before.entitlements, after.entitlements) },
    debts: debtsAfter(state, before, after),
    adjustments: [...state.adjustments, ...settled],
  };
}

function changed<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(after).filter(([id, value]) => JSON.stringify(value) !== JSON.stringify(before[id])),
  );
}

function windowsWith(
  state: AccountState,
  before: AccountState,
  after: AccountState,
): AccountState['windows'] {
  const entries = Object.entries(changed(before.windows, after.windows)).map(([name, now]) => {
    const earlier = before.windows[name];
    const bought = now.quantity - (earlier?.startedOn === now.startedOn ? earlier.quantity : 0);
    const known = state.windows[name];
    if (!known || known.startedOn < now.startedOn) return [name, { ...now, quantity: bought }] as const;
    return [name, { ...known, quantity: known.quantity + bought }] as const;
  });
  return Object.fromEntries(entries);
}

function debtsAfter(state: AccountState, before: AccountState, after: AccountState): AccountState['debts'] {
  const entries = Object.entries(state.debts).map(([id, debt]) => {
    const paid = (before.debts[id]?.balanceMinor ?? 0) - (after.debts[id]?.balanceMinor ?? 0);
    return [id, { ...debt, balanceMinor: Math.max(0, debt.balanceMinor - paid) }] as const;
  });
  return Object.fromEntries(entries);
}
