import { describe, expect, test } from 'vitest';
import { energy, linesByKey, money, quoted, refused, tariffData, tariffOf } from './testing.ts';

type Parts = Readonly<Record<string, unknown>>;

const fixed = (id: string, parts: Parts): Record<string, unknown> => ({
  id,
  kind: 'fixed',
  label: id,
  role: 'fee',
  ...parts,
});
const debt = (id: string, parts: Parts): Record<string, unknown> => ({
  id,
  kind: 'debt',
  label: id,
  role: 'debt',
  debt: 'old',
  ...parts,
});
const share = (id: string, parts: Parts): Record<string, unknown> => ({
  id,
  kind: 'percent',
  label: id,
  role: 'tax',
  rate: '10',
  method: 'of-gross',
  of: 'amount',
  ...parts,
});
const withEnergy = (...stages: readonly unknown[]): ReturnType<typeof tariffOf> =>
  tariffOf(tariffData({ stages: [...stages, energy({ rate: '1' })] }));
const charged = (
  paidFor: string,
  owedMinor = 0,
): { paidFor: string; owedMinor: number; paidInPeriodMinor: number } => ({
  paidFor,
  owedMinor,
  paidInPeriodMinor: 500,
});
const owing = (balanceMinor: number, instalmentMinor = 0, openingMinor = balanceMinor) => ({
  debts: { old: { openingMinor, balanceMinor, instalmentMinor } },
});

describe('fixed charges', () => {
  const monthly = withEnergy(fixed('fee', { amount: '5', every: { months: 1 }, maxPeriods: 3 }));

  test('once, when nothing is known', () => {
    const made = quoted(monthly, money(2000));
    expect(linesByKey(made)).toEqual({ fee: 500, energy: 1500 });
    expect(made.lines[0]).toMatchObject({
      base: { of: 'periods', value: '1' },
      rate: '5',
      place: 'inside',
      exact: '500',
      role: 'fee',
      label: 'fee',
    });
    expect(made.lines[0]).not.toHaveProperty('times');
    expect(made.lines[0]).not.toHaveProperty('remainingMinor');
    expect(made.after.charges).toEqual({
      fee: { paidFor: '2026-11-01', owedMinor: 0, paidInPeriodMinor: 500 },
    });
  });

  test('not again in the same month, and with those that were missed', () => {
    const again = quoted(monthly, money(2000), { charges: { fee: charged('2026-11-01') } });
    expect(linesByKey(again)).toEqual({ energy: 2000 });
    expect(again.after.charges['fee']).toEqual(charged('2026-11-01'));
    expect(linesByKey(quoted(monthly, money(2000), { charges: { fee: charged('2026-09-01') } }))).toEqual({
      fee: 1000,
      energy: 1000,
    });
    const many = quoted(monthly, money(2000), { charges: { fee: charged('2025-09-01') } });
    expect(many.lines[0]?.base).toEqual({ of: 'periods', value: '3' });
    expect(many.after.charges['fee']).toEqual({
      paidFor: '2026-11-01',
      owedMinor: 0,
      paidInPeriodMinor: 1500,
    });
  });

  test('no catching up unless the tariff says so', () => {
    const once = withEnergy(fixed('fee', { amount: '5', every: { months: 1 } }));
    expect(linesByKey(quoted(once, money(2000), { charges: { fee: charged('2025-09-01') } }))).toEqual({
      fee: 500,
      energy: 1500,
    });
  });

  test('with every purchase: nothing to remember', () => {
    const each = withEnergy(fixed('fee', { amount: '5', every: 'purchase' }));
    const made = quoted(each, money(2000));
    expect(made.after.charges).toEqual({});
    expect(linesByKey(quoted(each, money(2000), made.after))).toEqual({ fee: 500, energy: 1500 });
  });

  test('times a quantity of the account', () => {
    const power = withEnergy(fixed('power', { amount: '1.25', every: { months: 1 }, times: 'kva' }));
    const made = quoted(power, money(2000), { quantities: { kva: '3.5' } });
    // 1.25 x 3.5 = 4.375, rounded half up.
    expect(linesByKey(made)).toEqual({ power: 438, energy: 1560 });
    expect(made.lines[0]).toMatchObject({ times: '3.5', exact: '875/2' });
    expect(refused(power, money(2000))).toEqual({ code: 'state-incomplete', path: 'quantities/kva' });
    expect(refused(power, money(2000), { quantities: { kva: '-1' } })).toEqual({
      code: 'state-incomplete',
      path: 'quantities/kva',
    });
    expect(linesByKey(quoted(power, money(2000), { quantities: { kva: '0' } }))).toEqual({ energy: 2000 });
  });

  test('on top of the amount', () => {
    const top = withEnergy(
      fixed('fee', { amount: '5', every: 'purchase', onTop: true }),
      share('tax', { rate: '20', method: 'added', of: ['fee'], onTop: true }),
      share('turnover', { rate: '1', method: 'added', onTop: true }),
    );
    const made = quoted(top, money(2000));
    expect(made).toMatchObject({
      amountMinor: 2000,
      tenderMinor: 2620,
      carriedMinor: 0,
      accountedMinor: 2620,
    });
    expect(made.lines.map(({ key, place, amountMinor }) => [key, place, amountMinor])).toEqual([
      ['fee', 'on-top', 500],
      ['tax', 'on-top', 100],
      ['turnover', 'on-top', 20],
      ['energy', 'inside', 2000],
    ]);
  });

  test('refused when the money does not reach, with the amount that would and what it goes to', () => {
    expect(refused(monthly, money(499))).toEqual({
      code: 'below-minimum',
      minimumMinor: 500,
      reasons: [{ code: 'charge', amountMinor: 500, rule: 'fee' }],
    });
  });

  test('in part, where the tariff allows: the rest is owed and comes first next time', () => {
    const part = withEnergy(fixed('fee', { amount: '5', every: { months: 1 }, short: 'part' }));
    const first = quoted(part, money(300));
    expect(first.lines).toMatchObject([{ key: 'fee', amountMinor: 300, remainingMinor: 200 }]);
    expect(first.notices).toContainEqual({ code: 'charge-in-part', params: { rule: 'fee', owedMinor: 200 } });
    expect(first.after.charges['fee']).toEqual({
      paidFor: '2026-11-01',
      owedMinor: 200,
      paidInPeriodMinor: 300,
    });
    const second = quoted(part, money(300), first.after);
    expect(linesByKey(second)).toEqual({ fee: 200, energy: 100 });
    expect(second.after.charges['fee']).toEqual({
      paidFor: '2026-11-01',
      owedMinor: 0,
      paidInPeriodMinor: 500,
    });
  });

  test('in part with a tax on it: charge and tax together fit', () => {
    const taxed = tariffOf(
      tariffData({
        stages: [
          fixed('first', { amount: '2', every: { months: 1 }, short: 'part' }),
          fixed('second', { amount: '5', every: { months: 1 }, short: 'part' }),
          energy({ rate: '1' }),
          share('tax', { rate: '20', method: 'added', of: ['first', 'second', 'energy'] }),
        ],
      }),
    );
    // 2.00 + 1.00 and 20 % of them make 3.60; the second charge is the one cut.
    expect(linesByKey(quoted(taxed, money(360)))).toEqual({ first: 200, second: 100, tax: 60 });
    // 1.00 alone: the second is put off, the first is cut to 0.83 with 0.17 tax.
    const little = quoted(taxed, money(100));
    expect(linesByKey(little)).toEqual({ first: 83, tax: 17 });
    expect(little.after.charges['second']).toMatchObject({ owedMinor: 500 });
  });

  test('a balance pays for a charge too', () => {
    const part = withEnergy(fixed('fee', { amount: '5', every: { months: 1 }, short: 'part' }));
    expect(linesByKey(quoted(part, money(300), { balanceMinor: 400 }))).toEqual({
      balance: -400,
      fee: 500,
      energy: 200,
    });
  });
});

