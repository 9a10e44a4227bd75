import { assert, err, ok, type Result } from '../units/index.ts';
import { checkAttribute, type KeyType } from './key-attributes.ts';
import { packPayload, unpackPayload, type PackedToken } from './layout.ts';
import type { FieldProblem, KeySectionToken } from './token-fields.ts';
import {
  KEY_SECTION_1,
  KEY_SECTION_2,
  KEY_SECTION_3_GROUP,
  KEY_SECTION_GROUP_HALF,
} from './token-formats.ts';

const LARGEST_SUPPLY_GROUP = 999_999;

const SUB_CLASS = {
  'key-section-1': 3,
  'key-section-2': 4,
  'key-section-3-group': 8,
  'key-section-3': 8,
  'key-section-4': 9,
} as const;

function payloadOf(section: KeySectionToken): number {
  switch (section.kind) {
    case 'key-section-1':
      return packPayload(KEY_SECTION_1, {
        keyExpiryHigh: section.keyExpiryHigh,
        keyRevision: section.keyRevision,
        rollOver: Number(section.rollOver),
        thirdFollows: Number(section.thirdFollows),
        keyType: section.keyType,
        keyPart: section.keyPart,
      });
    case 'key-section-2':
      return packPayload(KEY_SECTION_2, section);
    case 'key-section-3-group':
      return packPayload(KEY_SECTION_3_GROUP, { supplyGroup: section.supplyGroup, pad: 0 });
    case 'key-section-3':
      return packPayload(KEY_SECTION_GROUP_HALF, {
        supplyGroupPart: section.supplyGroupLow,
        keyPart: section.keyPart,
      });
    default:
      return packPayload(KEY_SECTION_GROUP_HALF, {
        supplyGroupPart: section.supplyGroupHigh,
        keyPart: section.keyPart,
      });
  }
}

/** Class 2, the sections of a key change. Values outside their fields are a programmer's error and throw. */
export function packKeySection(section: KeySectionToken): PackedToken {
  return { tokenClass: 2, subClass: SUB_CLASS[section.kind], payload: payloadOf(section) };
}

function outOfRange(field: string, value: number): Result<never, FieldProblem> {
  return err({ field, value });
}

function unpackSection1(payload: number): Result<KeySectionToken, FieldProblem> {
  const values = unpackPayload(KEY_SECTION_1, payload);
  const revision = checkAttribute('keyRevision', values.keyRevision);
  if (!revision.ok) return outOfRange('keyRevision', values.keyRevision);
  return ok({
    kind: 'key-section-1',
    keyExpiryHigh: values.keyExpiryHigh,
    keyRevision: values.keyRevision,
    rollOver: values.rollOver === 1,
    thirdFollows: values.thirdFollows === 1,
    keyType: values.keyType as KeyType,
    keyPart: values.keyPart,
  });
}

function unpackSection2(payload: number): Result<KeySectionToken, FieldProblem> {
  const values = unpackPayload(KEY_SECTION_2, payload);
  const tariffIndex = checkAttribute('tariffIndex', values.tariffIndex);
  if (!tariffIndex.ok) return outOfRange('tariffIndex', values.tariffIndex);
  return ok({ kind: 'key-section-2', ...values });
}

function unpackSection3Group(payload: number): Result<KeySectionToken, FieldProblem> {
  const { supplyGroup, pad } = unpackPayload(KEY_SECTION_3_GROUP, payload);
  if (supplyGroup > LARGEST_SUPPLY_GROUP) return outOfRange('supplyGroup', supplyGroup);
  return pad === 0 ? ok({ kind: 'key-section-3-group', supplyGroup }) : outOfRange('pad', pad);
}

/** The reverse of packKeySection. Throws for a sub-class that is no key section of this algorithm. */
export function unpackKeySection(
  subClass: number,
  payload: number,
  ea: 7 | 11,
): Result<KeySectionToken, FieldProblem> {
  if (subClass === SUB_CLASS['key-section-1']) return unpackSection1(payload);
  if (subClass === SUB_CLASS['key-section-2']) return unpackSection2(payload);
  if (subClass === SUB_CLASS['key-section-3-group'] && ea === 7) return unpackSection3Group(payload);
  const { supplyGroupPart, keyPart } = unpackPayload(KEY_SECTION_GROUP_HALF, payload);
  if (subClass === SUB_CLASS['key-section-3']) {
    return ok({ kind: 'key-section-3', supplyGroupLow: supplyGroupPart, keyPart });
  }
  assert(subClass === SUB_CLASS['key-section-4'] && ea === 11, 'the sub-class is a key section');
  return ok({ kind: 'key-section-4', supplyGroupHigh: supplyGroupPart, keyPart });
}
