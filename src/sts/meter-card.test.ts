import { describe, expect, it } from 'vitest';
import { SUITE_METER } from '../../test/fixtures/vectors/published-vectors.ts';
import { checkMeterCardExpiry, parseMeterCard, type MeterCard } from './meter-card.ts';

const CARD: MeterCard = {
  meter: SUITE_METER,
  expires: { year: 2027, month: 9 },
  tokenCarrier: 2,
  ea: 7,
  sgc: '201457',
  tariffIndex: 1,
  keyRevision: 3,
};

describe('parseMeterCard', () => {
  it.each([
    ';600727000000000009=27090207201457013?',
    ';600727000000000009=27090207201457013?5',
    '600727000000000009=27090207201457013',
    ' ;600727000000000009=27090207201457013?\r\n',
  ])('reads %j', (text) => {
    expect(parseMeterCard(text)).toEqual({ ok: true, value: CARD });
  });

  it('reads the first key revision', () => {
    expect(parseMeterCard(';600727000000000009=27090207201457011?')).toEqual({
      ok: true,
      value: { ...CARD, keyRevision: 1 },
    });
  });

  it('reads a card without expiry', () => {
    expect(parseMeterCard(';600727000000000009=00000107201457993?')).toEqual({
      ok: true,
      value: { ...CARD, expires: undefined, tokenCarrier: 1, tariffIndex: 99 },
    });
  });

  it.each([
    ['', { code: 'card-format' }],
    [';600727000000000009=2709020720145701?', { code: 'card-format' }],
    ['x;600727000000000009=27090207201457013?', { code: 'card-format' }],
    [';600727000000000009=27090207201457013?55', { code: 'card-format' }],
    [';600727000000000009=27000207201457013?', { code: 'card-field', field: 'expires', value: '2700' }],
    [';600727000000000009=00130207201457013?', { code: 'card-field', field: 'expires', value: '0013' }],
    [';600727000000000009=27090207201457010?', { code: 'card-field', field: 'keyRevision', value: '0' }],
    [
      ';600727000000000008=27090207201457013?',
      { code: 'meter-number-check-digit', field: 'pan', position: 18, found: 8, expected: 9 },
    ],
  ])('refuses %j', (text, error) => {
    expect(parseMeterCard(text)).toEqual({ ok: false, error });
  });

  it.each(['2701', '2712', '0001'])('takes %s for a month', (month) => {
    expect(parseMeterCard(`;600727000000000009=${month}0207201457013?`).ok).toBe(true);
  });
});

describe('checkMeterCardExpiry', () => {
  it.each([
    [{ year: 2027, month: 9 }, true],
    [{ year: 2027, month: 8 }, true],
    [{ year: 2026, month: 12 }, true],
    [{ year: 2027, month: 10 }, false],
    [{ year: 2028, month: 1 }, false],
  ])('in %j: %s', (today, good) => {
    expect(checkMeterCardExpiry(CARD, today)).toEqual(
      good ? { ok: true, value: CARD } : { ok: false, error: { code: 'card-expired', year: 2027, month: 9 } },
    );
  });

  it('lets a card without expiry through', () => {
    const card = { ...CARD, expires: undefined };
    expect(checkMeterCardExpiry(card, { year: 2099, month: 12 })).toEqual({ ok: true, value: card });
  });
});
