import { performance } from 'node:perf_hooks';
import packageInfo from '../../../package.json' with { type: 'json' };
import type { Profile, StationSettings } from '../../contract/index.ts';
import {
  buildInWorker,
  openExchange,
  packageInWorker,
  packageNumber,
  type Exchange,
  type ExchangeDeps,
} from '../exchange/index.ts';
import { LEDGER_VERSION, type LedgerWriter } from '../store/index.ts';
import { agreeOnClock, type VendingDeps } from '../vending/index.ts';

export type ExchangeOptions = {
  readonly profile: Profile;
  readonly sqliteBinding?: string | undefined;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
};

/** What the exchange needs of a station. Training never speaks with head office, whatever its settings say. */
export function exchangeDeps(
  options: ExchangeOptions,
  folder: string,
  settings: StationSettings,
  ledger: LedgerWriter,
): ExchangeDeps {
  const { profile } = options;
  return {
    folder,
    ledger,
    stationId: settings.stationId,
    zone: settings.zone,
    profile: profile === 'training' ? 'private' : profile,
    settings: () => (profile === 'training' ? undefined : settings.headOffice),
    versions: () => ({
      program: packageInfo.version,
      ledger: LEDGER_VERSION,
      package: packageNumber(ledger),
    }),
    now: options.now,
    boot: Buffer.from(options.random(8)).toString('hex'),
    upMs: () => performance.now(),
    randomPart: () => (options.random(1)[0] ?? 0) / 256,
    build: buildInWorker,
    applyPackage: packageInWorker,
    sqliteBinding: options.sqliteBinding,
    onChange: () => undefined,
  };
}

export function openStationExchange(
  options: ExchangeOptions,
  folder: string,
  settings: StationSettings,
  { ledger, module }: Pick<VendingDeps, 'ledger' | 'module'>,
  onChange: () => void,
): Exchange {
  const { now } = options;
  return openExchange({
    ...exchangeDeps(options, folder, settings, ledger),
    agreeOnClock: () => agreeOnClock({ ledger, settings, now, module }),
    onChange,
  });
}
