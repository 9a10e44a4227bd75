import { amountMinor, type SaleId } from '../../units/index.ts';
import { StorageError, type LedgerReader, type LedgerTx } from '../store/index.ts';
import type { Account, TenderAccount } from './accounts.ts';
import { appendRecord, type ChildDraft, type TransferDraft } from './append.ts';
import type { LostRecord } from './lost-records.ts';
import { projectKeyChange, type KeyChanged } from './meter-keys.ts';
import { NEXT_STEPS, OPEN_STEPS, type SaleStep } from './sale-steps.ts';
import { currentStep, findSale, findSaleByReceipt, projectOpenSale, stepChildren } from './sales.ts';
import { usesOfReference } from './tender.ts';

/** `known`: the copy has it, or it was recalled before. `differs`: the copy says something else that it can't be squared with. */
export type Recalled = 'recalled' | 'known' | 'differs' | 'no-sale';

/**
 * Why a lost record of a sale can't stand beside what the copy says. `token`: it has another token. `step`: the sale
 * went another way here. `reference`: its payment's number paid another sale. `receipt`, `id`: another sale has its
 * receipt number or one of its ids. `missing`: what it follows from did not come back. `row`: the ledger's own rules refuse it.
 */
export type Differs = 'token' | 'step' | 'reference' | 'receipt' | 'id' | 'missing' | 'row';

export type RecallWord = { readonly outcome: Recalled; readonly reason: Differs | null };

/** SQL: a record is of a kind, or brings one of that kind back. */
export const isOrWas = (kind: `sale-${string}`): string =>
  `(record.kind = '${kind}' OR (record.kind = 'sale-recalled' AND record.detail ->> '$.was.kind' = '${kind}'))`;

/** Records of a sale's life, which `recallSale` brings back; anything else is left to a person. */
const SALE_KIND = /^sale-/u;

type Step = { readonly step: SaleStep; readonly reason: string | null };

/** The time and the person of a record that is brought back. */
export type RecallMoment = {
  readonly nowUnixMs: number;
  readonly businessDate: string;
  readonly operatorId: string | null;
};

/**
 * Brings one lost record of a sale back, as such: a record of kind `sale-recalled` with the lost record's own
 * rows and money, which names the record it was. Call it for the lost records in their order. What does not fit the
 * copy is told, and nothing of it is written; the others come back all the same. `slips` is kept from one record to
 * the next: the sales that came back from paper before, by the ids that the lost books had for them.
 */
export function recallSale(
  tx: LedgerTx,
  moment: RecallMoment,
  lost: LostRecord,
  slips: Map<string, SaleId> = new Map(),
): RecallWord {
  if (!SALE_KIND.test(lost.kind) || lost.subjectId === null) return { outcome: 'no-sale', reason: null };
  const paper = fromPaper(tx, lost, slips);
  if (paper) return paper;
  const saleId = lost.subjectId as SaleId;
  const steps = childrenOf(lost, 'sale_step')
    .filter((values) => values['sale_id'] === saleId)
    .map((values) => ({
      step: String(values['step']) as SaleStep,
      reason: values['reason'] === null ? null : String(values['reason']),
    }));
  if (isKnown(tx, saleId, steps) && !tokenDiffers(tx, saleId, lost))
    return { outcome: 'known', reason: null };
  const reason =
    differs(tx, saleId, lost, steps) ??
    (keepAll(tx, () => bringBack(tx, moment, lost, steps)) ? null : 'row');
  return { outcome: reason === null ? 'recalled' : 'differs', reason };
}

/** Whether a sale came back from its slip. */
export function isFromPaper(reader: LedgerReader | LedgerTx, saleId: SaleId): boolean {
  const row = reader.prepare("SELECT 1 FROM sale_kind WHERE sale_id = ? AND kind = 'from-paper'").get(saleId);
  return row !== undefined;
}

/**
 * What becomes of a record of a sale that came back from its slip before; undefined of any other. Where the lost books
 * agree with the slip, everything is told; a person looks at what they say otherwise.
 */
