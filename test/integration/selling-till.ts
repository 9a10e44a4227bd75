import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CallFault, SignedInOperator, StationSettings } from '../../src/contract/index.ts';
import { findMeter, loadSampleData, searchDirectory } from '../../src/main/directory/index.ts';
import { balances, firstReceiptFault, type RecordedSale } from '../../src/main/ledger/index.ts';
import { printJobInsert } from '../../src/main/printing/index.ts';
import type { SecureModule } from '../../src/main/secure-module/index.ts';
import { saleReceipt } from '../../src/main/station/sale-receipt.ts';
import { openWriter, type DirectoryWriter, type LedgerWriter } from '../../src/main/store/index.ts';
import {
  createVending,
  priceSale,
  type Vending,
  type VendingDeps,
  type VendRequest,
} from '../../src/main/vending/index.ts';
import { amountMinor, makeId, ok, type Result } from '../../src/units/index.ts';

export const CASHIER: SignedInOperator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
export const SUPERVISOR: SignedInOperator = { operatorId: 'zodwa', name: 'Zodwa', role: 'supervisor' };

export const TILL_SETTINGS: StationSettings = {
  version: 1,
  profile: 'private',
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

/** What signs the codes on slips: nobody reads them here. */
const NO_KEY = { sign: () => new Uint8Array(64) };

/** A till of the vending room alone, whose clock and module the test holds in its hands. */
export type SellingTill = {
  now: number;
  module: SecureModule;
  settings: StationSettings;
  readonly folder: string;
  readonly ledger: LedgerWriter;
  readonly directory: DirectoryWriter;
  readonly deps: () => VendingDeps;
  readonly vending: () => Vending;
  readonly panOf: (text: string) => string;
  readonly request: (text: string, minor: number, requestId?: string) => VendRequest;
  readonly sell: (text: string, minor?: number) => Promise<Result<RecordedSale, CallFault>>;
  readonly balance: (account: string) => number;
  readonly remove: () => void;
};

export function openSellingTill(now: number, module: SecureModule): SellingTill {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-selling-'));
  const ledger = opened(openWriter('ledger', path.join(folder, 'ledger.db')));
  const directory = opened(openWriter('directory', path.join(folder, 'directory.db')));
  directory.transaction((tx) => loadSampleData(tx));
  const till: SellingTill = {
    now,
    module,
    settings: { ...TILL_SETTINGS, profile: 'training' },
    folder,
    ledger,
    directory,
    deps: () => ({
      ledger,
      directory,
      settings: till.settings,
      module: () => ok(till.module),
      now: () => till.now,
      random: (bytes) => randomBytes(bytes),
      makeSlip: (sale, operatorName) =>
        printJobInsert({
          jobId: makeId(till.now, randomBytes(10)),
          saleId: sale.saleId,
          document: saleReceipt(ledger, till.settings, sale, operatorName, 'training', NO_KEY, undefined),
          createdUnixMs: till.now,
          autoUntilUnixMs: null,
        }),
      operatorName: (id) => id,
      diskFault: () => null,
      beginSale: () => undefined,
    }),
    vending: () => createVending(till.deps()),
    panOf: (text) => {
      const hits = searchDirectory(directory, text);
      const pan = hits.ok ? hits.value[0]?.pan : undefined;
      if (pan === undefined) throw new Error(`nobody is called ${text}`);
      return pan;
    },
    request: (text, minor, requestId = makeId<'request'>(till.now, randomBytes(10))) => {
      const pan = till.panOf(text);
      const meter = findMeter(directory, pan);
      const priced = meter && priceSale(till.deps(), meter, amountMinor(minor), till.now);
      return {
        requestId,
        pan,
        amountMinor: amountMinor(minor),
        quotedUnitsTenths: priced?.ok ? priced.value.unitsTenths : (0 as VendRequest['quotedUnitsTenths']),
        tender: { kind: 'cash', receivedMinor: amountMinor(minor) },
        acknowledged: ['warning-duplicate', 'warning-unusual-amount'],
      };
    },
    sell: (text, minor = 10_000) => till.vending().vend(till.request(text, minor), CASHIER),
    balance: (account) => balances(ledger).find((row) => row.account === account)?.balanceMinor ?? 0,
    remove: () => {
      // Whatever was sold, its slip says what the books say.
      assert.equal(firstReceiptFault(ledger), undefined);
      ledger.close();
      directory.close();
      rmSync(folder, { recursive: true });
    },
  };
  return till;
}

function opened<Value>(result: Result<Value, { readonly code: string }>): Value {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

export function codeOf(result: Result<unknown, CallFault>): string {
  return result.ok ? 'ok' : result.error.code;
}

/** For what settles open sales by itself: nothing unforeseen happens in it. */
export function unexpected(error: unknown): never {
  throw error;
}
