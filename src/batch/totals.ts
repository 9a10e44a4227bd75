import { z } from 'zod';
import type { ChainValue } from './chained-tables.ts';
import { BATCH_COLUMNS, type BatchRow, type RowTable } from './batch-row.ts';

const countShape = z.int().min(0);
const sumShape = z.int();
const wordShape = z.string().min(1).max(60);
const currencyShape = z.string().regex(/^[A-Z]{3}$/u);

/** The control totals of a batch; all amounts in minor units, signed where they can be either. */
export const totalsShape = z.strictObject({
  records: countShape,
  /** Rows by table. */
  rows: z.array(z.strictObject({ table: wordShape, rows: countShape })).max(100),
  /** Records by kind, and the money that their transfers moved. */
  kinds: z
    .array(
      z.strictObject({
        kind: wordShape,
        records: countShape,
        currency: currencyShape.nullable(),
        movedMinor: sumShape,
      }),
    )
    .max(500),
  /** Each account's debits less its credits. */
  accounts: z
    .array(
      z.strictObject({
        account: wordShape,
        currency: currencyShape,
        netMinor: sumShape,
        transfers: countShape,
      }),
    )
    .max(500),
  /** Sales that were begun, by where the money went: a sale with several tenders counts with each. */
  tenders: z
    .array(
      z.strictObject({
        tender: wordShape,
        currency: currencyShape,
        sales: countShape,
        amountMinor: sumShape,
      }),
    )
    .max(200),
  resources: z
    .array(
      z.strictObject({
        resource: wordShape,
        currency: currencyShape,
        sales: countShape,
        amountMinor: sumShape,
        unitsTenths: sumShape,
      }),
    )
    .max(100),
  tokens: z.strictObject({ count: countShape, unitsTenths: sumShape }),
  /** Sum of the meter numbers of all sales, last ten digits. */
  entryHash: z.string().regex(/^\d{10}$/u),
  /** Tariff versions by which sales were priced. */
  tariffs: z
    .array(z.strictObject({ id: z.string().min(1).max(60), version: countShape, sales: countShape }))
    .max(5_000),
  /** Numbers of the Z reports in the range. */
  zNumbers: z.array(z.int().min(1)).max(20_000),
  /** Bankings in the range. */
  deposits: z
    .array(z.strictObject({ reference: z.string().max(200), currency: currencyShape, amountMinor: sumShape }))
    .max(20_000),
});
export type Totals = z.infer<typeof totalsShape>;

const ENTRY_HASH_MODULUS = 10_000_000_000;

/** Where the money of a sale comes from; whatever else is held stood on an account of the customer. */
const TENDERS = new Set(['cash-drawer', 'card', 'mobile-money', 'cheque']);

/** Position of a column among a table's values. */
function at(table: RowTable, column: string): number {
  return BATCH_COLUMNS[table].indexOf(column);
}
const RECORD_KIND = at('record', 'kind');
const TRANSFER = {
  debit: at('transfer', 'debit_account'),
  credit: at('transfer', 'credit_account'),
  currency: at('transfer', 'currency'),
  amount: at('transfer', 'amount_minor'),
};
const SALE = {
  pan: at('sale', 'meter_pan'),
  resource: at('sale', 'resource'),
  currency: at('sale', 'currency'),
  amount: at('sale', 'amount_minor'),
  units: at('sale', 'units_tenths'),
  quote: at('sale', 'quote'),
};
const CYCLE_END = { kind: at('cycle_end', 'kind'), number: at('cycle_end', 'number') };
const DEPOSIT = {
  reference: at('deposit', 'reference'),
  currency: at('deposit', 'currency'),
  amount: at('deposit', 'amount_minor'),
};
const TOKEN_UNITS = at('token', 'units_tenths');

/** Sums by one word or two, given out in the order of the words, so that the same rows give the same text. */
class Sums<Figures extends Record<string, number>> {
  readonly #sums = new Map<string, Map<string | null, Figures>>();
  readonly #zero: Figures;

  constructor(zero: Figures) {
    this.#zero = zero;
  }