function fromPaper(tx: LedgerTx, lost: LostRecord, slips: Map<string, SaleId>): RecallWord | undefined {
  const lostId = lost.subjectId ?? '';
  const differing = (reason: Differs): RecallWord => ({ outcome: 'differs', reason });
  const [row] = childrenOf(lost, 'sale');
  if (row) {
    const here = findSaleByReceipt(tx, String(row['receipt_number']));
    if (!here || here.saleId === lostId || !isFromPaper(tx, here.saleId)) return undefined;
    const agrees = here.meterPan === row['meter_pan'] && here.amountMinor === row['amount_minor'];
    if (!agrees) return differing('receipt');
    slips.set(lostId, here.saleId);
  }
  const saleId = slips.get(lostId);
  if (saleId === undefined) return undefined;
  if (tokenDiffers(tx, saleId, lost)) return differing('token');
  const undone = childrenOf(lost, 'sale_step').some(
    (values) => values['sale_id'] === lostId && ['void', 'unissued'].includes(String(values['step'])),
  );
  return undone ? differing('step') : { outcome: 'known', reason: null };
}

function bringBack(tx: LedgerTx, moment: RecallMoment, lost: LostRecord, steps: readonly Step[]): void {
  const saleId = lost.subjectId as SaleId;
  const meterPan = childrenOf(lost, 'sale')[0]?.['meter_pan'] ?? findSale(tx, saleId)?.meterPan;
  const sale = { saleId, meterPan: String(meterPan) };
  const said = JSON.parse(lost.detail) as Said;
  appendRecord(tx, {
    kind: 'sale-recalled',
    atUnixMs: moment.nowUnixMs,
    businessDate: moment.businessDate,
    operatorId: moment.operatorId,
    subjectId: saleId,
    detail: {
      was: { epoch: lost.epoch, sequence: lost.sequence, kind: lost.kind, hash: lost.hash },
      atUnixMs: lost.atUnixMs,
      businessDate: lost.businessDate,
      operatorId: lost.operatorId,
      ...Object.fromEntries(KEPT.filter((name) => name in said).map((name) => [name, said[name]])),
    },
    transfers: childrenOf(lost, 'transfer').map(transferOf),
    children: [
      ...rowsOf(lost, 'sale'),
      ...rowsOf(lost, 'tender_part'),
      ...rowsOf(lost, 'basket_sale'),
      ...rowsOf(lost, 'sale_kind'),
      ...rowsOf(lost, 'token'),
      ...openEntries(tx, lost),
      ...stepChildren(tx, sale, steps),
      ...closings(tx, lost),
    ],
  });
  projectOpenSale(tx, sale);
  if (said.keyChange) projectKeyChange(tx, sale.meterPan, said.keyChange);
}

/** What a sale's records say of it beside its rows, which others read there: it comes back under the same names. */
const KEPT = ['moduleId', 'acknowledged', 'after', 'keyChange'] as const;
type Said = { readonly [Name in (typeof KEPT)[number]]?: unknown } & { readonly keyChange?: KeyChanged };

/** All of it, or nothing where a rule of the tables refuses a row. */
function keepAll(tx: LedgerTx, work: () => void): boolean {
  tx.prepare('SAVEPOINT recalled').run();
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof StorageError && error.sqliteCode.startsWith('SQLITE_CONSTRAINT'))) throw error;
    tx.prepare('ROLLBACK TO recalled').run();
    return false;
  } finally {
    // Left standing, each would hold the next one inside it.
    tx.prepare('RELEASE recalled').run();
  }
}

/** Whatever would make two truths of one, found before anything is written. */
function differs(
  tx: LedgerTx,
  saleId: SaleId,
  lost: LostRecord,
  steps: readonly Step[],
): Differs | undefined {
  if (tokenDiffers(tx, saleId, lost)) return 'token';
  const [sale] = childrenOf(lost, 'sale');
  const current = currentStep(tx, saleId);
  if (!sale && current === undefined) return 'missing';
  if (sale && current === undefined) {
    const taken = (column: string): boolean =>
      tx.prepare(`SELECT 1 FROM sale WHERE ${column} = ?`).get(String(sale[column])) !== undefined;
    if (taken('receipt_number')) return 'receipt';
    if (taken('request_id') || taken('message_id')) return 'id';
  }
  if (!mayFollow(current, steps)) return 'step';
  return (
    childrenOf(lost, 'tender_part')
      .map((part) => partDiffers(tx, part))
      .find((reason) => reason !== undefined) ?? (originalIsHere(tx, lost) ? undefined : 'missing')
  );
}

