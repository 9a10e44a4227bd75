/** Head office on the administrator’s page: who knows whom, what comes next, and what it said. */
export const headOffice = {
  'headoffice.title': 'Head office',
  'headoffice.about': 'Enrolment, fingerprints, what waits, and what head office says.',
  'headoffice.looking': 'Looking up how this station stands.',
  'headoffice.state':
    '{state, select, standAlone {This station stands alone: it sells under its own limits and sends nothing.} notEnrolled {Head office does not know this station yet.} restored {This station was restored from a backup and has to enrol once more.} newKey {This station’s key is not the one that head office knows.} asked {The request lies with head office; there is no answer yet.} asking {Head office knows this station; a new enrolment is asked for.} other {Head office knows this station.}}',
  'headoffice.do':
    '{state, select, standAlone {To join a head office, an administrator names here the folder through which files go. A server (SFTP) is named in the settings (headOffice in station.json), and the station started again.} notEnrolled {Ask head office for a one-time code: “headoffice station add {station}”. Type it here. Go on selling meanwhile; nothing is lost.} restored {What it sells from now on gets numbers of a new epoch, so that none is used twice. Ask head office for a new code: “headoffice station add {station}”. What the backup lacks comes back with its next package.} newKey {The old key is lost, so a new epoch begins. Ask head office for a new code: “headoffice station rotate {station}”.} asked {Compare the fingerprint with head office by telephone. If no answer comes, the code was mistyped or used before: ask for a new one and type it again.} asking {Everything goes on as before until head office has answered. Compare the fingerprint with it by telephone. If no answer comes, the code was mistyped or used before: ask for a new one and type it again.} other {What is sold goes up every {minutes} minutes, at each Z, after a start, and when it is sent from here.}}',
  'headoffice.keys': 'Keys and files',
  'headoffice.fact.own': 'Fingerprint of this station',
  'headoffice.fact.office': 'Fingerprint of head office',
  'headoffice.fact.next': 'Fingerprint of the next key',
  'headoffice.fact.place': 'Files go to',
  'headoffice.place': 'Where files go',
  'headoffice.place.folder': 'Folder',
  'headoffice.place.hint':
    'A folder that head office reaches too: on a share, or on a stick that is carried there and back. It has to be there now. Files go out in {station}/up below it, and answers are awaited in {station}/down.',
  'headoffice.place.do': 'Use this folder',
  'headoffice.place.change': 'Choose another folder',
  'headoffice.fact.epoch': 'Epoch',
  'headoffice.fact.waiting': 'Waiting',
  'headoffice.waiting':
    '{batches, plural, =0 {no batch} one {# batch} other {# batches}}, {records, plural, =0 {no new record} one {# new record} other {# new records}}',
  'headoffice.compare':
    'Both sides have to see the same signs. Head office reads this station’s with “headoffice station keys {station}”; its own stands beside the code that it gave.',
  'headoffice.enrol': 'Enrol station {station}',
  'headoffice.enrol.do': 'Enrol',
  'headoffice.enrol.again': 'Enrol with a new code',
  'headoffice.code': 'One-time code',
  'headoffice.code.hint': '16 letters and digits in groups of four, as head office read them out.',
  'headoffice.rotate': 'Change the key',
  'headoffice.rotate.why':
    'A new key is made now. The next batch announces it, signed by the old one; from then on the new one signs. Afterwards head office sees it under “headoffice station keys {station}”.',
  'headoffice.rotate.do': 'Make the next key',
  'headoffice.send': 'Send now',
  'headoffice.fetch': 'Look for the answer',
  'headoffice.refused': 'Not taken by head office',
  'headoffice.batch': 'Batch {batch}:',
  'headoffice.said': 'What head office says',
  'headoffice.said.nothing': 'No package has come yet.',
  'headoffice.said.last': 'Package {number}, taken {moment}',
  'headoffice.messages': 'Messages',
  'headoffice.allowance': 'Selling allowance',
  'headoffice.limit.perSaleMinor': 'Most of one sale',
  'headoffice.limit.perMeterDayMinor': 'A meter in a day',
  'headoffice.limit.perOperatorDayMinor': 'A person in a day',
  'headoffice.limit.perOperatorShiftMinor': 'A person in a shift',
  'headoffice.role': '{name}, role',
  'strip.office.sending': 'Sending batch {number} of {all}',
  'error.enrolment-code.cashier':
    'That is no one-time code: it has 16 signs, A to Z and 2 to 7. Read it back with head office and type it again.',
  'error.enrolment-code.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.folder-exchange.cashier':
    '{reason, select, server {Files go to a server that stands in station.json. Whoever looks after this computer changes it there.} relative {Write the whole path, from the drive or the root on.} missing {There is no folder {folder}. Plug the stick in, or ask whoever keeps the share, then try again.} other {This station may not write to {folder}. Ask whoever looks after this computer.}}',
  'error.folder-exchange.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.import-file.cashier': '{file} is no exchange folder and no file of a batch. Nothing was imported.',
  'error.import-file.customer': 'The machine’s data is being looked after; it takes a moment.',
} as const;
