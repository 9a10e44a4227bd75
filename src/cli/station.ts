import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { profileShape, type Profile } from '../contract/index.ts';
import { isLocale, LOCALES, type Locale } from '../i18n/index.ts';
import { readSettings, type Station } from '../main/station/index.ts';
import { backup, backups, checkBackup, recall, restore } from './backup-commands.ts';
import {
  batchStatus,
  buildBatch,
  enrol,
  rotateKey,
  sendBatches,
  type ExchangeFlags,
} from './exchange-commands.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { PAPER_COLUMNS, type PaperColumns } from '../receipt/index.ts';
import { importDirectory, type ImportFlags } from './directory-commands.ts';
import { exportLedger, verifyLedger, type VerifyLedgerFlags, type ExportFlags } from './ledger-commands.ts';
import {
  makeKeyFile,
  makeKeyLoad,
  moduleDoctor,
  moduleKeys,
  moduleList,
  moduleLoad,
  moduleRequest,
  type CeremonyFlags,
  type ModuleFlags,
  type PersonFlags,
} from './module-commands.ts';
import { openFromTerminal, type OpenFlags } from './open.ts';
import { importAccounts, importTariffFile, type PriceFlags } from './price-commands.ts';
import { publishedCase } from './published-case.ts';
import {
  receiptKey,
  verifyReceipt,
  writeReceiptPdf,
  type KeyFlags,
  type PdfFlags,
  type VerifyFlags,
} from './receipt-commands.ts';
import { printerDoctor, type DoctorFlags } from './printer-commands.ts';
import { replayTariff, type ReplayFlags } from './replay-tariff.ts';
import { stsCommands } from './sts-commands.ts';
import type { CliCommand } from './sts-options.ts';
import { tariffQuote, tariffShow, tariffVectors } from './tariff-commands.ts';
import { vectorsCommand } from './vectors-command.ts';
import { recallSlips, type RecallSlipsFlags } from './recall-slips.ts';
import {
  reportCommand,
  retentionCommand,
  SHIFT_VERBS,
  shiftCommand,
  type ReportFlags,
  type ShiftFlags,
} from './shift-commands.ts';
import { saySale, sell, type SellRequest } from './sell.ts';
import { trainingSale } from './training-sale.ts';
import { verifyToken } from './verify-token.ts';

type StationFlags = {
  readonly data: string;
  readonly profile: Profile;
  readonly passphrase?: string;
  readonly printer?: string;
  readonly json: boolean;
};

/** How the program was made; a development build serves no production. */
export type Build = { readonly flavour: 'dev' | 'release' };

/**
 * The station from a terminal: `station <command>`. `argv` are the words after `station`. Returns the exit
 * code: 0 only when the command did what it says.
 */
