import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallFault, SaleView, Session, StationSettings } from '../contract/index.ts';
import { loadSampleData } from '../main/directory/index.ts';
import { addOperator } from '../main/operators/index.ts';
import { createKeyFile, TRAINING_KEYS } from '../main/secure-module/index.ts';
import { openShift, shiftSettings } from '../main/shifts/index.ts';
import { openStation, type Station, type StationOptions } from '../main/station/index.ts';
import { openWriter } from '../main/store/index.ts';
import { WARNINGS } from '../main/vending/index.ts';
import { err, makeId, type Result } from '../units/index.ts';

/** A station of the fleet: the real one, in a folder of its own, with the published test keys of a private group. */
export type TillOptions = {
  readonly folder: string;
  readonly stationId: string;
  readonly exchange: NonNullable<StationSettings['headOffice']> | undefined;
  readonly now: () => number;
  readonly random: StationOptions['random'];
  readonly module?: StationOptions['module'];
};

export const CASHIER = { name: 'Cashier', role: 'cashier', pin: '2580' } as const;
const PASSPHRASE = 'fleet';
const ZONE = 'Africa/Johannesburg';

function settingsOf({ stationId, exchange }: TillOptions): StationSettings {
  return {
    version: 1,
    profile: 'private',
    stationId,
    stationName: `Kiosk ${stationId}`,
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: ZONE,
    supplyGroups: Object.fromEntries(TRAINING_KEYS.map(({ sgc }) => [sgc, { offsetMinutes: 120 }])),
    printer: null,
    receiptColumns: 48,
    cashKeysMinor: [],
    ...(exchange ? { headOffice: exchange } : {}),
  };
}

/** Puts a station's folder in place: settings, keys, invented customers, a cashier with an open shift. */
export async function makeTill(options: TillOptions): Promise<void> {
  const { folder, now } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const settings = settingsOf(options);
  writeFileSync(path.join(folder, 'station.json'), `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  if (!options.module) {
    const made = await createKeyFile(path.join(folder, 'keys.json'), PASSPHRASE, 'private', TRAINING_KEYS);
    if (!made.ok) throw new Error(made.error.code);
  }
  const directory = openWriter('directory', path.join(folder, 'directory.db'));
  if (!directory.ok) throw new Error(directory.error.code);
  directory.value.transaction((tx) => loadSampleData(tx));
  directory.value.close();
  const ledger = openWriter('ledger', path.join(folder, 'ledger.db'));
  if (!ledger.ok) throw new Error(ledger.error.code);
  const operator = await addOperator(ledger.value, CASHIER, {
    nowUnixMs: now(),
    zone: ZONE,
    operatorId: null,
  });
  if (!operator.ok) throw new Error(operator.error.code);
  const moment = { nowUnixMs: now(), zone: ZONE, operatorId: operator.value };
  ledger.value.transaction((tx) =>
    openShift(tx, moment, shiftSettings(settings), {
      shiftId: makeId<'shift'>(now(), options.random(10)),
      drawer: '1',
      operatorId: operator.value,
      currency: 'ZAR',
      float: [],
    }),
  );
  ledger.value.close();
}

export type Till = {
  readonly station: Station;
  readonly session: Session;
  /** Sells once, for cash, to the meter with this 18-digit number; warnings are gone past. */
  readonly sell: (pan: string, amountMinor: number) => Promise<Result<SaleView, CallFault>>;
};

/** Opens a station that `makeTill` has put in place, with its cashier signed in. */
export async function openTill(options: TillOptions): Promise<Till> {
  const opened = await openStation({
    dataFolder: options.folder,
    profile: 'private',
    now: options.now,
    random: options.random,
    ...(options.module ? { module: options.module } : { passphrase: PASSPHRASE }),
  });
  if (!opened.ok) throw new Error(`${opened.error.code} ${JSON.stringify(opened.error.params)}`);
  const station = opened.value;
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn'](CASHIER, session);
  if (!signedIn.ok) throw new Error(signedIn.error.code);
  return { station, session, sell: (pan, amountMinor) => sell(station, session, pan, amountMinor) };
}

async function sell(
  station: Station,
  session: Session,
  pan: string,
  amountMinor: number,
): Promise<Result<SaleView, CallFault>> {
  const quote = await station.handlers['sale.quote']({ pan, amountMinor }, session);
  if (!quote.ok) return quote;
  const request = {
    requestId: station.newId(),
    pan,
    amountMinor,
    quotedUnitsTenths: quote.value.unitsTenths,
    quotedDueMinor: quote.value.dueMinor,
    tender: { kind: 'cash', receivedMinor: quote.value.dueMinor },
  } as const;
  const acknowledged: string[] = [];
  for (let turn = 0; turn <= WARNINGS.length; turn += 1) {
    const sale = await station.handlers['sale.vend'](
      { ...request, acknowledged: [...acknowledged] },
      session,
    );
    if (sale.ok || !sale.error.code.startsWith('warning-')) return sale;
    acknowledged.push(sale.error.code);
  }
  return err({ code: 'warnings-without-end', params: {}, retry: 'no' });
}
