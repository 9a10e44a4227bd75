import type { Phrase, SaleTokenView } from '../../contract/index.ts';
import { isKeySection, type RecordedSale, type TokenFacts } from '../ledger/index.ts';
import type { ManagementAction } from '../secure-module/index.ts';
import { workOf } from '../vending/index.ts';

/** What a token of a sale is to whoever keys it in. */
export function tokenKind(sale: Pick<RecordedSale, 'order'>, token: TokenFacts): SaleTokenView['kind'] {
  if (token.tokenClass === 2) return isKeySection(token) ? 'key-change' : 'management';
  return sale.order.kind === 'free' || sale.order.kind === 'free-issue' ? 'free' : 'credit';
}

/** What a management token does, in a sentence of the catalogues. */
export function actionPhrase(action: ManagementAction): Phrase {
  const id = `receipt.token.${action.kind}`;
  switch (action.kind) {
    case 'power-limit':
    case 'phase-unbalance-limit':
      return { id, params: { limit: `${action.watts}\u00a0W` } };
    case 'tariff-rate':
      return { id, params: { rate: String(action.rate) } };
    case 'water-meter-factor':
      return { id, params: { factor: String(action.factor) } };
    case 'extended-set':
      return { id: 'receipt.token.management', params: {} };
    default:
      return { id, params: {} };
  }
}

/** What the sale's management token does, or null. */
export function actionOfSale(sale: Pick<RecordedSale, 'order'>): Phrase | null {
  const { action } = workOf(sale);
  return action ? actionPhrase(action) : null;
}
