/** Orders that are no purchase: free units, engineering tokens, replacements, payments, past sales. */
export const orders = {
  'error.free-units-unknown.cashier': 'The price list gives this meter no such free units.',
  'error.free-units-unknown.customer': 'There are no free units for this meter.',
  'error.free-units-taken.cashier':
    '{name} was given for this period already.{next, select, none {} other { The next is due on {next}.}}',
  'error.free-units-taken.customer': 'Your free units for this period were given already.',
  'error.free-units-not-home-station.cashier':
    '{name} is given only at the meter’s home station, and this is not it.',
  'error.free-units-not-home-station.customer': 'You get your free units where your meter is registered.',
  'error.free-units-needs-purchase.cashier':
    '{name} is given only together with a purchase, which this counter can’t do.',
  'error.free-units-needs-purchase.customer': 'These free units come with a purchase, at another office.',
  'error.free-units-not-for-category.cashier': '{name} is not for this customer’s category.',
  'error.free-units-not-for-category.customer': 'These free units are not for your kind of account.',
  'error.units-out-of-range.cashier': 'A token can’t carry that many units. Give fewer.',
  'error.units-out-of-range.customer': 'That is more than one token can hold.',
  'error.management-value.cashier': 'A token can’t carry that value. Check it and enter another.',
  'error.management-value.customer': 'The value has to be checked first.',
  'error.key-change-same.cashier': 'The meter has these key data already. Nothing is changed.',
  'error.key-change-same.customer': 'Your meter is up to date.',
  'error.replacement-other-meter.cashier':
    'Receipt {receiptNumber} is for another meter. A token is never moved to another meter: open a dispute.',
  'error.replacement-other-meter.customer': 'That token belongs to another meter; the office looks into it.',
  'error.replacement-no-token.cashier': 'Receipt {receiptNumber} has no token that could be made again.',
  'error.replacement-no-token.customer': 'There was no token on that receipt.',
  'error.replacement-same.cashier':
    'With the same key data the token would be the one on receipt {receiptNumber}. Print a copy of it, or correct the key data.',
  'error.replacement-same.customer': 'The token on your receipt is the right one.',
  'error.debt-unknown.cashier': 'This account owes nothing of that kind.',
  'error.debt-unknown.customer': 'You owe nothing there.',
  'error.payment-above-debt.cashier': 'Only {owed} is owed. Take that, or pay the rest into the balance.',
  'error.payment-above-debt.customer': 'You owe {owed}.',
  'error.sell-again-purchases.cashier':
    '{receiptNumber} was no purchase. Close it as not issued, then order it again from the tools.',
  'error.sell-again-purchases.customer': 'I have to order it again.',
} as const;
