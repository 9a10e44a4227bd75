import type { PrinterSignal } from './status.ts';

export type Arrival =
  | PrinterSignal
  | { readonly kind: 'closed'; readonly clean: boolean }
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'timeout' };

/** What arrived and nobody has taken yet, and the one who waits for the next. */
export class Inbox {
  readonly #arrived: Arrival[] = [];
  #closed: Arrival | undefined;
  #waiting: ((arrival: Arrival) => void) | undefined;

  put(arrival: Arrival): void {
    if (arrival.kind === 'closed' || arrival.kind === 'abandoned') this.#closed ??= arrival;
    else this.#arrived.push(arrival);
    this.#waiting?.(this.#take());
  }

  /** How the wait ended for good, whatever else is still unread; undefined while it goes on. */
  get end(): Arrival['kind'] | undefined {
    return this.#closed?.kind;
  }

  /** Goes on waiting after an abandonment, for what is still to be said; not after the line has closed. */
  resume(): void {
    if (this.#closed?.kind === 'abandoned') this.#closed = undefined;
  }

  /** The next arrival within the time; an ended or abandoned line ends every later wait at once. */
  async next(withinMs: number): Promise<Arrival> {
    if (this.#arrived.length > 0 || this.#closed) return this.#take();
    return new Promise((resolve) => {
      const timer = setTimeout(() => answer({ kind: 'timeout' }), withinMs);
      const answer = (arrival: Arrival): void => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve(arrival);
      };
      this.#waiting = answer;
    });
  }

  #take(): Arrival {
    return this.#arrived.shift() ?? this.#closed ?? { kind: 'timeout' };
  }
}
