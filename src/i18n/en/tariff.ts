/** Words of the money lines of a sale and of its limits, shown on the screen and on paper. */
export const tariff = {
  'line.energy': 'Units',
  'line.levy': 'Levy',
  'line.tax': 'Tax',
  'line.fee': 'Fee',
  'line.debt': 'Debt paid',
  'line.subsidy': 'Subsidy',
  'line.settlement': 'From your balance',
  'line.rounding': 'Rounding',
  'line.carried': 'Kept for next time',
  'line.named': '{name}',
  'line.detail.units': '{base} × {rate}',
  'line.detail.money': '{rate} % of {base}',
  'line.detail.periods': '{times} × {rate}',
  'limit.none': 'There is no other limit.',
  'limit.tariff-minimum': 'The price list sets a smallest purchase of {amount}.',
  'limit.settlement':
    '{amount} is still owed from earlier purchases.{balance, select, none {} other { {balance} is there from before.}}',
  'limit.charge':
    'A fixed charge of {amount} comes first.{balance, select, none {} other { {balance} is there from before.}}',
  'limit.debt':
    '{amount} goes to the debt.{balance, select, none {} other { {balance} is there from before.}}',
  'limit.share':
    '{amount} goes to taxes and levies.{balance, select, none {} other { {balance} is there from before.}}',
  'limit.units':
    'The smallest token costs {amount}{balance, select, none {} other { more: {balance} is there from before}}.',
  'limit.tariff-maximum': 'The price list sets a largest purchase of {amount}.',
  'limit.token-capacity': 'A token can’t carry more units.',
  'limit.purchase-units': 'The price list limits the units in one purchase.',
  'limit.preset-units': 'Units given in advance are taken back first.',
  'limit.window-units': 'The price list limits the units in this period.',
  'limit.amount-capacity': 'No sale may be larger than {amount}.',
} as const;
