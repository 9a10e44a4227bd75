import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { addOperator } from '../../src/main/operators/index.ts';
import { openStation } from '../../src/main/station/index.ts';
import { openWriter } from '../../src/main/store/index.ts';
import { Sts6Server, Sts6Simulator } from '../../src/simulators/sts6-module/index.ts';
import { SIMULATED_TRAINING_KEYS } from './sts6-fixtures.ts';

let folder: string;
let data: string;
let simulator: Sts6Simulator;
let server: Sts6Server;
let port: number;

/** A key of nobody's, with the check value that `openssl enc -des-ede3` gives of eight zero bytes. */
const CLEAR = {
  sgc: '600100',
  krn: 1,
  keyType: 2,
  baseDate: 2014,
  ken: 255,
  dkga: 2,
  kcv: 'D5D44F',
  key: '0123456789abcdef',
  issuedUntilUnixMs: (Math.floor(Date.now() / 1000) + 20 * 86_400) * 1000,
};
const GRACE = ['--operator', 'Grace', '--pin', '2468'];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-ceremony-'));
  data = path.join(folder, 'data');
  mkdirSync(data);
  simulator = new Sts6Simulator({
    moduleId: 'VSM-SIM-0001',
    keys: SIMULATED_TRAINING_KEYS,
    capacity: SIMULATED_TRAINING_KEYS.length + 2,
    nowUnixMs: Date.now,
    windowMs: 86_400_000,
    transactions: 500,
  });
  server = new Sts6Server(simulator, {
    serviceMs: { token: 0, other: 0 },
    lateMs: 0,
    nextFault: () => 'none',
  });
  port = await server.listen();
  await prepare([{ driver: 'sts6', host: '127.0.0.1', port }]);
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** A training folder with these modules, and two custodians beside its own people. */
async function prepare(modules: readonly unknown[]): Promise<void> {
  const settings = {
    version: 1,
    profile: 'training',
    stationId: 'T1',
    stationName: 'Test',
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'Africa/Johannesburg',
    supplyGroups: { '201457': { offsetMinutes: 120 } },
    printer: null,
    receiptColumns: 48,
    modules,
    cashKeysMinor: [],
  };
  writeFileSync(path.join(data, 'station.json'), JSON.stringify(settings));
  const opened = await openStation({
    dataFolder: data,
    profile: 'training',
    now: Date.now,
    random: (bytes) => new Uint8Array(bytes).fill(7),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  await opened.value.close();
  const ledger = openWriter('ledger', path.join(data, 'ledger.db'));
  if (!ledger.ok) throw new Error(ledger.error.code);
  const moment = { nowUnixMs: Date.now(), zone: 'Africa/Johannesburg', operatorId: null };
  for (const name of ['Grace', 'Peter']) {
    const added = await addOperator(ledger.value, { name, role: 'key-custodian', pin: '2468' }, moment);
    if (!added.ok) throw new Error(JSON.stringify(added.error));
  }
  ledger.value.close();
}

async function station(...words: readonly string[]): Promise<{ code: number; said: Record<string, never> }> {
  const lines: string[] = [];
  const io = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const code = await runStationCommand(['module', ...words, '--data', data, '--json'], io);
  return { code, said: JSON.parse(lines.at(-1) ?? '{}') as Record<string, never> };
}

/** A key file for the module of the folder, made from its own request. */
async function keyFile(name = 'keys.load', clear: object = CLEAR): Promise<string> {
  const request = path.join(folder, 'request.json');
  const keys = path.join(folder, 'clear.json');
  const to = path.join(folder, name);
  expect((await station('request', ...GRACE, '--to', request)).code).toBe(0);
  writeFileSync(keys, JSON.stringify([clear]));
  const lines: string[] = [];
  const io = { out: () => undefined, err: (line: string) => void lines.push(line) };
  const words = ['module', 'make-load', '--request', request, '--keys', keys, '--to', to];
  expect(await runStationCommand(words, io)).toBe(0);
  return to;
}

const kinds: readonly (readonly [string, () => Promise<void>, string])[] = [
  ['the simulated module', async () => undefined, 'VSM-SIM-0001'],
  ['the software module', () => prepareSoftware(), 'SW-'],
];

async function prepareSoftware(): Promise<void> {
  const file = path.join(data, 'station.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...settings, modules: [{ driver: 'software' }] }));
}

describe.each(kinds)('keys come into %s', (_name, begin, id) => {
  it('by request, preview, a second person and a load that is read back and written down', async () => {
    await begin();
    const file = await keyFile();
    const preview = await station('load', ...GRACE, '--file', file);
    expect(preview).toMatchObject({ code: 0, said: { value: { keys: [{ sgc: '600100', kcv: 'D5D44F' }] } } });
    const alone = ['--second', 'Grace', '--second-pin', '2468', '--reason', 'new group'];
    expect(await station('load', ...GRACE, '--file', file, ...alone)).toMatchObject({
      code: 1,
      said: { error: { code: 'second-person-same' } },
    });
    const wrong = ['--second', 'Peter', '--second-pin', '1111', '--reason', 'new group'];
    expect(await station('load', ...GRACE, '--file', file, ...wrong)).toMatchObject({
      code: 1,
      said: { error: { code: 'sign-in-refused' } },
    });
    const both = ['--second', 'Peter', '--second-pin', '2468', '--reason', 'new group'];
    const loaded = await station('load', ...GRACE, '--file', file, ...both);
    expect(loaded).toMatchObject({
      code: 0,
      said: { value: { keys: [{ announcedKcv: 'D5D44F', key: { sgc: '600100', kcv: 'D5D44F' } }] } },
    });
    const keys = await station('keys', ...GRACE);
    expect(JSON.stringify(keys.said)).toContain('"kcv":"D5D44F"');
    const ledger = openWriter('ledger', path.join(data, 'ledger.db'));
    if (!ledger.ok) throw new Error(ledger.error.code);
    const rows = ledger.value
      .prepare("SELECT subject_id, detail FROM record WHERE kind = 'keys-loaded'")
      .all<{ subject_id: string; detail: string }>();
    ledger.value.close();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.subject_id.startsWith(id)).toBe(true);
    expect(JSON.parse(rows[0]?.detail ?? '')).toMatchObject({
      reason: 'new group',
      keys: [{ sgc: '600100', krn: 1, kcv: 'D5D44F', announcedKcv: 'D5D44F' }],
    });
    expect(rows[0]?.detail.toLowerCase()).not.toContain(CLEAR.key);
  });

  it('not with a check value that is not theirs, nor from another module’s file, nor by a cashier', async () => {
    await begin();
    const both = ['--second', 'Peter', '--second-pin', '2468', '--reason', 'new group'];
    const bad = await keyFile('bad.load', { ...CLEAR, kcv: '000000' });
    expect(await station('load', ...GRACE, '--file', bad, ...both)).toMatchObject({
      said: { error: { code: 'module-load-kcv' } },
    });
    const other = path.join(folder, 'other.load');
    writeFileSync(other, readFileSync(bad, 'utf8').replace(/"moduleId": "[^"]+"/u, '"moduleId": "VSM-9"'));
    expect(await station('load', ...GRACE, '--file', other)).toMatchObject({
      said: { error: { code: 'module-other-id' } },
    });
    const amina = ['--operator', 'Amina', '--pin', '1234'];
    expect(await station('load', ...amina, '--file', bad)).toMatchObject({
      said: { error: { code: 'not-allowed' } },
    });
  });
});

describe('the doctor', () => {
  const findings = async (): Promise<readonly { level: string; code: string; remedy: string | null }[]> => {
    const { code, said } = await station('doctor');
    expect(code).toBe(0);
    return said['findings'] as never;
  };

  it('says that a module answers, and what will run out', async () => {
    const found = await findings();
    expect(found.map(({ level, code }) => `${level} ${code}`)).toEqual(
      expect.arrayContaining(['ok module-answers', 'warn transactions-low', 'fail key-expires']),
    );
    for (const { level, remedy } of found) expect(remedy === null).toBe(level === 'ok');
  });

  it('says why a module can’t be used, and still ends well', async () => {
    simulator.tamper();
    expect(await findings()).toContainEqual(
      expect.objectContaining({ level: 'fail', code: 'module-tampered' }),
    );
    await server.close();
    const gone = (await findings()).find(({ code }) => code === 'module-missing');
    expect(gone?.remedy).toMatch(/plug/iu);
  });

  it('lists modules and what is wrong with them', async () => {
    const listed = await station('list');
    expect(listed.said).toMatchObject({
      modules: [{ driver: 'sts6', moduleId: 'VSM-SIM-0001', fault: null }],
    });
  });
});
