import {
  CREDIT_REGISTERS,
  FLAG_INDEX,
  type CreditToken,
  type CurrencyCreditToken,
  type ExtendedToken,
  type KeySectionToken,
  type TokenFields,
} from '../../sts/index.ts';
import { RESOURCES } from '../../units/index.ts';
import type { MeasuringState } from './measuring-state.ts';
import { readingsOf } from './readings.ts';
import type { MeterReply } from './reply.ts';

/** The largest credit, in tenths, that a units register holds. */
export const REGISTER_LIMIT_TENTHS = 999_999_999;

export type Performed = { readonly state: MeasuringState; readonly reply: MeterReply };

function refuse(
  state: MeasuringState,
  error: Extract<MeterReply, { result: 'refused' }>['error'],
): Performed {
  return { state, reply: { result: 'refused', error } };
}

function set(state: MeasuringState, change: Partial<MeasuringState>): Performed {
  return { state: { ...state, ...change }, reply: { result: 'Accept', effect: { kind: 'set' } } };
}

function addUnits(state: MeasuringState, token: CreditToken): Performed {
  const { resource, units } = token;
  if (state.tampered) return refuse(state, { code: 'not-ready', reason: 'tampered' });
  const balanceTenths = state.unitsTenths[resource] + units;
  if (balanceTenths > REGISTER_LIMIT_TENTHS) return refuse(state, { code: 'OverflowError', resource });
  return {
    state: { ...state, unitsTenths: { ...state.unitsTenths, [resource]: balanceTenths } },
    reply: { result: 'Accept', effect: { kind: 'credit', resource, tenths: units, balanceTenths } },
  };
}

function addMoney(state: MeasuringState, token: CurrencyCreditToken): Performed {
  const { resource, amount } = token;
  if (state.tampered) return refuse(state, { code: 'not-ready', reason: 'tampered' });
  const balance = (BigInt(state.currency[resource]) + amount).toString();
  return {
    state: { ...state, currency: { ...state.currency, [resource]: balance } },
    reply: {
      result: 'Accept',
      effect: { kind: 'currency-credit', resource, amount: amount.toString(), balance },
    },
  };
}

function clearRegisters(state: MeasuringState, register: number): Performed {
  const isCleared = (number: number): boolean => register === number || register === CREDIT_REGISTERS.all;
  const unitsTenths = { ...state.unitsTenths };
  const currency = { ...state.currency };
  RESOURCES.forEach((resource, number) => {
    if (isCleared(number)) unitsTenths[resource] = 0;
    if (isCleared(number + RESOURCES.length)) currency[resource] = '0';
  });
  return {
    state: { ...state, unitsTenths, currency },
    reply: { result: 'Accept', effect: { kind: 'credit-cleared' } },
  };
}

function setExtended(state: MeasuringState, token: ExtendedToken): Performed {
  const { index, value } = token;
  if (index !== FLAG_INDEX) return set(state, { controls: { ...state.controls, [index]: value } });
  return set(state, { flags: { ...state.flags, [value >>> 1]: value % 2 === 1 } });
}

/** Does what a token of class 0, 1 or 2 says, key sections apart. */
export function perform(state: MeasuringState, token: Exclude<TokenFields, KeySectionToken>): Performed {
  switch (token.kind) {
    case 'credit':
      return addUnits(state, token);
    case 'currency-credit':
      return addMoney(state, token);
    case 'meter-test': {
      const readings = token.subClass === 2 ? [] : readingsOf(state, token.control);
      return { state, reply: { result: 'Accept', effect: { kind: 'readings', readings } } };
    }
    case 'power-limit':
      return set(state, { powerLimitWatts: token.watts });
    case 'phase-unbalance-limit':
      return set(state, { phaseUnbalanceWatts: token.watts });
    case 'tariff-rate':
      return set(state, { tariffRate: token.rate });
    case 'water-meter-factor':
      return set(state, { waterMeterFactor: token.factor });
    case 'extended-set':
      return setExtended(state, token);
    case 'clear-credit':
      return clearRegisters(state, token.register);
    default:
      return {
        state: { ...state, tampered: false },
        reply: { result: 'Accept', effect: { kind: 'tamper-cleared' } },
      };
  }
}
