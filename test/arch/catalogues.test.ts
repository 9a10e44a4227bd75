import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { catalogues, LANGUAGES, LOCALES, type Locale, type MessageId } from '../../src/i18n/index.ts';

const OTHERS = LOCALES.filter((locale) => locale !== 'en');
const IDS = Object.keys(catalogues.en) as MessageId[];

/** What a message takes: `minutes plural`, `reason select missing,other`; the same in every language. */
function parameters(elements: readonly MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.argument) found.add(element.value);
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      const options = Object.entries(element.options);
      const cases = element.type === TYPE.select ? options.map(([name]) => name).toSorted() : ['plural'];
      found.add(`${element.value} ${cases.join(',')}`);
      for (const [, option] of options) parameters(option.value, found);
    }
    if (element.type === TYPE.tag) parameters(element.children, found);
  }
  return found;
}

type Plural = Extract<MessageFormatElement, { type: TYPE.plural }>;

function plurals(elements: readonly MessageFormatElement[]): readonly Plural[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inside = Object.values(element.options).flatMap((option) => plurals(option.value));
    return element.type === TYPE.plural ? [element, ...inside] : inside;
  });
}

/** Forms that only whole millions take, which nothing that a counter counts reaches. */
const MILLIONS: Readonly<Partial<Record<Locale, readonly string[]>>> = { fr: ['many'], pt: ['many'] };

/** Messages that are the same word in both languages, by language; signs and parameters alone need no entry. */
const SAME_WORD: Readonly<Partial<Record<Locale, readonly MessageId[]>>> = {
  fr: ['app.name', 'receipt.original', 'receipt.total', 'cash.exact', 'help.tab'],
  pt: [
    'app.name',
    'key.enter',
    'key.escape',
    'virtual.enter',
    'receipt.original',
    'receipt.total',
    'receipt.tender.cheque',
    'role.supervisor',
    'help.tab',
  ],
  sw: ['app.name', 'key.enter', 'key.escape', 'virtual.enter', 'help.tab'],
  // The keys' own caps.
  ar: ['app.name', 'key.enter', 'key.escape', 'help.tab', 'virtual.enter'],
};

/** Whether a message has words of its own, and not only parameters and signs. */
function hasWords(message: string): boolean {
  const text = parse(message)
    .map((element) =>
      element.type === TYPE.literal ? element.value : element.type === TYPE.argument ? '' : 'x',
    )
    .join('');
  return /\p{L}/u.test(text);
}

describe.each(OTHERS)('the catalogue %s', (locale) => {
  const catalogue = catalogues[locale];

  it('has exactly the ids of the English one', () => {
    expect(Object.keys(catalogue).toSorted()).toEqual(IDS.toSorted());
  });

  it('takes the same parameters in every message', () => {
    const list = (text: string): readonly string[] => [...parameters(parse(text))].toSorted();
    const differing = IDS.filter((id) => list(catalogue[id]).join() !== list(catalogues.en[id]).join());
    expect(differing).toEqual([]);
  });

  it('has every plural form of its language', () => {
    const every = new Intl.PluralRules(LANGUAGES[locale].tag).resolvedOptions().pluralCategories;
    const needed = every.filter((form) => !MILLIONS[locale]?.includes(form)).toSorted();
    const counted = IDS.flatMap((id) => plurals(parse(catalogue[id])).map((plural) => ({ id, plural })));
    expect(counted.length).toBeGreaterThan(5);
    for (const { id, plural } of counted) {
      // The bare number needs no forms: `{meters, plural, other {#}}`.
      if (Object.values(plural.options).every(({ value }) => value.every(({ type }) => type === TYPE.pound)))
        continue;
      // None at all has its own form, or its own number: the same in every language that has the form.
      const none = '=0' in plural.options && needed.includes('zero') ? ['zero'] : [];
      const forms = Object.keys(plural.options).filter((form) => !form.startsWith('='));
      const given = [...new Set([...forms, ...none])];
      expect(given.toSorted(), id).toEqual(needed);
    }
  });

  it('is translated', () => {
    const same = IDS.filter((id) => catalogue[id] === catalogues.en[id] && hasWords(catalogue[id]));
    expect(same.toSorted()).toEqual([...(SAME_WORD[locale] ?? [])].toSorted());
  });

  it('writes digits as 0 to 9', () => {
    for (const id of IDS) expect(catalogue[id], id).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]/u);
  });
});

const SRC = path.resolve(import.meta.dirname, '../../src');
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !/\.test\.tsx?$/u.test(file) && !file.startsWith('i18n'))
  .map((file) => readFileSync(path.join(SRC, file), 'utf8'))
  .join('\n');

/** Beginnings of ids whose template has no literal beginning. */
const PUT_TOGETHER = ['notice.', 'explain.'];
/** The rest of these is put together from a rule's kind and how it is charged. */
const BY_KIND = /^describe\.(?:percent|fixed)-/u;

/** The beginnings of ids in template literals: `strip.printer.` of `strip.printer.${status}`. */
function beginnings(): readonly string[] {
  const found = [...sources.matchAll(/`([a-z][\w-]*(?:\.[\w-]+)*\.)\$\{/gu)].map(([, start = '']) => start);
  return [...new Set([...found, ...PUT_TOGETHER])];
}

describe('every message', () => {
  const starts = beginnings();
  // Ids have no other signs, so one pass finds every literal that may be one.
  const literals = new Set([...sources.matchAll(/(['"`])([\w.-]+)\1/gu)].map(([, , text = '']) => text));
  const literal = (text: string): boolean => literals.has(text);
  // What a template puts in may be a literal, a field of an object, or a word of a longer code.
  const named = (word: string): boolean => literal(word) || new RegExp(`\\b${word}\\b`, 'u').test(sources);

  it('is used by something', () => {
    const unused = IDS.filter((id) => {
      if (literal(id) || BY_KIND.test(id)) return false;
      const code = /^error\.(.+)\.(?:cashier|customer)$/u.exec(id)?.[1];
      if (code !== undefined) return !named(code);
      return !starts.some((start) => id.startsWith(start) && named(id.slice(start.length)));
    });
    expect(unused).toEqual([]);
  });
});
