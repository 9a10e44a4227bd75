import type { CallFault, StationSettings } from '../../contract/index.ts';
import { moneyText } from '../../i18n/index.ts';
import { amountMinor, ok, type AmountMinor, type Result } from '../../units/index.ts';
import { allowanceLeft } from '../ledger/index.ts';
import type { LedgerReader } from '../store/index.ts';
import { refuse } from './faults.ts';

/** What head office lets this station sell: value, count, time and size of one sale run out by themselves. */
export function checkAllowance(
  ledger: LedgerReader,
  settings: StationSettings,
  amount: AmountMinor,
  nowUnixMs: number,
): Result<true, CallFault> {
  const left = allowanceLeft(ledger, nowUnixMs);
  if (!left) return ok(true);
  const text = (minor: number): string => moneyText(amountMinor(minor), settings.currency);
  const { valueMinor, tokens, minutes, perSaleMinor } = left;
  if (minutes === 0) return refuse('allowance-time', {}, 'safe');
  if (tokens === 0) return refuse('allowance-tokens', {}, 'safe');
  if (valueMinor !== null && amount > valueMinor)
    return refuse('allowance-value', { left: text(valueMinor) }, 'safe');
  if (perSaleMinor !== null && amount > perSaleMinor)
    return refuse('allowance-per-sale', { limit: text(perSaleMinor) });
  return ok(true);
}
