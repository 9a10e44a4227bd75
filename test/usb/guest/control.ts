import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** What the guest asks the host to do, and what it says of itself: one line of JSON each, over the second serial port. */
export type Order =
  | { readonly order: 'fault'; readonly faults: readonly string[] }
  | { readonly order: 'seed'; readonly seed: number }
  | { readonly order: 'clock'; readonly nowUnixMs: number }
  | { readonly order: 'unplug' }
  | { readonly order: 'plug' }
  | { readonly order: 'made' };
export type Report =
  | { readonly runtime: string; readonly test: string; readonly ms: number; readonly error: string | null }
  | { readonly finished: string };

const PORT = '/dev/ttyS1';

/** The line to the host; each order waits for its answer. */
export class Control {
  readonly #out = createWriteStream(PORT);
  readonly #answers: ((answer: unknown) => void)[] = [];

  constructor() {
    execFileSync('stty', ['-F', PORT, 'raw', '-echo', '115200']);
    const lines = createInterface({ input: createReadStream(PORT) });
    lines.on('line', (line) => this.#answers.shift()?.(JSON.parse(line)));
  }

  ask(order: Order): Promise<unknown> {
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#out.write(`${JSON.stringify(order)}\n`);
    });
  }

  tell(report: Report): Promise<void> {
    return new Promise((resolve) => void this.#out.write(`${JSON.stringify(report)}\n`, () => resolve()));
  }
}
