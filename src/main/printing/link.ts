import type { Result } from '../../units/index.ts';
import type { PrinterProblem } from './printer-problem.ts';

/** What comes up from a line to a printer. After `onClosed` nothing more comes. */
export type LinkEvents = {
  readonly onData: (bytes: Uint8Array) => void;
  /** `clean` when the other side ended the line in the agreed way. */
  readonly onClosed: (clean: boolean) => void;
};

/** An open line of bytes to a printer: TCP, or a device file. */
export type Link = {
  /** Resolves true once the operating system has taken all bytes, false when the line broke before that. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Says that no more comes, and lets the printer read what it has. */
  finish(): void;
  /** Ends the line at once and throws away what has not gone out. */
  reset(): void;
};

/** Opens the line within the deadline. Nothing has been written when it fails. */
export type OpenLink = (events: LinkEvents, connectMs: number) => Promise<Result<Link, PrinterProblem>>;
