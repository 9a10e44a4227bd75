import type { Translation } from '../catalogue.ts';
import type { tariff as english } from '../en/tariff.ts';

export const tariff: Translation<typeof english> = {
  'line.energy': 'Unités',
  'line.levy': 'Redevance',
  'line.tax': 'Taxe',
  'line.fee': 'Frais',
  'line.debt': 'Dette payée',
  'line.subsidy': 'Subvention',
  'line.settlement': 'De votre solde',
  'line.rounding': 'Arrondi',
  'line.carried': 'Gardé pour la prochaine fois',
  'line.named': '{name}',
  'line.detail.units': '{base} × {rate}',
  'line.detail.money': '{rate} % de {base}',
  'line.detail.periods': '{times} × {rate}',
  'limit.none': 'Il n’y a pas d’autre limite.',
  'limit.tariff-minimum': 'Le tarif fixe un achat minimal de {amount}.',
  'limit.settlement':
    '{amount} restent dus d’achats précédents.{balance, select, none {} other { {balance} restent d’un achat passé.}}',
  'limit.charge':
    'Des frais fixes de {amount} passent d’abord.{balance, select, none {} other { {balance} restent d’un achat passé.}}',
  'limit.debt':
    '{amount} vont à la dette.{balance, select, none {} other { {balance} restent d’un achat passé.}}',
  'limit.share':
    '{amount} vont aux taxes et redevances.{balance, select, none {} other { {balance} restent d’un achat passé.}}',
  'limit.units':
    'Le plus petit code coûte {balance, select, none {{amount}} other {encore {amount} : {balance} restent d’un achat passé}}.',
  'limit.tariff-maximum': 'Le tarif fixe un achat maximal de {amount}.',
  'limit.token-capacity': 'Un code ne peut pas porter plus d’unités.',
  'limit.purchase-units': 'Le tarif limite les unités d’un achat.',
  'limit.preset-units': 'Les unités avancées sont reprises d’abord.',
  'limit.window-units': 'Le tarif limite les unités de cette période.',
  'limit.amount-capacity': 'Aucune vente ne peut dépasser {amount}.',
};
