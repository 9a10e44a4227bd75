import { BATCH_COLUMNS, CHILD_TABLES, columnKind, type ColumnKind, type RowTable } from '../batch/index.ts';
import type { Database, Session } from './db.ts';

export const ROW_TABLES: readonly RowTable[] = ['record', ...CHILD_TABLES];

const SQL_TYPES: Readonly<Record<ColumnKind, string>> = {
  whole: 'bigint',
  text: 'text',
  json: 'text',
  day: 'date',
  bytes: 'bytea',
};

/** The columns of a row table behind `station`: a child row knows its record's epoch and day beside its own columns. */
export function rowColumns(table: RowTable): readonly string[] {
  return table === 'record'
    ? ['station', ...BATCH_COLUMNS.record, 'hash']
    : ['station', 'epoch', 'business_date', ...BATCH_COLUMNS[table]];
}

/** The key that makes a row unique; a partitioned table's key has to have the day in it. */
function keyOf(table: RowTable): string {
  return table === 'record'
    ? 'station, epoch, sequence, business_date'
    : 'station, epoch, row_id, business_date';
}

/** What reports and the audit look rows up by. */
const INDEXES: readonly (readonly [RowTable, string])[] = [
  ['sale', 'meter_pan'],
  ['sale', 'sale_id'],
  ['sale_step', 'sale_id'],
  ['token', 'sale_id'],
  ['sale_kind', 'sale_id'],
];

function rowTable(table: RowTable): string {
  const columns = rowColumns(table).map((column) => {
    return `${column} ${column === 'hash' ? 'bytea NOT NULL' : SQL_TYPES[columnKind(column)]}`;
  });
  return `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}, PRIMARY KEY (${keyOf(table)}))
    PARTITION BY RANGE (business_date);`;
}

const STATIONS = `
  CREATE TABLE IF NOT EXISTS station (
    station text PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('expected', 'active', 'retired')),
    added_at timestamptz NOT NULL DEFAULT now(),
    -- One-time, until it was used.
    code text,
    enrolment_reply text,
    -- The newest batch that was taken, and the newest record that is held.
    batch_epoch integer NOT NULL DEFAULT 0,
    batch_number integer NOT NULL DEFAULT 0,
    batch_manifest text,
    epoch integer NOT NULL DEFAULT 1,
    sequence bigint NOT NULL DEFAULT 0,
    record_id bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    heard_at timestamptz,
    package_number integer NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS station_key (
    station text NOT NULL REFERENCES station,
    public_key text NOT NULL CHECK (public_key ~ '^[0-9a-f]{64}$'),
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    -- The batches that it signs: from, and up to when another key took over.
    from_epoch integer NOT NULL,
    from_number integer NOT NULL,
    to_epoch integer,
    to_number integer,
    PRIMARY KEY (station, public_key)
  );
  CREATE TABLE IF NOT EXISTS batch (
    station text NOT NULL REFERENCES station,
    epoch integer NOT NULL,
    number integer NOT NULL,
    manifest_sha256 text NOT NULL,
    manifest bytea NOT NULL,
    signature bytea NOT NULL,
    rows_added bigint NOT NULL,
    rows_known bigint NOT NULL,
    ack bytea NOT NULL,
    ack_signature bytea NOT NULL,
    created_unix_ms bigint NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station, epoch, number)
  );
  -- Batches that came before the one they follow.
  CREATE TABLE IF NOT EXISTS parked (
    station text NOT NULL REFERENCES station,
    epoch integer NOT NULL,
    number integer NOT NULL,
    manifest bytea NOT NULL,
    signature bytea NOT NULL,
    payload bytea NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station, epoch, number)
  );
  CREATE TABLE IF NOT EXISTS epoch (
    station text NOT NULL REFERENCES station,
    epoch integer NOT NULL,
    opened_unix_ms bigint NOT NULL,
    old_epoch integer NOT NULL,
    old_sequence bigint NOT NULL,
    -- The old epoch's newest record here: those beyond old_sequence are what the station lost.
    held_sequence bigint NOT NULL,
    PRIMARY KEY (station, epoch)
  );
  CREATE TABLE IF NOT EXISTS alarm (
    alarm_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    station text NOT NULL,
    verdict text NOT NULL,
    epoch integer NOT NULL,
    number integer NOT NULL,
    manifest_sha256 text NOT NULL,
    reasons jsonb NOT NULL,
    UNIQUE (station, verdict, epoch, number, manifest_sha256)
  );
  -- What changes of customers and meters say in full. Their records hold digests; these may be forgotten.
  CREATE TABLE IF NOT EXISTS personal_change (
    station text NOT NULL REFERENCES station,
    epoch integer NOT NULL,
    record_id bigint NOT NULL,
    change jsonb NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station, epoch, record_id)
  );
  CREATE TABLE IF NOT EXISTS package (
    station text NOT NULL REFERENCES station,
    number integer NOT NULL,
    manifest bytea NOT NULL,
    signature bytea NOT NULL,
    payload bytea NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (station, number)
  );`;

