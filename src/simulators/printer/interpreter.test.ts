import { describe, expect, it } from 'vitest';
import { Interpreter, type Action } from './interpreter.ts';

/** Bytes written out by hand from the ESC/POS reference. */
function read(columns: number, ...parts: (string | number[])[]): readonly Action[] {
  const interpreter = new Interpreter(columns);
  for (const part of parts) interpreter.push(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
  const actions: Action[] = [];
  for (let action = interpreter.next(); action; action = interpreter.next()) actions.push(action);
  return actions;
}

const line = (text: string, change: object = {}): object => ({
  kind: 'line',
  line: { text, width: 1, height: 1, bold: false, align: 'left', ...change },
});

describe('the simulated printer', () => {
  it('prints what stands before a line feed, in the style that is set', () => {
    expect(
      read(
        32,
        [0x1b, 0x40],
        'a\n',
        [0x1b, 0x61, 1, 0x1d, 0x21, 0x11, 0x1b, 0x45, 1],
        'b\n',
        [0x1b, 0x40],
        'c\n',
      ),
    ).toEqual([line('a'), line('b', { width: 2, height: 2, bold: true, align: 'center' }), line('c')]);
  });

  it('takes GS ! as width in its high half and height in its low', () => {
    expect(read(32, [0x1d, 0x21, 0x10], 'w\n', [0x1d, 0x21, 0x01], 'h\n')).toEqual([
      line('w', { width: 2 }),
      line('h', { height: 2 }),
    ]);
  });

  it('goes on in the next line where a line is full', () => {
    expect(read(16, 'abcdefghijklmnopqr\n')).toEqual([line('abcdefghijklmnop'), line('qr')]);
  });

  it.each([
    [0, [0x82, 0xe1], 'éß'],
    [16, [0xe9, 0xdf, 0x80], 'éß€'],
    [19, [0x82, 0xe1, 0xd5, 0xfc], 'éß€³'],
  ])('has code page %i', (page, bytes, text) => {
    expect(read(32, [0x1b, 0x74, page], bytes, '\n')).toEqual([line(text)]);
  });

  it('stores and prints a code', () => {
    const store = [0x1d, 0x28, 0x6b, 6, 0, 0x31, 0x50, 0x30, 0x4b, 0x57, 0x31];
    const print = [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30];
    expect(read(32, store, print)).toEqual([{ kind: 'qr', text: 'KW1', cellDots: 3, align: 'left' }]);
  });

  it('cuts, feeds, kicks and gives the process id its place', () => {
    const id = [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x41, 0x42, 0x43, 0x44];
    expect(read(32, [0x1b, 0x64, 3, 0x1d, 0x56, 1, 0x1d, 0x56, 65, 0], id, [0x1b, 0x70, 0, 50, 100])).toEqual(
      [
        { kind: 'feed', lines: 3 },
        { kind: 'cut', how: 'partial' },
        { kind: 'cut', how: 'full' },
        { kind: 'process-id', id: 'ABCD' },
        { kind: 'drawer', pin: 2 },
      ],
    );
  });

  it.each([
    ['an unknown escape', [0x1b, 0x7a]],
    ['an unknown group', [0x1d, 0x7a]],
    ['a control character', [0x07]],
    ['a page that it does not have', [0x1b, 0x74, 99]],
    ['a character that the page does not have', [0x1b, 0x74, 16, 0x81]],
    ['another symbol', [0x1d, 0x28, 0x6b, 3, 0, 0x30, 0x51, 0x30]],
  ])('reports %s', (_, bytes) => {
    expect(read(32, bytes).map((action) => action.kind)).toContain('error');
  });

  it('reports a cut, an alignment or another style inside a line', () => {
    for (const bytes of [
      [0x1d, 0x56, 0],
      [0x1b, 0x61, 1],
      [0x1b, 0x45, 1, 0x62],
    ]) {
      expect(read(32, 'a', bytes).map((action) => action.kind)).toContain('error');
    }
  });

  it('waits for the rest of a command', () => {
    expect(read(32, [0x1d, 0x28, 0x6b, 6, 0, 0x31])).toEqual([]);
    expect(read(32, [0x1b])).toEqual([]);
  });
});