describe('shares of the amount', () => {
  test('of the amount, of what remains, and contained', () => {
    const tariff = withEnergy(
      share('fee', { rate: '5' }),
      share('rest', { of: 'remaining' }),
      share('vat', { of: 'remaining', method: 'contained', rate: '25' }),
    );
    // 1.00 of 20.00; 10 % of 19.00; 25/125 of 17.10.
    const made = quoted(tariff, money(2000));
    expect(linesByKey(made)).toEqual({ fee: 100, rest: 190, vat: 342, energy: 1360 });
    expect(made.carriedMinor).toBe(8);
    expect(made.lines[1]).toMatchObject({ base: { of: 'money', value: '19' }, rate: '10', place: 'inside' });
  });

  test('at least, at most, and refused rather than cut', () => {
    const tariff = withEnergy(share('fee', { atLeast: '1.50', atMost: '3' }));
    expect(linesByKey(quoted(tariff, money(1000)))['fee']).toBe(150);
    expect(linesByKey(quoted(tariff, money(2000)))['fee']).toBe(200);
    expect(linesByKey(quoted(tariff, money(9000)))['fee']).toBe(300);
    expect(linesByKey(quoted(tariff, money(150)))).toEqual({ fee: 150 });
    expect(refused(tariff, money(149))).toEqual({
      code: 'below-minimum',
      minimumMinor: 150,
      reasons: [{ code: 'share', amountMinor: 150, rule: 'fee' }],
    });
  });

  test('a tax of the amount is not cut to what a charge before it leaves', () => {
    const tariff = withEnergy(
      fixed('fee', { amount: '5', every: { months: 1 } }),
      share('vat', { rate: '20' }),
    );
    // 5.00 is four fifths of 6.25.
    expect(refused(tariff, money(624))).toMatchObject({ code: 'below-minimum', minimumMinor: 625 });
    expect(linesByKey(quoted(tariff, money(625)))).toEqual({ fee: 500, vat: 125 });
  });

  test('a base that is rounded first', () => {
    const tariff = withEnergy(share('fee', { baseRounding: { mode: 'down', to: '10' } }));
    expect(linesByKey(quoted(tariff, money(1999)))['fee']).toBe(100);
  });

  test('what a balance brings is not taxed again', () => {
    const tariff = withEnergy(share('vat', {}));
    expect(linesByKey(quoted(tariff, money(1000), { balanceMinor: 100 }))).toEqual({
      balance: -100,
      vat: 100,
      energy: 1000,
    });
  });

  test('a rebate of the amount adds to it', () => {
    const tariff = withEnergy(share('bonus', { rebate: true }));
    expect(linesByKey(quoted(tariff, money(1000)))).toEqual({ bonus: -100, energy: 1100 });
  });

  test('only for some categories and channels', () => {
    const tariff = withEnergy(share('fee', { when: { category: ['shop', 'office'], channel: ['agent'] } }));
    const fee = (category: string | undefined, channel: string | undefined): number | undefined =>
      linesByKey(
        quoted(
          tariff,
          money(1000, channel === undefined ? {} : { channel }),
          category === undefined ? {} : { category },
        ),
      )['fee'];
    expect(fee('office', 'agent')).toBe(100);
    expect(fee('home', 'agent')).toBeUndefined();
    expect(fee('shop', 'bank')).toBeUndefined();
    expect(fee(undefined, 'agent')).toBeUndefined();
    expect(fee('shop', undefined)).toBeUndefined();
  });
});

