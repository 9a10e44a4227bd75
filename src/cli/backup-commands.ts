import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import packageInfo from '../../package.json' with { type: 'json' };
import type { CallFault } from '../contract/index.ts';
import {
  listBackups,
  makeBackup,
  recallFromExport,
  restoreBackup,
  verifyBackup,
  type BackupFault,
  type LeftRecord,
  type Manifest,
  type RecallFault,
} from '../main/ledger/index.ts';
import type { Result } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { bindingFromEnvironment } from './open.ts';

/** One JSON line, or lines for people; a fault in the catalogue's words. */
function say<Value>(
  io: Io,
  json: boolean,
  result: Result<Value, BackupFault | RecallFault>,
  lines: (value: Value) => readonly string[],
): number {
  if (!result.ok) return sayFault(io, result.error satisfies Pick<CallFault, 'code' | 'params'>, json);
  if (json) io.out(JSON.stringify({ ok: true, ...result.value }));
  else for (const line of lines(result.value)) io.out(line);
  return EXIT.done;
}

function about({ createdUnixMs, chain, files }: Manifest): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const time = new Date(createdUnixMs).toISOString();
  return `${time}, ${chain.records} records up to ${chain.epoch}/${chain.sequence}, ${bytes} bytes`;
}

/** Makes a verified backup beside a station that may be selling. */
export function backup(io: Io, flags: { data: string; to: string; json: boolean }): number {
  const made = makeBackup({
    data: flags.data,
    to: flags.to,
    nowUnixMs: Date.now(),
    program: packageInfo.version,
    ...bindingFromEnvironment(),
  });
  return say(io, flags.json, made, (value) => [
    `${value.backup}: ${about(value.manifest)}`,
    'Opened, checked and verified.',
    ...(value.sameDisk ? ['It lies on the same disk as the data folder and would be lost with it.'] : []),
  ]);
}

/** The backups in a folder, oldest first; those that don't count are named as such. */
export function backups(io: Io, folder: string, json: boolean): number {
  const listed = listBackups(folder);
  if (!listed.ok) return sayFault(io, listed.error, json);
  if (json) io.out(JSON.stringify({ ok: true, backups: listed.value }));
  else
    for (const { backup: place, manifest } of listed.value)
      io.out(`${place}: ${manifest ? about(manifest) : 'not whole, does not count'}`);
  return EXIT.done;
}

export function checkBackup(io: Io, place: string, json: boolean): number {
  return say(io, json, verifyBackup(place, bindingFromEnvironment()), (value) => [
    `${value.backup}: ${about(value.manifest)}`,
    `As it was written; head ${value.chain.head}`,
  ]);
}

type FromFlags = {
  readonly from: string;
  readonly data: string;
  readonly json: boolean;
  readonly clockIsRight: boolean;
};

/** Verifies a backup and makes a data folder from it, in a new epoch. */
export function restore(io: Io, flags: FromFlags): number {
  const restored = restoreBackup({
    backup: flags.from,
    data: flags.data,
    nowUnixMs: Date.now(),
    clockIsRight: flags.clockIsRight,
    ...bindingFromEnvironment(),
  });
  return say(io, flags.json, restored, ({ data, movedAside, old, epoch }) => [
    `${data}: restored up to ${old.epoch}/${old.sequence}; epoch ${epoch} begins.`,
    ...(movedAside === null ? [] : [`The folder that was there is kept as ${movedAside}.`]),
    'Sales made after the backup are not in it: compare slips, the module and head office before selling on.',
  ]);
}

/** Brings sales back into a restored folder, from an NDJSON export of the ledger that was lost. */
export function recall(io: Io, flags: FromFlags): number {
  if (!existsSync(flags.from)) {
    io.err(`There is no file ${flags.from}.`);
    return EXIT.usage;
  }
  const recalled = recallFromExport({
    data: flags.data,
    lines: linesOf(flags.from),
    nowUnixMs: Date.now(),
    clockIsRight: flags.clockIsRight,
    ...bindingFromEnvironment(),
  });
  return say(io, flags.json, recalled, ({ counts, left }) => [
    `${counts.recalled} records of sales brought back, ${counts.known} were there already.`,
    ...left.map((each) => `Left for you to look at: ${leftText(each)}`),
  ]);
}

const LEFT: Readonly<Record<LeftRecord['reason'], string>> = {
  'no-sale': 'only sales are brought back',
  token: 'the copy has another token for this sale',
  step: 'the sale went another way in the copy',
  reference: 'its payment number has paid another sale since',
  receipt: 'another sale has this receipt number',
  id: 'another sale has its request or message id',
  missing: 'what it follows from is not here',
  row: 'the ledger refuses a row of it',
};

function leftText({ record, kind, receiptNumber, reason }: LeftRecord): string {
  const named = receiptNumber === null ? '' : ` (receipt ${receiptNumber})`;
  return `${record} ${kind}${named}: ${LEFT[reason]}`;
}

/** A file's lines, one piece of it held at a time. */
function* linesOf(file: string): Generator<string> {
  const descriptor = openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  const buffer = Buffer.alloc(1 << 20);
  let rest = '';
  try {
    for (;;) {
      const count = readSync(descriptor, buffer, 0, buffer.length, null);
      const lines = (rest + decoder.write(buffer.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (count === 0) break;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(descriptor);
  }
}