  /** The figures under this key, to be added to. */
  at(first: string, second: string | null = null): Figures {
    let seconds = this.#sums.get(first);
    if (!seconds) this.#sums.set(first, (seconds = new Map()));
    let figures = seconds.get(second);
    if (!figures) seconds.set(second, (figures = { ...this.#zero }));
    return figures;
  }

  list<Row>(row: (key: readonly [string, string | null], figures: Figures) => Row): Row[] {
    return [...this.#sums]
      .flatMap(([first, seconds]) =>
        [...seconds].map(([second, figures]) => ({ key: [first, second] as const, figures })),
      )
      .map((sum) => ({ ...sum, order: JSON.stringify(sum.key) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .map(({ key, figures }) => row(key, figures));
  }
}

type Tariff = { readonly id: string; readonly version: number };

/** How a quote begins that names its tariff first, as the till's do: the rest is long and need not be read. */
const TARIFF_FIRST = /^\{"tariff":\{"id":"([^"\\]+)","version":(\d+)\}[,}]/u;

/** The tariff of a quote, which is JSON. */
function tariffOf(quote: string): Tariff | undefined {
  const [, id, version] = TARIFF_FIRST.exec(quote) ?? [];
  if (id !== undefined) return { id, version: Number(version) };
  return (JSON.parse(quote) as { readonly tariff?: Tariff } | null)?.tariff;
}

/** Adds up the rows of a batch as they go by, a record first and its own rows behind it. */
export class TotalsCount {
  #records = 0;
  #entryHash = 0;
  #kind = '';
  readonly #tokens = { count: 0, unitsTenths: 0 };
  readonly #rows = new Sums({ rows: 0 });
  readonly #kinds = new Sums({ records: 0, movedMinor: 0 });
  readonly #accounts = new Sums({ netMinor: 0, transfers: 0 });
  readonly #tenders = new Sums({ sales: 0, amountMinor: 0 });
  readonly #resources = new Sums({ sales: 0, amountMinor: 0, unitsTenths: 0 });
  readonly #tariffs = new Sums({ sales: 0 });
  readonly #zNumbers: number[] = [];
  readonly #deposits: Totals['deposits'] = [];

  /** `row` is one that `parseRow` takes, or the journal's own. */
  add({ table, values }: BatchRow): void {
    this.#rows.at(table).rows += 1;
    if (table === 'record') this.#addRecord(values);
    else if (table === 'transfer') this.#addTransfer(values);
    else if (table === 'sale') this.#addSale(values);
    else if (table === 'deposit') this.#addDeposit(values);
    else if (table === 'cycle_end') {
      if (values[CYCLE_END.kind] === 'shift') this.#zNumbers.push(Number(values[CYCLE_END.number]));
    } else if (table === 'token') {
      this.#tokens.count += 1;
      this.#tokens.unitsTenths += Number(values[TOKEN_UNITS] ?? 0);
    }
  }

  #addRecord(values: readonly ChainValue[]): void {
    this.#records += 1;
    this.#kind = String(values[RECORD_KIND]);
    this.#kinds.at(this.#kind).records += 1;
  }

  #addDeposit(values: readonly ChainValue[]): void {
    const reference = String(values[DEPOSIT.reference]);
    const currency = String(values[DEPOSIT.currency]);
    this.#deposits.push({ reference, currency, amountMinor: Number(values[DEPOSIT.amount]) });
  }

  #addTransfer(values: readonly ChainValue[]): void {
    const currency = String(values[TRANSFER.currency]);
    const amount = Number(values[TRANSFER.amount]);
    this.#kinds.at(this.#kind, currency).movedMinor += amount;
    const [debited, credited] = [String(values[TRANSFER.debit]), String(values[TRANSFER.credit])];
    const debit = this.#accounts.at(debited, currency);
    debit.netMinor += amount;
    debit.transfers += 1;
    const credit = this.#accounts.at(credited, currency);
    credit.netMinor -= amount;
    credit.transfers += 1;
    if (credited !== 'tender-held' || !TENDERS.has(debited)) return;
    const tender = this.#tenders.at(debited, currency);
    tender.sales += 1;
    tender.amountMinor += amount;
  }

  #addSale(values: readonly ChainValue[]): void {
    const currency = String(values[SALE.currency]);
    const amountMinor = Number(values[SALE.amount]);
    const unitsTenths = Number(values[SALE.units]);
    this.#entryHash = (this.#entryHash + Number(String(values[SALE.pan]).slice(-10))) % ENTRY_HASH_MODULUS;
    // Free units, engineering tokens and replacements are sales of nothing: no turnover has them.
    if (amountMinor > 0) {
      const resource = this.#resources.at(String(values[SALE.resource]), currency);
      resource.sales += 1;
      resource.amountMinor += amountMinor;
      resource.unitsTenths += unitsTenths;
    }
    const tariff = tariffOf(String(values[SALE.quote]));
    if (tariff) this.#tariffs.at(tariff.id, String(tariff.version)).sales += 1;
  }

  totals(): Totals {
    return {
      records: this.#records,
      rows: this.#rows.list(([table], { rows }) => ({ table, rows })),
      kinds: this.#kinds.list(([kind, currency], { records, movedMinor }) => ({
        kind,
        records,
        currency,
        movedMinor,
      })),
      accounts: this.#accounts.list(([account, currency], figures) => ({
        account,
        currency: currency ?? '',
        ...figures,
      })),
      tenders: this.#tenders.list(([tender, currency], figures) => ({
        tender,
        currency: currency ?? '',
        ...figures,
      })),
      resources: this.#resources.list(([resource, currency], figures) => ({
        resource,
        currency: currency ?? '',
        ...figures,
      })),
      tokens: { ...this.#tokens },
      entryHash: String(this.#entryHash).padStart(10, '0'),
      tariffs: this.#tariffs.list(([id, version], { sales }) => ({
        id,
        version: Number(version),
        sales,
      })),
      zNumbers: this.#zNumbers,
      deposits: this.#deposits,
    };
  }
}

/** The path of the first figure that differs, or undefined when all agree. */
export function differenceOf(stated: unknown, counted: unknown, path = 'totals'): string | undefined {
  if (typeof stated !== 'object' || stated === null || typeof counted !== 'object' || counted === null)
    return stated === counted ? undefined : path;
  const [a, b] = [Object.entries(stated), Object.entries(counted)];
  if (a.length !== b.length) return path;
  for (const [index, [name, value]] of a.entries()) {
    const [other, figure] = b[index] ?? [];
    if (name !== other) return `${path}.${name}`;
    const difference = differenceOf(value, figure, `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
