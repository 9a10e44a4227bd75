import type { CallFault, SignedInOperator, StationSettings } from '../../contract/index.ts';
import { assert, err, ok, type Result, type SaleId } from '../../units/index.ts';
import { believedUnixMs, findSale, type Moment, type RecordedSale } from '../ledger/index.ts';
import type { SecureModule } from '../secure-module/index.ts';
import { StorageError, type DirectoryReader, type LedgerTx, type LedgerWriter } from '../store/index.ts';
import { refuse } from './faults.ts';

export type VendingDeps = {
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryReader;
  readonly settings: StationSettings;
  /** The module in use, or that of an id and no other; or the reason why there is none. */
  readonly module: (askedOf?: string) => Result<SecureModule, CallFault>;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** Why the disk takes no further sale, or null. */
  readonly diskFault: () => CallFault | null;
  /** The next customer is here: written with the intent. */
  readonly beginSale: (tx: LedgerTx) => void;
  /** Makes the slip of a sale; what it gives writes the print job, in the transaction that records the outcome. */
  readonly makeSlip: (sale: RecordedSale, operatorName: string) => (tx: LedgerTx) => void;
  /** The name of an operator for paper and screen. */
  readonly operatorName: (operatorId: string) => string;
};

/** Now and by whom. An outcome has to be written down even by a clock that is not believed. */
export function momentOf(deps: VendingDeps, operator: SignedInOperator | null): Moment {
  const nowUnixMs = believedUnixMs(deps.ledger, deps.now());
  return { nowUnixMs, zone: deps.settings.zone, operatorId: operator?.operatorId ?? null };
}

/** Commits, then reads the sale back; a fault of the disk becomes a fault of the call. */
export function written(
  deps: VendingDeps,
  saleId: SaleId,
  work: (tx: LedgerTx) => void,
): Result<RecordedSale, CallFault> {
  const done = attempted(() => deps.ledger.transaction(work));
  return done.ok ? ok(findKnown(deps.ledger, saleId)) : done;
}

/** What a transaction throws to undo itself when it refuses what was asked. */
class Refused extends Error {
  readonly fault: CallFault;
  constructor(fault: CallFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/** The value of a result, inside `attempted`: a refusal undoes what the transaction around it wrote. */
export function need<Value>(result: Result<Value, CallFault>): Value {
  if (!result.ok) throw new Refused(result.error);
  return result.value;
}

/** What `work` gives; when something that it `need`s refuses, or the disk fails, that is the fault of the call. */
export function attempted<Value>(work: () => Value): Result<Value, CallFault> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Refused) return err(error.fault);
    if (error instanceof StorageError)
      return refuse('storage-failed', { reason: error.sqliteCode }, 'after-recovery');
    throw error;
  }
}

export function findKnown(reader: Parameters<typeof findSale>[0], saleId: SaleId): RecordedSale {
  const sale = findSale(reader, saleId);
  assert(sale, 'a sale that was just written is there');
  return sale;
}
