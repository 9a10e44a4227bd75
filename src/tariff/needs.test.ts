import { expect, test } from 'vitest';
import { needsOf } from './index.ts';
import { energy, flatTariff, tariffData, tariffOf } from './testing.ts';

test('a tariff that is the same for everybody needs nothing', () => {
  expect(needsOf(tariffOf(flatTariff()))).toEqual({
    categories: [],
    channels: [],
    quantities: [],
    debts: [],
  });
});

test('categories, channels, quantities and debts, each once, in the order of the file', () => {
  const fixed = { kind: 'fixed', label: 'Fee', role: 'fee', amount: '1', every: { months: 1 } };
  const debt = { kind: 'debt', label: 'Debt', role: 'debt', take: 'all' };
  const free = { id: 'free', label: 'Free', units: '5', every: { months: 1 } };
  const tariff = tariffOf(
    tariffData({
      stages: [
        { ...fixed, id: 'power', times: 'kva', when: { category: ['shop'] } },
        { ...fixed, id: 'more', times: 'kva', when: { channel: ['phone', 'bank'] } },
        { ...fixed, id: 'plain' },
        { ...debt, id: 'first', debt: 'arrears' },
        { ...debt, id: 'second', debt: 'arrears' },
        { ...debt, id: 'third', debt: 'loan' },
        energy({
          window: 'month',
          blocks: [{ upTo: '10', rate: '1' }, { rate: '2' }],
          blocksTimes: 'persons',
        }),
        energy({ id: 'levy', rate: '0.1', when: { category: ['home', 'shop'] } }),
      ],
      entitlements: [
        {
          ...free,
          homeStationOnly: true,
          withPurchaseOnly: false,
          when: { category: ['poor'], channel: ['bank'] },
        },
      ],
    }),
  );
  expect(needsOf(tariff)).toEqual({
    categories: ['shop', 'home', 'poor'],
    channels: ['phone', 'bank'],
    quantities: ['kva', 'persons'],
    debts: ['arrears', 'loan'],
  });
});
