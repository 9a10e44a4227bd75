import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { publicKeyShape, stationIdShape } from './manifest.ts';

/** The one-time code that head office prints: 80 bits in base32 (RFC 4648), in groups of four. */
export const CODE_BYTES = 10;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Ten random bytes as a code to be read out: `ABCD-EFGH-IJKL-MNOP`. */
export function enrolmentCode(random: Uint8Array): string {
  let bits = BigInt(`0x${Buffer.from(random).toString('hex')}`);
  let text = '';
  for (let place = 0; place < (CODE_BYTES * 8) / 5; place += 1) {
    text = BASE32.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return (text.match(/.{4}/gu) ?? []).join('-');
}

/** A code however it was typed: case, blanks and dashes do not matter. */
export function plainCode(code: string): string {
  return code.toUpperCase().replace(/[^A-Z2-7]/gu, '');
}

/** Whether a text is a one-time code: 16 signs of base32, however they were typed. */
export function isEnrolmentCode(text: string): boolean {
  const signs = text.toUpperCase().replace(/[\s-]/gu, '');
  return signs.length === (CODE_BYTES * 8) / 5 && plainCode(signs) === signs;
}

function proofOf(code: string, words: readonly string[]): string {
  return createHmac('sha256', plainCode(code)).update(words.join('\n')).digest('hex');
}

function isProof(code: string, words: readonly string[], proof: string): boolean {
  return timingSafeEqual(Buffer.from(proofOf(code, words), 'hex'), Buffer.from(proof, 'hex'));
}

/** A station asks to be known by its key from an epoch on. The proof shows that it was given the code. */
export const enrolmentRequestShape = z.strictObject({
  format: z.literal('kioskwatt-enrolment'),
  version: z.literal(1),
  station: stationIdShape,
  publicKey: publicKeyShape,
  epoch: z.int().min(1).max(9_999),
  proof: publicKeyShape,
});
export type EnrolmentRequest = z.infer<typeof enrolmentRequestShape>;

/** Head office's answer: its own key, with a proof that it comes from whoever gave the code. */
export const enrolmentReplyShape = z.strictObject({
  format: z.literal('kioskwatt-enrolled'),
  version: z.literal(1),
  station: stationIdShape,
  publicKey: publicKeyShape,
  headOfficeKey: publicKeyShape,
  proof: publicKeyShape,
});
export type EnrolmentReply = z.infer<typeof enrolmentReplyShape>;

function requestWords(request: Omit<EnrolmentRequest, 'proof'>): readonly string[] {
  return [request.format, request.station, request.publicKey, String(request.epoch)];
}

export function makeEnrolmentRequest(
  code: string,
  who: Pick<EnrolmentRequest, 'station' | 'publicKey' | 'epoch'>,
): EnrolmentRequest {
  const request = { format: 'kioskwatt-enrolment', version: 1, ...who } as const;
  return { ...request, proof: proofOf(code, requestWords(request)) };
}

export function isProvenRequest(code: string, request: EnrolmentRequest): boolean {
  return isProof(code, requestWords(request), request.proof);
}

function replyWords(reply: Omit<EnrolmentReply, 'proof'>): readonly string[] {
  return [reply.format, reply.station, reply.publicKey, reply.headOfficeKey];
}

export function makeEnrolmentReply(
  code: string,
  who: Pick<EnrolmentReply, 'station' | 'publicKey' | 'headOfficeKey'>,
): EnrolmentReply {
  const reply = { format: 'kioskwatt-enrolled', version: 1, ...who } as const;
  return { ...reply, proof: proofOf(code, replyWords(reply)) };
}

export function isProvenReply(code: string, reply: EnrolmentReply): boolean {
  return isProof(code, replyWords(reply), reply.proof);
}

export const ENROLMENT_FILES = { request: '.enrol.json', reply: '.enrolled.json' } as const;
