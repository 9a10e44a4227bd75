import { randomInt } from 'node:crypto';
import {
  ALL_TESTS,
  blockToHex,
  bytesToHex,
  controlBlock,
  controlOf,
  decodeToken,
  dkga04Data,
  encodeKeyChange,
  encodeMeterTest,
  encodeToken,
  extractClass,
  groupToken,
  METER_TESTS,
  panBlock,
  parseToken,
  prepareTokenCipher,
  tokenToHex,
  type DecodeContext,
  type DecoderKey,
  type EncodedToken,
  type EncryptedTokenFields,
  type KeyType,
  type MeterTestToken,
} from '../sts/index.ts';
import { RESOURCES, unitsTenths, type Resource } from '../units/index.ts';
import { currencyText, explainFields, tidText, unitsText } from './sts-explain.ts';
import {
  accepted,
  baseDateOption,
  derivationOptions,
  KEY_OPTIONS,
  KEY_USAGE,
  keyOption,
  moneyOption,
  newKeyOption,
  readArguments,
  runCommand,
  tenthsOption,
  tidOption,
  toJson,
  UsageError,
  wholeOption,
  type CliCommand,
  type CommandIo,
  type Options,
} from './sts-options.ts';

const JSON_USAGE = '--json                   one line of JSON instead of text';

type Body = (options: Options, positionals: readonly string[], io: CommandIo, json: boolean) => number;

function defineCommand(
  name: string,
  summary: string,
  usage: readonly string[],
  names: readonly string[],
  body: Body,
): CliCommand {
  const lines = [...usage, JSON_USAGE];
  return {
    name,
    summary,
    usage: lines,
    run: (args, io) => {
      const json = args.includes('--json');
      return runCommand({ name, usage: lines }, io, json, () => {
        const { options, positionals } = readArguments(args, [...names, 'json?']);
        return body(options, positionals, io, json);
      });
    },
  };
}

function needNoPositionals(positionals: readonly string[]): void {
  if (positionals.length > 0) throw new UsageError(`nothing is expected at "${positionals[0]}"`);
}

/** The token, with or without its groups typed as separate arguments. */
function needToken(positionals: readonly string[]): string {
  if (positionals.length === 0) throw new UsageError('a token is needed');
  return positionals.join(' ');
}

const deriveKey = defineCommand(
  'derive-key',
  'derive a meter’s decoder key from a vending key',
  KEY_USAGE.slice(1),
  KEY_OPTIONS,
  (options, positionals, io, json) => {
    needNoPositionals(positionals);
    const key = keyOption({ ...options, 'decoder-key': undefined });
    const inputs = derivationOptions(options, '');
    const decoderKey = bytesToHex(key.bytes);
    const { meter, dkga } = inputs;
    const steps: Readonly<Record<string, string>> =
      dkga === 4
        ? { hashed: bytesToHex(dkga04Data(inputs)) }
        : { panBlock: panBlock(meter.iin, meter.drn, inputs.keyType), controlBlock: controlBlock(inputs) };
    if (json) io.out(toJson({ ok: true, decoderKey, pan: meter.pan, drn: meter.drn, ...steps }));
    else {
      io.out(`meter        ${meter.drn} (${meter.pan})`);
      for (const [name, value] of Object.entries(steps)) io.out(`${name.padEnd(12)} ${value}`);
      io.out(`decoder key  ${decoderKey}`);
    }
    return 0;
  },
);

function resourceOption(options: Options): Resource {
  const text = options['resource'] ?? 'electricity';
  const resource = RESOURCES.find((name) => name === text);
  if (!resource) throw new UsageError(`--resource is one of ${RESOURCES.join(', ')}`);
  return resource;
}

type Once = { readonly tid: number; readonly rnd: number };

function onceOptions(options: Options): Once {
  return { tid: tidOption(options), rnd: wholeOption(options, 'rnd', randomInt(16)) };
}

