/** What the real-time commands ask for. They are acted on as they arrive, even inside another one's data. */
export type RealTime =
  | { readonly kind: 'status'; readonly n: number }
  | { readonly kind: 'recover'; readonly clears: boolean }
  | { readonly kind: 'drawer'; readonly pin: number }
  | { readonly kind: 'clear-buffers' };

const CLEAR = [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8];

/** Looks at every byte as it is received, whatever it belongs to. */
export function realTimeScanner(): (byte: number) => RealTime | undefined {
  let seen: number[] = [];
  return (byte) => {
    seen = [...seen, byte].slice(-CLEAR.length);
    const [a, b, c] = seen.slice(-3);
    if (a === 0x10 && b === 0x04 && c !== undefined && c >= 1 && c <= 4) return { kind: 'status', n: c };
    if (a === 0x10 && b === 0x05 && (c === 1 || c === 2)) return { kind: 'recover', clears: c === 2 };
    const [d, e, f, pin] = seen.slice(-5);
    if (d === 0x10 && e === 0x14 && f === 1 && (pin === 0 || pin === 1)) {
      return { kind: 'drawer', pin: pin === 0 ? 2 : 5 };
    }
    return seen.length === CLEAR.length && seen.every((each, at) => each === CLEAR[at])
      ? { kind: 'clear-buffers' }
      : undefined;
  };
}
