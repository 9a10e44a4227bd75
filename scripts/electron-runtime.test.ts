import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choose, findElectron, type Found, type Refused, type Source } from './electron-runtime.mjs';

const found = (version: string, because: string): Found => ({
  dir: '/opt/electron',
  executable: '/opt/electron/electron',
  version,
  because,
});

function source(kind: Source['kind'], answer: Found | Refused, asked: string[] = []): Source {
  return {
    kind,
    find: () => {
      asked.push(kind);
      return Promise.resolve(answer);
    },
  };
}

describe('the order of choice', () => {
  it('takes the first source that has a runtime and asks no further', async () => {
    const asked: string[] = [];
    const chosen = await choose([
      source('named', found('40.0.0', 'its folder is named'), asked),
      source('package', found('45.0.0', 'it is installed'), asked),
    ]);
    expect(chosen).toMatchObject({ kind: 'named', version: '40.0.0' });
    expect(asked).toEqual(['named']);
  });

  it('says in one sentence what it chose and why not the others', async () => {
    const chosen = await choose([
      source('named', { refused: '' }),
      source('package', { refused: 'GitHub does not answer' }),
      source('registry', found('33.2.1', 'so the npm registry serves')),
    ]);
    expect(chosen.kind).toBe('registry');
    expect(chosen.sentence).toBe(
      'Electron 33.2.1 is used: GitHub does not answer, so the npm registry serves.',
    );
  });

  it('names every reason when there is none at all', async () => {
    const none = choose([
      source('package', { refused: 'GitHub does not answer' }),
      source('registry', { refused: 'the registry is gone' }),
    ]);
    await expect(none).rejects.toThrow(
      'No Electron was found: GitHub does not answer, the registry is gone.',
    );
  });
});

describe('a named folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kioskwatt-named-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const executable = process.platform === 'win32' ? 'electron.exe' : 'electron';

  it.runIf(process.platform !== 'darwin')('is used when it holds an Electron', async () => {
    await writeFile(join(folder, executable), '');
    await writeFile(join(folder, 'version'), 'v45.4.1\n');
    const runtime = await findElectron({ ...process.env, KIOSKWATT_ELECTRON_DIR: folder, DISPLAY: ':9' });
    expect(runtime).toMatchObject({ kind: 'named', dir: folder, version: '45.4.1', missing: [] });
    expect(runtime.nativeBinding).toBeUndefined();
  });

  it('is refused without an executable, rather than replaced by another', async () => {
    await mkdir(join(folder, 'empty'));
    const runtime = findElectron({ ...process.env, KIOSKWATT_ELECTRON_DIR: join(folder, 'empty') });
    await expect(runtime).rejects.toThrow(/KIOSKWATT_ELECTRON_DIR names .*, but there is no /);
  });
});
