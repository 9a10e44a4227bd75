import type { StsCrypto } from '../crypto-port.ts';
import { checkDes, checkMisty1, checkSta } from './check-ciphers.ts';
import { checkAmount, checkCrc, checkDerivation, checkKen, checkPan, checkTid } from './check-parts.ts';
import {
  checkCredit,
  checkCurrency,
  checkKeyChange,
  checkManagement,
  checkMeterTest,
  checkReject,
} from './check-tokens.ts';
import {
  isValues,
  mustEqual,
  readInputs,
  VectorFailure,
  type Vector,
  type VectorCheck,
  type VectorProblem,
} from './vector.ts';

const CHECKS: Readonly<Record<string, VectorCheck>> = {
  amount: checkAmount,
  class1: checkMeterTest,
  class2: checkManagement,
  crc: checkCrc,
  credit: checkCredit,
  currency: checkCurrency,
  'decode-reject': checkReject,
  des: checkDes,
  dkga: checkDerivation,
  ken: checkKen,
  keychange: checkKeyChange,
  misty1: checkMisty1,
  pan: checkPan,
  sta: checkSta,
  tid: checkTid,
};

/** The outcome for all vectors of one kind. */
export type KindReport = {
  readonly kind: string;
  readonly passed: number;
  readonly failures: readonly { readonly id: string; readonly problem: VectorProblem }[];
};

export type VectorReport = {
  /** In alphabetical order of kind. */
  readonly kinds: readonly KindReport[];
  readonly passed: number;
  readonly failed: number;
};

function isVector(value: unknown): value is Vector {
  return (
    isValues(value) &&
    typeof value['id'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isValues(value['inputs']) &&
    isValues(value['expected'])
  );
}

function check(vector: Vector, crypto: StsCrypto): void {
  const computeOf = Object.hasOwn(CHECKS, vector.kind) ? CHECKS[vector.kind] : undefined;
  if (!computeOf) throw new VectorFailure({ code: 'unknown-kind', kind: vector.kind });
  const actual = computeOf(readInputs(vector.inputs), crypto);
  for (const [key, expected] of Object.entries(vector.expected)) {
    if (!Object.hasOwn(actual, key)) throw new VectorFailure({ code: 'not-computed', key });
    mustEqual(key, expected, actual[key]);
  }
}

/** Checks one vector in both directions: undefined when it passes. */
export function checkVector(vector: unknown, crypto: StsCrypto): VectorProblem | undefined {
  if (!isVector(vector)) return { code: 'not-a-vector' };
  try {
    check(vector, crypto);
    return undefined;
  } catch (failure) {
    if (failure instanceof VectorFailure) return failure.problem;
    const error = failure instanceof Error ? failure.message : String(failure);
    return { code: 'refused', step: 'check', error };
  }
}

/** Checks a list of vectors and counts by kind. An unknown kind is a failure, and so is an empty entry. */
export function runVectors(vectors: readonly unknown[], crypto: StsCrypto): VectorReport {
  const byKind = new Map<string, { passed: number; failures: KindReport['failures'][number][] }>();
  vectors.forEach((vector, index) => {
    const kind = isVector(vector) ? vector.kind : '(none)';
    const report = byKind.get(kind) ?? { passed: 0, failures: [] };
    byKind.set(kind, report);
    const problem = checkVector(vector, crypto);
    if (!problem) report.passed += 1;
    else report.failures.push({ id: isVector(vector) ? vector.id : `entry ${index + 1}`, problem });
  });
  const kinds = [...byKind]
    .map(([kind, report]) => ({ kind, ...report }))
    .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const passed = kinds.reduce((sum, report) => sum + report.passed, 0);
  return { kinds, passed, failed: vectors.length - passed };
}
