/** Customers, meters, scans, the customer’s display, and what goes wrong with them. */
export const customers = {
  'error.card-damaged.cashier':
    'The card could not be read whole. Swipe it once more, slowly; else type the number on the meter or the card.',
  'error.card-damaged.customer': 'I can’t read your card. May I see the number on it?',
  'error.card-expired.cashier':
    'This meter card was good until {month}. Type the meter’s number instead, and tell the customer to ask for a new card.',
  'error.card-expired.customer': 'Your meter card has run out; we can use the number on your meter.',
  'error.card-not-meter.cashier':
    'This is a payment card, not a meter card; nothing of it was kept. Give it back and ask for the meter’s number.',
  'error.card-not-meter.customer':
    'That is your bank card. I need your meter card or the number on your meter.',
} as const;
