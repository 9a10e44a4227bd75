import type { CallFault, SearchHit } from '../../contract/index.ts';
import { cleanTypedDigits, parseMeterNumber, type MeterNumberError } from '../../sts/index.ts';
import { err, ok, type Resource, type Result } from '../../units/index.ts';
import type { DirectoryReader } from '../store/index.ts';
import { accountKey, foldedWords, reversedPhone } from './fold-text.ts';
import { correctionsOf, isKnownWord, splitsOf } from './near-words.ts';

const MOST_HITS = 20;
const MOST_WORDS = 6;
/** What a cashier sees at a glance; with as many, nothing is guessed. */
const ENOUGH_HITS = 5;
const METER_LENGTHS = [11, 13, 18];
/** Shorter numbers are the start of something; from here on they are read as a meter number gone wrong. */
const SHORTEST_MISTYPED_METER = 8;
const SHORTEST_ACCOUNT_START = 3;
const SHORTEST_PHONE_END = 4;
/** From here on a zero in front is the trunk's, below it is part of a number's end. */
const SHORTEST_WHOLE_PHONE = 7;
/** The last nine digits of a phone number are the same with and without the country's code. */
const PHONE_END_DIGITS = 9;
/** Sorts behind everything that may follow a beginning. */
const LAST_CHARACTER = '\u{10ffff}';

type HitRow = {
  readonly pan: string;
  readonly meter_number: string;
  readonly resource: Resource;
  readonly customer_id: string;
  readonly name: string;
  readonly account: string;
  readonly phone: string;
  readonly address: string;
};

const HIT_COLUMNS = 'pan, meter_number, resource, customer_id, name, account, phone, address';

/**
 * The ways to look for something, each in an order of its own that an index gives, so that the first twenty
 * are found without looking at the rest. Under `words` a customer's meters come in the order of their index;
 * asking for it would make SQLite sort every match.
 */
const QUERIES = {
  pan: `SELECT ${HIT_COLUMNS} FROM meter JOIN customer USING (customer_row) WHERE pan = ?`,
  account: `SELECT ${HIT_COLUMNS} FROM customer CROSS JOIN meter USING (customer_row)
    WHERE account_key >= ? AND account_key < ?
    ORDER BY account_key, customer_row, meter_row LIMIT ${MOST_HITS}`,
  keypad: `SELECT ${HIT_COLUMNS} FROM meter JOIN customer USING (customer_row)
    WHERE keypad_key = ? ORDER BY meter_row LIMIT ${MOST_HITS}`,
  phone: `SELECT ${HIT_COLUMNS} FROM customer CROSS JOIN meter USING (customer_row)
    WHERE phone_reversed >= ? AND phone_reversed < ?
    ORDER BY phone_reversed, customer_row, meter_row LIMIT ${MOST_HITS}`,
  words: `SELECT ${HIT_COLUMNS}
    FROM customer_text CROSS JOIN customer ON customer_row = customer_text.rowid
      CROSS JOIN meter USING (customer_row)
    WHERE customer_text MATCH ?
    ORDER BY customer_text.rowid LIMIT ${MOST_HITS}`,
} as const;

function find(db: DirectoryReader, query: keyof typeof QUERIES, ...sought: string[]): SearchHit[] {
  return db
    .prepare(QUERIES[query])
    .all<HitRow>(...sought)
    .map((row) => ({
      customerId: row.customer_id,
      name: row.name,
      account: row.account,
      phone: row.phone,
      address: row.address,
      pan: row.pan,
      meterNumber: row.meter_number,
      resource: row.resource,
    }));
}

const refuse = (code: string, params: CallFault['params'] = {}): Result<never, CallFault> =>
  err({ code, params, retry: 'no' });

const FAULT_OF_NUMBER: Readonly<Record<MeterNumberError['code'], string>> = {
  'meter-number-text': 'meter-length',
  'meter-number-length': 'meter-length',
  'meter-number-issuer': 'meter-issuer',
  'meter-number-check-digit': 'meter-check-digit',
};

/** Digits of a meter's length are a meter number and nothing else: never a near match. */
function findByMeterNumber(db: DirectoryReader, digits: string): Result<SearchHit[], CallFault> {
  const meter = parseMeterNumber(digits);
  if (!meter.ok) {
    const keypads = find(db, 'keypad', digits);
    return keypads.length > 0
      ? ok(keypads)
      : refuse(FAULT_OF_NUMBER[meter.error.code], { digits: digits.length });
  }
  const hits = find(db, 'pan', meter.value.pan);
  return hits.length > 0 ? ok(hits) : refuse('meter-unknown', { meter: meter.value.drn });
}

/** By the beginning of an account number, or by all of a keypad's serial number. */
function findByAccount(db: DirectoryReader, text: string): SearchHit[] {
  const key = accountKey(text);
  if (key.length < SHORTEST_ACCOUNT_START) return [];
  return merged(find(db, 'keypad', key), find(db, 'account', key, `${key}${LAST_CHARACTER}`));
}

