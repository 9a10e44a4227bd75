import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEADLINES, tcpLink, type Deadlines, type PrinterSetup } from '../../src/main/printing/index.ts';
import { openWriter, type LedgerWriter } from '../../src/main/store/index.ts';
import { receiptDocument, type ReceiptDocument, type ReceiptFacts } from '../../src/receipt/index.ts';
import { makeId } from '../../src/units/index.ts';

export const ZAR = { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 } as const;

/** A sale of 42.6 kWh for 100.00 with one credit token. */
export const SALE_FACTS: ReceiptFacts = {
  locale: 'en',
  kind: 'sale',
  mark: null,
  header: ['Acacia Court Vending', 'VAT 4123456789'],
  stationName: 'Kiosk 014',
  operatorName: 'Amina',
  items: [
    {
      customer: { name: 'Thandi Nkosi', account: 'AC-7781', address: '12 Acacia St, Unit 4' },
      meterNumber: '01123456789',
      resource: 'electricity',
      tokens: [{ kind: 'credit', digits: '12345678901234567890', unitsTenths: 426 }],
      lines: [
        { label: 'Energy', detail: '42.6 kWh x 1.834', amountMinor: 7_813 },
        { label: 'Debt, 10 % of purchase', detail: null, amountMinor: 1_000 },
        { label: 'VAT 15 %', detail: null, amountMinor: 1_187 },
      ],
      debt: { beforeMinor: 32_020, afterMinor: 31_020 },
      sts: { sgc: '123456', krn: 1, ti: '01', ea: '07' },
      help: 'Key in 07 and Enter: the meter shows its balance.',
    },
  ],
  currency: ZAR,
  totalMinor: 10_000,
  tender: { parts: [{ kind: 'cash', amountMinor: 20_000 }], changeMinor: 10_000 },
  receiptNumber: '000123',
  saleId: '01932f0e-7c1a-7abc-8def-0123456789ab',
  at: { year: 2026, month: 11, day: 23, hour: 14, minute: 7 },
};

export const SALE_DOCUMENT: ReceiptDocument = receiptDocument(SALE_FACTS);

/** The same waits as in life, short enough for a test. */
export const QUICK: Deadlines = {
  ...DEADLINES,
  connectMs: 500,
  replyMs: 250,
  writeMs: 500,
  drainMs: 400,
  printMs: 600,
  settleMs: 60,
  lineMs: 0,
  pollMs: 20,
  startMs: 100,
};

export function setup(port: number, change: Partial<PrinterSetup> = {}): PrinterSetup {
  const to = { host: '127.0.0.1', port };
  return {
    address: `127.0.0.1:${port}`,
    open: tcpLink(to),
    level: 'process-id',
    columns: 48,
    codePage: 'WPC1252',
    arabicPage: null,
    cut: 'partial',
    cutFeedLines: 3,
    logo: null,
    ...change,
  };
}

/** The n-th id of a test, in order. */
export function testId(n: number): string {
  return makeId(1_790_000_000_000 + n, new Uint8Array(10).fill(n % 251));
}

export type TestLedger = { readonly ledger: LedgerWriter; readonly file: string; remove(): void };

/** A ledger file of its own with the real schema. */
export function testLedger(base = tmpdir()): TestLedger {
  const folder = mkdtempSync(path.join(base, 'kioskwatt-paper-'));
  const file = path.join(folder, 'ledger.db');
  const opened = openWriter('ledger', file);
  if (!opened.ok) throw new Error(opened.error.code);
  const ledger = opened.value;
  return {
    ledger,
    file,
    remove: () => {
      ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}
