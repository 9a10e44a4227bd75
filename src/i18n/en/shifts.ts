/** Drawers, counts and the day's end: what refuses, in two sentences each. */
export const shifts = {
  'error.no-open-shift.cashier':
    'No shift is open for you. Open one with the money in the drawer, then sell.',
  'error.no-open-shift.customer': 'This counter opens in a moment.',
  'error.shift-ended.cashier':
    'Shift {number} has ended. Count the drawer and close it, then open the next one.',
  'error.shift-ended.customer': 'This counter is closed at the moment.',
  'error.drawer-unknown.cashier': 'There is no drawer {drawer} here. Choose one from the list.',
  'error.drawer-unknown.customer': 'This counter opens in a moment.',
  'error.drawer-in-use.cashier': 'Drawer {drawer} is in use by shift {number}. It has to be closed first.',
  'error.drawer-in-use.customer': 'This counter opens in a moment.',
  'error.shift-held.cashier':
    'Shift {number} still has drawer {drawer}. One person has one drawer: close that first.',
  'error.shift-held.customer': 'This counter opens in a moment.',
  'error.count-invalid.cashier':
    'The count can’t be right: every note and coin once, and only those used here.',
  'error.count-invalid.customer': 'The drawer is being counted.',
  'error.shift-unknown.cashier': 'There is no such shift.',
  'error.shift-unknown.customer': 'The drawer is being looked after.',
  'error.shift-step.cashier':
    'Shift {number} {step, select, opened {is still selling: end it first} ended {has ended and waits for its count} counted {is counted and waits to be closed} other {is closed: its Z stands}}.',
  'error.shift-step.customer': 'The drawer is being looked after.',
  'error.shift-not-yours.cashier': 'Shift {number} is somebody else’s. They or a supervisor can do this.',
  'error.shift-not-yours.customer': 'The drawer is being looked after.',
  'error.shift-same-person.cashier': 'Shift {number} needs a second person for this.',
  'error.shift-same-person.customer': 'The drawer is being looked after.',
  'error.reason-needed.cashier': 'Say why: the reason is kept.',
  'error.reason-needed.customer': 'One moment; it has to be written down.',
} as const;
