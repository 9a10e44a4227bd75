import { err, ok, type Result } from '../units/index.ts';
import type { Tariff } from './schema.ts';

export type VersionError =
  | { readonly code: 'no-tariff-in-force'; readonly id: string; readonly nextFrom: string | undefined }
  | { readonly code: 'versions-clash'; readonly id: string; readonly version: number };

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Later dates last; of two versions for the same moment the higher number last. Civil texts sort as times. */
function inOrder(tariffs: readonly Tariff[], id: string): Tariff[] {
  return tariffs
    .filter((tariff) => tariff.id === id)
    .sort((a, b) => compareText(a.effectiveFrom, b.effectiveFrom) || a.version - b.version);
}

/**
 * The version of a tariff that counts at a moment (civil time on the utility's clock): the latest that has
 * begun; of versions that begin together the highest number. Two different files may not share a number.
 */
export function tariffInForce(
  tariffs: readonly Tariff[],
  id: string,
  at: string,
): Result<Tariff, VersionError> {
  const versions = inOrder(tariffs, id);
  const differs = (one: Tariff, other: Tariff): boolean => JSON.stringify(one) !== JSON.stringify(other);
  const clash = versions.find((tariff) =>
    versions.some((other) => other.version === tariff.version && differs(other, tariff)),
  );
  if (clash) return err({ code: 'versions-clash', id, version: clash.version });
  const begun = versions.filter(({ effectiveFrom }) => effectiveFrom <= at).at(-1);
  if (begun) return ok(begun);
  return err({ code: 'no-tariff-in-force', id, nextFrom: versions[0]?.effectiveFrom });
}

/** Versions that are loaded but have not begun, soonest first. */
export function upcomingVersions(tariffs: readonly Tariff[], id: string, at: string): readonly Tariff[] {
  return inOrder(tariffs, id).filter(({ effectiveFrom }) => effectiveFrom > at);
}
