import type { LedgerReader } from '../store/index.ts';
import type { ChainFault, ChainSummary } from './verify.ts';

/** A head of the chain as it stands somewhere else: on a Z, in a batch or its answer, in somebody's notes. */
export type OutsideHead = {
  /** The hash in lower-case hex, or at least the first `LEAST_HEAD_DIGITS` of its 64 digits; an even number. */
  readonly hash: string;
  /** Which record it is the hash of, where that is known. */
  readonly at?: { readonly epoch: number; readonly sequence: number } | undefined;
};

/** So many digits no two records of one ledger share by chance. */
export const LEAST_HEAD_DIGITS = 16;

/** A head as a person types it, blanks between its groups allowed; undefined when it is none. */
export function parseHead(text: string): string | undefined {
  const hash = text.replaceAll(/\s/gu, '').toLowerCase();
  const digits = /^[0-9a-f]+$/u.test(hash) && hash.length % 2 === 0 ? hash.length : 0;
  return digits >= LEAST_HEAD_DIGITS && digits <= 64 ? hash : undefined;
}

/**
 * Why a chain that agrees with itself does not hold a head known from outside: its tail was cut off, or it was
 * rebuilt, or is another ledger's. `chain` is what verification found; undefined when the head is there.
 */
export function outsideHeadFault(
  reader: LedgerReader,
  chain: ChainSummary,
  { hash, at }: OutsideHead,
): ChainFault | undefined {
  const sought = Buffer.from(hash, 'hex');
  const start = `substr(record.hash, 1, ${sought.length}) = ?`;
  const found = at
    ? reader
        .prepare(
          `SELECT 1 FROM record AS first JOIN record ON record.record_id = first.record_id + ? - 1
           WHERE first.epoch = ? AND first.sequence = 1 AND record.epoch = first.epoch AND ${start}`,
        )
        .get(at.sequence, at.epoch, sought)
    : reader.prepare(`SELECT 1 FROM record WHERE ${start}`).get(sought);
  if (found !== undefined) return undefined;
  const { records, epoch, sequence } = chain;
  const end = `${epoch}/${sequence}`;
  const beyond = at && (at.epoch > epoch || (at.epoch === epoch && at.sequence > sequence));
  return {
    row: at && !beyond ? `record ${at.epoch}/${at.sequence}` : `record ${records + 1}`,
    record: at ? `${at.epoch}/${at.sequence}` : `after ${end}`,
    reason: 'outside head not met',
  };
}
