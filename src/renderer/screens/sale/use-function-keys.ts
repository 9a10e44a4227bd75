import { useMemo } from 'react';
import type { FunctionKeyButton } from '../../app/FunctionKeys.tsx';
import { useWords } from '../../app/words.ts';
import { WAY_KEYS, type Ways } from './ways.ts';
import { reasonKey } from './PrintLine.tsx';

/** The key of a sale in doubt whose customer waits no longer. */
export const GIVE_UP_KEY = 'F8';

export type KeyUses = {
  readonly help: () => void;
  readonly newSale: () => void;
  readonly last: () => void;
  readonly print: (() => void) | null;
  readonly printsCopy: boolean;
  readonly notPrinted: (() => void) | null;
  readonly cameOut: (() => void) | null;
  readonly notNeeded: (() => void) | null;
  /** Why a copy is wanted, while that is asked: these have the slip's keys. */
  readonly reasons: readonly { readonly run: () => void }[];
  readonly why: (() => void) | null;
  /** The work behind the counter, for those who have some. */
  readonly desk: (() => void) | null;
  /** What is done for a customer beside selling. */
  readonly tools: (() => void) | null;
  /** Free units that the meter in hand is due. */
  readonly free: (() => void) | null;
  readonly settle: (() => void) | null;
  /** Shows what got its token by itself; has the key of `settle` while nothing is in doubt. */
  readonly seen: (() => void) | null;
  /** Ends a sale in doubt without a token; its button stands with the sale. */
  readonly giveUp: (() => void) | null;
  /** Other ways to pay; their buttons stand beside the field. */
  readonly pay: Ways['pay'];
  readonly lock: (() => void) | null;
};

/** The function keys that do something now: as buttons, and by the key's name. */
export function useFunctionKeys(uses: KeyUses): {
  readonly buttons: readonly FunctionKeyButton[];
  readonly byName: ReadonlyMap<string, () => void>;
} {
  const words = useWords();
  const { help, newSale, last, print, printsCopy, notPrinted, cameOut, notNeeded, why } = uses;
  const { desk, tools, free, settle, seen, giveUp, pay, lock, reasons } = uses;
  return useMemo(() => {
    const slip = [
      ['F5', words(printsCopy ? 'keys.copy' : 'keys.print'), print],
      ['F6', words('keys.why'), why],
      ['F7', words('keys.not-printed'), notPrinted],
      ['F8', words(cameOut ? 'keys.came-out' : 'keys.not-needed'), cameOut ?? notNeeded],
    ] as const;
    const all: readonly (readonly [string, string, (() => void) | null])[] = [
      ['F1', words('keys.help'), help],
      ['F2', words('keys.new'), newSale],
      ['F3', words('keys.free'), free],
      ['F4', words('keys.last'), last],
      ...(reasons.length > 0 ? [] : slip),
      ['F9', words('keys.tools'), tools],
      ['F10', words('keys.desk'), desk],
      ['F11', words(settle ? 'keys.settle' : 'keys.seen'), settle ?? seen],
      ['F12', words('keys.lock'), lock],
    ];
    const buttons = all.flatMap(([keyName, text, run]) => (run ? [{ keyName, text, run }] : []));
    const byName = new Map(buttons.map(({ keyName, run }) => [keyName, run]));
    if (giveUp) byName.set(GIVE_UP_KEY, giveUp);
    // Their buttons stand with the question.
    for (const [place, { run }] of reasons.entries()) byName.set(reasonKey(place), run);
    if (pay) for (const [way, keyName] of WAY_KEYS) byName.set(keyName, () => pay(way));
    return { buttons, byName };
  }, [
    words,
    help,
    newSale,
    last,
    print,
    printsCopy,
    notPrinted,
    cameOut,
    notNeeded,
    why,
    desk,
    tools,
    free,
    settle,
    seen,
    giveUp,
    pay,
    lock,
    reasons,
  ]);
}
