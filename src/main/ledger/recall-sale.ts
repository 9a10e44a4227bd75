import { amountMinor, type SaleId } from '../../units/index.ts';
import type { LedgerTx } from '../store/index.ts';
import type { Account } from './accounts.ts';
import { appendRecord, type ChildDraft, type TransferDraft } from './append.ts';
import type { LostRecord } from './lost-records.ts';
import { projectKeyChange, type KeyChanged } from './meter-keys.ts';
import type { SaleStep } from './sale-steps.ts';
import { findSale, projectOpenSale, stepChildren } from './sales.ts';

/** `known`: the copy has it, or it was recalled before. `differs`: the copy has another token for this sale. */
export type Recalled = 'recalled' | 'known' | 'differs' | 'no-sale';

/** Records of a sale's life, which `recallSale` brings back; anything else is left to a person. */
const SALE_KIND = /^sale-/u;

/**
 * Brings one lost record of a sale back, as such: a record of kind `sale-recalled` with the lost record's own
 * rows and money, which names the record it was. Call it for the lost records in their order, before anything
 * is sold in the new epoch.
 */
export function recallSale(
  tx: LedgerTx,
  moment: { readonly nowUnixMs: number; readonly businessDate: string; readonly operatorId: string | null },
  lost: LostRecord,
): Recalled {
  if (!SALE_KIND.test(lost.kind) || lost.subjectId === null) return 'no-sale';
  const saleId = lost.subjectId as SaleId;
  const steps = childrenOf(lost, 'sale_step')
    .filter((values) => values['sale_id'] === saleId)
    .map((values) => ({
      step: String(values['step']) as SaleStep,
      reason: values['reason'] === null ? null : String(values['reason']),
    }));
  if (tokenDiffers(tx, saleId, lost)) return 'differs';
  if (steps.length === 0 || isKnown(tx, saleId, steps)) return 'known';
  const meterPan = childrenOf(lost, 'sale')[0]?.['meter_pan'] ?? findSale(tx, saleId)?.meterPan;
  const sale = { saleId, meterPan: String(meterPan) };
  const { keyChange } = JSON.parse(lost.detail) as { readonly keyChange?: KeyChanged };
  appendRecord(tx, {
    kind: 'sale-recalled',
    atUnixMs: moment.nowUnixMs,
    businessDate: moment.businessDate,
    operatorId: moment.operatorId,
    subjectId: saleId,
    detail: {
      was: { epoch: lost.epoch, sequence: lost.sequence, kind: lost.kind, hash: lost.hash },
      atUnixMs: lost.atUnixMs,
      operatorId: lost.operatorId,
      ...(keyChange ? { keyChange } : {}),
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
  if (keyChange) projectKeyChange(tx, sale.meterPan, keyChange);
  return 'recalled';
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

/** No step of a sale happens twice, so a sale that has one has been through the record that took it. */
function isKnown(tx: LedgerTx, saleId: SaleId, steps: readonly { readonly step: SaleStep }[]): boolean {
  const taken = tx.prepare('SELECT step FROM sale_step WHERE sale_id = ?').all<{ step: SaleStep }>(saleId);
  return steps.every(({ step }) => taken.some((row) => row.step === step));
}

function tokenDiffers(tx: LedgerTx, saleId: SaleId, lost: LostRecord): boolean {
  const here = tx
    .prepare('SELECT position, digits FROM token WHERE sale_id = ?')
    .all<{ position: number; digits: string }>(saleId);
  return childrenOf(lost, 'token').some((values) =>
    here.some((token) => token.position === values['position'] && token.digits !== values['digits']),
  );
}