/** A month's partitions are made by whoever owns the tables, for whoever may import. */
const MONTHS = `
  CREATE OR REPLACE FUNCTION ensure_month(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = headoffice, pg_catalog AS $$
  DECLARE
    first date := date_trunc('month', day)::date;
    name text;
  BEGIN
    IF day NOT BETWEEN DATE '2000-01-01' AND DATE '2199-12-31' THEN
      RAISE EXCEPTION 'no month for %', day;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('headoffice.ensure_month'));
    FOREACH name IN ARRAY ARRAY[${ROW_TABLES.map((table) => `'${table}'`).join(', ')}] LOOP
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        name || to_char(first, '_YYYY_MM'), name, first, (first + INTERVAL '1 month')::date);
    END LOOP;
  END $$;`;

const RIGHTS: readonly string[] = [
  'REVOKE ALL ON FUNCTION ensure_month(date) FROM PUBLIC',
  'GRANT USAGE ON SCHEMA headoffice TO headoffice_import, headoffice_publish, headoffice_read',
  'GRANT SELECT ON ALL TABLES IN SCHEMA headoffice TO headoffice_import, headoffice_publish',
  `GRANT SELECT ON ${ROW_TABLES.join(', ')}, batch, parked, epoch, alarm, package, station_key TO headoffice_read`,
  // A reader sees where a station stands, and no code of enrolment.
  `GRANT SELECT (station, state, added_at, batch_epoch, batch_number, batch_manifest, epoch, sequence, record_id,
     hash, heard_at, package_number) ON station TO headoffice_read`,
  'GRANT EXECUTE ON FUNCTION ensure_month(date) TO headoffice_import',
  // Rows of the journal can be added. Nobody but the owner of the tables can change or remove one.
  `GRANT INSERT ON ${ROW_TABLES.join(', ')}, batch, epoch, alarm, parked, station_key TO headoffice_import`,
  'GRANT DELETE ON parked TO headoffice_import',
  'GRANT INSERT, DELETE ON personal_change TO headoffice_import',
  `GRANT UPDATE (state, code, enrolment_reply, batch_epoch, batch_number, batch_manifest, epoch, sequence, record_id,
     hash, heard_at) ON station TO headoffice_import`,
  'GRANT UPDATE (to_epoch, to_number) ON station_key TO headoffice_import',
  'GRANT INSERT ON station, package TO headoffice_publish',
  'GRANT UPDATE (state, code, enrolment_reply, package_number) ON station TO headoffice_publish',
];

function makeRole(role: string): string {
  return `DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;
}

const ROLES = ['headoffice_import', 'headoffice_publish', 'headoffice_read'];

/** Makes what is missing; what is there stays. Run by whoever is to own the tables. */
export async function makeSchema(database: Database): Promise<void> {
  for (const role of ROLES) await database.use((session) => session.query(makeRole(role)));
  await database.transaction(async (session: Session) => {
    await session.query('CREATE SCHEMA IF NOT EXISTS headoffice');
    for (const statement of STATIONS.split(';\n'))
      if (statement.trim() !== '') await session.query(statement);
    for (const table of ROW_TABLES) await session.query(rowTable(table));
    for (const [table, column] of INDEXES)
      await session.query(`CREATE INDEX IF NOT EXISTS ${table}_${column} ON ${table} (${column})`);
    await session.query(MONTHS);
    for (const right of RIGHTS) await session.query(right);
    if (database.embedded) await session.query('GRANT pg_read_server_files TO headoffice_import');
    for (const role of ROLES) await session.query(`GRANT ${role} TO CURRENT_USER`);
  });
}
