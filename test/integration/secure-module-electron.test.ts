import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeyFile, openKeyFile, TRAINING_KEYS } from '../../src/main/secure-module/index.ts';
import { unixMs } from '../../src/units/index.ts';

/** Node has OpenSSL, Electron has BoringSSL: a key file of one has to serve the other, token for token. */

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const PASSPHRASE = 'naïve passphrase ✓';

/** The first test key of RFC 8032, section 7.1, and its signature of the empty message. */
const RFC_8032 = {
  pem: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n',
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  signature:
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
};

let folder: string;

async function electron(): Promise<string> {
  const known = process.env['KIOSKWATT_ELECTRON'];
  if (known !== undefined) return known;
  const script = path.join(root, 'scripts/electron-runtime.mjs');
  const { stdout } = await run(process.execPath, [script, '--json']);
  return (JSON.parse(stdout) as { readonly executable: string }).executable;
}

/** One file of plain JavaScript: Electron's Node does not read TypeScript. */
async function bundle(): Promise<string> {
  const entry = path.join(import.meta.dirname, 'secure-module-electron-program.ts');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { noExternal: true, external: ['usb', 'serialport'] },
    build: {
      ssr: entry,
      outDir: folder,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'program.mjs' } },
    },
  });
  return path.join(folder, 'program.mjs');
}

beforeAll(() => {
  // Beside the packages, so that the program finds the one that is not in it.
  folder = mkdtempSync(path.join(root, 'node_modules', '.kioskwatt-electron-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('a key file made in Node opens in Electron and the other way round, with the same tokens', async () => {
  const program = await bundle();
  const nodesFile = path.join(folder, 'node.keys');
  const electronsFile = path.join(folder, 'electron.keys');
  const made = await createKeyFile(nodesFile, PASSPHRASE, 'training', TRAINING_KEYS);
  if (!made.ok) throw new Error(made.error.code);

  writeFileSync(path.join(folder, 'station-key.pem'), RFC_8032.pem);

  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { stdout } = await run(await electron(), [program, PASSPHRASE, nodesFile, electronsFile], { env });
  const said = JSON.parse(stdout) as Record<string, unknown>;

  expect(said['runtime']).toMatchObject({ electron: expect.stringMatching(/^\d+\./u) });
  const [published, des] = said['opened'] as string[];
  // STS 531-1-07, CTSA01, first token.
  expect(published).toBe('70630503470028726114');
  expect(des).toMatch(/^\d{20}$/u);
  expect(said['again']).toEqual([published, des]);
  expect(said['wrong']).toEqual(['module-passphrase']);
  expect(said['madeKcvs']).toEqual(made.value.map((key) => key.kcv));

  const { publicKey, signature } = RFC_8032;
  expect(said['stationKey']).toEqual({ publicKey, signature, confirms: true });

  const deps = { nowUnixMs: () => unixMs(0), randomNibble: () => 5 };
  const opened = await openKeyFile(electronsFile, PASSPHRASE, 'training', deps);
  if (!opened.ok) throw new Error(opened.error.code);
  expect(await opened.value.listKeys()).toMatchObject({ ok: true, value: made.value });
  const meter = {
    pan: '600727000000000009',
    ea: 7,
    keyType: 2 as const,
    ti: 1,
    ken: 255,
    baseDate: 2014 as const,
  };
  const verdict = await opened.value.verify(des ?? '', { ...meter, dkga: 2, sgc: '123456', krn: 3 });
  expect(verdict).toMatchObject({ ok: true, value: { good: true, unitsTenths: 1 } });
});
