import { expect, it } from 'vitest';
import {
  decodeToken,
  encodeToken,
  prepareTokenCipher,
  type DecodedToken,
  type DecoderKey,
} from '../../src/sts/index.ts';
import { RESOURCES, unitsTenths } from '../../src/units/index.ts';
import { DEEP, randomFrom, SEED, type Random } from './sts-random.ts';

const TOKENS = DEEP ? 10_000 : 200;
/** A check field of sixteen bits lets one random block in 65,536 through. */
const CHANCE = 2 ** -16;

function randomCredit(random: Random): { readonly digits: string; readonly key: DecoderKey } {
  const ea = random.pick([7, 11] as const);
  const key: DecoderKey = { ea, bytes: random.bytes(ea === 7 ? 8 : 16) };
  const token = encodeToken(prepareTokenCipher(key), {
    kind: 'credit',
    resource: random.pick(RESOURCES),
    tid: random.below(2 ** 24),
    rnd: random.below(16),
    units: unitsTenths(random.below(18_201_625)),
  });
  if (!token.ok) throw new Error(JSON.stringify(token.error));
  return { digits: token.value.digits, key };
}

/** All 180 numbers that differ from this one in exactly one digit. */
function* changedOnce(digits: string): Generator<string> {
  for (let place = 0; place < digits.length; place += 1) {
    for (let digit = 0; digit < 10; digit += 1) {
      if (Number(digits[place]) !== digit) yield digits.slice(0, place) + digit + digits.slice(place + 1);
    }
  }
}

/** Class, token time and amount: what must never survive a mistyped digit. */
function substance(token: DecodedToken): string {
  const { fields } = token;
  const tid = 'tid' in fields ? fields.tid : '';
  return `${token.tokenClass} ${token.subClass} ${tid} ${token.clearBlock.lo >>> 16}`;
}

it(`a mistyped digit in ${TOKENS} tokens never gives the same credit, and passes the check as rarely as chance`, () => {
  const random = randomFrom(SEED + 7);
  let checked = 0;
  let passed = 0;
  let tried = 0;
  for (let number = 0; number < TOKENS; number += 1) {
    const { digits, key } = randomCredit(random);
    const context = { cipher: prepareTokenCipher(key) };
    const original = decodeToken(digits, context);
    if (!original.ok) throw new Error(digits);
    for (const changed of changedOnce(digits)) {
      tried += 1;
      const decoded = decodeToken(changed, context);
      // Too large a number and class 3 are refused before the check field is looked at.
      const isUnchecked =
        !decoded.ok &&
        (decoded.error.code === 'FormatError' ||
          (decoded.error.code === 'FunctionError' && decoded.error.tokenClass === 3));
      if (isUnchecked) continue;
      checked += 1;
      if (decoded.ok || decoded.error.code !== 'CRCError') passed += 1;
      if (decoded.ok) expect(substance(decoded.value), changed).not.toBe(substance(original.value));
    }
  }
  const expected = checked * CHANCE;
  const sigma = Math.sqrt(checked * CHANCE * (1 - CHANCE));
  const share = checked / passed;
  console.log(
    `${tried} changes of ${TOKENS} tokens (seed ${SEED}): ${checked} reached the check field, ${passed} passed it ` +
      `(one in ${passed === 0 ? 'none' : share.toFixed(0)}; chance gives ${expected.toFixed(1)} ± ${(3 * sigma).toFixed(1)})`,
  );
  expect(tried).toBe(TOKENS * 180);
  expect(Math.abs(passed - expected)).toBeLessThanOrEqual(3 * sigma);
}, 900_000);
