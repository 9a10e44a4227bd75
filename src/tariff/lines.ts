import type { Context } from './context.ts';
import { fractionText, roundTo, toNumber, whole } from './exact.ts';
import type { Purchase } from './purchase.ts';
import type { QuoteLine } from './types.ts';
import type { Draft } from './unit-charges.ts';

/** The money of a quote: lines, and where the rest of the tender went. */
export type Figures = {
  readonly tenderMinor: number;
  readonly lines: readonly QuoteLine[];
  readonly changeMinor: number;
  readonly carriedMinor: number;
  readonly accountedMinor: number;
};

const fromDraft = ({ line, exact, amount }: Draft): QuoteLine => ({
  ...line,
  exact: fractionText(exact),
  amountMinor: toNumber(amount),
});

const roundingLine = (kind: 'rounding' | 'cash-rounding', amountMinor: number): QuoteLine => ({
  key: kind,
  rule: kind,
  kind,
  role: 'rounding',
  label: '',
  place: 'inside',
  base: { of: 'none', value: '' },
  rate: '',
  exact: amountMinor.toString(),
  amountMinor,
});

const total = (lines: readonly QuoteLine[], place: QuoteLine['place']): number =>
  lines.filter((line) => line.place === place).reduce((all, line) => all + line.amountMinor, 0);

type Rest = {
  readonly lines: readonly QuoteLine[];
  readonly changeMinor: number;
  readonly carriedMinor: number;
};

/** Puts the rest of the money where the tariff says; money given beyond it is always a rounding line. */
function placeRest(context: Context, lines: readonly QuoteLine[], rest: number, cash: boolean): Rest {
  const { remainder } = context.compiled.tariff.units;
  const done = (extra: readonly QuoteLine[], changeMinor: number, carriedMinor: number): Rest => ({
    lines: [...lines, ...extra],
    changeMinor,
    carriedMinor,
  });
  if (rest === 0) return done([], 0, 0);
  const absorbed = typeof remainder === 'object' ? absorb(lines, remainder.line, rest) : undefined;
  if (absorbed) return absorbed;
  if (rest < 0 || remainder === 'rounding') return done([roundingLine('rounding', rest)], 0, 0);
  if (remainder !== 'change') return done([], 0, rest);
  const step = cash ? context.compiled.tariff.currency.cashStepMinor : 1;
  const change = Math.floor(rest / step) * step;
  return done(change === rest ? [] : [roundingLine('rounding', rest - change)], change, 0);
}

/** Adds the rest to the last line of a stage; undefined when the quote has none, and the rest is carried. */
function absorb(lines: readonly QuoteLine[], rule: string, rest: number): Rest | undefined {
  const at = lines.findLastIndex((line) => line.rule === rule);
  if (at < 0) return undefined;
  const grown = lines.map((line, index) =>
    index === at ? { ...line, amountMinor: line.amountMinor + rest } : line,
  );
  return { lines: grown, changeMinor: 0, carriedMinor: 0 };
}

/** Cash tenders are multiples of the cash step, by the tariff's rule; never less than one step. */
function tenderOf(context: Context, exactMinor: number, cash: boolean): number {
  const { currency, cashRounding } = context.compiled.tariff;
  if (!cash) return exactMinor;
  return toNumber(roundTo(whole(exactMinor), { mode: cashRounding, step: whole(currency.cashStepMinor) }));
}

/** Writes the lines in the tariff's declared order and accounts for the whole tender. */
export function linesOf(context: Context, made: Purchase, cash: boolean): Figures {
  const drafts = context.compiled.tariff.stages.flatMap(({ id }) => made.ledger.get(id) ?? []);
  const charged = drafts.filter(({ amount }) => amount.num !== 0n).map(fromDraft);
  const onTop = total(charged, 'on-top');
  const spent = [...made.settlement.lines, ...charged];
  const rest = placeRest(context, spent, made.amountMinor - total(spent, 'inside'), cash);
  const tenderMinor = tenderOf(context, made.amountMinor + onTop, cash);
  const cashRounding = tenderMinor - made.amountMinor - onTop;
  const lines =
    cashRounding === 0 ? rest.lines : [...rest.lines, roundingLine('cash-rounding', cashRounding)];
  const accounted = lines.filter(
    ({ role, place }) => role !== 'settlement' && role !== 'rounding' && place !== 'included',
  );
  const accountedMinor = accounted.reduce((all, line) => all + line.amountMinor, 0);
  return {
    tenderMinor,
    lines,
    changeMinor: rest.changeMinor,
    carriedMinor: rest.carriedMinor,
    accountedMinor,
  };
}
