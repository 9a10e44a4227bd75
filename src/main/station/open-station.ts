import packageInfo from '../../../package.json' with { type: 'json' };
import type {
  CallFault,
  EventName,
  PaperSlip,
  Profile,
  Session,
  SignedInOperator,
  StationDoor,
  StationSettings,
} from '../../contract/index.ts';
import { err, makeId, ok, type Result } from '../../units/index.ts';
import { openSales } from '../ledger/index.ts';
import { operatorById } from '../operators/index.ts';
import { printJobInsert, AUTO_PRINT_MS } from '../printing/index.ts';
import { endResting } from '../reports/index.ts';
import { nodeStsCrypto, type SecureModule } from '../secure-module/index.ts';
import {
  openCheckpoints,
  openDataFolder,
  openSpaceGate,
  releaseBallast,
  StorageError,
  type Checkpoints,
  type DataFolder,
  type DirectoryWriter,
  type LedgerWriter,
  type StationKey,
} from '../store/index.ts';
import {
  createVending,
  recallSlips,
  type SlipWord,
  recoverOpenSales,
  type VendingDeps,
} from '../vending/index.ts';
import { applyOpenChanges } from './apply-changes.ts';
import { startSearch, type DirectorySearch } from '../directory/index.ts';
import { openDirectoryImport, type DirectoryImport } from './directory-import.ts';
import type { Exchange } from '../exchange/index.ts';
import { openStationExchange } from './exchange.ts';
import { keepRetention } from './retention.ts';
import { countsAsStopped } from './module-handlers.ts';
import { keepBooks, type BooksKeeper } from './books-keeper.ts';
import { watchDisk, type Disk } from './disk.ts';
import { createHandlers, type HandlerDeps } from './handlers.ts';
import { openDatabases } from './open-databases.ts';
import { KEY_FILE, openModules, type StationModules } from './modules.ts';
import { openPrinting, type Printing } from './printing.ts';
import type { FiscalAdapter } from './fiscal.ts';
import { saleReceipt, type SlipMaker } from './sale-receipt.ts';
import { readSettings } from './settings-file.ts';
import { settingsKeepers } from './settings-keepers.ts';
import { openVirtualMeters } from './virtual-meters.ts';
import { readToken, type TokenReading } from './verify-token.ts';
import { prepareTrainingData, prepareTrainingKeys, prepareTrainingSettings } from './training.ts';

export type StationOptions = {
  readonly dataFolder: string;
  readonly profile: Profile;
  /** Opens the key file; a training folder's is known. */
  readonly passphrase?: string;
  /** Instead of the printer in the settings: `host:port`. */
  readonly printerAddress?: string;
  /** A native SQLite binding for development runtimes. */
  readonly sqliteBinding?: string;
  /** A country's fiscal fields on each receipt; none when left out. */
  readonly fiscal?: FiscalAdapter;
  readonly now: () => number;
  /** Milliseconds that only ever count up; the process's own when left out. */
  readonly upMs?: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** The random part of a token, 0 to 15; the system's random source when left out. */
  readonly randomNibble?: () => number;
  /** The start has so much to do that somebody has to be told how far it is. */
  readonly onProgress?: (progress: StartProgress) => void;
  /** An error that nobody foresaw in what the station does by itself, which no call's answer can tell. */
  readonly onUnexpected?: (error: unknown) => void;
  /** A module that is there already, instead of the folder's key file. The station closes it. */
  readonly module?: SecureModule;
};

/**
 * Bytes copied of an older program's file, or records read of those that a start has to read. Between the two the
 * copied file is brought up to date, which shows no figure.
 */
export type StartProgress =
  | { readonly stage: 'copy' | 'read'; readonly done: number; readonly of: number }
  | { readonly stage: 'update' };

/** Why a station can't open: a code of the catalogue with its parameters. */
export type StartFault = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

