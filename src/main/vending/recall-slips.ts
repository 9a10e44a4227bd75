import type { CallFault, PaperSlip, SignedInOperator } from '../../contract/index.ts';
import { minuteOfTid } from '../../sts/index.ts';
import {
  civilAtOffset,
  err,
  instantInZone,
  makeId,
  ok,
  parseAmount,
  parseCivilMinute,
  unitsTenths,
  type AmountMinor,
  type Result,
  type SaleId,
  type UnitsTenths,
  type UnixMs,
} from '../../units/index.ts';
import { findMeter, searchDirectory, type MeterRecord } from '../directory/index.ts';
import {
  appendRecord,
  businessDateOf,
  epochOpened,
  findSaleByReceipt,
  isFromPaper,
  mainTender,
  OPEN_STEPS,
  PURCHASE,
  receivedOf,
  saleChildren,
  saleOfToken,
  stepChildren,
  tokenChild,
  usesOfReference,
  type RecordedSale,
  type SaleFacts,
  type SaleStep,
  type TenderPart,
  type TokenFacts,
} from '../ledger/index.ts';
import { findOperator } from '../operators/index.ts';
import { faultForCall, type SecureModule, type VendingKeyAttributes } from '../secure-module/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { checkClock, CLOCK_APART_MS } from './clock.ts';
import { attempted, need, type VendingDeps } from './deps.ts';
import { refuse } from './faults.ts';
import { SUBCLASS } from './finish.ts';
import { holdTender } from './postings.ts';
import { keysOf, listedKey, meterAsKnown, servingKey, type StoredMeter } from './prepare.ts';
import { resolveTender } from './tender.ts';
import { minuteNumber, TOKEN_MINUTES_AHEAD } from './token-time.ts';

/** `known`: the books have the sale; `receiptNumber` is the one that they have it under. */
export type SlipWord = { readonly receiptNumber: string; readonly outcome: 'recalled' | 'known' };

/** Why a slip is not taken. */
type SlipReason =
  | 'receipt'
  | 'taken'
  | 'open'
  | 'ended'
  | 'time'
  | 'after'
  | 'before'
  | 'meter'
  | 'reference'
  | 'token'
  | 'kind'
  | 'minute'
  | 'units';

/** What no slip says; nothing is put in its place. */
const UNKNOWN = ['requestId', 'messageId', 'moduleId', 'tariff', 'lines', 'account', 'customer'] as const;
const NOT_KNOWN = 'unknown';

const MINUTE_MS = 60_000;

/**
 * Brings back sales that a restored copy lacks from what their slips show, all slips of a file in one commit or, with
 * one refused, none. Every token is decoded by the module with the meter's key and has to be what the slip says: credit,
 * its units, its minute. `slip-refused` names the receipt and what is wrong; `recall-not-restored` where no backup was restored.
 */
export async function recallSlips(
  deps: VendingDeps,
  slips: readonly PaperSlip[],
  supervisor: SignedInOperator,
): Promise<Result<readonly SlipWord[], CallFault>> {
  const restored = epochOpened(deps.ledger);
  if (restored?.reason !== 'restored') return refuse('recall-not-restored', { folder: '' });
  const clock = checkClock(deps.ledger, deps.settings, deps.now());
  if (!clock.ok) return clock;
  const checked: (CheckedSlip | SlipWord)[] = [];
  for (const slip of slips) {
    const each = await checkSlip(deps, restored, slip);
    if (!each.ok) return each;
    checked.push(each.value);
  }
  const moment = { nowUnixMs: deps.now(), operatorId: supervisor.operatorId };
  return attempted(() =>
    deps.ledger.transaction((tx) =>
      checked.map((each) => ('outcome' in each ? each : writeSlip(deps, tx, moment, each))),
    ),
  );
}

type Restored = NonNullable<ReturnType<typeof epochOpened>>;

