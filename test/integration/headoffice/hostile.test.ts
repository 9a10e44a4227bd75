import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BATCH_FILES,
  batchName,
  keyIdOf,
  manifestBytes,
  sha256,
  signAs,
  type BatchManifest,
  type Signer,
} from '../../../src/batch/index.ts';
import {
  makeOfficeKey,
  makeSchema,
  openDatabase,
  ROW_TABLES,
  type Database,
} from '../../../src/headoffice/index.ts';
import { startPostgres, type Postgres } from './servers.ts';

/**
 * What somebody may put into a station's folder, signed by that station's key where it says nothing else: a thief has
 * it. All of it lies there at once for one import by a process of its own, whose memory is measured.
 */

const MEGABYTE = 1 << 20;
const LINE_BYTES = 10_000 * MEGABYTE;
/** Twice what the largest batch that may be takes, unpacked and as text; 10 GB are far beyond it. */
const MOST_MEGABYTES = 1_200;

function newSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { publicKey: bytes.toString('hex'), sign: (message) => sign(null, message, privateKey) };
}

type Payload = { readonly bytes: Uint8Array; readonly plainBytes: number; readonly plainSha256: string };

const packed = (plain: Uint8Array): Payload => ({
  bytes: gzipSync(plain),
  plainBytes: plain.length,
  plainSha256: sha256(plain),
});

/** One line of 10 GB, packed to 10 MB: the same packed megabytes over and over, which is one file of gzip. */
function tenGigabyteLine(claimedBytes: number): Payload {
  const part = 100 * MEGABYTE;
  const once = gzipSync(Buffer.alloc(part, 'x'));
  const bytes = Buffer.concat(Array.from({ length: LINE_BYTES / part }, () => once));
  return { bytes, plainBytes: claimedBytes, plainSha256: '0'.repeat(64) };
}

function manifestOf(
  station: string,
  signer: Signer,
  { bytes, plainBytes, plainSha256 }: Payload,
): BatchManifest {
  const totals = {
    records: 1,
    rows: [],
    kinds: [],
    accounts: [],
    tenders: [],
    resources: [],
    tokens: { count: 0, unitsTenths: 0 },
    entryHash: '0000000000',
    tariffs: [],
    zNumbers: [],
    deposits: [],
  };
  return {
    format: 'kioskwatt-batch',
    version: 1,
    station,
    profile: 'private',
    keyId: keyIdOf(signer.publicKey),
    epoch: 1,
    number: 1,
    previousManifest: null,
    first: { epoch: 1, sequence: 1 },
    last: { epoch: 1, sequence: 1 },
    firstRecordId: 1,
    chain: { before: '0'.repeat(64), after: '0'.repeat(64) },
    totals,
    payload: { codec: 'gzip', bytes: bytes.length, sha256: sha256(bytes), plainBytes, plainSha256, lines: 1 },
    versions: { program: 'x', ledger: 1, package: 0 },
    clock: { createdUnixMs: 0, previousUnixMs: null, boot: 'x', upMs: 0 },
  };
}

type Hostile = {
  readonly what: string;
  readonly payload: () => Payload;
  readonly manifest?: (manifest: BatchManifest) => object;
  /** Signs in place of the station's own key. */
  readonly signer?: Signer;
  /** Makes the payload's file that long, without anything in it. */
  readonly fileBytes?: number;
  readonly verdict: string;
  readonly reason: string;
};

const small = (): Payload => packed(Buffer.from('{}\n'));

