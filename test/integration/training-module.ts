import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createKeyFile,
  openKeyFile,
  TRAINING_KEYS,
  type NewVendingKey,
  type SecureModule,
} from '../../src/main/secure-module/index.ts';
import { unixMs } from '../../src/units/index.ts';

/** The real software module on the training keys, and on `more`. Its key file is read once, and gone when this returns. */
export async function openTrainingModule(
  now: () => number,
  more: readonly NewVendingKey[] = [],
): Promise<SecureModule> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kioskwatt-keys-'));
  try {
    const file = path.join(folder, 'keys.json');
    const made = await createKeyFile(file, 'passphrase', 'training', [...TRAINING_KEYS, ...more]);
    if (!made.ok) throw new Error(made.error.code);
    const deps = { nowUnixMs: () => unixMs(now()), randomNibble: () => 5 };
    const opened = await openKeyFile(file, 'passphrase', 'training', deps);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A module like another one but for some of its methods. Asked for late: the other one may not be open yet. */
export function moduleLike(other: () => SecureModule, own: Partial<SecureModule>): SecureModule {
  return {
    level: 'primitive',
    get capabilities() {
      return other().capabilities;
    },
    identify: () => other().identify(),
    listKeys: () => other().listKeys(),
    clock: () => other().clock(),
    counters: () => other().counters(),
    issueCredit: (request) => other().issueCredit(request),
    issueManagement: (request) => other().issueManagement(request),
    issueKeyChange: (request) => other().issueKeyChange(request),
    verify: (digits, meter) => other().verify(digits, meter),
    fetch: (messageId) => other().fetch(messageId),
    exportKeyRequest: () => other().exportKeyRequest(),
    inspectKeyLoad: (file) => other().inspectKeyLoad(file),
    loadKeys: (file, approval) => other().loadKeys(file, approval),
    selfTest: () => other().selfTest(),
    close: async () => undefined,
    ...own,
  };
}
