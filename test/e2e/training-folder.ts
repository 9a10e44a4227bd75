import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../src/contract/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { openWriter, type DatabaseName, type Writer } from '../../src/main/store/index.ts';
import { makeId } from '../../src/units/index.ts';

// What the programs that prepare a training till's data folder share. They are programs of their own, since the tests'
// process has no database and no clock in the past.

const random = (bytes: number): Uint8Array => randomBytes(bytes);
/** Thandi Nkosi's meter. */
export const THANDI = '600727001234567821';
export const ZONE = 'Africa/Johannesburg';

/** The software module, and before it one that answers on a port of this computer. */
export const modulesAt = (port: number): readonly object[] => [
  { driver: 'sts6', host: '127.0.0.1', port },
  { driver: 'software' },
];

/** Makes the folder with settings of its own: a till without a printer, but for what `more` says. */
export function writeTrainingSettings(dataFolder: string, more: object): void {
  mkdirSync(dataFolder, { recursive: true });
  const settings = {
    version: 1,
    profile: 'training',
    stationId: 'T014',
    stationName: 'Kiosk 014',
    receiptHeader: ['Acacia Power'],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: ZONE,
    supplyGroups: { '123456': { offsetMinutes: 120 }, '201457': { offsetMinutes: 120 } },
    printer: null,
    receiptColumns: 48,
    cashKeysMinor: [],
    ...more,
  };
  writeFileSync(path.join(dataFolder, 'station.json'), JSON.stringify(settings));
}

/** The station of a folder, by a clock of the caller's. */
export async function openTraining(dataFolder: string, now: () => number = Date.now): Promise<Station> {
  const opened = await openStation({ dataFolder, profile: 'training', now, random });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** One of a closed folder's databases. */
export function openDatabase<Name extends DatabaseName>(dataFolder: string, name: Name): Writer<Name> {
  const opened = openWriter(name, path.join(dataFolder, `${name}.db`));
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

/** A session in which Amina is signed in, who sells. */
export async function signInAmina(station: Station): Promise<Session> {
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, session);
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  return session;
}

/** Sells a meter units for 100.00 in cash. */
export async function sell(
  station: Station,
  session: Session,
  pan: string,
  now: () => number,
): Promise<Awaited<ReturnType<Station['handlers']['sale.vend']>>> {
  const amountMinor = 10_000;
  const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  return station.handlers['sale.vend'](
    {
      requestId: makeId(now(), random(10)),
      pan,
      amountMinor,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: amountMinor },
    },
    session,
  );
}
