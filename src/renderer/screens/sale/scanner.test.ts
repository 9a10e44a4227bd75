import { describe, expect, it } from 'vitest';
import { signOfKey, watchForScans, type KeyPress, type Scan, type ScannerSettings } from './scanner.ts';

const PLAIN: ScannerSettings = { prefix: '', suffix: '', end: 'key' };
const watchPlain = <Before>() => watchForScans<Before>(() => PLAIN);

const press = (code: string, timeStamp: number, shiftKey = false): KeyPress => ({
  code,
  timeStamp,
  shiftKey,
});

/** Presses the digits with a gap between them, then asks for the scan a gap later. */
function typeDigits(digits: string, gapMs: number, settings = PLAIN): Scan<string> | null {
  const watch = watchForScans<string>(() => settings);
  let at = 1_000;
  for (const digit of digits) watch.note(press(`Digit${digit}`, (at += gapMs)), () => `before ${digit}`);
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
    const watch = watchPlain<string>();
    watch.note(press('Digit9', 0), () => 'empty');
    let at = 500;
    for (const digit of '00123456782') watch.note(press(`Digit${digit}`, (at += 5)), () => 'nine');
    expect(watch.finish(at + 5)).toEqual({ text: '00123456782', before: 'nine' });
  });

  it('begins anew after each end', () => {
    const watch = watchPlain<null>();
    for (let at = 0; at < 100; at += 10) watch.note(press('Digit1', at), () => null);
    expect(watch.finish(100)?.text).toBe('1111111111');
    expect(watch.finish(101)).toBeNull();
  });

  it('takes a key that is held down for no scanner', () => {
    const watch = watchPlain<null>();
    for (let at = 0; at < 600; at += 30) watch.note({ ...press('Digit0', at), repeat: at > 0 }, () => null);
    expect(watch.finish(600)).toBeNull();
  });

  it('lets keys without a sign pass through a burst: Shift, and what is left of control characters', () => {
    const watch = watchPlain<null>();
    let at = 0;
    for (const code of ['ShiftLeft', 'Semicolon', 'Digit6', 'ControlLeft', 'Digit0', 'Digit0', 'Digit7'])
      watch.note(press(code, (at += 5)), () => null);
    for (const code of ['Digit2', 'Digit7', 'Equal']) watch.note(press(code, (at += 5)), () => null);
    expect(watch.finish(at + 5)?.text).toBe(';600727=');
  });

  it('knows a scanner by its prefix however short the text, and takes prefix and suffix off', () => {
    const settings: ScannerSettings = { prefix: '99', suffix: '7', end: 'key' };
    expect(typeDigits('99417', 8, settings)?.text).toBe('41');
    expect(typeDigits('4177', 8, settings)).toBeNull();
    expect(typeDigits('001234567827', 8, settings)?.text).toBe('00123456782');
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
    ['BracketRight', true, '}'],
    ['NumpadDecimal', false, '.'],
    ['Enter', false, undefined],
  ])('%s with Shift %s is %s', (code, shiftKey, sign) => {
    expect(signOfKey(press(code, 0, shiftKey))).toBe(sign);
  });
});
