import { decodeAmount, encodeAmount } from '../amount.ts';
import { luhnCheckDigit } from '../check-digit.ts';
import { crcFieldOfBytes } from '../crc.ts';
import { decodeCurrencyAmount, encodeCurrencyAmount, parseCurrencyAmount } from '../currency-amount.ts';
import { controlBlock, deriveDecoderKey, dkga04Data, panBlock } from '../decoder-key.ts';
import { parseMeterNumber, type MeterNumberError } from '../meter-number.ts';
import { withinKeyExpiry } from '../token-identifier.ts';
import { bytesToHex } from '../words.ts';
import { derivationInputs, hexInput, tidInput } from './common-inputs.ts';
import { valueOf, VectorFailure, type VectorCheck, type VectorInputs, type VectorValues } from './vector.ts';

/** Sixteen bits as four hexadecimal digits. */
export function hex16(value: number): string {
  return value.toString(16).padStart(4, '0');
}

/** Money in the base currency unit, a plain decimal, to hundred-thousandths; finer parts are refused. */
export function hundredThousandths(inputs: VectorInputs, key: string): bigint {
  const text = inputs.decimal(key);
  const amount = parseCurrencyAmount(text);
  if (amount === undefined) throw new VectorFailure({ code: 'input', key, value: text });
  return amount;
}

export const checkAmount: VectorCheck = (inputs) => {
  if (inputs.text('coding') === 'unit') {
    const field = valueOf('field', encodeAmount(inputs.whole('value')));
    return { field: hex16(field), decodedValue: decodeAmount(field) };
  }
  const coded = valueOf('amountField', encodeCurrencyAmount(hundredThousandths(inputs, 'value')));
  return {
    amountField: hex16(coded.amount),
    signExponent: coded.signExponent,
    exponent: (coded.signExponent & 7) * 4 + (coded.amount >>> 14),
    mantissa: coded.amount & 0x3fff,
    decodedHundredThousandths: decodeCurrencyAmount(coded).toString(),
  };
};

export const checkCrc: VectorCheck = (inputs) => ({
  crc: hex16(crcFieldOfBytes(hexInput(inputs, 'bytes'))),
});

/** The names that vectors use for what is wrong with a meter number. */
const PAN_PROBLEM: Record<MeterNumberError['code'], string> = {
  'meter-number-text': 'format',
  'meter-number-length': 'length',
  'meter-number-issuer': 'iin',
  'meter-number-check-digit': 'luhn',
};

function parsedPan(text: string): VectorValues {
  const parsed = parseMeterNumber(text);
  if (!parsed.ok) return { valid: false, error: PAN_PROBLEM[parsed.error.code] };
  const { pan, iin, drn, manufacturerCode, serial } = parsed.value;
  return {
    valid: true,
    pan,
    iin,
    mfrCode: manufacturerCode,
    serial,
    drn,
    drnCheckDigit: Number(drn.at(-1)),
    panCheckDigit: Number(pan.at(-1)),
  };
}

export const checkPan: VectorCheck = (inputs) => {
  const operation = inputs.text('op');
  if (operation === 'checkDigit') return { checkDigit: luhnCheckDigit(inputs.text('digits')) };
  if (operation === 'parse') return parsedPan(inputs.text('pan'));
  if (operation === 'drnToPan' || operation === 'validateDrn') return parsedPan(inputs.text('drn'));
  throw new VectorFailure({ code: 'input', key: 'op', value: operation });
};

export const checkTid: VectorCheck = (inputs) => ({ tid: tidInput(inputs) });

export const checkKen: VectorCheck = (inputs) => {
  const tid = tidInput(inputs);
  const accepted = withinKeyExpiry(tid, inputs.whole('ken'));
  return accepted ? { tid, accepted } : { tid, accepted, error: 'KeyExpired' };
};

/** A whole derivation, or only one of its blocks where no vending key is given. */
export const checkDerivation: VectorCheck = (inputs, crypto) => {
  if (inputs.has('iain')) {
    return { panBlock: panBlock(inputs.text('iin'), inputs.text('iain'), inputs.whole('keyType')) };
  }
  const parts = {
    keyType: inputs.whole('keyType'),
    sgc: inputs.text('sgc'),
    tariffIndex: inputs.whole('ti'),
    keyRevision: inputs.whole('krn'),
  };
  if (!inputs.has('vendingKey')) return { controlBlock: controlBlock(parts) };
  const derivation = derivationInputs(inputs);
  const { meter, keyType, dkga } = derivation;
  const key = valueOf('decoderKey', deriveDecoderKey(crypto, hexInput(inputs, 'vendingKey'), derivation));
  const decoderKey = bytesToHex(key.bytes);
  if (dkga === 4) return { decoderKey, dataBlockHex: bytesToHex(dkga04Data(derivation)) };
  const blocks = { panBlock: panBlock(meter.iin, meter.drn, keyType), controlBlock: controlBlock(parts) };
  return { decoderKey, ...blocks };
};
