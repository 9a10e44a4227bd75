import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SaleId } from '../units/index.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { checkQr, isReceiptCode, parseQr, qrBody, qrMessage, qrText, type QrContent } from './qr.ts';

const CONTENT: QrContent = {
  saleId: '01932f0e-7c1a-7abc-8def-0123456789ab' as SaleId,
  meterNumber: '01123456789',
  currency: 'ZAR',
  amountMinor: 10_000,
  resource: 'electricity',
  unitsTenths: 426,
  at: { year: 2026, month: 11, day: 23, hour: 12, minute: 7 },
  tokenDigest: createHash('sha256').update('12345678901234567890').digest().subarray(0, 16),
};

/** The first test key of RFC 8032, section 7.1: its signatures can be made again by anybody. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(SEED, 'hex')]),
  format: 'der',
  type: 'pkcs8',
});
const publicKey = createPublicKey(privateKey);
const byStation = (message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, publicKey, signature);
const signed = (content: QrContent): string => {
  const body = qrBody(content);
  return qrText(body, sign(null, qrMessage(body), privateKey));
};

describe('base 32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of %j is as in RFC 4648', (text, digits) => {
    expect(toBase32(Buffer.from(text))).toBe(digits);
    expect(Buffer.from(fromBase32(digits)!).toString()).toBe(text);
  });

  it.each(['M', 'MZ', 'my', 'MZXW6===', 'M1'])('refuses %j', (digits) => {
    expect(fromBase32(digits)).toBeUndefined();
  });
});

describe('the code on a receipt', () => {
  it('says the sale in a fixed order', () => {
    expect(qrBody(CONTENT)).toBe(
      'KW1.01932F0E7C1A7ABC8DEF0123456789AB.01123456789.ZAR10000.E426.202611231207.N3LEL3YODK7KDPY6J2JV74CPTY',
    );
  });

  it('is read back, whole and with its signature checked', () => {
    const resources = fc.constantFrom('electricity', 'water', 'gas', 'time');
    const digits = fc.stringMatching(/^(?:\d{11}|\d{13})$/u);
    fc.assert(
      fc.property(
        fc.uuid({ version: 7 }),
        fc.option(digits),
        fc.integer({ min: 0, max: 9_000_000_000 }),
        resources,
        fc.integer({ min: 0, max: 18_201_624 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (saleId, meterNumber, amountMinor, resource, unitsTenths, tokenDigest) => {
          const content = {
            ...CONTENT,
            saleId: saleId as SaleId,
            meterNumber,
            amountMinor,
            resource,
            unitsTenths,
            tokenDigest,
          };
          const text = signed(content);
          expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/u);
          expect(text.length).toBeLessThanOrEqual(221);
          expect(checkQr(text, byStation)).toEqual({ ok: true, value: content });
          expect(checkQr(` ${text.toLowerCase()}\n`, byStation).ok).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is refused with any character changed', () => {
    const text = signed(CONTENT);
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === '7' ? '2' : '7';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      expect(checkQr(changed, byStation).ok).toBe(false);
    }
  });

  it('is refused when another key has signed it', () => {
    const other = generateKeyPairSync('ed25519');
    const text = qrText(qrBody(CONTENT), sign(null, qrMessage(qrBody(CONTENT)), other.privateKey));
    expect(checkQr(text, byStation)).toEqual({ ok: false, error: { code: 'qr-signature' } });
  });

  it.each([
    ['https://example.org', 'qr-not-ours'],
    ['01123456789', 'qr-not-ours'],
    ['KW2.X', 'qr-not-ours'],
    ['KW1.X', 'qr-damaged'],
    ['KW1.......', 'qr-damaged'],
  ])('%j is %s', (text, code) => {
    expect(parseQr(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('is told from a meter number and a name', () => {
    expect([signed(CONTENT), '01123456789', 'Kwame', 'kw1'].map(isReceiptCode)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
