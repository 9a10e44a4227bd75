import { METER_TESTS, testsOf, type MeterTest } from '../../sts/index.ts';
import type { MeasuringState } from './measuring-state.ts';
import type { Reading } from './reply.ts';

const SOFTWARE_VERSION = '1.0';
const KEY_CHANGE_TOKENS = { 7: 3, 11: 4 } as const;

/** What each test shows. Tests of the display, the switch and the reader always succeed here. */
const SHOWS: Readonly<Record<MeterTest, (state: MeasuringState) => Reading['value']>> = {
  'load-switch': (state) => !state.tampered && state.unitsTenths.electricity > 0,
  displays: () => true,
  'total-usage': (state) => state.totalTenths.electricity,
  'key-revision-and-type': (state) => `${state.keyRevision} ${state.keyType}`,
  'tariff-index': (state) => state.tariffIndex,
  'token-reader': () => true,
  'power-limit': (state) => state.powerLimitWatts,
  'tamper-status': (state) => state.tampered,
  'power-now': () => 0,
  'software-version': () => SOFTWARE_VERSION,
  'phase-unbalance-limit': (state) => state.phaseUnbalanceWatts,
  'water-meter-factor': (state) => state.waterMeterFactor,
  'tariff-rate': (state) => state.tariffRate,
  'encryption-algorithm': (state) => state.ea,
  'key-change-tokens-supported': (state) => KEY_CHANGE_TOKENS[state.ea],
  'supply-group': (state) => state.sgc,
  'key-expiry': (state) => state.keyExpiry,
  'meter-number': (state) => state.drn,
};

/** What a test token with this control field makes the meter show, in the standard's order. */
export function readingsOf(state: MeasuringState, control: number): readonly Reading[] {
  const asked = testsOf(control);
  return METER_TESTS.filter((test) => asked.includes(test)).map((test) => ({
    test,
    value: SHOWS[test](state),
  }));
}
