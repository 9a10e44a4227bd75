import type { Migration } from './migration.ts';

/** The language of a customer's receipts; NULL for the station's own. Which ones there are, the program says. */
export const language: Migration = {
  version: 5,
  name: 'language',
  sql: `
    ALTER TABLE customer ADD COLUMN language TEXT CHECK (language IS NULL OR length(language) BETWEEN 2 AND 20);
  `,
};
