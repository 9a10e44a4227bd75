import { describe, expect, it } from 'vitest';
import type { ShiftFiguresView } from '../../contract/index.ts';
import { catalogues, LOCALES, type Locale, type MessageId } from '../../i18n/index.ts';
import { paperOf, paperText } from '../../receipt/index.ts';
import { bankingSlip, disputeSlip, salesEndSlip, shiftSlip, type SlipPlace } from './shift-slips.ts';

const place = (language: Locale): SlipPlace => ({
  locale: language,
  settings: {
    version: 1,
    profile: 'private',
    stationId: 'K1',
    stationName: 'K1',
    language,
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'UTC',
    supplyGroups: {},
    printer: null,
    receiptColumns: 48,
    cashKeysMinor: [],
  },
  mark: null,
  operatorName: 'Q',
  nowUnixMs: 0,
});

const Z: ShiftFiguresView = {
  shift: { shiftId: 's', number: 7, drawer: '1', operatorName: 'Q', step: 'closed', openedUnixMs: 0 },
  movements: [{ kind: 'shift-opened', account: 'cash-drawer', debitMinor: 20_000, creditMinor: 0 }],
  expected: [{ account: 'cash-drawer', amountMinor: 20_000 }],
  variances: [{ account: 'cash-drawer', expectedMinor: 20_000, countedMinor: 19_000, varianceMinor: -1_000 }],
  sales: { count: 0, amountMinor: 0 },
  undone: { count: 0, amountMinor: 0 },
  doubts: [],
  handed: { receivedMinor: 0, changeMinor: 0 },
  byAccount: [],
  byResource: [],
  noSales: 0,
  z: { number: 7, name: '7', closedBy: 'Q', closedUnixMs: 0, head: '0'.repeat(64) },
};

describe.each(LOCALES)('slips in %s', (language) => {
  const has = (document: ReturnType<typeof shiftSlip>, ids: readonly MessageId[]): void => {
    expect(document.locale).toBe(language);
    const words = JSON.stringify(document);
    for (const id of ids) expect(words).toContain(JSON.stringify(catalogues[language][id]).slice(1, -1));
    if (language !== 'en')
      for (const id of ids)
        if (catalogues[language][id] !== catalogues.en[id])
          expect(words).not.toContain(`"${catalogues.en[id]}"`);
    // It comes out on paper: a word that could not be laid out would throw or vanish.
    expect(paperText(paperOf(document, 48).lines, 48).length).toBeGreaterThan(100);
  };

  it('a Z', () => {
    has(shiftSlip(place(language), Z), [
      'slip.expected',
      'slip.counted',
      'slip.variance',
      'slip.kind.shift-opened',
    ]);
  });

  it('a banking, an end of sales, a case', () => {
    const deposit = {
      depositId: 'd',
      number: 1,
      reference: 'BAG-1',
      account: 'safe',
      currency: 'ZAR',
    } as const;
    const deposits = [
      { ...deposit, amountMinor: 500, beneficiary: 'B', recordId: 1, madeUnixMs: 0, matchedUnixMs: null },
    ];
    has(bankingSlip(place(language), 1, { safeMinor: 0, chequesMinor: 0, deposits }), ['slip.deposits']);
    const figures = { fromRecord: 1, toRecord: 2, head: '0'.repeat(64), count: 1, amountMinor: 100 };
    const byAccount = [{ account: 'tax', amountMinor: 15 }];
    has(salesEndSlip(place(language), 1, { ...figures, byAccount }), ['account.tax', 'slip.head']);
    const dispute = {
      number: 1,
      receiptNumber: 'K1-1',
      ground: 'meter',
      words: 'w',
      amountMinor: 1,
    } as const;
    has(disputeSlip(place(language), dispute), ['slip.dispute.meter', 'slip.words']);
  });
});
