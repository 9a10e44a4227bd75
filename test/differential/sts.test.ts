import { describe, expect, it } from 'vitest';
import { nodeStsCrypto } from '../../src/main/secure-module/software/node-sts-crypto.ts';
import {
  assembleKeyChange,
  collectKeySection,
  decodeToken,
  deriveDecoderKey,
  encodeKeyChange,
  encodeMeterTest,
  encodeToken,
  parseMeterNumber,
  prepareTokenCipher,
  type DecoderKeyInputs,
  type EncryptedTokenFields,
  type KeySectionSet,
  type KeySectionToken,
  type TokenCipher,
} from '../../src/sts/index.ts';
import { RESOURCES, unitsTenths } from '../../src/units/index.ts';
import {
  plainAmount,
  plainAmountValue,
  plainCheckDigit,
  plainCurrency,
  plainDkga02,
  plainDkga04,
  plainToken,
  type PlainField,
} from './sts-plain.ts';
import { DEEP, randomFrom, SEED, type Random } from './sts-random.ts';

const CASES = DEEP ? 100_000 : 2_000;
/** A deep run on a busy machine takes minutes. */
const TIMEOUT_MS = 900_000;
const KEYS = DEEP ? 2_000 : 200;
const BASE_DATES = [1993, 2014, 2035] as const;

function must<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

function randomPan(random: Random): string {
  const payload = random.below(2) === 0 ? random.digits(10) : random.digits(12);
  const drn = payload + plainCheckDigit(payload);
  const issued = (drn.length === 11 ? '600727' : '0000') + drn;
  return issued + plainCheckDigit(issued);
}

function oddParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    const ones = [...(byte >> 1).toString(2)].filter((bit) => bit === '1').length;
    return (byte & 0xfe) | (ones % 2 === 0 ? 1 : 0);
  });
}

type TestKey = { readonly ea: 7 | 11; readonly bytes: Uint8Array; readonly cipher: TokenCipher };

/** A random meter's key, derived twice and compared. */
function randomKey(random: Random): TestKey {
  const dkga = random.pick([2, 4]);
  const ea = dkga === 2 ? 7 : random.pick([7, 11] as const);
  const pan = randomPan(random);
  const vendingKey = dkga === 2 ? oddParity(random.bytes(8)) : random.bytes(20);
  const inputs = {
    sgc: random.digits(6),
    keyType: dkga === 2 ? random.below(4) : random.below(3),
    tariffIndex: random.below(100),
    keyRevision: 1 + random.below(9),
    baseDate: random.pick(BASE_DATES),
    ea,
  };
  const whole: DecoderKeyInputs = { ...inputs, dkga, meter: must(parseMeterNumber(pan)) };
  const key = must(deriveDecoderKey(nodeStsCrypto, vendingKey, whole));
  const plain = (dkga === 2 ? plainDkga02 : plainDkga04)(vendingKey, { ...inputs, pan });
  expect(Buffer.from(key.bytes).toString('hex'), JSON.stringify(inputs)).toBe(
    Buffer.from(plain).toString('hex'),
  );
  return { ea, bytes: key.bytes, cipher: prepareTokenCipher(key) };
}

function randomKeys(random: Random): readonly TestKey[] {
  return Array.from({ length: KEYS }, () => randomKey(random));
}

/** What the engine is asked for, what the plain engine is asked for, and what must come back. */
type Case = {
  readonly fields: EncryptedTokenFields;
  readonly subClass: number;
  readonly plain: readonly PlainField[];
  readonly back: EncryptedTokenFields;
};

function randomMoney(random: Random): bigint {
  const digits = 1 + random.below(35);
  const magnitude = BigInt(random.digits(digits));
  return random.below(2) === 0 ? magnitude : -magnitude;
}

function currencyBack(signExponent: number, amount: number): bigint {
  const exponent = BigInt((signExponent % 8) * 4 + (amount >> 14));
  const magnitude = BigInt(amount % 16_384) * 10n ** exponent + (16_384n * (10n ** exponent - 1n)) / 9n;
  return signExponent >= 8 ? -magnitude : magnitude;
}

