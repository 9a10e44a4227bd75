import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/index.ts';
import { keypadHelp, keypadOf } from './keypads.ts';

const said = (model: string | null, more: { tokens?: number; resource?: 'electricity' | 'water' } = {}) =>
  keypadHelp({ tokens: 1, resource: 'electricity', model, ...more }, ' (↵)').map(({ id, params }) =>
    translator('en')(id, params),
  );

const TAKEN = 'Wait until the meter says that it took them.';

describe('a keypad', () => {
  it.each([
    ['Landis+Gyr Cashpower', 'Landis+Gyr Cashpower'],
    ['LANDIS & GYR Cashpower Gemini', 'Landis+Gyr Cashpower'],
    ['itron em512 type 700', 'Itron EM512'],
    ['waterwatch', 'Waterwatch'],
    ['Hash', 'hash'],
    // What only begins like a word of the table is no keypad of that kind.
    ['hashmeter 9', ''],
    ['Landis+Gyr E470', ''],
    ['somebody’s own', ''],
    ['', ''],
    [null, ''],
  ])('%j is known as %j', (model, known) => {
    expect(keypadOf(model).model).toBe(known);
  });
});

describe('what is told', () => {
  it('is nothing where there is no token', () => {
    expect(said('hash', { tokens: 0 })).toEqual([]);
  });

  it('is Enter after the digits where the keypad is not known', () => {
    expect(said(null)).toEqual([`Press the 20 digits, then Enter (↵). ${TAKEN}`]);
    expect(said('hash')).toEqual([`Press the 20 digits, then #. ${TAKEN}`]);
  });

  it('is what the maker says of the model', () => {
    expect(said('Landis+Gyr Cashpower 2000')).toEqual([
      `Press the 20 digits; after the last one the meter goes on by itself. ${TAKEN}`,
      'A wrong digit: press the back key, and it is gone.',
      'Do not stop for more than 30 seconds, or what was typed is gone.',
    ]);
  });

  it('tells of unlocking first, then of the order of several tokens', () => {
    expect(said('Waterwatch', { tokens: 3, resource: 'water' })).toEqual([
      'Hold # until the keypad says that it is unlocked.',
      'Key in token 1 first and wait for the meter’s answer, then the next, up to 3. All within ten minutes.',
      `Press the 20 digits; after the last one the meter goes on by itself. ${TAKEN}`,
    ]);
  });

  it('has a water meter’s keypad held to it only where nothing else is known', () => {
    const held = 'Hold the keypad to the water meter until it has answered.';
    expect(said(null, { resource: 'water' })).toContain(held);
    expect(said('Waterwatch', { resource: 'water' })).not.toContain(held);
  });
});
