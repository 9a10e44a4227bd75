/** Exact fractions for the second tariff calculator: its own, so that an error in the product's is not shared. */
export type Fr = { readonly n: bigint; readonly d: bigint };

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

export function fr(n: bigint | number, d: bigint | number = 1n): Fr {
  let [a, b] = [abs(BigInt(n)), abs(BigInt(d))];
  if (b === 0n) throw new Error('division by nought');
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = BigInt(n) < 0n !== BigInt(d) < 0n ? -1n : 1n;
  return { n: (sign * abs(BigInt(n))) / a, d: abs(BigInt(d)) / a };
}

export const plus = (a: Fr, b: Fr): Fr => fr(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Fr, b: Fr): Fr => fr(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Fr, b: Fr): Fr => fr(a.n * b.n, a.d * b.d);
export const over = (a: Fr, b: Fr): Fr => fr(a.n * b.d, a.d * b.n);
export const less = (a: Fr, b: Fr): boolean => a.n * b.d < b.n * a.d;
export const same = (a: Fr, b: Fr): boolean => a.n === b.n && a.d === b.d;
export const smaller = (a: Fr, b: Fr): Fr => (less(b, a) ? b : a);
export const larger = (a: Fr, b: Fr): Fr => (less(a, b) ? b : a);
export const NOUGHT = fr(0n);
export const total = (values: readonly Fr[]): Fr => values.reduce(plus, NOUGHT);

export function decimalOf(text: string): Fr {
  const [whole = '0', part = ''] = text.split('.');
  return fr(BigInt(whole + part), 10n ** BigInt(part.length));
}

export function floorOf(a: Fr): bigint {
  return a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d);
}

export type Mode = 'down' | 'half-up' | 'up';

/** To a multiple of `step`; halves go up. */
export function rounded(a: Fr, mode: Mode, step: Fr): Fr {
  const steps = over(a, step);
  const whole =
    mode === 'down'
      ? floorOf(steps)
      : mode === 'up'
        ? -floorOf(fr(-steps.n, steps.d))
        : floorOf(plus(steps, fr(1, 2)));
  return times(fr(whole), step);
}
