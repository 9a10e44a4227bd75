import type { StationSettings } from '../../contract/index.ts';
import { usualDenominations } from './cash.ts';

export type ShiftSettings = {
  readonly drawers: readonly string[];
  readonly closedByAnother: boolean;
  readonly denominationsMinor: readonly number[];
  readonly beneficiary: string;
};

/** How drawers are kept here; what the settings leave out is filled in. */
export function shiftSettings(settings: StationSettings): ShiftSettings {
  const { shifts, currency } = settings;
  return {
    drawers: shifts?.drawers ?? ['1'],
    closedByAnother: shifts?.closedByAnother ?? false,
    denominationsMinor: shifts?.denominationsMinor ?? usualDenominations(currency.cashStepMinor),
    beneficiary: shifts?.beneficiary ?? '',
  };
}
