import { parseArgs } from 'node:util';
import { nodeStsCrypto } from '../main/secure-module/software/node-sts-crypto.ts';
import {
  bytesFromHex,
  deriveDecoderKey,
  isBaseDate,
  issueTid,
  parseCurrencyAmount,
  parseMeterNumber,
  type BaseDate,
  type DecoderKey,
  type DecoderKeyInputs,
} from '../sts/index.ts';
import { parseCivilMinute } from '../units/index.ts';

/** Where a command writes: result lines, and what went wrong. */
export type CommandIo = { readonly out: (line: string) => void; readonly err: (line: string) => void };

/** A command of the terminal programme, without the programme: arguments in, lines and an exit code out. */
export type CliCommand = {
  readonly name: string;
  readonly summary: string;
  /** One line per option. */
  readonly usage: readonly string[];
  /** 0 when it did what was asked, 1 when the answer is a refusal, 2 when the arguments are wrong. */
  readonly run: (args: readonly string[], io: CommandIo) => Promise<number>;
};

/** The arguments cannot be understood. */
export class UsageError extends Error {}

/** The engine refuses; the error is its own. */
export class Refusal extends Error {
  readonly refusal: object;

  constructor(refusal: object) {
    super('refused');
    this.refusal = refusal;
  }
}

/** Options by name, as text. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

export type ParsedArguments = { readonly options: Options; readonly positionals: readonly string[] };

/** Reads `--name value`; names that end in `?` take no value. Unknown options are a usage error. */
export function readArguments(args: readonly string[], names: readonly string[]): ParsedArguments {
  const options = Object.fromEntries(
    names.map((name) =>
      name.endsWith('?')
        ? [name.slice(0, -1), { type: 'boolean' as const }]
        : [name, { type: 'string' as const }],
    ),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const given = Object.entries(values).filter(
      (entry): entry is [string, string | boolean] => typeof entry[1] === 'string' || entry[1] === true,
    );
    return { options: Object.fromEntries(given), positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'bad arguments';
    throw new UsageError(message.split('\n')[0], { cause: error });
  }
}

/** The text of an option that must be given. */
export function needText(options: Options, name: string): string {
  const value = options[name];
  if (typeof value !== 'string') throw new UsageError(`--${name} is needed`);
  return value;
}

/** A whole number of an option; `fallback` when it is not given. */
export function wholeOption(options: Options, name: string, fallback?: number): number {
  if (options[name] === undefined && fallback !== undefined) return fallback;
  const text = needText(options, name);
  if (!/^-?(?:\d{1,15}|0x[0-9a-f]{1,12})$/iu.test(text)) throw new UsageError(`--${name} is a whole number`);
  return Number(text);
}

/** Money of an option in the base currency unit, as hundred-thousandths. */
export function moneyOption(options: Options, name: string): bigint {
  const amount = parseCurrencyAmount(needText(options, name));
  if (amount === undefined) throw new UsageError(`--${name} is a decimal with at most five places`);
  return amount;
}

/** Units of an option as tenths. */
export function tenthsOption(options: Options, name: string): number {
  const match = /^(\d{1,9})(?:\.(\d))?$/u.exec(needText(options, name));
  if (!match) throw new UsageError(`--${name} is a decimal with at most one place`);
  return Number(match[1]) * 10 + Number(match[2] ?? 0);
}

function hexOption(options: Options, name: string): Uint8Array {
  const bytes = bytesFromHex(needText(options, name));
  if (!bytes) throw new UsageError(`--${name} is hexadecimal`);
  return bytes;
}

export function baseDateOption(options: Options, name: string): BaseDate {
  const year = wholeOption(options, name, 2014);
  if (!isBaseDate(year)) throw new UsageError(`--${name} is 1993, 2014 or 2035`);
  return year;
}

/** The value of a result; a refusal ends the command. */
export function accepted<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: object },
): T {
  if (result.ok) return result.value;
  throw new Refusal(result.error);
}

/** Options that give a decoder key: the key itself, or what it is derived from. */
export const KEY_OPTIONS = [
  'decoder-key',
  'ea',
  'vending-key',
  'dkga',
  'meter',
  'sgc',
  'key-type',
  'tariff-index',
  'key-revision',
  'base-date',
] as const;

