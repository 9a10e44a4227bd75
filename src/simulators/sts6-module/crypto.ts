import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
} from 'node:crypto';
import type { StsCrypto } from '../../sts/index.ts';

/** The module's own cryptography. */
export const moduleCrypto: StsCrypto = {
  hmacSha256: (key, data) => createHmac('sha256', key).update(data).digest(),
  desEncrypt: (key, block) => {
    const cipher = createCipheriv('des-ede3', Buffer.concat([key, key, key]), null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  },
};

export function checkValueOf(dkga: number, key: Uint8Array): string {
  const zeros = new Uint8Array(8);
  const check = dkga === 2 ? moduleCrypto.desEncrypt(key, zeros) : moduleCrypto.hmacSha256(key, zeros);
  return Buffer.from(check).toString('hex').slice(0, 6).toUpperCase();
}

function exchangeKeys(seed: Uint8Array): {
  readonly secret: ReturnType<typeof createPrivateKey>;
  readonly open: Buffer;
} {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const open = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return { secret, open };
}

export function exchangeKeyOf(seed: Uint8Array): Buffer {
  return exchangeKeys(seed).open;
}

export type Transport = { readonly seal: Buffer; readonly mac: Buffer };

/** The two keys of one load, from the module's private key and the sender's public one. */
export function agree(seed: Uint8Array, sender: Buffer): Transport {
  const own = exchangeKeys(seed);
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), sender]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey: own.secret, publicKey });
  const salt = Buffer.concat([sender, own.open]);
  const both = Buffer.from(hkdfSync('sha256', shared, salt, 'kioskwatt key load 1', 64));
  return { seal: both.subarray(0, 32), mac: both.subarray(32) };
}

/** The key in a sealed record, or undefined when anything of it was changed. */
export function unseal(transport: Transport, sealed: Buffer, boundTo: string): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', transport.seal, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(sealed.subarray(-16));
  const plain = decipher.update(sealed.subarray(12, -16));
  try {
    decipher.final();
    return plain;
  } catch {
    return undefined;
  }
}

export function macOf(transport: Transport, body: string): string {
  return createHmac('sha256', transport.mac).update(body).digest('hex').toUpperCase();
}
