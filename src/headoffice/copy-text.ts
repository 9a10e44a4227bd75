import { BATCH_COLUMNS, type ChainValue, type RowTable, type VerifiedRecord } from '../batch/index.ts';

const ESCAPED = /[\\\n\r\t\b\f\v]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** A value in the text format of COPY. */
function copyValue(value: ChainValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string')
    return value instanceof Uint8Array ? `\\\\x${Buffer.from(value).toString('hex')}` : String(value);
  return ESCAPED.test(value) ? value.replace(/[\\\n\r\t\b\f\v]/gu, (sign) => ESCAPES[sign] ?? sign) : value;
}

const BUSINESS_DATE = BATCH_COLUMNS.record.indexOf('business_date');

/** The rows of some records as lines for COPY, by table. */
export function copyLines(
  station: string,
  records: readonly VerifiedRecord[],
): ReadonlyMap<RowTable, string> {
  const lines = new Map<RowTable, string[]>();
  const put = (table: RowTable, line: string): void => {
    const list = lines.get(table);
    if (list) list.push(line, '\n');
    else lines.set(table, [line, '\n']);
  };
  for (const record of records) {
    const own = [...record.values, record.hash].map(copyValue).join('\t');
    put('record', `${station}\t${own}`);
    const place = `${station}\t${record.epoch}\t${String(record.values[BUSINESS_DATE])}`;
    for (const { table, values } of record.children)
      put(table, `${place}\t${values.map(copyValue).join('\t')}`);
  }
  return new Map([...lines].map(([table, list]) => [table, list.join('')]));
}

/** The first days of all months that some records lie in. */
export function monthsOf(records: readonly VerifiedRecord[]): readonly string[] {
  return [...new Set(records.map(({ values }) => `${String(values[BUSINESS_DATE]).slice(0, 7)}-01`))];
}
