import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import type { HeadOfficeSettings } from '../../../src/contract/index.ts';

/** Servers of Debian's own packages, each in a folder of its own and gone when the test ends. */

function run(command: string, args: readonly string[], uid?: number): string {
  const done = spawnSync(command, args, {
    encoding: 'utf8',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.stderr || String(done.error)}`);
  return done.stdout;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a port is a number');
  return address.port;
}

async function answers(port: number, dead: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    if (dead()) throw new Error('the server ended');
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    if (performance.now() > deadline) throw new Error('the server does not answer');
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await over;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function postgresUser(): number | undefined {
  return userInfo().uid === 0 ? Number(run('id', ['-u', 'postgres']).trim()) : undefined;
}

function postgresPrograms(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  const newest = versions.filter((version) => version >= 15).sort((a, b) => b - a)[0];
  if (newest === undefined) throw new Error('PostgreSQL 15 or newer is needed: apt-get install postgresql');
  return path.join(root, String(newest), 'bin');
}

export type Postgres = { readonly url: string; readonly close: () => Promise<void> };

/** A server takes connections before it has started up, and refuses to work on them until then. */
async function accepts(url: string): Promise<void> {
  const { Client } = await import('pg');
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      const starting = error instanceof Error && 'code' in error && error.code === '57P03';
      if (!starting) throw error;
    }
  }
}

/** A cluster of its own on a free port. Commits are written through, as on any server. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-postgres-'));
  const uid = postgresUser();
  if (uid !== undefined) chownSync(folder, uid, uid);
  chmodSync(folder, 0o700);
  const bin = postgresPrograms();
  const data = path.join(folder, 'data');
  run(
    path.join(bin, 'initdb'),
    ['-D', data, '-A', 'trust', '-U', 'office', '-E', 'UTF8', '--no-locale'],
    uid,
  );
  const port = await freePort();
  const settings = [
    '-D',
    data,
    '-p',
    String(port),
    '-k',
    folder,
    '-h',
    '127.0.0.1',
    '-c',
    'max_wal_size=4GB',
  ];
  const server = spawn(path.join(bin, 'postgres'), settings, {
    stdio: 'ignore',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  await answers(port, () => server.exitCode !== null);
  const url = `postgresql://office@127.0.0.1:${port}/postgres`;
  await accepts(url);
  return {
    url,
    close: async () => {
      await ended(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Sshd = {
  readonly port: number;
  readonly transport: (
    folder: string,
    port?: number,
  ) => Extract<HeadOfficeSettings['transport'], { kind: 'sftp' }>;
  readonly close: () => Promise<void>;
};

/** OpenSSH's server with one host key and one key that may sign in, for files only. */
export async function startSshd(): Promise<Sshd> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-sshd-'));
  const file = (name: string): string => path.join(folder, name);
  for (const name of ['host', 'client'])
    run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  writeFileSync(file('authorized'), readFileSync(file('client.pub')), { mode: 0o600 });
  // Where sshd drops its rights to, on a system that was not booted with it.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const settings = {
    Port: port,
    ListenAddress: '127.0.0.1',
    HostKey: file('host'),
    AuthorizedKeysFile: file('authorized'),
    PidFile: file('pid'),
    StrictModes: 'no',
    UsePAM: 'no',
    PasswordAuthentication: 'no',
    Subsystem: 'sftp internal-sftp',
    ForceCommand: 'internal-sftp',
    MaxStartups: '100',
  };
  writeFileSync(
    file('config'),
    Object.entries(settings)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(''),
  );
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('config')], { stdio: 'ignore' });
  await answers(port, () => server.exitCode !== null);
  const [, hostKey = ''] = readFileSync(file('host.pub'), 'utf8').split(' ');
  const digest = createHash('sha256').update(Buffer.from(hostKey, 'base64')).digest('base64');
  return {
    port,
    transport: (root, through = port) => ({
      kind: 'sftp',
      host: '127.0.0.1',
      port: through,
      user: userInfo().username,
      keyFile: file('client'),
      hostKey: digest.replace(/=+$/u, ''),
      folder: root,
    }),
    close: async () => {
      await ended(server, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type CuttingLine = {
  readonly port: number;
  cutAfter: (bytes: number | null) => void;
  readonly cuts: () => number;
  readonly close: () => Promise<void>;
};

/** A line to a port that breaks once so many bytes have gone up it. */
export async function startCuttingLine(to: number): Promise<CuttingLine> {
  let left: number | null = null;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    far.pipe(near);
    near.on('data', (chunk: Buffer) => {
      if (left === null) return void far.write(chunk);
      left -= chunk.length;
      if (left > 0) return void far.write(chunk);
      cuts += 1;
      left = null;
      near.destroy();
      far.destroy();
    });
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a port is a number');
  return {
    port: address.port,
    cutAfter: (bytes) => void (left = bytes),
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
