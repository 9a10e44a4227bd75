import type { DirectoryReader, DirectoryTx } from '../store/index.ts';

/** Shorter words have too many neighbours to guess among. */
const SHORTEST_WORD = 3;
/** Longer ones are kept and looked up as they are. */
const LONGEST_WORD = 60;
/** More than a cashier could have meant. */
const MOST_CORRECTIONS = 100;

function canBeMistyped(word: string): boolean {
  return word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD && !/\d/u.test(word);
}

/** A word and all that is left of it when one letter is taken away. */
function partsOf(word: string): string[] {
  const letters = [...word];
  return [...new Set([word, ...letters.map((_, at) => letters.toSpliced(at, 1).join(''))])];
}

/** Keeps a folded word of a name or an address for `correctionsOf`; words with digits are passed over. */
export function keepWord(tx: DirectoryTx, word: string): void {
  if (!canBeMistyped(word) || isKnownWord(tx, word)) return;
  const insert = tx.prepare('INSERT OR IGNORE INTO word_part (part, word) VALUES (?, ?)');
  for (const part of partsOf(word)) insert.run(part, word);
}

/** Whether some customer's name or address has exactly this folded word. */
export function isKnownWord(db: DirectoryReader | DirectoryTx, word: string): boolean {
  return db.prepare('SELECT 1 FROM word_part WHERE part = ? AND word = ?').get(word, word) !== undefined;
}

/**
 * Words of the directory that a person may have meant by `typed`: one letter more, one less, one other, or two
 * neighbours swapped. Folded words go in and come out; none for words that are short or have digits.
 */
export function correctionsOf(db: DirectoryReader, typed: string): string[] {
  if (!canBeMistyped(typed)) return [];
  const parts = partsOf(typed);
  const marks = parts.map(() => '?').join(', ');
  return db
    .prepare(`SELECT DISTINCT word FROM word_part WHERE part IN (${marks})`)
    .all<{ word: string }>(...parts)
    .map(({ word }) => word)
    .filter((word) => isOneSlipAway(typed, word))
    .slice(0, MOST_CORRECTIONS);
}

/** Two words of the directory that were typed without the space between them; the second may go on. */
export function splitsOf(db: DirectoryReader, typed: string): (readonly [string, string])[] {
  const letters = [...typed];
  return letters
    .map((_, at): readonly [string, string] => [letters.slice(0, at).join(''), letters.slice(at).join('')])
    .filter((pair) => pair.every((word) => canBeMistyped(word) && isKnownWord(db, word)));
}

/** Whether one slip of the hand (insert, drop, replace, swap neighbours) makes one word of the other. */
function isOneSlipAway(one: string, other: string): boolean {
  const a = [...one];
  const b = [...other];
  if (one === other || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (Math.max(restA.length, restB.length) === 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
