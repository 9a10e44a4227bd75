import { readFile } from 'node:fs/promises';
import {
  describeTariff,
  emptyState,
  noQuantisation,
  parseTariffText,
  quote,
  runTariffVectors,
  type Notice,
  type Quote,
  type Tariff,
} from '../tariff/index.ts';
import { amountToText, amountMinor, parseAmount, unitsTenths, unitsToText } from '../units/index.ts';

/** Where a command writes: plain lines, results apart from complaints. */
export type CommandIo = { readonly out: (line: string) => void; readonly err: (line: string) => void };
export type Command = { readonly run: (args: readonly string[], io: CommandIo) => Promise<number> };

const OK = 0;
const FAILED = 1;
const USAGE = 2;

async function textOf(file: string, io: CommandIo): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    io.err(`${file}: ${cause instanceof Error && 'code' in cause ? String(cause.code) : 'cannot be read'}`);
    return undefined;
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

async function runVectors(args: readonly string[], io: CommandIo): Promise<number> {
  if (args.length === 0) {
    io.err('usage: tariff vectors FILE…');
    return USAGE;
  }
  let passed = 0;
  let failed = 0;
  for (const file of args) {
    const text = await textOf(file, io);
    const report = text === undefined ? undefined : vectorsIn(file, text, io);
    if (!report) {
      failed += 1;
      continue;
    }
    passed += report.passed;
    failed += report.failed.length;
    for (const { id, differences } of report.failed) {
      for (const { path, recorded, recomputed } of differences) {
        io.err(`${file}: ${id}: ${path}: expected ${shown(recorded)}, got ${shown(recomputed)}`);
      }
    }
  }
  io.out(`${passed} passed, ${failed} failed`);
  return failed === 0 ? OK : FAILED;
}

function vectorsIn(file: string, text: string, io: CommandIo) {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    io.err(`${file}: not JSON`);
    return undefined;
  }
  const report = runTariffVectors(data);
  if (report.ok) return report.value;
  io.err(`${file}: not a vector file: ${report.error.path}`);
  return undefined;
}

/** `tariff vectors FILE…`: runs vector files; ends with `N passed, N failed`. Exit code 1 when one fails. */
export const tariffVectors: Command = { run: runVectors };

async function tariffIn(file: string | undefined, usage: string, io: CommandIo): Promise<Tariff | number> {
  if (file === undefined) {
    io.err(usage);
    return USAGE;
  }
  const text = await textOf(file, io);
  if (text === undefined) return FAILED;
  const parsed = parseTariffText(text);
  if (parsed.ok) return parsed.value;
  for (const { code, path, line, params } of parsed.error) {
    const details = Object.entries(params).map(([key, value]) => ` ${key}=${value}`);
    io.err(`${file}:${line}: ${path || 'file'}: ${code}${details.join('')}`);
  }
  return FAILED;
}

const noticeText = ({ code, params }: Notice): string =>
  [code, ...Object.entries(params).map(([key, value]) => `${key}: ${value}`)].join('  ');

async function runShow(args: readonly string[], io: CommandIo): Promise<number> {
  const tariff = await tariffIn(args[0], 'usage: tariff show FILE', io);
  if (typeof tariff === 'number') return tariff;
  for (const notice of describeTariff(tariff)) io.out(plainWords(notice));
  return OK;
}

type Words = (params: Readonly<Record<string, string | number>>) => string;

const blockWords = (p: Notice['params']): string =>
  p['upTo'] === undefined ? `above ${p['from']} units` : `units ${p['from']} to ${p['upTo']}`;
const totalWords = (p: Notice['params']): string =>
  p['totalAbove'] === undefined
    ? ''
    : `, when the total ${p['totalUpTo'] === undefined ? `is above ${p['totalAbove']}` : `is at most ${p['totalUpTo']}`}`;
const everyWords = (p: Notice['params']): string =>
  p['every'] === undefined ? '' : ` per ${String(p['every']).replace(/^1 (\w+)s$/u, '$1')}`;
const timesWords = (p: Notice['params']): string => (p['times'] === undefined ? '' : `, times ${p['times']}`);
const missedWords = (p: Notice['params']): string =>
  p['maxPeriods'] === undefined ? '' : `, missed periods too, at most ${p['maxPeriods']}`;

