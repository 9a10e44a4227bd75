import path from 'node:path';
import { createKeyFile, openKeyFile, TRAINING_KEYS } from '../../src/main/secure-module/index.ts';
import { openStationKey, verifyByStation } from '../../src/main/store/station-key.ts';
import { makeId, unitsTenths, unixMs } from '../../src/units/index.ts';

/**
 * What the test runs in Electron's Node: opens one key file, makes another, and issues one token with each of
 * the two derivations; signs with the station's key. Says it all in one line of JSON.
 */

const [passphrase, fileToOpen, fileToMake] = process.argv.slice(2);
if (passphrase === undefined || fileToOpen === undefined || fileToMake === undefined) {
  throw new Error('a passphrase and two files are needed');
}

const deps = { nowUnixMs: () => unixMs(Date.UTC(2014, 2, 1, 13)), randomNibble: () => 5 };
const meter = {
  pan: '600727000000000009',
  ea: 7,
  keyType: 2 as const,
  ti: 1,
  ken: 255,
  baseDate: 2014 as const,
};
const keys = [
  { dkga: 4, sgc: '201457', krn: 1 },
  { dkga: 2, sgc: '123456', krn: 3 },
];

async function tokensOf(file: string, secret: string): Promise<string[]> {
  const opened = await openKeyFile(file, secret, 'training', deps);
  if (!opened.ok) return [opened.error.code];
  const tokens: string[] = [];
  for (const key of keys) {
    const issued = await opened.value.issueCredit({
      messageId: makeId<'message'>(0, new Uint8Array(10)),
      meter: { ...meter, ...key },
      resource: 'electricity',
      unitsTenths: unitsTenths(1),
      tokenTime: { baseDate: 2014, tid: 85_740 },
    });
    tokens.push(issued.ok ? issued.value.tokens.map((token) => token.digits).join() : issued.error.code);
  }
  return tokens;
}

const opened = await tokensOf(fileToOpen, passphrase);
const made = await createKeyFile(fileToMake, passphrase, 'training', TRAINING_KEYS);
const madeKcvs = made.ok ? made.value.map((key) => key.kcv) : [made.error.code];
const wrong = await tokensOf(fileToOpen, `${passphrase}!`);
const again = await tokensOf(fileToMake, passphrase);
const key = openStationKey(path.dirname(fileToMake));
const signature = key.ok ? key.value.sign(new Uint8Array()) : new Uint8Array();
const stationKey = {
  publicKey: key.ok ? key.value.publicKey : key.error.code,
  signature: Buffer.from(signature).toString('hex'),
  confirms: key.ok && verifyByStation(key.value.publicKey, new Uint8Array(), signature),
};
const runtime = { node: process.versions.node, electron: process.versions['electron'] ?? null };
process.stdout.write(`${JSON.stringify({ runtime, opened, madeKcvs, wrong, again, stationKey })}\n`);
