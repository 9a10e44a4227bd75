import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runStationCommand } from '../../src/cli/station.ts';
import { sell } from '../../src/cli/sell.ts';
import { readReceipt } from '../../src/main/printing/index.ts';
import { openStation, type FiscalSale } from '../../src/main/station/index.ts';

it('a country’s fiscal fields stand on the receipt of the sale that they are for', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-fiscal-'));
  const quiet = { out: (): void => undefined, err: (): void => undefined };
  const asked: FiscalSale[] = [];
  try {
    expect(await runStationCommand(['training-sale', '--data', folder], quiet)).toBe(0);
    const opened = await openStation({
      dataFolder: folder,
      profile: 'training',
      now: Date.now,
      random: (bytes) => randomBytes(bytes),
      fiscal: (sale) => {
        asked.push(sale);
        return { documentNumber: 'DOC-17', verificationCode: 'A1-B2', qr: `https://fiscal.example/17` };
      },
    });
    if (!opened.ok) throw new Error(opened.error.code);
    try {
      const request = { meter: '00123456782', amount: '150', operator: 'Amina', pin: '1234' };
      const sale = await sell(opened.value, { ...request, acknowledge: ['warning-duplicate'] });
      if (!sale.ok) throw new Error(sale.error.code);
      const { saleId, receiptNumber } = sale.value;
      expect(asked).toMatchObject([{ saleId, receiptNumber, amountMinor: 15_000, currency: 'ZAR' }]);
      expect(readReceipt(opened.value.ledger, saleId)?.fiscal).toEqual({
        pairs: [
          { label: 'Fiscal document', text: 'DOC-17' },
          { label: 'Verification code', text: 'A1-B2' },
        ],
        qr: 'https://fiscal.example/17',
      });
    } finally {
      await opened.value.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
