import { readFile } from 'node:fs/promises';
import path from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import type { HeadOfficeSettings } from '../../contract/index.ts';
import { DOWN, UP, isPlainName, type Transport } from './transport.ts';

type SftpSettings = Extract<HeadOfficeSettings['transport'], { readonly kind: 'sftp' }>;

const READY_TIMEOUT_MS = 30_000;
/** A line on which nothing comes for three of these is given up. */
const KEEPALIVE_MS = 10_000;
/** How much of what lies there already is read back before the rest is added to it. */
const TAIL_BYTES = 64 << 10;

/**
 * An SFTP server whose host key is known beforehand: another key ends the connection before anything is said. The
 * folders of the station are made by whoever keeps the server.
 */
export async function openSftpTransport(settings: SftpSettings, station: string): Promise<Transport> {
  const client = new SftpClient();
  // What breaks the line is told by the call that was under way.
  client.on('error', () => undefined);
  await client.connect({
    host: settings.host,
    port: settings.port,
    username: settings.user,
    privateKey: await readFile(settings.keyFile),
    hostHash: 'sha256',
    hostVerifier: (digest: string) =>
      Buffer.from(digest, 'hex').toString('base64').replace(/=+$/u, '') === settings.hostKey,
    readyTimeout: READY_TIMEOUT_MS,
    keepaliveInterval: KEEPALIVE_MS,
    keepaliveCountMax: 3,
  });
  const up = path.posix.join(settings.folder, station, UP);
  const down = path.posix.join(settings.folder, station, DOWN);
  return {
    put: (name, bytes) => putWhole(client, up, name, bytes),
    list: async () =>
      (await client.list(down))
        .filter(({ type, name }) => type === '-' && isPlainName(name))
        .map(({ name }) => name)
        .sort(),
    get: async (name, limitBytes) => {
      const file = path.posix.join(down, name);
      if ((await client.stat(file)).size > limitBytes) throw new Error(`${name} is too long`);
      return asBuffer(await client.get(file));
    },
    remove: async (name) => void (await client.delete(path.posix.join(down, name), true)),
    close: async () => void (await client.end()),
  };
}

function asBuffer(got: unknown): Buffer {
  if (!Buffer.isBuffer(got)) throw new Error('a file was read into memory');
  return got;
}

/** Looks first: an answer may have been lost when everything was done. Then goes on where the last try was cut. */
async function putWhole(client: SftpClient, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const target = path.posix.join(folder, name);
  const data = Buffer.from(bytes);
  if ((await sizeOf(client, target)) === data.length && data.equals(asBuffer(await client.get(target))))
    return;
  const beside = path.posix.join(folder, `.${name}.part`);
  const start = await resumeAt(client, beside, data);
  if (start < data.length || data.length === 0)
    await client.put(data.subarray(start), beside, { writeStreamOptions: { flags: start > 0 ? 'a' : 'w' } });
  if ((await sizeOf(client, beside)) !== data.length) {
    await client.delete(beside, true);
    throw new Error(`${name} did not arrive whole`);
  }
  await renameOver(client, beside, target);
}

async function sizeOf(client: SftpClient, file: string): Promise<number | undefined> {
  return (await client.exists(file)) === '-' ? (await client.stat(file)).size : undefined;
}

/** How much of the file lies there as it should; what does not end like ours is begun anew. */
async function resumeAt(client: SftpClient, beside: string, data: Buffer): Promise<number> {
  const size = await sizeOf(client, beside);
  if (size === undefined || size === 0 || size > data.length) return 0;
  const from = Math.max(0, size - TAIL_BYTES);
  // The range belongs to the stream's options, which the types leave out.
  const range: object = { start: from, end: size - 1 };
  const tail = asBuffer(await client.get(beside, undefined, { readStreamOptions: range }));
  return tail.equals(data.subarray(from, size)) ? size : 0;
}

/** OpenSSH renames over a file that is there; a server without that extension needs it removed first. */
async function renameOver(client: SftpClient, from: string, to: string): Promise<void> {
  try {
    await client.posixRename(from, to);
  } catch (error) {
    if (!(error instanceof Error) || !/not support|unsupported/iu.test(error.message)) throw error;
    await client.delete(to, true);
    await client.rename(from, to);
  }
}
