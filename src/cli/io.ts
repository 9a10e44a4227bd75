import type { CallFault } from '../contract/index.ts';
import { errorSentences, translator } from '../i18n/index.ts';

/** Where a command writes: lines for people or machines, and complaints apart from them. */
export type Io = { readonly out: (line: string) => void; readonly err: (line: string) => void };

export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

const translate = translator('en');

/** Says a fault in the catalogue's words, or as one JSON line; returns the exit code. */
export function sayFault(io: Io, fault: Pick<CallFault, 'code' | 'params'>, json: boolean): number {
  const { cashier, customer } = errorSentences(translate, { ...fault, ref: fault.code });
  if (json)
    io.out(
      JSON.stringify({ ok: false, error: { code: fault.code, params: fault.params, cashier, customer } }),
    );
  else io.err(`${cashier} (${fault.code})`);
  return EXIT.failed;
}