/** A slip of which everything was found true that can be. */
type CheckedSlip = {
  readonly slip: PaperSlip;
  readonly atUnixMs: UnixMs;
  readonly amountMinor: AmountMinor;
  readonly parts: readonly TenderPart[];
  readonly meter: MeterRecord;
  readonly stored: StoredMeter;
  readonly token: TokenFacts & { readonly unitsTenths: UnitsTenths; readonly tokenMinute: number };
};

const refused = (slip: PaperSlip, reason: SlipReason): Result<never, CallFault> =>
  refuse('slip-refused', { receipt: slip.receiptNumber, reason });

async function checkSlip(
  deps: VendingDeps,
  restored: Restored,
  slip: PaperSlip,
): Promise<Result<CheckedSlip | SlipWord, CallFault>> {
  const known = knownHere(deps.ledger, slip);
  if (known) return known;
  const at = checkPlace(deps, restored, slip);
  if (!at.ok) return at;
  const amount = amountOf(deps, slip.amount);
  if (!amount.ok) return amount;
  const parts = partsOf(deps, slip, amount.value);
  if (!parts.ok) return parts;
  const found = meterOf(deps, slip);
  if (!found) return refused(slip, 'meter');
  const token = await checkToken(deps, slip, found, at.value);
  if (!token.ok) return token;
  return ok({
    slip,
    atUnixMs: at.value,
    amountMinor: amount.value,
    parts: parts.value,
    meter: found,
    ...token.value,
  });
}

const digitsOf = (token: string): string => token.replaceAll(/\D/gu, '');

/** The sale as the books have it by now, or undefined where they have neither its number nor its token. */
function knownHere(
  ledger: LedgerReader | LedgerTx,
  slip: PaperSlip,
): Result<SlipWord, CallFault> | undefined {
  const has = (sale: RecordedSale): boolean =>
    slip.tokens.every((token) => sale.tokens.some(({ digits }) => digits === digitsOf(token)));
  const sale =
    findSaleByReceipt(ledger, slip.receiptNumber) ??
    slip.tokens.map((token) => saleOfToken(ledger, digitsOf(token))).find((each) => each !== undefined);
  if (!sale) return undefined;
  if (has(sale)) return ok({ receiptNumber: sale.receiptNumber, outcome: 'known' });
  if (OPEN_STEPS.includes(sale.step)) return refused(slip, 'open');
  return refused(slip, ['void', 'unissued'].includes(sale.step) ? 'ended' : 'taken');
}

/** A number that this station gave out before the restore, and a time between the backup and the restore. */
function checkPlace(
  { settings }: VendingDeps,
  restored: Restored,
  slip: PaperSlip,
): Result<UnixMs, CallFault> {
  const { epoch } = restored.oldHead;
  const prefix = epoch === 1 ? settings.stationId : `${settings.stationId}E${epoch}`;
  const number = slip.receiptNumber.startsWith(`${prefix}-`)
    ? slip.receiptNumber.slice(prefix.length + 1)
    : '';
  if (!/^\d{6,}$/u.test(number)) return refused(slip, 'receipt');
  const civil = parseCivilMinute(slip.at);
  if (!civil) return refused(slip, 'time');
  const at = instantInZone(civil, settings.zone);
  if (at > restored.atUnixMs) return refused(slip, 'after');
  // The slip's seconds are not printed.
  if (at + MINUTE_MS <= (restored.backupUnixMs ?? 0)) return refused(slip, 'before');
  return ok(at);
}

function amountOf({ settings }: VendingDeps, typed: string): Result<AmountMinor, CallFault> {
  const amount = parseAmount(typed, settings.currency);
  if (amount.ok) return amount;
  const { code, ...params } = amount.error;
  return refuse(code, params);
}

/** The payment as a till would take it; a number that pays for several slips stands with the first of them. */
function partsOf(
  deps: VendingDeps,
  slip: PaperSlip,
  due: AmountMinor,
): Result<readonly TenderPart[], CallFault> {
  return attempted(() => {
    const asked = slip.tender.map(({ account, amount, reference = null }) => {
      const minor = need(amountOf(deps, amount));
      return account === 'cash-drawer'
        ? { account, receivedMinor: minor }
        : { account, amountMinor: minor, reference };
    });
    return need(resolveTender(deps.settings, { kind: 'parts', parts: asked }, due));
  });
}