describe('debts', () => {
  const recovered = (parts: Parts, state: ReturnType<typeof owing>, amount = 10_000): number | undefined =>
    linesByKey(quoted(withEnergy(debt('recovery', parts)), money(amount), state))['recovery'];

  test('all, an instalment, a fixed sum, shares', () => {
    expect(recovered({ take: 'all' }, owing(3000))).toBe(3000);
    expect(recovered({ take: 'all' }, owing(30_000))).toBe(10_000);
    expect(recovered({ take: 'instalment' }, owing(3000, 700))).toBe(700);
    expect(recovered({ take: 'instalment' }, owing(500, 700))).toBe(500);
    expect(recovered({ take: { fixed: '25' } }, owing(3000))).toBe(2500);
    expect(recovered({ take: { share: { rate: '30', of: 'amount' } } }, owing(9000))).toBe(3000);
    expect(recovered({ take: { share: { rate: '30', of: 'balance' } } }, owing(9000))).toBe(2700);
    expect(recovered({ take: { share: { rate: '30', of: 'amount' } } }, owing(0))).toBeUndefined();
  });

  test('floor and caps', () => {
    const take = { share: { rate: '30', of: 'balance' } };
    expect(recovered({ take, atLeast: '40' }, owing(9000))).toBe(4000);
    expect(recovered({ take, atMost: '20' }, owing(9000))).toBe(2000);
    expect(recovered({ take, atMostShare: { rate: '15', of: 'remaining' } }, owing(9000))).toBe(1500);
    expect(recovered({ take, atMostShare: { rate: '90', of: 'remaining' } }, owing(9000))).toBe(2700);
  });

  test('the line says what was measured and what is left', () => {
    const lineFor = (parts: Parts) =>
      quoted(withEnergy(debt('recovery', parts)), money(10_000), owing(9000, 800)).lines[0];
    expect(lineFor({ take: { share: { rate: '30', of: 'amount' } } })).toMatchObject({
      kind: 'debt',
      role: 'debt',
      place: 'inside',
      base: { of: 'money', value: '100' },
      rate: '30',
      exact: '3000',
      remainingMinor: 6000,
    });
    expect(lineFor({ take: { fixed: '25' } })).toMatchObject({
      base: { value: '90' },
      rate: '25',
      remainingMinor: 6500,
    });
    expect(lineFor({ take: 'instalment' })).toMatchObject({
      base: { value: '90' },
      rate: '',
      remainingMinor: 8200,
    });
  });

  test('two recoveries of one debt take from the same balance', () => {
    const tariff = withEnergy(
      debt('instalment', { take: 'instalment' }),
      debt('rest', { take: { share: { rate: '50', of: 'remaining' } } }),
    );
    const made = quoted(tariff, money(10_000), owing(5000, 2000));
    expect(linesByKey(made)).toEqual({ instalment: 2000, rest: 3000, energy: 5000 });
    expect(made.after.debts).toEqual({ old: { openingMinor: 5000, balanceMinor: 0, instalmentMinor: 2000 } });
  });

  test('everything, until enough of the debt is paid', () => {
    const blocked = { take: { share: { rate: '50', of: 'remaining' } }, blockUntilPaid: '30' };
    expect(recovered(blocked, owing(20_000))).toBe(6000 + 2000);
    expect(recovered(blocked, owing(20_000), 5000)).toBe(5000);
    expect(recovered(blocked, owing(15_000, 0, 20_000))).toBe(1000 + 4500);
    expect(recovered(blocked, owing(9000, 0, 20_000))).toBe(5000);
  });

  test('a share of the amount after a charge still sees the whole amount', () => {
    const tariff = withEnergy(
      fixed('fee', { amount: '20', every: 'purchase' }),
      debt('recovery', { take: { share: { rate: '50', of: 'amount' } } }),
      debt('more', { debt: 'other', take: 'all' }),
    );
    const state = {
      debts: {
        ...owing(90_000).debts,
        other: { openingMinor: 1, balanceMinor: 100_000, instalmentMinor: 0 },
      },
    };
    expect(linesByKey(quoted(tariff, money(10_000), state))).toEqual({
      fee: 2000,
      recovery: 5000,
      more: 3000,
    });
  });
});

