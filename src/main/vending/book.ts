import type { CallFault, CustomerView } from '../../contract/index.ts';
import type { SaleId } from '../../units/index.ts';
import {
  appendRecord,
  businessDateOf,
  privateDigest,
  projectKeyChange,
  projectOpenSale,
  saleChildren,
  stepChildren,
  tokenChild,
  type ChildDraft,
  type Moment,
  type RecordedSale,
  type RecordDraft,
  type SaleFacts,
  type SaleStep,
} from '../ledger/index.ts';
import { shiftEntry } from '../shifts/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { CheckedTokens } from './check-tokens.ts';
import { earnTender, holdTender, returnTender } from './postings.ts';
import { bookingOf } from './quote-sale.ts';

type StepDraft = { readonly step: SaleStep; readonly reason: string | null };

/** The one place where a sale's steps become journal rows, with the projection of open sales beside them. */
function writeSteps(
  tx: LedgerTx,
  moment: Moment,
  sale: { readonly saleId: SaleId; readonly meterPan: string },
  steps: readonly StepDraft[],
  draft: Pick<RecordDraft, 'kind' | 'transfers' | 'children' | 'detail'>,
  at?: { readonly step: SaleStep | undefined },
): void {
  appendRecord(tx, {
    ...draft,
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: sale.saleId,
    children: [...(draft.children ?? []), ...stepChildren(tx, sale, steps, at)],
  });
  projectOpenSale(tx, sale, steps.at(-1)?.step);
}

/** The customer as a sale knew them: the text beside the chain, its salt, and what the chain keeps of both. */
export type SealedCustomer = {
  readonly text: string;
  readonly salt: Uint8Array;
  readonly digest: Uint8Array;
};

export function sealCustomer(customer: CustomerView, salt: Uint8Array): SealedCustomer {
  const text = JSON.stringify(customer);
  return { text, salt, digest: privateDigest(text, salt) };
}

const CLOSED: readonly StepDraft[] = [{ step: 'closed', reason: null }];

/** The intent: everything that is needed to finish the sale after a power cut, with the money held. */
export function writeIntent(
  tx: LedgerTx,
  moment: Moment,
  sale: SaleFacts,
  also: {
    readonly customer: SealedCustomer;
    /** Recorded sales that are done with now that the next customer is here, as they were just read. */
    readonly closes: readonly Pick<RecordedSale, 'saleId' | 'meterPan'>[];
    /** Codes of the warnings that were gone past. */
    readonly acknowledged: readonly string[];
    /** Whose drawer takes the money; null for a sale that moves none. */
    readonly shiftId: string | null;
    /** Which module is asked for the tokens, by its own id: recovery asks that one and no other. */
    readonly moduleId: string | null;
  },
): void {
  const draft = {
    kind: 'sale-intended',
    detail: { acknowledged: also.acknowledged, moduleId: also.moduleId },
    transfers: holdTender(sale),
    children: [
      ...saleChildren(sale),
      ...entryOf(also.shiftId),
      ...also.closes.flatMap((each) => stepChildren(tx, each, CLOSED, { step: 'recorded' })),
    ],
  };
  // A sale's id is taken once: its row says so.
  writeSteps(tx, moment, sale, [{ step: 'intended', reason: null }], draft, { step: undefined });
  tx.prepare('INSERT INTO sale_private (sale_id, customer, salt) VALUES (?, ?, ?)').run(
    sale.saleId,
    also.customer.text,
    also.customer.salt,
  );
}

/** The module that a sale's intent says was asked; undefined of an intent that does not say. */
export function moduleAskedOf(ledger: LedgerReader, saleId: SaleId): string | undefined {
  const row = ledger
    .prepare(
      `SELECT json_extract(record.detail, '$.moduleId') AS moduleId
       FROM sale JOIN record ON record.record_id = sale.row_id / 1000 WHERE sale.sale_id = ?`,
    )
    .get<{ moduleId: string | null }>(saleId);
  return row?.moduleId ?? undefined;
}