function meterOf({ directory, ledger }: VendingDeps, { meterNumber }: PaperSlip): MeterRecord | undefined {
  const number = digitsOf(meterNumber);
  const hits = searchDirectory(directory, number);
  if (!hits.ok) return undefined;
  const listed = hits.value
    .map(({ pan }) => findMeter(directory, pan))
    .find((meter) => meter?.meterNumber === number);
  return listed && meterAsKnown(ledger, listed);
}

/** Has the token decoded, and holds what it carries against the slip. */
async function checkToken(
  deps: VendingDeps,
  slip: PaperSlip,
  meter: MeterRecord,
  at: UnixMs,
): Promise<Result<Pick<CheckedSlip, 'token' | 'stored'>, CallFault>> {
  const module = deps.module();
  if (!module.ok) return module;
  const group = deps.settings.supplyGroups[meter.sgc];
  const key = await keyOf(module.value, meter);
  if (!key.ok) return key;
  if (!group) return refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
  const [typed, second] = slip.tokens;
  // A key change says with which key the meter goes on: that is for the directory to say, not for a slip.
  if (typed === undefined || second !== undefined) return refused(slip, 'kind');
  const digits = digitsOf(typed);
  const verdict = await module.value.verify(digits, keysOf(meter, key.value));
  if (!verdict.ok) return err(faultForCall(verdict.error));
  if (!verdict.value.good) return refused(slip, 'token');
  const { tokenClass, subclass, unitsTenths: units, tokenTime, kcv } = verdict.value;
  if (tokenClass !== 0 || subclass !== SUBCLASS[meter.resource] || units === null || tokenTime === null)
    return refused(slip, 'kind');
  if (units !== tenthsOf(slip.units)) return refused(slip, 'units');
  const tokenMinute = minuteNumber(minuteOfTid(tokenTime.baseDate, tokenTime.tid));
  const { fromMinute, toMinute } = minutesOf(module.value, at, group.offsetMinutes);
  if (tokenMinute < fromMinute || tokenMinute > toMinute) return refused(slip, 'minute');
  return ok({
    token: {
      position: 1,
      digits,
      tokenClass,
      subclass,
      tokenMinute,
      unitsTenths: units,
      moduleId: NOT_KNOWN,
      keyCheck: kcv,
    },
    stored: {
      keys: keysOf(meter, key.value),
      meterNumber: meter.meterNumber,
      tariffId: '',
      offsetMinutes: group.offsetMinutes,
      keypadModel: meter.keypadModel,
      listed: listedKey(deps.directory, meter.pan),
    },
  });
}

async function keyOf(
  module: SecureModule,
  meter: MeterRecord,
): Promise<Result<VendingKeyAttributes, CallFault>> {
  const keys = await module.listKeys();
  if (!keys.ok) return err(faultForCall(keys.error));
  const key = servingKey(meter, keys.value);
  return key ? ok(key) : refuse('module-no-key', { sgc: meter.sgc, krn: meter.krn });
}

function tenthsOf(typed: string): UnitsTenths {
  const [whole, tenth = '0'] = typed.split(/[.,]/u);
  return unitsTenths(Number(whole) * 10 + Number(tenth));
}

/** The sale's own minute and those that a till goes ahead; a module that chooses goes by its own clock. */
function minutesOf(
  module: SecureModule,
  at: UnixMs,
  offsetMinutes: number,
): { readonly fromMinute: number; readonly toMinute: number } {
  const minute = minuteNumber(civilAtOffset(at, offsetMinutes));
  const apart = module.level === 'managed' ? CLOCK_APART_MS / MINUTE_MS : 0;
  return { fromMinute: minute - apart, toMinute: minute + TOKEN_MINUTES_AHEAD + apart };
}

