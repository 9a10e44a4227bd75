import { describe, expect, it } from 'vitest';
import { receiptDocument, shortSaleId, type ReceiptFacts } from './build.ts';
import { joinPersonal, splitPersonal } from './document.ts';
import { columnsOf, layOut, PAPER_COLUMNS } from './lay-out.ts';
import { paperOf, paperText } from './paper.ts';

const FACTS: ReceiptFacts = {
  locale: 'en',
  kind: 'sale',
  mark: null,
  header: ['Acacia Court'],
  stationName: 'Kiosk 014',
  operatorName: 'Amina',
  items: [
    {
      customer: { name: 'Thandi Nkosi', account: 'AC-7781', address: '12 Acacia St' },
      meterNumber: '01123456789',
      resource: 'electricity',
      tokens: [
        { kind: 'credit', digits: '12345678901234567890', unitsTenths: 426 },
        { kind: 'key-change', digits: '11111111111111111111' },
        { kind: 'key-change', digits: '22222222222222222222' },
      ],
      lines: [{ label: 'Energy', detail: null, amountMinor: 8_696 }],
      sts: { sgc: '123456', krn: 2, ti: '01', ea: '07' },
    },
  ],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  totalMinor: 1_234_567,
  tender: { parts: [{ kind: 'cash', amountMinor: 1_300_000 }], changeMinor: 65_433 },
  receiptNumber: '000123',
  saleId: '01932f0e-7c1a-7abc-8def-0123456789ab',
  at: { year: 2026, month: 11, day: 23, hour: 14, minute: 7 },
};

const texts = (columns: 32 | 42 | 48, facts = FACTS, copy = 0): readonly string[] =>
  layOut(receiptDocument(facts), columns, copy).map((line) => line.text);

describe('a receipt', () => {
  it('numbers several tokens, key change first, and says to key them in in order', () => {
    const lines = texts(48);
    const from = lines.indexOf('Key in all tokens, in this order.');
    expect(lines.slice(from).filter((text) => /token|^\d{4} /u.test(text))).toEqual([
      'Key in all tokens, in this order.',
      'Key change token 1 of 3',
      '1111 1111 1111 1111 1111',
      'Key change token 2 of 3',
      '2222 2222 2222 2222 2222',
      'Credit token 3 of 3',
      '1234 5678 9012 3456 7890',
    ]);
  });

  it.each([
    [48, ['1234 5678 9012 3456 7890']],
    [42, ['1234 5678 9012', '3456 7890']],
    [32, ['1234 5678 9012', '3456 7890']],
  ] as const)('on %i columns prints a token large, with its groups whole', (columns, token) => {
    const lines = layOut(receiptDocument(FACTS), columns).filter(
      (line) => line.align === 'center' && line.size === 'large',
    );
    expect(lines.slice(-token.length).map((line) => line.text)).toEqual(token);
  });

  it('ends amounts at the right edge and gives the currency as a code', () => {
    expect(texts(32)).toContain('Energy                     86.96');
    expect(texts(32)).toContain('TOTAL              ZAR 12 345.67');
    expect(texts(42)).toContain('Cash                         ZAR 13 000.00');
    expect(texts(48)).toContain('Change                                ZAR 654.33');
  });

  it('takes a message of the catalogues as a label', () => {
    const label = { id: 'receipt.copy', params: { number: 7 } };
    const item = { ...FACTS.items[0]!, lines: [{ label, detail: null, amountMinor: 5 }] };
    expect(texts(32, { ...FACTS, items: [item] })).toContain('COPY 7                      0.05');
  });

  it('keeps each name of the STS line beside its value', () => {
    expect(texts(32)).toContain('SGC 123456 KRN 2 TI 01 EA 07');
  });

  it('says which slip it is at its top and its bottom', () => {
    expect(texts(48)[0]).toBe('Kiosk 014 000123 ORIGINAL');
    expect(texts(48, FACTS, 2).at(-1)).toBe('Kiosk 014 000123 COPY 2');
  });

  it('says training at its top and its bottom', () => {
    const training = texts(48, { ...FACTS, mark: 'training' }).filter(
      (text) => text === 'TRAINING - NOT VALID',
    );
    expect(training).toHaveLength(2);
  });

  it('says that there is no token where a sale makes none', () => {
    const item = { ...FACTS.items[0]!, tokens: [] };
    expect(texts(48, { ...FACTS, items: [item] })).toContain('No token with this payment.');
  });

  it('never overflows a line, whatever the names are', () => {
    const name = `${'W'.repeat(5_000)} \u001b@\u202e`;
    const item = { ...FACTS.items[0]!, customer: { name, account: name, address: name } };
    const document = receiptDocument({ ...FACTS, items: [item], header: [name], stationName: name });
    for (const columns of PAPER_COLUMNS) {
      for (const line of layOut(document, columns)) {
        expect(line.text.length).toBeLessThanOrEqual(columnsOf(line.size, columns));
        expect(line.text).toMatch(/^[\u0020-\u007e\u00a1-\u00ff]*$/u);
      }
    }
  });

  it('is plain JSON, and the same after being stored', () => {
    const document = receiptDocument(FACTS);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
    expect(layOut(JSON.parse(JSON.stringify(document)), 42)).toEqual(layOut(document, 42));
  });

  it('parts from its personal data and gets it back', () => {
    const document = receiptDocument(FACTS);
    const { rest, personal } = splitPersonal(document);
    expect(JSON.stringify(rest)).not.toMatch(/Thandi|Acacia St|AC-7781/u);
    expect(joinPersonal(rest, personal)).toEqual(document);
    expect(layOut(joinPersonal(rest, null), 48).map((line) => line.text)).not.toContain('Thandi Nkosi');
  });

  it('shortens the sale id to its last twelve digits', () => {
    expect(shortSaleId(FACTS.saleId)).toBe('0123 4567 89AB');
  });

  it('centres in plain text what is centred on paper', () => {
    const paper = paperOf(receiptDocument({ ...FACTS, qr: 'KW1*X' }), 32);
    expect(paper.codes).toEqual([{ caption: null, text: 'KW1*X' }]);
    expect(paperText(paper.lines, paper.columns).split('\n')[0]).toBe('   Kiosk 014 000123 ORIGINAL');
  });
});
