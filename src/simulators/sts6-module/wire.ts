/**
 * The module's own end of the line protocol, written apart from the station's: frames as text, fields split by
 * hand, the CRC computed bit by bit. What both ends agree on, they agree on from the same description.
 */

export type Field = { readonly type: string; readonly text: string };
export type Request = { readonly command: string; readonly fields: readonly Field[] };

/** A status instead of a request: 20 for a wrong CRC, 21 for an unknown header, 60 for fields that do not end. */
export type Misread = { readonly status: string };

/** CRC-16/ARC. */
export function crcOf(text: string): string {
  let crc = 0;
  for (let index = 0; index < text.length; index += 1) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return `000${crc.toString(16)}`.slice(-4).toUpperCase();
}

/** Splits what stands before a carriage return into command and fields. */
export function readRequest(frame: string): Request | Misread {
  const body = frame.slice(0, -4);
  if (frame.length < 9 || frame.slice(-4) !== crcOf(body)) return { status: '20' };
  if (!body.startsWith('SM?')) return { status: '21' };
  const rest = body.slice(5);
  if (rest !== '' && !rest.endsWith('~')) return { status: '60' };
  const fields = rest
    .split('~')
    .slice(0, -1)
    .map((field) => ({ type: field.slice(0, 1), text: field.slice(1) }));
  return { command: body.slice(3, 5), fields };
}

export function writeResponse(command: string, status: string, fields: readonly string[]): string {
  const body = `SM!${command}${status}${fields.map((field) => `${field}~`).join('')}`;
  return `${body}${crcOf(body)}\r`;
}

export function writeGeneralFailure(status: string): string {
  const body = `GL!ER${status}`;
  return `${body}${crcOf(body)}\r`;
}

export const number = (value: number | null): string => `N${value ?? ''}`;
export const text = (value: string): string => `P${value}`;
export const hex = (value: string): string => `H${value.toUpperCase()}`;

export function moment(unixMs: number | null): string {
  if (unixMs === null) return 'D';
  return `D${new Date(unixMs).toISOString().replace(/[-:T]/gu, '').slice(0, 14)}`;
}

/** The moment of `CCYYMMDDhhmmss`, or null for no text. */
export function momentOf(digits: string): number | null {
  if (digits === '') return null;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((from, index) =>
    Number(digits.slice(from, index === 0 ? 4 : from + 2)),
  ) as [number, number, number, number, number, number];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
