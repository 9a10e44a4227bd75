/** Head office: what the strip says, why a batch or a package was not taken, and the selling allowance. */
export const exchange = {
  'strip.office.stand-alone': 'Stands alone: own limits',
  'strip.office.not-enrolled': 'Not enrolled with head office',
  'strip.office.asked': 'Waiting for head office',
  'strip.office.enrolled':
    '{waiting, plural, =0 {Head office up to date} one {# batch to send} other {# batches to send}}',
  'strip.office.sent':
    '{waiting, plural, one {# batch sent, no answer yet} other {# batches sent, no answer yet}}',
  'strip.office.busy': 'Exchanging with head office',
  'strip.office.problem': 'Head office: needs a look',
  'strip.allowance.value': '{value} left to sell',
  'strip.allowance.tokens': '{tokens, plural, one {# sale left} other {# sales left}}',
  'strip.allowance.minutes': '{hours, plural, one {# hour left} other {# hours left}}',
  'error.allowance-value.cashier':
    'Head office lets this station sell for {left} more. Take a smaller amount, or call your supervisor to fetch a new allowance.',
  'error.allowance-value.customer': 'I can’t sell that much right now. A smaller amount may work.',
  'error.allowance-tokens.cashier':
    'The number of sales that head office allowed is used up. Call your supervisor to fetch a new allowance.',
  'error.allowance-tokens.customer': 'The machine can’t sell at the moment.',
  'error.allowance-time.cashier':
    'The time in which head office allowed sales is over. Call your supervisor to fetch a new allowance.',
  'error.allowance-time.customer': 'The machine can’t sell at the moment.',
  'error.allowance-per-sale.cashier':
    'Head office allows at most {limit} in one sale here. Take a smaller amount.',
  'error.allowance-per-sale.customer': 'I can sell at most {limit} at once.',
  'error.stand-alone.cashier':
    'This station has no head office in its settings: it sells under its own limits. Nothing was sent.',
  'error.stand-alone.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.head-office-unreachable.cashier':
    'Head office can’t be reached ({reason}). Go on selling: it is tried again by itself.',
  'error.head-office-unreachable.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.enrolment-reply.cashier':
    'Head office’s answer to the enrolment was not taken ({reason}). Enrol again.',
  'error.enrolment-reply.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.not-enrolled.cashier':
    'This station is not enrolled with head office. Ask head office for a code and enrol.',
  'error.not-enrolled.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.training-alone.cashier': 'Training sends nothing to head office. Nothing was changed.',
  'error.training-alone.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-gap.cashier':
    'Head office lacks an earlier batch of this station. Send everything again; if that does not help, call head office.',
  'error.ack-gap.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-bad-signature.cashier':
    'Head office does not know this station’s signature. Compare the fingerprints with head office; enrol again if they differ.',
  'error.ack-bad-signature.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-damaged.cashier':
    'A batch reached head office damaged. It is sent again by itself; if that goes on, call head office.',
  'error.ack-damaged.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-totals-mismatch.cashier':
    'Head office counts other totals in a batch than this station. Go on selling and call head office.',
  'error.ack-totals-mismatch.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-fork.cashier':
    'Head office holds other records under this station’s numbers: a copy of it may be in use. Stop selling and call head office.',
  'error.ack-fork.customer': 'The machine can’t sell at the moment.',
  'error.ack-new-epoch.cashier':
    'This station was restored or has a new key. Ask head office for a code and enrol again.',
  'error.ack-new-epoch.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.ack-retired.cashier': 'Head office has retired this station. Stop selling and call head office.',
  'error.ack-retired.customer': 'The machine can’t sell at the moment.',
  'error.package-refused.cashier':
    'Data from head office was not taken; what was there before is still in force. Call head office.',
  'error.package-refused.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.package-left.cashier':
    'Head office sent back what this machine had lost, but not all of it could be taken. Go on selling; a supervisor finds it in the audit report, under “Package from head office”.',
  'error.package-left.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.office-station-name.cashier': '{station} is no name of a station: 1 to 12 of A-Z and 0-9.',
  'error.office-station-name.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.office-station-unknown.cashier': 'Head office knows no station {station}. Add it first.',
  'error.office-station-unknown.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.office-enrol-code.cashier':
    'The request of {station} was not made with its open code. Give it a new code.',
  'error.office-enrol-code.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.office-enrol-epoch.cashier':
    'Another key of {station} has signed epoch {epoch} already. The station has to begin a new epoch: enrol it again there.',
  'error.office-enrol-epoch.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.office-missing.cashier': 'There is no head office in {folder}. Make one with init.',
  'error.office-missing.customer': 'The machine’s data is being looked after; it takes a moment.',
  'error.publish-file.cashier': '{file} was not read at {where}: {reason}. Nothing was published.',
  'error.publish-file.customer': 'The machine’s data is being looked after; it takes a moment.',
} as const;
