import { existsSync, readFileSync, statSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { fingerprintText } from '../batch/index.ts';
import { errorSentences, translator } from '../i18n/index.ts';
import { err, ok, type Result } from '../units/index.ts';
import { audit, writeAudit } from './audit.ts';
import type { DatabaseRole } from './db.ts';
import { makeHome, openHome, random, type Home } from './home.ts';
import {
  batchOfFile,
  importFolder,
  putAck,
  type FoundBatch,
  type ImportOptions,
  type Outcome,
} from './import-folder.ts';
import { forgetPersonal } from './personal.ts';
import { publish, readLines } from './publish.ts';
import { readAuditKeys } from './redecode.ts';
import { report, REPORTS, type ReportName } from './report.ts';
import { addStation, keysOf, retireStation, type OfficeFault } from './stations.ts';
import { storedAcks } from './stored-acks.ts';
import { verifyFiles } from './verify-files.ts';

export type Io = { readonly out: (line: string) => void; readonly err: (line: string) => void };

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

type Flags = { readonly home: string; readonly json: boolean };

/** `headoffice <command>`: returns the exit code, 0 only when the command did what it says. */
export async function runHeadOffice(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.usage;
  const program = new Command('headoffice')
    .description(
      'Takes what stations send, and publishes what they need. PostgreSQL by DATABASE_URL, else PGlite.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    });
  const ends = async (work: Promise<number>): Promise<void> => void (code = await work);
  addSetUp(program, io, ends);
  addStations(program, io, ends);
  addPersonal(program, io, ends);
  addExchange(program, io, ends);
  addReading(program, io, ends);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    throw error;
  }
}

type Ends = (work: Promise<number>) => Promise<void>;

function common(command: Command): Command {
  const home = process.env['KIOSKWATT_HEADOFFICE'] ?? 'headoffice-data';
  return command
    .option('--home <folder>', 'key, database and exchange (or KIOSKWATT_HEADOFFICE)', home)
    .option('--json', 'one JSON line', false);
}

const translate = translator('en');

function sayFault(io: Io, { code, params }: OfficeFault, json: boolean): number {
  const { cashier } = errorSentences(translate, { code, params, ref: code });
  if (json) io.out(JSON.stringify({ ok: false, error: { code, params } }));
  else io.err(`${cashier} (${code})`);
  return EXIT.failed;
}

/** Opens head office with one role's rights, does the work and closes it again. */
async function withHome(
  io: Io,
  flags: Flags & { readonly parallel?: number },
  role: DatabaseRole,
  work: (home: Home) => Promise<number>,
): Promise<number> {
  const place = { folder: flags.home, url: process.env['DATABASE_URL'] };
  const home = await openHome(
    flags.parallel === undefined ? place : { ...place, width: flags.parallel },
    role,
  );
  if (!home) return sayFault(io, { code: 'office-missing', params: { folder: flags.home } }, flags.json);
  try {
    return await work(home);
  } finally {
    await home.database.close();
  }
}

function say(io: Io, json: boolean, value: object, text: string): number {
  io.out(json ? JSON.stringify({ ok: true, ...value }) : text);
  return EXIT.done;
}

function addSetUp(program: Command, io: Io, ends: Ends): void {
  common(program.command('init').description('makes key, folders and tables; what is there stays')).action(
    (flags: Flags) =>
      ends(
        makeHome({ folder: flags.home, url: process.env['DATABASE_URL'] }).then(({ publicKey }) => {
          const fingerprint = fingerprintText(publicKey);
          return say(io, flags.json, { fingerprint, publicKey }, `Head office's fingerprint: ${fingerprint}`);
        }),
      ),
  );
}

function addPersonal(program: Command, io: Io, ends: Ends): void {
  const months = (text: string): number => {
    const count = Number(text);
    if (!/^\d{1,4}$/u.test(text) || count < 1) throw new InvalidArgumentError('a whole number of months');
    return count;
  };
  common(
    program
      .command('forget')
      .description('removes customers’ values that came with changes; the records keep their digests')
      .requiredOption('--months <count>', 'older than this many months', months),
  ).action((flags: Flags & { readonly months: number }) =>
    ends(
      withHome(io, flags, 'headoffice_import', async ({ database }) => {
        const removed = await forgetPersonal(database, flags.months);
        return say(io, flags.json, { removed }, `${removed} removed.`);
      }),
    ),
  );
}

function addStations(program: Command, io: Io, ends: Ends): void {
  const station = program.command('station').description('stations: add, keys, retire');
  const add = async (id: string, flags: Flags): Promise<number> =>
    withHome(io, flags, 'headoffice_publish', async ({ database, office }) => {
      const code = await addStation(database, id, random);
      if (!code.ok) return sayFault(io, code.error, flags.json);
      const fingerprint = fingerprintText(office.publicKey);
      const text = `One-time code for ${id}: ${code.value}\nHead office's fingerprint: ${fingerprint}`;
      return say(io, flags.json, { station: id, code: code.value, fingerprint }, text);
    });
  common(station.command('add <id>').description('expects a station, and prints its one-time code')).action(
    (id: string, flags: Flags) => ends(add(id, flags)),
  );
  common(station.command('rotate <id>').description('a new code, for a key that was lost')).action(
    (id: string, flags: Flags) => ends(add(id, flags)),
  );
  common(station.command('keys <id>').description('fingerprints of a station’s keys, newest first')).action(
    (id: string, flags: Flags) =>
      ends(
        withHome(io, flags, 'headoffice_read', async ({ database }) => {
          const keys = await database.use((session) => keysOf(session, id));
          const lines = keys.map(
            (key) => `${fingerprintText(key.public_key)}  from ${key.from_epoch}/${key.from_number}`,
          );
          return say(io, flags.json, { keys }, lines.join('\n'));
        }),
      ),
  );
  common(station.command('retire <id>').description('takes no further batch of it')).action(
    (id: string, flags: Flags) =>
      ends(
        withHome(io, flags, 'headoffice_publish', async ({ database }) => {
          const retired = await retireStation(database, id);
          return retired.ok
            ? say(io, flags.json, { station: id }, `${id} is retired.`)
            : sayFault(io, retired.error, flags.json);
        }),
      ),
  );
}

type ImportFlags = Flags & { readonly parallel: number };
type PublishFlags = Flags & {
  readonly lines?: string;
  readonly full: boolean;
  readonly tokenTimes: boolean;
  readonly lost: boolean;
  readonly statement?: string;
  readonly effective?: string;
};

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('A whole number from 1.');
  return count;
}

