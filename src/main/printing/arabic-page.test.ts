import { describe, expect, it } from 'vitest';
import { arabicPageBytes } from './arabic-page.ts';

const hex = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && Buffer.from(bytes).toString('hex');

describe('Arabic words in PC864', () => {
  // Shapes by IBM's chart of code page 864, read off letter by letter; on paper from left to right.
  it.each([
    ['letters that join both ways, one way and none', 'كهرباء', 'c1a8c8d1f4e3'],
    ['a letter with four shapes, in each of them', 'ع عع ععع', 'c5ecd920c5d920df'],
    ['a lam before an alif, alone and joined', 'لا هلال', 'fb9ee7209d'],
    ['every alif after a lam', 'لآ لأ لإ', '9d209920f9'],
    ['an alif with a hamza below, bare', 'إيصال', 'fba8d5eac7'],
    ['two words, the first at the right', 'رقم العداد', 'cfc7cfece4c720efe2d1'],
    ['signs that join nothing', 'كم؟', 'bfefe3'],
    ['a stretched word', 'مـن', 'f2e0e5'],
  ])('have %s', (_what, text, bytes) => {
    expect(hex(arabicPageBytes(text))).toBe(bytes);
  });

  it.each(['بئر', 'پول', 'گاز'])('leave %s, with a letter that the page lacks, to a picture', (text) => {
    expect(arabicPageBytes(text)).toBeUndefined();
  });
});
