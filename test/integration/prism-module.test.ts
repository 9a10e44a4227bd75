import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import {
  nodeStsCrypto,
  prismModule,
  TRAINING_KEYS,
  type CreditRequest,
  type SecureModule,
  type ModuleKey,
} from '../../src/main/secure-module/index.ts';
import type { CommandFault } from '../../src/simulators/prism-module/index.ts';
import { createVirtualMeter, keyIn } from '../../src/simulators/virtual-meter/index.ts';
import { deriveDecoderKey, parseMeterNumber } from '../../src/sts/index.ts';
import { unitsTenths } from '../../src/units/index.ts';
import { KEYS, METER, newMessageId, openRig, PASSWORD, type Rig } from './prism-fixtures.ts';

const rigs: Rig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});
async function rigWith(...given: Parameters<typeof openRig>): Promise<Rig> {
  const rig = await openRig(...given);
  rigs.push(rig);
  return rig;
}

function credit(more: Partial<CreditRequest> = {}): CreditRequest {
  return {
    messageId: newMessageId(),
    meter: METER,
    resource: 'electricity',
    unitsTenths: unitsTenths(421),
    tokenTime: { baseDate: 2014, tid: 1 },
    ...more,
  };
}

/** The value of an answer; a fault fails the test by its code. */
function valueOf<Value>(
  answer:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly error: { readonly code: string } },
): Value {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

async function codeOf(answer: Promise<Awaited<ReturnType<SecureModule['issueCredit']>>>): Promise<string> {
  const got = await answer;
  return got.ok ? 'issued' : `${got.error.code} ${got.error.outcome}`;
}

/** A meter on the wall with the published key that this group and revision have. */
function meterOnTheWall(keys: typeof METER): ReturnType<typeof createVirtualMeter> {
  const number = parseMeterNumber(keys.pan);
  if (!number.ok) throw new Error('meter number');
  const published = TRAINING_KEYS.find(({ sgc, krn }) => sgc === '201457' && krn === 1);
  const { dkga, ea, sgc, keyType, ti, krn, baseDate } = keys;
  const inputs = { dkga, ea, meter: number.value, sgc, keyType, tariffIndex: ti, keyRevision: krn, baseDate };
  const key = deriveDecoderKey(nodeStsCrypto, published?.key ?? new Uint8Array(), inputs);
  if (!key.ok) throw new Error(key.error.code);
  const setup = {
    meter: number.value,
    decoderKey: key.value,
    sgc,
    keyType: 2 as const,
    keyRevision: krn,
    tariffIndex: ti,
    keyExpiry: 255,
    madeAtTid: 0,
  };
  return createVirtualMeter(setup, 'KP1');
}

function keyInAll(
  meter: ReturnType<typeof createVirtualMeter>,
  tokens: readonly { readonly digits: string }[],
) {
  let now = meter;
  const results = tokens.map(({ digits }) => {
    const done = keyIn(now, digits, 1_000);
    now = done.meter;
    return done.reply.result === 'refused' ? done.reply.error.code : done.reply.result;
  });
  return { results, units: now.measuring.unitsTenths.electricity, revision: now.measuring.keyRevision };
}

describe('a sale at a token server', () => {
  it('gives a token that the meter takes, for the units that came back', async () => {
    const { module } = await rigWith();
    const issued = valueOf(await module.issueCredit(credit()));
    expect(issued).toMatchObject({ moduleId: 'SIM-PRISM-1', mark: 'training', tokens: [{ kind: 'credit' }] });
    const { results, units } = keyInAll(meterOnTheWall(METER), issued.tokens);
    expect({ results, units }).toEqual({ results: ['Accept'], units: 421 });
  });

  it('reports the token time that the server chose, within two minutes of the clock', async () => {
    const { module } = await rigWith();
    const [token] = valueOf(await module.issueCredit(credit())).tokens;
    const base = Date.UTC(2014, 0, 1) - 120 * 60_000;
    const at = base + (token?.tokenTime?.tid ?? 0) * 60_000;
    expect(token?.tokenTime?.baseDate).toBe(2014);
    expect(Math.abs(at - Date.now())).toBeLessThan(120_000);
  });

  it('puts key-change tokens first only when it may, and says what the meter becomes', async () => {
    const meter = { ...METER, sgc: '201462' };
    const { module } = await rigWith({ options: { allowKeyChange: true } });
    const { tokens } = valueOf(await module.issueCredit(credit({ meter })));
    expect(tokens.map(({ kind }) => kind)).toEqual(['key-change', 'key-change', 'credit']);
    expect(tokens[0]?.keyChange).toEqual({
      sgc: '201462',
      krn: 2,
      ti: 1,
      ken: 255,
      keyType: 2,
      rollOver: false,
    });
    expect(tokens[1]?.keyChange).toBeNull();
    const wall = keyInAll(meterOnTheWall(meter), tokens);
    expect(wall).toMatchObject({ units: 421, revision: 2 });

    const strict = await rigWith({ options: { allowKeyChange: false } });
    const alone = valueOf(await strict.module.issueCredit(credit({ meter })));
    expect(alone.tokens.map(({ kind }) => kind)).toEqual(['credit']);
    expect(keyInAll(meterOnTheWall(meter), alone.tokens)).toMatchObject({ units: 421, revision: 1 });
  });

  it('tells the type of a new key by its check value, and none of a key that is not listed', async () => {
    const typeWith = async (keys: readonly ModuleKey[]): Promise<unknown> => {
      const { module } = await rigWith({ options: { allowKeyChange: true, keys } });
      const meter = { ...METER, sgc: '201462' };
      return valueOf(await module.issueCredit(credit({ meter }))).tokens[0]?.keyChange?.keyType;
    };
    const moved = KEYS.find(({ sgc, krn }) => sgc === '201462' && krn === 2)!;
    const others = KEYS.filter((key) => key !== moved);
    // Two keys of one group and revision: only the check value tells which of them the server took.
    const common = { ...moved, keyType: 3, kcv: '000000' } as const;
    expect(await typeWith([...others, common, moved])).toBe(2);
    expect(await typeWith([...others, common, { ...moved, kcv: moved.kcv.toLowerCase() }])).toBe(2);
    expect(await typeWith([...others, common])).toBeNull();
    expect(await typeWith(others)).toBeNull();
  });

  it('decodes its own tokens, and says so of those that are not the meter’s', async () => {
    const { module } = await rigWith();
    const [token] = valueOf(await module.issueCredit(credit())).tokens;
    const digits = token?.digits ?? '';
    expect(valueOf(await module.verify(digits, METER))).toMatchObject({
      good: true,
      kind: 'credit',
      tokenClass: 0,
      subclass: 0,
      unitsTenths: 421,
      tokenTime: token?.tokenTime,
    });
    expect(valueOf(await module.verify(digits, { ...METER, ti: 2 }))).toEqual({
      good: false,
      reason: 'CRCError',
    });
    expect(valueOf(await module.verify('12', METER))).toEqual({ good: false, reason: 'FormatError' });
  });

  it('makes management and key-change tokens', async () => {
    const { module } = await rigWith();
    const request = {
      messageId: newMessageId(),
      meter: METER,
      tokenTime: { baseDate: 2014, tid: 1 },
    } as const;
    const limit = await module.issueManagement({ ...request, action: { kind: 'power-limit', watts: 6000 } });
    expect(valueOf(limit).tokens).toMatchObject([
      { kind: 'management', tokenClass: 2, subclass: 0, unitsTenths: null },
    ]);
    const verdict = await module.verify(valueOf(limit).tokens[0]?.digits ?? '', METER);
    expect(valueOf(verdict)).toMatchObject({ good: true, action: { kind: 'power-limit', watts: 6000 } });
    const to = { sgc: '201457', krn: 2, keyType: 2, ti: 1, baseDate: 2014 } as const;
    const change = { messageId: newMessageId(), meter: METER, to, withSupplyGroup: true };
    const set = valueOf(await module.issueKeyChange(change)).tokens;
    expect(set.map(({ subclass }) => subclass)).toEqual([3, 4, 8]);
    expect(keyInAll(meterOnTheWall(METER), set)).toMatchObject({ revision: 2 });
  });
});

/** The fault on the first credit command, nothing afterwards. */
function onFirstCredit(fault: CommandFault): { readonly nextFault: (method: string) => CommandFault } {
  let done = false;
  return {
    nextFault: (method) => {
      if (done || method !== 'issueCreditToken') return { kind: 'none' };
      done = true;
      return fault;
    },
  };
}

describe('a lost reply', () => {
  const quick = { options: { callMs: 1_000 } };
  const lost: readonly CommandFault[] = [
    { kind: 'late', ms: 1_300 },
    { kind: 'never' },
    { kind: 'half-frame' },
    { kind: 'drop-after' },
    { kind: 'wrong-sequence' },
  ];
  it.each(lost)('$kind: the result is fetched by its message, and no second token is made', async (fault) => {
    const rig = await rigWith({ ...quick, ...onFirstCredit(fault) });
    const request = credit();
    const tokens = valueOf(await rig.module.issueCredit(request)).tokens.map(({ digits }) => digits);
    expect(rig.issued).toEqual([{ messageId: request.messageId, pan: METER.pan, digits: tokens }]);
    expect(rig.service.served.get('issueCreditToken')).toBe(1);
    expect(valueOf(await rig.module.fetch(request.messageId))?.tokens.map(({ digits }) => digits)).toEqual(
      tokens,
    );
  });

  it('cut before anything was done: unknown, then nothing there, then the same message makes it once', async () => {
    let now = Date.now();
    const rig = await rigWith({
      ...quick,
      ...onFirstCredit({ kind: 'drop-before' }),
      now: () => now,
    });
    const request = credit();
    expect(await codeOf(rig.module.issueCredit(request))).toBe('module-disconnected unknown');
    // Until the server must have done with it, that it knows nothing says nothing.
    now += 1_999;
    expect(await rig.module.fetch(request.messageId)).toMatchObject({
      ok: false,
      error: { code: 'module-at-work', outcome: 'unknown' },
    });
    now += 1;
    expect(valueOf(await rig.module.fetch(request.messageId))).toBeNull();
    const again = valueOf(await rig.module.issueCredit(request));
    const third = valueOf(await rig.module.issueCredit(request));
    expect(third.tokens).toEqual(again.tokens);
    expect(rig.issued).toHaveLength(1);
  });

  it.each([
    ['set back by a day', -86_400_000],
    ['that jumps ahead by an hour', 3_600_000],
  ])('is waited for by time that passes, whatever a clock says %s', async (_what, jumpMs) => {
    let [now, up] = [Date.now(), 0];
    const dropped = onFirstCredit({ kind: 'drop-before' });
    const rig = await rigWith({ ...quick, ...dropped, now: () => now, upMs: () => up });
    const { messageId } = credit();
    expect(await codeOf(rig.module.issueCredit(credit({ messageId })))).toBe('module-disconnected unknown');
    now += jumpMs;
    up += 1_999;
    expect(await rig.module.fetch(messageId)).toMatchObject({ error: { code: 'module-at-work' } });
    up += 1;
    expect(valueOf(await rig.module.fetch(messageId))).toBeNull();
  });

  it('a result that the server has forgotten stays unknown', async () => {
    const rig = await rigWith({
      ...quick,
      ...onFirstCredit({ kind: 'drop-after' }),
      service: { cacheSize: 0 },
    });
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-disconnected unknown');
  });

  it('an answer that comes twice is used once, and the next call is not taken in by it', async () => {
    const rig = await rigWith({ ...quick, ...onFirstCredit({ kind: 'duplicate-reply' }) });
    const first = await rig.module.issueCredit(credit());
    const second = await rig.module.issueCredit(credit({ unitsTenths: unitsTenths(77) }));
    expect(first.ok && second.ok).toBe(true);
    expect(valueOf(second).tokens).toMatchObject([{ unitsTenths: 77 }]);
    expect(rig.issued).toHaveLength(2);
  });
});

describe('sign-in', () => {
  it('happens once when the access token has run out, and the sale goes through', async () => {
    const rig = await rigWith({ service: { sessionCalls: 3 } });
    for (let sale = 0; sale < 10; sale += 1) valueOf(await rig.module.issueCredit(credit()));
    expect(rig.issued).toHaveLength(10);
    expect(rig.service.served.get('signInWithPassword')).toBe(4);
  });

  it('never loops when the server refuses every token', async () => {
    const rig = await rigWith({ service: { sessionCalls: 0 } });
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-sign-in not-issued');
    expect(rig.service.served.get('signInWithPassword')).toBe(1);
  });

  it('with a wrong password is tried once and no more, and nothing shows the password', async () => {
    const wrong = 'not the password 5151';
    const rig = await rigWith({
      options: { account: { realm: 'local', username: 'till', password: wrong } },
    });
    const faults = [];
    for (let sale = 0; sale < 4; sale += 1) faults.push(await rig.module.issueCredit(credit()));
    expect(faults.map((answer) => !answer.ok && answer.error.code)).toEqual(Array(4).fill('module-sign-in'));
    expect(rig.service.served.get('signInWithPassword')).toBe(1);
    const seen = inspect([faults, rig.module], { depth: 20, showHidden: true }) + JSON.stringify(faults);
    expect(seen).not.toContain(wrong);
    expect(seen).not.toContain(PASSWORD);
  });
});

describe('the certificate', () => {
  it('of another server gets nothing sent to it', async () => {
    const other = await rigWith();
    const rig = await rigWith({ options: { certificatePin: other.server.identity.fingerprint } });
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-other-certificate not-issued');
    expect(rig.commands).toEqual([]);
  });

  it('is taken with colons and capitals as tools print it', async () => {
    const first = await rigWith();
    const printed = first.server.identity.fingerprint.toUpperCase().replaceAll(/..(?=.)/gu, '$&:');
    const module = prismModule({ ...first.options, certificatePin: printed }, first.deps);
    expect((await module.identify()).ok).toBe(true);
    await module.close();
  });

  it('no server there: nothing was made', async () => {
    const rig = await rigWith();
    await rig.server.close();
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-missing not-issued');
  });
});

describe('refusals of the server', () => {
  const cases: readonly (readonly [string, Parameters<typeof openRig>[0], Partial<typeof METER>, string])[] =
    [
      ['no such key', {}, { krn: 9 }, 'module-no-key not-issued'],
      ['no credit left', { service: { credit: 0 } }, {}, 'module-credit-used-up not-issued'],
      ['its clock drifted', onFirstCredit({ kind: 'drifted-clock' }), {}, 'module-clock-window not-issued'],
      ['a wrong check digit', {}, { pan: '600727000000000008' }, 'module-meter-number not-issued'],
    ];
  it.each(cases)('%s', async (_, given, change, expected) => {
    const rig = await rigWith(given);
    const meter = { ...METER, ...change };
    expect(await codeOf(rig.module.issueCredit(credit({ meter })))).toBe(expected);
    expect(rig.issued).toEqual([]);
  });

  it('tampered: every token, until the module goes back to its maker', async () => {
    const rig = await rigWith();
    valueOf(await rig.module.issueCredit(credit()));
    rig.service.tamper();
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-tampered not-issued');
    expect(valueOf(await rig.module.selfTest())).toEqual([
      { check: 'echo', passed: true },
      { check: 'ESm.57', passed: false },
    ]);
  });

  it('a closed module answers that it is locked', async () => {
    const rig = await rigWith();
    await rig.module.close();
    expect(await codeOf(rig.module.issueCredit(credit()))).toBe('module-locked not-issued');
  });
});
