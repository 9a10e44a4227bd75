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
  'drawers.title': 'Drawers and money',
  'drawers.about': 'Names of the drawers, the notes and coins that are counted, who closes a shift.',
  'drawers.names': 'Drawers here',
  'drawers.names.hint':
    '{count, plural, one {1 drawer} other {# drawers}}. A semicolon goes between two names.',
  'drawers.money': 'Notes and coins',
  'drawers.money.hint': 'Amounts with a semicolon between them, for example 5; 10; 20.',
  'drawers.closer': 'Who closes a shift',
  'drawers.closer.same': 'The cashier may close it',
  'drawers.closer.another': 'Somebody else has to close it',
  'drawers.beneficiary': 'Bank account in the name of',
  'drawers.beneficiary.hint': 'Printed on the deposit slip. May stay empty.',
  'drawers.save': 'Save',
  'drawers.saved': 'Saved. It counts from now on.',
  'error.settings-not-kept.cashier':
    'The settings file {file} can’t be written ({reason}), so nothing was changed. Call whoever looks after this computer, then try again.',
  'error.settings-not-kept.customer': 'One moment.',
  'error.drawer-set-up.cashier':
    '{reason, select, empty {A drawer needs a name.} twice {Two drawers have the same name. Change one.} coin {The same note or coin is there twice. Take one out.} other {One of these amounts can’t be paid in cash here. Look at the notes and coins again.}}',
  'error.drawer-set-up.customer': 'One moment.',
} as const;
