import {
  NEEDS_REFERENCE,
  parseReference,
  type CallFault,
  type ReferredAccount,
  type StationSettings,
  type TenderRequest,
  type TenderRequestPart,
} from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import {
  amountMinor,
  assert,
  civilInZone,
  civilToText,
  ok,
  unixMs,
  type AmountMinor,
  type Result,
  type SaleId,
} from '../../units/index.ts';
import {
  basketPlaceOf,
  findSale,
  usesOfReference,
  type ReferenceUse,
  type TenderPart,
} from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse } from './faults.ts';
import type { StoredMeter } from './prepare.ts';

type Referred = Extract<TenderRequestPart, { readonly account: ReferredAccount }>;

/** The parts as asked for: cash alone is one part. */
function partsOf(tender: TenderRequest): readonly TenderRequestPart[] {
  return tender.kind === 'cash'
    ? [{ account: 'cash-drawer', receivedMinor: tender.receivedMinor }]
    : tender.parts;
}

/** What is paid in cash; nothing for a sale of nothing. */
export function inCash(minor: AmountMinor, receivedMinor: AmountMinor): readonly TenderPart[] {
  if (minor === 0) return [];
  return [{ account: 'cash-drawer', amountMinor: minor, receivedMinor, reference: null, carriedFrom: null }];
}

/**
 * What a payment comes to: parts that add up to what is due to the cent, cash taking what the others leave. Change
 * comes from cash only. Refuses too little, too much, coins that do not exist, and references that are none.
 */
export function resolveTender(
  settings: StationSettings,
  tender: TenderRequest,
  dueMinor: number,
): Result<readonly TenderPart[], CallFault> {
  const asked = partsOf(tender);
  const text = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
  const cash = asked.filter((part) => part.account === 'cash-drawer');
  const others = asked.filter((part): part is Referred => part.account !== 'cash-drawer');
  const parts: TenderPart[] = [];
  for (const part of others) {
    const referred = referredPart(part, parts);
    if (!referred.ok) return referred;
    parts.push(referred.value);
  }
  const left = dueMinor - parts.reduce((sum, part) => sum + part.amountMinor, 0);
  if (left < 0 || (left === 0 && cash.length > 0))
    return refuse('tender-too-much', { over: text(-left), due: text(dueMinor) });
  if (left === 0) return ok(parts);
  const [only, second] = cash;
  if (!only) return refuse('tender-too-little', { missing: text(left), due: text(dueMinor) });
  if (second) return refuse('tender-cash-twice');
  const { receivedMinor } = only;
  if (receivedMinor < left)
    return refuse('cash-too-little', { received: text(receivedMinor), due: text(left) });
  const step = settings.currency.cashStepMinor;
  if (receivedMinor % step !== 0 || left % step !== 0) return refuse('cash-step', { step: text(step) });
  return ok([...parts, ...inCash(amountMinor(left), amountMinor(receivedMinor))]);
}

function referredPart(part: Referred, before: readonly TenderPart[]): Result<TenderPart, CallFault> {
  const { account } = part;
  const reference = referenceOf(account, part.reference);
  if (!reference.ok) return reference;
  const twice = before.some(
    (other) => other.account === account && other.reference !== null && other.reference === reference.value,
  );
  if (twice) return refuse('reference-twice');
  const minor = amountMinor(part.amountMinor);
  return ok({
    account,
    amountMinor: minor,
    receivedMinor: minor,
    reference: reference.value,
    carriedFrom: null,
  });
}

/** A typed reference as it is kept; null where there is none and none is needed. */
export function referenceOf(account: ReferredAccount, text: string | null): Result<string | null, CallFault> {
  const parsed = parseReference(text ?? '');
  if (parsed.ok) return parsed;
  const { code, ...params } = parsed.error;
  if (code === 'reference-missing' && !NEEDS_REFERENCE.includes(account)) return ok(null);
  return refuse(code, { ...params });
}

/** For which meters a payment is to pay; `instead` names the sale that a supervisor sells again. */
export type Claim = { readonly pans: readonly string[]; readonly instead?: SaleId | undefined };

/**
 * Holds each reference against every one that was ever taken. A reference pays once; where the sale that had it
 * came to nothing, what was given back may pay for the same meter.
 */
