// What the scripts tell the person in front of the terminal. Everything goes to standard error, so that a script's own
// output (a JSON line, a path) stays alone on standard output and can be piped.

/** Prints one sentence. @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/**
 * Repeats a sentence with the seconds gone by until stopped: a long step without a word looks like one that hangs.
 * @param {string} sentence what is being waited for
 * @param {number} everyMs time between two lines, 10 s unless given
 * @returns {() => void} call it when the step ends
 */
export function sayWhileWaiting(sentence, everyMs = 10_000) {
  say(`${sentence} ...`);
  const startedMs = performance.now();
  const timer = setInterval(() => {
    say(`${sentence} ... ${Math.round((performance.now() - startedMs) / 1000)} s`);
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** A failure whose message is meant for people: printed without a stack. */
export class Refusal extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = 'Refusal';
  }
}

/**
 * Runs a script's main function; a Refusal ends it with code 1 and its sentence, anything else with its stack.
 * @param {() => Promise<number | void>} main returns the exit code, 0 when it returns nothing
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