type SlipMoment = { readonly nowUnixMs: number; readonly operatorId: string };

/** The two records that the sale would have had, with the money that it moved. */
function writeSlip(deps: VendingDeps, tx: LedgerTx, moment: SlipMoment, checked: CheckedSlip): SlipWord {
  const { slip, token } = checked;
  const known = knownHere(tx, slip);
  if (known) return need(known);
  const sale = factsOf(deps, tx, checked);
  const record = (
    kind: string,
    steps: readonly SaleStep[],
    of: Pick<Draft, 'transfers' | 'children'>,
  ): void => {
    const { children = [], transfers = [] } = of;
    appendRecord(tx, {
      kind: 'sale-recalled',
      atUnixMs: moment.nowUnixMs,
      businessDate: businessDateOf(moment.nowUnixMs, deps.settings.zone),
      operatorId: moment.operatorId,
      subjectId: sale.saleId,
      detail: {
        from: 'paper',
        was: { kind },
        atUnixMs: sale.atUnixMs,
        businessDate: businessDateOf(sale.atUnixMs, deps.settings.zone),
        operatorId: sale.operatorId === NOT_KNOWN ? null : sale.operatorId,
        unknown: UNKNOWN,
      },
      transfers,
      children: [
        ...children,
        ...stepChildren(
          tx,
          sale,
          steps.map((step) => ({ step, reason: null })),
        ),
      ],
    });
  };
  record('sale-intended', ['intended'], { transfers: holdTender(sale), children: saleChildren(sale) });
  const { currency, amountMinor: minor, resource } = sale;
  record('sale-recorded', ['issued', 'recorded'], {
    transfers: [{ debit: 'tender-held', credit: `sales-${resource}`, currency, amountMinor: minor }],
    children: [tokenChild(sale.saleId, token)],
  });
  return { receiptNumber: slip.receiptNumber, outcome: 'recalled' };
}

type Draft = Parameters<typeof appendRecord>[1];

function factsOf(deps: VendingDeps, tx: LedgerTx, checked: CheckedSlip): SaleFacts {
  const { slip, atUnixMs, amountMinor: minor, meter, stored, token } = checked;
  const saleId = makeId<'sale'>(atUnixMs, deps.random(10));
  const parts = checked.parts.map((part) => ({ ...part, carriedFrom: need(paidBefore(tx, slip, part)) }));
  const seller = slip.cashier === undefined ? undefined : findOperator(tx, slip.cashier);
  return {
    saleId,
    requestId: `${NOT_KNOWN}:${slip.receiptNumber}`,
    messageId: `${NOT_KNOWN}:${slip.receiptNumber}`,
    receiptNumber: slip.receiptNumber,
    atUnixMs,
    operatorId: seller?.operatorId ?? NOT_KNOWN,
    meterPan: meter.pan,
    meter: JSON.stringify(stored),
    customerDigest: new Uint8Array(32),
    resource: meter.resource,
    currency: deps.settings.currency.code,
    amountMinor: minor,
    tenderAccount: mainTender(parts),
    receivedMinor: receivedOf(parts),
    tender: parts,
    basket: null,
    unitsTenths: token.unitsTenths,
    tokenMinute: token.tokenMinute,
    quote: JSON.stringify({
      from: 'paper',
      quote: { amountMinor: minor, tenderMinor: minor, lines: [], changeMinor: 0, carriedMinor: 0 },
    }),
    order: { ...PURCHASE, kind: 'from-paper' },
  };
}

/** The sale that a payment's number stands with: one that came back from paper too, since a basket has a slip each. */
function paidBefore(
  tx: LedgerTx,
  slip: PaperSlip,
  { account, reference }: TenderPart,
): Result<SaleId | null, CallFault> {
  if (reference === null) return ok(null);
  const first = usesOfReference(tx, account, reference).find(({ carriedFrom }) => carriedFrom === null);
  if (!first) return ok(null);
  return isFromPaper(tx, first.saleId) ? ok(first.saleId) : refused(slip, 'reference');
}
