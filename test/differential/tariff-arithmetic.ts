import {
  decimalOf,
  fr,
  less,
  minus,
  over,
  plus,
  rounded,
  same,
  times,
  type Fr,
  type Mode,
} from './tariff-fraction.ts';

/**
 * Checks the arithmetic that vector files carry: lines `[name] = expression = value`, comparisons such as
 * `a > b`, and remarks that begin with `#`. Expressions know + - * / ( ), numbers, names in brackets, and
 * half(x, n), down(x, n), up(x, n): rounding to n decimals.
 */
export type Worked = { readonly values: ReadonlyMap<string, Fr>; readonly faults: readonly string[] };

const TOKENS = /\[[^\]]+\]|\d+(?:\.\d+)?|[a-z]+|[-+*/(),]/gu;
const MODES: Readonly<Record<string, Mode>> = { half: 'half-up', down: 'down', up: 'up' };

class Reader {
  readonly #tokens: readonly string[];
  readonly #values: ReadonlyMap<string, Fr>;
  #at = 0;

  constructor(text: string, values: ReadonlyMap<string, Fr>) {
    this.#tokens = [...text.matchAll(TOKENS)].map(([token]) => token);
    this.#values = values;
  }

  #take(wanted?: string): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`expected ${wanted}, found ${token}`);
    this.#at += 1;
    return token;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  whole(): Fr {
    const value = this.#sum();
    if (this.#peek() !== undefined) throw new Error(`unexpected ${this.#peek()}`);
    return value;
  }

  #sum(): Fr {
    let value = this.#product();
    while (this.#peek() === '+' || this.#peek() === '-') {
      value = this.#take() === '+' ? plus(value, this.#product()) : minus(value, this.#product());
    }
    return value;
  }

  #product(): Fr {
    let value = this.#factor();
    while (this.#peek() === '*' || this.#peek() === '/') {
      value = this.#take() === '*' ? times(value, this.#factor()) : over(value, this.#factor());
    }
    return value;
  }

  #factor(): Fr {
    const token = this.#take();
    if (token === '-') return minus(fr(0), this.#factor());
    if (token === '(') {
      const value = this.#sum();
      this.#take(')');
      return value;
    }
    if (token.startsWith('[')) {
      const value = this.#values.get(token.slice(1, -1));
      if (!value) throw new Error(`no figure ${token}`);
      return value;
    }
    const mode = MODES[token];
    if (!mode) return decimalOf(token);
    this.#take('(');
    const value = this.#sum();
    this.#take(',');
    const digits = this.#factor();
    this.#take(')');
    return rounded(value, mode, fr(1n, 10n ** digits.n));
  }
}

const COMPARE: Readonly<Record<string, (a: Fr, b: Fr) => boolean>> = {
  '>': (a, b) => less(b, a),
  '<': less,
  '>=': (a, b) => !less(a, b),
  '<=': (a, b) => !less(b, a),
};

export function workThrough(lines: readonly string[]): Worked {
  const values = new Map<string, Fr>();
  const faults: string[] = [];
  const read = (text: string): Fr => new Reader(text, values).whole();
  for (const line of lines.filter((each) => !each.startsWith('#'))) {
    const named = /^\[([^\]]+)\] = (.+) = (.+)$/u.exec(line);
    const compared = /^(.+) (>=|<=|>|<) (.+)$/u.exec(line);
    if (named) {
      const value = read(named[2]!);
      if (!same(value, read(named[3]!))) faults.push(line);
      values.set(named[1]!, value);
    } else if (!compared || !COMPARE[compared[2]!]!(read(compared[1]!), read(compared[3]!)))
      faults.push(line);
  }
  return { values, faults };
}
