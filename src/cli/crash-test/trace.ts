import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What a traced program did to the files of one folder, and what it said meanwhile. */
export type DiskOp =
  | { readonly op: 'write'; readonly file: string; readonly offset: number; readonly data: Buffer }
  | { readonly op: 'truncate'; readonly file: string; readonly size: number }
  /** `begun`: how many steps the trace had when it began; what was written since then it does not answer for. */
  | { readonly op: 'sync'; readonly file: string; readonly begun: number }
  | { readonly op: 'rename'; readonly file: string; readonly to: string }
  | { readonly op: 'remove'; readonly file: string }
  | { readonly op: 'said'; readonly line: string };

/** The same with the thread that did it, by the system's number. */
export type TracedOp = DiskOp & { readonly thread: number };

/**
 * The words that make strace write such a trace to a file. `-y` names the file of each descriptor, so that none
 * has to be followed; `-xx` writes every byte as hex.
 */
export function straceWords(traceFile: string): readonly string[] {
  const calls =
    'pwrite64,pwritev,pwritev2,write,writev,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,openat,rename,renameat,renameat2,unlink,unlinkat';
  return [
    'strace',
    '-f',
    '--seccomp-bpf',
    '-y',
    '-xx',
    '-s',
    '1048576',
    '-e',
    `trace=${calls}`,
    '-o',
    traceFile,
  ];
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}

/** One call of the trace: its name, its arguments with the file of a leading descriptor apart, its result. */
type Call = {
  readonly name: string;
  readonly descriptor: number;
  readonly file: string;
  readonly rest: string;
  readonly result: number;
};

const LINE = /^(\d+) +(.*)$/su;
const CALL = /^(\w+)\((.*)\) += +(-?\d+)/su;
const DESCRIPTOR = /^(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>(?:\(deleted\))?(?:, )?(.*)$/su;

function parseCall(text: string): Call | undefined {
  const [, name = '', inside = '', result = ''] = CALL.exec(text) ?? [];
  if (name === '') return undefined;
  const [, descriptor = '', file = '', rest] = DESCRIPTOR.exec(inside) ?? [];
  return {
    name,
    descriptor: Number(descriptor),
    file: bytesOf(file).toString(),
    rest: rest ?? inside,
    result: Number(result),
  };
}

/** The quoted arguments: paths or data. */
function quoted(text: string): readonly Buffer[] {
  return [...text.matchAll(/"((?:\\x[0-9a-f]{2})*)"/gu)].map(([, hex = '']) => bytesOf(hex));
}

/**
 * Reads a trace and keeps what concerns files directly in `folder` (a resolved path), with every wait for the disk
 * that the folder itself or anything under it is the cause of. Throws on a call that changes such a file in a way that
 * is not understood, since images built without it would be wrong.
 */
export async function readTrace(traceFile: string, folder: string): Promise<readonly TracedOp[]> {
  const unfinished = new Map<string, { readonly text: string; readonly begun: number }>();
  const ops: TracedOp[] = [];
  for await (const line of createInterface({ input: createReadStream(traceFile) })) {
    const [, pid = '', text = ''] = LINE.exec(line) ?? [];
    if (text.endsWith('<unfinished ...>')) {
      unfinished.set(pid, { text: text.slice(0, -'<unfinished ...>'.length).trimEnd(), begun: ops.length });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/su.exec(text);
    const { text: before, begun } = (resumed && unfinished.get(pid)) ?? { text: '', begun: ops.length };
    const call = parseCall(resumed ? `${before}${resumed[1] ?? ''}` : text);
    if (call && call.result >= 0)
      for (const op of opsOf(call, folder, begun)) ops.push({ ...op, thread: Number(pid) });
  }
  return ops;
}

function opsOf(call: Call, folder: string, begun: number): readonly DiskOp[] {
  if (call.name === 'write' && call.descriptor === 1) {
    const lines = quoted(call.rest)[0]?.toString().split('\n') ?? [];
    return lines.filter((line) => line !== '').map((line) => ({ op: 'said', line }));
  }
  const inFolder = (file: string): boolean => path.dirname(file) === folder;
  const named = (at: number): string => path.resolve(call.file, quoted(call.rest)[at]?.toString() ?? '');
  const { file, name, rest } = call;
  const base = path.basename(file);
  const lastNumber = Number(/, (-?\d+)$/u.exec(rest)?.[1] ?? rest);
  if (name === 'openat') {
    return /O_TRUNC/u.test(rest) && inFolder(named(0))
      ? [{ op: 'truncate', file: path.basename(named(0)), size: 0 }]
      : [];
  }
  if (name.startsWith('rename')) {
    if (!inFolder(named(0))) return [];
    return [{ op: 'rename', file: path.basename(named(0)), to: path.basename(named(1)) }];
  }
  if (name.startsWith('unlink')) {
    return inFolder(named(0)) ? [{ op: 'remove', file: path.basename(named(0)) }] : [];
  }
  if (name === 'fsync' || name === 'fdatasync') {
    const under = path.relative(folder, file);
    return under.startsWith('..') ? [] : [{ op: 'sync', file: under === '' ? '.' : under, begun }];
  }
  if (!inFolder(file) || base.endsWith('-shm')) return [];
  switch (name) {
    case 'pwrite64':
      return [{ op: 'write', file: base, offset: lastNumber, data: quoted(rest)[0] ?? Buffer.alloc(0) }];
    case 'ftruncate':
      return [{ op: 'truncate', file: base, size: lastNumber }];
    case 'write':
      // Text files beside the databases (the lock's holder), written from their beginning; no image needs them.
      if (!base.includes('.db')) return [];
      throw new Error(`the trace has a ${name} to ${base}`);
    default:
      throw new Error(`the trace has a ${name} to ${base}`);
  }
}