function addExchange(program: Command, io: Io, ends: Ends): void {
  common(
    program
      .command('import [paths...]')
      .description(
        'takes the batches of an exchange folder, or those whose files are named, and answers them',
      ),
  )
    .option('--parallel <count>', 'stations at once, with a server', parseCount, 4)
    .action((paths: readonly string[], flags: ImportFlags) =>
      ends(withHome(io, flags, 'headoffice_import', (home) => importAll(io, home, paths, flags.json))),
    );
  common(
    program
      .command('verify <files...>')
      .description('checks batches by their manifests, and imports nothing'),
  )
    .option('--csv <folder>', 'writes the rows of each good batch there, a file for each table')
    .action((files: string[], flags: Flags & { readonly csv?: string }) =>
      ends(
        withHome(io, flags, 'headoffice_read', (home) =>
          verifyFiles(home, files, flags.csv).then((lines) => sayLines(io, flags.json, lines)),
        ),
      ),
    );
  common(program.command('ack <id>').description('puts the answers to a station’s newest batches out again'))
    .option('--last <count>', 'so many', parseCount, 10)
    .action((id: string, flags: Flags & { last: number }) =>
      ends(
        withHome(io, flags, 'headoffice_read', async (home) => {
          const acks = await storedAcks(home.database, id, flags.last);
          for (const ack of acks) await putAck(home.exchange, ack);
          return say(io, flags.json, { answers: acks.length }, `${acks.length} answers are out again.`);
        }),
      ),
    );
  common(program.command('publish <id>').description('signs a package for a station'))
    .option('--lines <file>', 'JSON lines of docs/formats/package.md')
    .option('--full', 'needs no package before it', false)
    .option('--token-times', 'adds the newest token time of every meter', false)
    .option('--lost', 'adds the rows that the restored station lacks', false)
    .option('--statement <file>', 'adds the deposits that stand on a bank statement in CSV')
    .option('--effective <instant>', 'from when on, such as 2026-12-01T00:00:00Z; at once when left out')
    .action((id: string, flags: PublishFlags) =>
      ends(withHome(io, flags, 'headoffice_publish', (home) => publishOne(io, home, id, flags))),
    );
}

async function importAll(io: Io, home: Home, paths: readonly string[], json: boolean): Promise<number> {
  const { database, office, archive } = home;
  const chosen = choose(home, paths);
  if (!chosen.ok) return sayFault(io, chosen.error, json);
  const outcomes = await importFolder({
    database,
    office,
    ...chosen.value,
    archive,
    now: Date.now,
    onProgress: (done, all) => {
      if (!json && (done % 100 === 0 || done === all)) io.err(`${done} of ${all} batches`);
    },
  });
  if (json) io.out(JSON.stringify({ ok: true, outcomes: outcomes.map(brief) }));
  else for (const outcome of outcomes.map(brief)) io.out(lineOf(outcome));
  return outcomes.every(({ verdict }) => verdict === 'accepted' || verdict === 'duplicate')
    ? EXIT.done
    : EXIT.failed;
}

