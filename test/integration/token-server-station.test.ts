import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { ModuleSettings } from '../../src/contract/index.ts';
import { amountMinor, makeId } from '../../src/units/index.ts';
import { addOperator } from '../../src/main/operators/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { KEYS, openRig, PASSWORD } from './prism-fixtures.ts';

/** A station whose settings name a token server. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const SERVED = KEYS.map(({ sgc, krn, keyType, baseDate, ken, dkga, kcv }) => {
  return { sgc, krn, keyType, baseDate, ken, dkga, kcv };
});

async function stationWith(modules: readonly unknown[], passphrase?: string): Promise<Station> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-token-server-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  mkdirSync(path.join(folder, 'data'), { mode: 0o700 });
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
    cashKeysMinor: [],
    modules: modules as readonly ModuleSettings[],
  };
  const data = path.join(folder, 'data');
  writeFileSync(path.join(data, 'station.json'), JSON.stringify(settings));
  const opened = await openStation({
    dataFolder: data,
    profile: 'training',
    now: Date.now,
    random: (bytes) => randomBytes(bytes),
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  closing.push(() => opened.value.close());
  return opened.value;
}

async function statusOf(station: Station): Promise<unknown> {
  const status = await station.handlers['station.status']({}, station.newSession());
  return status.ok ? status.value.module : status.error.code;
}

async function server() {
  const rig = await openRig();
  closing.push(() => rig.close());
  const { port, certificatePin } = rig.options;
  const at = { host: '127.0.0.1', port, certificatePin, realm: 'local', username: 'till' };
  return { rig, settings: { driver: 'prism', ...at, allowKeyChange: false, keys: SERVED } };
}

it('is ready with its token server, and sells', async () => {
  const { rig, settings } = await server();
  const station = await stationWith([settings], PASSWORD);
  expect(await statusOf(station)).toMatchObject({ status: 'ready', name: 'prism' });
  const session = station.newSession();
  session.operator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
  const found = await station.handlers['directory.search']({ text: 'Thandi' }, session);
  const pan = found.ok ? (found.value.hits[0]?.pan ?? '') : '';
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: amountMinor(10_000) }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const sold = await station.handlers['sale.vend'](
    {
      requestId: makeId<'request'>(Date.now(), randomBytes(10)),
      pan,
      amountMinor: amountMinor(10_000),
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: amountMinor(10_000) },
    },
    session,
  );
  expect(sold).toMatchObject({ ok: true });
  expect(rig.issued).toHaveLength(1);
  expect(JSON.stringify(sold)).toContain(rig.issued[0]?.digits[0]);
});

it('says that it is locked without its passphrase, and that another certificate is none of its own', async () => {
  const { rig, settings } = await server();
  expect(await statusOf(await stationWith([settings]))).toMatchObject({ status: 'locked' });
  const other = { ...settings, certificatePin: 'ab'.repeat(32) };
  expect(await statusOf(await stationWith([other], PASSWORD))).toMatchObject({ status: 'missing' });
  expect(rig.commands).toEqual([]);
});

it('refuses settings with a pin that is none', async () => {
  const { settings } = await server();
  const bent = { ...settings, certificatePin: 'ab:cd' };
  await expect(stationWith([bent], PASSWORD)).rejects.toThrow('config-invalid');
});

it('takes a certificate that two people enrol, and no other', async () => {
  const { settings } = await server();
  const right = settings.certificatePin;
  const wrong = right.replaceAll(/[0-9a-f]/giu, 'a');
  const station = await stationWith([{ ...settings, certificatePin: wrong }], PASSWORD);
  expect(await statusOf(station)).toMatchObject({ status: 'missing' });
  const moment = { nowUnixMs: Date.now(), zone: 'Africa/Johannesburg', operatorId: null };
  for (const name of ['Grace', 'Peter'])
    await addOperator(station.ledger, { name, role: 'key-custodian', pin: '2468' }, moment);
  const session = station.newSession();
  await station.handlers['operators.signIn']({ name: 'Grace', pin: '2468' }, session);
  const enrol = async (fingerprint: string, name: string): Promise<unknown> => {
    const enrolled = await station.handlers['modules.enrolCertificate'](
      {
        requestId: makeId<'request'>(Date.now(), randomBytes(10)),
        place: `127.0.0.1:${settings.port}`,
        fingerprint,
        reason: 'new certificate',
        second: { name, pin: '2468' },
      },
      session,
    );
    return enrolled.ok ? enrolled.value.certificatePin : enrolled.error.code;
  };
  expect(await enrol(wrong, 'Peter')).toBe('certificate-differs');
  expect(await enrol(right, 'Grace')).toBe('second-person-same');
  expect(await statusOf(station)).toMatchObject({ status: 'missing' });
  const records = () =>
    station.ledger
      .prepare("SELECT subject_id, detail FROM record WHERE kind = 'certificate-enrolled'")
      .all<{ subject_id: string; detail: string }>();
  expect(records()).toEqual([]);
  expect(await enrol(right, 'Peter')).toBe(right.replaceAll(':', '').toLowerCase());
  expect(await statusOf(station)).toMatchObject({ status: 'ready', name: 'prism' });
  expect(records()).toMatchObject([{ subject_id: `127.0.0.1:${settings.port}` }]);
  expect(JSON.parse(records()[0]?.detail ?? '')).toMatchObject({ reason: 'new certificate' });
});
