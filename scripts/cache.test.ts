import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourcesMark } from './lib/build.mjs';
import { cacheFolder, prepareOnce } from './lib/cache.mjs';
import { checkIntegrity, reasonIn } from './lib/npm-pack.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kioskwatt-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('something prepared once', () => {
  const fill = async (draft: string): Promise<void> => writeFile(join(draft, 'it'), 'done');

  it('is made the first time and found the second', async () => {
    const target = join(folder, 'deep', 'runtime');
    let times = 0;
    const prepare = async (draft: string): Promise<void> => {
      times += 1;
      await fill(draft);
    };
    await prepareOnce(target, prepare);
    expect(await prepareOnce(target, prepare)).toBe(target);
    expect(times).toBe(1);
    expect(await readFile(join(target, 'it'), 'utf8')).toBe('done');
  });

  it('leaves nothing behind when it fails, and can be tried again', async () => {
    const target = join(folder, 'runtime');
    const broken = async (draft: string): Promise<void> => {
      await fill(draft);
      throw new Error('the line broke');
    };
    await expect(prepareOnce(target, broken)).rejects.toThrow('the line broke');
    expect(await readdir(folder)).toEqual([]);
    await prepareOnce(target, fill);
    expect(existsSync(join(target, 'it'))).toBe(true);
  });

  it('takes over the lock of a process that is gone', async () => {
    const target = join(folder, 'runtime');
    // Beyond the largest process number there is.
    await writeFile(`${target}.lock`, '4999999\n');
    await prepareOnce(target, fill);
    expect(await readdir(folder)).toEqual(['runtime']);
  });
});

describe('the cache folder', () => {
  it("is the user's, or the one that is named", () => {
    expect(cacheFolder({ HOME: '/home/amina' })).toBe(join('/home/amina', '.cache', 'kioskwatt'));
    expect(cacheFolder({ HOME: '/home/amina', XDG_CACHE_HOME: '/srv/cache' })).toBe(
      join('/srv/cache', 'kioskwatt'),
    );
  });
});

describe('a fetched archive', () => {
  // The hash of the empty file, as published with the algorithm.
  const integrity =
    'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';

  it('is accepted when it is the recorded one', async () => {
    const file = join(folder, 'a.tgz');
    await writeFile(file, '');
    await expect(checkIntegrity(file, { name: 'a', version: '1.0.0', integrity })).resolves.toBeUndefined();
  });

  it('is refused when a single byte differs', async () => {
    const file = join(folder, 'a.tgz');
    await writeFile(file, '\0');
    await expect(checkIntegrity(file, { name: 'a', version: '1.0.0', integrity })).rejects.toThrow(
      'a 1.0.0 is not the file this project was tested with',
    );
  });
});

describe('the mark of the sources', () => {
  it('changes when a file comes, changes or goes, and not for a test', async () => {
    const file = join(folder, 'a.ts');
    const mark = (): Promise<string> => sourcesMark(folder, ['.', 'absent.json']);
    const marks = [await mark()];
    await writeFile(file, 'one');
    marks.push(await mark());
    await utimes(file, 1, 1);
    marks.push(await mark());
    await writeFile(join(folder, 'a.test.ts'), '');
    expect(await mark()).toBe(marks.at(-1));
    await rm(file);
    expect(await mark()).toBe(marks[0]);
    expect(new Set(marks).size).toBe(3);
  });
});

describe("a failed program's reason", () => {
  it('is what it says of the error, not the end of a stack', () => {
    const output = 'Downloading\nError: Checksum mismatch\n    at a (b.js:1:1)\n    at c (d.js:2:2)\n';
    expect(reasonIn(output)).toBe('Error: Checksum mismatch');
    expect(reasonIn('tar: short\ntar: giving up\n')).toBe('tar: giving up');
  });
});