export function claimReferences(
  ledger: LedgerReader,
  settings: StationSettings,
  parts: readonly TenderPart[],
  claim: Claim,
): Result<readonly TenderPart[], CallFault> {
  const claimed: TenderPart[] = [];
  for (const part of parts) {
    const { account, reference } = part;
    const from =
      reference === null ? ok(null) : freeReference(ledger, settings, { ...part, reference }, claim);
    if (!from.ok) return from;
    claimed.push({ ...part, account, carriedFrom: from.value });
  }
  return ok(claimed);
}

function freeReference(
  ledger: LedgerReader,
  settings: StationSettings,
  { account, reference, amountMinor: wanted }: TenderPart & { readonly reference: string },
  claim: Claim,
): Result<SaleId | null, CallFault> {
  const uses = usesOfReference(ledger, account, reference);
  const [first] = uses;
  if (!first) return ok(null);
  const basketId = basketPlaceOf(ledger, first.saleId)?.basketId;
  const isFirst = ({ saleId }: ReferenceUse): boolean =>
    saleId === first.saleId ||
    (basketId !== undefined && basketPlaceOf(ledger, saleId)?.basketId === basketId);
  const gone = uses.filter((use) => !isGivenBack(ledger, uses, use, claim));
  const sum = (of: readonly ReferenceUse[]): number => of.reduce((all, use) => all + use.amountMinor, 0);
  const back = uses.findLast((use) => !gone.includes(use));
  return back && sum(uses.filter(isFirst)) - sum(gone) >= wanted
    ? ok(back.saleId)
    : usedAlready(ledger, settings, gone.at(-1) ?? first);
}

/** Whether the money of a use lies ready again: its sale is void, or what a supervisor sells once more. */
function isGivenBack(
  ledger: LedgerReader,
  uses: readonly ReferenceUse[],
  { saleId }: ReferenceUse,
  { pans, instead }: Claim,
): boolean {
  const sale = findSale(ledger, saleId);
  if (!sale || !pans.includes(sale.meterPan)) return false;
  if (sale.step === 'void') return true;
  const soldAgain = saleId === instead || uses.some((use) => use.carriedFrom === saleId);
  return sale.step === 'unissued' && soldAgain;
}

function usedAlready(
  ledger: LedgerReader,
  settings: StationSettings,
  { saleId }: ReferenceUse,
): Result<never, CallFault> {
  const sale = findSale(ledger, saleId);
  assert(sale, 'a part belongs to a sale');
  const { meterNumber } = JSON.parse(sale.meter) as StoredMeter;
  const time = civilToText(civilInZone(unixMs(sale.atUnixMs), settings.zone));
  return refuse('reference-used', { receiptNumber: sale.receiptNumber, time, meter: meterNumber });
}

/**
 * Deals a payment out over sales in their order, each part until it is used up: every sale gets parts that add up
 * to its own amount. What cash was handed over too much stands with the last sale that it pays.
 */
export function splitTender(
  parts: readonly TenderPart[],
  duesMinor: readonly number[],
): readonly (readonly TenderPart[])[] {
  const left = parts.map((part) => ({ part, minor: part.amountMinor as number }));
  const shares = duesMinor.map((due) => {
    let missing = due;
    const share: TenderPart[] = [];
    for (const pot of left) {
      const minor = Math.min(pot.minor, missing);
      if (minor === 0) continue;
      pot.minor -= minor;
      missing -= minor;
      const change = pot.minor === 0 ? pot.part.receivedMinor - pot.part.amountMinor : 0;
      share.push({
        ...pot.part,
        amountMinor: amountMinor(minor),
        receivedMinor: amountMinor(minor + change),
      });
    }
    assert(missing === 0, 'the parts of a payment add up to what is due');
    return share;
  });
  assert(
    left.every(({ minor }) => minor === 0),
    'nothing of a payment is left over',
  );
  return shares;
}

/** Whether a sale was paid as this request says: the repeated request of the same sale. */
export function isPaidSo(paid: readonly TenderPart[], asked: readonly TenderPart[]): boolean {
  const plain = (parts: readonly TenderPart[]): string =>
    JSON.stringify(parts.map((part) => [part.account, part.amountMinor, part.receivedMinor, part.reference]));
  return plain(paid) === plain(asked);
}

/** A sale's parts as a request that would pay it the same way. */
export function tenderAgain(parts: readonly TenderPart[]): TenderRequest {
  return {
    kind: 'parts',
    parts: parts.map(({ account, amountMinor: minor, receivedMinor, reference }) =>
      account === 'cash-drawer' ? { account, receivedMinor } : { account, amountMinor: minor, reference },
    ),
  };
}
