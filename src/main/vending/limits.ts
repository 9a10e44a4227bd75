import type { CallFault, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { amountMinor, ok, type AmountMinor, type Result } from '../../units/index.ts';
import { headOfficeWord, type OfficeLimits } from '../ledger/index.ts';
import { ENTRIES_OF_SHIFT, shiftHeldBy } from '../shifts/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse } from './faults.ts';

/** What each ceiling is called where it is set, its refusal, and what was sold under it already. */
type Ceiling = {
  readonly limit: keyof OfficeLimits;
  readonly code: string;
  readonly sold: (ledger: LedgerReader, sale: LimitedSale) => number;
};

type LimitedSale = {
  readonly pan: string;
  readonly operatorId: string;
  readonly amountMinor: AmountMinor;
  readonly businessDate: string;
};

const CEILINGS: readonly Ceiling[] = [
  { limit: 'perSaleMinor', code: 'limit-per-sale', sold: () => 0 },
  {
    limit: 'perMeterDayMinor',
    code: 'limit-per-meter-day',
    sold: (ledger, { pan, businessDate }) => soldToday(ledger, 'meter_pan', pan, businessDate),
  },
  {
    limit: 'perOperatorDayMinor',
    code: 'limit-per-operator-day',
    sold: (ledger, { operatorId, businessDate }) =>
      soldToday(ledger, 'operator_id', operatorId, businessDate),
  },
  {
    limit: 'perOperatorShiftMinor',
    code: 'limit-per-operator-shift',
    sold: (ledger, { operatorId }) => soldInShift(ledger, operatorId),
  },
];

/**
 * The ceilings of the station's settings and those of head office, whatever tariff and module allow: where both have
 * one, the lower. Per sale, per meter and per operator in one business day, and per operator in the open shift. Sales
 * that came to nothing do not count.
 */
export function checkLimits(
  ledger: LedgerReader,
  settings: StationSettings,
  sale: LimitedSale,
): Result<true, CallFault> {
  const office = headOfficeWord<OfficeLimits>(ledger, 'limits');
  for (const { limit: name, code, sold } of CEILINGS) {
    const limit = Math.min(settings.limits?.[name] ?? Infinity, office?.[name] ?? Infinity);
    if (limit === Infinity) continue;
    // A limit lowered below what was sold stops sales, not what moves no money.
    const left = Math.max(0, limit - sold(ledger, sale));
    if (sale.amountMinor > left) {
      const text = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
      return refuse(code, { limit: text(limit), left: text(left) });
    }
  }
  return ok(true);
}

/** Sales in the shift that somebody holds; nothing where they hold none. */
function soldInShift(ledger: LedgerReader, operatorId: string): number {
  const shift = shiftHeldBy(ledger, operatorId);
  if (!shift) return 0;
  const row = ledger
    .prepare(
      `SELECT coalesce(sum(sale.amount_minor), 0) AS sold
       FROM (SELECT entry.row_id - entry.row_id % 1000 AS first ${ENTRIES_OF_SHIFT}) AS entry
         CROSS JOIN sale ON sale.row_id BETWEEN entry.first AND entry.first + 999
       WHERE NOT EXISTS (SELECT 1 FROM sale_step
         WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))`,
    )
    .get<{ sold: number }>(shift.shiftId);
  return row?.sold ?? 0;
}

function soldToday(
  ledger: LedgerReader,
  column: 'meter_pan' | 'operator_id',
  value: string,
  businessDate: string,
): number {
  const row = ledger
    .prepare(
      `SELECT coalesce(sum(sale.amount_minor), 0) AS sold
       FROM record JOIN sale ON sale.row_id BETWEEN record.record_id * 1000 AND record.record_id * 1000 + 999
       WHERE record.kind IN ('sale-intended', 'sale-recalled') AND record.business_date = ? AND sale.${column} = ?
         AND (record.kind = 'sale-intended' OR record.detail ->> '$.businessDate' = record.business_date)
         AND NOT EXISTS (SELECT 1 FROM sale_step
           WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))`,
    )
    .get<{ sold: number }>(businessDate, value);
  return row?.sold ?? 0;
}
