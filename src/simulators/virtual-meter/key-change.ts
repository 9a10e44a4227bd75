import {
  assembleKeyChange,
  bytesToHex,
  collectKeySection,
  type AssembledKey,
  type KeySectionSet,
  type KeySectionToken,
} from '../../sts/index.ts';
import type { MeasuringState } from './measuring-state.ts';
import type { Performed } from './perform.ts';
import { filledTidStore } from './tid-store.ts';

/** A collection that is not complete after this long is dropped. */
export const KEY_CHANGE_TIMEOUT_MS = 600_000;

const PLACES = {
  'key-section-1': ['first', '1stKCT'],
  'key-section-2': ['second', '2ndKCT'],
  'key-section-3-group': ['third', '3rdKCT'],
  'key-section-3': ['third', '3rdKCT'],
  'key-section-4': ['fourth', '4thKCT'],
} as const;

/** Zeros stand for a supply group that the meter has not been told. */
const UNKNOWN_GROUP = '000000';

function differs(a: KeySectionToken | undefined, b: KeySectionToken): boolean {
  return a !== undefined && JSON.stringify(a) !== JSON.stringify(b);
}

/** The sections that still count: none after the time-out, none when one of them is contradicted. */
function sectionsBefore(state: MeasuringState, section: KeySectionToken, nowMs: number): KeySectionSet {
  const { keyChange } = state;
  if (!keyChange || nowMs - keyChange.startedMs >= KEY_CHANGE_TIMEOUT_MS) return {};
  return differs(keyChange.sections[PLACES[section.kind][0]], section) ? {} : keyChange.sections;
}

function changeKey(state: MeasuringState, next: AssembledKey): MeasuringState {
  return {
    ...state,
    decoderKey: bytesToHex(next.key.bytes),
    sgc: next.sgc ?? UNKNOWN_GROUP,
    keyType: next.keyType,
    keyRevision: next.keyRevision,
    tariffIndex: next.tariffIndex,
    keyExpiry: next.keyExpiry,
    tids: next.rollOver ? filledTidStore(0) : state.tids,
    keyChange: null,
  };
}

/**
 * Takes one section of a key change. The sections may come in any order; the meter acts when it has them all,
 * and keeps its credit and other registers.
 */
export function takeKeySection(state: MeasuringState, section: KeySectionToken, nowMs: number): Performed {
  const before = sectionsBefore(state, section, nowMs);
  const isFirst = Object.keys(before).length === 0;
  const startedMs = isFirst || !state.keyChange ? nowMs : state.keyChange.startedMs;
  const sections = collectKeySection(before, section);
  const complete = assembleKeyChange(state.ea, sections);
  if (!complete) {
    const result = PLACES[section.kind][1];
    return { state: { ...state, keyChange: { sections, startedMs } }, reply: { result } };
  }
  return {
    state: changeKey(state, complete),
    reply: { result: 'Accept', effect: { kind: 'key-changed', rollOver: complete.rollOver } },
  };
}