const HOSTILE: readonly Hostile[] = [
  {
    what: 'a file of 10 GB',
    payload: small,
    fileBytes: LINE_BYTES,
    verdict: 'incomplete',
    reason: 'file-incomplete H0-0001-00000001.v1',
  },
  {
    what: 'a line of 10 GB that says so',
    payload: () => tenGigabyteLine(LINE_BYTES),
    verdict: 'damaged',
    reason: 'file-manifest payload.plainBytes',
  },
  {
    what: 'a line of 10 GB that says that it is as long as may be',
    payload: () => tenGigabyteLine(192 * MEGABYTE),
    verdict: 'damaged',
    reason: 'file-unpack payload',
  },
  {
    what: 'a zip bomb that says that it is small',
    payload: () => tenGigabyteLine(1_000),
    verdict: 'damaged',
    reason: 'file-unpack payload',
  },
  {
    what: 'a line of 2 MB',
    payload: () => packed(Buffer.alloc(2 * MEGABYTE, 'x')),
    verdict: 'damaged',
    reason: 'file-line 1',
  },
  {
    what: 'Latin-1',
    payload: () => packed(Buffer.from('{"table":"é"}\n', 'latin1')),
    verdict: 'damaged',
    reason: 'file-encoding payload',
  },
  {
    what: 'UTF-16',
    payload: () => packed(Buffer.from('\uFEFF{}\n', 'utf16le')),
    verdict: 'damaged',
    reason: 'file-encoding payload',
  },
  {
    what: 'a schema of the future',
    payload: small,
    manifest: (manifest) => ({ ...manifest, version: 2, novelty: true }),
    verdict: 'damaged',
    reason: 'file-version version',
  },
  {
    what: 'another station’s key',
    payload: small,
    signer: newSigner(),
    verdict: 'bad-signature',
    reason: 'file-signature manifest',
  },
  {
    what: 'another station’s batch under this one’s name',
    payload: small,
    manifest: (manifest) => ({ ...manifest, station: 'OTHER' }),
    verdict: 'damaged',
    reason: 'name-differs name',
  },
];

let folder: string;
let postgres: Postgres;
let owner: Database;
let seen: {
  readonly said: readonly { readonly station: string; readonly verdict: string; readonly reason: string }[];
  readonly peakMegabytes: number;
};

const stationOf = (index: number): string => `H${index}`;

function put(exchange: string, station: string, own: Signer, hostile: Hostile): void {
  const payload = hostile.payload();
  const told = manifestOf(station, own, payload);
  const manifest = manifestBytes(hostile.manifest?.(told) ?? told);
  const up = path.join(exchange, station, 'up');
  mkdirSync(up, { recursive: true });
  const base = path.join(up, batchName({ station, epoch: 1, number: 1 }));
  writeFileSync(base + BATCH_FILES.payload, payload.bytes);
  if (hostile.fileBytes !== undefined) truncateSync(base + BATCH_FILES.payload, hostile.fileBytes);
  writeFileSync(base + BATCH_FILES.signature, signAs('batch', manifest, hostile.signer ?? own));
  writeFileSync(base + BATCH_FILES.manifest, manifest);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-hostile-'));
  const exchange = path.join(folder, 'exchange');
  postgres = await startPostgres();
  makeOfficeKey(folder);
  owner = await openDatabase({ url: postgres.url, folder, role: null });
  await makeSchema(owner);
  for (const [index, hostile] of HOSTILE.entries()) {
    const [station, own] = [stationOf(index), newSigner()];
    await owner.use(async (session) => {
      await session.query(`INSERT INTO station (station, state) VALUES ($1, 'active')`, [station]);
      await session.query(
        'INSERT INTO station_key (station, public_key, from_epoch, from_number) VALUES ($1, $2, 1, 1)',
        [station, own.publicKey],
      );
      // The key that signs for another one is known here: as that one's.
      if (!hostile.signer) return;
      await session.query(`INSERT INTO station (station, state) VALUES ('OTHER', 'active')`);
      await session.query(
        `INSERT INTO station_key (station, public_key, from_epoch, from_number) VALUES ('OTHER', $1, 1, 1)`,
        [hostile.signer.publicKey],
      );
    });
    put(exchange, station, own, hostile);
  }
  const program = path.join(import.meta.dirname, 'import-once.ts');
  const options = JSON.stringify({ url: postgres.url, folder, exchange });
  const { stdout } = await promisify(execFile)(process.execPath, [program, options]);
  seen = JSON.parse(stdout) as typeof seen;
}, 600_000);

afterAll(async () => {
  await owner?.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('head office refuses', () => {
  it.each(HOSTILE.map((hostile, index) => [hostile.what, hostile, stationOf(index)] as const))(
    '%s, and says why',
    (_what, { verdict, reason }, station) => {
      expect(seen.said.find((each) => each.station === station)).toEqual({ station, verdict, reason });
    },
  );

  it('all of it in bounded memory', () => {
    expect(seen.peakMegabytes).toBeGreaterThan(50);
    expect(seen.peakMegabytes).toBeLessThan(MOST_MEGABYTES);
    process.stdout.write(`refused with ${seen.peakMegabytes} MB at most\n`);
  });

  it('and imports nothing of it', async () => {
    for (const table of [...ROW_TABLES, 'batch', 'parked']) {
      const [row] = await owner.use((session) =>
        session.query(`SELECT count(*)::integer AS rows FROM ${table}`),
      );
      expect({ table, ...row }).toEqual({ table, rows: 0 });
    }
  });
});
