import type { Migration } from './migration.ts';

/** What a meter's keypad is: how a token is keyed in is said by it. */
export const keypadModel: Migration = {
  version: 8,
  name: 'keypad-model',
  sql: `
    ALTER TABLE meter ADD COLUMN keypad_model TEXT;
  `,
};
