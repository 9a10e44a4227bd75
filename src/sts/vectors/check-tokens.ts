import { RESOURCES, unitsTenths } from '../../units/index.ts';
import { decodeAmount, encodeAmount } from '../amount.ts';
import { flagValue } from '../class2.ts';
import { decodeCurrencyAmount, encodeCurrencyAmount } from '../currency-amount.ts';
import { decodeToken } from '../decode.ts';
import { encodeMeterTest, encodeToken, type EncodedToken } from '../encode.ts';
import { KEN_NEVER, type KeyType } from '../key-attributes.ts';
import {
  assembleKeyChange,
  collectKeySection,
  encodeKeyChange,
  type KeySectionSet,
  type NewMeterKey,
} from '../key-change.ts';
import { prepareTokenCipher, type TokenCipher } from '../token-cipher.ts';
import { tokenToHex } from '../token-digits.ts';
import type {
  EncryptedTokenFields,
  KeySectionToken,
  ManagementFields,
  TokenFields,
} from '../token-fields.ts';
import { blockToHex, bytesToHex } from '../words.ts';
import { hex16, hundredThousandths } from './check-parts.ts';
import { decoderKeyInput, tidInput } from './common-inputs.ts';
import { mustEqual, valueOf, VectorFailure, type VectorCheck, type VectorInputs } from './vector.ts';

/** Decodes a token and ends the vector unless it says what was put in, after rounding. */
export function mustDecodeTo(
  token: EncodedToken,
  cipher: TokenCipher | undefined,
  fields: TokenFields,
): void {
  const decoded = valueOf('decode', decodeToken(token.digits, cipher ? { cipher } : {}));
  const names = new Set([...Object.keys(fields), ...Object.keys(decoded.fields)]);
  const said: Readonly<Record<string, unknown>> = decoded.fields;
  const meant: Readonly<Record<string, unknown>> = fields;
  for (const name of names) mustEqual(`decoded ${name}`, String(meant[name]), String(said[name]));
  mustEqual('decoded block', blockToHex(token.clearBlock), blockToHex(decoded.clearBlock));
}

/** The fields that a token carries once its amount is rounded as the coding requires. */
function rounded(fields: EncryptedTokenFields): TokenFields {
  if (fields.kind === 'credit') {
    return { ...fields, units: unitsTenths(decodeAmount(valueOf('amount', encodeAmount(fields.units)))) };
  }
  if (fields.kind === 'currency-credit') {
    return {
      ...fields,
      amount: decodeCurrencyAmount(valueOf('amount', encodeCurrencyAmount(fields.amount))),
    };
  }
  if (fields.kind === 'power-limit' || fields.kind === 'phase-unbalance-limit') {
    return { ...fields, watts: decodeAmount(valueOf('amount', encodeAmount(fields.watts))) };
  }
  return fields;
}

type FieldsOf = (inputs: VectorInputs) => EncryptedTokenFields;

function checkEncrypted(fieldsOf: FieldsOf): VectorCheck {
  return (inputs, crypto) => {
    const key = decoderKeyInput(inputs, crypto);
    const cipher = prepareTokenCipher(key);
    const fields = fieldsOf(inputs);
    const token = valueOf('encode', encodeToken(cipher, fields));
    mustDecodeTo(token, cipher, rounded(fields));
    const valueField = hex16(token.clearBlock.lo >>> 16);
    return {
      token: token.digits,
      token66Hex: tokenToHex(token.token),
      decoderKey: bytesToHex(key.bytes),
      clearBlock: blockToHex(token.clearBlock),
      tid: tidInput(inputs),
      amountField: valueField,
      valueField,
      signExponent: (token.clearBlock.hi >>> 24) & 15,
    };
  };
}

export const checkCredit = checkEncrypted((inputs) => ({
  kind: 'credit',
  resource: RESOURCES[inputs.whole('subclass')]!,
  tid: tidInput(inputs),
  rnd: inputs.whole('rnd'),
  units: unitsTenths(inputs.whole('amountTenths')),
}));

export const checkCurrency = checkEncrypted((inputs) => ({
  kind: 'currency-credit',
  resource: RESOURCES[inputs.whole('subclass') - 4]!,
  tid: tidInput(inputs),
  amount: hundredThousandths(inputs, 'amountCurrency'),
}));

function extendedValue(inputs: VectorInputs): number {
  if (!inputs.has('flagIndex')) return inputs.whole('controlValue');
  return flagValue(inputs.whole('flagIndex'), inputs.whole('flagValue') === 1);
}

/** What distinguishes each management token, by sub-class. */
const MANAGEMENT_FIELDS: Readonly<
  Record<number, (inputs: VectorInputs, once: { tid: number; rnd: number }) => ManagementFields>
