import { err, ok, type Result } from '../../units/index.ts';
import type { LedgerReader, SqlValue } from '../store/index.ts';
import { anchorNotMet, anyAnchor, meets } from './anchor.ts';
import { balances, type Balance } from './balances.ts';
import { firstFileFault } from './file-fault.ts';
import { outsideHeadFault, type OutsideHead } from './outside-head.ts';
import { firstProjectionFault } from './projections.ts';
import { firstReceiptFault } from './receipts.ts';
import { firstPrivateFault } from './sale-private.ts';
import { EMPTY_CHAIN, summaryOf, verifyFrom, type ChainFault, type ChainSummary } from './verify.ts';

export type BooksSummary = ChainSummary & {
  readonly transfers: number;
  readonly balances: readonly Balance[];
  /** What was moved in each currency, in minor units: as much on the debit side as on the credit side. */
  readonly turnover: readonly { readonly currency: string; readonly movedMinor: bigint }[];
};

/**
 * The whole chain and the money in it: every transfer has two accounts that exist, the file's pages are whole and its
 * indexes are those of its tables, each currency's balances sum to zero, the balances that the database computes are
 * those of the verified rows, personal data is what its sale's digest says, the projections are what the chain says, and
 * each sale's receipt repeats the sale. Last, the newest anchor has to be met, and `outside` where it is given: the chain
 * of a journal that was cut short agrees with itself.
 */
export function verifyBooks(
  reader: LedgerReader,
  onProgress?: (records: number) => void,
  outside?: OutsideHead,
): Result<BooksSummary, ChainFault> {
  const read = readMoney(reader, EMPTY_CHAIN, onProgress);
  if (!read.ok) return read;
  // Before anything is looked up by an index.
  const damaged = firstFileFault(reader);
  if (damaged) return err(damaged);
  const money = agreedMoney(reader, EMPTY_CHAIN, read.value);
  if (!money.ok) return money;
  const { chain, derived, trial } = money.value;
  const changed = firstPrivateFault(reader) ?? firstProjectionFault(reader) ?? firstReceiptFault(reader);
  if (changed) return err(changed);
  const anchor = hasAnchors(reader) ? anyAnchor(reader) : undefined;
  if (anchor && !meets(reader, anchor)) return err(anchorNotMet(anchor));
  const unmet = outside && outsideHeadFault(reader, chain, outside);
  if (unmet) return err(unmet);
  return ok({ ...chain, transfers: trial.transfers, balances: derived, turnover: trial.turnover() });
}

/**
 * The chain and the money in it from a record on, on trust in the hash before it: what a shift or a run of sales is
 * closed over. Takes as long as reading those records.
 */
export function verifyPeriod(reader: LedgerReader, fromRecord: number): Result<ChainSummary, ChainFault> {
  const before = summaryOf(reader, fromRecord - 1);
  if (!before) return err({ row: `record ${fromRecord - 1}`, record: 'none', reason: 'record missing' });
  const read = readMoney(reader, before);
  if (!read.ok) return read;
  const money = agreedMoney(reader, before, read.value);
  return money.ok ? ok(money.value.chain) : money;
}

type ReadMoney = { readonly chain: ChainSummary; readonly trial: TrialBalance };

/** The chain from a place on, with what its verified rows move. */
function readMoney(
  reader: LedgerReader,
  start: ChainSummary,
  onProgress?: (records: number) => void,
): Result<ReadMoney, ChainFault> {
  const trial = new TrialBalance();
  const chain = verifyFrom(reader, start, { onProgress, onTransfer: (row) => trial.add(row) });
  return chain.ok ? ok({ chain: chain.value, trial }) : chain;
}

/** The balances of what was read, where every account moved by what its verified rows say, each currency to zero. */
function agreedMoney(
  reader: LedgerReader,
  start: ChainSummary,
  read: ReadMoney,
): Result<ReadMoney & { readonly derived: readonly Balance[] }, ChainFault> {
  const derived = balances(reader, start.records === 0 ? undefined : start.records + 1);
  const differing = read.trial.firstDifference(derived);
  return differing === undefined ? ok({ ...read, derived }) : err(balanceDiffers(differing, read.chain));
}

const balanceDiffers = (account: string, { epoch, sequence }: ChainSummary): ChainFault => ({
  row: `account ${account}`,
  record: `${epoch}/${sequence}`,
  reason: 'balance differs',
});

/** An older program's copy has none. */
function hasAnchors(reader: LedgerReader): boolean {
  return reader.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'verified_to'").get() !== undefined;
}

/** Adds transfers up by account and currency, apart from the database's own sums. */
class TrialBalance {
  transfers = 0;
  readonly #balances = new Map<string, bigint>();
  readonly #moved = new Map<string, bigint>();

  add(row: Readonly<Record<string, SqlValue>>): void {
    const currency = String(row['currency']);
    const amount = BigInt(row['amount_minor'] as number);
    this.transfers += 1;
    this.#put(`${String(row['debit_account'])} ${currency}`, amount);
    this.#put(`${String(row['credit_account'])} ${currency}`, -amount);
    this.#moved.set(currency, (this.#moved.get(currency) ?? 0n) + amount);
  }

  #put(key: string, amount: bigint): void {
    this.#balances.set(key, (this.#balances.get(key) ?? 0n) + amount);
  }

  /** The account and currency whose derived balance is not this one's, or the currency that is out of balance. */
  firstDifference(derived: readonly Balance[]): string | undefined {
    const left = new Map(this.#balances);
    const sums = new Map<string, bigint>();
    for (const { account, currency, balanceMinor } of derived) {
      const key = `${account} ${currency}`;
      if (left.get(key) !== BigInt(balanceMinor)) return key;
      left.delete(key);
      sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(balanceMinor));
    }
    const [missing] = left.keys();
    return missing ?? [...sums].find(([, sum]) => sum !== 0n)?.[0];
  }

  turnover(): BooksSummary['turnover'] {
    return [...this.#moved].map(([currency, movedMinor]) => ({ currency, movedMinor }));
  }
}
