import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFile } from './page-files.ts';

const FOLDER = '/opt/kioskwatt/out/renderer';
const file = (address: string): string | undefined => pageFile(address, 'kioskwatt', FOLDER)?.path;

describe('pageFile', () => {
  it('finds our own pages and what they load', () => {
    expect(file('app://kioskwatt/counter.html?look=dark#top')).toBe(join(FOLDER, 'counter.html'));
    expect(file('app://kioskwatt/assets/counter-B1x_9.js')).toBe(join(FOLDER, 'assets/counter-B1x_9.js'));
  });

  it.each([
    'app://elsewhere/counter.html',
    'app://kioskwatt/',
    'app://kioskwatt/counter',
    'app://kioskwatt/..%2f..%2fledger.db',
    'app://kioskwatt/assets//counter.js',
    'app://kioskwatt/assets/.hidden.js',
    'app://kioskwatt/notes.txt',
    'not an address',
  ])('has nothing for %s', (address) => {
    expect(file(address)).toBeUndefined();
  });

  it('stays inside when an address climbs', () => {
    expect(file('app://kioskwatt/../../main/index.js')).toBe(join(FOLDER, 'main/index.js'));
    expect(file('app://kioskwatt/%2e%2e/main/index.js')).toBe(join(FOLDER, 'main/index.js'));
  });

  it('never leaves its folder', () => {
    const sign = fc.constantFrom('.', '/', '\\', '%2e', '%2f', '%5c', 'a', '.js', '.html', '\0', '?', '#');
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 20 }), (signs) => {
        const path = file(`app://kioskwatt/${signs.join('')}`);
        expect(path === undefined || path.startsWith(`${FOLDER}/`)).toBe(true);
      }),
    );
  });
});
