import type { Migration } from './migration.ts';

/**
 * The words of names and addresses, each with itself and itself less one letter. Two words with a part in
 * common are at most a mistyped letter or two apart, so that a word near to what was typed is found by looking
 * up a handful of parts. Words with digits and very short ones are not in it: a number is never guessed.
 */
export const words: Migration = {
  version: 2,
  name: 'words',
  sql: `
    CREATE INDEX meter_tariff ON meter (tariff_id);

    CREATE TABLE word_part (
      part TEXT NOT NULL,
      word TEXT NOT NULL,
      PRIMARY KEY (part, word)
    ) STRICT, WITHOUT ROWID;

    CREATE VIRTUAL TABLE customer_word USING fts5vocab (customer_text, row);
    INSERT INTO word_part (part, word)
      SELECT term, term FROM customer_word WHERE length(term) >= 3 AND term NOT GLOB '*[0-9]*';
    INSERT OR IGNORE INTO word_part (part, word)
      WITH RECURSIVE place (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM place WHERE at < 60)
      SELECT substr(word, 1, at - 1) || substr(word, at + 1), word
      FROM word_part CROSS JOIN place ON at <= length(word)
      WHERE part = word;
  `,
};
