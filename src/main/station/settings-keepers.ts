import type { ModuleSettings, StationSettings, TokenServerSettings } from '../../contract/index.ts';
import type { HandlerDeps } from './handlers.ts';
import { settingsWithPrinter } from './printer-handlers.ts';
import { keepSettings, readSettings, writeSettings, type KeepSettings } from './settings-file.ts';

type Keepers = Pick<
  HandlerDeps,
  'keepPrinter' | 'keepShifts' | 'keepHeadOffice' | 'tokenServer' | 'keepTokenServer'
>;

/** What changes the settings' file, and with it the settings that this run was started with. */
export function settingsKeepers(file: string, running: StationSettings): Keepers {
  return {
    keepPrinter: keeperOfPrinter(file),
    keepShifts: keeperOf('shifts', file, running),
    keepHeadOffice: keeperOf('headOffice', file, running),
    ...keeperOfTokenServers(file),
  };
}

/** The settings' file, which may say other things than this run was started with. */
function settingsOf(file: string): StationSettings {
  const settings = readSettings(file);
  if (!settings.ok) throw new Error(`${settings.error.code}: ${JSON.stringify(settings.error.params)}`);
  return settings.value;
}

function keeperOfPrinter(file: string): HandlerDeps['keepPrinter'] {
  return (address, how) => writeSettings(file, settingsWithPrinter(settingsOf(file), address, how));
}

/** Changes this run's own settings with the file: whoever asks for them afterwards gets the new ones. */
function keeperOf<Name extends 'shifts' | 'headOffice'>(
  name: Name,
  file: string,
  running: StationSettings,
): KeepSettings<Name> {
  return (part) => {
    const kept = keepSettings(file, { ...settingsOf(file), [name]: part });
    if (kept.ok) Object.assign(running, { [name]: part });
    return kept;
  };
}

function keeperOfTokenServers(file: string): Pick<HandlerDeps, 'tokenServer' | 'keepTokenServer'> {
  const isAt = (place: string, each: ModuleSettings): each is TokenServerSettings =>
    each.driver === 'prism' && `${each.host}:${each.port}` === place;
  return {
    tokenServer: (place) => settingsOf(file).modules?.find((each) => isAt(place, each)),
    keepTokenServer: (server) => {
      const settings = settingsOf(file);
      const place = `${server.host}:${server.port}`;
      const modules = settings.modules?.map((each) => (isAt(place, each) ? server : each));
      writeSettings(file, { ...settings, ...(modules ? { modules } : {}) });
      return server;
    },
  };
}
