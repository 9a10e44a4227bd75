import { expect, it } from 'vitest';
import { LOCALES } from '../../i18n/index.ts';
import { encodeSlip } from '../../main/printing/index.ts';
import { paperOf, receiptDocument } from '../../receipt/index.ts';
import { Interpreter } from '../../simulators/printer/index.ts';
import { count, type Roll } from './printer-process.ts';

/** Lines as the simulator reads them off its paper; a painted Arabic word is one sign. */
const SLIPS: readonly (readonly [language: string, number: string, first: string, marked: string])[] = [
  ['English', 'T014-000001', 'Kiosk 014 T014-000001 ORIGINAL', 'Kiosk 014 T014-000001 COPY 1'],
  ['French', 'T014-000002', 'Kiosk 014 T014-000002 ORIGINAL', 'Kiosk 014 T014-000002 COPIE 1'],
  ['Portuguese', 'T014-000003', 'Kiosk 014 T014-000003 ORIGINAL', 'Kiosk 014 T014-000003 CÓPIA 12'],
  ['Swahili', 'T014-000004', 'Kiosk 014 T014-000004 HALISI', 'Kiosk 014 T014-000004 NAKALA 1'],
  ['Arabic', 'T014-000005', '￼￼￼ Kiosk 014 T014-000005', '1 ￼￼￼ Kiosk 014 T014-000005'],
];

it.each(SLIPS)('knows a marked copy from an original in %s', (_language, number, first, marked) => {
  const roll: Roll = new Map();
  const line = `Receipt                              ${number}`;
  count(roll, [first, line, first]);
  expect(roll.get(number)).toEqual({ originals: 1, copies: 0 });
  count(roll, [marked, line, marked]);
  expect(roll.get(number)).toEqual({ originals: 1, copies: 1 });
});

it('counts two receipts on one piece of paper apart', () => {
  const roll: Roll = new Map();
  count(roll, ['Kiosk 014 T014-000001 ORIGINAL', 'Kiosk 014 T014-000002 COPY 1', 'Receipt T014-000002']);
  expect(roll.get('T014-000001')).toEqual({ originals: 1, copies: 0 });
  expect(roll.get('T014-000002')).toEqual({ originals: 0, copies: 1 });
});

it('counts two originals of one receipt on one piece of paper as two, however much of the first came out', () => {
  const slip = [
    'Kiosk 014 T014-000001 ORIGINAL',
    '12 kWh',
    'Receipt T014-000001',
    'Kiosk 014 T014-000001 ORIGINAL',
  ];
  for (let torn = 1; torn <= slip.length; torn += 1) {
    const roll: Roll = new Map();
    count(roll, [...slip.slice(0, torn), ...slip]);
    expect(roll.get('T014-000001'), `${torn} lines of the first`).toEqual({ originals: 2, copies: 0 });
  }
});

it('counts a torn original with the copy below it as one of each', () => {
  const roll: Roll = new Map();
  const copy = 'Kiosk 014 T014-000001 COPY 1';
  count(roll, ['Kiosk 014 T014-000001 ORIGINAL', 'Receipt T014-000001', copy, 'Receipt T014-000001', copy]);
  expect(roll.get('T014-000001')).toEqual({ originals: 1, copies: 1 });
});

/** A replacement's slip as the simulator reads it off its paper. */
function replacementSlip(locale: (typeof LOCALES)[number], copyNumber: number): readonly string[] {
  const document = receiptDocument({
    locale,
    kind: 'replacement',
    mark: 'training',
    header: ['Acacia Power'],
    stationName: 'Kiosk 014',
    operatorName: 'Till',
    items: [
      {
        customer: null,
        meterNumber: '01123456789',
        resource: 'electricity',
        tokens: [{ kind: 'credit', digits: '12345678901234567890', unitsTenths: 426 }],
        lines: [],
      },
    ],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    totalMinor: null,
    tender: null,
    receiptNumber: 'T014-000034',
    replaces: 'T014-000033',
    saleId: '01932f0e-7c1a-7abc-8def-0123456789ab',
    at: { year: 2026, month: 11, day: 23, hour: 14, minute: 7 },
    qr: null,
  });
  const interpreter = new Interpreter(48);
  interpreter.push(
    encodeSlip(paperOf(document, 48, copyNumber), {
      codePage: 'WPC1252',
      cut: 'partial',
      cutFeedLines: 3,
      processId: null,
      afterBreak: false,
    }),
  );
  const lines: string[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next())
    if (action.kind === 'line') lines.push(action.line.text);
  return lines;
}

it.each(LOCALES)('counts the slip of a replacement once, and none of what it replaces (%s)', (locale) => {
  const slip = replacementSlip(locale, 0);
  expect(slip.filter((line) => line.includes('T014-000033'))).toHaveLength(1);
  const roll: Roll = new Map();
  count(roll, slip);
  expect([...roll]).toEqual([['T014-000034', { originals: 1, copies: 0 }]]);
  count(roll, replacementSlip(locale, 2));
  expect([...roll]).toEqual([['T014-000034', { originals: 1, copies: 1 }]]);
});