function randomAmount(random: Random): number {
  return random.below([16_384, 180_225, 1_818_625, 18_201_625][random.below(4)]!);
}

function creditCase(random: Random): Case {
  const number = random.below(4);
  const resource = RESOURCES[number]!;
  const once = { tid: random.below(2 ** 24), rnd: random.below(16) };
  if (random.below(2) === 0) {
    const units = randomAmount(random);
    const field = plainAmount(units);
    const fields = { kind: 'credit', resource, ...once, units: unitsTenths(units) } as const;
    const back = { ...fields, units: unitsTenths(plainAmountValue(field)) };
    return {
      fields,
      subClass: number,
      plain: [
        [once.rnd, 4],
        [once.tid, 24],
        [field, 16],
      ],
      back,
    };
  }
  const amount = randomMoney(random);
  const [signExponent, field] = plainCurrency(amount);
  const fields = { kind: 'currency-credit', resource, tid: once.tid, amount } as const;
  const back = { ...fields, amount: currencyBack(signExponent, field) };
  return {
    fields,
    subClass: 4 + number,
    plain: [
      [signExponent, 4],
      [once.tid, 24],
      [field, 16],
    ],
    back,
  };
}

function managementCase(random: Random): Case {
  const once = { tid: random.below(2 ** 24), rnd: random.below(16) };
  const word = random.below(65_536);
  const watts = randomAmount(random);
  const amount = plainAmount(watts);
  const rounded = plainAmountValue(amount);
  const register = random.pick([0, 1, 2, 3, 4, 5, 6, 7, 65_535]);
  const made = (subClass: number, value: number, fields: EncryptedTokenFields, back = fields): Case => ({
    fields,
    subClass,
    plain: [
      [once.rnd, 4],
      [once.tid, 24],
      [value, 16],
    ],
    back,
  });
  const limit = (kind: 'power-limit' | 'phase-unbalance-limit', subClass: number): Case =>
    made(subClass, amount, { kind, ...once, watts }, { kind, ...once, watts: rounded });
  return random.pick([
    () => limit('power-limit', 0),
    () => limit('phase-unbalance-limit', 6),
    () => made(1, register, { kind: 'clear-credit', ...once, register }),
    () => made(2, word, { kind: 'tariff-rate', ...once, rate: word }),
    () => made(5, 0, { kind: 'clear-tamper', ...once }),
    () => made(7, word, { kind: 'water-meter-factor', ...once, factor: word }),
    () =>
      made(10, word, { kind: 'extended-set', ...once, index: Math.floor(word / 1024), value: word % 1024 }),
  ])();
}

function runCases(makeCase: (random: Random) => Case, tokenClass: number): void {
  const random = randomFrom(SEED + tokenClass);
  const keys = randomKeys(random);
  for (let number = 0; number < CASES; number += 1) {
    const key = random.pick(keys);
    const { fields, subClass, plain, back } = makeCase(random);
    const token = must(encodeToken(key.cipher, fields)).digits;
    const expected = plainToken({ tokenClass, subClass, fields: plain, ea: key.ea, key: key.bytes });
    const decoded = must(decodeToken(token, { cipher: key.cipher })).fields;
    if (token !== expected || !sameFields(decoded, back)) {
      const where = `seed ${SEED}, case ${number}`;
      expect(token, where).toBe(expected);
      expect(decoded, where).toEqual(back);
    }
  }
}

/** Quicker than the test library's comparison, which runs only on a difference. */
function sameFields(one: object, other: object): boolean {
  const text = (value: object): string =>
    JSON.stringify(
      Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
      (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner),
    );
  return text(one) === text(other);
}

