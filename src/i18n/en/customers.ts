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
  'customers.field':
    '{field, select, name {Name} account {Account} phone {Phone} address {Address} language {Language of receipts} meter_number {Meter number} resource {What it measures} sgc {Supply group code} krn {Key revision} ti {Tariff index} ea {Encryption} dkga {Key derivation} key_type {Key type} base_date {Base date} ken {Key expiry} tariff_id {Price list} keypad_serial {Keypad’s serial number} customer_id {Customer} other {Field}}',
  'error.entry-field.cashier':
    '“{field, select, name {Name} account {Account} phone {Phone} address {Address} language {Language of receipts} meter_number {Meter number} resource {What it measures} sgc {Supply group code} krn {Key revision} ti {Tariff index} ea {Encryption} dkga {Key derivation} key_type {Key type} base_date {Base date} ken {Key expiry} tariff_id {Price list} keypad_serial {Keypad’s serial number} customer_id {Customer} other {Field}}” {reason, select, empty {is needed} tooLong {is too long} controlSigns {has signs that can’t be printed} notANumber {is not a number} outOfRange {is outside what it can be} notSixDigits {has to be six digits} unknownWord {is none of the choices} meterNumberText {has signs that are no digits} meterNumberLength {has to have 11, 13 or 18 digits} meterNumberIssuer {is not of an STS meter} meterNumberCheckDigit {has one wrong digit} other {is not right}}. Correct it, then save.',
  'error.entry-field.customer': 'This does not concern your purchase.',
  'error.entry-tariff.cashier':
    'There is no price list “{tariff}” here. Choose one of the list, or read the price list in first.',
  'error.entry-tariff.customer': 'This does not concern your purchase.',
  'error.customer-unknown.cashier':
    'This customer is not in the directory any more. Look the customer up again.',
  'error.customer-unknown.customer': 'This does not concern your purchase.',
  'error.meter-exists.cashier':
    'Meter {meter} is in the directory already. Look it up and correct or move it there.',
  'error.meter-exists.customer': 'This does not concern your purchase.',
  'error.meter-has-sales.cashier':
    'Tokens were sold for this meter number, so the number stays. Add the right meter as a new one, and open a dispute for what was sold.',
  'error.meter-has-sales.customer': 'This does not concern your purchase.',
  'error.conflict-gone.cashier': 'This difference is settled already. Nothing was changed.',
  'error.conflict-gone.customer': 'This does not concern your purchase.',
  'customers.title': 'Customers and meters',
  'customers.about': 'Add, correct and move customers and their meters',
  'customers.find': 'Meter, account, phone or name',
  'customers.find.go': 'Find',
  'customers.add': 'New customer',
  'customers.edit': 'Correct the customer',
  'customers.meters': 'Meters',
  'customers.meters.none': 'No meter yet.',
  'customers.meter.add': 'New meter',
  'customers.meter.edit': 'Correct meter {meter}',
  'customers.meter.move': 'Move meter {meter}',
  'customers.move': 'Move to another customer',
  'customers.move.to': 'Whose is it now?',
  'customers.key': 'The meter’s key',
  'customers.save': 'Save',
  'customers.saved': 'Saved, and written into the journal.',
  'customers.language.own': 'The station’s language',
  'customers.blocked': 'Blocked: {reason}',
  'customers.choice':
    '{value, select, electricity {Electricity} water {Water} gas {Gas} time {Time} type0 {0, initialisation} type1 {1, default} type2 {2, unique} type3 {3, common} other {{value}}}',
  'conflicts.title': 'Differences',
  'conflicts.about': 'Where head office says something else than was changed here',
  'conflicts.none': 'Nothing differs. What head office sent agrees with what was changed here.',
  'conflicts.package': 'Head office, package {number}',
  'conflicts.file': 'From a file of customers',
  'conflicts.ours': 'Here',
  'conflicts.theirs': 'Theirs',
  'conflicts.keep': 'Keep ours',
  'conflicts.take': 'Take theirs',
  'conflicts.gone': 'Not kept under this number any more',
  'display.due': 'To pay',
  'display.received': 'Received',
  'display.change': 'Change',
  'display.token': 'Your token',
  'display.token.of': 'Token {position} of {of}',
  'display.qr': 'The receipt’s code',
  'strip.do':
    '{what, select, printerUnreachable {Check the printer’s power and cable. Tokens are safe; slips wait and go out with F5.} printerNotSetUp {No printer is set up. Read tokens from the screen; a supervisor sets one up under F10.} printerPaperNearEnd {The roll is nearly used up. Have a new one ready, and change it between two customers.} printerPaperOut {Change the roll, then press Enter or F5. The token is safe.} printerCoverOpen {Close the printer’s cover, then press Enter or F5.} printerCutter {The cutter is stuck. Switch the printer off, take the paper out, switch it on, then press F5.} printerFault {The printer reports a fault. Switch it off and on; if it stays, read tokens from the screen and call your supervisor.} printerOffline {Press the printer’s feed button until it is ready again.} moduleLocked {The module’s keys are closed. A supervisor starts the program again with the passphrase.} moduleMissing {Nothing can be sold. Check the module’s cable and power; it is found again by itself.} moduleStopped {The module gave a wrong token and was stopped. A supervisor looks at it under F10, Decisions.} officeAlone {This station stands alone under its own limits; there is nothing to send.} officeNotEnrolled {Head office does not know this station yet. An administrator enrols it.} officeAsked {Head office has to answer first; go on selling.} officeWaiting {What waits goes up by itself; go on selling.} officeProblem {Go on selling, and tell your supervisor that head office could not be reached or refused something.} allowanceLeft {So much may be sold before head office has to be reached; call your supervisor when it runs low.} allowanceEnded {Nothing more may be sold until head office was reached. Call your supervisor.} doubt {Press F11: the module is asked what became of the sale. The money is safe.} booksDamaged {Nothing is sold. Call your supervisor: the books have to be restored from a backup.} backup {Go on selling, and tell your supervisor to look at the folder for backups.} module {Go on selling; whoever looks after the module finds it under F10.} message {Words from head office. Do what they say.} differences {Go on selling. A supervisor chooses under F10, Differences.} clock {This is the clock of every token. If it is wrong, call your supervisor before you sell.} other {All is well; there is nothing to do.}}',
  'strip.do.close': 'Close',
  'strip.differences': '{count, plural, one {# difference} other {# differences}}',
  'token.speak': 'Read aloud',
  'token.speak.none': 'No voice here: show large',
  'token.speak.stop': 'Stop reading',
  'token.big': 'The token, group by group',
  'token.big.place': 'Group {position} of {of}',
  'token.big.next': 'Next group',
  'token.big.close': 'Back',
} as const;
