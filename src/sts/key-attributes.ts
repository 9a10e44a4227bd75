import { err, ok, type Result } from '../units/index.ts';

/** What kind of decoder key a meter holds: initialisation, default, unique to the meter, or common. */
export const KEY_TYPE = { initialisation: 0, default: 1, unique: 2, common: 3 } as const;
export type KeyType = (typeof KEY_TYPE)[keyof typeof KEY_TYPE];

/** Key expiry number of a key that never expires. */
export const KEN_NEVER = 255;

/** The whole-number attributes of a key, with the values that each may have. */
export const ATTRIBUTE_RANGES = {
  keyType: { minimum: 0, maximum: 3 },
  tariffIndex: { minimum: 0, maximum: 99 },
  keyRevision: { minimum: 1, maximum: 9 },
  keyExpiry: { minimum: 0, maximum: 255 },
} as const;
export type AttributeName = keyof typeof ATTRIBUTE_RANGES;

export type AttributeError =
  | {
      readonly code: 'attribute-range';
      readonly field: AttributeName;
      readonly value: number;
      readonly minimum: number;
      readonly maximum: number;
    }
  | { readonly code: 'supply-group-format'; readonly text: string };

/** Checks one attribute against its range; a fraction is out of range. */
export function checkAttribute(field: AttributeName, value: number): Result<number, AttributeError> {
  const { minimum, maximum } = ATTRIBUTE_RANGES[field];
  const inRange = Number.isInteger(value) && value >= minimum && value <= maximum;
  return inRange ? ok(value) : err({ code: 'attribute-range', field, value, minimum, maximum });
}

/** Checks a supply group code: exactly six decimal digits. */
export function checkSupplyGroupCode(text: string): Result<string, AttributeError> {
  return /^[0-9]{6}$/u.test(text) ? ok(text) : err({ code: 'supply-group-format', text: text.slice(0, 20) });
}
