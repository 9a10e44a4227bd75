import { quote } from './quote.ts';
import type { Tariff } from './schema.ts';
import type { AccountState, Quantise, Quote, QuoteRequest } from './types.ts';

/** A sale as the ledger keeps it: all that its calculation was made from, and what came out. */
export type RecordedSale = {
  readonly state: AccountState;
  readonly request: QuoteRequest;
  readonly at: string;
  readonly quote: Quote;
};

/** One figure that a fresh calculation does not repeat; missing ones are null. */
export type Difference = { readonly path: string; readonly recorded: unknown; readonly recomputed: unknown };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object';

/** Every leaf in which two pieces of plain data differ; an absent field equals one that is undefined. */
export function differencesOf(
  recorded: unknown,
  recomputed: unknown,
  path: readonly string[] = [],
): Difference[] {
  if (isObject(recorded) && isObject(recomputed) && Array.isArray(recorded) === Array.isArray(recomputed)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(recomputed)]);
    return [...keys].flatMap((key) => differencesOf(recorded[key], recomputed[key], [...path, key]));
  }
  if (Object.is(recorded, recomputed)) return [];
  return [{ path: path.join('/'), recorded: recorded ?? null, recomputed: recomputed ?? null }];
}

/**
 * Works a recorded sale out again from its stored tariff version, state and request, and names every figure
 * that differs. An empty list means that the sale is repeated exactly.
 */
export function replay(tariff: Tariff, recorded: RecordedSale, quantise: Quantise): readonly Difference[] {
  const again = quote(tariff, recorded.state, recorded.request, recorded.at, quantise);
  if (!again.ok) return [{ path: '', recorded: recorded.quote.tariff, recomputed: again.error }];
  return differencesOf(recorded.quote, again.value);
}