export type Station = StationDoor & {
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryWriter;
  readonly printing: Printing;
  readonly directoryImport: DirectoryImport;
  readonly exchange: Exchange;
  /** Checks and backups of the books, on demand too. */
  readonly keeper: BooksKeeper;
  readonly customerDisplay: NonNullable<StationSettings['customerDisplay']>;
  readonly newSession: () => Session;
  readonly newId: () => string;
  readonly verifyToken: (meterNumber: string, token: string) => Promise<Result<TokenReading, CallFault>>;
  /** Brings back sales that a restored folder lacks, from their slips, in a supervisor's name. */
  readonly recallSlips: (
    slips: readonly PaperSlip[],
    supervisor: SignedInOperator,
  ) => Promise<Result<readonly SlipWord[], CallFault>>;
  /** The computer is about to sleep: lines to modules are let go of. A sale that is under way is then in doubt. */
  suspend(): Promise<void>;
  /** It is awake again: modules are looked for, and what is in doubt is asked for. */
  resume(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens a data folder as its one writer and builds the rooms over it: databases, module, paper, vending.
 * Knows nothing of Electron: a window, a terminal and a test open the same station.
 */
export async function openStation(options: StationOptions): Promise<Result<Station, StartFault>> {
  const opened = await openOnce(options);
  if (opened.ok || !OUT_OF_ROOM.has(opened.error.code) || !releaseBallast(options.dataFolder)) return opened;
  return openOnce(options);
}

/** What a start says of a full disk; the room that is kept back is for this as well. */
const OUT_OF_ROOM: ReadonlySet<string> = new Set(['folder-full', 'database-no-room']);

async function openOnce(options: StationOptions): Promise<Result<Station, StartFault>> {
  const folder = openDataFolder(options.dataFolder, options.sqliteBinding);
  if (!folder.ok) return folder;
  const opened: Opened = [{ close: () => folder.value.release() }, { close: endResting }];
  const closeAll = async (): Promise<void> => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const station = await build(options, folder.value, opened);
    if (station.ok) return ok({ ...station.value, close: closeAll });
    await closeAll();
    return station;
  } catch (error) {
    await closeAll();
    if (!(error instanceof StorageError)) throw error;
    return err({ code: 'storage-failed', params: { reason: error.sqliteCode } });
  }
}

/** What the modules are told of the books, and tell of themselves. */
function watch(ledger: LedgerWriter, events: EventHub): Parameters<typeof openModules>[3] {
  return {
    onChange: () => events.tell('status-changed'),
    isStopped: (moduleId) => countsAsStopped(ledger, moduleId),
  };
}

type Opened = { close(): void | Promise<void> }[];

async function build(
  options: StationOptions,
  folder: DataFolder,
  opened: Opened,
): Promise<Result<Omit<Station, 'close'>, StartFault>> {
  const settings = stationSettings(options, folder);
  if (!settings.ok) return settings;
  const events = eventHub();
  const space = openSpaceGate(folder.path, options.profile === 'training');
  const disk = watchDisk(space, () => events.tell('status-changed'));
  opened.push(disk);
  const databases = await openDatabases(folder, options, settings.value.zone, {
    onFatal: disk.failed,
    onFull: () => {
      const released = space.release();
      disk.look();
      return released;
    },
  });
  if (!databases.ok) return databases;
  opened.push(databases.value.ledger, databases.value.directory);
  applyOpenChanges(databases.value.ledger, databases.value.directory);
  if (options.profile === 'training') {
    const moment = { nowUnixMs: options.now(), zone: settings.value.zone, operatorId: null };
    if (!options.module) await prepareTrainingKeys(folder.file(KEY_FILE));
    await prepareTrainingData(databases.value.ledger, databases.value.directory, moment);
  }
  const modules = await openModules(options, folder, settings.value, watch(databases.value.ledger, events));
  opened.push(modules);
  const printing = await openPrinting({
    ledger: databases.value.ledger,
    settings: settings.value,
    training: options.profile === 'training',
    now: options.now,
    onChange: () => events.tell('print-changed', 'paper-changed', 'status-changed'),
    onFault: () => events.tell('status-changed'),
  });
  if (!printing.ok) return err({ code: 'printer-address', params: { text: printing.error.text } });
  opened.push(printing.value);
  disk.look();
  const beside = openBeside(
    options,
    folder,
    settings.value,
    { ledger: databases.value.ledger, modules },
    events,
  );
  opened.push(...Object.values(beside));
  const parts = {
    ...databases.value,
    folder,
    settings: settings.value,
    modules,
    printing: printing.value,
    disk,
    ...beside,
  };
  const kept = settingsKeepers(folder.file('station.json'), settings.value);
  return ok(await assemble(options, { ...parts, ...kept }, events));
}

/** What runs beside the till, on threads and timers of its own. */
function openBeside(
  options: StationOptions,
  folder: DataFolder,
  settings: StationSettings,
  { ledger, modules }: Pick<Parts, 'ledger' | 'modules'>,
  { tell }: EventHub,
): Pick<Parts, 'search' | 'directoryImport' | 'checkpoints' | 'exchange' | 'retention' | 'keeper'> {
  const place = directoryPlace(folder, options);
  const { now } = options;
  return {
    search: startSearch(place),
    directoryImport: openDirectoryImport({
      ...place,
      ledger,
      dataFolder: folder.path,
      zone: settings.zone,
      now,
      onChange: () => tell('import-changed'),
    }),
    checkpoints: openCheckpoints(
      { file: folder.file('ledger.db'), sqliteBinding: options.sqliteBinding },
      (error) => ledger.heed(error),
    ),
    retention: keepRetention(ledger, settings, now),
    exchange: openStationExchange(options, folder.path, settings, { ledger, module: modules.module }, () =>
      tell('status-changed'),
    ),
    keeper: keepBooks({
      ledger,
      dataFolder: folder.path,
      backupFolder: settings.backupFolder ?? null,
      byItself: options.profile !== 'training',
      program: packageInfo.version,
      sqliteBinding: options.sqliteBinding,
      now,
      onChange: () => tell('status-changed'),
    }),
  };
}

type Parts = {
  readonly retention: { readonly close: () => void };
  readonly folder: DataFolder;
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryWriter;
  readonly settings: StationSettings;
  readonly key: StationKey;
  readonly modules: StationModules;
  readonly printing: Printing;
  readonly disk: Disk;
  readonly search: DirectorySearch;
  readonly directoryImport: DirectoryImport;
  readonly keepPrinter: HandlerDeps['keepPrinter'];
  readonly keepShifts: HandlerDeps['keepShifts'];
  readonly keepHeadOffice: HandlerDeps['keepHeadOffice'];
  readonly tokenServer: HandlerDeps['tokenServer'];
  readonly keepTokenServer: HandlerDeps['keepTokenServer'];
  readonly checkpoints: Checkpoints;
  readonly exchange: Exchange;
  readonly keeper: BooksKeeper;
};

/** Settles what the last run left open, then hands the station out. */
async function assemble(
  options: StationOptions,
  parts: Parts,
  events: EventHub,
): Promise<Omit<Station, 'close'>> {
  const { ledger, directory, printing } = parts;
  const newId = (): string => makeId(options.now(), options.random(10));
  const deps = vendingDeps(options, parts, newId);
  const vending = createVending(deps);
  const unseen: HandlerDeps['unseen'] = new Set();
  await parts.modules.onReady(
    settler(options.onUnexpected ?? warn, { deps, vending, printing, unseen }, events),
  );
  const handlers = createHandlers({
    ...parts,
    ...deps,
    directory,
    training: options.profile === 'training',
    vending,
    unseen,
    newId,
    tell: events.tell,
    search: parts.search.search,
    tidy: parts.checkpoints.committed,
    moduleStatus: parts.modules.status,
    profile: options.profile,
    books: { file: parts.folder.file('ledger.db'), sqliteBinding: options.sqliteBinding },
    dataFolder: parts.folder.path,
    exportsFolder: parts.folder.file('exports'),
    virtualMeters: options.profile === 'training' ? openVirtualMeters(nodeStsCrypto) : null,
  });
  printing.wake();
  return {
    handlers,
    idleLockMs: (parts.settings.idleLockSeconds ?? IDLE_LOCK_SECONDS) * 1000,
    operatorNow: (operatorId) => operatorNow(ledger, operatorId),
    subscribe: events.subscribe,
    ledger,
    directory,
    printing,
    directoryImport: parts.directoryImport,
    exchange: parts.exchange,
    keeper: parts.keeper,
    customerDisplay: parts.settings.customerDisplay ?? 'auto',
    newSession: () => ({ operator: null }),
    newId,
    verifyToken: (meterNumber, token) => readToken(deps, meterNumber, token),
    recallSlips: (slips, supervisor) => recallSlips(deps, slips, supervisor),
    suspend: parts.modules.suspend,
    resume: parts.modules.resume,
  };
}

/**
 * What is done about open sales when a module is ready; those that get their token go on paper, and on the counter
 * until somebody has seen them. A sale that is under way is its cashier's. Never fails: a till that is open can at
 * least show them.
 */
function settler(
  onUnexpected: (error: unknown) => void,
  { deps, vending, printing, unseen }: Settling,
  { tell }: EventHub,
): () => Promise<void> {
  const settle = async (): Promise<void> => {
    const before = openSales(deps.ledger).filter(({ saleId }) => !vending.isUnderWay(saleId));
    // Before they are asked for: whoever is shown one meanwhile takes it off again.
    for (const { saleId } of before) unseen.add(saleId);
    const left = new Set((await recoverOpenSales(deps, vending, onUnexpected)).map(({ saleId }) => saleId));
    if (before.some(({ saleId }) => !left.has(saleId))) {
      printing.wake();
      tell('sale-recorded', 'print-changed');
    }
    tell('status-changed');
  };
  return () => settle().catch(onUnexpected);
}

type Settling = Pick<HandlerDeps, 'vending' | 'printing' | 'unseen'> & { readonly deps: VendingDeps };

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}

