import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StationSettings, TenderRequest } from '../../contract/index.ts';
import { resolveTender, splitTender } from './tender.ts';

const SETTINGS = { currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 } } as StationSettings;

const sum = (of: readonly number[]): number => of.reduce((all, each) => all + each, 0);
const codeOf = (tender: TenderRequest, due: number): string => {
  const resolved = resolveTender(SETTINGS, tender, due);
  return resolved.ok ? 'ok' : resolved.error.code;
};
const card = (amountMinor: number, reference: string | null = null) =>
  ({ account: 'card', amountMinor, reference }) as const;
const mobile = (amountMinor: number, reference: string | null) =>
  ({ account: 'mobile-money', amountMinor, reference }) as const;
const cash = (receivedMinor: number) => ({ account: 'cash-drawer', receivedMinor }) as const;
const cashAlone = (receivedMinor: number): TenderRequest => ({ kind: 'cash', receivedMinor });
const parts = (...list: Extract<TenderRequest, { kind: 'parts' }>['parts']): TenderRequest => ({
  kind: 'parts',
  parts: list,
});

describe('what a payment comes to', () => {
  it.each([
    ['cash alone', cashAlone(20_000), 'ok'],
    ['too little cash', cashAlone(9_990), 'cash-too-little'],
    ['a coin that does not exist', cashAlone(10_001), 'cash-step'],
    ['card alone', parts(card(10_000)), 'ok'],
    ['less than is due', parts(card(9_999)), 'tender-too-little'],
    ['more than is due', parts(card(10_001)), 'tender-too-much'],
    ['cash where nothing is left', parts(card(10_000), cash(100)), 'tender-too-much'],
    ['a rest that no coins make', parts(card(9_995), cash(10)), 'cash-step'],
    ['cash in two parts', parts(cash(5_000), cash(5_000)), 'tender-cash-twice'],
    ['mobile money without a reference', parts(mobile(10_000, ' ')), 'reference-missing'],
    ['one reference twice', parts(mobile(5_000, 'a b'), mobile(5_000, 'AB')), 'reference-twice'],
    ['one reference of two kinds', parts(mobile(5_000, 'AB'), card(5_000, 'AB')), 'ok'],
    ['a card’s number', parts(card(10_000, '4111 1111 1111 1111')), 'reference-card-number'],
  ])('%s: %s', (_name, tender, code) => {
    expect(codeOf(tender, 10_000)).toBe(code);
  });

  it('says nothing of a card’s number that was typed', () => {
    const refused = resolveTender(SETTINGS, parts(card(10_000, '4111 1111 1111 1111')), 10_000);
    expect(JSON.stringify(refused)).not.toContain('1111');
  });
});

/** Dues of some sales and a payment of all of them: other parts as they come, cash for the rest. */
const payment = fc
  .record({
    dues: fc.array(
      fc.integer({ min: 1, max: 5_000 }).map((n) => n * 10),
      { minLength: 1, maxLength: 8 },
    ),
    shares: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 5 }),
    change: fc.nat(300).map((n) => n * 10),
  })
  .map(({ dues, shares, change }) => {
    let left = sum(dues);
    const others = shares.flatMap((percent, index) => {
      const amountMinor = Math.floor((left * percent) / 1_000) * 10;
      left -= amountMinor;
      return amountMinor === 0 ? [] : [mobile(amountMinor, `REF${index}`)];
    });
    return {
      dues,
      change: left === 0 ? 0 : change,
      tender: parts(...others, ...(left === 0 ? [] : [cash(left + change)])),
    };
  });

describe('every mix of tenders', () => {
  it('adds up: the parts to what is due, parts and change to what was handed over', () => {
    fc.assert(
      fc.property(payment, ({ dues, tender, change }) => {
        const resolved = resolveTender(SETTINGS, tender, sum(dues));
        if (!resolved.ok) throw new Error(resolved.error.code);
        expect(sum(resolved.value.map((part) => part.amountMinor))).toBe(sum(dues));
        expect(sum(resolved.value.map((part) => part.receivedMinor - part.amountMinor))).toBe(change);
        for (const part of resolved.value)
          if (part.account !== 'cash-drawer') expect(part.receivedMinor).toBe(part.amountMinor);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is dealt out over sales to the cent: each is paid in full, no part is lost or made', () => {
    fc.assert(
      fc.property(payment, ({ dues, tender }) => {
        const resolved = resolveTender(SETTINGS, tender, sum(dues));
        if (!resolved.ok) throw new Error(resolved.error.code);
        const split = splitTender(resolved.value, dues);
        expect(split.map((share) => sum(share.map((part) => part.amountMinor)))).toEqual(dues);
        for (const part of resolved.value) {
          const same = split
            .flat()
            .filter((each) => each.account === part.account && each.reference === part.reference);
          expect(sum(same.map((each) => each.amountMinor))).toBe(part.amountMinor);
          expect(sum(same.map((each) => each.receivedMinor))).toBe(part.receivedMinor);
          expect(same.every((each) => each.amountMinor > 0 && each.receivedMinor >= each.amountMinor)).toBe(
            true,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
