import { describe, expect, it } from 'vitest';
import { signOfKey, watchForScans, type KeyPress } from './scanner.ts';

const press = (code: string, timeStamp: number, shiftKey = false): KeyPress => ({
  code,
  timeStamp,
  shiftKey,
});

/** Presses the digits with a gap between them, then asks for the scan a gap later. */
function typeDigits(digits: string, gapMs: number): ReturnType<ReturnType<typeof watchForScans>['finish']> {
  const watch = watchForScans<string>();
  let at = 1_000;
  for (const digit of digits) watch.note(press(`Digit${digit}`, (at += gapMs)), `before ${digit}`);
  return watch.finish(at + gapMs);
}

describe('watchForScans', () => {
  it('takes a fast run of signs for a scan, and hands back what stood there before it', () => {
    expect(typeDigits('00123456782', 8)).toEqual({ text: '00123456782', before: 'before 0' });
  });

  it('takes a person for a person', () => {
    expect(typeDigits('00123456782', 60)).toBeNull();
    expect(typeDigits('100', 8)).toBeNull();
  });

  it('keeps what was typed by hand before the scan out of it', () => {
    const watch = watchForScans<string>();
    watch.note(press('Digit9', 0), 'empty');
    let at = 500;
    for (const digit of '00123456782') watch.note(press(`Digit${digit}`, (at += 5)), 'nine');
    expect(watch.finish(at + 5)).toEqual({ text: '00123456782', before: 'nine' });
  });

  it('begins anew after each Enter', () => {
    const watch = watchForScans<null>();
    for (let at = 0; at < 100; at += 10) watch.note(press('Digit1', at), null);
    expect(watch.finish(100)?.text).toBe('1111111111');
    expect(watch.finish(101)).toBeNull();
  });
});

describe('signOfKey', () => {
  it.each([
    ['Digit1', false, '1'],
    ['Numpad7', true, '7'],
    ['Digit5', true, '%'],
    ['KeyQ', false, 'q'],
    ['KeyQ', true, 'Q'],
    ['Semicolon', false, ';'],
    ['Slash', true, '?'],
    ['Enter', false, undefined],
  ])('%s with Shift %s is %s', (code, shiftKey, sign) => {
    expect(signOfKey(press(code, 0, shiftKey))).toBe(sign);
  });
});
