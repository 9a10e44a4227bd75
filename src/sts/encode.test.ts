import { describe, expect, it } from 'vitest';
import { must, suiteCipher } from '../../test/fixtures/vectors/published-vectors.ts';
import { unitsTenths } from '../units/index.ts';
import { ALL_TESTS, controlOf, extendedReadControl, METER_TESTS, testsOf } from './class1.ts';
import { CREDIT_REGISTERS, FLAG_INDEX, flagValue } from './class2.ts';
import { encodeMeterTest, encodeToken } from './encode.ts';
import type { EncryptedTokenFields } from './token-fields.ts';
import { blockToHex } from './words.ts';

const once = { tid: 5_384_715, rnd: 5 };
const CREDIT: EncryptedTokenFields = {
  kind: 'credit',
  resource: 'electricity',
  ...once,
  units: unitsTenths(1),
};

describe('encodeToken', () => {
  it('makes the published first credit token', () => {
    const token = must(encodeToken(suiteCipher(7), { ...CREDIT, tid: 85_740 }));
    expect(token.digits).toBe('70630503470028726114');
    expect(token.token).toEqual({ top: 3, hi: 0xd431f4b0, lo: 0x860e9f62 });
    expect(blockToHex(token.clearBlock)).toBe('05014EEC00013188');
  });

  it.each([
    [{ ...CREDIT, tid: -1 }, 'tid', -1],
    [{ ...CREDIT, tid: 2 ** 24 }, 'tid', 2 ** 24],
    [{ ...CREDIT, rnd: 16 }, 'rnd', 16],
    [{ ...CREDIT, rnd: -1 }, 'rnd', -1],
    [{ ...CREDIT, rnd: 0.5 }, 'rnd', 0.5],
    [{ kind: 'clear-credit', ...once, register: 8 }, 'register', 8],
    [{ kind: 'clear-credit', ...once, register: 0xfffe }, 'register', 0xfffe],
    [{ kind: 'tariff-rate', ...once, rate: 65_536 }, 'rate', 65_536],
    [{ kind: 'tariff-rate', ...once, rate: 0.5 }, 'rate', 0.5],
    [{ kind: 'water-meter-factor', ...once, factor: -1 }, 'factor', -1],
    [{ kind: 'extended-set', ...once, index: 64, value: 0 }, 'index', 64],
    [{ kind: 'extended-set', ...once, index: 0, value: 1024 }, 'value', 1024],
  ] as const satisfies readonly (readonly [EncryptedTokenFields, string, number])[])(
    'refuses %j',
    (fields, field, value) => {
      expect(encodeToken(suiteCipher(7), fields)).toEqual({
        ok: false,
        error: { code: 'token-field-range', field, value },
      });
    },
  );

  it('refuses amounts beyond the coding', () => {
    const maximum = 18_201_624;
    expect(encodeToken(suiteCipher(7), { ...CREDIT, units: unitsTenths(maximum + 1) })).toEqual({
      ok: false,
      error: { code: 'amount-too-large', maximum },
    });
    expect(encodeToken(suiteCipher(7), { kind: 'power-limit', ...once, watts: -1 })).toEqual({
      ok: false,
      error: { code: 'amount-not-whole' },
    });
    const money = { kind: 'currency-credit', resource: 'gas', tid: 1, amount: 10n ** 40n } as const;
    expect(encodeToken(suiteCipher(7), money)).toMatchObject({
      error: { code: 'currency-amount-too-large' },
    });
  });

  // Sub-class, random nibble, token time and value, read off the clear block: only the check field is left out.
  it.each([
    [{ kind: 'credit', resource: 'water', ...once, units: unitsTenths(1) }, '15522A0B0001'],
    [{ kind: 'credit', resource: 'gas', ...once, units: unitsTenths(2) }, '25522A0B0002'],
    [{ kind: 'credit', resource: 'time', ...once, units: unitsTenths(3) }, '35522A0B0003'],
    [{ kind: 'currency-credit', resource: 'electricity', tid: once.tid, amount: -1n }, '48522A0B0001'],
    [{ kind: 'currency-credit', resource: 'water', tid: once.tid, amount: 2n }, '50522A0B0002'],
    [{ kind: 'currency-credit', resource: 'gas', tid: once.tid, amount: 3n }, '60522A0B0003'],
    [{ kind: 'currency-credit', resource: 'time', tid: once.tid, amount: 4n }, '70522A0B0004'],
    [{ kind: 'power-limit', ...once, watts: 20_000 }, '05522A0B416A'],
    [{ kind: 'clear-credit', ...once, register: CREDIT_REGISTERS.all }, '15522A0BFFFF'],
    [{ kind: 'clear-credit', ...once, register: CREDIT_REGISTERS.timeCurrency }, '15522A0B0007'],
    [{ kind: 'tariff-rate', ...once, rate: 0xabcd }, '25522A0BABCD'],
    [{ kind: 'clear-tamper', ...once }, '55522A0B0000'],
    [{ kind: 'phase-unbalance-limit', ...once, watts: 10 }, '65522A0B000A'],
    [{ kind: 'water-meter-factor', ...once, factor: 0xffff }, '75522A0BFFFF'],
    [{ kind: 'extended-set', ...once, index: 0, value: 1023 }, 'A5522A0B03FF'],
    [{ kind: 'extended-set', ...once, index: FLAG_INDEX, value: 1 }, 'A5522A0BFC01'],
    [{ kind: 'extended-set', ...once, index: FLAG_INDEX, value: 1022 }, 'A5522A0BFFFE'],
  ] as const satisfies readonly (readonly [EncryptedTokenFields, string])[])(
    'lays out case %#',
    (fields, block) => {
      const token = must(encodeToken(suiteCipher(7), fields));
      expect(blockToHex(token.clearBlock).slice(0, 12)).toBe(block);
    },
  );
});

