import type { Tariff } from './schema.ts';

/** What the rules of a tariff have to be told of an account, by name; in the order of the file, each once. */
export type TariffNeeds = {
  readonly categories: readonly string[];
  readonly channels: readonly string[];
  /** Ampere, kVA, persons and the like. */
  readonly quantities: readonly string[];
  readonly debts: readonly string[];
};

const once = (names: readonly string[]): string[] => [...new Set(names)];

/** Reads out of the rules what master data must hold for the meters that a tariff is meant for. */
export function needsOf({ stages, entitlements }: Tariff): TariffNeeds {
  const rules = [...stages, ...entitlements];
  const quantity = (stage: Tariff['stages'][number]): string[] => {
    if (stage.kind === 'fixed') return stage.times === undefined ? [] : [stage.times];
    return stage.kind === 'per-unit' && stage.blocksTimes !== undefined ? [stage.blocksTimes] : [];
  };
  return {
    categories: once(rules.flatMap(({ when }) => when?.category ?? [])),
    channels: once(rules.flatMap(({ when }) => when?.channel ?? [])),
    quantities: once(stages.flatMap(quantity)),
    debts: once(stages.flatMap((stage) => (stage.kind === 'debt' ? [stage.debt] : []))),
  };
}
