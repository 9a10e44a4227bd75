import { join } from 'node:path';
import { profileShape, type Profile } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';

/** What the machine and its environment say about this start; the caller reads them, this file only decides. */
export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly homeFolder: string;
  readonly packaged: boolean;
  /** `dev` for a package made from a runtime that is not for releases. */
  readonly flavour: 'dev' | 'release';
  readonly canWrite: (folder: string) => boolean;
};

export type StartSettings = {
  readonly profile: Profile;
  readonly dataFolder: string;
  readonly passphrase?: string;
  readonly printerAddress?: string;
  readonly sqliteBinding?: string;
};

export type SettingsFault = {
  readonly code: 'profile-refused' | 'config-invalid';
  readonly params: Readonly<Record<string, string>>;
};

/**
 * The settings of one start. A program that nobody configured is a training station: it can do no harm. The
 * data folder belongs to the machine, and training has its own.
 */
export function startSettings(around: Surroundings): Result<StartSettings, SettingsFault> {
  const { env, packaged } = around;
  const named = profileShape.safeParse(env.KIOSKWATT_PROFILE ?? 'training');
  if (!named.success) {
    const reason = `"${env.KIOSKWATT_PROFILE}" is none of ${profileShape.options.join(', ')}`;
    return err({ code: 'config-invalid', params: { path: 'KIOSKWATT_PROFILE', reason } });
  }
  const profile = named.data;
  if (profile === 'production' && around.flavour === 'dev') {
    return err({ code: 'profile-refused', params: { reason: 'it was packaged for development and tests' } });
  }
  const binding = packaged ? undefined : env.KIOSKWATT_SQLITE_BINDING;
  return ok({
    profile,
    dataFolder: env.KIOSKWATT_DATA || defaultDataFolder(around, profile),
    ...(env.KIOSKWATT_PASSPHRASE ? { passphrase: env.KIOSKWATT_PASSPHRASE } : {}),
    ...(env.KIOSKWATT_PRINTER ? { printerAddress: env.KIOSKWATT_PRINTER } : {}),
    ...(binding ? { sqliteBinding: binding } : {}),
  });
}

function defaultDataFolder(around: Surroundings, profile: Profile): string {
  const machine = machineFolder(around);
  // Training must start on any machine without an installer's help; money must never lie in one user's home.
  const usable = profile !== 'training' || around.canWrite(machine);
  return join(usable ? machine : userFolder(around), profile);
}

function machineFolder({ env, platform }: Surroundings): string {
  if (platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'Kioskwatt');
  return platform === 'darwin' ? '/Library/Application Support/Kioskwatt' : '/var/lib/kioskwatt';
}

function userFolder({ env, platform, homeFolder }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? homeFolder, 'Kioskwatt');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'Kioskwatt');
  return join(env.XDG_DATA_HOME ?? join(homeFolder, '.local', 'share'), 'kioskwatt');
}
