import type { Phrase, StationSettings } from '../../contract/index.ts';
import { isMessageId, moneyText, unitsText } from '../../i18n/index.ts';
import type { Notice, TariffError } from '../../tariff/index.ts';
import { amountMinor, unitsTenths, type Resource } from '../../units/index.ts';

/** What the sentences of a tariff may leave out. */
const LEFT_OUT: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'upTo',
    'every',
    'totalAbove',
    'totalUpTo',
    'times',
    'maxPeriods',
    'cap',
    'blockUntilPaid',
    'minimum',
    'maximum',
    'maximumUnits',
    'windowMaximum',
  ].map((name) => [name, 'none']),
);

/** One rule of a tariff as a sentence, and a second one when it is not for everybody. */
export function ruleSentences(notice: Notice): readonly Phrase[] {
  const { every } = notice.params;
  const one = typeof every === 'string' ? { every: every.replace(/^1 (\w+)s$/u, '$1') } : {};
  const { effectiveFrom, roundings } = notice.params;
  const from = typeof effectiveFrom === 'string' ? { effectiveFrom: effectiveFrom.replace('T', ' ') } : {};
  const rounded =
    typeof roundings === 'string' ? { roundings: roundings.replaceAll(/(down|up) /gu, '$1 to ') } : {};
  const params = { ...LEFT_OUT, ...notice.params, ...one, ...from, ...rounded };
  const sentence: Phrase = { id: `describe.${notice.code}`, params };
  const { only, amountAbove, amountUpTo } = notice.params;
  const bounds = [only, amountAbove && `> ${amountAbove}`, amountUpTo && `≤ ${amountUpTo}`].filter(Boolean);
  return bounds.length === 0
    ? [sentence]
    : [sentence, { id: 'describe.only', params: { only: bounds.join(', ') } }];
}

/** A notice with its money and units as finished text: `owedMinor` becomes `owed`, `leftQuantity` becomes `left`. */
export function noticePhrase(
  prefix: 'notice' | 'explain',
  notice: Notice,
  resource: Resource,
  settings: StationSettings,
): Phrase {
  const entries = Object.entries(notice.params).map(([name, value]) => {
    // A sum carried from an earlier purchase has no name of the utility's.
    if (name === 'label' && value === '') return [name, 'line.settlement'] as const;
    if (typeof value === 'string') return [name, value] as const;
    if (name.endsWith('Minor'))
      return [name.slice(0, -5), moneyText(amountMinor(value), settings.currency)] as const;
    if (name === 'quantity') return ['units', unitsText(unitsTenths(value), resource)] as const;
    if (name.endsWith('Quantity'))
      return [name.slice(0, -8), unitsText(unitsTenths(Math.abs(value)), resource)] as const;
    return [name, value] as const;
  });
  return { id: `${prefix}.${notice.code}`, params: Object.fromEntries(entries) };
}

/** A fault of a tariff file: its line, its path, and what is wrong there. */
export function faultPhrase(fault: TariffError & { readonly line: number }): Phrase {
  const id = `tariff-fault.${fault.code}`;
  const details = Object.entries(fault.params).map(([name, value]) => `${name} ${value}`);
  return {
    id: 'tariff-fault.line',
    params: {
      line: fault.line,
      path: fault.path === '' ? '/' : fault.path,
      reason: isMessageId(id) ? id : 'tariff-fault.other',
      code: fault.code,
      details: details.join(', '),
    },
  };
}
