import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { stationSettingsShape, type StationSettings } from '../../contract/index.ts';
import { err, ok, type Result } from '../../units/index.ts';

export type SettingsFault = {
  readonly code: 'config-invalid' | 'config-missing';
  readonly params: Readonly<Record<string, string>>;
};

/** Reads and checks `station.json`; a fault names the setting that is wrong and why. */
export function readSettings(file: string): Result<StationSettings, SettingsFault> {
  if (!existsSync(file)) return err({ code: 'config-missing', params: { file } });
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err({ code: 'config-invalid', params: { path: file, reason } });
  }
  const parsed = stationSettingsShape.safeParse(data);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err({
    code: 'config-invalid',
    params: { path: `${file}: ${issue?.path.join('.') ?? ''}`, reason: issue?.message ?? 'invalid' },
  });
}

/** Written beside and renamed, so that a power cut leaves the old settings or the new ones. */
export function writeSettings(file: string, settings: StationSettings): void {
  const temporary = `${file}.new`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(settings, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, file);
}

/** The file is not to be written: full, read-only, gone. `reason` is the system's word for it. */
export type SettingsNotKept = {
  readonly code: 'settings-not-kept';
  readonly params: { readonly file: string; readonly reason: string };
};

/** Keeps a part of the settings, in their file and for this run; neither where the file can't be written. */
export type KeepSettings<Name extends keyof StationSettings> = (
  part: NonNullable<StationSettings[Name]>,
) => Result<null, SettingsNotKept>;

/** The same for a change that was asked for: a fault is an answer, and the old settings stay. */
export function keepSettings(file: string, settings: StationSettings): Result<null, SettingsNotKept> {
  try {
    writeSettings(file, settings);
    return ok(null);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return err({ code: 'settings-not-kept', params: { file, reason: String(error.code) } });
  }
}
