import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readReceipt } from '../../src/main/printing/index.ts';
import { openStation } from '../../src/main/station/index.ts';
import { layOut } from '../../src/receipt/index.ts';
import { amountMinor } from '../../src/units/index.ts';

/** What stands on the slips of sales made at a station. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Sells to a sample meter and gives the slip's lines; `keyRevision` is the one that its group is to have. */
async function slipOf(pan: string, language: 'en' | 'fr', keyRevision: number): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-slips-'));
  closing.push(() => rmSync(folder, { recursive: true }));
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const settings = {
    version: 1,
    profile: 'training',
    stationId: 'T1',
    stationName: 'Test',
    language,
    receiptHeader: [],
    currency: { code: 'ZAR', minorDigits: 2, cashStepMinor: 10 },
    zone: 'Africa/Johannesburg',
    supplyGroups: { '201457': { offsetMinutes: 120, keyRevision } },
    printer: '127.0.0.1:9',
    receiptColumns: 48,
    cashKeysMinor: [],
  };
  writeFileSync(path.join(data, 'station.json'), JSON.stringify(settings));
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const opened = await openStation({ dataFolder: data, profile: 'training', now: Date.now, random });
  if (!opened.ok) throw new Error(opened.error.code);
  const station = opened.value;
  closing.push(() => station.close());
  const session = station.newSession();
  session.operator = { operatorId: 'amina', name: 'Amina', role: 'cashier' };
  const amount = amountMinor(10_000);
  const quote = await station.handlers['sale.quote']({ pan, amountMinor: amount }, session);
  if (!quote.ok) throw new Error(quote.error.code);
  const sold = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor: amount,
      quotedUnitsTenths: quote.value.unitsTenths,
      tender: { kind: 'cash', receivedMinor: amount },
    },
    session,
  );
  const document = sold.ok && readReceipt(station.ledger, sold.value.saleId);
  if (!document) throw new Error('nothing was sold');
  return layOut(document, 48).map(({ text }) => text);
}

const ELECTRICITY = '600727001803406302';
const WATERWATCH = '600727000410571839';

/** The lines that end a slip, above its last one. */
const SLIPS: readonly (readonly [string, string, 'en' | 'fr', number, readonly string[]])[] = [
  [
    'one token',
    ELECTRICITY,
    'en',
    1,
    ['Press the 20 digits, then Enter. Wait until the', 'meter says that it took them.'],
  ],
  [
    'key-change tokens before the credit',
    ELECTRICITY,
    'en',
    2,
    [
      "Key in token 1 first and wait for the meter's",
      'answer, then the next, up to 3. All within ten',
      'minutes. Press the 20 digits, then Enter. Wait',
      'until the meter says that it took them.',
    ],
  ],
  [
    'a token on a keypad whose model is known, in the station’s language',
    WATERWATCH,
    'fr',
    1,
    [
      "Maintenez # jusqu'à ce que le clavier dise qu'il",
      'est déverrouillé. Appuyez sur les 20 chiffres ;',
      'après le dernier, le compteur continue seul.',
      "Attendez que le compteur dise qu'il les a pris.",
    ],
  ],
];

it.each(SLIPS)('a slip says how to key in %s', async (_what, pan, language, keyRevision, expected) => {
  const lines = await slipOf(pan, language, keyRevision);
  const help = lines.slice(lines.findLastIndex((line) => line === '') + 1);
  expect(help.slice(0, expected.length)).toEqual(expected);
});
