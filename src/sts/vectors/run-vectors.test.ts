import { describe, expect, it } from 'vitest';
import { publishedVector, publishedVectors } from '../../../test/fixtures/vectors/published-vectors.ts';
import { nodeStsCrypto } from '../../main/secure-module/software/node-sts-crypto.ts';
import { checkVector, runVectors } from './run-vectors.ts';

const COUNTS = {
  amount: 34,
  class1: 21,
  class2: 83,
  crc: 37,
  credit: 175,
  currency: 27,
  'decode-reject': 10,
  des: 5,
  dkga: 26,
  ken: 5,
  keychange: 18,
  misty1: 14,
  pan: 13,
  sta: 16,
  tid: 7,
};

/** Another value of the same type, which no check may take for the right one. */
function altered(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return [...value.slice(0, -1), altered(value.at(-1))];
  const text = String(value);
  return text.slice(0, -1) + (text.endsWith('1') ? '2' : '1');
}

function problemOf(vector: unknown): unknown {
  return checkVector(vector, nodeStsCrypto);
}

function variant(id: string, inputs: object, expected: object = {}): unknown {
  const vector = publishedVector(id);
  return {
    ...vector,
    inputs: { ...vector.inputs, ...inputs },
    expected: { ...vector.expected, ...expected },
  };
}

const CREDIT = 'credit/ed22-ea07-CTSA01-1';

describe('the published vectors', () => {
  it('all pass, and there are as many of each kind as the file is known to hold', () => {
    const report = runVectors(publishedVectors(), nodeStsCrypto);
    expect(report.kinds.flatMap((kind) => kind.failures)).toEqual([]);
    expect(Object.fromEntries(report.kinds.map(({ kind, passed }) => [kind, passed]))).toEqual(COUNTS);
    expect(report.kinds.map(({ kind }) => kind)).toEqual(Object.keys(COUNTS));
    expect(report).toMatchObject({ passed: 491, failed: 0 });
  });

  it('each notices any change of any expected value', () => {
    for (const vector of publishedVectors()) {
      for (const [key, value] of Object.entries(vector.expected)) {
        const wrong = { ...vector, expected: { ...vector.expected, [key]: altered(value) } };
        expect(problemOf(wrong), `${vector.id} ${key}`).toMatchObject({ code: 'differs' });
      }
    }
  });
});

