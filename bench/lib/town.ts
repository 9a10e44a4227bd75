import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startImport } from '../../src/main/directory/index.ts';
import { KEY_TYPE, luhnCheckDigit } from '../../src/sts/index.ts';

/** Numbers from 0 to 1 in an order that the seed gives (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Parts of names as they are heard from Dakar to Durban; put together they give names that sound like it. */
const STARTS =
  'a ba be bo chi da di e fa fi ga go ha i ja ka ke ko la le li lu ma me mo mu na ne ni no nya o pa phi ra sa se si so ta te thi tho to tsa u va wa ya ye za zi zo'.split(
    ' ',
  );
const MIDDLES =
  'ba bo da di do fi ga ge ha hle ka ki ko la le li lo lu ma mba mbo mi mo na nda ndi ngo ngwe ni nja nko nyi pa po ra ri sa se shi si ta te ti to tu va vi wa we ya za zi'.split(
    ' ',
  );
const ENDS =
  'ba bi di ga gwe ka kazi ko la le li lo ma mba mi na nda ne ni no nyi ra re ri sa se shi si so ta te thi ti tu wa we ye za zi zo'.split(
    ' ',
  );
const STREETS = 'Street St Road Rd Avenue Ave Close Lane Crescent Drive'.split(' ');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A few names are many people's, most are few's: the further down the list, the rarer. */
function drawn(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() ** 2 * list.length)] ?? '';
}

function wordsOf(count: number, random: () => number): string[] {
  const words = new Set<string>();
  const from = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  while (words.size < count) {
    const middle = random() < 0.6 ? from(MIDDLES) : '';
    words.add(capital(`${from(STARTS)}${middle}${from(ENDS)}`));
  }
  return [...words];
}

export type Townsman = { readonly name: string; readonly address: string; readonly index: number };

/** The meter of the customer with this index. */
export function townMeter(index: number): string {
  const payload = `00${(10_000_000 + index).toString()}`;
  return `${payload}${luhnCheckDigit(payload)}`;
}

/** People with names, addresses, accounts and phones, `count` of them, the same ones for the same seed. */
export function* townspeople(count: number, seed: number): Generator<Townsman> {
  const random = randomFrom(seed);
  const given = wordsOf(2_000, random);
  const family = wordsOf(12_000, random);
  const streets = wordsOf(3_000, random);
  for (let index = 0; index < count; index += 1) {
    const house = 1 + Math.floor(random() * 400);
    const kind = STREETS[Math.floor(random() * STREETS.length)] ?? '';
    yield {
      index,
      name: `${drawn(given, random)} ${drawn(family, random)}`,
      address: `${house} ${drawn(streets, random)} ${kind}`,
    };
  }
}

/** The columns of a file of customers that a townsman has something to say in. */
const COLUMNS =
  'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason';
const KEYS = `electricity,201457,1,1,7,4,${KEY_TYPE.unique},2014,255,home-flat,`;

/** Writes a file of customers with a meter each, as a utility would hand it over. */
export async function writeTown(file: string, count: number, seed: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${COLUMNS}\n`);
  for (const { index, name, address } of townspeople(count, seed)) {
    const phone = `+27 8${20_000_000 + ((index * 7919) % 79_999_999)}`;
    const line = `c-${index},${name},${700_000_000 + index},${phone},${address},${townMeter(index)},${KEYS}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Takes such a file into a directory by the import that a till uses, on its own thread. Throws when a line was left out. */
export async function settleTown(database: string, count: number, seed: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-town-'));
  try {
    const file = path.join(folder, 'town.csv');
    await writeTown(file, count, seed);
    const job = { file, report: path.join(folder, 'left-out.csv'), database };
    const outcome = await startImport(job, () => undefined).outcome;
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    if (outcome.value.taken !== count) throw new Error(`${outcome.value.refused} lines were left out`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 'qwsz',
  b: 'vghn',
  c: 'xdfv',
  d: 'serfcx',
  e: 'wsdr',
  f: 'drtgvc',
  g: 'ftyhbv',
  h: 'gyujnb',
  i: 'ujko',
  j: 'huikmn',
  k: 'jiolm',
  l: 'kop',
  m: 'njk',
  n: 'bhjm',
  o: 'iklp',
  p: 'ol',
  q: 'wa',
  r: 'edft',
  s: 'awedxz',
  t: 'rfgy',
  u: 'yhji',
  v: 'cfgb',
  w: 'qase',
  x: 'zsdc',
  y: 'tghu',
  z: 'asx',
};
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** One slip of the hand in a text's letters: a letter too many, one missing, two swapped, or a neighbouring key. */
export function withOneSlip(text: string, random: () => number): string {
  const letters = [...text];
  const places = letters.flatMap((letter, at) => (/[a-z]/iu.test(letter) ? [at] : []));
  const at = places[Math.floor(random() * places.length)] ?? 0;
  const any = (list: string): string => list.charAt(Math.floor(random() * list.length));
  const slips = [
    () => letters.toSpliced(at, 0, any(ALPHABET)),
    () => letters.toSpliced(at, 1),
    () => letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? ''),
    () => letters.with(at, any(NEIGHBOURS[(letters[at] ?? '').toLowerCase()] ?? ALPHABET)),
  ];
  return (slips[Math.floor(random() * slips.length)]?.() ?? letters).join('');
}
