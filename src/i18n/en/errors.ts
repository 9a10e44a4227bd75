/**
 * Two sentences for everything that goes wrong: `.cashier` says what the cashier does next, `.customer` what
 * the customer may be told. The code is the key between `error.` and the last dot.
 */
export const errors = {
  'error.internal.cashier':
    'Something unexpected happened and nothing was changed. Try again; if it happens again, call your supervisor. Reference {ref}.',
  'error.internal.customer': 'The machine needs a moment.',
  'error.request-invalid.cashier':
    'The program sent something it should not have. Nothing was changed. Reference {ref}.',
  'error.request-invalid.customer': 'The machine needs a moment.',
  'error.not-allowed.cashier': 'Your role does not allow this. Ask a supervisor.',
  'error.not-allowed.customer': 'A supervisor has to help with this.',
  'error.not-signed-in.cashier': 'Nobody is signed in. Sign in with your name and PIN.',
  'error.not-signed-in.customer': 'The cashier has to sign in first.',
  'error.sign-in-refused.cashier': 'Name or PIN is not right. Check both and try again.',
  'error.sign-in-refused.customer': 'The cashier has to sign in first.',
  'error.sign-in-locked.cashier': 'Too many wrong PINs. Wait {seconds} seconds, then try again.',
  'error.sign-in-locked.customer': 'The cashier has to sign in first.',
  'error.meter-length.cashier':
    'A meter number has 11 or 13 digits (18 with its issuer); this one has {digits}. Read it again from the meter or the card.',
  'error.meter-length.customer': 'Please show me the number on your meter or card again.',
  'error.meter-check-digit.cashier':
    'The last digit does not fit the others, so one digit is wrong. Read the meter number again.',
  'error.meter-check-digit.customer': 'One digit of the meter number is wrong. Please read it to me again.',
  'error.meter-issuer.cashier':
    'This number is not from an STS meter (issuer 600727 or 0000). Read it again.',
  'error.meter-issuer.customer': 'This number is not from a prepaid meter that we serve.',
  'error.meter-unknown.cashier':
    'Meter {meter} is not in the directory. Check the number; if it is right, the meter is not registered with us.',
  'error.meter-unknown.customer': 'We do not have this meter in our list.',
  'error.nothing-found.cashier':
    'Nothing found for “{text}”. Try the meter number, the phone number or part of the name.',
  'error.nothing-found.customer':
    'I can’t find you by that. Do you have your meter number or an old receipt?',
  'error.directory-import-busy.cashier':
    'The file {file} is being taken already. Wait for it to end, or stop it.',
  'error.directory-import-busy.customer': 'This does not concern your purchase.',
  'error.directory-file.cashier':
    '{reason, select, empty {The file is empty.} unreadable {The file can’t be read ({place}). Check its name and whether the stick is in.} notUtf8 {The file’s text is not UTF-8 (at byte {place}). Save it again as “CSV UTF-8”.} unknownColumn {The column “{place}” is not known. Compare the first line with the documents.} missingColumn {The column “{place}” is missing from the first line.} columnTwice {A column stands in the first line twice.} endlessLine {Line {place} does not end: a quotation mark is not closed, or this is no CSV file. Lines before it were taken.} notAFile {This is a folder, not a file.} other {The file could not be taken to its end ({place}). Lines that were taken stay taken.}}',
  'error.directory-file.customer': 'This does not concern your purchase.',
  'error.meter-blocked.cashier': 'This meter is blocked for sales: {reason}.',
  'error.meter-blocked.customer': 'Sales to this meter are blocked. Your supplier can tell you why.',
  'error.amount-empty.cashier': 'Type the amount first.',
  'error.amount-empty.customer': 'How much would you like to buy?',
  'error.amount-not-a-number.cashier': '“{text}” is not an amount. Use digits, and a dot for the cents.',
  'error.amount-not-a-number.customer': 'How much would you like to buy?',
  'error.amount-too-precise.cashier':
    'This currency has {minorDigits} digits after the dot. Type the amount again.',
  'error.amount-too-precise.customer': 'How much would you like to buy?',
  'error.amount-negative.cashier': 'An amount can’t be less than nothing. Type it again without the minus.',
  'error.amount-negative.customer': 'How much would you like to buy?',
  'error.amount-zero.cashier': 'The amount is zero. Type what the customer wants to pay.',
  'error.amount-zero.customer': 'How much would you like to buy?',
  'error.amount-too-large.cashier': 'The amount is too large for one sale. Check the number of zeros.',
  'error.amount-too-large.customer': 'That amount is too large for one purchase.',
  'error.amount-below-minimum.cashier': 'The smallest sale to this meter is {minimum}. {reason}',
  'error.amount-below-minimum.customer': 'The smallest amount that buys anything is {minimum}.',
  'error.amount-above-maximum.cashier': 'The largest sale to this meter is {maximum}. {reason}',
  'error.amount-above-maximum.customer': 'The largest amount for one purchase is {maximum}.',
  'error.nothing-to-buy.cashier': 'Nothing can be sold to this meter now. {reason}',
  'error.nothing-to-buy.customer': 'Nothing can be bought for this meter now. Ask again in the next period.',
  'error.cash-too-little.cashier': 'The cash handed over ({received}) is less than the amount ({due}).',
  'error.cash-too-little.customer': 'That is not enough for {due}.',
  'error.tariff-missing.cashier':
    'No price is loaded for this meter on this date. Head office has to send the tariff {tariff}.',
  'error.tariff-missing.customer': 'The price for your meter is not available here yet.',
  'error.account-incomplete.cashier':
    'The price of this meter depends on its {missing}, which is not known here. Ask head office to complete the account; nothing was sold.',
  'error.account-incomplete.customer':
    'The account of this meter has to be completed first. Please ask the utility.',
  'error.tariff-refused.cashier':
    'The price of this meter can’t be worked out for this amount ({reason, select, change {its price list gives back what is left of the money, which this station does not do yet} other {{reason}}}). Nothing was sold.',
  'error.tariff-refused.customer': 'The price for this amount can’t be worked out here.',
  'error.sale-in-doubt.cashier':
    'It is not known whether the token was made. The sale is kept; press Enter to ask the module again. Do not sell this meter again.',
  'error.sale-in-doubt.customer':
    'Your money is recorded. The machine has to check something before it gives the token.',
  'error.meter-has-open-sale.cashier':
    'An earlier sale to this meter is not settled yet (receipt {receiptNumber}). Settle that one first.',
  'error.meter-has-open-sale.customer': 'An earlier purchase for your meter has to be finished first.',
  'error.sale-unknown.cashier': 'There is no such sale in this station’s books.',
  'error.sale-unknown.customer': 'I can’t find that purchase.',
  'error.token-mismatch.cashier':
    'The module’s token does not match the sale, so it is not shown. Vending on this module is stopped. Call your supervisor.',
  'error.token-mismatch.customer': 'The machine has a fault and can’t give tokens. Your money is recorded.',
  'error.module-locked.cashier':
    'The secure module is locked. A supervisor has to open it with its passphrase.',
  'error.module-locked.customer': 'The machine can’t make tokens at the moment.',
  'error.module-passphrase.cashier': 'The passphrase is not right. The keys stay closed.',
  'error.module-passphrase.customer': 'The machine can’t make tokens at the moment.',
  'error.module-file.cashier':
    '{reason, select, missing {There is no key file at the set place.} unreadable {The key file can’t be read by this account.} unwritable {The key file can’t be written: check the disk and this account’s rights.} foreign {The file at the set place is not a Kioskwatt key file.} truncated {The key file is cut short. Put back a copy of it.} changed {The key file has been changed since it was written. Put back a copy of it.} newer {The key file was written by a newer Kioskwatt. Install that program again.} profile {The key file was made for another kind of station.} exists {There is a key file already; it was left as it is.} duplicate {This key is in the file already.} size {The key does not have the size that its meters need.} parity {The key’s parity is wrong, so a digit of it is wrong.} attributes {A detail of the key is out of range.} other {The key file can’t be used ({reason}).}} The keys stay closed.',
  'error.module-file.customer': 'The machine can’t make tokens at the moment.',
  'error.module-no-key.cashier':
    'No vending key for supply group {sgc}, revision {krn}. This meter can’t be served here.',
  'error.module-no-key.customer': 'Your meter can’t be served at this counter.',
  'error.module-key-expired.cashier':
    'The vending key of supply group {sgc} has expired. Head office has to load a new one.',
  'error.module-key-expired.customer': 'Your meter can’t be served at this counter today.',
  'error.module-base-date.cashier':
    'The vending key of supply group {sgc}, revision {krn} counts time from another year than this meter ({baseDate}). Head office has to look at the meter’s record.',
  'error.module-base-date.customer': 'Your meter can’t be served at this counter.',
  'error.module-key-type.cashier':
    'The vending key of supply group {sgc} is of a type that can’t make credit ({keyType}). The meter needs a key change first.',
  'error.module-key-type.customer': 'Your meter can’t be served at this counter.',
  'error.module-key-not-active.cashier':
    'The vending key of supply group {sgc}, revision {krn} may not be used yet. Check the computer’s date, or wait for its first day.',
  'error.module-key-not-active.customer': 'Your meter can’t be served at this counter today.',
  'error.module-request.cashier':
    'The secure module can’t make a token for this meter’s record ({reason}). Nothing was made.',
  'error.module-request.customer': 'Your meter can’t be served at this counter.',
  'error.module-tampered.cashier':
    'The secure module says that it was tampered with. Vending on it is stopped. Call your supervisor; the module goes back to its maker.',
  'error.module-tampered.customer': 'The machine can’t make tokens at the moment.',
  'error.module-application.cashier':
    'The secure module has a fault of its own. Vending on it is stopped. Call your supervisor, who switches it off and on.',
  'error.module-application.customer':
    'Your money is recorded. The machine has to check something before it gives the token.',
  'error.module-timeout.cashier':
    'The secure module did not answer in time. The sale is kept; check its cable, then ask it again.',
  'error.module-timeout.customer':
    'Your money is recorded. The machine has to check something before it gives the token.',
  'error.module-at-work.cashier':
    'The module may still be making this token. The sale is kept; wait half a minute, then ask it again.',
  'error.module-at-work.customer':
    'Your money is recorded. The machine has to check something before it gives the token.',
  'error.module-unknown-reply.cashier':
    'The secure module gave an answer that can’t be understood. The sale is kept; ask it again, or call your supervisor.',
  'error.module-unknown-reply.customer':
    'Your money is recorded. The machine has to check something before it gives the token.',
  'error.module-not-stopped.cashier': 'The module {moduleId} is not stopped: it works already.',
  'error.module-not-stopped.customer': 'The machine can’t make tokens at the moment.',
  'error.token-kept-wrong.cashier':
    'The token that the module keeps for this sale is wrong and is not shown. Your supervisor ends the sale under Decisions (F10).',
  'error.token-kept-wrong.customer': 'Your money is recorded. A supervisor has to look at this sale.',
  'error.module-stopped.cashier':
    'Vending on this module is stopped after a wrong token. Call your supervisor.',
  'error.module-stopped.customer': 'The machine can’t make tokens at the moment.',
  'error.clock-behind.cashier':
    'The computer’s clock ({clock}) is behind the last entry ({last}). Set the clock right, then go on. If the clock is right, it was ahead then: call your supervisor.',
  'error.clock-behind.customer': 'The machine’s clock has to be set first.',
  'error.token-time-full.cashier':
    'This meter has had too many tokens in the last minutes. Wait {minutes} minutes.',
  'error.token-time-full.customer':
    'Your meter has had several tokens just now. The next one can be made in a few minutes.',
  'error.storage-failed.cashier':
    'The disk reported a fault ({reason}). Selling is stopped so that nothing is lost. Call your supervisor.',
  'error.storage-failed.customer': 'The machine has a fault and can’t sell at the moment.',
  'error.printer-unreachable.cashier':
    'The printer at {address} does not answer. Check its power and cable, then press F5 to print. The token is safe.',
  'error.printer-unreachable.customer':
    'The printer does not answer. Your token is safe; I can read it to you.',
  'error.print-job-unknown.cashier': 'There is no such print job.',
  'error.print-job-unknown.customer': 'There is nothing to print.',
  'error.folder-full.cashier':
    'The disk that holds {folder} is full. Nothing was changed. Free at least {megabytes} MB, then start again.',
  'error.folder-full.customer': 'The machine can’t start yet.',
  'error.folder-read-only.cashier':
    'The data folder {folder} can’t be written to. Give this account the right to write there, then start again.',
  'error.folder-read-only.customer': 'The machine can’t start yet.',
  'error.folder-network.cashier':
    'The data folder {folder} is on a network drive ({filesystem}). Choose a folder on this computer’s own disk.',
  'error.folder-network.customer': 'The machine can’t start yet.',
  'error.folder-locked.cashier':
    'Kioskwatt is already running on this data folder ({holder}). Use that window, or close it first.',
  'error.folder-locked.customer': 'The machine is already running.',
  'error.folder-not-a-folder.cashier': 'The data folder {folder} can’t be used: {reason}.',
  'error.folder-not-a-folder.customer': 'The machine can’t start yet.',
  'error.database-newer.cashier':
    'The file {file} was written by a newer Kioskwatt (version {found}, this one knows {known}). Install that program again, or restore a backup from before it.',
  'error.database-newer.customer': 'The machine can’t start yet.',
  'error.database-foreign.cashier': 'The file {file} is not a Kioskwatt database. Nothing was changed in it.',
  'error.database-foreign.customer': 'The machine can’t start yet.',
  'error.database-no-room.cashier':
    'The disk has too little room to open {file} and bring it up to this version. Nothing was changed. Free about {megabytes} MB, then start again.',
  'error.database-no-room.customer': 'The machine can’t start yet.',
  'error.database-busy.cashier':
    'Another program holds {file}. Nothing was changed. Close that program, then start again.',
  'error.database-busy.customer': 'The machine can’t start yet.',
  'error.database-unreadable.cashier':
    'The disk could not read or write {file} ({reason}). Nothing was sold and nothing was changed. Check the disk and this account’s rights, then start again. Restore nothing while the file is only out of reach.',
  'error.database-unreadable.customer': 'The machine can’t start yet.',
  'error.database-damaged.cashier':
    'The file {file} is damaged ({reason}). Nothing was sold and nothing was changed. Keep the file and restore the last verified backup.',
  'error.database-damaged.customer': 'The machine can’t start yet.',
  'error.chain-broken.cashier':
    'The ledger has been changed at row {row}: {reason}. Selling is stopped. Call your supervisor.',
  'error.chain-broken.customer': 'The machine can’t sell at the moment.',
  'error.restore-unfinished.cashier':
    'A restore of {folder} was cut off before its last step. Nothing is lost: {found} stand beside it. Run the restore again, then start.',
  'error.restore-unfinished.customer': 'The machine can’t start yet.',
  'error.profile-refused.cashier':
    'This station can’t be used for production: {reason, select, software {its keys are in a file, and only a certified module may hold keys that sell} other {{reason}}}.',
  'error.profile-refused.customer': 'The machine can’t start yet.',
  'error.config-invalid.cashier': 'The setting {path} is not right: {reason}.',
  'error.config-invalid.customer': 'The machine can’t start yet.',
  'error.quote-changed.cashier':
    'The price has changed since it was shown. Look at the new figures, then press Enter.',
  'error.quote-changed.customer': 'The price has just changed. Please look at the new amount.',
  'error.cash-step.cashier': 'Cash comes in steps of {step}. Round the amount.',
  'error.cash-step.customer': 'The smallest coin here is {step}.',
  'error.sale-void.cashier':
    'Sale {receiptNumber} came to nothing and no token was made. Give the money back, or sell again.',
  'error.sale-void.customer': 'That purchase did not happen. Here is your money.',
  'error.sale-unissued.cashier': 'A supervisor closed sale {receiptNumber}: its token was never given out.',
  'error.sale-unissued.customer': 'A supervisor has settled that purchase.',
  'error.token-time-range.cashier':
    'The clock, or the meter’s base date {baseDate}, is not right: no token can carry this time.',
  'error.token-time-range.customer': 'The machine’s clock has to be set first.',
  'error.several-meters.cashier': 'This means {count} meters. Give the meter number.',
  'error.several-meters.customer': 'Please show me the number on your meter or card.',
  'error.config-missing.cashier': 'The station is not set up yet: there is no {file}.',
  'error.config-missing.customer': 'The machine can’t start yet.',
  'error.already-open.cashier':
    'Kioskwatt is already open on this computer. Its window has been brought to the front.',
  'error.already-open.customer': 'The machine is already running.',
  'error.training-only.cashier': 'This is for training only.',
  'error.training-only.customer': 'This is for training only.',
  'error.warning-duplicate.cashier':
    'Meter {meter} bought the same amount {minutes, plural, one {# minute} other {# minutes}} ago (receipt {receiptNumber}). Ask the customer; Enter sells again, Escape goes back.',
  'error.warning-duplicate.customer':
    'The same amount was bought for meter {meter} just now. Do you want it again?',
  'error.warning-paid-twice.cashier':
    'The account of meter {meter} was paid the same amount {minutes, plural, one {# minute} other {# minutes}} ago (receipt {receiptNumber}). Ask the customer; Enter takes it again, Escape goes back.',
  'error.warning-paid-twice.customer':
    'The same amount was paid for meter {meter} just now. Do you want to pay it again?',
  'error.warning-unusual-amount.cashier':
    'This is much more than meter {meter} usually buys (at most {usual}). Read the meter number back; Enter sells, Escape goes back.',
  'error.warning-unusual-amount.customer': 'This is much more than usual. Is meter number {meter} right?',
  'error.warning-new-meter.cashier':
    'Meter {meter} never bought here; this phone has bought for meter {usual} until now. Read the meter number back; Enter sells, Escape goes back.',
  'error.warning-new-meter.customer':
    'Until now you bought for meter {usual}. Is meter number {meter} right?',
  'error.limit-per-sale.cashier':
    'One sale here may be {limit} at most. Take a smaller amount, or ask a supervisor.',
  'error.limit-per-sale.customer': 'One purchase here may be {limit} at most.',
  'error.limit-per-meter-day.cashier': 'This meter may buy {limit} a day here; {left} is left today.',
  'error.limit-per-meter-day.customer': 'Your meter can buy {left} more today.',
  'error.limit-per-operator-day.cashier':
    'You may sell {limit} a day; {left} is left today. Ask a supervisor.',
  'error.limit-per-operator-day.customer': 'This counter can’t sell that much more today.',
  'error.limit-per-operator-shift.cashier':
    'You may sell {limit} in one shift; {left} is left. Ask a supervisor.',
  'error.limit-per-operator-shift.customer': 'This counter can’t sell that much more right now.',
  'error.sale-not-in-doubt.cashier': 'Sale {receiptNumber} is settled: there is nothing to close.',
  'error.sale-not-in-doubt.customer': 'That purchase is settled.',
  'error.sale-under-way.cashier':
    'The module is answering for this sale at this moment. Look again in a few seconds.',
  'error.sale-under-way.customer': 'The machine is finishing your purchase.',
  'error.database-missing.cashier':
    'There is no {file}, or nothing in it. In a folder that was used before, nothing is begun anew: put the file back, or restore the last verified backup. In a new folder, start the station first.',
  'error.database-missing.customer': 'The machine can’t start yet.',
  'error.profile-differs.cashier':
    'This folder belongs to a {found} station and was opened as {wanted}. Choose the right folder or profile.',
  'error.profile-differs.customer': 'The machine can’t start yet.',
  'error.backup-target.cashier':
    '{reason, select, insideData {The backup folder {folder} lies inside the data folder. Choose a folder on another disk.} notAFolder {The backup folder {folder} isn’t there. Plug the disk in or make the folder, then try again.} noRoom {There is no room for a backup in {folder} ({detail} bytes too few). Use another disk; old backups are never removed by the program.} other {The backup folder {folder} can’t be written to ({detail}). Check the disk and this account’s rights.}} No backup was made.',
  'error.backup-target.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.backup-source.cashier':
    'The folder {folder} is no station’s data folder: {file} is missing. No backup was made.',
  'error.backup-source.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.backup-same-disk.cashier':
    'The backup lies on the same disk as the books and would be lost with them. Have a folder on another disk set up for backups, then back up once more.',
  'error.backup-same-disk.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.backup-incomplete.cashier':
    'The backup {backup} was cut off while it was made and does not count. Use an older one.',
  'error.backup-incomplete.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.backup-changed.cashier':
    'The backup {backup} is not as it was written: {file} {reason, select, missing {is missing} size {has another size} unexpected {does not belong there} other {has been changed}}. Use an older one.',
  'error.backup-changed.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.restore-target.cashier':
    'Nothing was restored into {folder}: {reason, select, insideBackup {it lies inside the backup, or the backup inside it} noParent {the folder above it does not exist} notAFolder {it is not a folder} other {{reason}}}.',
  'error.restore-target.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.restore-clock.cashier':
    'The computer’s clock says {clock}, the newest that is known here is from {last}. If the clock is wrong, set it. If it is right, give the command once more with --clock-is-right. Nothing was changed.',
  'error.restore-clock.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.export-target.cashier':
    'Nothing was exported to {folder}: {reason, select, notEmpty {the folder is not empty} other {{reason}}}.',
  'error.export-target.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.disk-full.cashier':
    'The disk is nearly full ({megabytes} MB left). Selling stops here, so that what was sold stays safe. Free some room or call your supervisor.',
  'error.disk-full.customer': 'The machine can’t sell at the moment.',
  'error.request-differs.cashier':
    'This request was for another sale (receipt {receiptNumber}). Nothing was sold. Begin the sale again.',
  'error.request-differs.customer': 'I have to begin your purchase again.',
  'error.recall-not-restored.cashier':
    'This folder was not restored from a backup, so there is nothing to bring back.',
  'error.recall-not-restored.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.slip-file.cashier':
    'The file {path} can’t be taken for slips: {reason, select, missing {it isn’t there} other {{reason}}}. Nothing was brought back.',
  'error.slip-file.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.slip-refused.cashier':
    'Slip {receipt}: {reason, select, receipt {this is no number that the station gave out before the restore} taken {the books have another sale under this number or token} open {the sale is open in the books; settle it there} ended {the books ended the sale without a token; its money went back or to another sale} time {there is no such time} after {its time is after the restore} before {its time is before the backup, which would have it} meter {the meter isn’t in the directory} reference {its payment number has paid another sale} token {the token isn’t good for this meter with its key} kind {only a purchase with one credit token comes back from paper} minute {the token was made for another time} units {the token carries other units} other {{reason}}}. Nothing was brought back.',
  'error.slip-refused.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.recall-unreadable.cashier': 'The export can’t be read. Nothing was brought back.',
  'error.recall-unreadable.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.recall-not-following.cashier':
    'The export does not follow on from this folder’s books, or was changed. Nothing was brought back.',
  'error.recall-not-following.customer': 'The machine’s data is being looked after; it takes a moment.',
} as const;
