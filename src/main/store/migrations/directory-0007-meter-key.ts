import type { Migration } from './migration.ts';

/** Which meters need a vending key, without reading them all. */
export const meterKey: Migration = {
  version: 7,
  name: 'meter-key',
  sql: `
    CREATE INDEX meter_key ON meter (sgc, krn, key_type, dkga);
  `,
};
