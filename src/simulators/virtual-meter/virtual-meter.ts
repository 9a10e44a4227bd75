import { assert, type Resource } from '../../units/index.ts';
import { newMeasuringState, type MeasuringState, type MeterSetup } from './measuring-state.ts';
import { receiveToken } from './measuring-unit.ts';
import type { MeterReply } from './reply.ts';

/** The part with the keys and the display, in the kitchen; it decodes nothing. */
export type KeypadUnit = {
  /** Its own number, which is not the meter's. */
  readonly serial: string;
  /** Digits typed so far. */
  readonly typed: string;
  /** Whether it reaches the measuring unit. */
  readonly linked: boolean;
  /** What it shows; null before the first token. */
  readonly shown: MeterReply | null;
};

/** A split meter: the measuring unit at the pole, the keypad unit in the house. Plain data. */
export type VirtualMeter = { readonly measuring: MeasuringState; readonly keypad: KeypadUnit };

export type KeyedIn = { readonly meter: VirtualMeter; readonly reply: MeterReply };

/** A key of the keypad. */
export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'back' | 'enter';

const TOKEN_DIGITS = 20;

/** A meter as it leaves the factory, with its keypad paired. */
export function createVirtualMeter(setup: MeterSetup, keypadSerial: string): VirtualMeter {
  return {
    measuring: newMeasuringState(setup),
    keypad: { serial: keypadSerial, typed: '', linked: true, shown: null },
  };
}

/** Keys in a whole token. `nowMs` is any clock of milliseconds that does not go back. */
export function keyIn(meter: VirtualMeter, digits: string, nowMs: number): KeyedIn {
  if (!meter.keypad.linked) {
    const reply: MeterReply = { result: 'refused', error: { code: 'not-ready', reason: 'no-link' } };
    return { reply, meter: { ...meter, keypad: { ...meter.keypad, typed: '', shown: reply } } };
  }
  const { state, reply } = receiveToken(meter.measuring, digits, nowMs);
  return { reply, meter: { measuring: state, keypad: { ...meter.keypad, typed: '', shown: reply } } };
}

/** Presses one key: digits collect on the display, up to a token's twenty; `enter` keys them in. */
export function pressKey(meter: VirtualMeter, key: Key, nowMs: number): VirtualMeter {
  const { typed } = meter.keypad;
  if (key === 'enter') return keyIn(meter, typed, nowMs).meter;
  const next = key === 'back' ? typed.slice(0, -1) : (typed + key).slice(0, TOKEN_DIGITS);
  return { ...meter, keypad: { ...meter.keypad, typed: next } };
}

/** Breaks or restores the line between the two units. */
export function setLink(meter: VirtualMeter, linked: boolean): VirtualMeter {
  return { ...meter, keypad: { ...meter.keypad, linked } };
}

/** Somebody opens the meter: it takes no credit until a token clears the condition. */
export function tamper(meter: VirtualMeter): VirtualMeter {
  return { ...meter, measuring: { ...meter.measuring, tampered: true } };
}

/** Uses up units, in tenths: at most what there is. */
export function consume(meter: VirtualMeter, resource: Resource, tenths: number): VirtualMeter {
  assert(Number.isSafeInteger(tenths) && tenths >= 0, 'consumption is a whole number of tenths');
  const { measuring } = meter;
  const used = Math.min(tenths, measuring.unitsTenths[resource]);
  return {
    ...meter,
    measuring: {
      ...measuring,
      unitsTenths: { ...measuring.unitsTenths, [resource]: measuring.unitsTenths[resource] - used },
      totalTenths: { ...measuring.totalTenths, [resource]: measuring.totalTenths[resource] + used },
    },
  };
}