describe('the engine and the plain engine agree', () => {
  it(`on ${CASES} random tokens of class 0`, () => runCases(creditCase, 0), TIMEOUT_MS);

  it(`on ${CASES} random tokens of class 2`, () => runCases(managementCase, 2), TIMEOUT_MS);

  it(
    `on ${CASES} random tokens of class 1`,
    () => {
      const random = randomFrom(SEED + 1);
      for (let number = 0; number < CASES; number += 1) {
        const subClass = random.pick([0, 1, 2] as const);
        const [controlBits, makerBits] = subClass === 1 ? [28, 16] : [36, 8];
        const control = random.below(2 ** controlBits);
        const manufacturerCode = random.below(2 ** makerBits);
        const fields = { kind: 'meter-test', subClass, control, manufacturerCode } as const;
        const token = must(encodeMeterTest(fields)).digits;
        const plain = [
          [control, controlBits],
          [manufacturerCode, makerBits],
        ] as const;
        const where = `seed ${SEED}, case ${number}`;
        const key = new Uint8Array(8);
        expect(token, where).toBe(plainToken({ tokenClass: 1, subClass, fields: plain, ea: 7, key }));
        expect(must(decodeToken(token, {})).fields, where).toEqual(fields);
      }
    },
    TIMEOUT_MS,
  );

  it(
    `on ${CASES / 4} random key changes`,
    () => {
      const random = randomFrom(SEED + 3);
      const keys = randomKeys(random);
      for (let number = 0; number < CASES / 4; number += 1) keyChangeCase(random, keys, number);
    },
    TIMEOUT_MS,
  );
});

function keyWords(bytes: Uint8Array): number[] {
  return Array.from({ length: bytes.length / 4 }, (_, index) => Buffer.from(bytes).readUInt32BE(index * 4));
}

function keyChangeCase(random: Random, keys: readonly TestKey[], number: number): void {
  const old = random.pick(keys);
  const next = random.pick(keys.filter(({ ea }) => ea === old.ea));
  const rollOver = random.below(2) === 1;
  const third = random.below(2) === 1;
  const wanted = {
    key: { ea: next.ea, bytes: next.bytes },
    sgc: random.digits(6),
    keyType: random.pick([1, 2] as const),
    tariffIndex: random.below(100),
    keyRevision: 1 + random.below(9),
    keyExpiry: random.below(256),
  };
  const group = Number(wanted.sgc);
  const words = keyWords(next.bytes);
  const { keyExpiry, keyRevision, keyType, tariffIndex } = wanted;
  const isShort = old.ea === 7;
  const first: PlainField[] = [
    [keyExpiry >> 4, 4],
    [keyRevision, 4],
    [Number(rollOver), 1],
  ];
  const flag = isShort && third ? 1 : 0;
  const sections: [number, PlainField[]][] = [
    [3, [...first, [flag, 1], [keyType, 2], [words[0]!, 32]]],
    [
      4,
      [
        [keyExpiry & 15, 4],
        [tariffIndex, 8],
        [words.at(-1)!, 32],
      ],
    ],
  ];
  if (flag === 1)
    sections.push([
      8,
      [
        [group, 24],
        [0, 20],
      ],
    ]);
  if (!isShort) {
    sections.push(
      [
        8,
        [
          [group & 0xfff, 12],
          [words[1]!, 32],
        ],
      ],
      [
        9,
        [
          [group >> 12, 12],
          [words[2]!, 32],
        ],
      ],
    );
  }
  const options = { fromKeyType: 2, rollOver, withSupplyGroup: third } as const;
  const tokens = must(encodeKeyChange(old.cipher, wanted, options)).map(({ digits }) => digits);
  const expected = sections.map(([subClass, fields]) =>
    plainToken({ tokenClass: 2, subClass, fields, ea: old.ea, key: old.bytes }),
  );
  const where = `seed ${SEED}, case ${number}`;
  expect(tokens, where).toEqual(expected);
  const set = tokens.reduce<KeySectionSet>((sum, token) => {
    const { fields } = must(decodeToken(token, { cipher: old.cipher }));
    return collectKeySection(sum, fields as KeySectionToken);
  }, {});
  const { sgc, ...rest } = wanted;
  const carried = tokens.length > 2 ? { ...rest, sgc } : rest;
  expect(assembleKeyChange(old.ea, set), where).toEqual({ ...carried, rollOver });
}
