import { z } from 'zod';
import { accountStateSchema } from '../../tariff/index.ts';
import { err, ok, type Result } from '../../units/index.ts';
import type { DirectoryReader, DirectoryTx } from '../store/index.ts';

const figuresShape = accountStateSchema
  .pick({
    windows: true,
    charges: true,
    entitlements: true,
    debts: true,
    adjustments: true,
    unitAdjustments: true,
  })
  .partial();

/** What prices depend on besides the meter itself. docs/formats/accounts.md */
export const meterAccountShape = z.strictObject({
  /** As the price list names it; null when there is none. */
  category: z.string().min(1).max(60).nullable(),
  quantities: accountStateSchema.shape.quantities,
  /** Other stations sell to this meter too. */
  soldElsewhere: z.boolean(),
  /** This station gives the meter its free units. */
  homeStation: z.boolean(),
  /** The account at an instant, every station's sales up to then in it; null when nobody has told. */
  statement: z.strictObject({ asOfUnixMs: z.int().min(0), figures: figuresShape }).nullable(),
});

export type MeterAccount = z.infer<typeof meterAccountShape>;
export type AccountFigures = z.infer<typeof figuresShape>;

/** A meter that nothing is known of: no category, sold to here only. */
export const PLAIN_ACCOUNT: MeterAccount = {
  category: null,
  quantities: {},
  soldElsewhere: false,
  homeStation: true,
  statement: null,
};

type AccountRow = {
  readonly category: string | null;
  readonly quantities: string;
  readonly sold_elsewhere: number;
  readonly home_station: number;
  readonly as_of_unix_ms: number | null;
  readonly figures: string | null;
};

/** What is known of a meter's account; `PLAIN_ACCOUNT` where nothing is. Throws when a row is not what was put. */
export function findMeterAccount(db: DirectoryReader | DirectoryTx, pan: string): MeterAccount {
  const row = db.prepare('SELECT * FROM meter_account WHERE pan = ?').get<AccountRow>(pan);
  if (!row) return PLAIN_ACCOUNT;
  const { as_of_unix_ms: asOfUnixMs, figures } = row;
  return meterAccountShape.parse({
    category: row.category,
    quantities: JSON.parse(row.quantities) as unknown,
    soldElsewhere: row.sold_elsewhere === 1,
    homeStation: row.home_station === 1,
    statement: figures === null ? null : { asOfUnixMs, figures: JSON.parse(figures) as unknown },
  });
}

export type MeterAccountError =
  | { readonly code: 'meter-unknown'; readonly pan: string }
  | { readonly code: 'statement-older'; readonly pan: string; readonly asOfUnixMs: number };

/** Replaces what is known of a meter's account. A statement older than the one that is here is refused. */
export function putMeterAccount(
  tx: DirectoryTx,
  pan: string,
  account: MeterAccount,
): Result<null, MeterAccountError> {
  if (!tx.prepare('SELECT 1 AS found FROM meter WHERE pan = ?').get(pan))
    return err({ code: 'meter-unknown', pan });
  const known = findMeterAccount(tx, pan).statement;
  const { category, quantities, soldElsewhere, homeStation, statement } = account;
  if (known && (!statement || statement.asOfUnixMs < known.asOfUnixMs))
    return err({ code: 'statement-older', pan, asOfUnixMs: known.asOfUnixMs });
  tx.prepare(
    `INSERT INTO meter_account (pan, category, quantities, sold_elsewhere, home_station, as_of_unix_ms, figures)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (pan) DO UPDATE SET
       category = excluded.category, quantities = excluded.quantities,
       sold_elsewhere = excluded.sold_elsewhere, home_station = excluded.home_station,
       as_of_unix_ms = excluded.as_of_unix_ms, figures = excluded.figures`,
  ).run(
    pan,
    category,
    JSON.stringify(quantities),
    Number(soldElsewhere),
    Number(homeStation),
    statement?.asOfUnixMs ?? null,
    statement ? JSON.stringify(statement.figures) : null,
  );
  return ok(null);
}

/** Says which category a meter belongs to, and leaves the rest of its account as it is. The meter has to be there. */
export function putMeterCategory(tx: DirectoryTx, pan: string, category: string | null): void {
  tx.prepare(
    `INSERT INTO meter_account (pan, category, quantities, sold_elsewhere, home_station) VALUES (?, ?, '{}', 0, 1)
     ON CONFLICT (pan) DO UPDATE SET category = excluded.category`,
  ).run(pan, category);
}

/** Of the meters of a price list, how many lack a category of those it names, or one of its quantities. */
export function metersLacking(
  db: DirectoryReader,
  tariffId: string,
  needs: { readonly categories: readonly string[]; readonly quantities: readonly string[] },
): { readonly category: number; readonly quantities: Readonly<Record<string, number>> } {
  const count = (condition: string, value: string): number =>
    db
      .prepare(
        `SELECT count(*) AS n FROM meter LEFT JOIN meter_account USING (pan)
         WHERE tariff_id = ? AND ${condition}`,
      )
      .get<{ n: number }>(tariffId, value)?.n ?? 0;
  const lackCategory = `(category IS NULL OR category NOT IN (SELECT value FROM json_each(?)))`;
  const lackQuantity = `NOT EXISTS (SELECT 1 FROM json_each(coalesce(quantities, '{}')) WHERE key = ?)`;
  return {
    category: needs.categories.length === 0 ? 0 : count(lackCategory, JSON.stringify(needs.categories)),
    quantities: Object.fromEntries(needs.quantities.map((name) => [name, count(lackQuantity, name)])),
  };
}
