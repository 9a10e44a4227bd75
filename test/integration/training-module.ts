import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createKeyFile,
  openKeyFile,
  TRAINING_KEYS,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import { unixMs } from '../../src/units/index.ts';

/** The real software module on the training keys. Its key file is read once, and gone when this returns. */
export async function openTrainingModule(now: () => number): Promise<SecureModule> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-keys-'));
  try {
    const file = path.join(folder, 'keys.json');
    const made = await createKeyFile(file, 'passphrase', 'training', TRAINING_KEYS);
    if (!made.ok) throw new Error(made.error.code);
    const deps = { nowUnixMs: () => unixMs(now()), randomNibble: () => 5 };
    const opened = await openKeyFile(file, 'passphrase', 'training', deps);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
