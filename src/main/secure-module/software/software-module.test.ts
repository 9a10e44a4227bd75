import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { KEY_TYPE, tidOfMinute } from '../../../sts/index.ts';
import { makeId, unitsTenths, unixMs, type MessageId } from '../../../units/index.ts';
import type { CreditRequest, MeterKeys, SecureModule, VendingKeyAttributes } from '../port.ts';
import { Secret } from './secret.ts';
import { softwareModule } from './software-module.ts';
import type { VendingKey } from './vending-key.ts';

const NOW = unixMs(Date.UTC(2026, 10, 23, 12, 0));
const KEY_HEX = 'ababababababababab949494949494949401234567'.slice(2);
const messageId: MessageId = makeId(NOW, new Uint8Array(10).fill(7));

const attributes: VendingKeyAttributes = {
  register: 1,
  sgc: '201457',
  krn: 1,
  keyType: KEY_TYPE.unique,
  baseDate: 2014,
  ken: 255,
  dkga: 4,
  activeFromUnixMs: null,
  issuedUntilUnixMs: null,
  kcv: '123ABC',
};
const meter: MeterKeys = {
  pan: '600727000000000009',
  ea: 7,
  dkga: 4,
  sgc: '201457',
  krn: 1,
  keyType: KEY_TYPE.unique,
  ti: 1,
  baseDate: 2014,
  ken: 255,
};

function tidAt(year: number, month: number, day: number, hour: number, minute: number): number {
  const tid = tidOfMinute(2014, { year, month, day, hour, minute });
  if (!tid.ok) throw new Error(tid.error.code);
  return tid.value;
}

const request: CreditRequest = {
  messageId,
  meter,
  resource: 'electricity',
  unitsTenths: unitsTenths(426),
  tokenTime: { baseDate: 2014, tid: tidAt(2026, 11, 23, 14, 0) },
};

const keyWith = (other: Partial<VendingKeyAttributes>, hex = KEY_HEX): VendingKey => ({
  attributes: { ...attributes, ...other },
  secret: new Secret(new Uint8Array(Buffer.from(hex, 'hex'))),
});

let now = NOW;
let nibble = 5;
function moduleWith(...keys: VendingKey[]): SecureModule {
  const deps = { nowUnixMs: () => now, randomNibble: () => nibble };
  return softwareModule('SW-0123456789AB', 'training', keys, deps);
}
const codeOf = async (module: SecureModule, other: Partial<CreditRequest>): Promise<unknown> => {
  const issued = await module.issueCredit({ ...request, ...other });
  return issued.ok ? 'issued' : `${issued.error.code} ${issued.error.outcome}`;
};

beforeEach(() => {
  now = NOW;
  nibble = 5;
});

describe('issueCredit', () => {
  it('answers one credit token that says what was asked, marked, with its key and module', async () => {
    const issued = await moduleWith(keyWith({})).issueCredit(request);
    expect(issued).toMatchObject({
      ok: true,
      value: {
        messageId,
        moduleId: 'SW-0123456789AB',
        mark: 'training',
        tokens: [
          {
            kind: 'credit',
            tokenClass: 0,
            subclass: 0,
            tokenTime: request.tokenTime,
            unitsTenths: 426,
            kcv: '123ABC',
            keyChange: null,
          },
        ],
      },
    });
  });

  it('reports the units that the token really carries', async () => {
    const issued = await moduleWith(keyWith({})).issueCredit({
      ...request,
      unitsTenths: unitsTenths(20_001),
    });
    // Above 16384 tenths a token counts in tens from there: 20001 needs 16384 + 362 × 10.
    expect(issued.ok && issued.value.tokens[0]?.unitsTenths).toBe(20_004);
  });

  it('makes the same digits again for the same request, and others for another nibble', async () => {
    const module = moduleWith(keyWith({}));
    const digits = async (): Promise<string | false | undefined> => {
      const issued = await module.issueCredit(request);
      return issued.ok && issued.value.tokens[0]?.digits;
    };
    const before = await digits();
    expect(await digits()).toBe(before);
    nibble = 6;
    expect(await digits()).not.toBe(before);
  });

  it.each(['water', 'gas', 'time'] as const)('serves %s by its own sub-class', async (resource) => {
    const issued = await moduleWith(keyWith({})).issueCredit({ ...request, resource });
    const expected = { water: 1, gas: 2, time: 3 }[resource];
    expect(issued.ok && issued.value.tokens[0]?.subclass).toBe(expected);
  });

  it('refuses by name what it has no key for', async () => {
    const module = moduleWith(keyWith({}));
    const other = (change: Partial<MeterKeys>) => codeOf(module, { meter: { ...meter, ...change } });
    expect(await other({ sgc: '201458' })).toBe('module-no-key not-issued');
    expect(await other({ krn: 2 })).toBe('module-no-key not-issued');
    expect(await other({ keyType: KEY_TYPE.default })).toBe('module-no-key not-issued');
    expect(await other({ dkga: 2 })).toBe('module-no-key not-issued');
    expect(await other({ baseDate: 2035 })).toBe('module-base-date not-issued');
    expect(await codeOf(module, { tokenTime: { baseDate: 1993, tid: 1000 } })).toBe(
      'module-base-date not-issued',
    );
  });

  it('refuses credit under a default key', async () => {
    const module = moduleWith(keyWith({ keyType: KEY_TYPE.default }));
    expect(await codeOf(module, { meter: { ...meter, keyType: KEY_TYPE.default } })).toBe(
      'module-key-type not-issued',
    );
  });

  it('refuses a token time past the key expiry number, and takes the last one before it', async () => {
    // Block 170 of base 2014 ends on 2035-04-23 at 09:35.
    const module = moduleWith(keyWith({ ken: 170 }));
    const at = (hour: number, minute: number) => ({
      tokenTime: { baseDate: 2014 as const, tid: tidAt(2035, 4, 23, hour, minute) },
    });
    expect(await codeOf(module, at(9, 35))).toBe('issued');
    expect(await codeOf(module, at(9, 36))).toBe('module-key-expired not-issued');
  });

  it('refuses before the first and after the last day of a key', async () => {
    const module = moduleWith(
      keyWith({ activeFromUnixMs: unixMs(NOW - 1000), issuedUntilUnixMs: unixMs(NOW + 1000) }),
    );
    expect(await codeOf(module, {})).toBe('issued');
    now = unixMs(NOW - 1001);
    expect(await codeOf(module, {})).toBe('module-key-not-active not-issued');
    now = unixMs(NOW + 1001);
    expect(await codeOf(module, {})).toBe('module-issue-over not-issued');
  });

  it('refuses keys of a base date that has run out, by the date alone', async () => {
    const old = {
      tokenTime: { baseDate: 1993 as const, tid: 16_777_000 },
      meter: { ...meter, baseDate: 1993 as const },
    };
    const module = moduleWith(keyWith({ baseDate: 1993 }));
    now = unixMs(Date.UTC(2024, 10, 24, 20, 15));
    expect(await codeOf(module, old)).toBe('issued');
    now = unixMs(Date.UTC(2024, 10, 25, 8, 16));
    expect(await codeOf(module, old)).toBe('module-key-expired not-issued');
  });

  it('refuses what no token can carry', async () => {
    const module = moduleWith(keyWith({}));
    const time = (tid: number) => ({ tokenTime: { baseDate: 2014 as const, tid } });
    for (const bad of [
      time(-1),
      time(2 ** 24),
      time(1.5),
      // 00:01, kept for special tokens.
      time(tidAt(2026, 11, 24, 0, 1)),
      { unitsTenths: unitsTenths(0) },
      { unitsTenths: unitsTenths(-5) },
      { unitsTenths: unitsTenths(18_201_625) },
      { meter: { ...meter, pan: '600727000000000008' } },
      { meter: { ...meter, pan: '00000000000' } },
      { meter: { ...meter, ea: 9 } },
      { meter: { ...meter, ti: 100 } },
    ]) {
      expect(await codeOf(module, bad)).toBe('module-request not-issued');
    }
  });
});

