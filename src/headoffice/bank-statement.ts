import type { LineOf } from '../batch/index.ts';
import type { AuditTable } from './audit.ts';
import type { Session } from './db.ts';

type StatementLine = { readonly reference: string; readonly amountMinor: number; readonly currency: string };

const COLUMNS = ['reference', 'station', 'currency', 'deposited_minor', 'statement_minor', 'reason'];

/**
 * Holds deposits against a bank statement: CSV with a header that names `reference`, `amount_minor` and `currency`.
 * Throws for a file without these columns.
 */
export async function matchStatement(session: Session, csv: string): Promise<AuditTable> {
  const lines = parseStatement(csv);
  const deposits = await session.query<{
    station: string;
    reference: string;
    currency: string;
    amount_minor: number;
  }>('SELECT station, reference, currency, amount_minor FROM deposit ORDER BY station, number');
  const open = [...lines];
  const take = (fits: (line: StatementLine) => boolean): StatementLine | undefined => {
    const index = open.findIndex(fits);
    return index === -1 ? undefined : open.splice(index, 1)[0];
  };
  // Each line counts once: first for a deposit that it agrees with, then for one that it only names.
  const unmatched = deposits.filter(
    (deposit) =>
      !take(
        ({ reference, amountMinor, currency }) =>
          reference === deposit.reference &&
          amountMinor === deposit.amount_minor &&
          currency === deposit.currency,
      ),
  );
  const rows = unmatched.map(({ reference, station, currency, amount_minor: deposited }) => {
    const line = take((each) => each.reference === reference);
    return {
      reference,
      station,
      currency,
      deposited_minor: deposited,
      statement_minor: line?.amountMinor ?? null,
      reason: line ? 'amount-differs' : 'not-on-statement',
    };
  });
  const unknown = open.map(({ reference, currency, amountMinor }) => ({
    reference,
    station: null,
    currency,
    deposited_minor: null,
    statement_minor: amountMinor,
    reason: 'no-deposit',
  }));
  return { file: 'bank-statement', columns: COLUMNS, rows: [...rows, ...unknown] };
}

/**
 * Lines that tell a station which of its deposits stand on a statement with their amount, but for those that it has
 * as found already. Throws as `matchStatement` does.
 */
export async function depositLines(
  session: Session,
  station: string,
  csv: string,
): Promise<readonly LineOf<'deposit'>[]> {
  const open = await session.query<{ reference: string; currency: string; amount_minor: number }>(
    `SELECT reference, currency, amount_minor FROM deposit WHERE station = $1 AND NOT EXISTS (
       SELECT 1 FROM record WHERE record.station = deposit.station AND record.kind = 'deposit-matched'
         AND record.subject_id = deposit.deposit_id)
     ORDER BY number`,
    [station],
  );
  const statement = parseStatement(csv);
  return open
    .filter((deposit) =>
      statement.some(
        (line) =>
          line.reference === deposit.reference &&
          line.amountMinor === deposit.amount_minor &&
          line.currency === deposit.currency,
      ),
    )
    .map(({ reference, currency, amount_minor: minor }) => ({
      kind: 'deposit',
      reference,
      currency,
      amountMinor: minor,
    }));
}

function parseStatement(csv: string): readonly StatementLine[] {
  const [header = [], ...rest] = parseCsv(csv.replace(/^\uFEFF/u, ''));
  const names = header.map((name) => name.trim());
  const place = (name: string): number => {
    const index = names.indexOf(name);
    if (index === -1) throw new Error(`the statement has no column ${name}`);
    return index;
  };
  const [reference, amount, currency] = [place('reference'), place('amount_minor'), place('currency')];
  return rest
    .map((fields, index) => ({ fields, line: index + 2 }))
    .filter(({ fields }) => fields.some((field) => field.trim() !== ''))
    .map(({ fields, line }) => {
      const text = fields[amount]?.trim() ?? '';
      if (!/^-?\d{1,15}$/u.test(text))
        throw new Error(
          `row ${line} of the statement: amount_minor is no whole number of minor units: ${text}`,
        );
      const [named = '', code = ''] = [fields[reference], fields[currency]];
      return { reference: named.trim(), amountMinor: Number(text), currency: code.trim() };
    });
}

/** Rows of a CSV text (RFC 4180): fields in quotes may hold commas, line ends and doubled quotes. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gu,
  )) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  return rows;
}
