import { describe, expect, it } from 'vitest';
import { LinePacker } from './line-packer.ts';
import { packLines } from './payload.ts';

describe('lines packed as they come', () => {
  it.each([0, 1, 9_000])('are the bytes and facts of %i lines packed at once', async (count) => {
    const lines = Array.from(
      { length: count },
      (_, n) => `{"n":${n},"text":"é${(n * 7_919) % 10_007}","more":"${'x'.repeat(n % 90)}"}`,
    );
    const packer = new LinePacker();
    for (const line of lines) {
      const packing = packer.add(line);
      if (packing) await packing;
    }
    const plain = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    expect(await packer.end()).toEqual(packLines(plain, count));
  });
});
