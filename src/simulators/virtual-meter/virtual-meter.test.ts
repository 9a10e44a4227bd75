import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hex,
  meter as meterNumber,
  must,
  publishedVector,
  publishedVectors,
  SUITE_DECODER_KEY,
  SUITE_METER,
  suiteCipher,
  suiteKey,
} from '../../../test/fixtures/vectors/published-vectors.ts';
import {
  controlOf,
  encodeKeyChange,
  encodeMeterTest,
  encodeToken,
  prepareTokenCipher,
  type EncryptedTokenFields,
  type KeyType,
  type Vector,
} from '../../sts/index.ts';
import { RESOURCES, unitsTenths } from '../../units/index.ts';
import {
  consume,
  createVirtualMeter,
  keyIn,
  pressKey,
  setLink,
  tamper,
  type Key,
  type MeterReply,
  type MeterSetup,
  type VirtualMeter,
} from './index.ts';

const SETUP: MeterSetup = {
  meter: SUITE_METER,
  decoderKey: SUITE_DECODER_KEY[7],
  sgc: '201457',
  keyType: 2,
  keyRevision: 1,
  tariffIndex: 1,
  keyExpiry: 255,
  madeAtTid: 0,
};
const cipher = suiteCipher(7);

function newMeter(change: Partial<MeterSetup> = {}): VirtualMeter {
  return createVirtualMeter({ ...SETUP, ...change }, 'CIU-1');
}

function token(fields: EncryptedTokenFields): string {
  return must(encodeToken(cipher, fields)).digits;
}

function credit(tid: number, tenths = 10): string {
  return token({ kind: 'credit', resource: 'electricity', tid, rnd: 5, units: unitsTenths(tenths) });
}

/** Keys in tokens one after another: the meter afterwards and what it showed each time. */
function keyInAll(
  start: VirtualMeter,
  tokens: readonly string[],
  nowMs = 0,
): { readonly meter: VirtualMeter; readonly replies: readonly MeterReply[] } {
  let meter = start;
  const replies = tokens.map((digits) => {
    const done = keyIn(meter, digits, nowMs);
    meter = done.meter;
    return done.reply;
  });
  return { meter, replies };
}

/** The standard's name for a reply: the result, or the error that was given. */
function nameOf(reply: MeterReply): string {
  return reply.result === 'refused' ? reply.error.code : reply.result;
}

function names(start: VirtualMeter, tokens: readonly string[], nowMs = 0): readonly string[] {
  return keyInAll(start, tokens, nowMs).replies.map(nameOf);
}

function meterFor(vector: Vector, key: unknown, change: Partial<MeterSetup> = {}): VirtualMeter {
  const ea = vector.inputs['ea'] === 11 ? 11 : 7;
  const pan = vector.inputs['pan'];
  return newMeter({
    decoderKey: { ea, bytes: hex(String(key)) },
    meter: typeof pan === 'string' ? meterNumber(pan) : SUITE_METER,
    ...change,
  });
}

describe('the published tokens', () => {
  it.each(['credit', 'currency', 'class2'])('of kind %s are taken once', (kind) => {
    for (const vector of publishedVectors(kind)) {
      const digits = String(vector.expected['token']);
      const key = vector.expected['decoderKey'] ?? vector.inputs['decoderKey'];
      expect(names(meterFor(vector, key), [digits, digits]), vector.id).toEqual(['Accept', 'UsedError']);
    }
  });

  it('of class 1 are taken by every meter, any number of times', () => {
    for (const { id, expected } of publishedVectors('class1')) {
      const digits = String(expected['token']);
      expect(names(newMeter(), [digits, digits]), id).toEqual(['Accept', 'Accept']);
    }
  });

  it('that are no tokens are refused by name', () => {
    for (const vector of publishedVectors('decode-reject')) {
      const key = vector.inputs['decoderKey'] ?? '87f3ecbb2e46b48f';
      const reply = keyIn(meterFor(vector, key), String(vector.inputs['token']), 0).reply;
      expect(nameOf(reply), vector.id).toBe(vector.expected['result']);
    }
  });

  it.each([
    ['are used up in the minute of manufacture', 85_740, ['UsedError']],
    ['are taken by a meter made a minute earlier', 85_739, ['Accept']],
    ['are old to a meter made a minute later', 85_741, ['OldError']],
  ])('%s', (_name, madeAtTid, expected) => {
    // The suite's first credit token has token time 85740.
    expect(names(newMeter({ madeAtTid }), ['70630503470028726114'])).toEqual(expected);
  });
});

