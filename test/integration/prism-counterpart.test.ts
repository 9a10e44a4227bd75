import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prismModule, type SecureModule } from '../../src/main/secure-module/index.ts';
import { PrismLink } from '../../src/main/secure-module/prism/link.ts';
import { unitsTenths, unixMs } from '../../src/units/index.ts';
import { KEYS, METER, newMessageId } from './prism-fixtures.ts';

/** The driver against Apache Thrift's Python library over OpenSSL: code that this project did not write. */

const run = promisify(execFile);
const fixtures = path.join(import.meta.dirname, '../fixtures/thrift');
// The system's own Python has Debian's library; another one on the path does not.
const PYTHON = '/usr/bin/python3';

type Heard = Readonly<Record<string, unknown>>;
let folder: string;
let server: ChildProcess;
let port = 0;
let pin = '';
const heard: Heard[] = [];
const open: { close: () => unknown }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-thrift-'));
  const [certificate, key] = [path.join(folder, 'c.pem'), path.join(folder, 'k.pem')];
  await run('thrift', ['--gen', 'py', '-out', folder, path.join(fixtures, 'token-api.thrift')]);
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=module.example',
  ];
  await run('openssl', [...request, '-keyout', key, '-out', certificate]);
  pin = new X509Certificate(readFileSync(certificate)).fingerprint256;
  server = spawn(PYTHON, [path.join(fixtures, 'server.py'), folder, certificate, key], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout! });
  port = await new Promise<number>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the Python server ended with code ${code}`)));
    lines.on('line', (line) => {
      const said = JSON.parse(line) as Heard;
      if (typeof said['port'] === 'number') resolve(said['port']);
      else heard.push(said);
    });
  });
});

afterAll(async () => {
  for (const each of open) await each.close();
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A moment near the server's token time, from which the base date follows. */
const NOW = unixMs(Date.UTC(2026, 8, 27));
/** How long this program has been up. */
let upMs = 0;

function connect(password = 'pässwörd'): SecureModule {
  const module = prismModule(
    {
      host: '127.0.0.1',
      port,
      certificatePin: pin,
      account: { realm: 'local', username: 'kassé', password },
      profile: 'private',
      keys: KEYS,
      allowKeyChange: true,
      callMs: 20_000,
    },
    { nowUnixMs: () => NOW, upMs: () => upMs, random: (count) => randomBytes(count) },
  );
  open.push(module);
  return module;
}

function valueOf<Value>(
  answer:
    | { readonly ok: true; readonly value: Value }
    | { readonly ok: false; readonly error: { readonly code: string } },
): Value {
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

const credit = {
  resource: 'electricity',
  unitsTenths: unitsTenths(421),
  tokenTime: { baseDate: 2014, tid: 1 },
} as const;

describe('Apache Thrift’s Python server', () => {
  it('sends a text of every plane back', async () => {
    const link = new PrismLink({ host: '127.0.0.1', port, certificatePin: pin, callMs: 20_000 });
    open.push(link);
    const echo = 'aß€⚡𝛑 مرحبا';
    expect(await link.call('ping', { sleepMs: 0, echo })).toEqual({ ok: true, value: echo });
    await expect.poll(() => heard).toContainEqual({ call: 'ping', echo });
  });

  it('knows the station by name and tells its state', async () => {
    const module = connect();
    expect(valueOf(await module.identify())).toMatchObject({
      moduleId: 'SM-Ω-1',
      firmware: 'STS6-001',
      mark: 'private',
    });
    await expect
      .poll(() => heard)
      .toContainEqual({
        call: 'signIn',
        realm: 'local',
        username: 'kassé',
        version: '1.1',
        culture: null,
      });
    expect(valueOf(await module.selfTest())).toEqual([
      { check: 'echo', passed: true },
      { check: 'EClock.Drift', passed: false },
    ]);
  });

  it('reads a credit request as it was meant, and its tokens come back with the key change first', async () => {
    const module = connect();
    const messageId = newMessageId();
    const issued = valueOf(await module.issueCredit({ ...credit, messageId, meter: METER }));
    await expect
      .poll(() => heard)
      .toContainEqual({
        call: 'issueCreditToken',
        messageId,
        drn: METER.pan,
        sgc: 201_457,
        krn: 1,
        ti: 1,
        ken: 255,
        tct: 2,
        doe: '0000',
        allowKrnUpdate: true,
        allowKenUpdate: true,
        subclass: 0,
        transferAmount: 421,
        tokenTime: 0,
        flags: 0,
      });
    const none = { tokenTime: null, unitsTenths: null, kcv: 'ABCDEF' };
    const change = { sgc: '201457', krn: 2, keyType: null, ti: 1, ken: 255, rollOver: true };
    expect(issued).toEqual({
      messageId,
      moduleId: 'SM-Ω-1',
      mark: 'private',
      tokens: [
        {
          ...none,
          kind: 'key-change',
          digits: '1'.repeat(20),
          tokenClass: 2,
          subclass: 3,
          keyChange: change,
        },
        { ...none, kind: 'key-change', digits: '2'.repeat(20), tokenClass: 2, subclass: 4, keyChange: null },
        {
          kind: 'credit',
          digits: '70630503470028726114',
          tokenClass: 0,
          subclass: 0,
          tokenTime: { baseDate: 2014, tid: 6_700_000 },
          unitsTenths: 421,
          kcv: 'ABCDEF',
          keyChange: null,
        },
      ],
    });
    expect(valueOf(await module.fetch(messageId))).toEqual(issued);
    upMs += 60_000;
    expect(valueOf(await module.fetch(newMessageId()))).toBeNull();
  });

  it('verifies: good, not good, and a token of a kind that has no place in a sale', async () => {
    const module = connect();
    expect(valueOf(await module.verify('70630503470028726114', METER))).toMatchObject({
      good: true,
      unitsTenths: 421,
    });
    expect(valueOf(await module.verify('0'.repeat(20), METER))).toEqual({ good: false, reason: 'CRCError' });
    expect(await module.verify('5'.repeat(20), METER)).toMatchObject({
      ok: false,
      error: { code: 'module-unknown-reply' },
    });
  });

  it('makes management and key-change tokens', async () => {
    const module = connect();
    const tokenTime = { baseDate: 2014, tid: 1 } as const;
    const limit = {
      messageId: newMessageId(),
      meter: METER,
      tokenTime,
      action: { kind: 'power-limit', watts: 6000 },
    } as const;
    expect(valueOf(await module.issueManagement(limit)).tokens).toMatchObject([
      { kind: 'management', subclass: 0 },
    ]);
    const to = { sgc: '201462', krn: 3, keyType: 2, ti: 7, baseDate: 2014 } as const;
    const change = { messageId: newMessageId(), meter: METER, to, withSupplyGroup: false };
    expect(valueOf(await module.issueKeyChange(change)).tokens[0]?.keyChange).toEqual({
      sgc: '201462',
      krn: 3,
      // The server does not say it.
      keyType: null,
      ti: 7,
      ken: 255,
      rollOver: false,
    });
  });

  it('refuses by exception: no key, and a wrong password', async () => {
    const request = { ...credit, messageId: newMessageId(), meter: { ...METER, krn: 9 } };
    expect(await connect().issueCredit(request)).toMatchObject({
      ok: false,
      error: { code: 'module-no-key', outcome: 'not-issued' },
    });
    expect(await connect('wrong').issueCredit(request)).toMatchObject({
      ok: false,
      error: { code: 'module-sign-in' },
    });
  });
});
