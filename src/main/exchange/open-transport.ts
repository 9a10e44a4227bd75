import type { HeadOfficeSettings } from '../../contract/index.ts';
import { openFolderTransport } from './folder-transport.ts';
import type { Transport } from './transport.ts';

/** Opens the way to head office that the settings name. Rejects when it can't be had now. */
export async function openTransport(
  settings: HeadOfficeSettings['transport'],
  station: string,
): Promise<Transport> {
  if (settings.kind === 'folder') return openFolderTransport(settings.folder, station);
  // Loaded only where there is a server: it brings a whole SSH along.
  const { openSftpTransport } = await import('./sftp-transport.ts');
  return openSftpTransport(settings, station);
}
