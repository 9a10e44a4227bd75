import { readFileSync } from 'node:fs';
import path from 'node:path';

const CALLS =
  'openat,write,writev,pwrite64,pwritev,copy_file_range,ftruncate,fsync,fdatasync,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat,rmdir';
/** What a judge of the disk's order has to see. Paths are whole with `-y`; what is written is not needed. */
export const ORDER_WORDS = 'strace -f --seccomp-bpf -y -s 0 -e'.split(' ').concat(`trace=${CALLS}`);

const LINE = /^(?<thread>\d+) +(?<text>.*)$/u;
const CALL = /^(?<name>\w+)\((?<words>.*)\) += +(?<result>-?\d+)/u;

/**
 * What would still be lost or half there after a power cut, of what a traced program had made under `root` when it
 * said that it was done, and what it moved into place too early. Empty when its order was right:
 * a file is synced after its last byte, and before it or its folder is moved; a folder is synced after a name in it was
 * made or moved. Logs of SQLite beside a database that is closed are gone by then,
 * and whoever holds a folder holds it no more.
 */
export function notDurable(traceFile: string, root: string): readonly string[] {
  const disk = new Order(root);
  const unfinished = new Map<string, string>();
  for (const line of readFileSync(traceFile, 'utf8').split('\n')) {
    const { thread = '', text = '' } = LINE.exec(line)?.groups ?? {};
    if (text.endsWith('<unfinished ...>')) {
      unfinished.set(thread, text.slice(0, -'<unfinished ...>'.length).trimEnd());
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/u.exec(text);
    const whole = resumed ? `${unfinished.get(thread) ?? ''}${resumed[1] ?? ''}` : text;
    const { name = '', words = '', result = '-1' } = CALL.exec(whole)?.groups ?? {};
    if (Number(result) >= 0) disk.call(name, words);
  }
  return disk.faults;
}

const quoted = (words: string): readonly string[] =>
  [...words.matchAll(/"([^"]*)"/gu)].map(([, text = '']) => text);

/** Bytes of a file, or its name in its folder. */
type Unsynced = { readonly kind: 'bytes' | 'name'; readonly file: string };

class Order {
  readonly #root: string;
  /** What no sync has covered yet. */
  #unsynced: readonly Unsynced[] = [];
  readonly #early: string[] = [];
  #done = false;
  #left: readonly string[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  get faults(): readonly string[] {
    return this.#done ? [...this.#early, ...this.#left] : ['never done'];
  }

  call(name: string, words: string): void {
    const [first = '', second = ''] = quoted(words);
    const open = /^\d+<([^>]*)>/u.exec(words)?.[1] ?? '';
    if (name === 'write' && words.startsWith('1<')) this.#finish();
    else if (name === 'openat') {
      if (words.includes('O_CREAT') && words.includes('O_EXCL')) this.#add('name', first);
    } else if (name.startsWith('mkdir')) this.#add('name', first);
    else if (name.startsWith('rename')) this.#renamed(first, second);
    else if (name.startsWith('unlink') || name === 'rmdir') this.#forget((file) => isUnder(file, first));
    else if (name === 'fsync' || name === 'fdatasync') this.#synced(open);
    else this.#add('bytes', open);
  }

  #finish(): void {
    this.#done = true;
    this.#left = this.#unsynced.map(({ kind, file }) => `${kind} of ${this.#short(file)} not synced`);
  }

  #short(file: string): string {
    return path.relative(this.#root, file);
  }

  #add(kind: Unsynced['kind'], file: string): void {
    const isOurs = file.startsWith(`${this.#root}/`) && !PASSING.test(file);
    const known = this.#unsynced.some((each) => each.kind === kind && each.file === file);
    if (isOurs && !known) this.#unsynced = [...this.#unsynced, { kind, file }];
  }

  #forget(which: (file: string) => boolean): void {
    this.#unsynced = this.#unsynced.filter(({ file }) => !which(file));
  }

  #synced(open: string): void {
    this.#unsynced = this.#unsynced.filter(({ kind, file }) =>
      kind === 'bytes' ? file !== open : path.dirname(file) !== open,
    );
  }

  #renamed(from: string, to: string): void {
    const moved = this.#unsynced.filter(({ kind, file }) =>
      kind === 'bytes' ? isUnder(file, from) : file !== from && isUnder(file, from),
    );
    for (const { kind, file } of moved)
      this.#early.push(`${kind} of ${this.#short(file)} not synced before ${this.#short(from)} is moved`);
    this.#forget((file) => isUnder(file, from));
    this.#add('name', to);
    if (path.dirname(from) !== path.dirname(to)) this.#add('name', from);
  }
}

const isUnder = (file: string, outer: string): boolean => file === outer || file.startsWith(`${outer}/`);

/** Logs of SQLite, and who holds a folder. */
const PASSING = /-(?:wal|shm|journal)$|\/station\.(?:lock|holder)$/u;