export async function runStationCommand(
  argv: readonly string[],
  terminal: Io,
  build: Build = { flavour: 'release' },
): Promise<number> {
  let code: number = EXIT.usage;
  const io: Io & { locale: Locale } = { ...terminal, locale: terminal.locale ?? 'en' };
  const program = new Command('station')
    .description('The vending station from a terminal.')
    .addOption(
      new Option('--lang <language>', 'of the messages; the station’s own when left out').choices(LOCALES),
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    });
  const ends = (work: Promise<number> | number): Promise<void> =>
    Promise.resolve(work).then((ended) => void (code = ended));
  addSellingCommands(program, io, ends);
  addLedgerCommands(program, io, ends);
  addShiftCommands(program, io, ends);
  addBackupCommands(program, io, ends);
  addRecallSlips(program, io, ends);
  addCrashTest(program, io, ends);
  addExchangeCommands(program, io, ends);
  addTokenCommands(program, io, ends);
  addTariffCommands(program, io, ends);
  addModuleCommands(program, io, ends);
  addReceiptCommands(program, io, ends);
  addPrinterCommands(program, io, ends);
  addDirectoryCommands(program, io, ends);
  program.hook('preAction', (_program, command) => {
    io.locale = languageOf(command.optsWithGlobals()) ?? io.locale;
    refuseProduction(command, build);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof ProductionRefused) return sayFault(io, error.fault, false);
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

/** The language that was asked for, or that of the station whose folder is named. */
function languageOf(flags: Readonly<Record<string, unknown>>): Locale | undefined {
  if (isLocale(flags.lang)) return flags.lang;
  if (typeof flags.data !== 'string') return undefined;
  const settings = readSettings(path.join(flags.data, 'station.json'));
  return settings.ok ? settings.value.language : undefined;
}

class ProductionRefused extends Error {
  readonly fault = { code: 'profile-refused', params: { reason: 'dev' } };
}

function refuseProduction(command: Command, build: Build): void {
  const { profile } = command.opts<{ profile?: Profile }>();
  if (profile === 'production' && build.flavour === 'dev') throw new ProductionRefused();
}

type Ends = (work: Promise<number> | number) => Promise<void>;

/**
 * The options of every command that opens a data folder. What makes something for one kind of station only asks for the
 * profile instead of taking it for training.
 */
function withStation(command: Command, profile: 'training' | 'required' = 'training'): Command {
  const data = process.env['KIOSKWATT_DATA'];
  const kinds = 'training, private or production';
  if (profile === 'required') command.requiredOption('--profile <profile>', kinds, parseProfile);
  else command.option('--profile <profile>', kinds, parseProfile, profile);
  command.option(
    '--passphrase <text>',
    'opens the key file (or KIOSKWATT_PASSPHRASE)',
    process.env['KIOSKWATT_PASSPHRASE'],
  );
  command.option(
    '--printer <host:port>',
    'instead of the printer in the settings',
    process.env['KIOSKWATT_PRINTER'],
  );
  return withData(command, data);
}

function withData(command: Command, data = process.env['KIOSKWATT_DATA']): Command {
  const text = 'the data folder (or KIOSKWATT_DATA)';
  if (data === undefined) command.requiredOption('--data <folder>', text);
  else command.option('--data <folder>', text, data);
  return command.option('--json', 'one JSON line', false);
}

function parseProfile(text: string): Profile {
  const profile = profileShape.safeParse(text);
  if (!profile.success) throw new CommanderError(EXIT.usage, 'profile', `No such profile: ${text}`);
  return profile.data;
}

function addSellingCommands(program: Command, io: Io, ends: Ends): void {
  withStation(program.command('vend').description('sells once, for cash'))
    .requiredOption('--meter <text>', 'meter number, account, phone or name')
    .requiredOption('--amount <amount>', 'as a cashier types it')
    .option('--cash <amount>', 'handed over; the amount when left out')
    .requiredOption('--operator <name>')
    .requiredOption('--pin <pin>')
    .option('--request-id <uuid>', 'the same id sells once')
    .option('--acknowledge <codes...>', 'warnings to go past, such as warning-duplicate')
    .action((flags: StationFlags & SellRequest) => ends(vend(io, flags)));
  withData(program.command('training-sale').description('the first sale of a new cashier, on sample data'))
    .option('--printer <host:port>', 'instead of a simulated printer')
    .action((flags: StationFlags) => ends(trainingSale(io, flags)));
  withStation(program.command('verify-token <token>').description('decodes a token that a customer brings'))
    .requiredOption('--meter <number>', 'the meter it is for')
    .action((token: string, flags: StationFlags & { meter: string }) => ends(verifyToken(io, token, flags)));
}

async function vend(io: Io, flags: StationFlags & SellRequest): Promise<number> {
  return withOpenStation(io, flags, async (station) => {
    const sale = await sell(station, flags);
    if (!sale.ok) return sayFault(io, sale.error, flags.json);
    if (flags.json) io.out(JSON.stringify({ ok: true, sale: sale.value }));
    else saySale(io, station, sale.value);
    return EXIT.done;
  });
}

function addShiftCommands(program: Command, io: Io, ends: Ends): void {
  const shift = program.command('shift').description('a drawer, from its float to its Z');
  for (const verb of SHIFT_VERBS) {
    withStation(shift.command(verb))
      .requiredOption('--operator <name>')
      .requiredOption('--pin <pin>')
      .option('--drawer <name>', 'which drawer; 1 when left out')
      .option('--cash <count>', 'notes and coins, such as 100x2,50x4')
      .option('--shift <number>', 'somebody else’s shift')
      .option('--number <number>', 'which Z; the newest when left out')
      .option('--reason <text>')
      .action((flags: ShiftFlags) => ends(shiftCommand(io, verb, flags)));
  }
  withStation(program.command('retention').description('takes customers’ data out of old sales'))
    .requiredOption('--months <count>', 'older than this', parseCount)
    .action((flags: OpenFlags & { json: boolean; months: number }) => ends(retentionCommand(io, flags)));
  withData(program.command('report <name>').description('a report over the books, as CSV or JSON lines'))
    .option('--from <day>', 'YYYY-MM-DD; today when left out')
    .option('--to <day>', 'the last day; the first when left out')
    .option('--text <text>', 'what the audit trail is searched for')
    .addOption(new Option('--format <format>').choices(['csv', 'ndjson']).default('csv'))
    .option('--csv', 'the same as --format csv')
    .action((name: string, flags: ReportFlags) => ends(reportCommand(io, name, flags)));
}

function addLedgerCommands(program: Command, io: Io, ends: Ends): void {
  const ledger = program.command('ledger').description('the books');
  withData(ledger.command('verify').description('recomputes the hash chain and the balances'))
    .option('--head <hash>', 'a head from a Z, a batch or an answer, which the chain has to hold')
    .option('--at <place>', 'EPOCH/SEQUENCE of the record that it is the hash of')
    .action((flags: VerifyLedgerFlags) => ends(verifyLedger(io, flags)));
  withData(ledger.command('export').description('every row, as JSON lines or as CSV files'))
    .addOption(new Option('--format <format>').choices(['ndjson', 'csv']).default('ndjson'))
    .option('--to <folder>', 'an empty folder for files and a manifest; standard output when left out')
    .action((flags: ExportFlags) => ends(exportLedger(io, flags)));
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0)
    throw new CommanderError(EXIT.usage, 'count', `Not a count: ${text}`);
  return count;
}

