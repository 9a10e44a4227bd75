import Database from 'better-sqlite3';

/**
 * Loaded before a till's own program, it makes the till's commits as weak as KIOSKWATT_WEAK says (`NORMAL` or
 * `OFF`) while the till believes them to be full, or leaves them and has the log moved without waiting for the disk
 * (`CHECKPOINT`): what a power cut then takes shows that the images bite.
 */
const level = process.env['KIOSKWATT_WEAK'] ?? 'NORMAL';
const pragma: Database.Database['pragma'] = Reflect.get(Database.prototype, 'pragma');

Database.prototype.pragma = function weak(this: Database.Database, source, options) {
  if (level === 'CHECKPOINT') {
    if (source.startsWith('wal_checkpoint')) pragma.call(this, 'synchronous = OFF');
    return pragma.call(this, source, options);
  }
  if (source === 'synchronous') return 2;
  return pragma.call(this, source === 'synchronous = FULL' ? `synchronous = ${level}` : source, options);
};
