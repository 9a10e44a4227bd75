import type { Duplex } from 'node:stream';
import type { ByteStream } from '../byte-stream.ts';

/** No answer is longer than a frame; what a device sends beyond this much unread is noise and is let go. */
const MOST_UNREAD_BYTES = 65_536;

/**
 * A Node stream as a ByteStream. Bytes that come before they are read are kept, up to a limit; an error ends the
 * stream like its close does.
 */
export function pump(stream: Duplex, shut: () => Promise<void>): ByteStream {
  let unread: Buffer[] = [];
  let unreadBytes = 0;
  let ended = false;
  let waiting: ((bytes: Uint8Array | null) => void) | undefined;
  const end = (): void => {
    ended = true;
    waiting?.(null);
    waiting = undefined;
  };
  stream.on('data', (bytes: Buffer) => {
    if (waiting) {
      const wake = waiting;
      waiting = undefined;
      wake(bytes);
    } else if (unreadBytes + bytes.length <= MOST_UNREAD_BYTES) {
      unread.push(bytes);
      unreadBytes += bytes.length;
    }
  });
  for (const event of ['end', 'close', 'error']) stream.on(event, end);
  return {
    read: () => {
      if (unread.length > 0) {
        const bytes = Buffer.concat(unread);
        unread = [];
        unreadBytes = 0;
        return Promise.resolve(bytes);
      }
      if (ended) return Promise.resolve(null);
      return new Promise((resolve) => (waiting = resolve));
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (ended) reject(new Error('the stream has ended'));
        else stream.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      end();
      await shut();
    },
  };
}
