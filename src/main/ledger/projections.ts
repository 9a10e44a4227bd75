import type { LedgerReader, SqlValue } from '../store/index.ts';
import type { ChainFault } from './verify.ts';

/** A table that only repeats what the chain says, with the query that reads the same from the chain. */
export const PROJECTIONS: readonly {
  readonly table: string;
  readonly columns: string;
  readonly read: string;
}[] = [
  {
    table: 'open_sale',
    columns: 'sale_id, meter_pan, step',
    read: `SELECT sale_id, meter_pan, step
      FROM (SELECT sale_id, step, max(row_id) FROM sale_step GROUP BY sale_id) CROSS JOIN sale USING (sale_id)
      WHERE step IN ('intended', 'in-doubt')`,
  },
  {
    table: 'open_shift',
    columns: 'shift_id, drawer, operator_id, step',
    read: `SELECT shift_id, drawer, operator_id, step
      FROM (SELECT shift_id, step, max(row_id) FROM shift_step GROUP BY shift_id) CROSS JOIN shift USING (shift_id)
      WHERE step <> 'closed'`,
  },
  {
    table: 'meter_key',
    columns: 'meter_pan, was_sgc, was_krn, was_ti, was_key_type, sgc, krn, ti, ken, key_type',
    read: `SELECT meter_pan, detail ->> '$.keyChange.was.sgc', detail ->> '$.keyChange.was.krn',
        detail ->> '$.keyChange.was.ti', detail ->> '$.keyChange.was.keyType',
        detail ->> '$.keyChange.now.sgc', detail ->> '$.keyChange.now.krn', detail ->> '$.keyChange.now.ti',
        detail ->> '$.keyChange.now.ken', detail ->> '$.keyChange.now.keyType'
      FROM (SELECT meter_pan, detail, max(record_id) FROM record CROSS JOIN sale ON sale_id = subject_id
        WHERE kind IN ('sale-recorded', 'sale-recalled') AND detail LIKE '%"keyChange"%' GROUP BY meter_pan)`,
  },
  {
    table: 'allowance_used',
    columns: 'allowance_id, sales, amount_minor',
    read: `SELECT allowance_id, count(sale.row_id), coalesce(sum(sale.amount_minor), 0)
      FROM (SELECT * FROM allowance ORDER BY allowance_id DESC LIMIT 1) LEFT JOIN sale
        ON sale.row_id >= (after_record_id + 1) * 1000 AND NOT EXISTS (SELECT 1 FROM sale_step
          WHERE sale_step.sale_id = sale.sale_id AND step IN ('void', 'unissued'))
      GROUP BY allowance_id`,
  },
];

/** The first row of a projection that the chain does not say, or that it says and the projection lacks. */
export function firstProjectionFault(reader: LedgerReader): ChainFault | undefined {
  const present = reader.prepare('SELECT name FROM pragma_table_info(?)');
  for (const { table, columns, read } of PROJECTIONS) {
    // An older program's copy lacks the tables and columns that came later.
    const has = present.all<{ name: string }>(table).map(({ name }) => name);
    if (!columns.split(', ').every((column) => has.includes(column))) continue;
    const kept = `SELECT ${columns} FROM ${table}`;
    const [added] = reader.prepare(`${kept} EXCEPT ${read}`).all<Record<string, SqlValue>>();
    const [lacking] = reader.prepare(`${read} EXCEPT ${kept}`).all<Record<string, SqlValue>>();
    const row = added ?? lacking;
    if (!row) continue;
    const reason = added ? 'row changed' : 'row missing';
    return { row: `${table} ${String(Object.values(row)[0])}`, record: 'none', reason };
  }
  return undefined;
}
