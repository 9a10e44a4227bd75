import type {
  CallFault,
  ModuleSettings,
  StationSettings,
  TokenServerSettings,
} from '../../contract/index.ts';
import { err, ok, unixMs, type Result, type UnixMs } from '../../units/index.ts';
import {
  moduleFault,
  ModuleManager,
  openKeyFile,
  secureNibble,
  serialNumberTransport,
  serialTransport,
  Sts6Line,
  sts6Module,
  tcpTransport,
  usbTransport,
  watchPlugs,
  type ManagerDeps,
  type ManagerStatus,
  type ModuleFault,
  type ModuleReport,
  type ModuleSource,
  type SecureModule,
  type Transport,
} from '../secure-module/index.ts';
import type { DataFolder } from '../store/index.ts';
import type { StationOptions } from './open-station.ts';
import { tokenServerSource } from './token-server.ts';
import { TRAINING_PASSPHRASE } from './training.ts';

export const KEY_FILE = 'keys.json';

/** A command of a module at 9600 baud takes a second at most; this is a module that does not answer. */
const ANSWER_MS = 5_000;
/** How long a station that is opening waits for its modules; what comes later is told when it comes. */
const FIRST_LOOK_MS = 2_500;

const THERE: readonly ManagerStatus['status'][] = ['ready', 'stopped'];

export type StationModules = {
  readonly module: (askedOf?: string) => Result<SecureModule, CallFault>;
  readonly status: () => ManagerStatus;
  readonly reports: () => readonly ModuleReport[];
  readonly look: () => Promise<void>;
  readonly moduleOf: (moduleId: string) => Result<SecureModule, ModuleFault>;
  /**
   * Runs the work now if a module is there, a stopped one too: some of the work asks for none. Runs it again each
   * time that one comes back or is `cleared`.
   */
  readonly onReady: (work: () => Promise<void>) => Promise<void>;
  /** A stopped module may be used again: what waited for it is done, beside whoever says so. */
  readonly cleared: () => void;
  /** Puts a token server's new settings in the place of its old ones, which are known by `host:port`. */
  readonly replaceServer: (settings: TokenServerSettings) => Promise<void>;
  readonly suspend: () => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Opening = Pick<StationOptions, 'profile' | 'passphrase' | 'randomNibble' | 'now' | 'upMs' | 'module'>;

async function openSoftware(
  options: Opening,
  folder: Pick<DataFolder, 'file'>,
): Promise<Result<SecureModule, ModuleFault>> {
  const passphrase = options.passphrase ?? (options.profile === 'training' ? TRAINING_PASSPHRASE : undefined);
  if (passphrase === undefined) return err(moduleFault('module-locked'));
  return openKeyFile(folder.file(KEY_FILE), passphrase, options.profile, {
    nowUnixMs: () => unixMs(options.now()),
    randomNibble: options.randomNibble ?? secureNibble,
  });
}

function transportOf(settings: Extract<ModuleSettings, { driver: 'sts6' }>): Transport {
  if ('serialPath' in settings) return serialTransport(settings.serialPath);
  if ('serialNumber' in settings) return serialNumberTransport(settings.serialNumber);
  if ('usbSerialNumber' in settings) return usbTransport(settings.usbSerialNumber);
  return tcpTransport(settings.host, settings.port);
}

/** The driver for one entry of the settings. A line opens when it is first used, so nothing is waited for here. */
async function sourceOf(
  settings: ModuleSettings,
  options: Opening,
  folder: Pick<DataFolder, 'file'>,
): Promise<ModuleSource> {
  if (settings.driver === 'software') {
    return { driver: 'software', place: KEY_FILE, module: await openSoftware(options, folder) };
  }
  if (settings.driver === 'prism') return tokenServerSource(settings, options);
  const transport = transportOf(settings);
  const line = new Sts6Line(transport, { timeoutMs: ANSWER_MS });
  const nowUnixMs = (): UnixMs => unixMs(options.now());
  const module = sts6Module(line, { profile: options.profile, nowUnixMs });
  return { driver: 'sts6', place: transport.place, module: ok(module), sleeper: line };
}

/** Whether a module of the settings comes and goes with a plug of this computer. */
function hasPlug(settings: ModuleSettings): boolean {
  return settings.driver === 'sts6' && !('host' in settings);
}

/** The modules of the settings, or the one that was handed in. Which of them answers is found out by looking. */
export async function moduleSources(
  options: Opening,
  folder: Pick<DataFolder, 'file'>,
  settings: StationSettings,
): Promise<readonly ModuleSource[]> {
  if (options.module) return [{ driver: 'software', place: '', module: ok(options.module) }];
  const sources: ModuleSource[] = [];
  for (const each of settings.modules ?? [{ driver: 'software' } as const]) {
    sources.push(await sourceOf(each, options, folder));
  }
  return sources;
}

/**
 * Looks at the modules of a folder's settings once, beside a station or without one. A module that a running
 * station holds is `module-busy` here.
 */
export async function examineModules(
  options: Opening,
  folder: Pick<DataFolder, 'file'>,
  settings: StationSettings,
): Promise<readonly ModuleReport[]> {
  const manager = new ModuleManager(await moduleSources(options, folder, settings), {
    nowUnixMs: () => unixMs(options.now()),
    onChange: () => undefined,
  });
  await manager.look();
  const { reports } = manager;
  await manager.close();
  return reports;
}

/**
 * Opens the modules of a station. One that is missing, locked or out of order keeps nobody from reprinting or
 * looking things up: its fault goes to each sale.
 */
export async function openModules(
  options: Opening,
  folder: Pick<DataFolder, 'file'>,
  settings: StationSettings,
  watched: Pick<ManagerDeps, 'isStopped'> & { readonly onChange: () => void },
): Promise<StationModules> {
  const works: (() => Promise<void>)[] = [];
  let running: Promise<unknown> = Promise.resolve();
  const sources = await moduleSources(options, folder, settings);
  const runWorks = (): void => {
    running = Promise.all([running, ...works.map((work) => work())]);
  };
  const manager = new ModuleManager(sources, {
    ...watched,
    nowUnixMs: () => unixMs(options.now()),
    onReturn: runWorks,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FIRST_LOOK_MS)));
  await Promise.race([manager.look(), late]);
  clearTimeout(timer);
  const stopWatching = (settings.modules ?? []).some(hasPlug)
    ? await watchPlugs(() => void manager.lookAfresh())
    : undefined;
  return {
    module: (askedOf) => manager.module(askedOf),
    status: () => manager.status,
    reports: () => manager.reports,
    look: () => manager.look(),
    moduleOf: (moduleId) => manager.moduleOf(moduleId),
    onReady: async (work) => {
      works.push(work);
      if (THERE.includes(manager.status.status)) await work();
    },
    cleared: runWorks,
    replaceServer: (server) => {
      const source = tokenServerSource(server, options);
      return manager.replace(source.place, source);
    },
    suspend: () => manager.suspend(),
    resume: () => manager.resume(),
    close: async () => {
      stopWatching?.();
      await manager.close();
      await running;
    },
  };
}