describe('encodeMeterTest', () => {
  it.each([
    [0, 1, '00000000000150997584'],
    [1, 1, '01152921509036054672'],
    [0, 0xfffffffff, '56493153725450313471'],
    [1, 0xfffffff, '02305843005052951967'],
  ] as const)('sub-class %i, control %i is %s', (subClass, control, digits) => {
    const fields = { kind: 'meter-test', subClass, control, manufacturerCode: 0 } as const;
    expect(must(encodeMeterTest(fields)).digits).toBe(digits);
  });

  it.each([
    [0, 2 ** 36, 0, 'control', 2 ** 36],
    [1, 2 ** 28, 0, 'control', 2 ** 28],
    [2, -1, 0, 'control', -1],
    [2, 0.5, 0, 'control', 0.5],
    [0, 0, 256, 'manufacturerCode', 256],
    [1, 0, 65_536, 'manufacturerCode', 65_536],
  ] as const)(
    'refuses sub-class %i with %d and maker %i',
    (subClass, control, manufacturerCode, field, value) => {
      const fields = { kind: 'meter-test', subClass, control, manufacturerCode } as const;
      expect(encodeMeterTest(fields)).toEqual({
        ok: false,
        error: { code: 'token-field-range', field, value },
      });
    },
  );

  it('takes the largest values that fit', () => {
    const short = { kind: 'meter-test', subClass: 0, control: 2 ** 36 - 1, manufacturerCode: 255 } as const;
    expect(blockToHex(must(encodeMeterTest(short)).clearBlock).slice(0, 12)).toBe('0FFFFFFFFFFF');
    const long = { kind: 'meter-test', subClass: 1, control: 1, manufacturerCode: 65_535 } as const;
    expect(blockToHex(must(encodeMeterTest(long)).clearBlock).slice(0, 12)).toBe('10000001FFFF');
  });
});

describe('the control bits', () => {
  it('have names, in the standard’s order', () => {
    expect(METER_TESTS).toEqual([
      'load-switch',
      'displays',
      'total-usage',
      'key-revision-and-type',
      'tariff-index',
      'token-reader',
      'power-limit',
      'tamper-status',
      'power-now',
      'software-version',
      'phase-unbalance-limit',
      'water-meter-factor',
      'tariff-rate',
      'encryption-algorithm',
      'key-change-tokens-supported',
      'supply-group',
      'key-expiry',
      'meter-number',
    ]);
    expect(METER_TESTS.map(controlOf)).toEqual(METER_TESTS.map((_, bit) => 2 ** bit));
  });

  it('are read back from a control field, unnamed ones left out', () => {
    expect(testsOf(0)).toEqual([]);
    expect(testsOf(0b101)).toEqual(['load-switch', 'total-usage']);
    expect(testsOf(2 ** 35 + 2 ** 17)).toEqual(['meter-number']);
    expect(testsOf(ALL_TESTS[0])).toEqual(METER_TESTS);
  });

  it('all together are all ones', () => {
    expect(ALL_TESTS).toEqual({ 0: 0xfffffffff, 1: 0xfffffff });
  });

  it('have room for 512 flags in an extended token', () => {
    expect([flagValue(0, true), flagValue(0, false), flagValue(511, true)]).toEqual([1, 0, 1023]);
  });

  it('hold the index of an extended read at the top', () => {
    expect(extendedReadControl(0)).toBe(0);
    expect(extendedReadControl(63)).toBe(0xfc0000000);
  });
});
