/**
 * Words on receipts: what the customer takes home. No jargon but the STS line. Below them, the two sentences
 * for everything a printer can report: one thing to do each.
 */
export const receipt = {
  'receipt.training': 'TRAINING - NOT VALID',
  'receipt.private': 'PRIVATE KEYS - NOT A PUBLIC SUPPLY',
  'receipt.original': 'ORIGINAL',
  'receipt.copy': 'COPY {number}',
  'receipt.title.electricity': 'PREPAID ELECTRICITY',
  'receipt.title.water': 'PREPAID WATER',
  'receipt.title.gas': 'PREPAID GAS',
  'receipt.title.time': 'PREPAID TIME',
  'receipt.title.payment': 'PAYMENT RECEIPT',
  'receipt.title.management': 'METER SERVICE',
  'receipt.station': 'Station',
  'receipt.operator': 'Operator',
  'receipt.meter': 'Meter',
  'receipt.account': 'Account',
  'receipt.token.credit': 'Credit token',
  'receipt.token.key-change': 'Key change token',
  'receipt.token.free': 'Free token',
  'receipt.token.management': 'Meter token',
  'receipt.token.numbered': '{heading} {position} of {of}',
  'receipt.token.order': 'Key in all tokens, in this order.',
  'receipt.units': 'Units',
  'receipt.amount': 'Amount',
  'receipt.no-token': 'No token with this payment.',
  'receipt.total': 'TOTAL',
  'receipt.received': 'Cash',
  'receipt.change': 'Change',
  'receipt.debt-before': 'Debt before',
  'receipt.debt-after': 'Debt after',
  'receipt.number': 'Receipt',
  'receipt.sale': 'Sale',
  'receipt.time': 'Date and time',
  'receipt.fiscal-document': 'Fiscal document',
  'receipt.fiscal-code': 'Verification code',
  'receipt.test-slip': 'PRINTER TEST',

  'error.printer-address.cashier':
    'The printer setting “{text}” is not an address. Write it as name:9100, or [address]:9100 for IPv6.',
  'error.printer-address.customer': 'The printer is not set up yet.',
  'error.printer-not-set-up.cashier':
    'No printer is set up. The token is safe; read it from the screen and ask a supervisor to set up the printer.',
  'error.printer-not-set-up.customer': 'There is no printer here; I can read the token to you.',
  'error.printer-silent.cashier':
    'The printer at {address} stopped answering. Look at the slip: if it is not complete, press F5 for a marked copy. The token is safe.',
  'error.printer-silent.customer': 'The printer has stopped. Your token is safe; I can read it to you.',
  'error.printer-cut-off.cashier':
    'The connection to the printer at {address} broke while printing. Look at the slip: if it is not complete, press F5 for a marked copy.',
  'error.printer-cut-off.customer': 'The printer has stopped. Your token is safe; I can read it to you.',
  'error.printer-paper-out.cashier': 'The printer is out of paper. The token is safe. Change the roll.',
  'error.printer-paper-out.customer': 'The paper has run out. Your token is safe; I can read it to you.',
  'error.printer-paper-near-end.cashier':
    'The paper roll is almost at its end. Change it before the next sale.',
  'error.printer-paper-near-end.customer': 'The paper has to be changed soon.',
  'error.printer-cover-open.cashier': 'The printer’s cover is open. The token is safe. Close the cover.',
  'error.printer-cover-open.customer': 'The printer is open. Your token is safe; I can read it to you.',
  'error.printer-cutter.cashier':
    'The printer’s cutter is stuck. The token is safe. Switch the printer off, free the paper, switch it on.',
  'error.printer-cutter.customer': 'The printer is jammed. Your token is safe; I can read it to you.',
  'error.printer-fault.cashier':
    'The printer reports a fault that it can’t clear. The token is safe. Switch the printer off and on; if it stays, call your supervisor.',
  'error.printer-fault.customer': 'The printer has a fault. Your token is safe; I can read it to you.',
  'error.printer-offline.cashier':
    'The printer is switched to offline. The token is safe. Press its feed or online button.',
  'error.printer-offline.customer': 'The printer is not ready. Your token is safe; I can read it to you.',
  'error.print-interrupted.cashier':
    'The program stopped while this slip was printing. If the customer does not have the whole slip, press F5 for a marked copy.',
  'error.print-interrupted.customer': 'Did your slip come out completely?',
  'error.print-expired.cashier':
    'This slip was not printed in time, so it no longer prints by itself. Press F5 to print it.',
  'error.print-expired.customer': 'Would you like the slip printed now?',
  'error.print-not-printed.cashier': 'You said that this slip did not come out. Press F5 for a marked copy.',
  'error.print-not-printed.customer': 'I will print a copy for you.',
} as const;
