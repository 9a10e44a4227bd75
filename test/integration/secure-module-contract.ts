import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  nodeStsCrypto,
  TRAINING_KEYS,
  type IssuedTokens,
  type MeterKeys,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import { createVirtualMeter, keyIn, type VirtualMeter } from '../../src/simulators/virtual-meter/index.ts';
import { deriveDecoderKey, parseMeterNumber, tidOfMinute, type BaseDate } from '../../src/sts/index.ts';
import { civilAtOffset, makeId, unitsTenths, unixMs, type MessageId } from '../../src/units/index.ts';

/** The moment of every contract test: drivers and simulators get it as their clock. */
export const CONTRACT_NOW = unixMs(Date.UTC(2026, 10, 24, 12, 0));

export type OpenModule = { readonly module: SecureModule; readonly close: () => Promise<void> };

const EA07: MeterKeys = {
  pan: '600727000000000009',
  ea: 7,
  dkga: 4,
  sgc: '201457',
  krn: 1,
  keyType: 2,
  ti: 1,
  baseDate: 2014,
  ken: 255,
};
const METERS: Readonly<Record<string, MeterKeys>> = {
  'EA07 under DKGA04': EA07,
  'EA11 under DKGA04': { ...EA07, ea: 11 },
  'EA07 under DKGA02': { ...EA07, dkga: 2, sgc: '123456', krn: 3 },
  'a 13-digit meter': { ...EA07, pan: '000001000000000082' },
};

