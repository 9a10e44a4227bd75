/** Decisions at the counter that the books keep, and how the books themselves stand. */
export const decisions = {
  'error.clock-jumped.cashier':
    'The computer’s clock ({clock}) is more than a day ahead of the last entry ({last}). Compare it with another clock; if it is right, a supervisor says so, if not, set it right.',
  'error.clock-jumped.customer': 'The machine’s clock has to be checked first.',
  'error.clock-apart.cashier':
    'The computer’s clock ({clock}) and the secure module’s ({module}) are too far apart. Set the computer’s clock right; if it is right, a supervisor says so.',
  'error.clock-apart.customer': 'The machine’s clock has to be checked first.',
  'error.sale-given-up.cashier': 'The module made no token for this sale. Give the money back.',
  'error.sale-given-up.customer': 'No token was made. You get your money back.',
  'error.sale-not-given-up.cashier':
    'The module can’t say for certain that it made no token: the sale stays in doubt. Ask again, or leave it open and call your supervisor.',
  'error.sale-not-given-up.customer': 'It isn’t known yet whether your token was made. Your money is safe.',
  'error.books-damaged.cashier':
    'A check found the books damaged ({row}: {reason}). Selling is stopped so that nothing is lost; call your supervisor.',
  'error.books-damaged.customer': 'The machine has a fault and can’t sell at the moment.',
  'error.books-unread.cashier':
    'The books could not be read just now ({file}: {reason}). Nothing was changed and selling goes on; try again in a moment, and call your supervisor if it stays so.',
  'error.books-unread.customer': 'The machine isn’t ready for that yet.',
  'strip.books.damaged': 'Books damaged: selling stopped',
  'strip.books.unread': 'Books not checked: they can’t be read',
  'strip.disk.low': 'Disk nearly full: {megabytes} MB left',
  'strip.disk.stop': 'Disk too full: selling stopped',
  'strip.disk.failed': 'Disk fault: selling stopped',
  'strip.backup.failed': 'Backup failed',
  'strip.backup.none': 'No backup folder',
  'strip.backup.same-disk': 'Backup on the same disk',
  'doubt.key': 'Key: supply group {sgc}, key revision {krn}{ti, select, none {} other {, tariff index {ti}}}',
  'doubt.no-key':
    'The module lists no key for supply group {sgc}, key revision {krn}{ti, select, none {} other {, tariff index {ti}}}. Have that key loaded, then ask again.',
  'doubt.reason': 'Why (the books keep it)',
  'doubt.give-up': 'Customer waits no longer',
  'doubt.unissued': 'Give the money back',
  'doubt.again': 'Sell again with a new token',
  'doubt.supervisor':
    'If the module can’t say any more: give the money back, or sell the same again with a new token. Head office is told.',
  'decisions.title': 'Decisions',
  'decisions.about': 'Sales in doubt, the clock, a module that was stopped.',
  'decisions.kept': 'The books keep it.',
  'clock.why': 'Compare it with another clock first. Selling then goes on by the computer’s clock.',
  'clock.title': 'Is the computer’s clock right?',
  'clock.accept': 'The clock is right',
  'module.clear.title': 'Secure module {module} is stopped',
  'module.clear.why':
    'A token did not match its sale, or the module reported a fault of its own. Let it work again only when somebody has looked into it.',
  'module.clear': 'Let the module work again',
} as const;
