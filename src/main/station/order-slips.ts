import type { Advice, StationSettings } from '../../contract/index.ts';
import { groupToken, translator, type Locale } from '../../i18n/index.ts';
import { receiptDocument, slipDocument, type ReceiptDocument } from '../../receipt/index.ts';
import { ALL_TESTS, controlOf, encodeMeterTest, type MeterTest } from '../../sts/index.ts';
import { assert, civilInZone, unixMs } from '../../units/index.ts';
import type { MeterRecord } from '../directory/index.ts';
import type { RecordedSale } from '../ledger/index.ts';
import type { SlipPlace } from './shift-slips.ts';

/** The tests that two sources agree on, in the order in which they are asked for. */
const SHEET: readonly MeterTest[] = [
  'load-switch',
  'displays',
  'total-usage',
  'key-revision-and-type',
  'tariff-index',
  'power-limit',
];

function testToken(control: number): string {
  const token = encodeMeterTest({ kind: 'meter-test', subClass: 0, control, manufacturerCode: 0 });
  assert(token.ok, 'a test of the table fits its token');
  return token.value.digits;
}

/** The constant token that makes a meter with a two-digit maker's code show its key revision. */
export const showKeyToken = (): string => testToken(controlOf('key-revision-and-type'));

/** Tokens that are the same for every meter, need no key and change nothing. */
export function testSheet(place: SlipPlace, jobId: string): ReceiptDocument {
  const { settings, mark, operatorName, nowUnixMs } = place;
  const tokens = [
    { id: 'receipt.test.all', digits: testToken(ALL_TESTS[0]) },
    ...SHEET.map((test) => ({ id: `receipt.test.${test}`, digits: testToken(controlOf(test)) })),
  ];
  return receiptDocument({
    locale: settings.language ?? 'en',
    kind: 'test-tokens',
    mark,
    header: settings.receiptHeader,
    stationName: settings.stationName,
    operatorName,
    items: [
      {
        customer: null,
        meterNumber: null,
        resource: 'electricity',
        tokens: tokens.map(({ id, digits }) => ({ kind: 'test', digits, heading: { id, params: {} } })),
        lines: [],
      },
    ],
    currency: settings.currency,
    totalMinor: null,
    tender: null,
    receiptNumber: '',
    saleId: jobId,
    at: civilInZone(unixMs(nowUnixMs), settings.zone),
    qr: null,
  });
}

function languageOf(settings: StationSettings, meter: MeterRecord): Locale {
  return meter.customer.language ?? settings.language ?? 'en';
}

/** What a customer whose token was rejected takes home: what to do next, the meter, and the token again. */
export function adviceSlip(
  place: SlipPlace,
  meter: MeterRecord,
  sale: RecordedSale | undefined,
  advice: Advice,
): ReceiptDocument {
  const { settings, mark, operatorName, nowUnixMs } = place;
  const locale = languageOf(settings, meter);
  const translate = translator(locale);
  const tokens = (sale?.tokens ?? []).map(({ digits }) => ({ label: '', text: groupToken(digits) }));
  return slipDocument({
    locale,
    mark,
    title: translate('advice.title'),
    header: settings.receiptHeader,
    stationName: settings.stationName,
    operatorName,
    sections: [
      { heading: translate(`advice.customer.${advice}`), lines: [] },
      ...(tokens.length === 0 ? [] : [{ heading: translate('advice.token'), lines: tokens }]),
    ],
    ids: [
      { label: translate('receipt.meter'), text: meter.meterNumber },
      ...(sale ? [{ label: translate('receipt.number'), text: sale.receiptNumber }] : []),
    ],
    number: '',
    at: civilInZone(unixMs(nowUnixMs), settings.zone),
  });
}
