import { createHash } from 'node:crypto';
import { nodeStsCrypto } from '../src/main/secure-module/software/node-sts-crypto.ts';
import {
  bytesFromHex,
  deriveDecoderKey,
  encodeToken,
  parseMeterNumber,
  prepareTokenCipher,
  type DecoderKey,
  type DecoderKeyInputs,
  type TokenCipher,
} from '../src/sts/index.ts';
import { unitsTenths } from '../src/units/index.ts';

/*
 * How many tokens a second, on one thread, beside a yardstick of the same machine in the same run: SHA-256 of 64
 * bytes through `createHash`. The work and the yardstick take turns in short slices, so that whatever else
 * the machine does touches both; each ratio is the median over the turns.
 */

const SLICE_MS = 60;
const TURNS = 25;
const BATCH = 500;
const WARM_UP_MS = 400;

type Work = (number: number) => void;

/** Runs the work for some milliseconds: how many times a second it was done. */
function rate(work: Work, milliseconds: number): number {
  const start = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (let index = 0; index < BATCH; index += 1) work(done + index);
    done += BATCH;
    elapsed = performance.now() - start;
  }
  return (done * 1000) / elapsed;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

type Measured = { readonly value: number; readonly yardstick: number; readonly ratio: number };

function measure(work: Work, yardstick: Work): Measured {
  rate(yardstick, WARM_UP_MS);
  rate(work, WARM_UP_MS);
  const turns = Array.from({ length: TURNS }, () => {
    const base = rate(yardstick, SLICE_MS);
    const value = rate(work, SLICE_MS);
    return { value, base, ratio: value / base };
  });
  return {
    value: Math.round(median(turns.map(({ value }) => value))),
    yardstick: Math.round(median(turns.map(({ base }) => base))),
    ratio: Number(median(turns.map(({ ratio }) => ratio)).toFixed(3)),
  };
}

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('the benchmark’s own inputs are refused');
  return result.value;
}

const VENDING_KEY = bytesFromHex('ABABABABABABABAB949494949494949401234567')!;
const METERS = ['600727000000000009', '000001000000000082', '600727111111111153'].map((pan) =>
  must(parseMeterNumber(pan)),
);

function derive(number: number, ea: 7 | 11): DecoderKey {
  const inputs: DecoderKeyInputs = {
    dkga: 4,
    ea,
    meter: METERS[number % METERS.length]!,
    sgc: '201457',
    keyType: 2,
    tariffIndex: number % 100,
    keyRevision: 1,
    baseDate: 2014,
  };
  return must(deriveDecoderKey(nodeStsCrypto, VENDING_KEY, inputs));
}

/** From token time, amount and random nibble to twenty digits; the digits are used, so that they are made. */
function tokenWork(cipherOf: (number: number) => TokenCipher): { work: Work; digitSum: () => number } {
  let sum = 0;
  return {
    digitSum: () => sum,
    work: (number) => {
      const { digits } = must(
        encodeToken(cipherOf(number), {
          kind: 'credit',
          resource: 'electricity',
          tid: number & 0xff_ff_ff,
          rnd: number & 15,
          units: unitsTenths((number * 37) % 200_000),
        }),
      );
      sum += digits.charCodeAt(number % 20);
    },
  };
}

/** Measures the token engine: one line for each metric, with its yardstick and goal. */
export async function run(emit: (line: object) => void): Promise<void> {
  const data = Buffer.alloc(64, 0x5a);
  let used = 0;
  const yardstick: Work = () => {
    used += createHash('sha256').update(data).digest()[0]!;
  };
  const cached = { 7: prepareTokenCipher(derive(0, 7)), 11: prepareTokenCipher(derive(0, 11)) };
  const cases = [
    ['sts.ea07.cached', '>=0.8', tokenWork(() => cached[7])],
    ['sts.ea11.cached', '>=1.2', tokenWork(() => cached[11])],
    ['sts.derived', '>=0.09', tokenWork((number) => prepareTokenCipher(derive(number, 7)))],
  ] as const;
  for (const [metric, goal, { work, digitSum }] of cases) {
    const { value, yardstick: base, ratio } = measure(work, yardstick);
    if (digitSum() + used === 0) throw new Error('nothing was made');
    emit({ metric, value, unit: 'tokens/s', yardstick: base, ratio, goal });
  }
}