describe('any token that the engine makes', () => {
  const tid = fc.integer({ min: 1, max: 2 ** 24 - 1 });
  const rnd = fc.integer({ min: 0, max: 15 });
  const resource = fc.constantFrom(...RESOURCES);
  const amount = fc.integer({ min: 0, max: 18_201_624 });
  const word = fc.integer({ min: 0, max: 65_535 });
  const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);
  const tokens = fc.oneof(
    fc.record({ kind: kind('credit'), resource, tid, rnd, units: amount.map(unitsTenths) }),
    fc.record({ kind: kind('currency-credit'), resource, tid, amount: fc.bigInt(-(10n ** 35n), 10n ** 35n) }),
    fc.record({ kind: kind('power-limit'), tid, rnd, watts: amount }),
    fc.record({ kind: kind('phase-unbalance-limit'), tid, rnd, watts: amount }),
    fc.record({
      kind: kind('clear-credit'),
      tid,
      rnd,
      register: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 65_535),
    }),
    fc.record({ kind: kind('clear-tamper'), tid, rnd }),
    fc.record({ kind: kind('tariff-rate'), tid, rnd, rate: word }),
    fc.record({ kind: kind('water-meter-factor'), tid, rnd, factor: word }),
    fc.record({
      kind: kind('extended-set'),
      tid,
      rnd,
      index: fc.integer({ min: 0, max: 63 }),
      value: fc.integer({ min: 0, max: 1023 }),
    }),
  );

  it('is taken once, with either algorithm', () => {
    fc.assert(
      fc.property(fc.constantFrom(7 as const, 11 as const), tokens, (ea, fields) => {
        const made = must(encodeToken(suiteCipher(ea), fields)).digits;
        const start = newMeter({ decoderKey: SUITE_DECODER_KEY[ea] });
        expect(names(start, [made, made])).toEqual(['Accept', 'UsedError']);
      }),
      { numRuns: 300 },
    );
  });
});

function keyChangeCases(): readonly Vector[] {
  return publishedVectors('keychange');
}

