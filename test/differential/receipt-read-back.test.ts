import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { PaperLine as ContractPaperLine } from '../../src/contract/index.ts';
import { catalogues, LANGUAGES, LOCALES } from '../../src/i18n/index.ts';
import { arabicAs, encodeSlip } from '../../src/main/printing/index.ts';
import {
  cleanText,
  layOut,
  PAPER_COLUMNS,
  paperOf,
  receiptDocument,
  type PaperColumns,
  type PaperLine,
  type ReceiptDocument,
  type ReceiptFacts,
} from '../../src/receipt/index.ts';
import { IMAGE_SIGN, Interpreter, type Action } from '../../src/simulators/printer/index.ts';

const RUNS = process.env['KIOSKWATT_SIZE'] === 'deep' ? 10_000 : 1_000;
/** A minute on a quiet machine. */
const LONG_MS = 900_000;
const HOSTILE = [
  '\u001b@',
  '\u001dV\u0000',
  '\u0010\u0014\u0001\u0000\u0008',
  '\u001d(k\u0003\u00001Q0',
  '\u202e',
  '\u0000',
  '\u200f',
  '\u009b',
];
const anyText = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'abcXYZ 0123456789 -.,/%éàçñüãõœŷ') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...HOSTILE,
        '₦',
        '…',
        '’',
        '电',
        'ب',
        'شمس',
        'لا',
        '٣',
        'إيصال',
        'محمد ',
        'بئر',
        'ک',
      ),
    },
  ),
  maxLength: 60,
});
const amount = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 });
const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''));

const code = fc.string({
  unit: fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'),
  minLength: 1,
  maxLength: 300,
});

const item: fc.Arbitrary<ReceiptFacts['items'][number]> = fc.record({
  customer: fc.option(fc.record({ name: anyText, account: anyText, address: anyText })),
  meterNumber: fc.option(fc.oneof(digits(11), digits(13))),
  resource: fc.constantFrom('electricity', 'water', 'gas', 'time'),
  tokens: fc.array(
    fc.record({
      kind: fc.constantFrom('key-change', 'credit', 'free', 'management', 'test'),
      digits: digits(20),
      unitsTenths: fc.integer({ min: 0, max: 18_201_624 }),
    }),
    { maxLength: 4 },
  ),
  lines: fc.array(fc.record({ label: anyText, detail: fc.option(anyText), amountMinor: amount }), {
    maxLength: 5,
  }),
  debt: fc.record({ beforeMinor: amount, afterMinor: amount }),
  sts: fc.record({
    sgc: digits(6),
    krn: fc.integer({ min: 1, max: 9 }),
    ti: digits(2),
    ea: fc.constant('07'),
  }),
  help: anyText,
  balanceMinor: amount,
  amountMinor: amount,
  receiptNumber: digits(6),
  qr: code,
});

