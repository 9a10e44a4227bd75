import type { CallFault } from '../contract/index.ts';
import { errorSentences, translator, type Locale } from '../i18n/index.ts';

/** Where a command writes: lines for people or machines, and complaints apart from them. */
export type Io = {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Of messages that come from the catalogues; English when left out. */
  readonly locale?: Locale;
};

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** Says a fault in the catalogue's words, or as one JSON line; returns the exit code. */
export function sayFault(io: Io, fault: Pick<CallFault, 'code' | 'params'>, json: boolean): number {
  const { cashier, customer } = errorSentences(translator(io.locale ?? 'en'), { ...fault, ref: fault.code });
  if (json)
    io.out(
      JSON.stringify({ ok: false, error: { code: fault.code, params: fault.params, cashier, customer } }),
    );
  else io.err(`${cashier} (${fault.code})`);
  return EXIT.failed;
}
