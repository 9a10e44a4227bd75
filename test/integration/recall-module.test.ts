import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sell } from '../../src/cli/sell.ts';
import {
  findSaleByReceipt,
  journalLines,
  lastRecordedSale,
  makeBackup,
  openSales,
  recallFromExport,
  restoreBackup,
  verifyBooks,
} from '../../src/main/ledger/index.ts';
import { moduleFault, type IssuedTokens, type SecureModule } from '../../src/main/secure-module/index.ts';
import { openStation, type Station } from '../../src/main/station/index.ts';
import { err, ok } from '../../src/units/index.ts';
import { NOON, readLedger } from './health-fixtures.ts';
import { moduleLike, openTrainingModule } from './training-module.ts';

/** A backup is made while the module makes a token; then the disk dies. What became of the sale only the module knows. */

const MINUTE = 60_000;

const root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-recall-module-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a sale that the restored copy has only begun', () => {
  it('gets the token that the module made for it, and no second one', async () => {
    const data = path.join(root, 'data');
    let now = NOON;
    let deaf = false;
    const software = await openTrainingModule(() => now);
    const kept = new Map<string, IssuedTokens>();
    const asked: string[] = [];
    const backups: string[] = [];
    const module: SecureModule = moduleLike(() => software, {
      level: 'managed',
      capabilities: { ...software.capabilities, fetchByMessageId: true },
      issueCredit: async (request) => {
        asked.push('issue');
        const made = await software.issueCredit(request);
        if (made.ok) kept.set(request.messageId, made.value);
        const copy = makeBackup({ data, to: path.join(root, 'backups'), nowUnixMs: now, program: 'test' });
        if (!copy.ok) throw new Error(JSON.stringify(copy.error));
        backups.push(copy.value.backup);
        return made;
      },
      fetch: async (messageId) => {
        asked.push('fetch');
        return deaf ? err(moduleFault('module-timeout')) : ok(kept.get(messageId) ?? null);
      },
    });
    const open = async (): Promise<Station> => {
      const opened = await openStation({
        dataFolder: data,
        profile: 'training',
        now: () => now,
        random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
        module,
      });
      if (!opened.ok) throw new Error(JSON.stringify(opened.error));
      return opened.value;
    };

    const first = await open();
    const sold = await sell(first, { meter: 'Thandi Nkosi', amount: '100', operator: 'Amina', pin: '1234' });
    await first.close();
    if (!sold.ok) throw new Error(JSON.stringify(sold.error));
    const { receiptNumber } = sold.value;
    const seen = sold.value.tokens.map(({ digits }) => digits);
    const lostLines = readLedger(data, (reader) => [...journalLines(reader)]);
    now += 60 * MINUTE;
    const restored = restoreBackup({ backup: backups[0] ?? '', data, nowUnixMs: now });
    if (!restored.ok) throw new Error(JSON.stringify(restored.error));
    const inCopy = readLedger(data, (reader) => findSaleByReceipt(reader, receiptNumber));
    expect(inCopy).toMatchObject({ step: 'intended', tokens: [] });

    now += MINUTE;
    asked.length = 0;
    deaf = true;
    // A module that does not answer leaves the sale in doubt: it is asked again, and nothing is made up.
    await (await open()).close();
    expect(readLedger(data, (reader) => openSales(reader))).toMatchObject([{ receiptNumber }]);
    deaf = false;
    now += MINUTE;
    await (await open()).close();
    expect(asked.filter((each) => each === 'issue')).toEqual([]);
    expect(asked).toContain('fetch');
    const settled = readLedger(data, (reader) => lastRecordedSale(reader));
    expect(settled).toMatchObject({ receiptNumber, step: 'recorded', amountMinor: 10_000 });
    expect(settled?.tokens.map(({ digits }) => digits)).toEqual(seen);
    expect(readLedger(data, (reader) => openSales(reader))).toEqual([]);
    expect(readLedger(data, (reader) => verifyBooks(reader)).ok).toBe(true);

    // Told once more by the lost books, it is known.
    const again = recallFromExport({ data, lines: lostLines, nowUnixMs: now + MINUTE });
    expect(again).toMatchObject({ ok: true, value: { counts: { recalled: 0, known: 1, differs: 0 } } });
    expect(readLedger(data, (reader) => findSaleByReceipt(reader, receiptNumber))?.tokens).toHaveLength(1);
  }, 180_000);
});
