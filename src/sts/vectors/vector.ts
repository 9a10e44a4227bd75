import type { StsCrypto } from '../crypto-port.ts';

/** One published or derived case, as the vector file holds it (docs/formats/vectors.md). */
export type Vector = {
  readonly id: string;
  readonly kind: string;
  readonly inputs: VectorValues;
  readonly expected: VectorValues;
};

export type VectorValues = { readonly [key: string]: unknown };

/** Why a vector failed. */
export type VectorProblem =
  | { readonly code: 'not-a-vector' }
  | { readonly code: 'unknown-kind'; readonly kind: string }
  | { readonly code: 'input'; readonly key: string; readonly value: unknown }
  | { readonly code: 'not-computed'; readonly key: string }
  | { readonly code: 'differs'; readonly key: string; readonly expected: unknown; readonly actual: unknown }
  | { readonly code: 'refused'; readonly step: string; readonly error: unknown };

/** Ends one vector's check; caught by the runner. */
export class VectorFailure extends Error {
  readonly problem: VectorProblem;

  constructor(problem: VectorProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** Computes everything that can be known from the inputs: the runner compares it with what is expected. */
export type VectorCheck = (inputs: VectorInputs, crypto: StsCrypto) => VectorValues;

/** Reads inputs by name and type; a missing or wrong one fails the vector and is named. */
export type VectorInputs = {
  readonly has: (key: string) => boolean;
  readonly text: (key: string) => string;
  readonly whole: (key: string) => number;
  /** A decimal, as text or as a number. */
  readonly decimal: (key: string) => string;
  /** True or false, or 1 or 0. */
  readonly flag: (key: string) => boolean;
  readonly group: (key: string) => VectorInputs;
};

export function readInputs(values: VectorValues): VectorInputs {
  const fail = (key: string): never => {
    throw new VectorFailure({ code: 'input', key, value: values[key] });
  };
  return {
    has: (key) => values[key] !== undefined,
    text: (key) => {
      const value = values[key];
      return typeof value === 'string' ? value : fail(key);
    },
    decimal: (key) => {
      const value = values[key];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : fail(key);
    },
    whole: (key) => {
      const value = values[key];
      const number = typeof value === 'string' && /^\d+$/u.test(value) ? Number(value) : value;
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : fail(key);
    },
    flag: (key) => {
      const value = values[key];
      if (value === 1 || value === true) return true;
      return value === 0 || value === false ? false : fail(key);
    },
    group: (key) => {
      const value = values[key];
      return isValues(value) ? readInputs(value) : fail(key);
    },
  };
}

export function isValues(value: unknown): value is VectorValues {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a result, or the end of this vector. */
export function valueOf<T>(
  step: string,
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (result.ok) return result.value;
  throw new VectorFailure({ code: 'refused', step, error: result.error });
}

function plain(value: unknown): string {
  return JSON.stringify(value)?.toLowerCase() ?? '';
}

/** Ends this vector unless both values are the same; letter case does not count, as hexadecimal has two. */
export function mustEqual(key: string, expected: unknown, actual: unknown): void {
  if (plain(expected) !== plain(actual)) throw new VectorFailure({ code: 'differs', key, expected, actual });
}