type CrashFlags = {
  readonly kills: number;
  readonly images: number;
  readonly seed: number;
  readonly lanes: number;
  readonly managed: boolean;
  readonly json: boolean;
};

function addCrashTest(program: Command, io: Io, ends: Ends): void {
  program
    .command('crash-test')
    .description('kills selling tills and cuts their power, then holds their books against what was told')
    .option('--kills <count>', 'tills killed', parseCount, 25)
    .option('--images <count>', 'disks after a power cut', parseCount, 300)
    .option('--seed <number>', 'the same moments again', parseCount, 20_261_123)
    .option('--lanes <count>', 'folders of tills at the same time', parseCount, 1)
    .option('--managed', 'kills beside a simulated token server', false)
    .option('--json', 'one JSON line', false)
    .action(async (flags: CrashFlags) => {
      // Needed by nobody who sells, so it is loaded only here.
      const { crashTest } = await import('./crash-test.ts');
      await ends(crashTest(io, flags));
    });
}

const CLOCK_IS_RIGHT = [
  '--clock-is-right',
  'you have looked: the clock is right, though a day or more ahead',
  false,
] as const;

function addBackupCommands(program: Command, io: Io, ends: Ends): void {
  withData(program.command('backup').description('copies, checks and verifies; beside a station that sells'))
    .requiredOption('--to <folder>', 'holds the backups: on another disk')
    .action((flags: StationFlags & { to: string }) => ends(backup(io, flags)));
  program
    .command('backups <folder>')
    .description('the backups in a folder, oldest first')
    .option('--json', 'one JSON line', false)
    .action((folder: string, flags: { json: boolean }) => ends(backups(io, folder, flags.json)));
  program
    .command('verify-backup <backup>')
    .description('reads a backup again, every byte and every row')
    .option('--json', 'one JSON line', false)
    .action((place: string, flags: { json: boolean }) => ends(checkBackup(io, place, flags.json)));
  withData(program.command('restore').description('makes a data folder from a backup, in a new epoch'))
    .requiredOption('--from <backup>', 'one folder that `backups` lists')
    .option(...CLOCK_IS_RIGHT)
    .action((flags: StationFlags & { from: string; clockIsRight: boolean }) => ends(restore(io, flags)));
  withData(program.command('recall').description('brings back sales that a restored folder lacks'))
    .requiredOption('--from <file>', 'NDJSON export of the ledger that was lost')
    .option(...CLOCK_IS_RIGHT)
    .action((flags: StationFlags & { from: string; clockIsRight: boolean }) => ends(recall(io, flags)));
}

function addRecallSlips(program: Command, io: Io, ends: Ends): void {
  withSupervisor(
    program
      .command('recall-slips')
      .description('brings back sales that a restored folder lacks, from their slips'),
  )
    .requiredOption('--from <file>', 'JSON file of what the slips show')
    .action((flags: StationFlags & RecallSlipsFlags) =>
      ends(withOpenStation(io, flags, (station) => recallSlips(io, station, flags))),
    );
}