function permutations(list: readonly string[]): readonly (readonly string[])[] {
  if (list.length <= 1) return [list];
  return list.flatMap((first, index) =>
    permutations(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
  );
}

type KeySide = { readonly [key: string]: unknown };

describe('the published key changes', () => {
  it('are taken in any order, once, and only by the meter with the old key', () => {
    for (const vector of keyChangeCases()) {
      const before = vector.inputs['old'] as KeySide;
      const after = vector.inputs['new'] as KeySide;
      const tokens = vector.expected['tokens'] as readonly string[];
      const start = newMeter({
        meter: meterNumber(String(before['pan'])),
        decoderKey: { ea: before['ea'] === 11 ? 11 : 7, bytes: hex(String(vector.expected['oldKey'])) },
        sgc: String(before['sgc']),
        keyType: before['keyType'] as KeyType,
        madeAtTid: 4_000_000,
      });
      for (const order of permutations(tokens)) {
        const { meter, replies } = keyInAll(start, order);
        expect(replies.at(-1), vector.id).toEqual({
          result: 'Accept',
          effect: { kind: 'key-changed', rollOver: vector.inputs['rollover'] === 1 },
        });
        expect(replies.slice(0, -1).every(({ result }) => result.endsWith('KCT'))).toBe(true);
        const { measuring } = meter;
        expect(measuring).toMatchObject({
          decoderKey: String(vector.expected['newKey']).toUpperCase(),
          keyRevision: after['krn'],
          tariffIndex: Number(after['ti']),
          keyExpiry: after['ken'],
          keyType: after['keyType'],
          sgc: tokens.length > 2 ? after['sgc'] : '000000',
          keyChange: null,
        });
        expect(measuring.tids[0]).toBe(vector.inputs['rollover'] === 1 ? 0 : 4_000_000);
        if (vector.expected['oldKey'] !== vector.expected['newKey']) {
          expect(names(meter, tokens).every((name) => name === 'CRCError' || name === 'lockout-active')).toBe(
            true,
          );
        }
      }
    }
  });

  it('show which section came', () => {
    const { expected } = publishedVector('keychange/ed22-ea11-CTSA15-1');
    const start = newMeter({ decoderKey: { ea: 11, bytes: hex(String(expected['oldKey'])) } });
    expect(names(start, expected['tokens'] as string[])).toEqual(['1stKCT', '2ndKCT', '3rdKCT', 'Accept']);
    expect(names(start, (expected['tokens'] as string[]).toReversed())).toEqual([
      '4thKCT',
      '3rdKCT',
      '2ndKCT',
      'Accept',
    ]);
  });

  it('let credit under the new key follow, and none under the old', () => {
    const { expected } = publishedVector('keychange/ed22-ea07-CTSA19-1');
    const key = suiteKey({ tariffIndex: 2 });
    const after = must(
      encodeToken(prepareTokenCipher(key), {
        kind: 'credit',
        resource: 'electricity',
        tid: 5,
        rnd: 1,
        units: unitsTenths(7),
      }),
    ).digits;
    const { meter, replies } = keyInAll(newMeter(), [
      credit(3, 30),
      ...(expected['tokens'] as string[]),
      credit(4),
      after,
    ]);
    expect(replies.map(nameOf)).toEqual(['Accept', '1stKCT', 'Accept', 'CRCError', 'Accept']);
    expect(meter.measuring.unitsTenths.electricity).toBe(37);
  });
});

describe('a key change that does not arrive whole', () => {
  const [first, second] = publishedVector('keychange/ed22-ea07-CTSA05-1').expected['tokens'] as [
    string,
    string,
  ];

  it('is dropped ten minutes after its first section', () => {
    const half = keyIn(newMeter(), first, 1000).meter;
    expect(nameOf(keyIn(half, second, 600_999).reply)).toBe('Accept');
    const late = keyIn(half, second, 601_000);
    expect(nameOf(late.reply)).toBe('2ndKCT');
    expect(nameOf(keyIn(late.meter, first, 601_001).reply)).toBe('Accept');
  });

  it('counts the ten minutes from the first section, not from the last', () => {
    const half = keyInAll(newMeter(), [first], 0).meter;
    const again = keyIn(half, first, 599_999).meter;
    expect(nameOf(keyIn(again, second, 600_000).reply)).toBe('2ndKCT');
  });

  it('starts again with a section that contradicts the one held', () => {
    const other = must(
      encodeKeyChange(
        cipher,
        {
          key: suiteKey({ keyRevision: 2 }),
          sgc: '201457',
          keyType: 2,
          tariffIndex: 1,
          keyRevision: 2,
          keyExpiry: 255,
        },
        { fromKeyType: 2, rollOver: false, withSupplyGroup: false },
      ),
    ).map(({ digits }) => digits) as [string, string];
    expect(names(newMeter(), [first, other[0], second])).toEqual(['1stKCT', '1stKCT', 'Accept']);
    const mixed = keyInAll(newMeter(), [second, other[1], first]);
    expect(mixed.replies.map(nameOf)).toEqual(['2ndKCT', '2ndKCT', 'Accept']);
  });

  it('may not move a unique key to a common one', () => {
    const section = token({
      kind: 'key-section-1',
      keyExpiryHigh: 15,
      keyRevision: 1,
      rollOver: false,
      thirdFollows: false,
      keyType: 3,
      keyPart: 1,
    });
    expect(names(newMeter(), [section])).toEqual(['KeyTypeError']);
  });
});

describe('token times', () => {
  it('follow the suite’s same-minute case: four tokens asked for within one minute', () => {
    const tids = [5_911_200, 5_911_202, 5_911_203, 5_911_204];
    const tokens = tids.map((tid) => credit(tid));
    expect(names(newMeter(), tokens)).toEqual(['Accept', 'Accept', 'Accept', 'Accept']);
    expect(names(newMeter(), [...tokens].reverse())).toEqual(['Accept', 'Accept', 'Accept', 'Accept']);
    expect(names(newMeter(), [tokens[1]!, tokens[0]!, tokens[1]!])).toEqual([
      'Accept',
      'Accept',
      'UsedError',
    ]);
  });

  it('are kept fifty at a time: the smallest gives way to a new one', () => {
    const even = Array.from({ length: 50 }, (_, index) => 1000 + 2 * index);
    const full = keyInAll(
      newMeter(),
      even.map((tid) => credit(tid)),
    ).meter;
    expect(full.measuring.tids).toEqual(even);
    expect(names(full, [credit(999)])).toEqual(['OldError']);
    expect(names(full, [credit(1000)])).toEqual(['UsedError']);
    const between = keyIn(full, credit(1001), 0);
    expect(nameOf(between.reply)).toBe('Accept');
    expect(between.meter.measuring.tids).toHaveLength(50);
    expect(names(between.meter, [credit(1000)])).toEqual(['OldError']);
    expect(names(between.meter, [credit(1001)])).toEqual(['UsedError']);
  });

  it('are stored for management tokens too, and for no refused token', () => {
    const clear = token({ kind: 'clear-tamper', tid: 77, rnd: 1 });
    expect(names(newMeter(), [clear, credit(77)])).toEqual(['Accept', 'UsedError']);
    const bad = keyIn(tamper(newMeter()), credit(78), 0).meter;
    expect(bad.measuring.tids).not.toContain(78);
  });

  it.each([
    [85, 85 * 65_536 + 65_535, 'Accept'],
    [85, 86 * 65_536, 'KeyExpiredError'],
    [255, 16_777_215, 'Accept'],
    [0, 65_535, 'Accept'],
    [0, 65_536, 'KeyExpiredError'],
  ])('with key expiry %i and token time %i: %s', (keyExpiry, tid, expected) => {
    expect(names(newMeter({ keyExpiry }), [credit(tid)])).toEqual([expected]);
  });
});

describe('what tokens do', () => {
  it('adds units to the register of their resource', () => {
    const water = token({ kind: 'credit', resource: 'water', tid: 2, rnd: 1, units: unitsTenths(25) });
    const { meter, replies } = keyInAll(newMeter(), [credit(1, 100), water, credit(3, 50)]);
    expect(replies.at(-1)).toEqual({
      result: 'Accept',
      effect: { kind: 'credit', resource: 'electricity', tenths: 50, balanceTenths: 150 },
    });
    expect(meter.measuring.unitsTenths).toEqual({ electricity: 150, water: 25, gas: 0, time: 0 });
  });

  it('adds money beyond any number, and takes it away', () => {
    const money = (tid: number, amount: bigint): string =>
      token({ kind: 'currency-credit', resource: 'gas', tid, amount });
    const { meter, replies } = keyInAll(newMeter(), [money(1, 16_384n * 10n ** 20n), money(2, -5n)]);
    expect(replies[1]).toMatchObject({ effect: { kind: 'currency-credit', resource: 'gas', amount: '-5' } });
    expect(BigInt(meter.measuring.currency.gas)).toBeGreaterThan(16_383n * 10n ** 20n);
    expect(meter.measuring.currency.gas.endsWith('9')).toBe(true);
  });

  it('overflows a register that cannot hold more', () => {
    const tokens = Array.from({ length: 55 }, (_, index) => credit(index + 1, 18_201_624));
    const shown = names(newMeter(), tokens);
    expect(shown.slice(0, 54).every((name) => name === 'Accept')).toBe(true);
    expect(shown[54]).toBe('OverflowError');
  });

  it.each([
    [0, { unitsTenths: { electricity: 0, water: 20 }, currency: { electricity: '7' } }],
    [1, { unitsTenths: { electricity: 10, water: 0 }, currency: { electricity: '7' } }],
    [4, { unitsTenths: { electricity: 10, water: 20 }, currency: { electricity: '0' } }],
    [0xffff, { unitsTenths: { electricity: 0, water: 0 }, currency: { electricity: '0' } }],
  ])('clears register %i', (register, after) => {
    const { meter, replies } = keyInAll(newMeter(), [
      credit(1, 10),
      token({ kind: 'credit', resource: 'water', tid: 2, rnd: 1, units: unitsTenths(20) }),
      token({ kind: 'currency-credit', resource: 'electricity', tid: 3, amount: 7n }),
      token({ kind: 'clear-credit', tid: 4, rnd: 1, register }),
    ]);
    expect(replies.at(-1)).toEqual({ result: 'Accept', effect: { kind: 'credit-cleared' } });
    expect(meter.measuring).toMatchObject(after);
  });

  it('sets limits, factors, flags and controls', () => {
    const once = { rnd: 0 };
    const { meter } = keyInAll(newMeter(), [
      token({ kind: 'power-limit', ...once, tid: 1, watts: 5000 }),
      token({ kind: 'phase-unbalance-limit', ...once, tid: 2, watts: 300 }),
      token({ kind: 'tariff-rate', ...once, tid: 3, rate: 12 }),
      token({ kind: 'water-meter-factor', ...once, tid: 4, factor: 34 }),
      token({ kind: 'extended-set', ...once, tid: 5, index: 63, value: 7 }),
      token({ kind: 'extended-set', ...once, tid: 6, index: 63, value: 8 }),
      token({ kind: 'extended-set', ...once, tid: 7, index: 0, value: 1000 }),
    ]);
    expect(meter.measuring).toMatchObject({
      powerLimitWatts: 5000,
      phaseUnbalanceWatts: 300,
      tariffRate: 12,
      waterMeterFactor: 34,
      flags: { 3: true, 4: false },
      controls: { 0: 1000 },
    });
  });

  it('refuses credit under a default key', () => {
    expect(names(newMeter({ keyType: 1 }), [credit(1)])).toEqual(['DDTKError']);
  });

  it('refuses credit while tampered with, until a token clears it', () => {
    const clear = token({ kind: 'clear-tamper', tid: 9, rnd: 1 });
    const money = token({ kind: 'currency-credit', resource: 'water', tid: 8, amount: 7n });
    const { meter, replies } = keyInAll(tamper(newMeter()), [credit(7), money, clear, credit(7), money]);
    expect(replies.map(nameOf)).toEqual(['not-ready', 'not-ready', 'Accept', 'Accept', 'Accept']);
    expect(meter.measuring.tampered).toBe(false);
    expect(replies[2]).toEqual({ result: 'Accept', effect: { kind: 'tamper-cleared' } });
  });

  it('shows what a test asks for, and everything for all ones', () => {
    const start = consume(keyIn(newMeter(), credit(1, 100), 0).meter, 'electricity', 30);
    const usage = {
      kind: 'meter-test',
      subClass: 0,
      control: controlOf('total-usage'),
      manufacturerCode: 0,
    } as const;
    expect(keyIn(start, must(encodeMeterTest(usage)).digits, 0).reply).toEqual({
      result: 'Accept',
      effect: { kind: 'readings', readings: [{ test: 'total-usage', value: 30 }] },
    });
    const all = keyIn(start, '56493153725450313471', 0).reply;
    const readings = all.result === 'Accept' && all.effect.kind === 'readings' ? all.effect.readings : [];
    expect(Object.fromEntries(readings.map(({ test, value }) => [test, value]))).toEqual({
      'load-switch': true,
      displays: true,
      'total-usage': 30,
      'key-revision-and-type': '1 2',
      'tariff-index': 1,
      'token-reader': true,
      'power-limit': 18_201_624,
      'tamper-status': false,
      'power-now': 0,
      'software-version': '1.0',
      'phase-unbalance-limit': 18_201_624,
      'water-meter-factor': 0,
      'tariff-rate': 0,
      'encryption-algorithm': 7,
      'key-change-tokens-supported': 3,
      'supply-group': '201457',
      'key-expiry': 255,
      'meter-number': '00000000000',
    });
  });
});

describe('the lock-out', () => {
  const wrong = '70630503470028726115';
  const testToken = '00000000000150997584';

  it('doubles from ten seconds after the third failure to 1280 after the tenth', () => {
    let meter = newMeter();
    let nowMs = 0;
    const waits: number[] = [];
    for (let failure = 1; failure <= 12; failure += 1) {
      meter = keyIn(meter, wrong, nowMs).meter;
      const wait = meter.measuring.lockout.untilMs - nowMs;
      waits.push(failure < 3 ? 0 : wait);
      nowMs = Math.max(nowMs, meter.measuring.lockout.untilMs);
    }
    expect(waits.map((ms) => ms / 1000)).toEqual([0, 0, 10, 20, 40, 80, 160, 320, 640, 1280, 1280, 1280]);
  });

  const locked = keyInAll(newMeter(), [wrong, wrong, wrong], 1000).meter;

  it('refuses tokens with the time that is left, which does not grow by trying', () => {
    const tried = keyIn(locked, credit(1), 4000);
    expect(tried.reply).toEqual({ result: 'refused', error: { code: 'lockout-active', remainingMs: 7000 } });
    expect(tried.meter.measuring.lockout).toEqual(locked.measuring.lockout);
    expect(nameOf(keyIn(locked, '12', 4000).reply)).toBe('lockout-active');
  });

  it('still takes test tokens, which do not end it', () => {
    const shown = keyIn(locked, testToken, 4000);
    expect(nameOf(shown.reply)).toBe('Accept');
    expect(nameOf(keyIn(shown.meter, credit(1), 4001).reply)).toBe('lockout-active');
  });

  it('is over after its time, and forgotten after a good token', () => {
    const good = keyIn(locked, credit(1), 11_000);
    expect(nameOf(good.reply)).toBe('Accept');
    expect(good.meter.measuring.lockout).toEqual({ failures: 0, untilMs: 0 });
    expect(nameOf(keyIn(locked, wrong, 11_000).reply)).toBe('CRCError');
  });

  it('is not brought on by a tampered meter or a broken link', () => {
    const tries = [credit(1), credit(2), credit(3), credit(4)];
    expect(names(tamper(newMeter()), tries)).toEqual(Array.from({ length: 4 }, () => 'not-ready'));
  });
});

describe('the keypad unit', () => {
  const press = (meter: VirtualMeter, keys: readonly Key[]): VirtualMeter =>
    keys.reduce((state, key) => pressKey(state, key, 0), meter);

  it('collects twenty digits, takes the last one back, and keys them in', () => {
    const typed = press(
      newMeter(),
      [...credit(1, 42), '9'].map((digit) => digit as Key),
    );
    expect(typed.keypad.typed).toBe(credit(1, 42));
    const corrected = press(typed, ['back', credit(1, 42).at(-1) as Key, 'enter']);
    expect(corrected.keypad).toEqual({
      serial: 'CIU-1',
      typed: '',
      linked: true,
      shown: {
        result: 'Accept',
        effect: { kind: 'credit', resource: 'electricity', tenths: 42, balanceTenths: 42 },
      },
    });
  });

  it('reaches nothing without its link', () => {
    const alone = setLink(press(newMeter(), ['1', '2']), false);
    const done = keyIn(alone, credit(1), 0);
    expect(done.reply).toEqual({ result: 'refused', error: { code: 'not-ready', reason: 'no-link' } });
    expect(done.meter.measuring).toBe(alone.measuring);
    expect(done.meter.keypad).toMatchObject({ typed: '', shown: done.reply });
    expect(nameOf(keyIn(setLink(done.meter, true), credit(1), 0).reply)).toBe('Accept');
  });
});

describe('the state', () => {
  it('survives being written as text, in the middle of a key change', () => {
    const [first, second] = publishedVector('keychange/ed22-ea07-CTSA05-1').expected['tokens'] as [
      string,
      string,
    ];
    const half = keyInAll(newMeter(), [credit(1), first]).meter;
    const back = JSON.parse(JSON.stringify(half)) as VirtualMeter;
    expect(back).toEqual(half);
    expect(nameOf(keyIn(back, second, 10).reply)).toBe('Accept');
  });

  it('never uses up more than there is', () => {
    const meter = consume(keyIn(newMeter(), credit(1, 10), 0).meter, 'electricity', 25);
    expect(meter.measuring.unitsTenths.electricity).toBe(0);
    expect(meter.measuring.totalTenths.electricity).toBe(10);
    expect(() => consume(meter, 'electricity', -1)).toThrow('whole number of tenths');
  });
});
