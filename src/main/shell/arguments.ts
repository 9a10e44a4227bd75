/** What the program was started for. */
export type StartRequest =
  | { readonly kind: 'counter' }
  | { readonly kind: 'smoke' }
  | { readonly kind: 'command'; readonly words: string[] };

/**
 * Reads the command line: `station …` anywhere but behind another word is the command line interface. Switches
 * before it belong to Chromium. An unpackaged start has the application's folder as its first word.
 */
export function readArguments(options: {
  readonly argv: readonly string[];
  readonly packaged: boolean;
  readonly smoke: boolean;
}): StartRequest {
  const words = options.argv.slice(1);
  const dropSwitches = (): void => {
    while (words[0]?.startsWith('-')) words.shift();
  };
  dropSwitches();
  if (!options.packaged) {
    words.shift();
    dropSwitches();
  }
  if (words[0] === 'station') return { kind: 'command', words: words.slice(1) };
  return { kind: options.smoke ? 'smoke' : 'counter' };
}
