import { assert, err, ok, type Result } from '../units/index.ts';
import type { DecoderKey } from './decoder-key.ts';
import { encodeToken, type EncodedToken, type EncodeError } from './encode.ts';
import { checkAttribute, checkSupplyGroupCode, type AttributeError, type KeyType } from './key-attributes.ts';
import { keyTypeMoveAllowed } from './key-rules.ts';
import type { TokenCipher } from './token-cipher.ts';
import type {
  KeySection1Token,
  KeySection2Token,
  KeySection3GroupToken,
  KeySection3Token,
  KeySection4Token,
  KeySectionToken,
} from './token-fields.ts';
import { wordAt } from './words.ts';

/** What a meter is to hold after a key change. */
export type NewMeterKey = {
  readonly key: DecoderKey;
  /** Supply group code, six digits. */
  readonly sgc: string;
  /** 0 to 3. */
  readonly keyType: KeyType;
  /** 0 to 99. */
  readonly tariffIndex: number;
  /** 1 to 9. */
  readonly keyRevision: number;
  /** 0 to 255. */
  readonly keyExpiry: number;
};

export type KeyChangeOptions = {
  /** The type of the key that the meter holds now. */
  readonly fromKeyType: KeyType;
  /** The base date changes with the key: the meter is to forget its token times. */
  readonly rollOver: boolean;
  /** EA07 only: a third token tells the meter its supply group. EA11 sets always do. */
  readonly withSupplyGroup: boolean;
};

export type KeyChangeError =
  | AttributeError
  | EncodeError
  | { readonly code: 'key-type-move'; readonly from: KeyType; readonly to: KeyType }
  | { readonly code: 'ea-cannot-change'; readonly from: 7 | 11; readonly to: 7 | 11 };

const HALF_GROUP = 2 ** 12;

/** How many tokens a key change takes. */
export function keyChangeTokenCount(ea: 7 | 11, withSupplyGroup: boolean): 2 | 3 | 4 {
  if (ea === 11) return 4;
  return withSupplyGroup ? 3 : 2;
}

/** The sections of a key change in the order in which they are handed out: first to last. */
export function keySections(next: NewMeterKey, options: KeyChangeOptions): readonly KeySectionToken[] {
  const { key, keyExpiry, keyRevision, keyType, tariffIndex } = next;
  const supplyGroup = Number(next.sgc);
  const thirdFollows = key.ea === 7 && options.withSupplyGroup;
  const first: KeySectionToken = {
    kind: 'key-section-1',
    keyExpiryHigh: keyExpiry >>> 4,
    keyRevision,
    rollOver: options.rollOver,
    thirdFollows,
    keyType,
    keyPart: wordAt(key.bytes, 0),
  };
  const second: KeySectionToken = {
    kind: 'key-section-2',
    keyExpiryLow: keyExpiry & 15,
    tariffIndex,
    keyPart: wordAt(key.bytes, key.bytes.length - 4),
  };
  if (key.ea === 7) {
    return thirdFollows ? [first, second, { kind: 'key-section-3-group', supplyGroup }] : [first, second];
  }
  return [
    first,
    second,
    {
      kind: 'key-section-3',
      supplyGroupLow: supplyGroup % HALF_GROUP,
      keyPart: wordAt(key.bytes, 4),
    },
    {
      kind: 'key-section-4',
      supplyGroupHigh: Math.floor(supplyGroup / HALF_GROUP),
      keyPart: wordAt(key.bytes, 8),
    },
  ];
}

function firstError(
  oldCipher: TokenCipher,
  next: NewMeterKey,
  options: KeyChangeOptions,
): KeyChangeError | undefined {
  const checks = [
    checkSupplyGroupCode(next.sgc),
    checkAttribute('keyType', next.keyType),
    checkAttribute('tariffIndex', next.tariffIndex),
    checkAttribute('keyRevision', next.keyRevision),
    checkAttribute('keyExpiry', next.keyExpiry),
  ];
  for (const check of checks) if (!check.ok) return check.error;
  if (oldCipher.ea !== next.key.ea) return { code: 'ea-cannot-change', from: oldCipher.ea, to: next.key.ea };
  if (keyTypeMoveAllowed(options.fromKeyType, next.keyType)) return undefined;
  return { code: 'key-type-move', from: options.fromKeyType, to: next.keyType };
}

/**
 * The two, three or four tokens that give a meter a new key. All are made under the key that it holds now; a
 * meter takes them in any order. Credit made under the new key must follow them.
 */
export function encodeKeyChange(
  oldCipher: TokenCipher,
  next: NewMeterKey,
  options: KeyChangeOptions,
): Result<readonly EncodedToken[], KeyChangeError> {
  const error = firstError(oldCipher, next, options);
  if (error) return err(error);
  return ok(
    keySections(next, options).map((section) => {
      const token = encodeToken(oldCipher, section);
      assert(token.ok, 'a key section that was checked can be encoded');
      return token.value;
    }),
  );
}

/** The sections that a meter has collected so far, one place for each. */
export type KeySectionSet = {
  readonly first?: KeySection1Token;
  readonly second?: KeySection2Token;
  readonly third?: KeySection3GroupToken | KeySection3Token;
  readonly fourth?: KeySection4Token;
};

/** What a complete key change says. The supply group is missing when the set does not carry it. */
export type AssembledKey = Omit<NewMeterKey, 'sgc'> & { readonly sgc?: string; readonly rollOver: boolean };

const SECTION_PLACE = {
  'key-section-1': 'first',
  'key-section-2': 'second',
  'key-section-3-group': 'third',
  'key-section-3': 'third',
  'key-section-4': 'fourth',
} as const;

/** Adds one section to a collection, in place of an earlier one of the same number. */
export function collectKeySection(set: KeySectionSet, section: KeySectionToken): KeySectionSet {
  return { ...set, [SECTION_PLACE[section.kind]]: section };
}

function keyOfWords(ea: 7 | 11, words: readonly number[]): DecoderKey {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => view.setUint32(index * 4, word));
  return { ea, bytes };
}

function sgcText(supplyGroup: number): string {
  return supplyGroup.toString().padStart(6, '0');
}

type CarriedKey = Pick<AssembledKey, 'key' | 'sgc'>;

function carriedKey(ea: 7 | 11, set: KeySectionSet): CarriedKey | undefined {
  const { first, second, third, fourth } = set;
  if (!first || !second) return undefined;
  if (ea === 7) {
    const key = keyOfWords(7, [first.keyPart, second.keyPart]);
    if (!first.thirdFollows) return { key };
    return third?.kind === 'key-section-3-group' ? { key, sgc: sgcText(third.supplyGroup) } : undefined;
  }
  if (third?.kind !== 'key-section-3' || !fourth) return undefined;
  return {
    key: keyOfWords(11, [first.keyPart, third.keyPart, fourth.keyPart, second.keyPart]),
    sgc: sgcText(fourth.supplyGroupHigh * HALF_GROUP + third.supplyGroupLow),
  };
}

/** Puts a collection together; undefined while a section is missing. */
export function assembleKeyChange(ea: 7 | 11, set: KeySectionSet): AssembledKey | undefined {
  const { first, second } = set;
  const carried = carriedKey(ea, set);
  if (!carried || !first || !second) return undefined;
  return {
    ...carried,
    keyType: first.keyType,
    tariffIndex: second.tariffIndex,
    keyRevision: first.keyRevision,
    keyExpiry: first.keyExpiryHigh * 16 + second.keyExpiryLow,
    rollOver: first.rollOver,
  };
}