function addExchangeCommands(program: Command, io: Io, ends: Ends): void {
  withData(program.command('enrol').description('makes the key, and asks head office to know this station'))
    .requiredOption('--code <code>', 'the one-time code of `headoffice station add`')
    .action((flags: ExchangeFlags & { code: string }) => ends(enrol(io, flags)));
  withData(
    program.command('rotate-key').description('makes the next key; the next batch announces it'),
  ).action((flags: ExchangeFlags) => ends(rotateKey(io, flags)));
  const batch = program.command('batch').description('what goes to head office');
  withData(batch.command('build').description('closes what is new')).action((flags: ExchangeFlags) =>
    ends(buildBatch(io, flags)),
  );
  withData(batch.command('send').description('visits head office: answers, packages, batches'))
    .option('--again', 'also what was sent lately', false)
    .action((flags: ExchangeFlags & { again: boolean }) => ends(sendBatches(io, flags)));
  withData(batch.command('status').description('what head office has not settled')).action(
    (flags: ExchangeFlags) => ends(batchStatus(io, flags)),
  );
}

const VECTORS = path.resolve(import.meta.dirname, '../../test/fixtures/vectors/sts-public.json');

function addTokenCommands(program: Command, io: Io, ends: Ends): void {
  const sts = program.command('sts').description('the token engine by itself');
  for (const command of stsCommands) addWordsCommand(sts, command, io, ends);
  addWordsCommand(program, vectorsCommand, io, ends);
  program
    .command('published-case [id]')
    .description('sells a published test case through the whole station and compares the token')
    .option('--vectors <file>', 'the file that holds it', VECTORS)
    .option('--json', 'one JSON line', false)
    .action((id: string | undefined, flags: { vectors: string; json: boolean }) =>
      ends(publishedCase(io, readList(flags.vectors), id ?? 'credit/ed22-ea07-CTSA01-1', flags.json)),
    );
}

/** A command with options of its own: every word behind its name goes to it. */
function addWordsCommand(parent: Command, own: CliCommand, io: Io, ends: Ends): void {
  parent
    .command(own.name)
    .description(own.summary)
    .allowUnknownOption()
    .argument('[words...]')
    .addHelpText('after', `\n${own.usage.map((line) => `  ${line}`).join('\n')}`)
    .action((words: string[]) => ends(own.run(words, io)));
}

function withSupervisor(command: Command): Command {
  return withStation(command).requiredOption('--operator <name>').requiredOption('--pin <pin>');
}

function addTariffCommands(program: Command, io: Io, ends: Ends): void {
  const tariff = program.command('tariff').description('prices: check, read, try');
  const commands: readonly CliCommand[] = [
    { name: 'vectors', summary: 'checks files of tariff vectors', usage: ['FILE…'], run: tariffVectors.run },
    { name: 'show', summary: 'a tariff in plain words', usage: ['FILE'], run: tariffShow.run },
    { name: 'quote', summary: 'what an amount buys', usage: ['FILE --amount AMOUNT'], run: tariffQuote.run },
  ];
  for (const command of commands) addWordsCommand(tariff, command, io, ends);
  withData(tariff.command('replay').description('computes recorded sales again and names every difference'))
    .option('--from <receipt>', 'from this receipt number on')
    .option('--to <receipt>', 'up to this one')
    .action((flags: ReplayFlags) => ends(replayTariff(io, flags)));
  withSupervisor(tariff.command('import <file>').description('keeps a price list'))
    .option('--yes', 'keeps it although it changes prices at once', false)
    .action((file: string, flags: PriceFlags & { yes: boolean }) => ends(importTariffFile(io, file, flags)));
  const accounts = program.command('accounts').description('what prices need to know of meters');
  withSupervisor(accounts.command('import <file>').description('keeps categories, quantities, debts')).action(
    (file: string, flags: PriceFlags) => ends(importAccounts(io, file, flags)),
  );
}

function addPrinterCommands(program: Command, io: Io, ends: Ends): void {
  const printer = program.command('printer').description('the receipt printer');
  withData(printer.command('doctor').description('says why nothing prints, and prints nothing'))
    .option('--address <address>', 'instead of the printer in the settings')
    .action((flags: DoctorFlags) => ends(printerDoctor(io, flags)));
}

