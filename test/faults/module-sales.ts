import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StationSettings } from '../../src/contract/index.ts';
import { findMeter, loadSampleData } from '../../src/main/directory/index.ts';
import {
  balances,
  findSaleByRequest,
  openSales,
  verifyChain,
  type RecordedSale,
} from '../../src/main/ledger/index.ts';
import { nodeStsCrypto, TRAINING_KEYS, type SecureModule } from '../../src/main/secure-module/index.ts';
import { openWriter, type DirectoryWriter, type LedgerWriter } from '../../src/main/store/index.ts';
import { createVending, priceSale, type Vending, type VendingDeps } from '../../src/main/vending/index.ts';
import { createVirtualMeter, keyIn, type VirtualMeter } from '../../src/simulators/virtual-meter/index.ts';
import { deriveDecoderKey, parseMeterNumber } from '../../src/sts/index.ts';
import { amountMinor, makeId, ok } from '../../src/units/index.ts';

const START = Date.UTC(2026, 10, 24, 8, 0);
const OPERATOR = { operatorId: 'amina', name: 'Amina', role: 'cashier' } as const;
const SETTINGS: StationSettings = {
  version: 1,
  profile: 'training',
  stationId: 'T1',
  stationName: 'Test',
  receiptHeader: [],
  currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
  zone: 'Africa/Johannesburg',
  supplyGroups: { '201457': { offsetMinutes: 120 }, '123456': { offsetMinutes: 120 } },
  printer: null,
  receiptColumns: 48,
  cashKeysMinor: [],
};
/** Answers that end a till: they must never come of a line that is only bad. */
const NEVER = new Set(['token-mismatch', 'module-stopped', 'storage-failed', 'clock-behind']);
const MOST_TRIES = 60;
/** From one sale to the next, so that each has a token time of its own; and before asking again. */
const TICK_MS = 61_000;
const WAIT_MS = 1_000;

export type Shop = {
  /** The clock that till and module go by. */
  readonly now: () => number;
  readonly sell: (module: SecureModule, ready: () => Promise<void>, sales: number) => Promise<ShopReport>;
  readonly close: () => void;
};

export type ShopReport = {
  readonly recorded: readonly {
    readonly pan: string;
    readonly digits: string;
    readonly unitsTenths: number;
  }[];
  /** Sales that are still open and that nobody was told of. */
  readonly hiddenDoubts: readonly string[];
  readonly openDoubts: number;
  /** How often a person was told: in doubt, or refused. */
  readonly toldInDoubt: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly tenderHeldMinor: number;
  readonly chainHolds: boolean;
};

/** A till that sells on and on through one module, with a person before it who asks again. */
export function openShop(): Shop {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-shop-'));
  const open = <Kind extends 'ledger' | 'directory'>(kind: Kind) => {
    const opened = openWriter(kind, path.join(folder, `${kind}.db`));
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  };
  const ledger: LedgerWriter = open('ledger');
  const directory: DirectoryWriter = open('directory');
  directory.transaction((tx) => loadSampleData(tx));
  let now = START;
  return {
    now: () => now,
    sell: (module, ready, sales) => {
      const deps: VendingDeps = {
        ledger,
        directory,
        settings: SETTINGS,
        module: () => ok(module),
        now: () => now,
        random: (bytes) => randomBytes(bytes),
        makeSlip: () => () => undefined,
        operatorName: (id) => id,
        diskFault: () => null,
        beginSale: () => undefined,
      };
      const pass = (ms: number): void => void (now += ms);
      return sellAll({ deps, ledger, vending: createVending(deps), ready, pass }, sales);
    },
    close: () => {
      ledger.close();
      directory.close();
      rmSync(folder, { recursive: true });
    },
  };
}

type Counter = {
  readonly deps: VendingDeps;
  readonly ledger: LedgerWriter;
  readonly vending: Vending;
  readonly ready: () => Promise<void>;
  readonly pass: (ms: number) => void;
};

/** Meters that this till can serve, each with a price. */
function servedPans({ deps }: Counter): readonly string[] {
  const rows = deps.directory.prepare('SELECT pan FROM meter ORDER BY pan').all<{ pan: string }>();
  return rows
    .map(({ pan }) => pan)
    .filter((pan) => {
      const meter = findMeter(deps.directory, pan);
      if (!meter || meter.blockedReason !== null || meter.resource !== 'electricity') return false;
      if (SETTINGS.supplyGroups[meter.sgc] === undefined) return false;
      const key = TRAINING_KEYS.some(
        ({ sgc, krn, dkga, keyType }) =>
          sgc === meter.sgc && krn === meter.krn && dkga === meter.dkga && keyType === meter.keyType,
      );
      return key && priceSale(deps, meter, amountMinor(10_000), deps.now()).ok;
    });
}

async function sellAll(counter: Counter, sales: number): Promise<ShopReport> {
  const { ledger } = counter;
  const pans = servedPans(counter);
  if (pans.length === 0) throw new Error('no meter can be served');
  const told = new Set<string>();
  const refused: Record<string, number> = {};
  const recorded: ShopReport['recorded'][number][] = [];
  for (let sale = 0; sale < sales; sale += 1) {
    counter.pass(TICK_MS);
    const pan = pans[sale % pans.length]!;
    const done = await sellOnce(counter, pan, 10_000 + (sale % 50) * 10, told, refused);
    for (const token of done.tokens) {
      recorded.push({ pan, digits: token.digits, unitsTenths: token.unitsTenths ?? 0 });
    }
  }
  const open = openSales(ledger);
  return {
    recorded,
    hiddenDoubts: open.map(({ saleId }) => saleId).filter((saleId) => !told.has(saleId)),
    openDoubts: open.length,
    toldInDoubt: told.size,
    refused,
    tenderHeldMinor: balances(ledger).find(({ account }) => account === 'tender-held')?.balanceMinor ?? 0,
    chainHolds: verifyChain(ledger).ok,
  };
}

