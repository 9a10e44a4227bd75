import { parseTariff } from '../../tariff/index.ts';

type Parsed = ReturnType<typeof parseTariff>;

/** A station sells by a handful of price lists; what a file of old ones brings is soon forgotten again. */
const MOST_KEPT = 32;
const kept = new Map<string, Parsed>();

/**
 * `parseTariff`, once for each document: a price list is read at every quote and every sale, and checking it takes as
 * long as all the rest of a quote. The same text is the same price list.
 */
export function parsedTariff(document: unknown): Parsed {
  const text = JSON.stringify(document);
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const parsed = parseTariff(document);
  kept.set(text, parsed);
  return parsed;
}
