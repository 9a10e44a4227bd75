import { openSales, verifyChain } from '../../main/ledger/index.ts';
import type { LedgerReader } from '../../main/store/index.ts';
import type { Told } from './till-process.ts';

/** What is wrong with the books, in words for the person who has to find out why; empty when nothing is. */
export type Findings = {
  readonly lost: number;
  readonly tokensWithoutSale: number;
  readonly salesWithTwoTokens: number;
  readonly broken: readonly string[];
};

export const NOTHING_FOUND: Findings = { lost: 0, tokensWithoutSale: 0, salesWithTwoTokens: 0, broken: [] };

/** By what the books know the token server of the crash test. */
export const MANAGED_ID = 'SIM-PRISM-1';

/**
 * Questions to the journal whose answer has to be "no row", each with what a row means. They are asked of the
 * tables alone, not of the code that wrote them.
 */
const NO_ROWS: readonly (readonly [meaning: string, sql: string])[] = [
  [
    'the entries of a currency do not sum to zero',
    `SELECT currency FROM (SELECT currency, amount_minor AS amount FROM transfer
       UNION ALL SELECT currency, -amount_minor FROM transfer) GROUP BY currency HAVING sum(amount) <> 0`,
  ],
  [
    'the money held is not that of the open sales',
    `WITH held AS (SELECT currency, sum(CASE WHEN credit_account = 'tender-held' THEN amount_minor
           WHEN debit_account = 'tender-held' THEN -amount_minor ELSE 0 END) AS minor FROM transfer GROUP BY currency),
       owed AS (SELECT currency, sum(amount_minor) AS minor FROM sale JOIN newest USING (sale_id)
         WHERE step IN ('intended', 'in-doubt') GROUP BY currency)
     SELECT currency FROM held LEFT JOIN owed USING (currency) WHERE held.minor <> coalesce(owed.minor, 0)`,
  ],
  [
    'the parts of a payment do not add up to the sale, or to what was handed over for it',
    `SELECT sale_id FROM sale LEFT JOIN (SELECT sale_id, sum(amount_minor) AS paid, sum(received_minor) AS received
         FROM tender_part GROUP BY sale_id) USING (sale_id)
       WHERE coalesce(paid, 0) <> amount_minor OR coalesce(received, 0) <> received_minor`,
  ],
  [
    'the sales of a basket are not all there',
    `SELECT basket_id FROM basket_sale GROUP BY basket_id HAVING count(*) <> max(size) OR min(size) <> max(size)`,
  ],
  [
    'a tender does not hold what was paid by it and kept',
    `WITH kept AS (SELECT currency, account, sum(tender_part.amount_minor) AS minor FROM tender_part
         JOIN sale USING (sale_id) JOIN newest USING (sale_id)
         WHERE step NOT IN ('void', 'unissued') GROUP BY currency, account),
       drawer AS (SELECT currency, account, sum(minor) AS minor FROM (
           SELECT currency, debit_account AS account, amount_minor AS minor FROM transfer WHERE credit_account = 'tender-held'
           UNION ALL
           SELECT currency, credit_account, -amount_minor FROM transfer WHERE debit_account = 'tender-held')
         WHERE account IN ('cash-drawer', 'card', 'mobile-money', 'cheque') GROUP BY currency, account)
     SELECT currency FROM drawer LEFT JOIN kept USING (currency, account) WHERE drawer.minor <> coalesce(kept.minor, 0)`,
  ],
  [
    'a recorded sale of units has no credit token',
    `SELECT sale_id FROM sale JOIN newest USING (sale_id) WHERE step IN ('recorded', 'closed') AND units_tenths > 0
       AND NOT EXISTS (SELECT 1 FROM token WHERE token.sale_id = sale.sale_id AND token_class = 0)`,
  ],
  [
    'a replacement has another time, other units or another meter than the sale that it replaces',
    `SELECT again.sale_id FROM sale AS again JOIN sale_kind USING (sale_id)
       JOIN sale AS first ON first.sale_id = sale_kind.original_sale_id
       WHERE again.token_minute <> first.token_minute OR again.units_tenths <> first.units_tenths
         OR again.meter_pan <> first.meter_pan OR again.amount_minor <> 0`,
  ],
  ['the same digits stand in two tokens', 'SELECT digits FROM token GROUP BY digits HAVING count(*) > 1'],
  [
    'a token carries another time than its sale, and its module does not choose times itself',
    `SELECT sale_id FROM token JOIN sale USING (sale_id)
       WHERE token.token_minute IS NOT NULL AND token.token_minute IS NOT sale.token_minute
         AND module_id <> '${MANAGED_ID}'`,
  ],
  [
    'a module that chooses token times gave one of a meter twice',
    `SELECT meter_pan, token.token_minute FROM token JOIN sale USING (sale_id)
       WHERE token.token_minute IS NOT NULL AND module_id = '${MANAGED_ID}'
       GROUP BY meter_pan, token.token_minute HAVING count(*) > 1`,
  ],
  [
    'token times of a meter do not rise, but for those of tokens that are made again',
    `SELECT sale_id FROM (SELECT sale_id, token_minute,
         lag(token_minute) OVER (PARTITION BY meter_pan ORDER BY row_id) AS before FROM sale
         WHERE sale_id NOT IN (SELECT sale_id FROM sale_kind WHERE kind = 'replacement'))
       WHERE token_minute <= before`,
  ],
  [
    'receipt numbers have a gap',
    `SELECT receipt_number FROM (SELECT receipt_number, row_number() OVER (ORDER BY row_id) AS place FROM sale)
       WHERE CAST(substr(receipt_number, instr(receipt_number, '-') + 1) AS INTEGER) <> place`,
  ],
  ['a receipt number stands twice', 'SELECT 1 FROM sale GROUP BY receipt_number HAVING count(*) > 1'],
  ['a sale has no step', 'SELECT sale_id FROM sale LEFT JOIN newest USING (sale_id) WHERE step IS NULL'],
  [
    'open_sale differs from the steps',
    `SELECT sale_id FROM (SELECT sale_id, meter_pan, step FROM sale JOIN newest USING (sale_id)
         WHERE step IN ('intended', 'in-doubt')) FULL JOIN open_sale USING (sale_id, meter_pan, step)
       WHERE sale_id NOT IN (SELECT sale_id FROM open_sale)
         OR sale_id NOT IN (SELECT sale_id FROM newest WHERE step IN ('intended', 'in-doubt'))
         OR sale_id IS NULL`,
  ],
  [
    'a recorded sale has no slip, or a sale without outcome has one',
    `SELECT sale_id FROM newest LEFT JOIN receipt USING (sale_id) LEFT JOIN print_job USING (receipt_row)
       GROUP BY sale_id HAVING (count(job_row) > 0) <> EXISTS
         (SELECT 1 FROM sale_step WHERE sale_step.sale_id = newest.sale_id AND step = 'recorded')`,
  ],
  [
    'a slip counts as printed without the printer having said so',
    `SELECT job_row FROM print_event WHERE state = 'printed' AND cause <> 'person-printed'
       AND (cause <> 'echo' OR process_id IS NULL)`,
  ],
];