function operatorNow(ledger: LedgerWriter, operatorId: string): SignedInOperator | null {
  const known = operatorById(ledger, operatorId);
  return known?.active ? { operatorId, name: known.name, role: known.role } : null;
}

function vendingDeps(options: StationOptions, parts: Parts, newId: () => string): VendingDeps {
  const { ledger, directory, settings } = parts;
  const slipOf: SlipMaker = (sale, operatorName) =>
    saleReceipt(ledger, settings, sale, operatorName, markOf(options.profile), parts.key, options.fiscal);
  return {
    ledger,
    directory,
    settings,
    module: parts.modules.module,
    now: options.now,
    random: options.random,
    operatorName: (operatorId) => operatorNameOf(ledger, operatorId),
    diskFault: () => parts.keeper.fault() ?? parts.disk.fault(),
    beginSale: (tx) => parts.printing.nextSale(tx),
    makeSlip: (sale, operatorName) => {
      const job = {
        jobId: newId(),
        saleId: sale.saleId,
        document: slipOf(sale, operatorName),
        createdUnixMs: options.now(),
        autoUntilUnixMs: options.now() + AUTO_PRINT_MS,
      };
      return printJobInsert(job);
    },
  };
}

/** For threads, which open the file themselves. */
const directoryPlace = (folder: DataFolder, { sqliteBinding }: StationOptions) => ({
  database: folder.file('directory.db'),
  sqliteBinding,
});