const facts: fc.Arbitrary<ReceiptFacts> = fc.record({
  locale: fc.constantFrom(...LOCALES),
  kind: fc.constantFrom('sale', 'free', 'payment', 'management', 'key-change', 'replacement', 'test-tokens'),
  mark: fc.constantFrom(null, 'training', 'private'),
  header: fc.array(anyText, { maxLength: 3 }),
  stationName: anyText,
  operatorName: anyText,
  items: fc.array(item, { minLength: 1, maxLength: 2 }),
  currency: fc.constantFrom(
    { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    { code: 'UGX', minorDigits: 0, cashStepMinor: 50 },
    { code: 'TND', minorDigits: 3, cashStepMinor: 5 },
  ),
  totalMinor: fc.option(amount),
  tender: fc.option(
    fc.record({
      parts: fc.array(
        fc.record(
          {
            kind: fc.constantFrom('cash', 'card', 'mobile-money', 'cheque'),
            amountMinor: amount,
            reference: anyText,
          },
          { requiredKeys: ['kind', 'amountMinor'] },
        ),
        { maxLength: 3 },
      ),
      changeMinor: amount,
    }),
  ),
  replaces: digits(6),
  reason: anyText,
  authorisedBy: anyText,
  receiptNumber: digits(6),
  saleId: fc.uuid({ version: 7 }),
  at: fc.record({
    year: fc.integer({ min: 2020, max: 2060 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
  qr: fc.option(code, { nil: null }),
});

const SIZE_OF: Readonly<Record<string, PaperLine['size']>> = {
  '1x1': 'normal',
  '1x2': 'tall',
  '2x2': 'large',
};

/** What a strict printer of that width makes of a stream. */
function readBack(bytes: Uint8Array, columns: PaperColumns): readonly Action[] {
  const interpreter = new Interpreter(columns);
  interpreter.push(bytes);
  const actions: Action[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next()) actions.push(action);
  return actions;
}

function linesOf(actions: readonly Action[]): readonly PaperLine[] {
  return actions.flatMap((action) => {
    if (action.kind !== 'line') return [];
    const { text, width, height, bold, align } = action.line;
    if (align === 'right') throw new Error('no line of a receipt is set to the right');
    return [{ text, size: SIZE_OF[`${width}x${height}`]!, bold, align }];
  });
}

/** A line as its bytes say it: Arabic words are pictures, which the golden receipts show. */
function asRead({ parts, ...line }: PaperLine): PaperLine {
  if (parts === undefined) return line;
  const text = parts.map((part) => (part.words ? IMAGE_SIGN.repeat(part.columns) : part.text)).join('');
  return { ...line, text };
}

/** Letters without a shape in PC864, whose words are painted on a printer with that page too. */
const NOT_ON_PAGE = /[\u0626\u0671-\u06d5]/u;

/**
 * A line of a printer with the page PC864, its Arabic words turned back from shapes on paper into letters as they are
 * read. The page has no alif with a hamza below.
 */
function lettersRead(shown: PaperLine, laidOut: PaperLine): PaperLine {
  if (laidOut.parts === undefined) return shown;
  let from = 0;
  const texts = laidOut.parts.map(({ text, columns, words }) => {
    const read = shown.text.slice(from, (from += columns));
    if (!words) return read;
    if (NOT_ON_PAGE.test(text)) return read === IMAGE_SIGN.repeat(columns) ? text : read;
    const letters = Array.from(read).toReversed().join('').normalize('NFKC');
    return letters === text.replaceAll('إ', 'ا') ? text : letters;
  });
  const { parts } = laidOut;
  return { ...shown, text: texts.join('') + shown.text.slice(from), parts };
}

type How = { readonly codePage: 'WPC1252' | 'PC858'; readonly arabicPage: 37 | null };

function checkReadBack(document: ReceiptDocument, columns: PaperColumns, how: How): void {
  const paper = paperOf(document, columns, 0, arabicAs(how.arabicPage));
  const options = { ...how, cut: 'full', cutFeedLines: 4, processId: 'A001', afterBreak: false } as const;
  const actions = readBack(encodeSlip(paper, options), columns);
  const kinds = actions.filter((action) => action.kind !== 'line').map((action) => action.kind);
  const own = document.items.flatMap(({ qr }) => qr ?? []);
  const codes = document.qr === null ? own : [document.qr, ...own];
  expect(kinds).toEqual([...codes.map(() => 'qr'), 'feed', 'cut', 'process-id']);
  expect(actions.flatMap((action) => (action.kind === 'qr' ? [action.text] : []))).toEqual(codes);
  const lines = linesOf(actions);
  // Line feeds and meter numbers stand around the codes; all before is the layout, character for character.
  const shown = lines.slice(0, paper.lines.length);
  if (how.arabicPage === null) expect(shown).toEqual(paper.lines.map(asRead));
  else expect(shown.map((line, at) => lettersRead(line, paper.lines[at]!))).toEqual(paper.lines);
  const rest = lines.slice(paper.lines.length).flatMap(({ text }) => (text === '' ? [] : [text]));
  const meters = document.items.flatMap(({ qr, meter }) => (qr === undefined ? [] : (meter?.text ?? [])));
  expect(rest).toEqual(meters);
}

describe('receipts read back from their bytes', () => {
  it(
    `are the layout, over ${RUNS} random receipts in three widths`,
    () => {
      fc.assert(
        fc.property(facts, (given) => {
          const document = receiptDocument(given);
          PAPER_COLUMNS.forEach((columns, at) =>
            checkReadBack(document, columns, { codePage: at % 2 ? 'PC858' : 'WPC1252', arabicPage: null }),
          );
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );

  it(
    `are the layout on a printer with Arabic letters, over ${RUNS} random receipts in three widths`,
    () => {
      fc.assert(
        fc.property(facts, (given) => {
          const document = receiptDocument({ ...given, locale: 'ar' });
          PAPER_COLUMNS.forEach((columns, at) =>
            checkReadBack(document, columns, { codePage: at % 2 ? 'WPC1252' : 'PC858', arabicPage: 37 }),
          );
        }),
        { numRuns: RUNS },
      );
    },
    LONG_MS,
  );

  it('hold every token, in order and digit for digit, and every amount whole', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...PAPER_COLUMNS), (given, columns) => {
        const document = receiptDocument({
          ...given,
          header: [],
          items: given.items.map((each) => ({ ...each, help: '' })),
        });
        const options = {
          codePage: 'WPC1252',
          cut: 'full',
          cutFeedLines: 0,
          processId: null,
          afterBreak: false,
        } as const;
        const lines = linesOf(readBack(encodeSlip(paperOf(document, columns), options), columns));
        const large = lines.filter((line) => line.size === 'large' && line.align === 'center');
        const tokens = document.items.flatMap((each) => each.tokens.map((token) => token.digits));
        expect(large.map((line) => line.text.replaceAll(' ', '')).join('')).toBe(tokens.join(''));
        for (const line of document.items.flatMap((each) => each.lines)) {
          const shown = line.amount.replaceAll('\u00a0', ' ');
          const rtl = LANGUAGES[given.locale].direction === 'rtl';
          const holds = (text: string): boolean =>
            rtl ? text.trimStart().startsWith(`${shown} `) : text.endsWith(shown);
          expect(lines.some(({ text }) => text.length === columns && holds(text))).toBe(true);
        }
        const before = catalogues[given.locale]['receipt.debt-before'];
        const labelled = lines.filter(({ text }) => text.startsWith(`${before} `));
        if (given.locale !== 'ar') expect(labelled.length).toBeGreaterThanOrEqual(given.items.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of the window and of the paper have one shape', () => {
    expectTypeOf<PaperLine>().toEqualTypeOf<Readonly<ContractPaperLine>>();
  });
});

describe('hostile data', () => {
  const base = (name: string): ReceiptFacts => ({
    locale: 'en',
    kind: 'sale',
    mark: null,
    header: [],
    stationName: 'K1',
    operatorName: 'A',
    items: [
      {
        customer: { name, account: '', address: '' },
        meterNumber: '01123456789',
        resource: 'electricity',
        tokens: [{ kind: 'credit', digits: '12345678901234567890', unitsTenths: 426 }],
        lines: [],
      },
    ],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    totalMinor: null,
    tender: null,
    receiptNumber: '1',
    saleId: '01932f0e-7c1a-7abc-8def-0123456789ab',
    at: { year: 2026, month: 11, day: 23, hour: 14, minute: 7 },
  });

  it.each([...HOSTILE, 'A'.repeat(5_000), '\u001d(H\u0006\u000000XXXX', 'A\nB'])(
    '%j in a name is text and changes no other line',
    (text) => {
      const plain = layOut(receiptDocument(base('Ann')), 48).map((line) => line.text);
      const options = {
        codePage: 'WPC1252',
        cut: 'full',
        cutFeedLines: 0,
        processId: null,
        afterBreak: false,
      } as const;
      const bytes = encodeSlip(paperOf(receiptDocument(base(`Ann${text}`)), 48), options);
      const actions = readBack(bytes, 48);
      expect(actions.filter((action) => action.kind !== 'line').map((action) => action.kind)).toEqual([
        'cut',
      ]);
      const printed = linesOf(actions).map((line) => line.text);
      const at = plain.indexOf('Ann');
      expect(printed.slice(0, at)).toEqual(plain.slice(0, at));
      expect(printed.slice(printed.length - (plain.length - at - 1))).toEqual(plain.slice(at + 1));
      const name = printed.slice(at, printed.length - (plain.length - at - 1)).join(' ');
      expect(name.replaceAll(' ', '')).toBe(cleanText(`Ann${text}`).replaceAll(' ', ''));
    },
  );
});
