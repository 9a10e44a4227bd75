import type { Migration } from './migration.ts';

/** Who says that the chain was found whole: a row that anybody could have written names nobody. */
export const signedAnchors: Migration = {
  version: 13,
  name: 'signed-anchors',
  sql: `
    -- The station's key, by its id, and its signature over the row; NULL from before anchors were signed.
    ALTER TABLE verified_to ADD COLUMN key_id TEXT;
    ALTER TABLE verified_to ADD COLUMN signature BLOB CHECK (signature IS NULL OR length(signature) = 64);
    CREATE INDEX verified_to_key ON verified_to (key_id, anchor_row);
  `,
};