/** The outcome: tokens and money in one transaction, whatever step the sale had reached before. */
export function writeRecorded(
  tx: LedgerTx,
  moment: Moment,
  sale: RecordedSale,
  { tokens, keyChange }: CheckedTokens,
): void {
  const steps: readonly StepDraft[] = [
    { step: 'issued', reason: null },
    { step: 'recorded', reason: null },
  ];
  writeSteps(tx, moment, sale, steps, {
    kind: 'sale-recorded',
    detail: { after: sale.step, ...(keyChange ? { keyChange } : {}) },
    transfers: earnTender(bookingOf(sale), sale.resource, sale.currency),
    children: tokens.map((token) => tokenChild(sale.saleId, token)),
  });
  if (keyChange) projectKeyChange(tx, sale.meterPan, keyChange);
}

/** Ties money to the drawer it goes into or comes from; a sale of nothing, or from before there were shifts, has none. */
function entryOf(shiftId: string | null): readonly ChildDraft[] {
  return shiftId === null ? [] : [shiftEntry(shiftId)];
}

export function writeInDoubt(tx: LedgerTx, moment: Moment, sale: RecordedSale, reason: string): void {
  writeSteps(tx, moment, sale, [{ step: 'in-doubt', reason }], { kind: 'sale-in-doubt', detail: { reason } });
}

/** Only after the module has said that no token was made: the money goes back. */
export function writeVoid(
  tx: LedgerTx,
  moment: Moment,
  sale: RecordedSale,
  fault: CallFault,
  shiftId: string | null,
): void {
  writeSteps(tx, moment, sale, [{ step: 'void', reason: JSON.stringify(fault) }], {
    kind: 'sale-void',
    detail: { code: fault.code },
    children: entryOf(shiftId),
    transfers: returnTender(sale),
  });
}

/** A supervisor's word that nobody has seen the token: the money goes back and head office is told. */
export function writeUnissued(
  tx: LedgerTx,
  moment: Moment,
  sale: RecordedSale,
  reason: string,
  shiftId: string | null,
): void {
  writeSteps(tx, moment, sale, [{ step: 'unissued', reason }], {
    kind: 'sale-unissued',
    detail: { reason, forHeadOffice: true },
    children: entryOf(shiftId),
    transfers: returnTender(sale),
  });
}

/** A module whose token did not match makes no more tokens until somebody has looked into it. */
export function writeModuleStopped(tx: LedgerTx, moment: Moment, moduleId: string, detail: unknown): void {
  appendRecord(tx, {
    kind: 'module-stopped',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: moduleId,
    detail,
  });
}

/** A supervisor has looked into it. */
export function writeModuleCleared(tx: LedgerTx, moment: Moment, moduleId: string, reason: string): void {
  appendRecord(tx, {
    kind: 'module-cleared',
    atUnixMs: moment.nowUnixMs,
    businessDate: businessDateOf(moment.nowUnixMs, moment.zone),
    operatorId: moment.operatorId,
    subjectId: moduleId,
    detail: { reason },
  });
}

/** Whether a module was stopped for this very sale, cleared since or not. */
export function wasStoppedFor(ledger: LedgerReader, moduleId: string, saleId: SaleId): boolean {
  return (
    ledger
      .prepare(
        `SELECT 1 AS found FROM record WHERE kind IN ('module-stopped', 'module-cleared') AND subject_id = ?
         AND json_extract(detail, '$.saleId') = ?`,
      )
      .get(moduleId, saleId) !== undefined
  );
}

export function isModuleStopped(ledger: LedgerReader, moduleId: string): boolean {
  const last = ledger
    .prepare(
      `SELECT kind FROM record WHERE kind IN ('module-stopped', 'module-cleared') AND subject_id = ?
       ORDER BY record_id DESC LIMIT 1`,
    )
    .get<{ kind: string }>(moduleId);
  return last?.kind === 'module-stopped';
}
