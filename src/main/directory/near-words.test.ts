import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWriter, type DirectoryWriter } from '../store/index.ts';
import { loadSampleData, searchDirectory } from './index.ts';
import { correctionsOf, isKnownWord, keepWord, splitsOf } from './near-words.ts';

let folder: string;
let db: DirectoryWriter;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-near-words-'));
  const opened = openWriter('directory', path.join(folder, 'directory.db'));
  if (!opened.ok) throw new Error(opened.error.code);
  db = opened.value;
  db.transaction(loadSampleData);
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const names = (text: string): unknown => {
  const found = searchDirectory(db, text);
  return found.ok ? found.value.map((hit) => hit.name) : found.error.code;
};

describe('a mistyped name', () => {
  it('is found with a letter too many, one missing, another one, or two swapped', () => {
    for (const typed of ['thanddi nkosi', 'tandi nkosi', 'thamdi nkosi', 'htandi nkosi', 'thandi nkois']) {
      expect(names(typed), typed).toEqual(['Thandi Nkosi']);
    }
    expect(names('elodie ngessan')).toEqual(['Élodie N’Guessan']);
  });

  it('is found when the space was left out or came a letter late', () => {
    expect(names('thandinkosi')).toEqual(['Thandi Nkosi']);
    expect(names('thandin kosi')).toEqual(['Thandi Nkosi']);
  });

  it('stands behind those who are called what was typed', () => {
    const [first] = names('themba') as string[];
    expect(first).toBe('Themba Nkosana');
  });

  it('is not guessed from two slips, from two letters, or from a number', () => {
    expect(names('thnadi nkois')).toEqual([]);
    expect(names('thxxdi')).toEqual([]);
    expect(names('21 acacia thandi')).toEqual([]);
    expect(names('00123456783')).toBe('meter-check-digit');
  });
});

describe('the words of the directory', () => {
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzضشن');
  const word = fc.array(letter, { minLength: 4, maxLength: 20 }).map((letters) => letters.join(''));

  it('are found from every single slip', () => {
    const undo = new Error('undo');
    fc.assert(
      fc.property(word, fc.nat(), letter, (kept, place, other) => {
        expect(() =>
          db.transaction((tx) => {
            keepWord(tx, kept);
            const letters = [...kept];
            const at = place % letters.length;
            const slips = [
              letters.toSpliced(at, 0, other),
              letters.toSpliced(at, 1),
              letters.with(at, other),
              letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? ''),
            ].map((slip) => slip.join(''));
            expect(isKnownWord(db, kept)).toBe(true);
            for (const slip of slips) {
              if (slip !== kept) expect(correctionsOf(db, slip), slip).toContain(kept);
            }
            throw undo;
          }),
        ).toThrow(undo);
      }),
      { numRuns: 300 },
    );
  });

  it('hold no numbers and nothing very short', () => {
    expect(isKnownWord(db, 'acacia')).toBe(true);
    expect(isKnownWord(db, '12')).toBe(false);
    expect(correctionsOf(db, '13')).toEqual([]);
    expect(correctionsOf(db, 'st')).toEqual([]);
  });

  it('are taken apart where the space is missing', () => {
    expect(splitsOf(db, 'thandinkosi')).toEqual([['thandi', 'nkosi']]);
    expect(splitsOf(db, 'thandi')).toEqual([]);
  });
});