const FIELDS_OF_KIND: Readonly<Record<string, (options: Options) => EncryptedTokenFields>> = {
  credit: (options) => ({
    kind: 'credit',
    resource: resourceOption(options),
    ...onceOptions(options),
    units: unitsTenths(tenthsOption(options, 'units')),
  }),
  'currency-credit': (options) => ({
    kind: 'currency-credit',
    resource: resourceOption(options),
    tid: tidOption(options),
    amount: moneyOption(options, 'amount'),
  }),
  'power-limit': (options) => ({
    kind: 'power-limit',
    ...onceOptions(options),
    watts: wholeOption(options, 'watts'),
  }),
  'phase-unbalance-limit': (options) => ({
    kind: 'phase-unbalance-limit',
    ...onceOptions(options),
    watts: wholeOption(options, 'watts'),
  }),
  'clear-credit': (options) => ({
    kind: 'clear-credit',
    ...onceOptions(options),
    register: wholeOption(options, 'register', 0xffff),
  }),
  'clear-tamper': (options) => ({ kind: 'clear-tamper', ...onceOptions(options) }),
  'tariff-rate': (options) => ({
    kind: 'tariff-rate',
    ...onceOptions(options),
    rate: wholeOption(options, 'rate'),
  }),
  'water-meter-factor': (options) => ({
    kind: 'water-meter-factor',
    ...onceOptions(options),
    factor: wholeOption(options, 'factor'),
  }),
  'extended-set': (options) => ({
    kind: 'extended-set',
    ...onceOptions(options),
    index: wholeOption(options, 'index'),
    value: wholeOption(options, 'value'),
  }),
};

function meterTestOptions(options: Options): MeterTestToken {
  const subClass = wholeOption(options, 'sub-class', 0);
  if (subClass !== 0 && subClass !== 1 && subClass !== 2) throw new UsageError('--sub-class is 0, 1 or 2');
  const name = options['test'];
  const test = METER_TESTS.find((known) => known === name);
  if (name !== undefined && name !== 'all' && !test) {
    throw new UsageError(`--test is "all" or one of ${METER_TESTS.join(', ')}`);
  }
  const all = subClass === 1 ? ALL_TESTS[1] : ALL_TESTS[0];
  const control = test ? controlOf(test) : name === 'all' ? all : wholeOption(options, 'control');
  return { kind: 'meter-test', subClass, control, manufacturerCode: wholeOption(options, 'maker', 0) };
}

function keyChangeTokens(options: Options): readonly EncodedToken[] {
  const after = derivationOptions(options, 'new-');
  const before = derivationOptions(options, '');
  const next = {
    key: newKeyOption(options),
    sgc: after.sgc,
    keyType: after.keyType as KeyType,
    tariffIndex: after.tariffIndex,
    keyRevision: after.keyRevision,
    keyExpiry: wholeOption(options, 'new-key-expiry', 255),
  };
  return accepted(
    encodeKeyChange(prepareTokenCipher(keyOption(options)), next, {
      fromKeyType: before.keyType as KeyType,
      rollOver: before.baseDate !== after.baseDate,
      withSupplyGroup: options['three-tokens'] === true,
    }),
  );
}

function encodeKind(kind: string, options: Options): readonly EncodedToken[] {
  if (kind === 'meter-test') return [accepted(encodeMeterTest(meterTestOptions(options)))];
  if (kind === 'key-change') return keyChangeTokens(options);
  const fieldsOf = Object.hasOwn(FIELDS_OF_KIND, kind) ? FIELDS_OF_KIND[kind] : undefined;
  if (!fieldsOf) throw new UsageError(`"${kind}" is no kind of token`);
  return [accepted(encodeToken(prepareTokenCipher(keyOption(options)), fieldsOf(options)))];
}

const ENCODE_OPTIONS = [
  ...KEY_OPTIONS,
  'resource',
  'units',
  'amount',
  'watts',
  'register',
  'rate',
  'factor',
  'index',
  'value',
  'sub-class',
  'test',
  'control',
  'maker',
  'tid',
  'time',
  'rnd',
  'new-vending-key',
  'new-dkga',
  'new-sgc',
  'new-key-type',
  'new-tariff-index',
  'new-key-revision',
  'new-base-date',
  'new-key-expiry',
  'three-tokens?',
];

const encode = defineCommand(
  'encode',
  'make a token: encode KIND with the options of that kind',
  [
    'credit                   --resource electricity|water|gas|time --units DECIMAL --time MINUTE',
    'currency-credit          --resource … --amount DECIMAL --time MINUTE',
    'meter-test               --sub-class 0|1|2 and --test NAME|all or --control N; no key needed',
    'power-limit              --watts N --time MINUTE; the same for phase-unbalance-limit',
    'clear-credit             --register N --time MINUTE; clear-tamper without a register',
    'tariff-rate              --rate N; water-meter-factor --factor N; extended-set --index N --value N',
    'key-change               --new-sgc, --new-tariff-index, --new-key-revision, --new-key-type, --new-base-date,',
    '                         --new-key-expiry, --new-vending-key, --new-dkga, --three-tokens',
    '--time "YYYY-MM-DD HH:MM" or --tid N; --rnd 0-15, random unless given',
    ...KEY_USAGE,
  ],
  ENCODE_OPTIONS,
  (options, positionals, io, json) => {
    const [kind, ...rest] = positionals;
    if (kind === undefined) throw new UsageError('the kind of token is needed');
    needNoPositionals(rest);
    const tokens = encodeKind(kind, options).map((token) => ({
      token: token.digits,
      token66Hex: tokenToHex(token.token),
      clearBlock: blockToHex(token.clearBlock),
    }));
    if (json) io.out(toJson({ ok: true, tokens }));
    else for (const { token } of tokens) io.out(groupToken(token));
    return 0;
  },
);

