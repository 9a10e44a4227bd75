import type { CallFault, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { amountMinor, ok, type AmountMinor, type Result } from '../../units/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse } from './faults.ts';

/**
 * The station's own ceilings, whatever tariff and module allow: per sale, per meter and per operator in one
 * business day. Sales that came to nothing do not count.
 */
export function checkLimits(
  ledger: LedgerReader,
  settings: StationSettings,
  sale: {
    readonly pan: string;
    readonly operatorId: string;
    readonly amountMinor: AmountMinor;
    readonly businessDate: string;
  },
): Result<true, CallFault> {
  const { perSaleMinor, perMeterDayMinor, perOperatorDayMinor } = settings.limits ?? {};
  const ceilings: readonly (readonly [string, number | undefined, () => number])[] = [
    ['limit-per-sale', perSaleMinor, () => 0],
    [
      'limit-per-meter-day',
      perMeterDayMinor,
      () => soldToday(ledger, 'meter_pan', sale.pan, sale.businessDate),
    ],
    [
      'limit-per-operator-day',
      perOperatorDayMinor,
      () => soldToday(ledger, 'operator_id', sale.operatorId, sale.businessDate),
    ],
  ];
  for (const [code, limit, sold] of ceilings) {
    if (limit === undefined) continue;
    const left = limit - sold();
    if (sale.amountMinor > left) {
      const text = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
      return refuse(code, { limit: text(limit), left: text(Math.max(0, left)) });
    }
  }
  return ok(true);
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
       WHERE record.kind = 'sale-intended' AND record.business_date = ? AND sale.${column} = ?
         AND NOT EXISTS (SELECT 1 FROM sale_step
           WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))`,
    )
    .get<{ sold: number }>(businessDate, value);
  return row?.sold ?? 0;
}
