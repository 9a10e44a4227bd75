import { describe, expect, it } from 'vitest';
import { ADVICE, type OrderOptions } from '../../../contract/index.ts';
import { orderOf, placeOf, placesOf, type Typed } from './engineering.ts';
import { isQuestion, nextStep, REJECTED, type QuestionId } from './rejected-tree.ts';

const PAN = '600727001234567821';
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const typed = (part: Partial<Typed>): Typed => ({
  value: '',
  register: 'all',
  to: '201457 KRN 2 KT 3',
  ti: '1',
  withGroup: 'no',
  reason: 'meter test',
  name: '',
  pin: '',
  ...part,
});

describe('the guide for a rejected token', () => {
  it('leads from its first question to every advice, and never in a circle', () => {
    const reached = new Set<string>();
    const walk = (step: QuestionId, path: readonly QuestionId[]): void => {
      expect(path).not.toContain(step);
      for (const { leads } of REJECTED[step].answers) {
        if (isQuestion(leads)) walk(leads, [...path, step]);
        else reached.add(leads);
      }
    };
    walk('meter?', []);
    expect([...reached].toSorted()).toEqual([...ADVICE].toSorted());
  });

  it('asks about key-change tokens only where the sale had several tokens', () => {
    expect(nextStep('several?', 1)).toBe('key?');
    expect(nextStep('several?', 3)).toBe('several?');
    expect(nextStep('tampered', 1)).toBe('tampered');
  });
});

describe('the places of keys', () => {
  const key = { sgc: '201457', krn: 1, ti: 1, ea: 7, dkga: 4, keyType: 2 };
  const keys = [
    { sgc: '999962', krn: 1, dkga: 4, keyType: 1, reachable: true },
    { sgc: '201457', krn: 1, dkga: 4, keyType: 3, reachable: false },
    { sgc: '201457', krn: 2, dkga: 4, keyType: 2, reachable: true },
    { sgc: '123456', krn: 1, dkga: 2, keyType: 2, reachable: true },
  ] as const;
  const options: OrderOptions = {
    key,
    keys: [...keys],
    can: { management: true, keyChange: true, sameTime: true },
    debts: [],
    balanceMinor: 0,
  };

  it('are of the meter’s key generation, its own type first, and for a key change only where one leads', () => {
    expect(placesOf(options, 4, 'reachable')).toEqual(['201457 KRN 2 KT 2', '999962 KRN 1 KT 1']);
    expect(placesOf(options, 4, 'any')).toHaveLength(3);
    expect(placesOf(options, 2, 'any')).toEqual(['123456 KRN 1 KT 2']);
  });

  it('are read back from their names', () => {
    expect(placeOf('201457 KRN 2 KT 3')).toEqual({ sgc: '201457', krn: 2, keyType: 3 });
    expect(placeOf('')).toBeUndefined();
  });
});

describe('the form for engineering tokens', () => {
  it('makes the call that was typed', () => {
    expect(orderOf('power-limit', typed({ value: '4600' }), PAN, ID)).toEqual({
      call: 'order.manage',
      input: {
        requestId: ID,
        pan: PAN,
        reason: 'meter test',
        action: { kind: 'power-limit', watts: 4600 },
        second: null,
      },
    });
    const two = { name: 'Grace', pin: '1357' };
    expect(orderOf('clear-credit', typed({ register: 'r4', ...two }), PAN, ID)?.input).toMatchObject({
      action: { kind: 'clear-credit', register: 4 },
      second: two,
    });
    expect(orderOf('clear-credit', typed(two), PAN, ID)?.input).toMatchObject({
      action: { register: 65_535 },
    });
    expect(orderOf('free-issue', typed({ value: '12,5', ...two }), PAN, ID)?.input).toMatchObject({
      unitsTenths: 125,
    });
    expect(orderOf('key-change', typed({ withGroup: 'yes', ...two }), PAN, ID)?.input).toMatchObject({
      to: { sgc: '201457', krn: 2, ti: 1, keyType: 3 },
      withSupplyGroup: true,
    });
  });

  it.each([
    ['no reason', 'clear-tamper', { reason: 'x' }],
    ['no value', 'power-limit', {}],
    ['no number', 'tariff-rate', { value: '4k' }],
    ['no second person', 'clear-credit', {}],
    ['no units', 'free-issue', { value: '0', name: 'Grace', pin: '1357' }],
    ['hundredths of a unit', 'free-issue', { value: '1.25', name: 'Grace', pin: '1357' }],
    ['no tariff index', 'key-change', { ti: '', name: 'Grace', pin: '1357' }],
  ] as const)('waits for what is missing: %s', (_name, what, part) => {
    expect(orderOf(what, typed(part), PAN, ID)).toBeUndefined();
  });
});