describe('runVectors', () => {
  it('counts an unknown kind, a broken entry and a wrong value as failures', () => {
    const good = publishedVector(CREDIT);
    const report = runVectors(
      [good, { ...good, kind: 'hologram' }, 'nonsense', { ...good, expected: { token: '1' } }],
      nodeStsCrypto,
    );
    expect(report).toEqual({
      passed: 1,
      failed: 3,
      kinds: [
        {
          kind: '(none)',
          passed: 0,
          failures: [{ id: 'entry 3', problem: { code: 'not-a-vector' } }],
        },
        {
          kind: 'credit',
          passed: 1,
          failures: [
            {
              id: CREDIT,
              problem: { code: 'differs', key: 'token', expected: '1', actual: '70630503470028726114' },
            },
          ],
        },
        {
          kind: 'hologram',
          passed: 0,
          failures: [{ id: CREDIT, problem: { code: 'unknown-kind', kind: 'hologram' } }],
        },
      ],
    });
  });

  it('takes an inherited name for no kind', () => {
    expect(problemOf({ ...publishedVector(CREDIT), kind: 'toString' })).toEqual({
      code: 'unknown-kind',
      kind: 'toString',
    });
  });

  it.each([[{ id: 1 }], [{ kind: 1 }], [{ inputs: [] }], [{ expected: null }], [{ inputs: 'x' }]])(
    'calls an entry with %j no vector',
    (change) => {
      expect(problemOf({ ...publishedVector(CREDIT), ...change })).toEqual({ code: 'not-a-vector' });
    },
  );

  it('names what it does not compute', () => {
    expect(problemOf(variant(CREDIT, {}, { colour: 'red' }))).toEqual({
      code: 'not-computed',
      key: 'colour',
    });
    expect(problemOf(variant('crc/iec-example-0ffa', {}, { toString: '' }))).toEqual({
      code: 'not-computed',
      key: 'toString',
    });
  });

  it.each([
    [CREDIT, { vendingKey: 'XY' }, 'vendingKey', 'XY'],
    [CREDIT, { vendingKey: undefined }, 'vendingKey', undefined],
    [CREDIT, { amountTenths: 1.5 }, 'amountTenths', 1.5],
    [CREDIT, { amountTenths: '1x' }, 'amountTenths', '1x'],
    [CREDIT, { amountTenths: 'x1' }, 'amountTenths', 'x1'],
    [CREDIT, { baseDate: 1999 }, 'baseDate', 1999],
    [CREDIT, { issueDate: '2014-02-30 10:00' }, 'issueDate', '2014-02-30 10:00'],
    ['credit/stssimulator-sub0', { ea: 9 }, 'ea', 9],
    ['class2/ed22-ea07-CTSA04-1', { subclass: 3 }, 'subclass', 3],
    ['class1/CTSA02-1-all', { subclass: 3 }, 'subclass', 3],
    ['currency/ed22-ea11-CTSA20-8', { amountCurrency: '0.000001' }, 'amountCurrency', '0.000001'],
    ['currency/ed22-ea11-CTSA20-8', { amountCurrency: 'much' }, 'amountCurrency', 'much'],
    ['keychange/ed22-ea07-CTSA05-1', { old: [] }, 'old', []],
    ['keychange/ed22-ea07-CTSA05-1', { threeTokenSet: 2 }, 'threeTokenSet', 2],
    ['pan/luhn-1234567890', { op: 'paint' }, 'op', 'paint'],
  ])('%s with %j names the input', (id, change, key, value) => {
    expect(problemOf(variant(id, change))).toEqual({ code: 'input', key, value });
  });

  it.each([
    [CREDIT, { pan: '600727000000000008' }, 'pan'],
    [CREDIT, { krn: 0 }, 'decoderKey'],
    [CREDIT, { issueDate: '2013-12-31 23:59' }, 'tid'],
    [CREDIT, { amountTenths: 18_201_625 }, 'encode'],
    ['class1/CTSA02-1-all', { control: 2 ** 36 }, 'encode'],
    [
      'keychange/ed22-ea07-CTSA05-1',
      { rollover: 2, old: { ...publishedOld(), keyType: 3, dkga: 2 } },
      'decoderKey',
    ],
    ['amount/unit-1', { value: 18_201_625 }, 'field'],
    ['dkga/dkga02-nectar-CTSA01-step1', { vendingKey: 'abab' }, 'decoderKey'],
  ])('%s with %j names the step that refused', (id, change, step) => {
    expect(problemOf(variant(id, change))).toMatchObject({ code: 'refused', step });
  });

  it('reports a programmer’s error inside a check as a refusal of that vector', () => {
    expect(problemOf(variant('sta/block-from-credit-ed22-ea07-CTSA01-1', { plaintext: '00' }))).toEqual({
      code: 'refused',
      step: 'check',
      error: 'assertion failed: a block is sixteen hexadecimal digits',
    });
  });

  it.each([
    ['6007270000000000090', 'length'],
    ['123456789012345678', 'luhn'],
    ['123456000000000009', 'iin'],
    ['60072700000000000X', 'format'],
  ])('names what is wrong with %s as vectors do', (pan, error) => {
    const vector = { id: 'x', kind: 'pan', inputs: { op: 'parse', pan }, expected: { valid: false, error } };
    expect(problemOf(vector)).toBeUndefined();
  });

  it('accepts a token where a rejection was expected, by name', () => {
    const { ea, decoderKey, token } = {
      ea: 7,
      decoderKey: '87f3ecbb2e46b48f',
      token: '70630503470028726114',
    };
    const vector = (result: string): unknown => ({
      id: 'x',
      kind: 'decode-reject',
      inputs: { ea, decoderKey, token },
      expected: { result },
    });
    expect(problemOf(vector('Accept'))).toBeUndefined();
    expect(problemOf(vector('CRCError'))).toMatchObject({ code: 'differs', actual: 'Accept' });
  });

  it('takes flags, money and key expiry in their other forms', () => {
    const change = publishedVector('keychange/ed22-ea07-CTSA05-4');
    const next = { ...(change.inputs['new'] as object), ken: undefined };
    expect(problemOf(variant(change.id, { new: next, rollover: false, threeTokenSet: 1 }))).toBeUndefined();
    expect(problemOf(variant(change.id, { rollover: true }))).toMatchObject({
      code: 'differs',
      key: 'tokens',
    });
    expect(problemOf(variant('amount/currency--1', { value: -1 }))).toBeUndefined();
    expect(problemOf(variant('amount/currency--1', { value: true }))).toMatchObject({ key: 'value' });
  });

  it('judges a rejection by key expiry and key type, and derives the key where it must', () => {
    const { vendingKey, dkga, ea, pan, sgc, ti, krn, baseDate } = publishedVector(CREDIT).inputs;
    const key = { vendingKey, dkga, ea, pan, sgc, ti, krn, baseDate, keyType: 2 };
    const vector = (inputs: object, result: string): unknown => ({
      id: 'x',
      kind: 'decode-reject',
      inputs: { token: '70630503470028726114', ...inputs },
      expected: { result },
    });
    expect(problemOf(vector({ ...key, ken: 0 }, 'KeyExpiredError'))).toBeUndefined();
    expect(problemOf(vector({ ...key, ken: 1 }, 'Accept'))).toBeUndefined();
    const known = { ea: 7, decoderKey: '87f3ecbb2e46b48f' };
    expect(problemOf(vector({ ...known, keyType: 1 }, 'DDTKError'))).toBeUndefined();
    expect(problemOf(vector({}, 'decoder-key-needed'))).toBeUndefined();
  });

  it('reads rates and factors, which no published vector has', () => {
    const base = { ...publishedVector('class2/ed22-ea07-CTSA04-1').inputs, register: undefined };
    const vector = (inputs: object, valueField: string): unknown => ({
      id: 'x',
      kind: 'class2',
      inputs: { ...base, ...inputs },
      expected: { valueField },
    });
    for (const inputs of [
      { subclass: 2, rate: 0x1234 },
      { subclass: 7, factor: 0x1234 },
    ]) {
      expect(problemOf(vector(inputs, '1234'))).toBeUndefined();
    }
  });
});

function publishedOld(): object {
  return publishedVector('keychange/ed22-ea07-CTSA05-1').inputs['old'] as object;
}
