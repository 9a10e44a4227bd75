/** How files reach head office and come back: the same bytes whichever way. All methods reject when the way is cut. */
export type Transport = {
  /** Puts a file towards head office: whoever looks there sees all of it or nothing. One that lies there whole stays. */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** Names of the files that came back. */
  list(): Promise<readonly string[]>;
  /** Rejects for a file longer than `limitBytes`. */
  get(name: string, limitBytes: number): Promise<Uint8Array>;
  /** Takes away what came back and was dealt with. */
  remove(name: string): Promise<void>;
  close(): Promise<void>;
};

/** The two folders of a station at the other end. */
export const UP = 'up';
export const DOWN = 'down';

/** A name that a file of ours may have: no way out of its folder. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/u.test(name);
}
