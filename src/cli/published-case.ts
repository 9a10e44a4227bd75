import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { StationSettings } from '../contract/index.ts';
import { groupToken, unitsText } from '../i18n/index.ts';
import { putTariffVersion, upsertCustomer, upsertMeter } from '../main/directory/index.ts';
import { createKeyFile } from '../main/secure-module/index.ts';
import { openStation, writeSettings, type Station } from '../main/station/index.ts';
import { PrinterSimulator, rollText, type SimulatedSlip } from '../simulators/printer/index.ts';
import { BASE_DATES, bytesFromHex } from '../sts/index.ts';
import {
  amountMinor,
  assert,
  minutesFromEpoch,
  parseCivilMinute,
  RESOURCES,
  unitsTenths,
  type Resource,
} from '../units/index.ts';
import { bindingFromEnvironment } from './open.ts';
import { EXIT, sayFault, type Io } from './io.ts';

/** A published credit token, as the vector file holds it. */
const publishedCreditShape = z.object({
  id: z.string(),
  kind: z.literal('credit'),
  source: z.string(),
  inputs: z.object({
    dkga: z.union([z.literal(2), z.literal(4)]),
    ea: z.union([z.literal(7), z.literal(11)]),
    vendingKey: z.string(),
    pan: z.string().length(18),
    sgc: z.string().length(6),
    keyType: z.literal(2),
    ti: z.string(),
    krn: z.int(),
    baseDate: z.union([z.literal(1993), z.literal(2014), z.literal(2035)]),
    ken: z.int().optional(),
    subclass: z.int().min(0).max(3),
    issueDate: z.string(),
    rnd: z.int(),
    amountTenths: z.int().min(1),
  }),
  expected: z.object({ token: z.string().length(20), tid: z.int() }),
});

export type PublishedCredit = z.infer<typeof publishedCreditShape>;

/** The case of this id in a list of vectors, or undefined when there is none that is a published credit token. */
export function findPublishedCredit(vectors: readonly unknown[], id: string): PublishedCredit | undefined {
  for (const vector of vectors) {
    const parsed = publishedCreditShape.safeParse(vector);
    if (parsed.success && parsed.data.id === id) return parsed.data;
  }
  return undefined;
}

export type SoldCase = {
  /** As the ledger holds it. */
  readonly token: string;
  readonly unitsTenths: number;
  /** What came out of the simulated printer, read back from its bytes. */
  readonly slip: SimulatedSlip;
};

const PASSPHRASE = 'published test keys';
const CENTS_A_TENTH = 10;

/**
 * Sells a published case through the whole station, in a folder of its own that is removed afterwards: the
 * case's vending key in a key file, its meter in the directory, its date on the clock, its random nibble, and
 * a price of one for one unit. Nothing of the expected token goes in.
 */
export async function sellPublishedCase(vector: PublishedCredit): Promise<SoldCase> {
  const root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-case-'));
  let cut: (slip: SimulatedSlip) => void = () => undefined;
  const slip = new Promise<SimulatedSlip>((resolve) => (cut = resolve));
  const printer = new PrinterSimulator({
    columns: 48,
    level: 'process-id',
    lineMs: 0,
    onEvent: (event) => event.event === 'slip' && cut(event.slip),
  });
  try {
    const address = `127.0.0.1:${await printer.listen(0)}`;
    const station = await openCaseStation(root, vector, address);
    try {
      return await sellCase(station, vector, slip);
    } finally {
      await station.close();
    }
  } finally {
    await printer.close();
    rmSync(root, { recursive: true });
  }
}

async function openCaseStation(root: string, vector: PublishedCredit, printer: string): Promise<Station> {
  const { sgc, krn, keyType, baseDate, ken, dkga, vendingKey, issueDate, rnd } = vector.inputs;
  const folder = path.join(root, 'station');
  mkdirSync(folder, { mode: 0o700 });
  // Some cases carry seconds, which no token does.
  const civil = parseCivilMinute(issueDate.slice(0, 16));
  const minutes = civil && minutesFromEpoch(civil);
  const key = bytesFromHex(vendingKey);
  assert(minutes !== undefined && key, 'a published case has a date and a key');
  const attributes = {
    sgc,
    krn,
    keyType,
    baseDate,
    ken: ken ?? 255,
    dkga,
    activeFromUnixMs: null,
    issuedUntilUnixMs: null,
  };
  const made = await createKeyFile(path.join(folder, 'keys.json'), PASSPHRASE, 'training', [
    { ...attributes, key },
  ]);
  assert(made.ok, 'the case’s key file can be made');
  writeSettings(path.join(folder, 'station.json'), caseSettings(sgc, printer));
  const opened = await openStation({
    dataFolder: folder,
    profile: 'training',
    passphrase: PASSPHRASE,
    now: () => minutes * 60_000,
    random: (bytes) => randomBytes(bytes),
    randomNibble: () => rnd,
    ...bindingFromEnvironment(),
  });
  assert(opened.ok, 'the case’s station opens');
  putCaseMeter(opened.value, vector);
  return opened.value;
}

