import type { Translation } from '../catalogue.ts';
import type { tariff as english } from '../en/tariff.ts';

export const tariff: Translation<typeof english> = {
  'line.energy': 'Unidades',
  'line.levy': 'Contribuição',
  'line.tax': 'Imposto',
  'line.fee': 'Taxa',
  'line.debt': 'Dívida paga',
  'line.subsidy': 'Subsídio',
  'line.settlement': 'Do seu saldo',
  'line.rounding': 'Arredondamento',
  'line.carried': 'Guardado para a próxima vez',
  'line.named': '{name}',
  'line.detail.units': '{base} × {rate}',
  'line.detail.money': '{rate} % de {base}',
  'line.detail.periods': '{times} × {rate}',
  'limit.none': 'Não há outro limite.',
  'limit.tariff-minimum': 'A tarifa fixa uma compra mínima de {amount}.',
  'limit.settlement':
    '{amount} ainda estão em dívida de compras anteriores.{balance, select, none {} other { Restam {balance} de antes.}}',
  'limit.charge':
    'Primeiro vem um encargo fixo de {amount}.{balance, select, none {} other { Restam {balance} de antes.}}',
  'limit.debt': '{amount} vão para a dívida.{balance, select, none {} other { Restam {balance} de antes.}}',
  'limit.share':
    '{amount} vão para impostos e contribuições.{balance, select, none {} other { Restam {balance} de antes.}}',
  'limit.units':
    'O menor código custa {balance, select, none {{amount}} other {mais {amount}: restam {balance} de antes}}.',
  'limit.tariff-maximum': 'A tarifa fixa uma compra máxima de {amount}.',
  'limit.token-capacity': 'Um código não pode levar mais unidades.',
  'limit.purchase-units': 'A tarifa limita as unidades numa compra.',
  'limit.preset-units': 'As unidades adiantadas são descontadas primeiro.',
  'limit.window-units': 'A tarifa limita as unidades neste período.',
  'limit.amount-capacity': 'Nenhuma venda pode ser maior que {amount}.',
};
