import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

/** A certificate that a server makes for itself, as servers of this kind come out of the box. */
export type ServerIdentity = {
  readonly certificate: string;
  readonly privateKey: string;
  /** SHA-256 of the certificate, 64 hexadecimal digits. */
  readonly fingerprint: string;
};

function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

const ECDSA_WITH_SHA256 = der(0x30, Buffer.from('06082a8648ce3d040302', 'hex'));
const COMMON_NAME = Buffer.from('0603550403', 'hex');

function name(text: string): Buffer {
  return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(text)))));
}

/** An X.509 certificate (RFC 5280) of version 3 with a fresh P-256 key, good from 2020 to 2049. */
export function selfSigned(commonName: string): ServerIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text));
  const content = der(
    0x30,
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, Buffer.of(1)),
    ECDSA_WITH_SHA256,
    name(commonName),
    der(0x30, utcTime('200101000000Z'), utcTime('491231235959Z')),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  const whole = new X509Certificate(der(0x30, content, ECDSA_WITH_SHA256, signature));
  return {
    certificate: whole.toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    fingerprint: whole.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}
