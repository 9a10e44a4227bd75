import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';

const LARGEST_BYTES = 5_000_000;

/** Fields that never reach a file, wherever they stand. */
const SECRETS = ['pin', 'passphrase', 'key', 'keys', 'vendingKey', 'decoderKey', 'token', 'digits'];

/**
 * The program's own log: what went wrong, by reference. Sales are not in it: they are in the ledger. Kept to two
 * files of a bounded size; on a disk that can't be written it goes to standard error.
 */
export function openLog(folder: string): Logger {
  const file = join(folder, 'kioskwatt.log');
  const options = { redact: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) };
  try {
    if (existsSync(file) && statSync(file).size > LARGEST_BYTES) renameSync(file, `${file}.old`);
    return pino(options, pino.destination({ dest: file, mkdir: true, sync: true }));
  } catch {
    return pino(options, pino.destination({ fd: 2, sync: true }));
  }
}