> = {
  0: (inputs, once) => ({ kind: 'power-limit', ...once, watts: inputs.whole('watts') }),
  1: (inputs, once) => ({ kind: 'clear-credit', ...once, register: inputs.whole('register') }),
  2: (inputs, once) => ({ kind: 'tariff-rate', ...once, rate: inputs.whole('rate') }),
  5: (_inputs, once) => ({ kind: 'clear-tamper', ...once }),
  6: (inputs, once) => ({ kind: 'phase-unbalance-limit', ...once, watts: inputs.whole('watts') }),
  7: (inputs, once) => ({ kind: 'water-meter-factor', ...once, factor: inputs.whole('factor') }),
  10: (inputs, once) => ({
    kind: 'extended-set',
    ...once,
    index: inputs.whole('index'),
    value: extendedValue(inputs),
  }),
};

export const checkManagement = checkEncrypted((inputs) => {
  const subClass = inputs.whole('subclass');
  const fieldsOf = MANAGEMENT_FIELDS[subClass];
  if (!fieldsOf) throw new VectorFailure({ code: 'input', key: 'subclass', value: subClass });
  return fieldsOf(inputs, { tid: tidInput(inputs), rnd: inputs.whole('rnd') });
});

export const checkMeterTest: VectorCheck = (inputs) => {
  const subClass = inputs.whole('subclass');
  if (subClass !== 0 && subClass !== 1 && subClass !== 2) {
    throw new VectorFailure({ code: 'input', key: 'subclass', value: subClass });
  }
  const fields = {
    kind: 'meter-test',
    subClass,
    control: inputs.whole('control'),
    manufacturerCode: inputs.whole('mfrCode'),
  } as const;
  const token = valueOf('encode', encodeMeterTest(fields));
  mustDecodeTo(token, undefined, fields);
  const token66Hex = tokenToHex(token.token);
  return { token: token.digits, token66Hex, clearBlock: blockToHex(token.clearBlock) };
};

function decodedSections(tokens: readonly EncodedToken[], cipher: TokenCipher): KeySectionSet {
  return tokens.reduce<KeySectionSet>((set, token) => {
    const { fields } = valueOf('decode', decodeToken(token.digits, { cipher }));
    return collectKeySection(set, fields as KeySectionToken);
  }, {});
}

export const checkKeyChange: VectorCheck = (inputs, crypto) => {
  const [before, after] = [inputs.group('old'), inputs.group('new')];
  const oldKey = decoderKeyInput(before, crypto);
  const newKey = decoderKeyInput(after, crypto);
  const cipher = prepareTokenCipher(oldKey);
  const next: NewMeterKey = {
    key: newKey,
    sgc: after.text('sgc'),
    keyType: after.whole('keyType') as KeyType,
    tariffIndex: after.whole('ti'),
    keyRevision: after.whole('krn'),
    keyExpiry: after.has('ken') ? after.whole('ken') : KEN_NEVER,
  };
  const options = {
    fromKeyType: before.whole('keyType') as KeyType,
    rollOver: inputs.flag('rollover'),
    withSupplyGroup: inputs.flag('threeTokenSet'),
  };
  const tokens = valueOf('encode', encodeKeyChange(cipher, next, options));
  const assembled = assembleKeyChange(newKey.ea, decodedSections(tokens, cipher));
  const { sgc, ...carriedAlways } = next;
  const carried = tokens.length > 2 ? { ...carriedAlways, sgc } : carriedAlways;
  for (const [name, value] of Object.entries({ ...carried, rollOver: options.rollOver })) {
    mustEqual(`decoded ${name}`, value, assembled?.[name as keyof typeof assembled]);
  }
  return {
    tokens: tokens.map((token) => token.digits),
    oldKey: bytesToHex(oldKey.bytes),
    newKey: bytesToHex(newKey.bytes),
    clearBlocks: tokens.map((token) => blockToHex(token.clearBlock)),
  };
};

/** The standard's name for why a token is not accepted. */
export const checkReject: VectorCheck = (inputs, crypto) => {
  const hasKey = inputs.has('decoderKey') || inputs.has('vendingKey');
  const decoded = decodeToken(inputs.text('token'), {
    ...(hasKey ? { cipher: prepareTokenCipher(decoderKeyInput(inputs, crypto)) } : {}),
    ...(inputs.has('ken') ? { keyExpiry: inputs.whole('ken') } : {}),
    ...(inputs.has('keyType') ? { keyType: inputs.whole('keyType') as KeyType } : {}),
  });
  return { result: decoded.ok ? 'Accept' : decoded.error.code };
};
