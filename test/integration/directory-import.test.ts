import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportView, Session } from '../../src/contract/index.ts';
import { openFromTerminal } from '../../src/cli/open.ts';
import { chainHead } from '../../src/main/ledger/index.ts';
import { openDirectoryImport } from '../../src/main/station/directory-import.ts';
import type { Station } from '../../src/main/station/index.ts';
import { luhnCheckDigit } from '../../src/sts/index.ts';

let folder: string;
let station: Station;
let session: Session;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-directory-'));
  const opened = await openFromTerminal({ data: path.join(folder, 'data'), profile: 'training' });
  if (!opened.ok) throw new Error(opened.error.code);
  station = opened.value;
  session = station.newSession();
  session.operator = { operatorId: 'somebody', name: 'Somebody', role: 'supervisor' };
});

afterEach(async () => {
  await station.close();
  rmSync(folder, { recursive: true });
});

const HEADER =
  'customer_id,name,account,phone,address,meter_number,resource,sgc,krn,ti,ea,dkga,key_type,base_date,ken,tariff_id,blocked_reason';

function townsman(index: number): string {
  const payload = `00${(20_000_000 + index).toString()}`;
  const meter = `${payload}${luhnCheckDigit(payload)}`;
  return `t-${index},Kwabena Asante ${index},T${index},,${index} Mill Lane,${meter},electricity,201457,1,1,7,4,2,2014,255,home-flat,`;
}

function file(lines: readonly string[]): string {
  const name = path.join(folder, 'town.csv');
  writeFileSync(name, [HEADER, ...lines].join('\n'));
  return name;
}

async function begin(name: string): Promise<void> {
  const begun = await station.handlers['directory.import'](
    { requestId: station.newId(), file: name },
    session,
  );
  expect(begun).toMatchObject({ ok: true, value: { state: 'running', file: 'town.csv' } });
}

const found = async (text: string): Promise<unknown> => {
  const hits = await station.handlers['directory.search']({ text }, session);
  return hits.ok ? hits.value.hits.map(({ customerId }) => customerId) : hits.error.code;
};

const state = async (): Promise<ImportView> => {
  const view = await station.handlers['directory.importState']({}, session);
  if (!view.ok) throw new Error(view.error.code);
  return view.value;
};

const recordsOf = (kind: string): unknown[] =>
  station.ledger
    .prepare('SELECT operator_id, detail FROM record WHERE kind = ?')
    .all<{ operator_id: string; detail: string }>(kind)
    .map((row) => ({ by: row.operator_id, detail: JSON.parse(row.detail) as unknown }));

it('takes a file on a thread of its own, is told in the journal, and is found at once', async () => {
  const told: number[] = [];
  station.subscribe((event) => {
    if (event === 'import-changed') told.push(station.directoryImport.view().doneBytes);
  });
  const lines = Array.from({ length: 3_000 }, (_, index) => townsman(index));
  const name = file([...lines, 'x,y,z', townsman(7)]);
  await begin(name);
  await station.directoryImport.ended();
  expect(await state()).toMatchObject({ state: 'done', taken: 3_000, refused: 2, fault: null });
  expect(new Set(told).size).toBeGreaterThan(2);
  expect(readFileSync((await state()).report, 'utf8')).toBe(
    'line,column,reason\n3002,,cells\n3003,meter_number,twice\n',
  );
  expect(await found('kwabena asante 2999')).toEqual(['t-2999']);
  expect(await found('kwabnea asante 2999')).toEqual(['t-2999']);
  expect(recordsOf('directory-import-begun')).toEqual([{ by: 'somebody', detail: { file: 'town.csv' } }]);
  expect(recordsOf('directory-import-ended')).toMatchObject([
    { by: 'somebody', detail: { taken: 3_000, refused: 2, stopped: false } },
  ]);
});

it('sells while it takes a file, and refuses a second one meanwhile', async () => {
  const name = file(Array.from({ length: 20_000 }, (_, index) => townsman(index)));
  await begin(name);
  const second = await station.handlers['directory.import'](
    { requestId: station.newId(), file: name },
    session,
  );
  expect(second).toMatchObject({ ok: false, error: { code: 'directory-import-busy' } });
  const pan = '600727001234567821';
  const sale = await station.handlers['sale.vend'](
    {
      requestId: station.newId(),
      pan,
      amountMinor: 10_000,
      quotedUnitsTenths: 426,
      tender: { kind: 'cash', receivedMinor: 10_000 },
    },
    session,
  );
  expect(sale).toMatchObject({ ok: true, value: { state: 'recorded' } });
  expect((await state()).state).toBe('running');
  await station.handlers['directory.importStop']({ requestId: station.newId() }, session);
  await station.directoryImport.ended();
  const { taken, state: ended } = await state();
  expect(ended).toBe('stopped');
  expect(
    station.directory
      .prepare("SELECT count(*) AS n FROM customer WHERE customer_id LIKE 't-%'")
      .get<{ n: number }>()?.n,
  ).toBe(taken);
});

it('says what is wrong with a file that is none', async () => {
  await begin(file([]).replace('town.csv', 'town.csv'));
  await station.directoryImport.ended();
  expect(await state()).toMatchObject({ state: 'done', taken: 0 });
  rmSync(path.join(folder, 'town.csv'));
  await begin(path.join(folder, 'town.csv'));
  await station.directoryImport.ended();
  expect(await state()).toMatchObject({
    state: 'failed',
    fault: { id: 'error.directory-file.cashier', params: { reason: 'unreadable', place: 'ENOENT' } },
  });
});

it('is written at the newest record’s time where the clock jumps ahead while the file is taken', async () => {
  const data = path.join(folder, 'data');
  let now = Date.now();
  const importing = openDirectoryImport({
    ledger: station.ledger,
    dataFolder: data,
    database: path.join(data, 'directory.db'),
    zone: 'Africa/Johannesburg',
    now: () => now,
    onChange: () => undefined,
  });
  const operator = { operatorId: 'somebody', name: 'Somebody', role: 'supervisor' } as const;
  expect(importing.start(file([townsman(1)]), operator).ok).toBe(true);
  const begun = chainHead(station.ledger);
  now += 5 * 365 * 86_400_000;
  await importing.ended();
  expect(chainHead(station.ledger)).toMatchObject({
    recordId: (begun?.recordId ?? 0) + 1,
    atUnixMs: begun?.atUnixMs,
  });
  await importing.close();
});
