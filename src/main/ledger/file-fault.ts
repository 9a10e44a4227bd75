import { fileProblems, type LedgerReader } from '../store/index.ts';
import type { ChainFault } from './verify.ts';

/**
 * The first thing that SQLite finds wrong with the ledger's file, by the table or index that it is in: a page that can't
 * be read, or an index that doesn't say what its table does. The chain goes along the tables alone; a till that looks a
 * meter's last token minute or a request up goes by the indexes. Takes as long as reading the file, and each row once
 * for every index of its table.
 */
export function firstFileFault(reader: LedgerReader): ChainFault | undefined {
  const [problem] = fileProblems(reader, false);
  if (problem === undefined) return undefined;
  const index = /\bindex (\w+)$/u.exec(problem)?.[1];
  if (index !== undefined) return { row: `index ${index}`, record: 'none', reason: 'index differs' };
  const root = /^Tree (\d+) /u.exec(problem)?.[1];
  const tree = root === undefined ? undefined : treeAt(reader, Number(root));
  return { row: tree ?? problem, record: 'none', reason: 'page damaged' };
}

/** The table or index whose pages begin at this one. */
function treeAt(reader: LedgerReader, root: number): string | undefined {
  const found = reader
    .prepare('SELECT type, name FROM sqlite_schema WHERE rootpage = ?')
    .get<{ type: string; name: string }>(root);
  return found && (found.type === 'index' ? `index ${found.name}` : found.name);
}
