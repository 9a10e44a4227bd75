import { isUtf8 } from 'node:buffer';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { ok, type Result } from '../units/index.ts';
import { fault, type FileFault } from './faults.ts';
import { sha256 } from './signature.ts';

/** Bounds of any payload, whatever its manifest says: a signer may be a thief. */
export const PAYLOAD_LIMITS = {
  packedBytes: 64 << 20,
  plainBytes: 192 << 20,
  lineBytes: 1 << 20,
  lines: 2_000_000,
} as const;

export const hexShape = z.string().regex(/^[0-9a-f]{64}$/u);

/** How a manifest names the lines that belong to it. */
export const payloadShape = z.strictObject({
  codec: z.literal('gzip'),
  bytes: z.int().min(1).max(PAYLOAD_LIMITS.packedBytes),
  sha256: hexShape,
  plainBytes: z.int().min(0).max(PAYLOAD_LIMITS.plainBytes),
  plainSha256: hexShape,
  lines: z.int().min(0).max(PAYLOAD_LIMITS.lines),
});
export type PayloadFacts = z.infer<typeof payloadShape>;

export const GZIP_LEVEL = 6;
/** Where gzip's header names the operating system (RFC 1952, 2.3), and its value for "unknown". */
const GZIP_OS_BYTE = 9;
const GZIP_OS_UNKNOWN = 255;

/** Takes the only trace of a system out of packed bytes. */
export function markUnknownSystem<Bytes extends Uint8Array>(packed: Bytes): Bytes {
  packed[GZIP_OS_BYTE] = GZIP_OS_UNKNOWN;
  return packed;
}

/** Packs lines: the same lines give the same bytes, on any system with the same zlib. */
export function packLines(plain: Uint8Array, lines: number): { bytes: Uint8Array; facts: PayloadFacts } {
  const bytes = markUnknownSystem(gzipSync(plain, { level: GZIP_LEVEL }));
  return {
    bytes,
    facts: {
      codec: 'gzip',
      bytes: bytes.length,
      sha256: sha256(bytes),
      plainBytes: plain.length,
      plainSha256: sha256(plain),
      lines,
    },
  };
}

/**
 * Checks size and digest, then unpacks into no more memory than the manifest says, which is itself bounded.
 * Returns the bytes; their lines are counted, of bounded length, in UTF-8, and each ends with a line feed.
 */
export function unpackLines(packed: Uint8Array, facts: PayloadFacts): Result<Buffer, FileFault> {
  if (packed.length !== facts.bytes) return fault('file-size', 'payload.bytes', String(packed.length));
  if (sha256(packed) !== facts.sha256) return fault('file-digest', 'payload.sha256', 'differs');
  let plain: Buffer;
  try {
    // One byte more than promised, so that a promise of nothing can be held against something.
    plain = gunzipSync(packed, { maxOutputLength: facts.plainBytes + 1 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return fault('file-unpack', 'payload', code);
  }
  if (plain.length !== facts.plainBytes)
    return fault('file-size', 'payload.plainBytes', String(plain.length));
  if (sha256(plain) !== facts.plainSha256) return fault('file-digest', 'payload.plainSha256', 'differs');
  if (!isUtf8(plain)) return fault('file-encoding', 'payload', 'not UTF-8');
  const lines = checkLines(plain, facts.lines);
  return lines.ok ? ok(plain) : lines;
}

const LINE_FEED = 0x0a;

function checkLines(plain: Uint8Array, promised: number): Result<null, FileFault> {
  let lines = 0;
  let start = 0;
  while (start < plain.length) {
    const end = plain.indexOf(LINE_FEED, start);
    lines += 1;
    if (end === -1) return fault('file-line', lines, 'no end');
    if (end - start > PAYLOAD_LIMITS.lineBytes) return fault('file-line', lines, 'too long');
    if (lines > promised) return fault('file-count', 'payload.lines', 'more than promised');
    start = end + 1;
  }
  return lines === promised ? ok(null) : fault('file-count', 'payload.lines', String(lines));
}

/** The lines of checked bytes, one after the other, with their number from 1. */
export function* linesOf(plain: Buffer): Generator<readonly [line: string, number: number]> {
  let start = 0;
  for (let number = 1; start < plain.length; number += 1) {
    const end = lineEnd(plain, start);
    yield [plain.toString('utf8', start, end), number];
    start = end + 1;
  }
}

/** Where the line feed of the line stands that begins here. */
export function lineEnd(plain: Uint8Array, start: number): number {
  return plain.indexOf(LINE_FEED, start);
}
