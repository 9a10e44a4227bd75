import type { MeterKey, Phrase, VirtualMeterView } from '../../contract/index.ts';
import { isMessageId, unitsText } from '../../i18n/index.ts';
import {
  createVirtualMeter,
  pressKey,
  type MeterEffect,
  type MeterRefusal,
  type MeterReply,
  type VirtualMeter,
} from '../../simulators/virtual-meter/index.ts';
import { deriveDecoderKey, parseMeterNumber, type StsCrypto } from '../../sts/index.ts';
import { unitsTenths, type Resource } from '../../units/index.ts';
import type { MeterRecord } from '../directory/index.ts';
import { TRAINING_KEYS } from '../secure-module/index.ts';

/** The meters on the walls of the training town: each one remembers what was keyed in since the start. */
export type VirtualMeters = {
  readonly show: (meter: MeterRecord) => VirtualMeterView | undefined;
  readonly press: (meter: MeterRecord, key: MeterKey, nowMs: number) => VirtualMeterView | undefined;
};

/** Meters whose key is not one of the published training keys have no double here. */
export function openVirtualMeters(crypto: StsCrypto): VirtualMeters {
  const meters = new Map<string, VirtualMeter>();
  const find = (record: MeterRecord): VirtualMeter | undefined => {
    const known = meters.get(record.pan) ?? makeMeter(crypto, record);
    if (known) meters.set(record.pan, known);
    return known;
  };
  return {
    show: (record) => {
      const meter = find(record);
      return meter && viewOf(record, meter);
    },
    press: (record, key, nowMs) => {
      const meter = find(record);
      if (!meter) return undefined;
      const after = pressKey(meter, key, nowMs);
      meters.set(record.pan, after);
      return viewOf(record, after);
    },
  };
}

function makeMeter(crypto: StsCrypto, record: MeterRecord): VirtualMeter | undefined {
  const { sgc, krn, ti, dkga, ea, keyType, baseDate, ken } = record;
  const vending = TRAINING_KEYS.find((key) => key.sgc === sgc && key.krn === krn && key.dkga === dkga);
  const meter = parseMeterNumber(record.pan);
  if (!vending || !meter.ok) return undefined;
  const attributes = {
    dkga,
    ea,
    meter: meter.value,
    sgc,
    keyType,
    tariffIndex: ti,
    keyRevision: krn,
    baseDate,
  };
  const decoderKey = deriveDecoderKey(crypto, vending.key, attributes);
  if (!decoderKey.ok) return undefined;
  const setup = {
    meter: meter.value,
    decoderKey: decoderKey.value,
    sgc,
    keyType,
    keyRevision: krn,
    tariffIndex: ti,
  };
  return createVirtualMeter({ ...setup, keyExpiry: ken, madeAtTid: 0 }, `K${record.meterNumber.slice(-6)}`);
}

function viewOf(record: MeterRecord, meter: VirtualMeter): VirtualMeterView {
  const { typed, shown } = meter.keypad;
  // The first digit of the next token wipes the last answer.
  const answer = typed === '' ? shown : null;
  return {
    meterNumber: record.meterNumber,
    customerName: record.customer.name,
    resource: record.resource,
    typed,
    display: answer === null ? [] : replyPhrases(answer, record.resource),
    mood: answer === null ? 'idle' : answer.result === 'refused' ? 'bad' : 'good',
    balanceTenths: meter.measuring.unitsTenths[record.resource],
  };
}

function replyPhrases(reply: MeterReply, resource: Resource): Phrase[] {
  if (reply.result === 'refused')
    return [{ id: 'virtual.refused', params: { reason: refusalId(reply.error), ...details(reply.error) } }];
  if (reply.result === 'Accept')
    return [{ id: 'virtual.accept', params: {} }, ...effectPhrases(reply.effect, resource)];
  return [{ id: 'virtual.key-part', params: { part: reply.result.slice(0, 1) } }];
}

function effectPhrases(effect: MeterEffect, resource: Resource): Phrase[] {
  switch (effect.kind) {
    case 'credit':
      return [{ id: 'virtual.credit', params: { units: unitsText(unitsTenths(effect.tenths), resource) } }];
    case 'readings':
      return effect.readings.map(({ test, value }) => ({
        id: 'virtual.reading',
        params: { name: test, value: String(value) },
      }));
    case 'credit-cleared':
      return [{ id: 'virtual.cleared', params: {} }];
    case 'tamper-cleared':
      return [{ id: 'virtual.tamper-cleared', params: {} }];
    case 'key-changed':
      return [{ id: 'virtual.key-changed', params: {} }];
    default:
      return [{ id: 'virtual.done', params: {} }];
  }
}

function refusalId(refusal: MeterRefusal): string {
  const id = `virtual.reason.${refusal.code}`;
  return isMessageId(id) ? id : 'virtual.reason.other';
}

function details(refusal: MeterRefusal): Readonly<Record<string, string | number>> {
  const seconds = refusal.code === 'lockout-active' ? Math.ceil(refusal.remainingMs / 1000) : 0;
  return { code: refusal.code, seconds };
}