describe('sums settled', () => {
  const plain = tariffOf(tariffData({ stages: [energy({ rate: '1' })] }));
  const adjust = (id: string, amountMinor: number) => ({ id, reason: `why ${id}`, amountMinor });

  test('refunds first, then what is owed, as far as the money goes', () => {
    const made = quoted(plain, money(1000), {
      adjustments: [adjust('a', 900), adjust('b', -200), adjust('c', 500)],
    });
    expect(made.lines.map(({ key, amountMinor, label }) => [key, amountMinor, label])).toEqual([
      ['adjustment/b', -200, 'why b'],
      ['adjustment/a', 900, 'why a'],
      ['adjustment/c', 300, 'why c'],
    ]);
    expect(made.after.adjustments).toEqual([adjust('c', 200)]);
    expect(made.notices).toContainEqual({ code: 'settlement-in-part', params: { id: 'c', owedMinor: 200 } });
    expect(made.accountedMinor).toBe(0);
  });

  test('with nothing left over, later sums wait', () => {
    const made = quoted(plain, money(1000), { adjustments: [adjust('a', 1000), adjust('c', 500)] });
    expect(linesByKey(made)).toEqual({ 'adjustment/a': 1000 });
    expect(made.after.adjustments).toEqual([adjust('c', 500)]);
  });

  test('a sum owed comes before shares of what remains', () => {
    const tariff = withEnergy(share('rest', { of: 'remaining', rate: '50' }));
    expect(linesByKey(quoted(tariff, money(1000), { adjustments: [adjust('a', 400)] }))).toEqual({
      'adjustment/a': 400,
      rest: 300,
      energy: 300,
    });
  });

  test('units given and taken back', () => {
    const unit = (id: string, quantity: number) => ({ id, reason: id, quantity });
    const made = quoted(plain, money(1000), { unitAdjustments: [unit('preset', -150), unit('gift', 20)] });
    expect(made.tokens).toEqual([]);
    expect(made.after.unitAdjustments).toEqual([unit('preset', -30)]);
    const next = quoted(plain, money(1000), made.after);
    expect(next.tokens[0]).toEqual({
      kind: 'credit',
      quantity: 70,
      lines: [
        { key: 'bought', kind: 'bought', quantity: 100 },
        { key: 'adjustment/preset', kind: 'adjustment', quantity: -30 },
      ],
    });
    expect(next.after.unitAdjustments).toEqual([]);
    const gift = quoted(plain, money(5), { unitAdjustments: [unit('gift', 20)] });
    expect(gift.tokens[0]?.lines).toEqual([{ key: 'adjustment/gift', kind: 'adjustment', quantity: 20 }]);
  });

  test('preset units that must be bought whole', () => {
    const whole = tariffOf(
      tariffData({
        units: {
          rounding: [{ mode: 'down', to: '0.1' }],
          linesFrom: 'rounded',
          remainder: 'carry',
          preset: 'whole',
        },
      }),
    );
    const state = { unitAdjustments: [{ id: 'preset', reason: 'preset', quantity: -100 }] };
    expect(refused(whole, money(1000), state)).toEqual({
      code: 'below-minimum',
      minimumMinor: 2020,
      reasons: [{ code: 'units', amountMinor: 2020, rule: 'energy' }, { code: 'preset-units' }],
    });
    expect(quoted(whole, money(2000), state).tokens).toEqual([]);
    expect(quoted(whole, money(2020), state).tokens[0]?.quantity).toBe(1);
  });
});
