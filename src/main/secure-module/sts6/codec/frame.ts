import { err, ok, type Result } from '../../../../units/index.ts';
import { COMMANDS, type CommandName, type RequestOf, type ResponseOf } from './commands.ts';
import { crcText } from './crc16.ts';
import { decodeFields, encodeFields, type FieldProblem, type FieldSpec, type FieldValue } from './fields.ts';

/**
 * Frames of the line protocol. A request is `SM?XX`, fields, CRC; a response `SM!XX` or `GL!ER`, a status of two
 * signs, fields, CRC. A carriage return ends both; here a frame is what stands before it.
 */

export const CARRIAGE_RETURN = 0x0d;
/** No frame of the table comes near; what is longer is noise. */
export const LARGEST_FRAME_BYTES = 4096;

const HEADER_LENGTH = 5;
const STATUS_LENGTH = 2;
const CRC_LENGTH = 4;
const GENERAL_FAILURE = 'GL!ER';
const WITH_TEXT = 'EE';
const DONE = '00';
/** The fields that a refusal may carry: words of the module's own with EE. */
const REFUSAL_TEXT: readonly FieldSpec[] = [{ name: 'text', type: 'P' }];

export type FrameProblem = 'length' | 'characters' | 'crc' | 'header' | 'status' | FieldProblem;

export type Reply<Name extends CommandName> =
  | { readonly kind: 'done'; readonly values: ResponseOf<Name> }
  | {
      readonly kind: 'refused';
      readonly status: string;
      /** The whole request was refused before the command was looked at. */
      readonly general: boolean;
      readonly text: string | null;
    };

type Values = Readonly<Record<string, FieldValue>>;

function closed(text: string): Uint8Array {
  const body = Buffer.from(text, 'latin1');
  return Buffer.concat([body, Buffer.from(`${crcText(body)}\r`, 'latin1')]);
}

/** A whole request with its carriage return. Throws on values that the table does not allow. */
export function encodeRequest<Name extends CommandName>(name: Name, values: RequestOf<Name>): Uint8Array {
  return closed(`SM?${name}${encodeFields(COMMANDS[name].request, values)}`);
}

/** A whole response with its carriage return. */
export function encodeResponse<Name extends CommandName>(name: Name, reply: Reply<Name>): Uint8Array {
  if (reply.kind === 'done') {
    return closed(`SM!${name}${DONE}${encodeFields(COMMANDS[name].response, reply.values)}`);
  }
  const header = reply.general ? GENERAL_FAILURE : `SM!${name}`;
  const text = reply.text === null ? '' : encodeFields(REFUSAL_TEXT, { text: reply.text });
  return closed(`${header}${reply.status}${text}`);
}

/** The text of a frame whose CRC is right. */
function checkedText(frame: Uint8Array, least: number): Result<string, FrameProblem> {
  if (frame.length < least + CRC_LENGTH || frame.length > LARGEST_FRAME_BYTES) return err('length');
  if (!frame.every((byte) => byte >= 0x20 && byte <= 0x7e)) return err('characters');
  const body = frame.subarray(0, -CRC_LENGTH);
  const crc = Buffer.from(frame.subarray(-CRC_LENGTH)).toString('latin1');
  return crc === crcText(body) ? ok(Buffer.from(body).toString('latin1')) : err('crc');
}

/** Reads a request of any command. */
export function decodeRequest(
  frame: Uint8Array,
): Result<{ readonly name: CommandName; readonly values: Values }, FrameProblem> {
  const text = checkedText(frame, HEADER_LENGTH);
  if (!text.ok) return text;
  const name = (Object.keys(COMMANDS) as CommandName[]).find((known) => text.value.startsWith(`SM?${known}`));
  if (!name) return err('header');
  const values = decodeFields(COMMANDS[name].request, text.value.slice(HEADER_LENGTH));
  return values.ok ? ok({ name, values: values.value }) : values;
}

/** Reads a response to one command; a response to another is a `header` problem. */
export function decodeResponse<Name extends CommandName>(
  name: Name,
  frame: Uint8Array,
): Result<Reply<Name>, FrameProblem> {
  const text = checkedText(frame, HEADER_LENGTH + STATUS_LENGTH);
  if (!text.ok) return text;
  const header = text.value.slice(0, HEADER_LENGTH);
  const general = header === GENERAL_FAILURE;
  if (!general && header !== `SM!${name}`) return err('header');
  const status = text.value.slice(HEADER_LENGTH, HEADER_LENGTH + STATUS_LENGTH);
  const rest = text.value.slice(HEADER_LENGTH + STATUS_LENGTH);
  if (!/^[0-9A-Z]{2}$/u.test(status) || (general && status === DONE)) return err('status');
  if (status !== DONE) return refusal(status, general, rest);
  const values = decodeFields(COMMANDS[name].response, rest);
  return values.ok ? ok({ kind: 'done', values: values.value as ResponseOf<Name> }) : values;
}

function refusal(
  status: string,
  general: boolean,
  rest: string,
): Result<Extract<Reply<CommandName>, { kind: 'refused' }>, FrameProblem> {
  if (rest === '') return ok({ kind: 'refused', status, general, text: null });
  if (status !== WITH_TEXT) return err('field-count');
  const values = decodeFields(REFUSAL_TEXT, rest);
  return values.ok ? ok({ kind: 'refused', status, general, text: String(values.value['text']) }) : values;
}
