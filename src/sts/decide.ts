import { err, ok, type CivilMinute, type Result } from '../units/index.ts';
import { EAS_OF_DKGA } from './decoder-key.ts';
import type { KeyType } from './key-attributes.ts';
import { keyChangeTokenCount } from './key-change.ts';
import { checkKeyInForce, keyTypeMoveAllowed, type VendingRefusal } from './key-rules.ts';
import type { BaseDate } from './token-identifier.ts';

/** What identifies and limits a vending key; the key itself stays in its module. */
export type VendingKeyAttributes = {
  readonly sgc: string;
  readonly keyRevision: number;
  readonly keyType: KeyType;
  readonly keyExpiry: number;
  readonly baseDate: BaseDate;
  readonly dkga: number;
};

/** What a meter is known to hold. */
export type MeterKeyRecord = {
  readonly ea: 7 | 11;
  readonly sgc: string;
  readonly keyType: KeyType;
  readonly tariffIndex: number;
  readonly keyRevision: number;
  readonly baseDate: BaseDate;
  /** Undefined when nobody has recorded it: then it is no reason for a key change. */
  readonly keyExpiry: number | undefined;
  /** Whether an EA07 meter understands the third token, which carries the supply group. */
  readonly takesThreeTokens: boolean;
};

/** What the utility wants the meter to hold. */
export type IntendedKey = {
  readonly sgc: string;
  readonly tariffIndex: number;
  readonly keyType: KeyType;
};

/** A difference between what a meter holds and what it is to hold. */
export type KeyChangeCause = 'sgc' | 'keyRevision' | 'tariffIndex' | 'keyExpiry' | 'keyType' | 'baseDate';

/** A key of the list, with what it would give this meter. */
export type KeyUse = { readonly vendingKey: VendingKeyAttributes; readonly tariffIndex: number };

/** What is to be made, in this order: the key change if there is one, then everything else under `use`. */
export type TokenPlan = {
  readonly keyChange:
    | {
        readonly causes: readonly KeyChangeCause[];
        /** The key that the change tokens are made under; it may have expired. */
        readonly from: KeyUse;
        readonly tokens: 2 | 3 | 4;
        readonly withSupplyGroup: boolean;
        /** The base date changes: token times start again in the new one. */
        readonly rollOver: boolean;
      }
    | undefined;
  /** The key for every token after the change. */
  readonly use: KeyUse;
};

export type DecisionError =
  /** No key of the intended supply group and type serves this meter's algorithm. */
  | { readonly code: 'no-key-for-supply-group'; readonly sgc: string; readonly keyType: KeyType }
  /** There are such keys, but none is in force now; the reason is the newest one's. */
  | { readonly code: 'no-key-in-force'; readonly sgc: string; readonly reason: VendingRefusal }
  /** A key change is due and the key that the meter holds is not at hand. */
  | { readonly code: 'present-key-missing'; readonly sgc: string; readonly keyRevision: number }
  | { readonly code: 'key-type-move'; readonly from: KeyType; readonly to: KeyType };

function serves(key: VendingKeyAttributes, ea: 7 | 11): boolean {
  return EAS_OF_DKGA[key.dkga]?.includes(ea) ?? false;
}

/** Newest first: the later base date, then the higher revision. */
function newestFirst(a: VendingKeyAttributes, b: VendingKeyAttributes): number {
  return b.baseDate - a.baseDate || b.keyRevision - a.keyRevision;
}

function chooseKey(
  record: MeterKeyRecord,
  intended: IntendedKey,
  keys: readonly VendingKeyAttributes[],
  now: CivilMinute,
): Result<VendingKeyAttributes, DecisionError> {
  const { sgc, keyType } = intended;
  const candidates = keys
    .filter((key) => key.sgc === sgc && key.keyType === keyType && serves(key, record.ea))
    .sort(newestFirst);
  let reason: VendingRefusal | undefined;
  for (const key of candidates) {
    const inForce = checkKeyInForce(key, now);
    if (inForce.ok) return ok(key);
    reason ??= inForce.error;
  }
  return err(
    reason ? { code: 'no-key-in-force', sgc, reason } : { code: 'no-key-for-supply-group', sgc, keyType },
  );
}

function causesOf(record: MeterKeyRecord, use: KeyUse): readonly KeyChangeCause[] {
  const { vendingKey } = use;
  const differs: Record<KeyChangeCause, boolean> = {
    sgc: record.sgc !== vendingKey.sgc,
    keyRevision: record.keyRevision !== vendingKey.keyRevision,
    tariffIndex: record.tariffIndex !== use.tariffIndex,
    keyExpiry: record.keyExpiry !== undefined && record.keyExpiry !== vendingKey.keyExpiry,
    keyType: record.keyType !== vendingKey.keyType,
    baseDate: record.baseDate !== vendingKey.baseDate,
  };
  return (Object.keys(differs) as KeyChangeCause[]).filter((cause) => differs[cause]);
}

/**
 * Says which tokens a meter is due before it can be sold anything, and under which keys: the newest key in
 * force of the intended supply group is compared with what the meter holds, and any difference takes one key
 * change set. A meter on a base date whose token times have run out is rolled over in the same way.
 */
export function decideTokens(
  record: MeterKeyRecord,
  intended: IntendedKey,
  keys: readonly VendingKeyAttributes[],
  now: CivilMinute,
): Result<TokenPlan, DecisionError> {
  const chosen = chooseKey(record, intended, keys, now);
  if (!chosen.ok) return chosen;
  const use: KeyUse = { vendingKey: chosen.value, tariffIndex: intended.tariffIndex };
  const causes = causesOf(record, use);
  if (causes.length === 0) return ok({ keyChange: undefined, use });
  const { sgc, keyRevision, keyType, baseDate } = record;
  if (!keyTypeMoveAllowed(keyType, intended.keyType)) {
    return err({ code: 'key-type-move', from: keyType, to: intended.keyType });
  }
  const present = keys.find(
    (key) =>
      key.sgc === sgc &&
      key.keyRevision === keyRevision &&
      key.keyType === keyType &&
      key.baseDate === baseDate &&
      serves(key, record.ea),
  );
  if (!present) return err({ code: 'present-key-missing', sgc, keyRevision });
  const withSupplyGroup = record.ea === 11 || (record.takesThreeTokens && causes.includes('sgc'));
  return ok({
    keyChange: {
      causes,
      from: { vendingKey: present, tariffIndex: record.tariffIndex },
      tokens: keyChangeTokenCount(record.ea, withSupplyGroup),
      withSupplyGroup,
      rollOver: causes.includes('baseDate'),
    },
    use,
  });
}
