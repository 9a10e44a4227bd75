/**
 * A tariff in plain words, what a quote has to say before payment, why this many units, and what is wrong with
 * a tariff file. A figure that a tariff leaves out arrives as `none`.
 */
export const tariffWords = {
  'describe.tariff': '{name}: {id} version {version}, from {effectiveFrom}, {resource}, {currency}',
  'describe.per-unit':
    '{label}: {rate} a unit{totalAbove, select, none {} other {, once the total is above {totalAbove}}}{totalUpTo, select, none {} other {, up to a total of {totalUpTo}}}',
  'describe.per-unit-block':
    '{label}: {rate} a unit, {upTo, select, none {above {from}} other {from {from} to {upTo}}} units{every, select, none {} other { in {every}}}{totalAbove, select, none {} other {, once the total is above {totalAbove}}}{totalUpTo, select, none {} other {, up to a total of {totalUpTo}}}',
  'describe.per-unit-rebate':
    '{label}: {rate} off each unit, {upTo, select, none {above {from}} other {from {from} to {upTo}}} units',
  'describe.percent-added': '{label}: {rate} % added to {of}',
  'describe.percent-contained': '{label}: {rate} % contained in {of}',
  'describe.percent-of-gross': '{label}: {rate} % of {of}, itself included',
  'describe.percent-added-on-top': '{label}: {rate} % of {of}, paid on top',
  'describe.percent-contained-on-top': '{label}: {rate} % contained in {of}, paid on top',
  'describe.percent-of-gross-on-top': '{label}: {rate} % of {of}, paid on top',
  'describe.percent-added-rebate': '{label}: {rate} % of {of} taken off',
  'describe.percent-contained-rebate': '{label}: {rate} % of {of} taken off',
  'describe.percent-of-gross-rebate': '{label}: {rate} % of {of} taken off',
  'describe.fixed':
    '{label}: {amount} each {every}{times, select, none {} other {, times {times}}}{maxPeriods, select, none {} other {, missed ones too, at most {maxPeriods}}}',
  'describe.fixed-on-top':
    '{label}: {amount} each {every}{times, select, none {} other {, times {times}}}, paid on top',
  'describe.fixed-rebate': '{label}: {amount} taken off each {every}',
  'describe.fixed-on-top-rebate': '{label}: {amount} taken off each {every}',
  'describe.fixed-step':
    '{label}: {amount} each {every}, when the total is {totalUpTo, select, none {above {totalAbove}} other {from {totalAbove} to {totalUpTo}}}',
  'describe.debt-all': '{label}: the whole debt “{debt}”{cap, select, none {} other {, at most {cap}}}',
  'describe.debt-instalment': '{label}: the agreed instalment of the debt “{debt}”',
  'describe.debt-fixed': '{label}: {amount} of the debt “{debt}”',
  'describe.debt-share':
    '{label}: {rate} % of the {of} towards the debt “{debt}”{blockUntilPaid, select, none {} other {, nothing else until {blockUntilPaid} % is paid}}',
  'describe.entitlement': '{label}: {units} free units each {every}',
  'describe.units-rounding':
    'Units are rounded {roundings}; what is left of the money {remainder, select, carry {is kept for the next purchase} change {is given back} other {goes to “{remainder}”}}',
  'describe.limits':
    'One purchase{minimum, select, none {} other { from {minimum}}}{maximum, select, none {} other { up to {maximum}}}{maximumUnits, select, none {} other {, at most {maximumUnits} units}}{windowMaximum, select, none {} other {, at most {windowMaximum} units in the period}}',
  'describe.only': 'The line above is only for {only}.',

  'notice.no-units': 'All of this money is used up before any units: there will be no token.',
  'notice.charge-in-part': 'A charge is paid in part; {owed} stays owed.',
  'notice.settlement-in-part': 'An earlier sum is paid in part; {owed} stays owed.',
  'notice.entitlement-due': '{units} free units are due: F3 issues them.',
  'notice.entitlement-with-purchase':
    '{units} free units are due, but only with a purchase: this counter can’t issue them.',
  'notice.cliff-ahead':
    'After {left} more units a higher price begins: the next tenth then costs {crossing}.',
  'notice.cliff-crossed': 'This purchase goes past {threshold} units, where a higher price begins.',
  'notice.state-too-old':
    'The account’s figures are {ageHours} hours old: a difference is settled next time.',
  'notice.sold-elsewhere': 'Other counters sell to this meter too: a difference is settled next time.',
  'notice.less-buys-more': '{amount} would buy {units}: as many or more.',
  'notice.next-block': '{more} more reaches the next block, {nextRate} a unit instead of {rate}.',

  'explain.title': 'Why this many units?',
  'explain.before': 'Last time',
  'explain.now': 'This time',
  'explain.first-purchase': 'There is no earlier purchase here to compare with.',
  'explain.units-same': 'The same units as last time.',
  'explain.units-more': '{difference} more than last time.',
  'explain.units-fewer': '{difference} fewer than last time.',
  'explain.amount-differs': 'The amount differs by {difference}.',
  'explain.tariff-changed': 'The price list has changed since.',
  'explain.block-reached': '{label}: this purchase reaches the block at {rate} a unit.',
  'explain.line-new': '{label} was not charged last time: {difference}.',
  'explain.line-gone': '{label} was charged last time and is not now: {difference}.',
  'explain.rate-changed': '{label}: the rate was {before}, now it is {now}.',
  'explain.charge-changed': '{label} differs by {difference}.',

  'tariff-fault.line': 'Line {line}, {path}: {reason}',
  'tariff-fault.other': '{code} {details}',
  'tariff-fault.not-json': 'this is not a JSON file',
  'tariff-fault.field-missing': 'this field is missing',
  'tariff-fault.field-unknown': 'there is no such field',
  'tariff-fault.field-invalid': 'this value can’t be used here',
  'tariff-fault.field-not-here': 'this field does not belong here',
  'tariff-fault.one-of': 'exactly one of several fields is needed here',
  'tariff-fault.format-version-future': 'this file was made for a newer program',
  'tariff-fault.time-invalid': 'there is no such date and time',
  'tariff-fault.time-of-use-unsupported':
    'prices by the time of day can’t be used: a keypad meter knows no time of use',
  'tariff-fault.negative': 'this may not be less than nothing',
  'tariff-fault.id-duplicate': 'this id stands twice',
  'tariff-fault.blocks-gap': 'there is a gap between the blocks',
  'tariff-fault.blocks-overlap': 'the blocks overlap',
  'tariff-fault.period-missing': 'the period is missing',
  'tariff-fault.window-unknown': 'there is no such window',
  'tariff-fault.line-unknown': 'there is no such line',
  'tariff-fault.no-price': 'the tariff has no price',
  'tariff-fault.rate-too-high': 'this rate takes everything',
  'tariff-fault.cycle-does-not-converge': 'these lines depend on one another without end',
  'tariff-fault.minimum-above-maximum': 'the minimum is above the maximum',
  'tariff-fault.id-reserved': 'this id has a meaning of its own: choose another',
  'tariff-fault.not-whole-tenths': 'this must be a whole number of tenths',
  'tariff-fault.not-a-block-edge': 'no block of that line begins here',
  'tariff-fault.crossing-with-schedules': 'schedules and crossing go together',
  'tariff-fault.added-is-on-top': 'what is added to an amount is paid on top of it',
  'tariff-fault.on-top-mixed': 'lines on top and lines inside can’t be mixed',
  'tariff-fault.remaining-after-units': 'this must stand before the first price of units',
  'tariff-fault.cycle-member-unfit': 'lines that depend on one another can’t have this',
  'tariff-fault.rounding-step': 'a rounding needs a step above nothing',
  'tariff-fault.rounding-too-fine': 'this rounding is finer than what can be counted',
  'tariff-fault.rounding-not-multiple': 'each rounding must be a multiple of the one before',
  'tariff-fault.too-precise': 'this has more decimals than can be counted',
  'tariff-fault.rebate-too-high': 'this rebate takes the whole price: units would cost nothing',
  'tariff-fault.rounding-above-price':
    'this rounding is coarser than a unit’s price: a unit would cost nothing',
  'tariff-fault.hidden-sign': 'this text has signs that can’t be seen or that turn it round',
  'tariff-fault.currency-differs': 'this station sells in another currency',
  'tariff-fault.version-exists': 'this version is here already with another content: give it a new number',

  'tariffs.title': 'Price lists',
  'tariffs.version': 'Version {version}, from {from}',
  'tariffs.state.in-force': 'in force',
  'tariffs.state.coming': 'coming',
  'tariffs.state.past': 'past',
  'tariffs.meters': '{meters, plural, one {# meter} other {# meters}}',
  'tariffs.words': 'In plain words',
  'tariffs.try': 'Try an amount',
  'tariffs.gives': 'gives {units}',
  'tariffs.import': 'Read in a file',
  'tariffs.import.paste': 'Paste the price list here, or choose its file',
  'tariffs.import.choose': 'Choose a file',
  'tariffs.import.check': 'Check and keep',
  'tariffs.import.good': '{name} version {version} is kept. It comes into force on {from}.',
  'tariffs.import.refused': 'Nothing was kept. {count, plural, one {# fault} other {# faults}}:',
  'tariffs.question.at-once':
    'It began on {from}: {meters, plural, =0 {no meter has it yet} one {the next sale to # meter has these prices} other {the next sales to # meters have these prices}}.',
  'tariffs.question.category':
    '{meters, plural, one {# meter of this list has} other {# meters of this list have}} none of its categories ({names}): prices for a category don’t count for them, and nothing can be sold where every price is for a category.',
  'tariffs.question.quantity':
    '{meters, plural, one {# meter of this list has} other {# meters of this list have}} no “{name}”: nothing can be sold to them until it is known.',
  'tariffs.question.channel':
    'This station sells as “{channel}”; the list has rules for {names}. They don’t count here.',
  'tariffs.question.free':
    'The list gives free units ({names}) only with a purchase; this counter can’t do that.',
  'tariffs.question.title': 'Before this list is kept:',
  'tariffs.question.yes': 'Keep it all the same',
  'tariffs.category': 'For',
  'tariffs.category.none': 'no category',
  'tariffs.back': 'Back to the sale',
  'keys.why': 'Why this many?',
} as const;
