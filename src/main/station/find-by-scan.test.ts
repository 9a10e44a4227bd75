import { describe, expect, it } from 'vitest';
import { ok } from '../../units/index.ts';
import { findByScan } from './find-by-scan.ts';

/** Of the published suites: a meter's all eighteen digits. */
const PAN = '600727000000000009';
const CLOCK = { nowUnixMs: Date.UTC(2026, 10, 28, 12), zone: 'Africa/Johannesburg' };

/** What was looked for, or the code of the refusal. */
async function sought(text: string): Promise<unknown> {
  let asked: string | null = null;
  const found = await findByScan(
    text,
    async (what) => {
      asked = what;
      return ok([]);
    },
    CLOCK,
  );
  return found.ok ? asked : found.error;
}

describe('findByScan', () => {
  it.each([
    ['whole', `;${PAN}=00000207201457011?`],
    ['with a check sign behind', `;${PAN}=00000207201457011?7`],
    ['without its signs', `${PAN}=00000207201457011`],
    ['behind a track 1', `%B${PAN}^METER^0000?;${PAN}=00000207201457011?`],
    ['with control characters', `\u0002;${PAN}=00000207201457011?\r`],
    ['in its last month', `;${PAN}=26110207201457011?`],
  ])('reads track 2 of a meter card %s', async (_name, text) => {
    expect(await sought(text)).toBe(PAN);
  });

  it('refuses a card that has run out, with its month', async () => {
    const card = `;${PAN}=26100207201457011?`;
    expect(await sought(card)).toMatchObject({ code: 'card-expired', params: { month: '2026-10' } });
  });

  it.each([
    ['cut short', `;${PAN}=000002?`],
    ['with a wrong check digit', `;600727000000000008=00000207201457011?`],
    ['with a month that there is none of', `;${PAN}=26130207201457011?`],
  ])('refuses a meter card %s', async (_name, text) => {
    expect(await sought(text)).toMatchObject({ code: 'card-damaged' });
  });

  it.each([
    ['track 2', ';4111111111111111=29121010000000000000?'],
    ['track 2 without its signs', '4111111111111111=29121010000000000000'],
    ['both tracks', '%B4111111111111111^DOE/JANE^2912101?;4111111111111111=2912101?'],
    ['track 1 alone', '%B4111111111111111^DOE/JANE^2912101?'],
  ])('refuses a payment card, %s, and repeats nothing of it', async (_name, text) => {
    const refused = await sought(text);
    expect(refused).toMatchObject({ code: 'card-not-meter' });
    expect(JSON.stringify(refused)).not.toMatch(/4111|DOE/u);
  });

  it('passes on what is no card and no receipt', async () => {
    expect(await sought(' thandi nkosi\u001d')).toBe('thandi nkosi');
    expect(await sought('00123456782')).toBe('00123456782');
  });

  it('refuses a receipt’s code that is damaged', async () => {
    expect(await sought('KW1.0190')).toMatchObject({ code: 'receipt-code-damaged' });
  });
});
