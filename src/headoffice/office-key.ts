import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '../batch/index.ts';
import { putFile } from './files.ts';

export const OFFICE_KEY_FILE = 'head-office-key.pem';

/** Makes head office's key pair, once; the file is its owner's only. */
export function makeOfficeKey(home: string): void {
  const file = path.join(home, OFFICE_KEY_FILE);
  if (existsSync(file)) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  putFile(file, String(privateKey.export({ format: 'pem', type: 'pkcs8' })), 0o600);
}

/** Opens the key that signs acknowledgements and packages. Throws where `init` has not made one. */
export function openOfficeKey(home: string): Signer {
  const privateKey = createPrivateKey(readFileSync(path.join(home, OFFICE_KEY_FILE)));
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(-32).toString('hex'),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}
