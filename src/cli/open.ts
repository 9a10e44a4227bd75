import { randomBytes } from 'node:crypto';
import type { Profile } from '../contract/index.ts';
import { openStation, type StartFault, type Station, type StationOptions } from '../main/station/index.ts';
import type { Result } from '../units/index.ts';

export type OpenFlags = {
  readonly data: string;
  readonly profile: Profile;
  readonly passphrase?: string | undefined;
  readonly printer?: string | undefined;
};

/** The same station as in the window, opened from a terminal. Two at once on one folder are refused. */
export async function openFromTerminal(flags: OpenFlags): Promise<Result<Station, StartFault>> {
  const options: StationOptions = {
    dataFolder: flags.data,
    profile: flags.profile,
    now: Date.now,
    random: (bytes) => randomBytes(bytes),
    ...(flags.passphrase === undefined ? {} : { passphrase: flags.passphrase }),
    ...(flags.printer === undefined ? {} : { printerAddress: flags.printer }),
    ...bindingFromEnvironment(),
  };
  return openStation(options);
}

/** Development runtimes need an SQLite built for them; a packaged program drops the setting at its start. */
export function bindingFromEnvironment(): { sqliteBinding?: string } {
  const binding = process.env['KIOSKWATT_SQLITE_BINDING'];
  return binding === undefined || binding === '' ? {} : { sqliteBinding: binding };
}
