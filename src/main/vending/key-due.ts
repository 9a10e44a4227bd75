import type { CallFault, StationSettings } from '../../contract/index.ts';
import { keyTypeMoveAllowed, type KeyType } from '../../sts/index.ts';
import { ok, type Result } from '../../units/index.ts';
import type { MeterRecord } from '../directory/index.ts';
import type { VendingKeyAttributes } from '../secure-module/index.ts';
import { refuse } from './faults.ts';
import { servingKey } from './prepare.ts';
import type { KeyChangeTarget } from './work.ts';

/** The parts of a meter's key that a record can have wrong, or that a key change moves. */
export type KeyPlace = {
  readonly sgc: string;
  readonly krn: number;
  readonly ti: number;
  /** What the meter has where it is left out. */
  readonly keyType?: KeyType | undefined;
};

/** A key change with the vending key that makes the new key. */
export type KeyChange = { readonly target: KeyChangeTarget; readonly key: VendingKeyAttributes };

/** What the meter is to hold, with the vending key that makes it; `module-no-key` where the module has none. */
export function keyChangeTo(
  meter: MeterRecord,
  to: KeyPlace,
  withSupplyGroup: boolean,
  keys: readonly VendingKeyAttributes[],
): Result<KeyChange, CallFault> {
  const keyType = to.keyType ?? meter.keyType;
  if (!keyTypeMoveAllowed(meter.keyType, keyType)) return refuse('module-key-change');
  const key = servingKey({ ...meter, ...to, keyType }, keys);
  if (!key) return refuse('module-no-key', { sgc: to.sgc, krn: to.krn });
  const { baseDate, ken } = key;
  const tells = tellsGroup(meter, to, withSupplyGroup);
  return ok({ target: { ...to, keyType, baseDate, ken, withSupplyGroup: tells }, key });
}

/** Whether a third token tells the meter its supply group: by that one only it learns a new one. An EA11 set has it always. */
export function tellsGroup(
  meter: Pick<MeterRecord, 'ea' | 'sgc'>,
  to: Pick<KeyPlace, 'sgc'>,
  isWanted: boolean,
): boolean {
  return meter.ea === 7 && (isWanted || to.sgc !== meter.sgc);
}

/**
 * The key change that a meter is due with its next purchase: its supply group has gone on to another revision. Null
 * where there is none, or where the module has no key of it: the meter is served as it is.
 */
export function keyChangeDue(
  { supplyGroups }: StationSettings,
  meter: MeterRecord,
  keys: readonly VendingKeyAttributes[],
): KeyChange | null {
  const { sgc, ti } = meter;
  const krn = supplyGroups[sgc]?.keyRevision;
  if (krn === undefined || krn === meter.krn) return null;
  const change = keyChangeTo(meter, { sgc, krn, ti }, false, keys);
  return change.ok ? change.value : null;
}
