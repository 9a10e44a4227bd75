import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { moneyText, unitsText } from '../i18n/index.ts';
import { receiptFault } from '../main/ledger/index.ts';
import { nextCopyNumber, readReceipt, receiptPdf } from '../main/printing/index.ts';
import {
  openReader,
  readStationPublicKey,
  stationKeyId,
  verifyByStation,
  type LedgerReader,
} from '../main/store/index.ts';
import {
  checkQr,
  paperOf,
  shortSaleId,
  type PaperColumns,
  type QrContent,
  type ReceiptDocument,
} from '../receipt/index.ts';
import { amountMinor, civilToText, unitsTenths } from '../units/index.ts';
import { EXIT, sayFault, type Io } from './io.ts';
import { bindingFromEnvironment } from './open.ts';

export type KeyFlags = { readonly data: string; readonly json: boolean };

/** The public half of the station's signing key: what everybody needs who checks its receipts. */
export function receiptKey(io: Io, flags: KeyFlags): number {
  const key = readStationPublicKey(flags.data);
  if (!key.ok) return sayFault(io, key.error, flags.json);
  const { publicKey, keyId } = key.value;
  io.out(flags.json ? JSON.stringify({ ok: true, publicKey, keyId }) : publicKey);
  return EXIT.done;
}

export type VerifyFlags = { readonly key?: string; readonly data?: string; readonly json: boolean };

/**
 * Checks the code of a receipt with a station's public key, given as text or taken from a data folder, and says
 * what the code says. Exit code 0 only when that station signed exactly this code.
 */
export function verifyReceipt(io: Io, code: string, flags: VerifyFlags): number {
  const publicKey = publicKeyOf(flags);
  if (!publicKey.ok) return sayFault(io, publicKey.error, flags.json);
  const keyId = stationKeyId(publicKey.value);
  if (keyId === undefined) return sayFault(io, { code: 'station-key-text', params: {} }, flags.json);
  const checked = checkQr(code, (message, signature) => verifyByStation(publicKey.value, message, signature));
  if (!checked.ok) return sayFault(io, { code: FAULTS[checked.error.code], params: { keyId } }, flags.json);
  sayContent(io, checked.value, keyId, flags.json);
  return EXIT.done;
}

const FAULTS = {
  'qr-not-ours': 'receipt-code-not-ours',
  'qr-damaged': 'receipt-code-damaged',
  'qr-signature': 'receipt-code-signature',
} as const;

function publicKeyOf(
  flags: VerifyFlags,
):
  | { readonly ok: true; readonly value: string }
  | Extract<ReturnType<typeof readStationPublicKey>, { ok: false }> {
  if (flags.key !== undefined) return { ok: true, value: flags.key.trim().toLowerCase() };
  const read = readStationPublicKey(flags.data ?? '.');
  return read.ok ? { ok: true, value: read.value.publicKey } : read;
}

function sayContent(io: Io, content: QrContent, keyId: string, json: boolean): void {
  const { saleId, meterNumber, currency, resource } = content;
  const at = civilToText(content.at);
  if (json) {
    const tokenDigest = Buffer.from(content.tokenDigest).toString('hex');
    io.out(JSON.stringify({ ok: true, keyId, ...content, at, tokenDigest }));
    return;
  }
  const minorDigits = minorDigitsOf(currency);
  const amount = moneyText(amountMinor(content.amountMinor), {
    code: currency,
    minorDigits,
    cashStepMinor: 1,
  });
  const units = unitsText(unitsTenths(content.unitsTenths), resource);
  io.out(`Signed by station key ${keyId}.`);
  io.out(`Sale ${shortSaleId(saleId)} (${saleId}) at ${at} UTC`);
  io.out(`${meterNumber === null ? 'No meter' : `Meter ${meterNumber}`}: ${amount}, ${units}`);
}

/** ISO 4217's digits after the point, at most the three that a till's currency may have. */
function minorDigitsOf(currency: string): 0 | 1 | 2 | 3 {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return digits === 0 || digits === 1 || digits === 3 ? digits : 2;
}

export type PdfFlags = {
  readonly data: string;
  readonly out: string;
  readonly columns: PaperColumns;
  readonly json: boolean;
};

/**
 * Writes a sale's receipt as a PDF, found by its receipt number or the sale's id; beside a station that may be
 * selling. It says COPY with the next free number: what says ORIGINAL came out of the printer.
 */
export async function writeReceiptPdf(io: Io, sale: string, flags: PdfFlags): Promise<number> {
  const file = path.join(flags.data, 'ledger.db');
  const opened = openReader('ledger', file, bindingFromEnvironment());
  if (!opened.ok) return sayFault(io, opened.error, flags.json);
  try {
    const found = findReceipt(opened.value, sale);
    if (!found) return sayFault(io, { code: 'sale-unknown', params: {} }, flags.json);
    if (receiptFault(opened.value, found.saleId))
      return sayFault(io, { code: 'print-receipt-changed', params: {} }, flags.json);
    const { document, copyNumber, atUnixMs } = found;
    const paper = paperOf(document, flags.columns, copyNumber);
    const bytes = await receiptPdf(paper, `${document.title} ${document.number}`, new Date(atUnixMs));
    writeFileSync(flags.out, bytes, { mode: 0o600 });
    const { number } = document;
    if (flags.json)
      io.out(JSON.stringify({ ok: true, number, copyNumber, file: flags.out, bytes: bytes.length }));
    else io.out(`Receipt ${number} as copy ${copyNumber}: ${flags.out}`);
    return EXIT.done;
  } finally {
    opened.value.close();
  }
}

type FoundReceipt = {
  readonly saleId: string;
  readonly document: ReceiptDocument;
  readonly copyNumber: number;
  readonly atUnixMs: number;
};

function findReceipt(ledger: LedgerReader, sale: string): FoundReceipt | undefined {
  const row = ledger
    .prepare(
      `SELECT receipt.sale_id AS saleId, job_id AS jobId, created_unix_ms AS atUnixMs
         FROM receipt JOIN print_job USING (receipt_row)
       WHERE receipt.sale_id = ? OR json_extract(document, '$.number') = ? ORDER BY job_row LIMIT 1`,
    )
    .get<{ saleId: string; jobId: string; atUnixMs: number }>(sale.toLowerCase(), sale);
  const document = row && readReceipt(ledger, row.saleId);
  if (!row || !document) return undefined;
  const { saleId, jobId, atUnixMs } = row;
  return { saleId, document, copyNumber: nextCopyNumber(ledger, jobId), atUnixMs };
}
