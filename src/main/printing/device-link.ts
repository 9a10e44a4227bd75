import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open as openFile, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { err, ok } from '../../units/index.ts';
import type { Link, LinkEvents, OpenLink } from './link.ts';

const run = promisify(execFile);

/** Between two tries at a device that has nothing to give, or no room. */
const TRY_MS = 20;
const STTY_MS = 2_000;

/**
 * The line to a printer behind a device file: `/dev/usb/lp0`, or a serial port when a speed is given. The
 * file is never made, and anything but a character device is refused.
 */
export function deviceLink(file: string, baud: number | null): OpenLink {
  return async (events) => {
    const params = { address: file };
    let handle: FileHandle | undefined;
    try {
      // Without O_CREAT and O_TRUNC; non-blocking, so that a printer that takes nothing holds up nothing.
      handle = await openFile(file, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
      const stat = await handle.stat();
      if (!stat.isCharacterDevice()) throw Object.assign(new Error('not a device'), { code: 'ENODEV' });
      if (baud !== null) await setSerial(file, baud);
    } catch (error) {
      await handle?.close();
      return err({ code: 'printer-unreachable', params: { ...params, reason: codeOf(error) } });
    }
    return ok(linkOf(handle, events));
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
}

/** Eight bits, no parity, no translation of line ends: the bytes that are written are the bytes that go out. */
async function setSerial(file: string, baud: number): Promise<void> {
  const device = process.platform === 'darwin' ? '-f' : '-F';
  await run('stty', [device, file, String(baud), 'raw', '-echo', 'cs8', '-parenb', '-cstopb', 'clocal'], {
    timeout: STTY_MS,
  });
}

function linkOf(handle: FileHandle, events: LinkEvents): Link {
  const line = { open: true };
  let writing = Promise.resolve(true);
  const end = (clean: boolean): void => {
    if (!line.open) return;
    line.open = false;
    void handle.close().then(
      () => events.onClosed(clean),
      () => events.onClosed(false),
    );
  };
  void listen(handle, line, events.onData).catch(() => end(false));
  const write = async (bytes: Uint8Array): Promise<boolean> => {
    try {
      for (let at = 0; line.open && at < bytes.length;) at += await writeSome(handle, bytes.subarray(at));
      return line.open;
    } catch {
      end(false);
      return false;
    }
  };
  return {
    write: (bytes) => {
      writing = writing.then(() => write(bytes));
      return writing;
    },
    finish: () => void writing.then(() => end(true)),
    reset: () => end(false),
  };
}

/** Reads until the line is closed. A device with nothing to say answers EAGAIN, or no bytes. */
async function listen(
  handle: FileHandle,
  line: { readonly open: boolean },
  onData: (bytes: Uint8Array) => void,
): Promise<void> {
  const buffer = Buffer.alloc(256);
  while (line.open) {
    const count = await handle.read(buffer, 0, buffer.length, null).then(
      (read) => read.bytesRead,
      (error: unknown) => {
        if (codeOf(error) === 'EAGAIN') return 0;
        throw error;
      },
    );
    if (count > 0) onData(Uint8Array.from(buffer.subarray(0, count)));
    else await wait(TRY_MS);
  }
}

async function writeSome(handle: FileHandle, bytes: Uint8Array): Promise<number> {
  try {
    return (await handle.write(bytes)).bytesWritten;
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') throw error;
    await wait(TRY_MS);
    return 0;
  }
}
