/** Words about receipts' codes, the station's signing key, and setting up a printer. */
export const paper = {
  'error.station-key-damaged.cashier':
    'The station’s signing key {file} can’t be read ({reason}). Put it back from a copy, or move it away and enrol the station again at head office.',
  'error.station-key-damaged.customer': 'The machine needs a moment.',
  'error.station-key-missing.cashier':
    'There is no signing key {file} yet. The station makes it when it is first opened.',
  'error.station-key-missing.customer': 'The machine needs a moment.',
  'error.station-key-text.cashier':
    'That is not a station’s public key. It has 64 hexadecimal digits; “station receipt key” prints it.',
  'error.station-key-text.customer': 'The machine needs a moment.',
  'error.receipt-code-not-ours.cashier':
    'This is not the code of a receipt: those begin with KW1. Scan the square at the foot of the slip.',
  'error.receipt-code-not-ours.customer': 'That is not the code of one of our receipts.',
  'error.receipt-code-damaged.cashier':
    'The code is not complete or not well read. Scan it again, or type the meter number.',
  'error.receipt-code-damaged.customer': 'I can’t read this code. Please tell me your meter number.',
  'error.receipt-code-no-meter.cashier':
    'This receipt is for a payment without a meter. Find the customer by name or number.',
  'error.receipt-code-no-meter.customer': 'Please tell me your meter number.',
  'error.receipt-code-signature.cashier':
    'The signature is not by station key {keyId}: another station made this code, or it was changed afterwards.',
  'error.receipt-code-signature.customer': 'I can’t confirm this receipt here.',
} as const;