function caseSettings(sgc: string, printer: string): StationSettings {
  return {
    version: 1,
    profile: 'training',
    stationId: 'CASE',
    stationName: 'Published case',
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'UTC',
    supplyGroups: { [sgc]: { offsetMinutes: 0 } },
    printer,
    receiptColumns: 48,
    cashKeysMinor: [],
  };
}

function putCaseMeter(station: Station, { inputs, source }: PublishedCredit): void {
  const resource = resourceOf(inputs.subclass);
  const effectiveFrom = `${BASE_DATES[0]}-01-01T00:00`;
  const document = {
    format: 'kioskwatt-tariff',
    formatVersion: 1,
    id: 'case',
    version: 1,
    name: 'One for one',
    source,
    effectiveFrom,
    resource,
    meter: 'units',
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    cashRounding: 'down',
    lineRounding: { mode: 'half-up', to: '0.01' },
    units: {
      rounding: [{ mode: 'down', to: '0.1' }],
      linesFrom: 'exact',
      remainder: 'carry',
      preset: 'part',
    },
    stateMaxAgeHours: 24,
    windows: {},
    stages: [{ id: 'energy', kind: 'per-unit', label: 'Units', role: 'energy', rate: '1.00' }],
    entitlements: [],
    limits: {},
  };
  station.directory.transaction((tx) => {
    const tariff = {
      tariffId: 'case',
      version: 1,
      effectiveFromUnixMs: Date.UTC(BASE_DATES[0], 0, 1),
      document,
    };
    assert(putTariffVersion(tx, tariff).ok, 'the case’s tariff is new');
    upsertCustomer(tx, {
      customerId: 'case',
      name: 'Published case',
      account: 'CASE',
      phone: '',
      address: '',
    });
    const { sgc, krn, ea, dkga, keyType, baseDate, ken = 255, pan } = inputs;
    const keys = { sgc, krn, ti: Number(inputs.ti), ea, dkga, keyType, baseDate, ken };
    const meter = {
      ...keys,
      meterNumber: pan,
      customerId: 'case',
      resource,
      tariffId: 'case',
      blockedReason: null,
    };
    assert(upsertMeter(tx, meter).ok, 'the case’s meter has a valid number');
  });
}

function resourceOf(subclass: number): Resource {
  const resource = RESOURCES[subclass];
  assert(resource, 'sub-classes 0 to 3 are the resources in their order');
  return resource;
}

async function sellCase(
  station: Station,
  { inputs }: PublishedCredit,
  slip: Promise<SimulatedSlip>,
): Promise<SoldCase> {
  const session = station.newSession();
  const signedIn = await station.handlers['operators.signIn']({ name: 'Amina', pin: '1234' }, session);
  assert(signedIn.ok, 'the training operator signs in');
  const minor = amountMinor(inputs.amountTenths * CENTS_A_TENTH);
  const sale = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan: inputs.pan,
      amountMinor: minor,
      quotedUnitsTenths: inputs.amountTenths,
      tender: { kind: 'cash', receivedMinor: minor },
    },
    session,
  );
  if (!sale.ok) throw new PublishedCaseRefused(sale.error.code, sale.error.params);
  const [token] = sale.value.tokens;
  assert(token, 'a recorded sale has its token');
  return { token: token.digits, unitsTenths: sale.value.unitsTenths, slip: await slip };
}

class PublishedCaseRefused extends Error {
  readonly fault: { code: string; params: Readonly<Record<string, string | number>> };
  constructor(code: string, params: Readonly<Record<string, string | number>>) {
    super(`the station refused the case: ${code} ${JSON.stringify(params)}`);
    this.fault = { code, params };
  }
}

/** `station published-case`: sells the case and says whether the token is the published one. */
export async function publishedCase(
  io: Io,
  vectors: readonly unknown[],
  id: string,
  json: boolean,
): Promise<number> {
  const vector = findPublishedCredit(vectors, id);
  if (!vector) {
    io.err(`There is no published credit token called ${id}.`);
    return EXIT.usage;
  }
  try {
    const sold = await sellPublishedCase(vector);
    const same = sold.token === vector.expected.token;
    const asked = unitsTenths(vector.inputs.amountTenths);
    if (json) io.out(JSON.stringify({ ok: same, id, published: vector.expected.token, ...sold }));
    else {
      io.out(`case       ${id}`);
      io.out(
        `published  ${groupToken(vector.expected.token)}  ${unitsText(asked, resourceOf(vector.inputs.subclass))}`,
      );
      io.out(
        `sold       ${groupToken(sold.token)}  ${unitsText(unitsTenths(sold.unitsTenths), resourceOf(vector.inputs.subclass))}`,
      );
      io.out(same ? 'The same twenty digits.' : 'NOT THE SAME.');
      io.out(`\nThe slip, read back from the printer’s bytes:\n\n${rollText(sold.slip.lines, 48)}`);
    }
    return same ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (error instanceof PublishedCaseRefused) return sayFault(io, error.fault, json);
    throw error;
  }
}
