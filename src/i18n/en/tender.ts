/** Payments other than plain cash, and several meters paid at once. */
export const tender = {
  'error.reference-missing.cashier':
    'This payment needs its reference. Type it from the message, the slip or the cheque.',
  'error.reference-missing.customer': 'Please show me the payment’s message or slip.',
  'error.reference-too-long.cashier': 'A reference has {longest} signs at most. Read it again.',
  'error.reference-too-long.customer': 'Please show me the payment’s message or slip once more.',
  'error.reference-signs.cashier': 'A reference has letters, digits and - / . _ # : + only. Read it again.',
  'error.reference-signs.customer': 'Please show me the payment’s message or slip once more.',
  'error.reference-card-number.cashier':
    'This passes as the number of a payment card, and cards’ numbers are not kept here. Type the number of the slip or the message instead.',
  'error.reference-card-number.customer': 'I don’t need your card’s number, only the number of the payment.',
  'error.reference-used.cashier':
    'This reference has paid already: receipt {receiptNumber} of {time}, meter {meter}. Ask for another payment.',
  'error.reference-used.customer': 'This payment was used already, on {time} for meter {meter}.',
  'error.reference-twice.cashier': 'The same reference stands in this payment twice. Take it out once.',
  'error.reference-twice.customer': 'The same payment counts only once.',
  'error.tender-too-much.cashier':
    'The payments come to {over} more than {due}. Change is given of cash only: take the amount down.',
  'error.tender-too-much.customer': 'The payments come to more than {due}.',
  'error.tender-too-little.cashier':
    '{missing} of {due} is still missing. Take the rest in cash or by another payment.',
  'error.tender-too-little.customer': '{missing} is still to pay.',
  'error.tender-cash-twice.cashier': 'Cash stands in this payment twice. Put it together.',
  'error.tender-cash-twice.customer': 'One moment, I am putting the cash together.',
  'error.basket-meter-twice.cashier':
    'This meter is in the basket already. Take it out first to change its amount.',
  'error.basket-meter-twice.customer': 'Your meter is on the list already.',
  'error.basket-stopped.cashier':
    'The sale before it has no outcome yet, so this one was not begun. Give its money back, or sell it once more.',
  'error.basket-stopped.customer': 'This purchase did not happen. Here is its money.',
  'error.units-not-payable.cashier':
    'No amount buys so many units at this meter. Type another number, or an amount.',
  'error.units-not-payable.customer': 'So many units can’t be bought. How much do you want to pay?',
};