export const KEY_USAGE = [
  '--decoder-key HEX        the meter’s key; or, to derive it:',
  '--vending-key HEX        8 bytes for DKGA 2, 20 for DKGA 4 (published test keys only: other users see arguments)',
  '--dkga 2|4               key derivation, 4 unless given',
  '--ea 7|11                encryption, 7 unless given',
  '--meter NUMBER           11, 13 or 18 digits',
  '--sgc DIGITS             supply group code, six digits',
  '--key-type N             0 to 3, 2 unless given',
  '--tariff-index N         0 to 99, 1 unless given',
  '--key-revision N         1 to 9, 1 unless given',
  '--base-date YEAR         1993, 2014 or 2035; 2014 unless given',
] as const;

/** The inputs of a derivation; `prefix` reads the options of a new key, falling back to those of the old one. */
export function derivationOptions(options: Options, prefix: '' | 'new-'): DecoderKeyInputs {
  const pick = (name: string): Options => {
    const own = options[`${prefix}${name}`];
    return { [name]: own ?? options[name] };
  };
  const whole = (name: string, fallback: number): number => wholeOption(pick(name), name, fallback);
  return {
    dkga: whole('dkga', 4),
    ea: wholeOption(options, 'ea', 7),
    meter: accepted(parseMeterNumber(needText(options, 'meter'))),
    sgc: needText(pick('sgc'), 'sgc'),
    keyType: whole('key-type', 2),
    tariffIndex: whole('tariff-index', 1),
    keyRevision: whole('key-revision', 1),
    baseDate: baseDateOption(pick('base-date'), 'base-date'),
  };
}

/** The decoder key that the options give or derive. */
export function keyOption(options: Options): DecoderKey {
  if (options['decoder-key'] === undefined) {
    const vendingKey = hexOption(options, 'vending-key');
    return accepted(deriveDecoderKey(nodeStsCrypto, vendingKey, derivationOptions(options, '')));
  }
  const ea = wholeOption(options, 'ea', 7);
  const bytes = hexOption(options, 'decoder-key');
  if (ea !== 7 && ea !== 11) throw new UsageError('--ea is 7 or 11');
  if (bytes.length !== (ea === 11 ? 16 : 8)) {
    throw new UsageError('--decoder-key has 8 bytes for EA 7, 16 for EA 11');
  }
  return { ea, bytes };
}

/** The key that a key change leads to; attributes that are not given stay as they are. */
export function newKeyOption(options: Options): DecoderKey {
  const name = options['new-vending-key'] === undefined ? 'vending-key' : 'new-vending-key';
  const inputs = derivationOptions(options, 'new-');
  return accepted(deriveDecoderKey(nodeStsCrypto, hexOption(options, name), inputs));
}

/** `--tid N`, or the token time of `--time` on the base date's clock. */
export function tidOption(options: Options): number {
  if (options['tid'] !== undefined) return wholeOption(options, 'tid');
  const text = needText(options, 'time');
  const civil = parseCivilMinute(text);
  if (!civil) throw new UsageError('--time is YYYY-MM-DD HH:MM');
  return accepted(issueTid(baseDateOption(options, 'base-date'), civil, undefined));
}

function shown(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return `(${describeError(value)})`;
}

/** An error's code and particulars in one line, for the terminal. */
export function describeError(error: object): string {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(error);
  const code = entries.find(([name]) => name === 'code')?.[1];
  const rest = entries.filter(([name]) => name !== 'code').map(([name, value]) => `${name} ${shown(value)}`);
  const particulars = rest.join(', ');
  if (code === undefined) return particulars;
  return particulars === '' ? String(code) : `${String(code)}: ${particulars}`;
}

/** A value as one line of JSON; whole numbers without a limit become text. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  );
}

/** Runs a command's body and turns usage errors and refusals into lines and exit codes. */
export async function runCommand(
  command: Pick<CliCommand, 'name' | 'usage'>,
  io: CommandIo,
  json: boolean,
  body: () => number,
): Promise<number> {
  try {
    return body();
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`station sts ${command.name}: ${error.message}`);
      for (const line of command.usage) io.err(`  ${line}`);
      return 2;
    }
    if (!(error instanceof Refusal)) throw error;
    if (json) io.out(toJson({ ok: false, error: error.refusal }));
    else io.err(`refused: ${describeError(error.refusal)}`);
    return 1;
  }
}
