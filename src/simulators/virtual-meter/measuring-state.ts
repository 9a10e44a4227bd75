import {
  bytesFromHex,
  bytesToHex,
  type DecoderKey,
  type KeySectionSet,
  type KeyType,
} from '../../sts/index.ts';
import type { MeterPan } from '../../sts/index.ts';
import { assert, type Resource } from '../../units/index.ts';
import { NO_LOCKOUT, type Lockout } from './lockout.ts';
import { filledTidStore, type TidStore } from './tid-store.ts';

/** What the part of a meter that measures remembers. Plain data: it survives JSON. */
export type MeasuringState = {
  readonly drn: string;
  readonly manufacturerCode: number;
  readonly ea: 7 | 11;
  /** Hexadecimal, most significant byte first. */
  readonly decoderKey: string;
  /** Six digits; zeros once a key change has not carried it. */
  readonly sgc: string;
  readonly keyType: KeyType;
  readonly keyRevision: number;
  readonly tariffIndex: number;
  readonly keyExpiry: number;
  readonly tids: TidStore;
  /** Credit in tenths of a unit. */
  readonly unitsTenths: Readonly<Record<Resource, number>>;
  /** Credit in hundred-thousandths of the base currency unit, as decimal text: it may exceed a number. */
  readonly currency: Readonly<Record<Resource, string>>;
  /** Everything consumed so far, in tenths. */
  readonly totalTenths: Readonly<Record<Resource, number>>;
  readonly powerLimitWatts: number;
  readonly phaseUnbalanceWatts: number;
  readonly tariffRate: number;
  readonly waterMeterFactor: number;
  /** Values of extended tokens, by index; flags by their own number. */
  readonly controls: Readonly<Record<number, number>>;
  readonly flags: Readonly<Record<number, boolean>>;
  readonly tampered: boolean;
  /** Sections of a key change received so far, and when the first of them came. */
  readonly keyChange: { readonly sections: KeySectionSet; readonly startedMs: number } | null;
  readonly lockout: Lockout;
};

/** What a meter leaves the factory with. */
export type MeterSetup = {
  readonly meter: MeterPan;
  readonly decoderKey: DecoderKey;
  readonly sgc: string;
  readonly keyType: KeyType;
  readonly keyRevision: number;
  readonly tariffIndex: number;
  readonly keyExpiry: number;
  /** The minute of manufacture, as a token time of the key's base date. */
  readonly madeAtTid: number;
};

const NOTHING: Readonly<Record<Resource, number>> = { electricity: 0, water: 0, gas: 0, time: 0 };
const NO_MONEY: Readonly<Record<Resource, string>> = { electricity: '0', water: '0', gas: '0', time: '0' };

/** The largest number of watts that a power limit can say: no limit in practice. */
const NO_LIMIT_WATTS = 18_201_624;

export function newMeasuringState(setup: MeterSetup): MeasuringState {
  return {
    drn: setup.meter.drn,
    manufacturerCode: Number(setup.meter.manufacturerCode),
    ea: setup.decoderKey.ea,
    decoderKey: bytesToHex(setup.decoderKey.bytes),
    sgc: setup.sgc,
    keyType: setup.keyType,
    keyRevision: setup.keyRevision,
    tariffIndex: setup.tariffIndex,
    keyExpiry: setup.keyExpiry,
    tids: filledTidStore(setup.madeAtTid),
    unitsTenths: NOTHING,
    currency: NO_MONEY,
    totalTenths: NOTHING,
    powerLimitWatts: NO_LIMIT_WATTS,
    phaseUnbalanceWatts: NO_LIMIT_WATTS,
    tariffRate: 0,
    waterMeterFactor: 0,
    controls: {},
    flags: {},
    tampered: false,
    keyChange: null,
    lockout: NO_LOCKOUT,
  };
}

/** The key that the meter decodes with. */
export function decoderKeyOf(state: MeasuringState): DecoderKey {
  const bytes = bytesFromHex(state.decoderKey);
  assert(bytes, 'a meter holds its key as hexadecimal');
  return { ea: state.ea, bytes };
}
