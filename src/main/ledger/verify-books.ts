import { err, ok, type Result } from '../../units/index.ts';
import type { LedgerReader, SqlValue } from '../store/index.ts';
import { anchorNotMet, anyAnchor, meets } from './anchor.ts';
import { balanceOf, balances, BANKED_ACCOUNTS, type Balance } from './balances.ts';
import { outsideHeadFault, type OutsideHead } from './outside-head.ts';
import { firstProjectionFault } from './projections.ts';
import { firstPrivateFault } from './sale-private.ts';
import { EMPTY_CHAIN, summaryOf, verifyFrom, type ChainFault, type ChainSummary } from './verify.ts';

export type BooksSummary = ChainSummary & {
  readonly transfers: number;
  readonly balances: readonly Balance[];
  /** What was moved in each currency, in minor units: as much on the debit side as on the credit side. */
  readonly turnover: readonly { readonly currency: string; readonly movedMinor: bigint }[];
};

/**
 * The whole chain and the money in it: every transfer has two accounts that exist, each currency's balances
 * sum to zero, the balances that the database computes are those of the verified rows, personal data is what its
 * sale's digest says, and the projections are what the chain says. Last, the newest anchor has to be met, and `outside` where it is given: the chain of a
 * journal that was cut short agrees with itself.
 */
export function verifyBooks(
  reader: LedgerReader,
  onProgress?: (records: number) => void,
  outside?: OutsideHead,
): Result<BooksSummary, ChainFault> {
  const money = verifyMoney(reader, EMPTY_CHAIN, onProgress);
  if (!money.ok) return money;
  const { chain, derived, trial } = money.value;
  const unlisted = firstUnlisted(reader, derived);
  if (unlisted !== undefined) return err(balanceDiffers(unlisted, chain));
  const changed = firstPrivateFault(reader) ?? firstProjectionFault(reader);
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
  const money = before && verifyMoney(reader, before);
  if (!money) return err({ row: `record ${fromRecord - 1}`, record: 'none', reason: 'record missing' });
  return money.ok ? ok(money.value.chain) : money;
}

type VerifiedMoney = {
  readonly chain: ChainSummary;
  readonly derived: readonly Balance[];
  readonly trial: TrialBalance;
};

/** The chain from a place on, and whether every account moved by what its verified rows say, each currency to zero. */
function verifyMoney(
  reader: LedgerReader,
  start: ChainSummary,
  onProgress?: (records: number) => void,
): Result<VerifiedMoney, ChainFault> {
  const trial = new TrialBalance();
  const chain = verifyFrom(reader, start, { onProgress, onTransfer: (row) => trial.add(row) });
  if (!chain.ok) return chain;
  const derived = balances(reader, start.records === 0 ? undefined : start.records + 1);
  const differing = trial.firstDifference(derived);
  if (differing === undefined) return ok({ chain: chain.value, derived, trial });
  return err(balanceDiffers(differing, chain.value));
}

const balanceDiffers = (account: string, { epoch, sequence }: ChainSummary): ChainFault => ({
  row: `account ${account}`,
  record: `${epoch}/${sequence}`,
  reason: 'balance differs',
});

/** The account that its list of transfers gives another balance than the transfers themselves. */
function firstUnlisted(reader: LedgerReader, derived: readonly Balance[]): string | undefined {
  const unlisted = derived.find(({ account, currency, balanceMinor }) =>
    BANKED_ACCOUNTS.some(
      (banked) => banked === account && balanceOf(reader, banked, currency) !== balanceMinor,
    ),
  );
  return unlisted && `${unlisted.account} ${unlisted.currency}`;
}

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
