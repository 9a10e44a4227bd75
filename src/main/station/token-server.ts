import { randomBytes } from 'node:crypto';
import type { TokenServerSettings } from '../../contract/index.ts';
import { err, ok, unixMs } from '../../units/index.ts';
import { moduleFault, parsePin, prismModule, type ModuleSource } from '../secure-module/index.ts';
import type { StationOptions } from './open-station.ts';

/** For one call with everything that it needs, a new connection and a sign-in too. */
const CALL_MS = 10_000;

/** What the interface leaves untold of a key. */
const UNTOLD = {
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
  unitLimitTenths: null,
  currencyLimit: null,
  refreshByUnixMs: null,
} as const;

/** A token server of the settings. Nothing is sent to it here; without a passphrase it stays locked. */
export function tokenServerSource(
  settings: TokenServerSettings,
  { profile, passphrase, now, upMs }: Pick<StationOptions, 'profile' | 'passphrase' | 'now' | 'upMs'>,
): ModuleSource {
  const { host, port, certificatePin, realm, username, allowKeyChange } = settings;
  const place = `${host}:${port}`;
  const known = { driver: 'prism', place, certificatePin: parsePin(certificatePin) ?? '' } as const;
  if (passphrase === undefined) return { ...known, module: err(moduleFault('module-locked')) };
  const account = { realm, username, password: passphrase };
  const keys = settings.keys.map((key, index) => ({ ...UNTOLD, ...key, register: index + 1 }));
  const module = prismModule(
    { host, port, certificatePin, account, profile, keys, allowKeyChange, callMs: CALL_MS },
    { nowUnixMs: () => unixMs(now()), random: (count) => randomBytes(count), upMs },
  );
  return { ...known, module: ok(module), sleeper: module };
}