/** By the end of a phone number, a trunk zero or the country's code in front of it or not. */
function findByPhone(db: DirectoryReader, digits: string): SearchHit[] {
  if (digits.length < SHORTEST_PHONE_END) return [];
  const withoutTrunk = digits.length < SHORTEST_WHOLE_PHONE ? digits : digits.replace(/^0+/u, '');
  if (withoutTrunk === '') return [];
  const end = reversedPhone(withoutTrunk.slice(-PHONE_END_DIGITS));
  return find(db, 'phone', end, `${end}${LAST_CHARACTER}`);
}

/** What may stand for a typed word: each a beginning or a whole word, any of them. */
type Meant = readonly string[];

/**
 * Every word typed has to start a word of the name or the address. When that gives less than a screen shows,
 * one word is taken as mistyped, those first that no customer has; numbers never are.
 */
function findByWords(db: DirectoryReader, text: string): SearchHit[] {
  const words = foldedWords(text).slice(0, MOST_WORDS);
  if (words.length === 0) return [];
  const exact = words.map((word): Meant => [`"${word}"*`]);
  let hits = findMeant(db, exact);
  const unknownFirst = [...words.keys()].toSorted(
    (a, b) => Number(isKnownWord(db, words[a] ?? '')) - Number(isKnownWord(db, words[b] ?? '')),
  );
  for (const at of unknownFirst) {
    if (hits.length >= ENOUGH_HITS) return hits;
    hits = merged(hits, findMistyped(db, exact, at, words[at] ?? ''));
  }
  return hits.length >= ENOUGH_HITS ? hits : merged(hits, findMisspaced(db, exact, words));
}

function findMistyped(db: DirectoryReader, exact: readonly Meant[], at: number, word: string): SearchHit[] {
  const corrected = correctionsOf(db, word).map((near) => `"${near}"`);
  const hits = corrected.length === 0 ? [] : findMeant(db, exact.with(at, corrected));
  return merged(hits, ...partedHits(db, exact, at, 1, word));
}

/** The space came a letter too soon or too late, or stands where there is none. */
function findMisspaced(db: DirectoryReader, exact: readonly Meant[], words: readonly string[]): SearchHit[] {
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''}${word}`);
  return merged(
    ...pairs.flatMap((joined, at) => [
      ...(isKnownWord(db, joined) ? [findMeant(db, exact.toSpliced(at, 2, [`"${joined}"`]))] : []),
      ...partedHits(db, exact, at, 2, joined),
    ]),
  );
}

/** Hits with `count` typed words from `at` on read as two words that the directory has. */
function partedHits(
  db: DirectoryReader,
  exact: readonly Meant[],
  at: number,
  count: number,
  letters: string,
): SearchHit[][] {
  return splitsOf(db, letters).map(([first, second]) =>
    findMeant(db, exact.toSpliced(at, count, [`"${first}"`], [`"${second}"*`])),
  );
}

function findMeant(db: DirectoryReader, words: readonly Meant[]): SearchHit[] {
  return find(db, 'words', words.map((meant) => `(${meant.join(' OR ')})`).join(' AND '));
}

/** Lists joined in order, each meter once. */
function merged(...lists: readonly SearchHit[][]): SearchHit[] {
  const byPan = new Map(lists.flat().map((hit) => [hit.pan, hit]));
  return [...byPan.values()].slice(0, MOST_HITS);
}

/**
 * Finds meters by whatever was typed into the one box: meter number, serial number of a keypad, account, phone,
 * or the beginnings of words of name and address, one of them mistyped at most; at most 20, in an order that
 * stays. Digits of a meter's length are checked as a meter number and refused by name (`meter-check-digit`,
 * `meter-issuer`, `meter-unknown`); other long numbers that nothing has are `meter-length` with the count of
 * digits. Nothing found otherwise is an empty list.
 */
export function searchDirectory(db: DirectoryReader, text: string): Result<SearchHit[], CallFault> {
  const typed = text.replace(/\p{Cc}/gu, ' ').trim();
  const number = cleanTypedDigits(typed);
  if (number.ok) {
    const digits = number.value;
    if (METER_LENGTHS.includes(digits.length)) return findByMeterNumber(db, digits);
    const hits = merged(findByAccount(db, digits), findByPhone(db, digits));
    if (hits.length > 0) return ok(hits);
    if (digits.length >= SHORTEST_MISTYPED_METER) return refuse('meter-length', { digits: digits.length });
    return ok(findByWords(db, typed));
  }
  const phone = /^\+[\d\s().-]+$/u.test(typed) ? findByPhone(db, typed.replace(/\D/gu, '')) : [];
  return ok(merged(phone, findByAccount(db, typed), findByWords(db, typed)));
}