function value<Value, Fault extends { readonly code: string }>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Fault },
): Value {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

const messageId = (): MessageId => makeId(CONTRACT_NOW, randomBytes(10));

/** The token time of this many minutes from now, on a clock two hours ahead of UTC. */
function timeIn(minutes: number, baseDate: BaseDate = 2014) {
  const at = civilAtOffset(unixMs(CONTRACT_NOW + minutes * 60_000), 120);
  return { baseDate, tid: value(tidOfMinute(baseDate, at)) };
}

/** The meter on the wall, with the key that its vending key gives it. */
function meterOnTheWall(keys: MeterKeys): VirtualMeter {
  const meter = value(parseMeterNumber(keys.pan));
  const vendingKey = TRAINING_KEYS.find(
    (key) => key.sgc === keys.sgc && key.krn === keys.krn && key.dkga === keys.dkga,
  );
  if (!vendingKey) throw new Error('no such training key');
  const decoderKey = value(
    deriveDecoderKey(nodeStsCrypto, vendingKey.key, {
      ...keys,
      meter,
      tariffIndex: keys.ti,
      keyRevision: keys.krn,
    }),
  );
  return createVirtualMeter(
    {
      meter,
      decoderKey,
      sgc: keys.sgc,
      keyType: 2,
      keyRevision: keys.krn,
      tariffIndex: keys.ti,
      keyExpiry: keys.ken,
      madeAtTid: 1_000_000,
    },
    '1',
  );
}

/** Keys every token in, in order; returns the meter afterwards and its last reply. */
function keyAll(meter: VirtualMeter, issued: IssuedTokens) {
  let now = meter;
  let reply;
  for (const [index, { digits }] of issued.tokens.entries()) {
    const keyed = keyIn(now, digits, index * 1000);
    now = keyed.meter;
    ({ reply } = keyed);
  }
  return { meter: now, reply };
}

/** What every driver promises, whatever module is behind it. All hold the training keys and CONTRACT_NOW. */
export function secureModuleContract(name: string, open: () => Promise<OpenModule>): void {
  describe(`the ${name} module`, () => {
    let opened: OpenModule;
    let module: SecureModule;
    beforeAll(async () => {
      opened = await open();
      ({ module } = opened);
    });
    afterAll(() => opened.close());

    const credit = async (meter: MeterKeys, tenths: number, minutes: number) =>
      module.issueCredit({
        messageId: messageId(),
        meter,
        resource: 'electricity',
        unitsTenths: unitsTenths(tenths),
        tokenTime: timeIn(minutes, meter.baseDate),
      });

    it('says who it is, and lists keys by their attributes with the check values of their files', async () => {
      const identity = value(await module.identify());
      expect(identity.moduleId).not.toBe('');
      expect(identity.level).toBe(module.level);
      expect(identity.mark).toBe('training');
      const keys = value(await module.listKeys());
      // From `openssl`: zeros under the DES key; HMAC-SHA-256 of eight zero bytes under the 160-bit one.
      const byPlace = (sgc: string, krn: number) => keys.find((key) => key.sgc === sgc && key.krn === krn);
      expect(byPlace('201457', 1)).toMatchObject({ keyType: 2, baseDate: 2014, ken: 255, kcv: KCV.dkga04 });
      expect(byPlace('123456', 3)).toMatchObject({ keyType: 2, baseDate: 2014, ken: 255, kcv: KCV.dkga02 });
      expect(new Set(keys.map((key) => key.register)).size).toBe(keys.length);
    });

    it('tells the time, and whose it is', async () => {
      const clock = value(await module.clock());
      expect(clock.source).toBe(module.capabilities.ownClock ? 'module' : 'computer');
      expect(Math.abs(clock.unixMs - CONTRACT_NOW)).toBeLessThan(60_000);
    });

    it.each(Object.entries(METERS))('sells to %s what the meter then has', async (_kind, keys) => {
      const issued = value(await credit(keys, 426, 0));
      const last = issued.tokens.at(-1);
      expect(last).toMatchObject({ kind: 'credit', tokenClass: 0, subclass: 0, unitsTenths: 426 });
      if (module.level === 'primitive') expect(last?.tokenTime).toEqual(timeIn(0));
      const { reply } = keyAll(meterOnTheWall(keys), issued);
      expect(reply).toMatchObject({ result: 'Accept', effect: { kind: 'credit', tenths: 426 } });
      const verdict = value(await module.verify(last?.digits ?? '', keys));
      expect(verdict).toMatchObject({ good: true, unitsTenths: 426, tokenClass: 0, kind: 'credit' });
      expect(verdict.good && verdict.tokenTime).toEqual(last?.tokenTime);
    });

    it('reports the units that a token really carries', async () => {
      // Above 16384 tenths a token counts in tens from there: 20001 needs 16384 + 362 × 10.
      const issued = value(await credit(EA07, 20_001, 1));
      expect(issued.tokens.at(-1)?.unitsTenths).toBe(20_004);
      const { reply } = keyAll(meterOnTheWall(EA07), issued);
      expect(reply).toMatchObject({ effect: { tenths: 20_004 } });
    });

    it('answers that a token is not good for another meter, and that a bent one is none', async () => {
      const digits = value(await credit(EA07, 10, 2)).tokens.at(-1)?.digits ?? '';
      const other = { ...EA07, pan: '600727111111111153' };
      expect(value(await module.verify(digits, other))).toMatchObject({ good: false });
      expect(value(await module.verify('1234', EA07))).toEqual({ good: false, reason: 'FormatError' });
    });

    it('manages a meter: tamper, power limit, credit', async () => {
      if (!module.capabilities.management) return;
      let meter = meterOnTheWall(EA07);
      const actions = [
        [{ kind: 'clear-tamper' }, 5],
        [{ kind: 'power-limit', watts: 5000 }, 0],
        [{ kind: 'clear-credit', register: 0 }, 1],
      ] as const;
      for (const [index, [action, subclass]] of actions.entries()) {
        const asked = { messageId: messageId(), meter: EA07, action, tokenTime: timeIn(3 + index) };
        const issued = value(await module.issueManagement(asked));
        expect(issued.tokens).toMatchObject([{ kind: 'management', tokenClass: 2, subclass }]);
        const keyed = keyAll(meter, issued);
        expect(keyed.reply?.result).toBe('Accept');
        ({ meter } = keyed);
        const verdict = value(await module.verify(issued.tokens[0]?.digits ?? '', EA07));
        expect(verdict).toMatchObject({ good: true, action });
      }
      expect(meter.measuring.powerLimitWatts).toBe(5000);
    });

    it.each([
      ['two tokens', EA07, false, 2],
      ['three tokens', EA07, true, 3],
      ['four tokens', { ...EA07, ea: 11 }, true, 4],
    ] as const)(
      'changes a key with %s, and the meter then takes credit under it',
      async (_n, keys, group, count) => {
        if (!module.capabilities.keyChange) return;
        const to = { sgc: '201457', krn: 2, keyType: 2, ti: 2, baseDate: 2014 } as const;
        const asked = { messageId: messageId(), meter: keys, to, withSupplyGroup: group };
        const issued = value(await module.issueKeyChange(asked));
        expect(issued.tokens).toHaveLength(count);
        expect(issued.tokens[0]?.keyChange).toEqual({
          sgc: '201457',
          krn: 2,
          ti: 2,
          ken: 255,
          keyType: 2,
          rollOver: false,
        });
        const { meter, reply } = keyAll(meterOnTheWall(keys), issued);
        expect(reply).toMatchObject({ result: 'Accept', effect: { kind: 'key-changed', rollOver: false } });
        expect(meter.measuring).toMatchObject({ keyRevision: 2, tariffIndex: 2 });
        const after = value(await credit({ ...keys, krn: 2, ti: 2 }, 55, 10));
        expect(keyAll(meter, after).reply).toMatchObject({ effect: { kind: 'credit', tenths: 55 } });
      },
    );

    it('rolls a meter over to another base date', async () => {
      if (!module.capabilities.keyChange || module.level === 'managed') return;
      const keys = { ...EA07, sgc: '123457', krn: 1, baseDate: 1993 } as const;
      const to = { sgc: '123457', krn: 4, keyType: 2, ti: 1, baseDate: 2014 } as const;
      const asked = { messageId: messageId(), meter: keys, to, withSupplyGroup: false };
      const issued = value(await module.issueKeyChange(asked));
      expect(issued.tokens[0]?.keyChange?.rollOver).toBe(true);
      const { reply } = keyAll(meterOnTheWall(keys), issued);
      expect(reply).toMatchObject({ effect: { kind: 'key-changed', rollOver: true } });
    });

    it('refuses keys that it does not hold, and what no token can carry', async () => {
      const codeOf = async (meter: MeterKeys, tenths: number): Promise<string> => {
        const issued = await credit(meter, tenths, 20);
        return issued.ok ? 'issued' : issued.error.code;
      };
      expect(await codeOf({ ...EA07, sgc: '999999' }, 10)).toBe('module-no-key');
      expect(await codeOf(EA07, 18_201_625)).toBe('module-request');
      expect(await codeOf(EA07, 0)).toBe('module-request');
    });

    it('counts what it issued', async () => {
      const count = async (): Promise<number> =>
        value(await module.counters()).keys.reduce((sum, key) => sum + key.unitsTenths, 0);
      if (!(await module.counters()).ok) return;
      const before = await count();
      value(await credit(EA07, 100, 30));
      expect((await count()) - before).toBe(100);
    });

    it('is honest about what it can’t do', async () => {
      const { capabilities } = module;
      const refused = async (call: Promise<{ ok: boolean; error?: { code: string } }>): Promise<boolean> => {
        const answer = await call;
        return !answer.ok && answer.error?.code === 'module-not-supported';
      };
      expect(await refused(module.fetch(messageId()))).toBe(!capabilities.fetchByMessageId);
      expect(await refused(module.selfTest())).toBe(!capabilities.selfTest);
      expect(await refused(module.exportKeyRequest())).toBe(!capabilities.loadKeys);
    });
  });
}

const KCV = { dkga02: 'C33F45', dkga04: '0F353D' } as const;
