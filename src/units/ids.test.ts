import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId, makeId } from './ids.ts';

const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('ids', () => {
  it('are UUIDs of version 7 that carry their time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), random, (unixMs, bytes) => {
        const id = makeId(unixMs, bytes);
        expect(isId(id)).toBe(true);
        expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(unixMs);
      }),
    );
  });

  it('sort by time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), random, random, (unixMs, a, b) => {
        expect(makeId(unixMs, a) < makeId(unixMs + 1, b)).toBe(true);
      }),
    );
  });

  // The example of RFC 9562, appendix A.6.
  it('look like the one in the standard', () => {
    const bytes = Uint8Array.from([0x7c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(makeId(0x017f22e279b0, bytes)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it.each(['', 'x', '017f22e2-79b0-4cc3-98c4-dc0c0c07398f', '017F22E2-79B0-7CC3-98C4-DC0C0C07398F', 7, null])(
    '%j is none',
    (value) => {
      expect(isId(value)).toBe(false);
    },
  );
});
