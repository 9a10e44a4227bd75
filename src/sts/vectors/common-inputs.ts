import { parseCivilMinute, type CivilMinute } from '../../units/index.ts';
import type { StsCrypto } from '../crypto-port.ts';
import { deriveDecoderKey, type DecoderKey, type DecoderKeyInputs } from '../decoder-key.ts';
import { parseMeterNumber } from '../meter-number.ts';
import { isBaseDate, issueTid, type BaseDate } from '../token-identifier.ts';
import { bytesFromHex } from '../words.ts';
import { valueOf, VectorFailure, type VectorInputs } from './vector.ts';

/** Bytes of an input in hexadecimal. */
export function hexInput(inputs: VectorInputs, key: string): Uint8Array {
  const text = inputs.text(key);
  const bytes = bytesFromHex(text);
  if (bytes === undefined) throw new VectorFailure({ code: 'input', key, value: text });
  return bytes;
}

/** 7 or 11. */
export function eaInput(inputs: VectorInputs): 7 | 11 {
  const ea = inputs.whole('ea');
  if (ea === 7 || ea === 11) return ea;
  throw new VectorFailure({ code: 'input', key: 'ea', value: ea });
}

export function baseDateInput(inputs: VectorInputs): BaseDate {
  const year = inputs.whole('baseDate');
  if (isBaseDate(year)) return year;
  throw new VectorFailure({ code: 'input', key: 'baseDate', value: year });
}

/** The minute of issue; seconds, if there are any, are cut off. */
export function issueDateInput(inputs: VectorInputs): CivilMinute {
  const text = inputs.text('issueDate');
  const civil = parseCivilMinute(text.slice(0, 16));
  if (civil === undefined) throw new VectorFailure({ code: 'input', key: 'issueDate', value: text });
  return civil;
}

/** The token time that is given, or that an ordinary token of the issue minute gets. */
export function tidInput(inputs: VectorInputs): number {
  if (inputs.has('tid')) return inputs.whole('tid');
  return valueOf('tid', issueTid(baseDateInput(inputs), issueDateInput(inputs), undefined));
}

/** The inputs of a decoder key, apart from the vending key. A DES derivation does without a base date. */
export function derivationInputs(inputs: VectorInputs): DecoderKeyInputs {
  return {
    dkga: inputs.whole('dkga'),
    ea: inputs.whole('ea'),
    meter: valueOf('pan', parseMeterNumber(inputs.text('pan'))),
    sgc: inputs.text('sgc'),
    keyType: inputs.whole('keyType'),
    tariffIndex: inputs.whole('ti'),
    keyRevision: inputs.whole('krn'),
    baseDate: inputs.has('baseDate') ? baseDateInput(inputs) : 1993,
  };
}

/** The decoder key that is given, or that the vending key gives. */
export function decoderKeyInput(inputs: VectorInputs, crypto: StsCrypto): DecoderKey {
  if (inputs.has('decoderKey')) return { ea: eaInput(inputs), bytes: hexInput(inputs, 'decoderKey') };
  const vendingKey = hexInput(inputs, 'vendingKey');
  return valueOf('decoderKey', deriveDecoderKey(crypto, vendingKey, derivationInputs(inputs)));
}