const CONTEXT_OPTIONS = [...KEY_OPTIONS, 'key-expiry', 'maker'];
const CONTEXT_USAGE = [
  ...KEY_USAGE,
  '--key-expiry N           also check the token’s time against this key expiry number',
  '--maker N                also check a test token’s manufacturer code',
];

/** A key where there is one: a test token needs none. */
function keyIfGiven(options: Options): DecoderKey | undefined {
  const isGiven = options['decoder-key'] !== undefined || options['vending-key'] !== undefined;
  return isGiven ? keyOption(options) : undefined;
}

function contextOptions(options: Options, key: DecoderKey | undefined): DecodeContext {
  return {
    ...(key ? { cipher: prepareTokenCipher(key) } : {}),
    ...(options['key-expiry'] === undefined ? {} : { keyExpiry: wholeOption(options, 'key-expiry') }),
    ...(options['maker'] === undefined ? {} : { manufacturerCode: wholeOption(options, 'maker') }),
    ...(options['key-type'] === undefined ? {} : { keyType: wholeOption(options, 'key-type') as KeyType }),
  };
}

const decode = defineCommand(
  'decode',
  'read a token back: decode TOKEN with the meter’s key',
  CONTEXT_USAGE,
  CONTEXT_OPTIONS,
  (options, positionals, io, json) => {
    const context = contextOptions(options, keyIfGiven(options));
    const { fields, tokenClass, subClass } = accepted(decodeToken(needToken(positionals), context));
    if (json) {
      io.out(toJson({ ok: true, tokenClass, subClass, fields }));
      return 0;
    }
    const baseDate = baseDateOption(options, 'base-date');
    io.out(`class ${tokenClass}, sub-class ${subClass}`);
    for (const [name, value] of Object.entries(fields)) {
      io.out(`${name.padEnd(16)} ${shownValue(name, value, fields, baseDate)}`);
    }
    return 0;
  },
);

function shownValue(
  name: string,
  value: unknown,
  fields: object,
  baseDate: ReturnType<typeof baseDateOption>,
): string {
  if (name === 'tid' && typeof value === 'number') return `${value} (${tidText(value, baseDate)})`;
  if (name === 'units' && typeof value === 'number' && 'resource' in fields) {
    return unitsText(value, fields.resource as Resource);
  }
  return typeof value === 'bigint' ? currencyText(value) : String(value);
}

const explain = defineCommand(
  'explain',
  'print a token’s bits, field by field: explain TOKEN with the meter’s key',
  CONTEXT_USAGE,
  CONTEXT_OPTIONS,
  (options, positionals, io, json) => {
    const text = needToken(positionals);
    const token = accepted(parseToken(text));
    const key = keyIfGiven(options);
    const { tokenClass, block } = extractClass(token);
    const carried = {
      token: groupToken(text.replace(/\D/gu, '')),
      hex: tokenToHex(token),
      tokenClass,
      block: blockToHex(block),
    };
    const decoded = decodeToken(text, contextOptions(options, key));
    if (!json) {
      io.out(`token        ${carried.token}`);
      io.out(`66 bits      ${carried.hex} (hexadecimal)`);
      io.out(`class        ${tokenClass} (bits 28 and 27; bits 65 and 64 put back in their place)`);
      io.out(`block        ${carried.block}${tokenClass === 1 ? ' (never encrypted)' : ' (encrypted)'}`);
    }
    const { clearBlock } = accepted(decoded);
    const fields = explainFields(accepted(decoded), key?.ea ?? 7, baseDateOption(options, 'base-date'));
    if (json) {
      io.out(toJson({ ok: true, ...carried, clearBlock: blockToHex(clearBlock), fields }));
      return 0;
    }
    if (tokenClass !== 1) io.out(`clear block  ${blockToHex(clearBlock)}`);
    for (const { name, bits, binary, value, meaning } of fields) {
      io.out(`${bits.padEnd(6)} ${name.padEnd(16)} ${value.toString().padEnd(11)} ${meaning}`.trimEnd());
      io.out(`       ${binary}`);
    }
    return 0;
  },
);

/** The commands under `station sts`. */
export const stsCommands: readonly CliCommand[] = [deriveKey, encode, decode, explain];