const WORDS: Readonly<Record<string, Words>> = {
  tariff: (p) =>
    `${p['name']} (${p['id']} version ${p['version']}), from ${p['effectiveFrom']}, ${p['resource']}, ${p['currency']}`,
  'per-unit': (p) => `${p['label']}: ${p['rate']} a unit${totalWords(p)}`,
  'per-unit-block': (p) =>
    `${p['label']}: ${p['rate']} a unit, ${blockWords(p)}${everyWords(p)}${totalWords(p)}`,
  'per-unit-rebate': (p) => `${p['label']}: ${p['rate']} off each unit, ${blockWords(p)}`,
  'percent-added': (p) => `${p['label']}: ${p['rate']} % added to ${p['of']}`,
  'percent-contained': (p) => `${p['label']}: ${p['rate']} % contained in ${p['of']}`,
  'percent-of-gross': (p) => `${p['label']}: ${p['rate']} % of ${p['of']}, itself included`,
  'percent-added-on-top': (p) => `${p['label']}: ${p['rate']} % of ${p['of']}, paid on top`,
  'percent-added-rebate': (p) => `${p['label']}: ${p['rate']} % of ${p['of']} taken off`,
  fixed: (p) => `${p['label']}: ${p['amount']}${everyWords(p)}${timesWords(p)}${missedWords(p)}`,
  'fixed-on-top': (p) => `${p['label']}: ${p['amount']}${everyWords(p)}${timesWords(p)}, paid on top`,
  'fixed-step': (p) => `${p['label']}: ${p['amount']}${everyWords(p)}${totalWords(p)}`,
  'debt-all': (p) => `${p['label']}: the whole debt ${p['debt']}`,
  'debt-instalment': (p) => `${p['label']}: the agreed instalment of the debt ${p['debt']}`,
  'debt-fixed': (p) => `${p['label']}: ${p['amount']} of the debt ${p['debt']}`,
  'debt-share': (p) => `${p['label']}: ${p['rate']} % of the ${p['of']} towards the debt ${p['debt']}`,
  entitlement: (p) => `${p['label']}: ${p['units']} free units${everyWords(p)}${missedWords(p)}`,
  'units-rounding': (p) =>
    `Units are rounded ${p['roundings']}; what is left of the money: ${p['remainder']}`,
};

/** For whom and for which amounts a stage is meant, where that is limited. */
function limitWords({ only, amountAbove, amountUpTo }: Notice['params']): string {
  const limits = [
    ...(only === undefined ? [] : [`only: ${only}`]),
    ...(amountAbove === undefined ? [] : [`amounts above ${amountAbove}`]),
    ...(amountUpTo === undefined ? [] : [`amounts up to ${amountUpTo}`]),
  ];
  return limits.length === 0 ? '' : ` (${limits.join(', ')})`;
}

/** An English sentence for a code; codes without one are shown with their parameters. */
function plainWords(notice: Notice): string {
  const words = WORDS[notice.code];
  return words ? `${words(notice.params)}${limitWords(notice.params)}` : noticeText(notice);
}

/** `tariff show FILE`: the tariff in plain words, in the order of calculation; or its faults with their lines. */
export const tariffShow: Command = { run: runShow };

function printQuote(tariff: Tariff, made: Quote, io: CommandIo): void {
  const { currency, meter } = tariff;
  const money = (minor: number): string => `${amountToText(amountMinor(minor), currency)} ${currency.code}`;
  const quantity = (value: number): string =>
    meter === 'currency' ? money(value) : unitsToText(unitsTenths(value));
  io.out(`tender ${money(made.tenderMinor)}`);
  for (const { label, key, base, rate, amountMinor: minor, place } of made.lines) {
    const reckoning = rate === '' ? '' : `  ${base.value} x ${rate}`;
    io.out(`  ${label || key}${reckoning}  ${money(minor)}${place === 'inside' ? '' : ` (${place})`}`);
  }
  if (made.changeMinor !== 0) io.out(`change ${money(made.changeMinor)}`);
  if (made.carriedMinor !== 0) io.out(`carried over ${money(made.carriedMinor)}`);
  for (const token of made.tokens) io.out(`${token.kind} token ${quantity(token.quantity)}`);
  for (const notice of [...made.notices, ...made.provisional]) io.out(noticeText(notice));
}

const QUOTE_USAGE = 'usage: tariff quote FILE --amount AMOUNT [--at YYYY-MM-DDTHH:MM]';

/** The value after an option's name. */
function option(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

async function runQuote(args: readonly string[], io: CommandIo): Promise<number> {
  const amountText = option(args, '--amount');
  const file = args.find((arg, index) => !arg.startsWith('--') && !args[index - 1]?.startsWith('--'));
  if (amountText === undefined) {
    io.err(QUOTE_USAGE);
    return USAGE;
  }
  const tariff = await tariffIn(file, QUOTE_USAGE, io);
  if (typeof tariff === 'number') return tariff;
  const amount = parseAmount(amountText, tariff.currency);
  if (!amount.ok) {
    io.err(`--amount: ${amount.error.code}`);
    return USAGE;
  }
  const at = option(args, '--at') ?? tariff.effectiveFrom;
  const request = { kind: 'money', amountMinor: amount.value, cash: false, entitlements: [] } as const;
  const made = quote(tariff, emptyState(at), { ...request, entitlements: [] }, at, noQuantisation);
  if (!made.ok) {
    io.err(`not possible: ${JSON.stringify(made.error)}`);
    return FAILED;
  }
  printQuote(tariff, made.value, io);
  return OK;
}

/** `tariff quote FILE --amount AMOUNT`: the lines of a first purchase, before rounding to a token's amounts. */
export const tariffQuote: Command = { run: runQuote };
