import { unitsText } from '../../i18n/index.ts';
import type { ReceiptDocument } from '../../receipt/index.ts';
import type { Resource } from '../../units/index.ts';
import type { LedgerReader, LedgerTx } from '../store/index.ts';
import type { TokenFacts } from './sales.ts';
import type { ChainFault } from './verify.ts';

/** The sub-classes of class 2 that carry a section of a key: 1st, 2nd, 3rd and 4th. */
const KEY_SECTIONS: readonly number[] = [3, 4, 8, 9];

export const isKeySection = ({
  tokenClass,
  subclass,
}: Pick<TokenFacts, 'tokenClass' | 'subclass'>): boolean =>
  tokenClass === 2 && KEY_SECTIONS.includes(subclass);

/** A sale's receipt with what the chain says of the sale; `tokens` is a list as JSON, in the order of their making. */
type ReceiptRow = {
  readonly row: number;
  readonly document: string;
  readonly receiptNumber: string;
  readonly meterNumber: string | null;
  readonly currency: string;
  readonly amountMinor: number;
  readonly resource: Resource;
  readonly tokens: string;
};

type Token = Pick<TokenFacts, 'digits' | 'tokenClass' | 'subclass' | 'unitsTenths'>;

/** The slips of shifts and days are no sale's, and are left out. */
const RECEIPTS = `SELECT receipt_row AS row, document, receipt_number AS receiptNumber,
    meter ->> '$.meterNumber' AS meterNumber, currency, amount_minor AS amountMinor, resource,
    (SELECT json_group_array(json_object('digits', digits, 'tokenClass', token_class, 'subclass', subclass,
        'unitsTenths', units_tenths) ORDER BY position)
      FROM token WHERE token.sale_id = sale.sale_id) AS tokens
  FROM receipt JOIN sale USING (sale_id)`;

/** The first receipt that does not say what the books say of its sale: number, meter, money, and the tokens in order. */
export function firstReceiptFault(reader: LedgerReader): ChainFault | undefined {
  // An older program's copy has none.
  if (!reader.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'receipt'").get()) return undefined;
  for (const row of reader.prepare(`${RECEIPTS} ORDER BY receipt_row`).iterate<ReceiptRow>())
    if (differs(row)) return faultOf(row);
  return undefined;
}

/** The same for one sale's receipt: asked before it goes to paper again. Undefined for what is no sale's slip, too. */
export function receiptFault(from: LedgerReader | LedgerTx, saleId: string): ChainFault | undefined {
  const row = from.prepare(`${RECEIPTS} WHERE receipt.sale_id = ?`).get<ReceiptRow>(saleId);
  return row && differs(row) ? faultOf(row) : undefined;
}

const faultOf = ({ row }: ReceiptRow): ChainFault => ({
  row: `receipt ${row}`,
  record: 'none',
  reason: 'row changed',
});

function differs(row: ReceiptRow): boolean {
  try {
    const { number, total, items } = JSON.parse(row.document) as ReceiptDocument;
    const printed = items.flatMap(({ tokens }) =>
      tokens.map(({ digits, value }) => [digits, value?.text ?? '']),
    );
    const same =
      number === row.receiptNumber &&
      items.every(({ meter }) => (meter?.text ?? null) === row.meterNumber) &&
      isAmount(total, row) &&
      JSON.stringify(printed) === JSON.stringify(expectedTokens(row));
    return !same;
  } catch {
    // Text that is no receipt any more.
    return true;
  }
}

/** The currency's code and the amount's digits: where they are grouped and pointed is the station's settings. */
function isAmount(total: string | null, { currency, amountMinor }: ReceiptRow): boolean {
  if (total === null) return amountMinor === 0;
  const [code, digits] = [total.slice(0, currency.length), total.slice(currency.length)];
  return (
    code === currency && /^[\d\s.]+$/u.test(digits) && Number(digits.replace(/\D/gu, '')) === amountMinor
  );
}

/** Digits and units of each token in the order to key them in: the sections of a key come first. */
function expectedTokens({ tokens, resource }: ReceiptRow): readonly (readonly string[])[] {
  const made = JSON.parse(tokens) as readonly Token[];
  const last = (token: Token): number => (isKeySection(token) ? 0 : 1);
  return made
    .toSorted((a, b) => last(a) - last(b))
    .map(({ digits, unitsTenths }) => [digits, unitsTenths === null ? '' : unitsText(unitsTenths, resource)]);
}
