import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilAtOffset,
  civilFromMinutes,
  civilInZone,
  civilToText,
  daysFromEpoch,
  instantInZone,
  minutesFromEpoch,
  parseCivilMinute,
  unixMs,
} from './civil-time.ts';

describe('minutes and civil time', () => {
  it('are the same thing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000_000, max: 100_000_000 }), (minutes) => {
        const civil = civilFromMinutes(minutes);
        expect(minutesFromEpoch(civil)).toBe(minutes);
        expect(parseCivilMinute(civilToText(civil))).toEqual(civil);
      }),
    );
  });

  it.each([
    '2026-02-29 10:00',
    '2026-13-01 00:00',
    '2026-00-10 00:00',
    '2026-04-31 00:00',
    '2026-01-01 24:00',
    '2026-01-01 10:60',
    '26-01-01 10:00',
    '2026-01-01',
  ])('%s does not exist', (text) => {
    expect(parseCivilMinute(text)).toBeUndefined();
  });

  it('know leap years', () => {
    expect(daysFromEpoch(2000, 2, 29)).toBeDefined();
    expect(daysFromEpoch(1900, 2, 29)).toBeUndefined();
    expect(daysFromEpoch(1970, 1, 1)).toBe(0);
  });
});

describe('one instant', () => {
  // 2026-03-29 01:30 UTC: summer time began in Berlin half an hour ago.
  const at = unixMs(Date.UTC(2026, 2, 29, 1, 30));

  it.each([
    ['Africa/Johannesburg', '2026-03-29 03:30'],
    ['Europe/Berlin', '2026-03-29 03:30'],
    ['Asia/Kathmandu', '2026-03-29 07:15'],
    ['Pacific/Pago_Pago', '2026-03-28 14:30'],
    ['UTC', '2026-03-29 01:30'],
  ])('is in %s at %s', (zone, text) => {
    expect(civilToText(civilInZone(at, zone))).toBe(text);
  });

  it('has a fixed offset on a token clock, whatever the season', () => {
    expect(civilToText(civilAtOffset(at, 120))).toBe('2026-03-29 03:30');
    expect(civilToText(civilAtOffset(unixMs(Date.UTC(2026, 6, 1, 0, 0)), 60))).toBe('2026-07-01 01:00');
    expect(civilToText(civilAtOffset(unixMs(-1), 0))).toBe('1969-12-31 23:59');
  });

  it('reads midnight as hour 0', () => {
    expect(civilInZone(unixMs(Date.UTC(2026, 0, 1, 0, 0)), 'UTC').hour).toBe(0);
  });
});

describe('the instant of a civil minute in a zone', () => {
  it('shows that minute there', () => {
    const zones = [
      'Africa/Johannesburg',
      'Europe/Berlin',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Pacific/Apia',
      'Australia/Lord_Howe',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 20_000_000, max: 35_000_000 }),
        fc.constantFrom(...zones),
        (minutes, zone) => {
          const civil = civilInZone(unixMs(minutes * 60_000), zone);
          expect(civilInZone(instantInZone(civil, zone), zone)).toEqual(civil);
        },
      ),
    );
  });

  it.each([
    ['2026-03-29 02:30', Date.UTC(2026, 2, 29, 1, 30)],
    ['2026-10-25 02:30', Date.UTC(2026, 9, 25, 0, 30)],
    ['2026-10-25 03:30', Date.UTC(2026, 9, 25, 2, 30)],
  ])('%s in Berlin, about the change of clocks', (text, instant) => {
    const civil = parseCivilMinute(text);
    expect(civil && instantInZone(civil, 'Europe/Berlin')).toBe(instant);
  });
});
