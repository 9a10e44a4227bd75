import { expect, it } from 'vitest';
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