describe('verify', () => {
  it('reads back what was issued, for this meter only', async () => {
    const module = moduleWith(keyWith({}), keyWith({ register: 2, krn: 2 }));
    const issued = await module.issueCredit(request);
    const digits = issued.ok ? issued.value.tokens[0]!.digits : '';
    expect(await module.verify(digits, meter)).toMatchObject({
      ok: true,
      value: { good: true, kind: 'credit', unitsTenths: 426, tokenTime: request.tokenTime, kcv: '123ABC' },
    });
    const grouped = digits.replace(/(\d{4})/gu, '$1 ');
    expect(await module.verify(grouped, meter)).toMatchObject({ ok: true, value: { good: true } });
    for (const other of [{ krn: 2 }, { ti: 2 }, { pan: '600727111111111153' }]) {
      expect(await module.verify(digits, { ...meter, ...other })).toEqual({
        ok: true,
        value: { good: false, reason: 'CRCError' },
      });
    }
  });

  it('answers about what is no token, and refuses a meter without a key', async () => {
    const module = moduleWith(keyWith({}));
    for (const text of ['', '1234', '99999999999999999999', 'abc']) {
      expect(await module.verify(text, meter)).toEqual({
        ok: true,
        value: { good: false, reason: 'FormatError' },
      });
    }
    expect(await module.verify('12345678901234567890', { ...meter, sgc: '111111' })).toMatchObject({
      ok: false,
      error: { code: 'module-no-key', params: { sgc: '111111', krn: 1 } },
    });
  });
});

describe('secrecy', () => {
  it('shows no key in errors, JSON, the inspector or any answer', async () => {
    const key = keyWith({});
    const module = moduleWith(key);
    const seen = [
      inspect(module, { depth: 10, showHidden: true, getters: true }),
      inspect(key, { depth: 10, showHidden: true, getters: true }),
      JSON.stringify([module, key]),
      String(key.secret),
      inspect(await module.listKeys(), { depth: 10 }),
      inspect(await module.identify(), { depth: 10 }),
      inspect(await module.issueCredit(request), { depth: 10 }),
      inspect(await module.issueCredit({ ...request, meter: { ...meter, ea: 9 } }), { depth: 10 }),
      inspect(Object.getOwnPropertyDescriptors(module), { depth: 10, showHidden: true }),
    ].join('\n');
    const bytes = Buffer.from(KEY_HEX, 'hex');
    const spellings = [KEY_HEX, bytes.toString('base64'), [...bytes].join(','), [...bytes].join(', ')];
    for (const spelling of spellings) expect(seen.toLowerCase()).not.toContain(spelling.toLowerCase());
    expect(seen.toLowerCase()).not.toContain('ab ab ab');
  });

  it('forgets its keys when it is closed', async () => {
    const key = keyWith({});
    const module = moduleWith(key);
    await module.close();
    expect(key.secret.use((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(await codeOf(module, {})).toBe('module-locked not-issued');
    expect(await module.listKeys()).toMatchObject({ error: { code: 'module-locked' } });
    expect(await module.verify('12345678901234567890', meter)).toMatchObject({
      error: { code: 'module-locked' },
    });
    await module.close();
  });
});
