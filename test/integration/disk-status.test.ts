import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StationStatus } from '../../src/contract/index.ts';
import type { Station } from '../../src/main/station/index.ts';
import { StorageError } from '../../src/main/store/index.ts';
import { damageLeaf, NOON, openTraining, sellOnce } from './health-fixtures.ts';

let root: string;
let station: Station;

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'kioskwatt-disk-'));
  await sellOnce(root, NOON, 'Thandi Nkosi');
});
afterEach(async () => {
  await station.close();
  rmSync(root, { recursive: true });
});

async function disk(): Promise<StationStatus['disk']> {
  const status = await station.handlers['station.status']({}, { operator: null });
  if (!status.ok) throw new Error(status.error.code);
  return status.value.disk;
}

it('a disk that failed under the writer is said in the status, before anybody tries to sell', async () => {
  station = await openTraining(root, NOON + 60_000);
  expect((await disk()).state).not.toBe('failed');
  let told = 0;
  station.subscribe((event) => (told += event === 'status-changed' ? 1 : 0));
  station.ledger.heed(new StorageError('SQLITE_IOERR_FSYNC', 'disk I/O error'));
  expect(told).toBe(1);
  expect((await disk()).state).toBe('failed');
});

it('damage that a report met stops the writer, too', async () => {
  station = await openTraining(root, NOON + 60_000);
  damageLeaf(path.join(root, 'ledger.db'), 'transfer');
  const by = { operator: { operatorId: 'x', name: 'Naledi', role: 'supervisor' } } as const;
  const end = station.handlers['cycle.end']({ requestId: station.newId(), kind: 'sales' }, by);
  await expect(end).rejects.toThrow('SQLITE_CORRUPT');
  expect((await disk()).state).toBe('failed');
  expect(() => station.ledger.transaction(() => 0)).toThrow('SQLITE_CORRUPT');
});
