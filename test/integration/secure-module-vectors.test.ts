import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyFile, openKeyFile, TRAINING_KEYS } from '../../src/main/secure-module/index.ts';
import type { CreditRequest, SecureModule } from '../../src/main/secure-module/index.ts';
import { BASE_DATES, decodeAmount, issueTid } from '../../src/sts/index.ts';
import {
  makeId,
  minutesFromEpoch,
  parseCivilMinute,
  RESOURCES,
  unitsTenths,
  unixMs,
} from '../../src/units/index.ts';

type CreditVector = {
  readonly id: string;
  readonly kind: string;
  readonly inputs: {
    readonly dkga: number;
    readonly ea: number;
    readonly vendingKey?: string;
    readonly pan: string;
    readonly sgc: string;
    readonly krn: number;
    readonly keyType: 0 | 1 | 2 | 3;
    readonly ti: string;
    readonly baseDate: number;
    readonly subclass: number;
    readonly issueDate: string;
    readonly rnd: number;
    readonly amountTenths: number;
  };
  readonly expected: { readonly token: string; readonly tid: number; readonly amountField?: string };
};

const vectorFile = path.join(import.meta.dirname, '../fixtures/vectors/sts-public.json');
const vectors = (JSON.parse(readFileSync(vectorFile, 'utf8')) as CreditVector[]).filter(
  ({ kind, inputs }) => kind === 'credit' && inputs.vendingKey !== undefined,
);

/** The published case as a till would ask for it, and the moment at which it would. */
function requestOf({ inputs, expected }: CreditVector): { request: CreditRequest; nowUnixMs: number } {
  const civil = parseCivilMinute(inputs.issueDate.slice(0, 16));
  const baseDate = BASE_DATES.find((year) => year === inputs.baseDate);
  const resource = RESOURCES[inputs.subclass];
  if (!civil || !baseDate || !resource) throw new Error('the vector has other fields than expected');
  const tid = issueTid(baseDate, civil, undefined);
  expect(tid).toEqual({ ok: true, value: expected.tid });
  const { pan, ea, dkga, sgc, krn, keyType } = inputs;
  const meter = { pan, ea, dkga, sgc, krn, keyType, ti: Number(inputs.ti), baseDate, ken: 255 };
  const request = {
    messageId: makeId<'message'>(0, new Uint8Array(10)),
    meter,
    resource,
    unitsTenths: unitsTenths(inputs.amountTenths),
    tokenTime: { baseDate, tid: expected.tid },
  };
  return { request, nowUnixMs: (minutesFromEpoch(civil) ?? 0) * 60_000 };
}

let folder: string;
let module: SecureModule;
let nowUnixMs = 0;
let nibble = 0;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-vectors-'));
  const file = path.join(folder, 'training.keys');
  const made = await createKeyFile(file, 'training', 'training', TRAINING_KEYS);
  if (!made.ok) throw new Error(made.error.code);
  const deps = { nowUnixMs: () => unixMs(nowUnixMs), randomNibble: () => nibble };
  const opened = await openKeyFile(file, 'training', 'training', deps);
  if (!opened.ok) throw new Error(opened.error.code);
  module = opened.value;
});

afterAll(async () => {
  await module.close();
  rmSync(folder, { recursive: true });
});

describe('published credit tokens through the secure-module port', () => {
  it('holds every case that names its vending key', () => {
    const counts = new Map<string, number>();
    for (const { inputs } of vectors) {
      const name = `DKGA0${inputs.dkga} EA${inputs.ea} sub-class ${inputs.subclass}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      'DKGA02 EA7 sub-class 0': 27,
      'DKGA02 EA7 sub-class 1': 35,
      'DKGA02 EA7 sub-class 2': 34,
      'DKGA04 EA11 sub-class 0': 17,
      'DKGA04 EA11 sub-class 1': 15,
      'DKGA04 EA11 sub-class 2': 15,
      'DKGA04 EA11 sub-class 3': 7,
      'DKGA04 EA7 sub-class 0': 13,
      'DKGA04 EA7 sub-class 1': 4,
      'DKGA04 EA7 sub-class 2': 4,
      'DKGA04 EA7 sub-class 3': 2,
    });
  });

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const { request, nowUnixMs: at } = requestOf(vector);
    nowUnixMs = at;
    nibble = vector.inputs.rnd;
    const issued = await module.issueCredit(request);
    expect(issued).toMatchObject({ ok: true, value: { mark: 'training' } });
    if (!issued.ok) return;
    expect(issued.value.tokens.map((token) => token.digits)).toEqual([vector.expected.token]);
    const [token] = issued.value.tokens;
    const field = vector.expected.amountField;
    if (field !== undefined) expect(token?.unitsTenths).toBe(decodeAmount(Number.parseInt(field, 16)));
    const verdict = await module.verify(vector.expected.token, request.meter);
    expect(verdict).toMatchObject({
      ok: true,
      value: {
        good: true,
        resource: request.resource,
        tokenTime: request.tokenTime,
        unitsTenths: token?.unitsTenths,
        kcv: token?.kcv,
      },
    });
  });
});