/** One customer: asks until the token is there. A refused sale begins again, one in doubt is asked for again. */
async function sellOnce(
  counter: Counter,
  pan: string,
  minor: number,
  told: Set<string>,
  refused: Record<string, number>,
): Promise<RecordedSale> {
  const { deps, vending } = counter;
  let requestId = makeId<'request'>(deps.now(), randomBytes(10));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await counter.ready();
    const open = findSaleByRequest(deps.ledger, requestId);
    const doubtful = open?.step === 'intended' || open?.step === 'in-doubt';
    const outcome = doubtful
      ? await vending.recover(open.saleId, OPERATOR)
      : await vending.vend(requestOf(counter, pan, minor, requestId), OPERATOR);
    if (outcome.ok) return outcome.value;
    const { code } = outcome.error;
    if (NEVER.has(code)) throw new Error(`${code} ${JSON.stringify(outcome.error.params)}`);
    const now = findSaleByRequest(deps.ledger, requestId);
    if (now?.step === 'in-doubt') {
      told.add(now.saleId);
      counter.pass(WAIT_MS);
    } else {
      refused[code] = (refused[code] ?? 0) + 1;
      if (now?.step === 'void') {
        requestId = makeId<'request'>(deps.now(), randomBytes(10));
        counter.pass(TICK_MS);
      }
    }
  }
  throw new Error(`no token after ${MOST_TRIES} tries: ${JSON.stringify(refused)}`);
}

function requestOf(
  { deps }: Counter,
  pan: string,
  minor: number,
  requestId: string,
): Parameters<Vending['vend']>[0] {
  const meter = findMeter(deps.directory, pan);
  const priced = meter && priceSale(deps, meter, amountMinor(minor), deps.now());
  if (!priced?.ok) throw new Error('the meter has no price');
  return {
    requestId,
    pan,
    amountMinor: amountMinor(minor),
    quotedUnitsTenths: priced.value.unitsTenths,
    quotedDueMinor: amountMinor(priced.value.quote.tenderMinor),
    acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
    tender: { kind: 'cash', receivedMinor: amountMinor(Math.ceil(priced.value.quote.tenderMinor / 10) * 10) },
  };
}

/** Keys every recorded token into its meter, in order; returns those that a meter did not take as sold. */
export function notTaken(recorded: ShopReport['recorded'], keysOf: (pan: string) => MeterSetupOf): string[] {
  const meters = new Map<string, VirtualMeter>();
  const wrong: string[] = [];
  for (const [index, { pan, digits, unitsTenths }] of recorded.entries()) {
    const meter = meters.get(pan) ?? newMeter(pan, keysOf(pan));
    const { meter: after, reply } = keyIn(meter, digits, index * 1000);
    meters.set(pan, after);
    const credited = reply.result === 'Accept' && reply.effect.kind === 'credit' ? reply.effect.tenths : -1;
    if (credited !== unitsTenths) wrong.push(`${pan} ${JSON.stringify(reply)}`);
  }
  return wrong;
}

export type MeterSetupOf = {
  readonly sgc: string;
  readonly krn: number;
  readonly dkga: number;
  readonly ea: number;
  readonly ti: number;
};

function newMeter(pan: string, keys: MeterSetupOf): VirtualMeter {
  const { sgc, krn, dkga, ea, ti } = keys;
  const meter = parseMeterNumber(pan);
  const vendingKey = TRAINING_KEYS.find((key) => key.sgc === sgc && key.krn === krn && key.dkga === dkga);
  if (!meter.ok || !vendingKey) throw new Error(`no key for ${pan}`);
  const decoderKey = deriveDecoderKey(nodeStsCrypto, vendingKey.key, {
    dkga,
    ea,
    meter: meter.value,
    sgc,
    keyType: 2,
    tariffIndex: ti,
    keyRevision: krn,
    baseDate: vendingKey.baseDate,
  });
  if (!decoderKey.ok) throw new Error(decoderKey.error.code);
  return createVirtualMeter(
    {
      meter: meter.value,
      decoderKey: decoderKey.value,
      sgc,
      keyType: 2,
      keyRevision: krn,
      tariffIndex: ti,
      keyExpiry: 255,
      madeAtTid: 1_000_000,
    },
    '1',
  );
}

/** The key data of every sample meter, by its number. */
export function sampleMeterKeys(): (pan: string) => MeterSetupOf {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-sample-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  opened.value.transaction((tx) => loadSampleData(tx));
  const rows = opened.value
    .prepare('SELECT pan FROM meter')
    .all<{ pan: string }>()
    .map(({ pan }) => [pan, findMeter(opened.value, pan)] as const);
  opened.value.close();
  rmSync(folder, { recursive: true });
  const byPan = new Map(rows);
  return (pan) => {
    const meter = byPan.get(pan);
    if (!meter) throw new Error(`no sample meter ${pan}`);
    return meter;
  };
}