function parseColumns(text: string): PaperColumns {
  const columns = PAPER_COLUMNS.find((each) => String(each) === text);
  if (columns === undefined) throw new CommanderError(EXIT.usage, 'columns', `Not a width: ${text}`);
  return columns;
}

function addModuleCommands(program: Command, io: Io, ends: Ends): void {
  const module = program.command('module').description('secure modules and their keys');
  withStation(module.command('doctor').description('whether each module can be used, and why not')).action(
    (flags: ModuleFlags) => ends(moduleDoctor(io, flags)),
  );
  withStation(module.command('list').description('the modules of the settings')).action(
    (flags: ModuleFlags) => ends(moduleList(io, flags)),
  );
  const asPerson = (name: string, about: string): Command =>
    withStation(module.command(name).description(about))
      .requiredOption('--operator <name>')
      .requiredOption('--pin <pin>')
      .option('--module <id>', 'which module, where there are several');
  asPerson('keys', 'every key, and how many meters it serves').action((flags: PersonFlags) =>
    ends(moduleKeys(io, flags)),
  );
  asPerson('request', 'writes the file from which keys for a module are made')
    .option('--to <file>')
    .action((flags: CeremonyFlags) => ends(moduleRequest(io, flags)));
  asPerson('load', 'shows a key file; loads it with a second person')
    .requiredOption('--file <file>', 'the key file')
    .option('--second <name>', 'the second person')
    .option('--second-pin <pin>')
    .option('--reason <text>')
    .action((flags: CeremonyFlags) => ends(moduleLoad(io, flags)));
  module
    .command('make-load')
    .description('seals keys of one’s own supply group to one module’s request')
    .requiredOption('--request <file>')
    .requiredOption('--keys <file>', 'clear keys, as docs/formats/key-load.md says')
    .requiredOption('--to <file>')
    .option('--json', 'one JSON line', false)
    .action((flags: { request: string; keys: string; to: string; json: boolean }) =>
      ends(makeKeyLoad(io, flags)),
    );
  withStation(
    module.command('new-key-file').description('an empty key file for keys of one’s own'),
    'required',
  ).action((flags: ModuleFlags) => ends(makeKeyFile(io, flags)));
}

function addReceiptCommands(program: Command, io: Io, ends: Ends): void {
  const receipt = program.command('receipt').description('receipts and the station that signs them');
  withData(
    receipt.command('key').description('the public key that the station’s receipts are checked with'),
  ).action((flags: KeyFlags) => ends(receiptKey(io, flags)));
  withData(receipt.command('pdf <sale>').description('a receipt as PDF, by its number or the sale’s id'))
    .requiredOption('--out <file>', 'the file to write')
    .option('--columns <count>', '32, 42 or 48', parseColumns, 48)
    .action((sale: string, flags: PdfFlags) => ends(writeReceiptPdf(io, sale, flags)));
  receipt
    .command('verify <code>')
    .description('checks the code at the foot of a receipt')
    .option('--key <public>', 'the station’s public key: 64 hexadecimal digits')
    .option('--data <folder>', 'or its data folder (or KIOSKWATT_DATA)', process.env['KIOSKWATT_DATA'])
    .option('--json', 'one JSON line', false)
    .action((code: string, flags: VerifyFlags) => ends(verifyReceipt(io, code, flags)));
}

function addDirectoryCommands(program: Command, io: Io, ends: Ends): void {
  const directory = program.command('directory').description('customers and meters');
  withStation(directory.command('import <file>').description('takes a CSV file of customers and meters'))
    .requiredOption('--operator <name>', 'a supervisor or an administrator')
    .requiredOption('--pin <pin>')
    .action((file: string, flags: StationFlags & ImportFlags) =>
      ends(withOpenStation(io, flags, (station) => importDirectory(io, station, file, flags))),
    );
}

async function withOpenStation(
  io: Io,
  flags: StationFlags,
  work: (station: Station) => Promise<number>,
): Promise<number> {
  const opened = await openFromTerminal(flags);
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

/** `station … | head`: whoever reads has had enough. What was done is done. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

function readList(file: string): readonly unknown[] {
  // A package holds no vectors: the case is then not found, and the file to name is the caller's.
  if (!existsSync(file)) return [];
  const data: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return Array.isArray(data) ? data : [];
}

if (process.argv[1] === import.meta.filename) {
  endQuietlyOnClosedPipe();
  const io: Io = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await runStationCommand(process.argv.slice(2), io);
}
