import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ModuleSettings, TokenServerSettings } from '../../../src/contract/index.ts';
import { count, type Roll } from '../../../src/cli/crash-test/printer-process.ts';
import { PrinterSimulator, type Fault } from '../../../src/simulators/printer/index.ts';
import {
  PrismServer,
  PrismService,
  TRAINING_VAULT,
  Vault,
} from '../../../src/simulators/prism-module/index.ts';
import { Sts6Server, Sts6Simulator } from '../../../src/simulators/sts6-module/index.ts';
import { KEYS } from '../../integration/prism-fixtures.ts';
import { SIMULATED_TRAINING_KEYS } from '../../integration/sts6-fixtures.ts';
import type { End } from './till.ts';

/** Opens the training key file, and is the token server's password. */
export const PASSPHRASE = 'training';
/** Sample meters whose keys both modules have. */
export const PANS = ['600727001234567821', '600727001803406302', '600727007639725021'] as const;

/** A token that a module made, and for which time of its meter where that is known. */
export type Made = { readonly digits: string; readonly tid: number | null };

/** What becomes of a command that makes a token. */
export type Asked = 'answered' | 'lost-before' | 'made-and-not-answered';

/** A module outside the till, behind the line that the product has for it. */
export type ModuleRig = {
  readonly settings: ModuleSettings;
  /** Told of each command that makes a token, from 1, before the module does anything. */
  onAsked: (nth: number) => Asked;
  readonly made: () => readonly Made[];
  readonly up: () => Promise<void>;
  readonly down: () => Promise<void>;
};

export async function managedModule(): Promise<ModuleRig> {
  const made: Made[] = [];
  const service = new PrismService({
    vault: new Vault(TRAINING_VAULT),
    username: 'till',
    password: PASSPHRASE,
    moduleId: 'SIM-PRISM-1',
    now: Date.now,
    credit: 1_000_000,
    cacheSize: 1_000,
    sessionCalls: 1_000_000,
    onIssued: ({ digits }) => made.push(...digits.map((each) => ({ digits: each, tid: null }))),
  });
  let asked = 0;
  const faults = {
    answered: 'none',
    'lost-before': 'drop-before',
    'made-and-not-answered': 'drop-after',
  } as const;
  const open = (identity?: PrismServer['identity']): PrismServer =>
    new PrismServer({
      service,
      ...(identity ? { identity } : {}),
      nextFault: (method) => ({
        kind: method === 'issueCreditToken' ? faults[rig.onAsked((asked += 1))] : 'none',
      }),
    });
  let server = open();
  const { identity } = server;
  const port = await server.listen(0);
  const keys = KEYS.map(({ sgc, krn, keyType, baseDate, ken, dkga, kcv }) => {
    // The vault has no key of type 0, which settings do not take.
    const taken = keyType as TokenServerSettings['keys'][number]['keyType'];
    return { sgc, krn, keyType: taken, baseDate, ken, dkga, kcv };
  });
  const place = {
    host: '127.0.0.1',
    port,
    certificatePin: identity.fingerprint,
    realm: 'local',
    username: 'till',
  };
  const rig: ModuleRig = {
    settings: { driver: 'prism', ...place, allowKeyChange: false, keys },
    onAsked: () => 'answered',
    made: () => made,
    up: async () => {
      server = open(identity);
      await server.listen(port);
    },
    down: () => server.close(),
  };
  return rig;
}

export async function primitiveModule(): Promise<ModuleRig> {
  const simulator = new Sts6Simulator({
    moduleId: 'VSM-000001',
    keys: SIMULATED_TRAINING_KEYS,
    capacity: SIMULATED_TRAINING_KEYS.length,
    nowUnixMs: Date.now,
    windowMs: 86_400_000,
    transactions: null,
  });
  let asked = 0;
  const faults = {
    answered: 'none',
    'lost-before': 'unplug-before',
    'made-and-not-answered': 'unplug-after',
  } as const;
  const open = (): Sts6Server =>
    new Sts6Server(simulator, {
      serviceMs: { token: 0, other: 0 },
      lateMs: 0,
      nextFault: (command) => (command === 'VC' ? faults[rig.onAsked((asked += 1))] : 'none'),
    });
  let server = open();
  const port = await server.listen();
  const rig: ModuleRig = {
    settings: { driver: 'sts6', host: '127.0.0.1', port },
    onAsked: () => 'answered',
    made: () => simulator.made.map(({ digits, tid }) => ({ digits, tid })),
    up: async () => {
      server = open();
      await server.listen(port);
    },
    down: () => server.close(),
  };
  return rig;
}

export type PaperRig = {
  readonly address: string;
  readonly roll: Roll;
  /** Told of each line as it comes out, from 1. */
  onLine: (nth: number) => void;
  /** Told when a slip was cut, before the till can hear that it came out. */
  onCut: () => void;
  fault: Fault;
  readonly close: () => Promise<void>;
};

export async function paper(): Promise<PaperRig> {
  const roll: Roll = new Map();
  let lines = 0;
  const printer = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    nextFault: () => rig.fault,
    onLine: () => rig.onLine((lines += 1)),
    onEvent: (event) => {
      if (event.event !== 'slip') return;
      count(
        roll,
        event.slip.lines.map(({ text }) => text),
      );
      rig.onCut();
    },
  });
  const port = await printer.listen(0);
  const rig: PaperRig = {
    address: `127.0.0.1:${port}`,
    roll,
    onLine: () => undefined,
    onCut: () => undefined,
    fault: { kind: 'none' },
    close: () => printer.close(),
  };
  return rig;
}

/** A data folder that nobody has opened yet. */
export function newDataFolder(place: string, modules: readonly ModuleSettings[]): string {
  const folder = path.join(place, 'data');
  mkdirSync(folder, { mode: 0o700 });
  const settings = {
    version: 1,
    profile: 'training',
    stationId: 'T014',
    stationName: 'Kiosk 014',
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'Africa/Johannesburg',
    supplyGroups: { '201457': { offsetMinutes: 120 } },
    printer: null,
    receiptColumns: 48,
    cashKeysMinor: [],
    modules,
  };
  writeFileSync(path.join(folder, 'station.json'), JSON.stringify(settings));
  return folder;
}

export type TillWords = {
  readonly program: string;
  readonly folder: string;
  readonly pans: readonly string[];
  readonly ends?: End;
  readonly printer?: string;
};

export type DyingTill = {
  readonly kill: () => void;
  /** Whether the cashier was told how the sale went; rejects when the till ended otherwise than by a kill. */
  readonly ended: Promise<{ readonly told: boolean }>;
};

export function startTill({ program, folder, pans, ends = 'never', printer }: TillWords): DyingTill {
  const words = ['--folder', folder, '--passphrase', PASSPHRASE, '--pans', pans.join(','), '--ends', ends];
  const till = spawn(
    process.execPath,
    [program, ...words, ...(printer === undefined ? [] : ['--printer', printer])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let [said, complaints] = ['', ''];
  till.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  till.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = new Promise<{ told: boolean }>((resolve, reject) => {
    till.on('error', reject);
    till.on('close', (code, signal) =>
      signal === 'SIGKILL'
        ? resolve({ told: said.includes('told') })
        : reject(new Error(`the till ended with ${code}: ${complaints}`)),
    );
  });
  return { kill: () => void till.kill('SIGKILL'), ended };
}
