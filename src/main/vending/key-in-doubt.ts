import type { SaleFacts } from '../ledger/index.ts';
import type { ModuleFault } from '../secure-module/index.ts';
import type { StoredMeter } from './prepare.ts';
import { keysAfter, workOf } from './work.ts';

/** A vending key by its names, as a custodian knows it: nothing of the key itself. */
export type KeyName = {
  readonly sgc: string;
  readonly krn: number;
  /** Tariff index of the meter's key that is made from it; `none` where nobody has said. */
  readonly ti: number | 'none';
};

/**
 * The key that a sale's last token is made under, or the one that a module named instead: it may have put key changes in
 * front by itself.
 */
export function keyOfSale(
  sale: Pick<SaleFacts, 'meter' | 'order'>,
  told: ModuleFault['params'] = {},
): KeyName {
  const { keys } = JSON.parse(sale.meter) as StoredMeter;
  const last = keysAfter(keys, workOf(sale).keyChange ?? null);
  const sgc = String(told['sgc'] ?? last.sgc);
  const krn = Number(told['krn'] ?? last.krn);
  const known = [last, keys].find((key) => key.sgc === sgc && key.krn === krn);
  const ti = told['ti'] ?? known?.ti;
  return { sgc, krn, ti: ti === undefined ? 'none' : Number(ti) };
}

/** Which key a module does not list, of a sale that is in doubt for that; nothing of any other. */
export function keyNotListed(
  sale: Pick<SaleFacts, 'meter' | 'order'>,
  { code, params }: Pick<ModuleFault, 'params'> & { readonly code: string },
): KeyName | Record<string, never> {
  return code === 'module-no-key' ? keyOfSale(sale, params) : {};
}