/** Every sale with its newest step. */
const NEWEST = `newest AS (SELECT sale_id, step FROM (SELECT sale_id, step,
  row_number() OVER (PARTITION BY sale_id ORDER BY row_id DESC) AS place FROM sale_step) WHERE place = 1)`;

function withNewest(sql: string): string {
  return sql.startsWith('WITH ') ? `WITH ${NEWEST}, ${sql.slice(5)}` : `WITH ${NEWEST} ${sql}`;
}

/** Holds a ledger against the invariants of money and tokens and against what cashiers were told. */
export function checkLedger(ledger: LedgerReader, told: readonly Told[]): Findings {
  const broken: string[] = [];
  const chain = verifyChain(ledger);
  if (!chain.ok) broken.push(`the chain is broken: ${JSON.stringify(chain.error)}`);
  for (const [meaning, sql] of NO_ROWS) {
    const rows = ledger.prepare(withNewest(sql)).all<Record<string, unknown>>();
    if (rows.length > 0) broken.push(`${meaning}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  return {
    lost: told.filter((each) => !isKept(ledger, each)).length,
    tokensWithoutSale: count(
      ledger,
      `SELECT count(*) AS n FROM token WHERE NOT EXISTS
         (SELECT 1 FROM sale_step WHERE sale_step.sale_id = token.sale_id AND step = 'recorded')`,
    ),
    salesWithTwoTokens: count(
      ledger,
      `SELECT count(*) AS n FROM (SELECT 1 FROM token WHERE token_class = 0 GROUP BY sale_id HAVING count(*) > 1)`,
    ),
    broken,
  };
}

/** The sale that a cashier was told of is there, with that receipt number and that token, and counts. */
export function isKept(ledger: LedgerReader, { saleId, receiptNumber, token }: Told): boolean {
  const row = ledger
    .prepare(
      `SELECT sale.receipt_number AS receiptNumber, token.digits, (SELECT step FROM sale_step
         WHERE sale_step.sale_id = sale.sale_id ORDER BY row_id DESC LIMIT 1) AS step
       FROM sale LEFT JOIN token ON token.sale_id = sale.sale_id AND position = 1 WHERE sale.sale_id = ?`,
    )
    .get<{ receiptNumber: string; digits: string | null; step: string }>(saleId);
  const counts = row?.step === 'recorded' || row?.step === 'closed';
  return counts && row.receiptNumber === receiptNumber && (row.digits ?? '') === token;
}

function count(ledger: LedgerReader, sql: string): number {
  return ledger.prepare(sql).get<{ n: number }>()?.n ?? 0;
}

/** Sales that wait for a person. */
export function openForAPerson(ledger: LedgerReader): number {
  return openSales(ledger).length;
}

export function addFindings(a: Findings, b: Findings): Findings {
  return {
    lost: a.lost + b.lost,
    tokensWithoutSale: a.tokensWithoutSale + b.tokensWithoutSale,
    salesWithTwoTokens: a.salesWithTwoTokens + b.salesWithTwoTokens,
    broken: [...a.broken, ...b.broken],
  };
}

export function isClean(findings: Findings): boolean {
  const { lost, tokensWithoutSale, salesWithTwoTokens, broken } = findings;
  return lost + tokensWithoutSale + salesWithTwoTokens + broken.length === 0;
}
