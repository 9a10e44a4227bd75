import type { LedgerReader, LedgerTx } from '../store/index.ts';
import { chainHead } from './append.ts';
import { believedUnixMs } from './clock.ts';

/** What head office lets a station sell until it says more; a null is no limit. */
export type AllowanceGrant = {
  readonly valueMinor: number | null;
  readonly tokens: number | null;
  readonly minutes: number | null;
  readonly perSaleMinor: number | null;
};

/** What is left of it; never below zero. */
export type AllowanceLeft = AllowanceGrant & {
  readonly packageNumber: number;
  /** Of whichever bound is nearest: 100 while nothing is used, 0 once nothing more may be sold. */
  readonly percent: number;
};

const MINUTE_MS = 60_000;

/**
 * The latest moment known to have passed: what was seen, the newest record, or the clock where it is ahead of both
 * and believed. A clock that was turned back does not change it, nor does one that jumped until it is accepted.
 */
export function timeSeen(reader: LedgerReader | LedgerTx, nowUnixMs: number): number {
  const row = reader.prepare('SELECT unix_ms FROM time_seen').get<{ unix_ms: number }>();
  return Math.max(believedUnixMs(reader, nowUnixMs), row?.unix_ms ?? 0);
}

/** Keeps the moment that was seen; it only moves on. */
export function keepTimeSeen(tx: LedgerTx, unixMs: number): void {
  tx.prepare(
    `INSERT INTO time_seen VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET unix_ms = excluded.unix_ms
       WHERE excluded.unix_ms > time_seen.unix_ms`,
  ).run(unixMs);
}

/** Begins an allowance, in place of the one before it. The package is in the ledger already. */
export function grantAllowance(
  tx: LedgerTx,
  packageNumber: number,
  grant: AllowanceGrant,
  nowUnixMs: number,
): void {
  tx.prepare(
    `INSERT INTO allowance (package_number, after_record_id, granted_unix_ms, value_minor, tokens, minutes,
       per_sale_minor) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    packageNumber,
    chainHead(tx)?.recordId ?? 0,
    timeSeen(tx, nowUnixMs),
    grant.valueMinor,
    grant.tokens,
    grant.minutes,
    grant.perSaleMinor,
  );
}

type AllowanceRow = {
  package_number: number;
  granted_unix_ms: number;
  value_minor: number | null;
  tokens: number | null;
  minutes: number | null;
  per_sale_minor: number | null;
  /** Without those that came to nothing. A sale in doubt counts: its token may exist. */
  sales: number;
  amount_minor: number;
};

/** What is left of the newest allowance, or undefined where head office never gave one. */
export function allowanceLeft(reader: LedgerReader, nowUnixMs: number): AllowanceLeft | undefined {
  const row = reader
    .prepare('SELECT * FROM allowance JOIN allowance_used USING (allowance_id)')
    .get<AllowanceRow>();
  if (!row) return undefined;
  const passed = Math.floor((timeSeen(reader, nowUnixMs) - row.granted_unix_ms) / MINUTE_MS);
  const left = (granted: number | null, used: number): number | null =>
    granted === null ? null : Math.max(0, granted - used);
  const now = {
    valueMinor: left(row.value_minor, row.amount_minor),
    tokens: left(row.tokens, row.sales),
    minutes: left(row.minutes, passed),
  };
  const shares = [
    share(now.valueMinor, row.value_minor),
    share(now.tokens, row.tokens),
    share(now.minutes, row.minutes),
  ];
  return {
    packageNumber: row.package_number,
    ...now,
    perSaleMinor: row.per_sale_minor,
    percent: Math.min(...shares),
  };
}

/** Rounded up, so that only nothing is 0; no bound is a full one. */
function share(left: number | null, granted: number | null): number {
  if (left === null || granted === null) return 100;
  return granted === 0 ? 0 : Math.ceil((100 * left) / granted);
}