function mayFollow(current: SaleStep | undefined, steps: readonly Step[]): boolean {
  return steps.every(({ step }, index) => {
    const before = index === 0 ? current : steps[index - 1]?.step;
    return before === undefined ? step === 'intended' : NEXT_STEPS[before].includes(step);
  });
}

/** A payment's number pays once, and is carried on from a sale that is here. */
function partDiffers(tx: LedgerTx, part: Values): Differs | undefined {
  if (part['reference'] === null || part['reference'] === undefined) return undefined;
  const uses = usesOfReference(tx, String(part['account']) as TenderAccount, String(part['reference']));
  const from = part['carried_from'];
  if (from === part['sale_id']) return undefined;
  if (from !== null) return uses.some((use) => use.saleId === from) ? undefined : 'missing';
  return uses.some((use) => use.carriedFrom === null) ? 'reference' : undefined;
}

function originalIsHere(tx: LedgerTx, lost: LostRecord): boolean {
  return childrenOf(lost, 'sale_kind').every(
    ({ original_sale_id: original }) =>
      typeof original !== 'string' || currentStep(tx, original as SaleId) !== undefined,
  );
}

/** The last steps of the sales before it, which go with an intent. */
function closings(tx: LedgerTx, lost: LostRecord): readonly ChildDraft[] {
  return childrenOf(lost, 'sale_step')
    .map((values) => String(values['sale_id']) as SaleId)
    .filter((saleId) => saleId !== lost.subjectId)
    .map((saleId) => findSale(tx, saleId))
    .filter((before) => before?.step === 'recorded')
    .flatMap((before) => (before ? stepChildren(tx, before, [{ step: 'closed', reason: null }]) : []));
}

type Values = LostRecord['children'][number]['values'];

function childrenOf(lost: LostRecord, table: string): readonly Values[] {
  return lost.children.filter((child) => child.table === table).map(({ values }) => values);
}

function rowsOf(
  lost: LostRecord,
  table: 'sale' | 'tender_part' | 'basket_sale' | 'sale_kind' | 'token',
): readonly ChildDraft[] {
  return childrenOf(lost, table).map((values) => ({ table, values }));
}

/** The drawer that took the money still has to account for it when its shift is open here. */
function openEntries(tx: LedgerTx, lost: LostRecord): readonly ChildDraft[] {
  const open = tx.prepare('SELECT 1 FROM open_shift WHERE shift_id = ?');
  return childrenOf(lost, 'shift_entry')
    .filter((values) => open.get(String(values['shift_id'])) !== undefined)
    .map((values) => ({ table: 'shift_entry', values }));
}

function transferOf(values: Values): TransferDraft {
  return {
    debit: String(values['debit_account']) as Account,
    credit: String(values['credit_account']) as Account,
    currency: String(values['currency']),
    amountMinor: amountMinor(Number(values['amount_minor'])),
  };
}

/**
 * No step of a sale happens twice, so a sale that has one has been through the record that took it. A doubt that is
 * settled here needs no telling any more.
 */
function isKnown(tx: LedgerTx, saleId: SaleId, steps: readonly Step[]): boolean {
  const taken = tx.prepare('SELECT step FROM sale_step WHERE sale_id = ?').all<{ step: SaleStep }>(saleId);
  const settled = taken.some(({ step }) => !OPEN_STEPS.includes(step));
  return steps.every(
    ({ step }) => (step === 'in-doubt' && settled) || taken.some((row) => row.step === step),
  );
}

function tokenDiffers(tx: LedgerTx, saleId: SaleId, lost: LostRecord): boolean {
  const here = tx
    .prepare('SELECT position, digits FROM token WHERE sale_id = ?')
    .all<{ position: number; digits: string }>(saleId);
  return childrenOf(lost, 'token').some((values) =>
    here.some((token) => token.position === values['position'] && token.digits !== values['digits']),
  );
}
