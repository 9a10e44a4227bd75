import { describe, expect, it } from 'vitest';
import { latinDigits } from './digits.ts';

describe('digits of any script', () => {
  it.each([
    ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['०१२३४५६७८९', '0123456789'],
    ['２０２６', '2026'],
    // Five runs of mathematical digits stand one behind another, outside the first plane.
    ['𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿', '0909090909'],
    ['2026-11-29', '2026-11-29'],
    // Neither a power nor a fraction nor a number of another kind is a decimal digit.
    ['²½Ⅷ五', '²½Ⅷ五'],
    ['', ''],
  ])('%s is %s', (text, latin) => expect(latinDigits(text)).toBe(latin));
});