/** An exchange folder, or files of batches: three to a batch, of which one is enough to name it. */
function choose(
  { exchange }: Home,
  paths: readonly string[],
): Result<Pick<ImportOptions, 'exchange' | 'batches'>, OfficeFault> {
  const [first = exchange, ...others] = paths;
  if (others.length === 0 && existsSync(first) && statSync(first).isDirectory())
    return ok({ exchange: first });
  const batches = new Map<string, FoundBatch>();
  for (const file of paths) {
    const batch = batchOfFile(file);
    if (!batch) return err({ code: 'import-file', params: { file } });
    batches.set(batch.base, batch);
  }
  return ok({ exchange, batches: [...batches.values()] });
}

type Brief = {
  readonly station: string;
  readonly batch: string;
  readonly verdict: string;
  readonly rows: number;
  readonly reasons: Outcome['reasons'];
};

function brief(outcome: Outcome): Brief {
  const { batch, verdict, reasons } = outcome;
  const rows = 'rowsAdded' in outcome ? outcome.rowsAdded : 0;
  return { station: batch.station, batch: `${batch.epoch}/${batch.number}`, verdict, rows, reasons };
}

function lineOf({ station, batch, verdict, rows, reasons }: Brief): string {
  const why = reasons.map(
    ({ where, code, reason }) => `${code} at ${where}${reason === '' ? '' : ` (${reason})`}`,
  );
  return [station, batch, verdict, `${rows} rows`, ...why].join('  ');
}

function sayLines(
  io: Io,
  json: boolean,
  checked: { readonly good: boolean; readonly lines: readonly string[] },
): number {
  if (json) io.out(JSON.stringify({ ok: checked.good, files: checked.lines }));
  else for (const line of checked.lines) io.out(line);
  return checked.good ? EXIT.done : EXIT.failed;
}

async function publishOne(io: Io, home: Home, id: string, flags: PublishFlags): Promise<number> {
  const lines = flags.lines === undefined ? { ok: true as const, value: [] } : readLines(flags.lines);
  if (!lines.ok) return sayFault(io, lines.error, flags.json);
  const nowUnixMs = Date.now();
  const effectiveFromUnixMs = flags.effective === undefined ? nowUnixMs : Date.parse(flags.effective);
  if (Number.isNaN(effectiveFromUnixMs)) return EXIT.usage;
  const { full, tokenTimes, lost } = flags;
  const request = { station: id, lines: lines.value, full, tokenTimes, lost, effectiveFromUnixMs, nowUnixMs };
  const bank = flags.statement === undefined ? {} : { statement: readFileSync(flags.statement, 'utf8') };
  const published = await publish(home.database, home.office, home.exchange, { ...request, ...bank });
  if (!published.ok) return sayFault(io, published.error, flags.json);
  const { number, lines: count } = published.value;
  return say(io, flags.json, published.value, `Package ${number} for ${id}: ${count} lines.`);
}

type AuditFlags = Flags & {
  readonly to: string;
  readonly keys?: string;
  readonly statement?: string;
  readonly bankingDays: number;
  readonly salesADay: number;
  readonly quietDays: number;
};

function addReading(program: Command, io: Io, ends: Ends): void {
  common(program.command('report').description('figures of what is held'))
    .addOption(new Option('--name <report>').choices(Object.keys(REPORTS)).default('stations'))
    .action((flags: Flags & { name: ReportName }) =>
      ends(
        withHome(io, flags, 'headoffice_read', async ({ database }) => {
          const rows = await report(database, flags.name);
          return say(io, flags.json, { rows }, rows.map((row) => Object.values(row).join('  ')).join('\n'));
        }),
      ),
    );
  common(
    program.command('audit').description('looks everything through; a CSV file for each kind of finding'),
  )
    .requiredOption('--to <folder>', 'where the files go')
    .option('--keys <file>', 'vending keys at hand: tokens are decoded again')
    .option('--statement <file>', 'a bank statement in CSV')
    .option('--banking-days <count>', 'days that cash may wait', parseCount, 3)
    .option('--sales-a-day <count>', 'sales to one meter in a day that are shown', parseCount, 5)
    .option('--quiet-days <count>', 'days after which a meter that buys no more is shown', parseCount, 60)
    .action((flags: AuditFlags) =>
      ends(withHome(io, flags, 'headoffice_read', (home) => auditAll(io, home, flags))),
    );
}

async function auditAll(io: Io, { database }: Home, flags: AuditFlags): Promise<number> {
  const { bankingDays, salesADay, quietDays, statement, keys } = flags;
  const tables = await audit(database, {
    bankingDays,
    salesADay,
    quietDays,
    statement,
    keys: keys === undefined ? [] : readAuditKeys(keys),
  });
  writeAudit(flags.to, tables);
  const counts = tables.map(({ file, rows }) => ({ file: `${file}.csv`, findings: rows.length }));
  return say(
    io,
    flags.json,
    { files: counts },
    counts.map(({ file, findings }) => `${findings}  ${file}`).join('\n'),
  );
}

if (process.argv[1] === import.meta.filename) {
  const io: Io = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
  process.exitCode = await runHeadOffice(process.argv.slice(2), io);
}
