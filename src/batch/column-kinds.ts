/** What a column of the chain holds; a value of another kind is never in a batch. */
export type ColumnKind = 'whole' | 'text' | 'json' | 'day' | 'bytes';

/** Columns that are not told by how they are named. A test holds all of them against the journal's schema. */
const NAMED: Readonly<Record<string, ColumnKind>> = {
  business_date: 'day',
  customer_digest: 'bytes',
  detail: 'json',
  meter: 'json',
  quote: 'json',
  figures: 'json',
  work: 'json',
};

/** Columns of whole numbers, by how the journal names them. */
const WHOLE =
  /^(?:row_id|record_id|epoch|sequence|position|number|quantity|size|active|for_head_office|subclass|token_class|(?:from|to)_record|\w+_(?:minor|tenths|minute|unix_ms|count))$/u;

export function columnKind(column: string): ColumnKind {
  return NAMED[column] ?? (WHOLE.test(column) ? 'whole' : 'text');
}
