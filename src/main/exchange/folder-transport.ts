import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DOWN, UP, isPlainName, type Transport } from './transport.ts';

/** A folder of this machine, or a stick: `root/STATION/up` and `root/STATION/down`. */
export async function openFolderTransport(root: string, station: string): Promise<Transport> {
  const up = path.join(root, station, UP);
  const down = path.join(root, station, DOWN);
  // The root is somebody else's to make: a stick that is not there must not become a folder.
  await stat(root);
  await mkdir(up, { recursive: true });
  await mkdir(down, { recursive: true });
  return {
    put: (name, bytes) => putWhole(up, name, bytes),
    list: async () => (await readdir(down)).filter(isPlainName).sort(),
    get: async (name, limitBytes) => {
      const file = path.join(down, name);
      if ((await stat(file)).size > limitBytes) throw new Error(`${name} is too long`);
      return readFile(file);
    },
    remove: (name) => rm(path.join(down, name), { force: true }),
    close: () => Promise.resolve(),
  };
}

async function putWhole(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const target = path.join(folder, name);
  const present = await readFile(target).catch(() => undefined);
  if (present && Buffer.compare(present, bytes) === 0) return;
  const beside = path.join(folder, `.${name}.part`);
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, target);
  if (process.platform === 'win32') return;
  const place = await open(folder, 'r');
  try {
    await place.sync();
  } finally {
    await place.close();
  }
}