/** What every slip has to say when the keys are not a certified module's. */
function markOf(profile: Profile): Exclude<Profile, 'production'> | null {
  return profile === 'production' ? null : profile;
}

/** How long a counter waits for a key before it locks itself, where the settings do not say. */
const IDLE_LOCK_SECONDS = 300;

function stationSettings(options: StationOptions, folder: DataFolder): Result<StationSettings, StartFault> {
  const file = folder.file('station.json');
  if (options.profile === 'training') prepareTrainingSettings(file);
  const settings = readSettings(file);
  if (!settings.ok) return settings;
  const found = settings.value.profile;
  if (found !== options.profile) {
    return err({ code: 'profile-differs', params: { found, wanted: options.profile } });
  }
  if (options.printerAddress === undefined) return settings;
  return ok({ ...settings.value, printer: options.printerAddress });
}

function operatorNameOf(ledger: LedgerWriter, operatorId: string): string {
  const row = ledger
    .prepare('SELECT name FROM operator WHERE operator_id = ?')
    .get<{ name: string }>(operatorId);
  return row?.name ?? operatorId;
}

type EventHub = {
  readonly tell: (...events: readonly EventName[]) => void;
  readonly subscribe: StationDoor['subscribe'];
};

function eventHub(): EventHub {
  const listeners = new Set<(event: EventName) => void>();
  return {
    tell: (...events) => {
      for (const event of events) for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
