import { hasOddParity, VENDING_KEY_BYTES, type StsCrypto } from '../../../sts/index.ts';
import { err, ok, type Result } from '../../../units/index.ts';
import { moduleFault, type ModuleFault } from '../faults.ts';
import type { VendingKeyAttributes } from '../port.ts';
import type { Secret } from './secret.ts';

/** A key in an open module. */
export type VendingKey = { readonly attributes: VendingKeyAttributes; readonly secret: Secret };

const KCV_DIGITS = 6;

/**
 * Six hexadecimal digits by which two people can tell that they mean the same key. A DES key's are the usual
 * ones, the start of a block of zeros encrypted with it; a 160-bit key's are the start of an HMAC-SHA-256 of
 * one zero block.
 */
export function keyCheckValue(crypto: StsCrypto, dkga: 2 | 4, key: Uint8Array): string {
  const zeros = new Uint8Array(8);
  const check = dkga === 2 ? crypto.desEncrypt(key, zeros) : crypto.hmacSha256(key, zeros);
  return Buffer.from(check).toString('hex').slice(0, KCV_DIGITS).toUpperCase();
}

/** Whether bytes can be a vending key for a derivation: its size, and odd parity for a DES key. */
export function checkVendingKey(dkga: 2 | 4, key: Uint8Array): Result<null, ModuleFault> {
  if (key.length !== VENDING_KEY_BYTES[dkga]) return err(moduleFault('module-file', { reason: 'size' }));
  if (dkga === 2 && !hasOddParity(key)) return err(moduleFault('module-file', { reason: 'parity' }));
  return ok(null);
}
